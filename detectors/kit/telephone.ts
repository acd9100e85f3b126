/**
 * Reads telephone numbers and tells whether they are of a phone or of a fax machine, for both detectors alike, so that a
 * number never is both. A number of North America is judged by its digits; one from abroad by libphonenumber, which is
 * asked for nothing else because it is slow. The result is one object that the next call overwrites.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type Doc, Gap, LETTERS, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { figuresAt, Form } from './written-date.js';
import { misreadNumber } from './misread.js';
import { isNanpCode, isNanpNumber, isTollFree } from './nanp.js';
import { digitsIn, hasDigit, isDigits, isWord, lengthOf, numberAt, ownerOf } from './read.js';
import { WordTable } from './words.js';

export const enum Line {
  Unknown = 0,
  Phone = 1,
  Fax = 2,
}

export const dialled = { first: 0, last: 0, start: 0, end: 0, line: Line.Unknown as Line, confidence: 0 };

const enum Say {
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
  [Say.Phone, `phone phones telephone telephones tel tele telefono telefon téléphone ph phn fon cell cellphone cellular mobile mobil handy pager pagers beeper paged call calls
    called calling callback callbacks text texts texted sms voicemail voicemails vm dial dialed rang ring ringing reach reached reachable landline
    hotline helpline msisdn whatsapp telephoned phoned answering answer texting phonecall teléfono móvil celular`],
  [Say.Phone | Say.Weak, 'contact contacts number numbers message messages messaged channels communication communications telecare line'],
  [Say.Fax, 'fax faxes faxed faxing facsimile telefax efax faxnumber télécopieur'],
  [Say.PhoneField, 'p t c m h o w d ph tel office home work desk main direct day evening daytime cell mobile clinic'],
  [Say.FaxField, 'f fx'],
  [Say.Extension, 'x ext extn extension xt poste'],
  [Say.Unit, 'mg mcg ml mmol units kcal patients people cells iu steps miles dollars usd grams calories rpm'],
  [Say.Join, 'and or'],
]);

const says = (doc: Doc, t: number): number => (t < 0 || t >= doc.count || doc.shape[t] === Shape.Redacted ? 0 : WORDS.get(doc.hash[t]));

const PLUS = 0x2b;
const OPEN = 0x28;
const CLOSE = 0x29;
const CARET = 0x5e;
const SPACE = 0x20;
/** Gaps that can hold a plus. */
export const PLUS_GAPS = (1 << Gap.Plus) | (1 << Gap.Other) | (1 << Gap.Line) | (1 << Gap.Leaf);
const BACK = 8;
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;
const GROUPS_MAX = 8;

/** Categories whose labels claim bare numbers: what they own is no telephone number, however it looks. */
const NUMBERED = new Set<string>(['mrn', 'account', 'health-plan', 'ssn', 'license', 'device', 'vehicle', 'other-id', 'biometric']);

/** Whether only signs that phone numbers are written with stand between a token and the one before it. */
function joined(doc: Doc, t: number): boolean {
  if (t >= doc.count) return false;
  const from = doc.end[t - 1];
  const to = doc.start[t];
  if (to - from > 3 || to === from) return false;
  for (let i = from; i < to; i++) {
    const c = doc.text[i];
    if (c !== SPACE && c !== 0x2d && c !== 0x2e && c !== OPEN && c !== CLOSE && c !== CARET && !(c === 0x2f && to - from === 1)) return false;
  }
  return true;
}

/** The telephone number whose area code, or whole digits, or country code behind a plus, stand at `at`. */
export function telephoneAt(doc: Doc, at: number): boolean {
  const shape = doc.shape[at];
  const plus = doc.start[at] > 0 && doc.text[doc.start[at] - 1] === PLUS;
  if (shape === Shape.Digits3) {
    if (grouped(doc, at)) return true;
  } else if (shape === Shape.Digits10 || shape === Shape.Digits11) {
    if (whole(doc, at, plus)) return true;
  } else if (shape === Shape.Alnum && wholeWithExtension(doc, at)) return true;
  return plus && ((1 << doc.gap[at]) & PLUS_GAPS) !== 0 && isDigits(doc, at) && abroad(doc, at);
}

