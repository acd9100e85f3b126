/**
 * What the words around a telephone number say: whether anything speaks of a phone or a fax machine at all, and of which
 * of them. The nearest label or word decides, and "Phone/Fax: a / b" gives the first number to the first word.
 */
import { type Doc, Gap, type Label, Shape } from '../../contract.js';
import { hasDigit, isDigits, lengthOf } from '../read.js';
import { Say, says } from './telephone-words.js';

export const enum Line {
  Unknown = 0,
  Phone = 1,
  Fax = 2,
}

const CLOSE = 0x29;
const CARET = 0x5e;
const QUESTION = 0x3f;
const COLON = 0x3a;
/** Tokens looked at before a number. */
const BACK = 8;
/** Tokens looked at behind a number for what it is said to be. */
const AHEAD = 5;
/** Tokens before a weak word among which a clear one decides. */
const WEAK_BACK = 4;
/** A fax word is part of a label that ends at most so many tokens further on: "fax machine number". */
const FAX_LABEL_TOKENS = 3;

/** Categories whose labels claim bare numbers: what they own is no telephone number, however it looks. */
const claimsNumbers = (label: Label): boolean => {
  switch (label.category) {
    case null:
    case 'mrn':
    case 'account':
    case 'health-plan':
    case 'ssn':
    case 'license':
    case 'device':
    case 'vehicle':
    case 'other-id':
      return true;
    case 'biometric':
      // "voice 216-555-0142" is a line, not a print.
      return label.kind !== 'word';
    default:
      return false;
  }
};

/** Another category's label, or a label of something that is nobody's, claims the value. */
export function refused(doc: Doc, first: number, at: number): boolean {
  const owner = doc.owner[first] === 0 ? doc.owner[at] : doc.owner[first];
  return owner !== 0 && claimsNumbers(doc.labels[owner]);
}

/** "fax the records to 617-555-0142", "fax the invoice, 617-555-0142": a label's word may be what is sent, not what the number is. */
export function isDestination(doc: Doc, first: number): boolean {
  if (first === 0) return false;
  const to = doc.gap[first] === Gap.Blank && (says(doc, first - 1) & Say.To) !== 0;
  if (!to && doc.gap[first] !== Gap.Comma) return false;
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
  if (doc.owner[t] === 0) return Line.Unknown;
  const { category } = doc.labels[doc.owner[t]];
  if (category !== 'phone' && category !== 'fax') return Line.Unknown;
  if (
    doc.gap[t] === Gap.Line &&
    t > 1 &&
    doc.text[doc.end[t - 1]] !== COLON &&
    hasDigit(doc, t - 2) &&
    doc.gap[t - 1] !== Gap.Line
  )
    return Line.Unknown;
  return category === 'fax' ? Line.Fax : Line.Phone;
}

/**
 * Whether the fax detector will come by: it is called at fax labels and at single letters only, so that a fax word inside
 * another's label must not take the number from the phone detector.
 */
function isFaxLabel(doc: Doc, t: number): boolean {
  if (lengthOf(doc, t) === 1) return true;
  for (let k = t; k < doc.count && k - t < FAX_LABEL_TOKENS; k++)
    if (doc.label[k] !== 0) return doc.labels[doc.label[k]].category === 'fax';
  return false;
}

/** Set by `lineOf`: nothing but a weak word ("contact", "number") at some distance spoke for a phone. */
export let weakOnly = false;

/** Whose line it is, by the label, the word right behind, or the nearest word before; `Unknown` when nothing speaks of phones. */
export function lineOf(doc: Doc, first: number, last: number): Line {
  weakOnly = false;
  const label = owned(doc, first);
  if (label !== Line.Unknown) return twin(doc, first, last, labelToken(doc, first), label);
  const behind = lineBehind(doc, last);
  if (behind !== Line.Unknown) return behind;
  const before = lineBefore(doc, first, last);
  return before === Line.Unknown ? saidBehind(doc, last) : before;
}

/** The word right behind a number: 617-555-0142 (fax), 617-555-0142 cell. */
function lineBehind(doc: Doc, last: number): Line {
  const t = last + 1;
  const gap = doc.gap[t];
  const near = gap === Gap.Blank || gap === Gap.Open || gap === Gap.Dash || gap === Gap.Hyphen || gap === Gap.Comma;
  if (!near || !isLast(doc, t)) return Line.Unknown;
  const said = says(doc, t);
  if (said & (Say.Fax | Say.FaxField) && isFaxLabel(doc, t)) return Line.Fax;
  if (said & Say.Phone && !(said & Say.Weak)) return Line.Phone;
  return said & Say.PhoneField && gap !== Gap.Comma ? Line.Phone : Line.Unknown;
}

