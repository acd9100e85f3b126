/**
 * What the words around a telephone number say: whether anything speaks of a phone or a fax machine at all, and of which
 * of them. The nearest label or word decides, and "Phone/Fax: a / b" gives the first number to the first word.
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hasDigit, isDigits, lengthOf, ownerOf } from './read.js';
import { WordTable } from './words.js';

export const enum Line {
  Unknown = 0,
  Phone = 1,
  Fax = 2,
}

export const enum Say {
  Phone = 1,
  Fax = 2,
  /** One letter or a place, which counts only as a field or behind the number: P:, (o), office. */
  PhoneField = 4,
  FaxField = 8,
  Extension = 16,
  /** Of a number abroad or of seven digits this is too little. */
  Weak = 32,
  Unit = 64,
  Join = 128,
}

const WORDS = new WordTable([
  [
    Say.Phone,
    `phone phones telephone telephones tel tele telefono telefon téléphone ph phn fon cell cellphone cellular mobile mobil handy pager pagers beeper paged call calls
    called calling callback callbacks text texts texted sms voicemail voicemails vm dial dialed rang ring ringing reach reached reachable landline
    hotline helpline msisdn whatsapp telephoned phoned answering answer texting phonecall teléfono móvil celular`,
  ],
  [
    Say.Phone | Say.Weak,
    'contact contacts number numbers message messages messaged channels communication communications telecare line',
  ],
  [Say.Fax, 'fax faxes faxed faxing facsimile telefax efax faxnumber télécopieur'],
  [Say.PhoneField, 'p t c m h o w d ph tel office home work desk main direct day evening daytime cell mobile clinic'],
  [Say.FaxField, 'f fx'],
  [Say.Extension, 'x ext extn extension xt poste'],
  [Say.Unit, 'mg mcg ml mmol units kcal patients people cells iu steps miles dollars usd grams calories rpm'],
  [Say.Join, 'and or'],
]);

export const says = (doc: Doc, t: number): number =>
  t < 0 || t >= doc.count || doc.shape[t] === Shape.Redacted ? 0 : WORDS.get(doc.hash[t]);

const CLOSE = 0x29;
const CARET = 0x5e;
const TAB = 0x09;
/** Tokens looked at before a number. */
const BACK = 8;

/** Categories whose labels claim bare numbers: what they own is no telephone number, however it looks. */
const NUMBERED = new Set<string>([
  'mrn',
  'account',
  'health-plan',
  'ssn',
  'license',
  'device',
  'vehicle',
  'other-id',
  'biometric',
]);

/** Another category's label, or a label of something that is nobody's, claims the value. */
export function refused(doc: Doc, first: number, at: number): boolean {
  const owner = ownerOf(doc, first) ?? ownerOf(doc, at);
  return owner !== null && (owner.category === null || NUMBERED.has(owner.category));
}

const TO = new WordTable([[1, 'to at']]);

/** "fax the records to 617-555-0142": a label's word may be what is sent, not what the number is. */
export function isDestination(doc: Doc, first: number): boolean {
  if (first === 0 || TO.get(doc.hash[first - 1]) === 0 || doc.gap[first] !== Gap.Blank) return false;
  for (let t = first - 1; t >= 0 && first - t <= BACK; t--) {
    const said = says(doc, t);
    if (said & (Say.Phone | Say.Fax) && !(said & Say.Weak)) return true;
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || hasDigit(doc, t) || doc.shape[t] === Shape.Redacted)
      return false;
  }
  return false;
}

/** What the label in front says, unless it belongs to the number at the end of the line before. */
export function owned(doc: Doc, t: number): Line {
  const owner = ownerOf(doc, t);
  if (owner === null || (owner.category !== 'phone' && owner.category !== 'fax')) return Line.Unknown;
  if (
    doc.gap[t] === Gap.Line &&
    t > 1 &&
    doc.text[doc.end[t - 1]] !== 0x3a &&
    hasDigit(doc, t - 2) &&
    doc.gap[t - 1] !== Gap.Line
  )
    return Line.Unknown;
  return owner.category === 'fax' ? Line.Fax : Line.Phone;
}

/** Set by `lineOf`: nothing but a weak word ("contact", "number") spoke for a phone. */
export let weakOnly = false;

/** Whose line it is, by the label, the word right behind, or the nearest word before; `Unknown` when nothing speaks of phones. */
export function lineOf(doc: Doc, first: number, last: number): Line {
  weakOnly = false;
  const label = owned(doc, first);
  if (label !== Line.Unknown) return twin(doc, first, labelToken(doc, first), label);
  const after = last + 1;
  const gap = doc.gap[after];
  if (
    after < doc.count &&
    (gap === Gap.Blank || gap === Gap.Open || gap === Gap.Dash || gap === Gap.Hyphen || gap === Gap.Comma) &&
    isLast(doc, after)
  ) {
    const said = says(doc, after);
    if (said & (Say.Fax | Say.FaxField)) return Line.Fax;
    if ((said & Say.Phone && !(said & Say.Weak)) || (said & Say.PhoneField && gap !== Gap.Comma)) return Line.Phone;
  }
  let place = Line.Unknown;
  for (let t = first - 1; t >= 0 && first - t <= BACK; t--) {
    const edge = doc.gap[t + 1];
    if (doc.shape[t] === Shape.Redacted || edge === Gap.Leaf || (edge === Gap.Line && t < first - 1)) break;
    const said = says(doc, t);
    const sign = doc.text[doc.end[t]];
    const field =
      sign === 0x3a ||
      sign === 0x3d ||
      sign === 0x7c ||
      sign === 0x2e ||
      sign === 0x23 ||
      (sign === CLOSE && doc.gap[t] === Gap.Open);
    if (t === first - 1 && said & Say.PhoneField && lengthOf(doc, t) > 2 && edge !== Gap.Comma) place = Line.Phone;
    if (edge === Gap.Line && !field && !(said & (Say.Phone | Say.Fax))) break;
    if (said & Say.Fax && !trails(doc, t)) return twin(doc, first, t, Line.Fax);
    if (said & Say.FaxField && (field || (doc.start[t] > 0 && doc.text[doc.start[t] - 1] === CARET))) return Line.Fax;
    if (said & Say.Phone && !trails(doc, t)) {
      weakOnly = (said & Say.Weak) !== 0;
      return twin(doc, first, t, Line.Phone);
    }
    if (said & Say.PhoneField && field) {
      if (lengthOf(doc, t) === 1) return Line.Phone;
      place = Line.Phone;
    }
    if (edge === Gap.Stop && t < first - 1 && lengthOf(doc, t) > 3) break;
  }
  return place;
}