/** 617-555-0142 and its kin, 555-0142, 1-800-FLOWERS. */
function grouped(doc: Doc, at: number): boolean {
  const b = at + 1;
  if (b >= doc.count || !joined(doc, b)) return false;
  const { text, start, end } = doc;
  const inBrackets = start[at] > 0 && text[start[at] - 1] === OPEN && text[end[at]] === CLOSE;
  let last: number;
  let digits = 10;
  if (doc.shape[b] === Shape.Digits3) {
    last = b + 1;
    if (last >= doc.count || !joined(doc, last) || !isLineNumber(doc, last)) return false;
  } else if (doc.shape[b] === Shape.Digits7 && (inBrackets || text[end[at]] === CARET || text[end[at]] === 0x2d)) last = b;
  else if (isLineNumber(doc, b)) {
    last = b;
    digits = 7;
  } else if (isWord(doc, b)) return vanity(doc, at);
  else return false;
  let first = at;
  if (digits === 10) first = countryCode(doc, at);
  if (!bounded(doc, first, last)) return false;
  const plus = start[first] > 0 && text[start[first] - 1] === PLUS;
  if (!inBrackets && !plus && refused(doc, first, at)) return false;
  const line = lineOf(doc, first, last);
  const labelled = owned(doc, first) !== Line.Unknown || owned(doc, at) !== Line.Unknown;
  if (digits === 7) {
    if (line === Line.Unknown || weakOnly || !isNanpCode(text, start[at]) || inBrackets || doc.gap[b] === Gap.Slash || says(doc, last + 1) & Say.Unit) return false;
    return report(doc, first, last, line, 0.75);
  }
  const valid = isNanpCode(text, start[at]) && isNanpCode(text, start[b]);
  const dialledOut = first < at;
  const blanks = doc.gap[b] === Gap.Blank && (last === b || doc.gap[last] === Gap.Blank) && !inBrackets;
  if (line === Line.Unknown) {
    if (!valid && !inBrackets && !plus) return false;
    if (blanks && !dialledOut && !inCell(doc, first, last)) return false;
    if (doc.gap[b] === Gap.Slash && !valid) return false;
  }
  return report(doc, first, last, line, labelled ? 0.97 : line !== Line.Unknown ? 0.92 : inBrackets || valid ? 0.85 : 0.6);
}

/** Four digits, or four digits with an extension glued to them: 0142x26. */
function isLineNumber(doc: Doc, t: number): boolean {
  if (doc.shape[t] === Shape.Digits4) return true;
  if (doc.shape[t] !== Shape.Alnum) return false;
  const { text, start, end } = doc;
  const from = start[t];
  for (let i = 0; i < 4; i++) if (text[from + i] < 0x30 || text[from + i] > 0x39) return false;
  if ((text[from + 4] | 0x20) !== 0x78) return false;
  for (let i = from + 5; i < end[t]; i++) if (text[i] < 0x30 || text[i] > 0x39) return false;
  return end[t] > from + 5;
}

/** 6175550142 with something that says that it is a phone's. */
function whole(doc: Doc, at: number, plus: boolean): boolean {
  const { text, start } = doc;
  const eleven = doc.shape[at] === Shape.Digits11;
  if (eleven && text[start[at]] !== 0x31) return false;
  const valid = isNanpNumber(text, start[at] + (eleven ? 1 : 0));
  const first = eleven ? at : countryCode(doc, at);
  if (!bounded(doc, first, at) || (!plus && refused(doc, first, at))) return false;
  const line = lineOf(doc, first, at);
  const labelled = owned(doc, first) !== Line.Unknown || owned(doc, at) !== Line.Unknown;
  if (!valid && !labelled) return false;
  if (line === Line.Unknown && !(plus && eleven) && first === at && extension(doc, at) === at && !inContactRow(doc, at) && !besidePerson(doc, at)) return false;
  return report(doc, first, at, line, labelled ? 0.97 : 0.85);
}

/** 6175550142x26 */
function wholeWithExtension(doc: Doc, at: number): boolean {
  const { text, start, end } = doc;
  const from = start[at];
  if (end[at] - from < 12 || (text[from + 10] | 0x20) !== 0x78 || digitsIn(doc, at) !== end[at] - from - 1) return false;
  if (!isNanpNumber(text, from) || refused(doc, at, at)) return false;
  return report(doc, at, at, lineOf(doc, at, at), 0.85);
}

/** A number abroad: a plus and a country code. Groups are given up from the end until it is one. */
function abroad(doc: Doc, at: number): boolean {
  if (numberAt(doc, at) === 1 || refused(doc, at, at)) return false;
  let last = groupsEnd(doc, at);
  // +35236450.6 is a decimal.
  if (last === at + 1 && doc.gap[last] === Gap.Dot) return false;
  for (let tries = 0; tries < 4 && last >= at; tries++, last--) {
    const digits = digitsBetween(doc, at, last);
    if (digits < DIGITS_MIN + 1) return false;
    if (digits > DIGITS_MAX) continue;
    let said = '+';
    for (let i = doc.start[at]; i < doc.end[last]; i++) if (doc.text[i] >= 0x30 && doc.text[i] <= 0x39) said += String.fromCharCode(doc.text[i]);
    // (0) is dialled at home only: +44 (0)20 7946 0123.
    const number = parsePhoneNumberFromString(said) ?? parsePhoneNumberFromString(said.replace(/^(\+\d\d)0/, '$1'));
    if (number?.isPossible()) return report(doc, at, last, lineOf(doc, at, last), number.isValid() ? 0.9 : 0.7);
  }
  return false;
}

