/**
 * Plates by their form alone: what can be told to be one away from its label, near a car; and what is one nearly wherever it
 * stands, since millions of cars are marked so and hardly anything else is.
 */
import { type Category, type Doc, Gap, LETTERS, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { isYear } from '../code/id-code.js';
import { hashOf } from '../hash.js';
import { hasDigit, isDigits, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';

/** Numbers of a person or a thing that no plate begins with. */
const NUMBERED = words('pin sop ext otp');
const UNLIKELY = Lex.Common | Lex.Function | Lex.Medical | Lex.Drug | Lex.Month;
/** Fewest characters and digits by which a plate is known away from its label. */
const FORM_MIN = 5;
const FORM_MAX = 8;
const FORM_DIGITS_MIN = 2;
const FIGURES_MIN = 4;
const WHOLE_MIN = 6;
/** Characters of a diagnosis before the dot. */
const DIAGNOSIS_HEAD = 3;

/**
 * Whether a plate can be told without a label right before it: capitals and digits in two or three runs, as hardly
 * anything else in a sentence has them; no word of medicine, no amount.
 */
export function isPlateForm(doc: Doc, from: number, last: number): boolean {
  let size = 0;
  let digits = 0;
  for (let t = from; t <= last; t++) {
    if (((1 << doc.shape[t]) & LETTERS) !== 0) {
      if (doc.shape[t] > Shape.Upper) return false;
      if ((doc.lex[t] & UNLIKELY) !== 0 && !isBesideFigures(doc, t, from, last)) return false;
    }
    if (doc.label[t] !== 0) return false;
    for (let i = doc.start[t]; i < doc.end[t]; i++) {
      const unit = doc.text[i];
      if (unit >= 0x61) return false;
      size++;
      if (unit <= 0x39) digits++;
    }
  }
  if (isOfOther(doc, from, last)) return false;
  const after = doc.text[doc.end[last]];
  if (after === 0x25 || (after === 0x2e && doc.gap[last + 1] === Gap.Dot)) return false;
  // GR8NANA
  const vanity = digits === 1 && from === last && size >= WHOLE_MIN && doc.text[doc.end[last] - 1] > 0x39;
  return size >= FORM_MIN && size <= FORM_MAX && (digits >= FORM_DIGITS_MIN || vanity) && digits < size;
}

/** "CXR 0815": a word of medicine with its time. */
export function isTimed(doc: Doc, from: number, last: number): boolean {
  if (last !== from + 1 || doc.gap[last] !== Gap.Blank || doc.shape[last] !== Shape.Digits4) return false;
  const time = numberAt(doc, last);
  return time < 2400 && time % 100 < 60 && (doc.lex[from] & (Lex.Medical | Lex.Common)) !== 0;
}

/** V89.2XXA, A1-H12, XC90 T6: a diagnosis, the wells of a plate, the names of a model. */
export function isOfOther(doc: Doc, from: number, last: number): boolean {
  if (last !== from + 1) return false;
  if (NUMBERED.has(doc.hash[from])) return true;
  if (doc.gap[last] === Gap.Dot) return lengthOf(doc, from) === DIAGNOSIS_HEAD && hasDigit(doc, from);
  return isLettered(doc, from) && isLettered(doc, last);
}

/** A letter or two, and then digits. */
function isLettered(doc: Doc, t: number): boolean {
  return doc.shape[t] === Shape.AlnumShort && doc.text[doc.start[t]] > 0x39 && doc.text[doc.end[t] - 1] <= 0x39;
}

/** TEE 5719: a short word in capitals beside four digits and more is no word. */
function isBesideFigures(doc: Doc, t: number, from: number, last: number): boolean {
  const other = t === from ? t + 1 : t - 1;
  return (
    last === from + 1 &&
    lengthOf(doc, t) <= 3 &&
    isDigits(doc, other) &&
    lengthOf(doc, other) >= FIGURES_MIN &&
    !isYear(doc, other)
  );
}

/** Letters before four digits that a standard, a trial, a maker of drugs or a program writes. */
const PUBLIC = new Set(
  'iso rfc pep cve nct pmc icd cpt dsm cas nra bms gsk amg mln sch plx abt mdx azd ink cnt jnj ono mab atc usp nbs ieee ansi utf bcl sku ref cat ext rev fig eqn sec vol ver doi hla cyp mhc gpt rtx gtx usb rgb'
    .split(' ')
    .map((name) => packed(name.charCodeAt(0), name.charCodeAt(1), name.charCodeAt(2))),
);

function packed(a: number, b: number, c: number): number {
  return ((a | 0x20) << 16) | ((b | 0x20) << 8) | (c | 0x20);
}

const isPublic = (text: Uint16Array, at: number): boolean => PUBLIC.has(packed(text[at], text[at + 1], text[at + 2]));
const IN = hashOf('in');
const LETTERS_EACH = 3;
const DIGITS_EACH = 4;
const CAR_UNITS = 7;

/**
 * First token of ABC-1234, ABC 1234, ABC1234 or 1ABC234 whose digits (or all) are the token; -1 if it is none. `bare` says
 * that nothing but its form speaks for it, which is not enough for letters and digits with a blank between.
 */
export function marked(doc: Doc, at: number, bare: boolean): number {
  if (doc.shape[at] !== Shape.Digits4)
    return (isMarkedRun(doc, at, bare) || (!bare && isHalved(doc, at))) && isFree(doc, at, at) ? at : -1;
  const t = at - 1;
  if (t < 0 || doc.shape[t] !== Shape.Upper || lengthOf(doc, t) !== LETTERS_EACH) return -1;
  const gap = doc.gap[at];
  if (gap !== Gap.Hyphen && (bare || gap !== Gap.Blank || doc.start[at] - doc.end[t] !== 1)) return -1;
  if (isYear(doc, at) || (doc.lex[t] & UNLIKELY) !== 0 || isPublic(doc.text, doc.start[t])) return -1;
  if (bare && doc.lex[t] !== 0) return -1;
  return isFree(doc, t, at) && !isTimed(doc, t, at) ? t : -1;
}

/** Last token of A12-BCD, 1AB 234 and their like, which begin at the token, or of AB 12345, whose digits it is; else -1. */
export function groupedAt(doc: Doc, at: number): number {
  if (doc.shape[at] === Shape.Digits5) {
    const t = at - 1;
    const pair = t >= 0 && doc.gap[at] === Gap.Blank && doc.shape[t] === Shape.Upper && lengthOf(doc, t) === 2;
    return pair && (doc.lex[t] & (UNLIKELY | Lex.StateCode)) === 0 && isFree(doc, t, at) ? at : -1;
  }
  if (doc.shape[at] !== Shape.AlnumShort || ((1 << doc.gap[at]) & TIES) !== 0) return -1;
  const gap = doc.gap[at + 1];
  if ((gap !== Gap.Blank && gap !== Gap.Hyphen) || doc.start[at + 1] - doc.end[at] !== 1) return -1;
  const size = doc.end[at + 1] - doc.start[at] - 1;
  if (size < WHOLE_MIN || size > CAR_UNITS || !isPlateForm(doc, at, at + 1)) return -1;
  return isFree(doc, at, at + 1) ? at + 1 : -1;
}

/** A digit, three capitals and three digits; or ABC1234, which drugs and genes are written like, too. */
function isMarkedRun(doc: Doc, at: number, bare: boolean): boolean {
  if (doc.shape[at] !== Shape.Alnum || lengthOf(doc, at) !== CAR_UNITS) return false;
  const { text } = doc;
  const from = doc.start[at];
  const head = text[from] <= 0x39 ? 1 : 0;
  if (head === 0 && (bare || isPublic(text, from))) return false;
  for (let i = 0; i < CAR_UNITS; i++) {
    const letter = i >= head && i < head + LETTERS_EACH;
    const unit = text[from + i];
    if (letter ? unit < 0x41 || unit > 0x5a : unit < 0x30 || unit > 0x39) return false;
  }
  return true;
}

/** ABC123, 123ABC */
function isHalved(doc: Doc, at: number): boolean {
  if (lengthOf(doc, at) !== 2 * LETTERS_EACH || isPublic(doc.text, doc.start[at])) return false;
  const { text } = doc;
  const from = doc.start[at];
  const digitsFirst = text[from] <= 0x39;
  for (let i = 0; i < 2 * LETTERS_EACH; i++) {
    const unit = text[from + i];
    if (i < LETTERS_EACH === digitsFirst ? unit < 0x30 || unit > 0x39 : unit < 0x41 || unit > 0x5a) return false;
  }
  return true;
}

/** N412LF, an American aircraft (14 CFR 47.15): two to four digits and one or two letters behind the N. */
export function isTailMark(doc: Doc, at: number): boolean {
  const { text } = doc;
  const from = doc.start[at];
  const size = lengthOf(doc, at);
  if (text[from] !== CAPITAL_N || size < TAIL_MIN || size > TAIL_MAX) return false;
  let i = from + 1;
  while (i < doc.end[at] && text[i] <= 0x39) i++;
  const letters = doc.end[at] - i;
  if (letters < 1 || letters > 2 || i - from < 3) return false;
  for (; i < doc.end[at]; i++) if (text[i] < 0x41 || text[i] > 0x5a) return false;
  return true;
}

const CAPITAL_N = 0x4e;
const TAIL_MIN = 5;
const TAIL_MAX = 6;

/** Whether no sign ties the run to something longer, no label claims it and no amount follows. */
function isFree(doc: Doc, first: number, last: number): boolean {
  const before = doc.gap[first];
  const after = doc.gap[last + 1];
  if (((1 << before) & TIES) !== 0 || ((1 << after) & TIES) !== 0) return false;
  const owner = doc.owner[first];
  if (owner !== 0 && !ADMITTED.has(doc.labels[owner].category) && doc.labels[owner].kind !== 'word') return false;
  return doc.label[first] === 0 && !isMeasured(doc, last);
}

/** Whose labels claim no codes. */
const ADMITTED: ReadonlySet<Category | null> = new Set(['vehicle', 'name', 'date', 'geography', 'phone', 'fax']);

const TIES =
  (1 << Gap.Hyphen) |
  (1 << Gap.Slash) |
  (1 << Gap.Underscore) |
  (1 << Gap.Dot) |
  (1 << Gap.At) |
  (1 << Gap.None) |
  (1 << Gap.Colon);

/** "KDN-8820 in the lot" are no inches. */
const isMeasured = (doc: Doc, last: number): boolean => isUnitBehind(doc, last) && doc.hash[last + 1] !== IN;

/** hnv 3382, hnv3382: a plate in small letters, where only a car beside it can make it one. */
export function isSmallPlate(doc: Doc, from: number, last: number): boolean {
  if (isUnitBehind(doc, last)) return false;
  if (last === from) {
    let letters = 0;
    for (let i = doc.start[from]; i < doc.end[from]; i++) if (doc.text[i] >= 0x61) letters++;
    const size = lengthOf(doc, from);
    return doc.shape[from] === Shape.Alnum && letters === LETTERS_EACH && size >= WHOLE_MIN && size <= CAR_UNITS;
  }
  const size = lengthOf(doc, last);
  return (
    last === from + 1 &&
    doc.shape[from] === Shape.Lower &&
    lengthOf(doc, from) === LETTERS_EACH &&
    doc.lex[from] === 0 &&
    isDigits(doc, last) &&
    (size === LETTERS_EACH || size === DIGITS_EACH) &&
    !isYear(doc, last)
  );
}