/** Whether the word behind a number is said of that number and not of the next one. */
function isLast(doc: Doc, t: number): boolean {
  const gap = doc.gap[t + 1];
  return (
    t + 1 >= doc.count ||
    gap === Gap.Leaf ||
    gap === Gap.Line ||
    gap === Gap.Close ||
    gap === Gap.Stop ||
    gap === Gap.Comma ||
    doc.text[doc.end[t]] === CLOSE ||
    (gap === Gap.Blank && !isDigits(doc, t + 1))
  );
}

/** Whether a word stands behind a number that it names: "579-888-3058 fax, 579-888-3060". */
function trails(doc: Doc, t: number): boolean {
  if (t === 0 || !isDigits(doc, t - 1) || lengthOf(doc, t - 1) < 4) return false;
  const gap = doc.gap[t];
  return (gap === Gap.Blank || gap === Gap.Open) && doc.gap[t + 1] !== Gap.Colon && doc.gap[t + 1] !== Gap.Blank;
}

function labelToken(doc: Doc, first: number): number {
  for (let t = first - 1; t >= 0 && first - t <= BACK; t--) if (doc.value[t] === first && doc.label[t] !== 0) return t;
  return first - 1;
}

/** `Phone/Fax: a / b`: the first number is of the first word, the second of the second. */
function twin(doc: Doc, first: number, word: number, line: Line): Line {
  let before = word - 1;
  if (before < 1 && before !== 0) return line;
  let gap = doc.gap[word];
  if (gap === Gap.Blank && says(doc, before) & Say.Join && before > 0) {
    gap = Gap.Slash;
    before--;
  }
  if (gap !== Gap.Slash && gap !== Gap.Ampersand) return line;
  const other = says(doc, before);
  const otherLine =
    other & (Say.Fax | Say.FaxField) ? Line.Fax : other & (Say.Phone | Say.PhoneField) ? Line.Phone : Line.Unknown;
  if (otherLine === Line.Unknown || otherLine === line) return line;
  for (let t = word + 1; t < first; t++) if (isDigits(doc, t) && lengthOf(doc, t) > 2) return line;
  return otherLine;
}

/** A number of three groups of digits with blanks stands alone in its cell or line. */
export function inCell(doc: Doc, first: number, last: number): boolean {
  return cellEdge(doc.gap[first]) && cellEdge(doc.gap[last + 1]);
}

const cellEdge = (gap: number): boolean =>
  gap === Gap.Leaf ||
  gap === Gap.Line ||
  gap === Gap.Pipe ||
  gap === Gap.Comma ||
  gap === Gap.Stop ||
  gap === Gap.Quote ||
  gap === Gap.Other ||
  gap === Gap.Open ||
  gap === Gap.Close;

const ROW_TOKENS = 16;

const ownLine = (gap: number): boolean => gap === Gap.Line || gap === Gap.Leaf;

/** Alone in a line, or in a row of contact data beside an e-mail or web address, ten digits are a phone's. */
export function inContactRow(doc: Doc, at: number): boolean {
  if (!cellEdge(doc.gap[at]) || !(cellEdge(doc.gap[at + 1]) || doc.text[doc.end[at]] === TAB)) return false;
  if (ownLine(doc.gap[at]) && ownLine(doc.gap[at + 1]) && at > 0) return true;
  for (let t = at + 1; t < doc.count && t - at <= ROW_TOKENS; t++) {
    if (isAddressSign(doc, t)) return true;
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) break;
  }
  for (let t = at; t > 0 && at - t < ROW_TOKENS; t--) {
    if (isAddressSign(doc, t)) return true;
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) break;
  }
  return false;
}

const isAddressSign = (doc: Doc, t: number): boolean =>
  doc.gap[t] === Gap.At ||
  (doc.gap[t] === Gap.Other && doc.text[doc.end[t - 1]] === 0x3a && doc.text[doc.end[t - 1] + 1] === 0x2f);

const PERSON_TOKENS = 6;

/** "caregiver Ann Lee, 6175550142": behind a relative ten digits are a phone's. */
export function besidePerson(doc: Doc, at: number): boolean {
  for (let t = at; t > 0 && at - t < PERSON_TOKENS; t--) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || doc.shape[t - 1] === Shape.Redacted || hasDigit(doc, t - 1))
      return false;
    if (gap === Gap.Stop && doc.shape[t - 1] !== Shape.UpperOne) return false;
    if (doc.lex[t - 1] & Lex.Relation) return true;
  }
  return false;
}