/** A number in whatever form, since a label says that it is one: 0490 75 40 81, 555 0142, 12345 for a pager. */
export function labelledAt(doc: Doc, at: number, digitsMin: number): boolean {
  if (at >= doc.count || doc.shape[at] === Shape.Redacted || telephoneAt(doc, at)) return false;
  if (misreadAt(doc, at)) return true;
  if (!isDigits(doc, at)) return vanityOrInternal(doc, at);
  const shape = doc.shape[at];
  if (shape <= Shape.Digits4 && figuresAt(doc, at, false) === Form.Full) return false;
  const last = groupsEnd(doc, at);
  const digits = digitsBetween(doc, at, last);
  if (digits < digitsMin || digits > DIGITS_MAX + 2 || says(doc, last + 1) & Say.Unit) return false;
  if (refused(doc, at, at) || (last === at && isDigits(doc, at + 1) && doc.gap[at + 1] === Gap.Colon)) return false;
  return report(doc, at, last, Line.Unknown, digits >= DIGITS_MIN ? 0.9 : 0.7);
}

/** 3O3 555 0193: three groups in which a scanner took digits for letters. */
function misreadAt(doc: Doc, at: number): boolean {
  const plain = doc.shape[at] === Shape.Digits1 && doc.text[doc.start[at]] === 0x31 && joined(doc, at + 1);
  const area = plain ? at + 1 : at;
  const last = area + 2;
  if (last >= doc.count || lengthOf(doc, area) !== 3 || lengthOf(doc, area + 1) !== 3 || lengthOf(doc, last) !== 4) return false;
  if (!joined(doc, area + 1) || !joined(doc, last) || !(hasDigit(doc, area) || hasDigit(doc, area + 1) || hasDigit(doc, last))) return false;
  for (let t = area; t <= last; t++) if (misreadNumber(doc, t) < 0) return false;
  return report(doc, at, last, Line.Unknown, 0.8);
}

/** Words that may stand between a label and its number: "phone (home, best after 5):" is the limit. */
const LABEL_WORDS_MAX = 5;

/** The first token with a digit behind the label that ends at `at`, in the same line; -1 when another label comes first. */
export function firstNumberAfter(doc: Doc, at: number): number {
  for (let t = at + 1; t < doc.count && t - at <= LABEL_WORDS_MAX; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || doc.shape[t] === Shape.Redacted || (t > at + 1 && (gap === Gap.Line || gap === Gap.Stop))) return -1;
    if (hasDigit(doc, t)) return t;
    if (doc.label[t] !== 0) return -1;
  }
  return -1;
}

/** The last of the groups of digits that run on from `at`. */
function groupsEnd(doc: Doc, at: number): number {
  let last = at;
  let digits = lengthOf(doc, at);
  for (let t = at + 1; t < doc.count && t - at < GROUPS_MAX; t++) {
    if (!isDigits(doc, t) || !joined(doc, t) || doc.gap[t] === Gap.Slash) break;
    digits += lengthOf(doc, t);
    if (digits > DIGITS_MAX) break;
    last = t;
  }
  return last;
}

function digitsBetween(doc: Doc, first: number, last: number): number {
  let digits = 0;
  for (let t = first; t <= last; t++) digits += digitsIn(doc, t);
  return digits;
}

/** 1-800-FLOWERS, 888-GET-HELP: letters where a label or a word about calling says that they are dialled. */
function vanity(doc: Doc, at: number): boolean {
  if (!isTollFree(doc.text, doc.start[at])) return false;
  let last = at;
  let signs = 0;
  for (let t = at + 1; t < doc.count && t - at <= 4 && signs < DIGITS_MIN; t++) {
    if (!joined(doc, t) || doc.gap[t] === Gap.Stop || doc.shape[t] === Shape.Lower || doc.shape[t] === Shape.Redacted) break;
    if (!((1 << doc.shape[t]) & LETTERS) && !isDigits(doc, t)) break;
    signs += lengthOf(doc, t);
    last = t;
  }
  if (signs < DIGITS_MIN || signs > DIGITS_MIN + 3) return false;
  const first = countryCode(doc, at);
  const line = lineOf(doc, first, last);
  return line !== Line.Unknown && report(doc, first, last, line, 0.8);
}