/** "555-0142 is the number for the group home", "434-555-0119 rings to the desk". */
function saidBehind(doc: Doc, last: number): Line {
  for (let t = last + 1; t < doc.count && t - last <= AHEAD && doc.gap[t] === Gap.Blank; t++) {
    const said = says(doc, t);
    if (said & Say.Fax) return isFaxLabel(doc, t) ? Line.Fax : Line.Phone;
    if (said & Say.Phone) return Line.Phone;
    if (!(said & Say.Link)) break;
  }
  return Line.Unknown;
}

/** The nearest word before a number; a weak one ("line", "number") gives way to a clear one shortly before it. */
function lineBefore(doc: Doc, first: number, last: number): Line {
  let place = Line.Unknown;
  let weak = -1;
  for (let t = first - 1; t >= 0 && first - t <= BACK && (weak < 0 || weak - t <= WEAK_BACK); t--) {
    const edge = doc.gap[t + 1];
    if (doc.shape[t] === Shape.Redacted || edge === Gap.Leaf) break;
    const sign = doc.text[doc.end[t]];
    if (edge === Gap.Line && t < first - 1 && sign !== QUESTION) break;
    const said = says(doc, t);
    const field = isField(doc, t);
    if (edge === Gap.Line && !field && sign !== QUESTION && !(said & (Say.Phone | Say.Fax))) break;
    if (said !== 0) {
      if (said & Say.Fax && !trails(doc, t))
        return twin(doc, first, last, t, isFaxLabel(doc, t) ? Line.Fax : Line.Phone);
      const letter = lengthOf(doc, t) === 1;
      if (letter && t === first - 1 && opensCell(doc, t) && said & (Say.FaxField | Say.PhoneField))
        return said & Say.FaxField ? Line.Fax : Line.Phone;
      if (said & Say.FaxField && isFaxLabel(doc, t) && (field || isCaret(doc, t))) return Line.Fax;
      if (said & Say.Phone && !trails(doc, t)) {
        if (!(said & Say.Weak)) return twin(doc, first, last, t, Line.Phone);
        if (weak < 0) weak = t;
      }
      if (said & Say.PhoneField) {
        if (field && letter && weak < 0) return Line.Phone;
        if (field || (t === first - 1 && !letter && lengthOf(doc, t) > 2 && edge !== Gap.Comma)) place = Line.Phone;
      }
    }
    if (edge === Gap.Stop && t < first - 1 && lengthOf(doc, t) > 3 && sign !== QUESTION) break;
  }
  if (weak < 0) return place;
  weakOnly = place === Line.Unknown && first - weak > 2;
  return Line.Phone;
}

const CELL_STARTS =
  (1 << Gap.Leaf) |
  (1 << Gap.Line) |
  (1 << Gap.Slash) |
  (1 << Gap.Pipe) |
  (1 << Gap.Stop) |
  (1 << Gap.Comma) |
  (1 << Gap.Other);

/** Whether a capital letter begins a cell or line: `F (617) 555-0142`. */
const opensCell = (doc: Doc, t: number): boolean =>
  doc.shape[t] === Shape.UpperOne && ((1 << doc.gap[t]) & CELL_STARTS) !== 0;

/** Whether a word is written as the name of a field: `P:`, `(h)`, `Ph.`, `c=`. */
function isField(doc: Doc, t: number): boolean {
  const sign = doc.text[doc.end[t]];
  return (
    sign === COLON ||
    sign === 0x3d ||
    sign === 0x7c ||
    sign === 0x2e ||
    sign === 0x23 ||
    (sign === CLOSE && doc.gap[t] === Gap.Open)
  );
}

const isCaret = (doc: Doc, t: number): boolean => doc.start[t] > 0 && doc.text[doc.start[t] - 1] === CARET;

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
function twin(doc: Doc, first: number, last: number, word: number, line: Line): Line {
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
  return hasSecond(doc, last) ? otherLine : line;
}

/** Whether a further number follows: alone, `Tel/Fax: a` is of the machine. */
function hasSecond(doc: Doc, last: number): boolean {
  for (let t = last + 1; t < doc.count && t - last <= AHEAD; t++) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) return false;
    if (isDigits(doc, t) && lengthOf(doc, t) >= 3) return true;
  }
  return false;
}
