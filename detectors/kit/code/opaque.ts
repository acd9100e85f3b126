/**
 * Values that have too few digits for a code, or none, and are ids only because a label stands right before them: the
 * locator QXKWTZ, the confirmation KF-ELU95D, the key XHIsEUdNpuFzMQVhdt0S8v, subject 1107. Reads a fixed number of tokens.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { digitsIn, hasDigit, isDigits, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { isYear } from './id-code.js';

const UNITS_MIN = 5;
const UNITS_MAX = 40;
const PARTS_MAX = 6;
/** Longest part that may be a word although no dictionary has it. */
const WORD_MAX = 12;
/** Shortest run in which small letters and capitals may alternate. */
const MIXED_MIN = 10;
const COPULAS = words('is was are reads says');
const DIRECT =
  (1 << Gap.Blank) | (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Quote) | (1 << Gap.Open);
const TIES = (1 << Gap.Hyphen) | (1 << Gap.Underscore) | (1 << Gap.Dot) | (1 << Gap.Slash) | (1 << Gap.Colon);
const KNOWN = Lex.Word | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug | Lex.Month;

/** Whether nothing but a sign or a copula stands between the label at `at` and its value. */
export function isDirect(doc: Doc, at: number, value: number): boolean {
  if (value <= at || ((1 << doc.gap[value]) & DIRECT) === 0) return false;
  return value === at + 1 || COPULAS.has(doc.hash[value - 1]);
}

/**
 * Last token of an opaque value that begins at a token, or -1: capitals that are no word, alone or in parts with figures
 * between, or a long run of small letters, capitals and figures.
 */
export function opaqueEnd(doc: Doc, first: number): number {
  let last = first;
  let digits = 0;
  let small = 0;
  let unknown = 0;
  for (let t = first; t < doc.count && t - first < PARTS_MAX; t++) {
    const tied = t === first || (((1 << doc.gap[t]) & TIES) !== 0 && doc.start[t] - doc.end[t - 1] === 1);
    if (!tied || doc.shape[t] === Shape.Redacted) break;
    const length = lengthOf(doc, t);
    if (hasDigit(doc, t)) digits += digitsIn(doc, t);
    else if (doc.shape[t] !== Shape.Upper && doc.shape[t] !== Shape.UpperOne && doc.shape[t] !== Shape.Mixed) return -1;
    else if (length > 3 && (doc.lex[t] & KNOWN) !== 0) return -1;
    if (!isDigits(doc, t)) {
      for (let i = doc.start[t]; i < doc.end[t]; i++) if (doc.text[i] >= 0x61) small++;
      if (doc.lex[t] === 0) unknown++;
    }
    last = t;
  }
  const units = doc.end[last] - doc.start[first];
  if (units < UNITS_MIN || units > UNITS_MAX || unknown === 0 || doc.gap[last + 1] === Gap.Apostrophe) return -1;
  if (small > 0) return last === first && units >= MIXED_MIN && digits > 0 && small < units - digits ? last : -1;
  // KQZW-TRAB: parts of letters that no dictionary has.
  if (digits === 0)
    return (last === first || unknown > last - first) && units <= WORD_MAX && doc.label[first] === 0 ? last : -1;
  return digits > 1 || last > first || units > UNITS_MIN ? last : -1;
}

/** The short number of a person in a study: P048, 0042, 1107; no quantity, no year. */
export function isShortNumber(doc: Doc, at: number, value: number): boolean {
  if (!isDirect(doc, at, value)) return false;
  const first = doc.text[doc.start[value]];
  const length = lengthOf(doc, value);
  if (doc.gap[value + 1] === Gap.Hyphen || isUnitBehind(doc, value)) return false;
  if (isDigits(doc, value)) return length === 4 ? !isYear(doc, value) : length === 3 && first === 0x30;
  if (doc.shape[value] !== Shape.AlnumShort || length < 3 || first < 0x41 || first > 0x5a) return false;
  return digitsIn(doc, value) === length - 1;
}