/** Behind a label: x4455, an extension within the house. */
function vanityOrInternal(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.Alnum && doc.shape[at] !== Shape.AlnumShort) return false;
  return isGluedExtension(doc, at) && digitsIn(doc, at) >= 3 && report(doc, at, at, Line.Unknown, 0.7);
}

function isGluedExtension(doc: Doc, t: number): boolean {
  const { text, start, end } = doc;
  let i = start[t];
  if ((text[i] | 0x20) === 0x78) i++;
  else if ((text[i] | 0x20) === 0x65 && (text[i + 1] | 0x20) === 0x78 && (text[i + 2] | 0x20) === 0x74) i += 3;
  else return false;
  if (end[t] - i < 1 || end[t] - i > 6) return false;
  for (; i < end[t]; i++) if (text[i] < 0x30 || text[i] > 0x39) return false;
  return true;
}

/** The token at which the number begins: its country code, where one is written. */
function countryCode(doc: Doc, at: number): number {
  const t = at - 1;
  if (t < 0 || !isDigits(doc, t) || !joined(doc, at)) return at;
  const code = numberAt(doc, t);
  if (doc.shape[t] === Shape.Digits1 ? code !== 1 : doc.shape[t] !== Shape.Digits3 || code !== 1) return at;
  const gap = doc.gap[t];
  return t > 0 && hasDigit(doc, t - 1) && (gap === Gap.Hyphen || gap === Gap.Dot || gap === Gap.Slash || gap === Gap.None) ? at : t;
}

/** Whether the number is no part of a longer code. */
function bounded(doc: Doc, first: number, last: number): boolean {
  const gap = doc.gap[first];
  if (first > 0 && (gap === Gap.Hyphen || gap === Gap.Dot || gap === Gap.None || gap === Gap.Slash)) {
    const digits = hasDigit(doc, first - 1);
    if (digits && !(gap === Gap.Slash && doc.shape[first - 1] === Shape.Digits4)) return false;
    if (!digits && gap !== Gap.Slash && !says(doc, first - 1) && owned(doc, first) === Line.Unknown) return false;
  }
  const next = last + 1;
  const after = doc.gap[next];
  if (next >= doc.count || !(after === Gap.Hyphen || after === Gap.Dot || after === Gap.None)) return true;
  return !hasDigit(doc, next) || isGluedExtension(doc, next);
}

/** Another category's label, or a label of something that is nobody's, claims the value. */
function refused(doc: Doc, first: number, at: number): boolean {
  const owner = ownerOf(doc, first) ?? ownerOf(doc, at);
  return owner !== null && (owner.category === null || NUMBERED.has(owner.category));
}

/** What the label in front says, unless it belongs to the number at the end of the line before. */
function owned(doc: Doc, t: number): Line {
  const owner = ownerOf(doc, t);
  if (owner === null || (owner.category !== 'phone' && owner.category !== 'fax')) return Line.Unknown;
  if (doc.gap[t] === Gap.Line && t > 1 && doc.text[doc.end[t - 1]] !== 0x3a && hasDigit(doc, t - 2) && doc.gap[t - 1] !== Gap.Line) return Line.Unknown;
  return owner.category === 'fax' ? Line.Fax : Line.Phone;
}

/** Set by `lineOf`: nothing but a weak word ("contact", "number") spoke for a phone. */
let weakOnly = false;

/** Whose line it is, by the label, the word right behind, or the nearest word before; `Unknown` when nothing speaks of phones. */
function lineOf(doc: Doc, first: number, last: number): Line {
  weakOnly = false;
  const label = owned(doc, first);
  if (label !== Line.Unknown) return twin(doc, first, labelToken(doc, first), label);
  const after = last + 1;
  const gap = doc.gap[after];
  if (after < doc.count && (gap === Gap.Blank || gap === Gap.Open || gap === Gap.Dash || gap === Gap.Hyphen || gap === Gap.Comma) && isLast(doc, after)) {
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
    const field = sign === 0x3a || sign === 0x3d || sign === 0x7c || sign === 0x2e || sign === 0x23 || (sign === CLOSE && doc.gap[t] === Gap.Open);
    if (t === first - 1 && said & Say.PhoneField && lengthOf(doc, t) > 2 && edge !== Gap.Comma) place = Line.Phone;
    if (edge === Gap.Line && !field && !(said & (Say.Phone | Say.Fax))) break;
    if (said & Say.Fax && !trails(doc, t)) return twin(doc, first, t, Line.Fax);
    if (said & Say.FaxField && (field || (doc.start[t] > 0 && doc.text[doc.start[t] - 1] === CARET))) return Line.Fax;
    if (said & Say.Phone && !trails(doc, t)) {
      weakOnly = (said & Say.Weak) !== 0;
      return twin(doc, first, t, Line.Phone);
    }
    if (said & Say.PhoneField && field) return Line.Phone;
    if (edge === Gap.Stop && t < first - 1 && lengthOf(doc, t) > 3) break;
  }
  return place;
}

/** Whether the word behind a number is said of that number and not of the next one. */
function isLast(doc: Doc, t: number): boolean {
  const gap = doc.gap[t + 1];
  return t + 1 >= doc.count || gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Close || gap === Gap.Stop || gap === Gap.Comma || doc.text[doc.end[t]] === CLOSE || (gap === Gap.Blank && !isDigits(doc, t + 1));
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
  const otherLine = other & (Say.Fax | Say.FaxField) ? Line.Fax : other & (Say.Phone | Say.PhoneField) ? Line.Phone : Line.Unknown;
  if (otherLine === Line.Unknown || otherLine === line) return line;
  for (let t = word + 1; t < first; t++) if (isDigits(doc, t) && lengthOf(doc, t) > 2) return line;
  return otherLine;
}

/** A number of three groups of digits with blanks stands alone in its cell or line. */
function inCell(doc: Doc, first: number, last: number): boolean {
  return cellEdge(doc.gap[first]) && cellEdge(doc.gap[last + 1]);
}

const cellEdge = (gap: number): boolean => gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Pipe || gap === Gap.Comma || gap === Gap.Stop || gap === Gap.Quote || gap === Gap.Other || gap === Gap.Open || gap === Gap.Close;

const ROW_TOKENS = 16;

const ownLine = (gap: number): boolean => gap === Gap.Line || gap === Gap.Leaf;

/** Alone in a line, or in a row of contact data beside an e-mail or web address, ten digits are a phone's. */
function inContactRow(doc: Doc, at: number): boolean {
  if (!cellEdge(doc.gap[at]) || !cellEdge(doc.gap[at + 1])) return false;
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

const isAddressSign = (doc: Doc, t: number): boolean => doc.gap[t] === Gap.At || (doc.gap[t] === Gap.Other && doc.text[doc.end[t - 1]] === 0x3a && doc.text[doc.end[t - 1] + 1] === 0x2f);

const PERSON_TOKENS = 5;

/** "caregiver Ann Lee, 6175550142": behind a relative ten digits are a phone's. */
function besidePerson(doc: Doc, at: number): boolean {
  for (let t = at; t > 0 && at - t < PERSON_TOKENS; t--) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || doc.shape[t - 1] === Shape.Redacted || hasDigit(doc, t - 1)) return false;
    if (doc.lex[t - 1] & Lex.Relation) return true;
  }
  return false;
}

/** Fills in the result, with the brackets and the plus in front and the extension behind. */
function report(doc: Doc, first: number, last: number, line: Line, confidence: number): boolean {
  const { text } = doc;
  let start = doc.start[first];
  if (text[start - 1] === OPEN && start > 0 && text[doc.end[first]] === CLOSE) start--;
  if (start > 0 && text[start - 1] === PLUS) start--;
  if (start > 0 && text[start - 1] === OPEN && text[start] === PLUS && text[doc.end[first]] === CLOSE) start--;
  dialled.first = first;
  dialled.last = extension(doc, last);
  dialled.start = start;
  dialled.end = doc.end[dialled.last];
  dialled.line = line;
  dialled.confidence = confidence;
  return true;
}

/** The token at which the extension behind `last` ends, or `last`: x26, ext. 26, extension 4, /0143. */
function extension(doc: Doc, last: number): number {
  const t = last + 1;
  if (t >= doc.count) return last;
  const gap = doc.gap[t];
  if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe) return last;
  if (((1 << doc.shape[t]) & ((1 << Shape.AlnumShort) | (1 << Shape.Alnum))) !== 0) return isGluedExtension(doc, t) ? t : last;
  if (gap === Gap.Slash && doc.shape[t] === Shape.Digits4 && doc.start[t] - doc.end[last] === 1) return t;
  if (gap === Gap.Hash && isDigits(doc, t) && lengthOf(doc, t) <= 5) return t;
  if (!(says(doc, t) & Say.Extension)) return last;
  const number = t + 1;
  if (number >= doc.count || !isDigits(doc, number) || lengthOf(doc, number) > 6) return last;
  const join = doc.gap[number];
  return join === Gap.Leaf || join === Gap.Line || join === Gap.Comma ? last : number;
}
