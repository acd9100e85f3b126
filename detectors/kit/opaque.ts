/**
 * Values that have too few digits for a code, or none, and are ids only because a label stands right before them: the
 * locator QXKWTZ, the confirmation HX39QK, subject 1107. Reads a fixed number of tokens.
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { isUnitBehind } from './amount.js';
import { isYear } from './id-code.js';
import { digitsIn, isDigits, lengthOf } from './read.js';
import { words } from './word-set.js';

const UNITS_MIN = 5;
const UNITS_MAX = 12;
const DIGITS_MIN = 2;
const COPULAS = words('is was are reads says');
const DIRECT =
  (1 << Gap.Blank) | (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Quote) | (1 << Gap.Open);

/** Whether nothing but a sign or a copula stands between the label at `at` and its value. */
function isDirect(doc: Doc, at: number, value: number): boolean {
  if (value <= at || ((1 << doc.gap[value]) & DIRECT) === 0) return false;
  return value === at + 1 || COPULAS.has(doc.hash[value - 1]);
}

/** Capitals that are no word, alone or with two digits and more: the token is the value of the label at `at`. */
export function isOpaque(doc: Doc, at: number, value: number): boolean {
  if (!isDirect(doc, at, value)) return false;
  const length = lengthOf(doc, value);
  if (length < UNITS_MIN || length > UNITS_MAX || doc.gap[value + 1] === Gap.Apostrophe) return false;
  if (doc.shape[value] === Shape.Upper) return doc.lex[value] === 0 && doc.label[value] === 0;
  if (doc.shape[value] !== Shape.Alnum || digitsIn(doc, value) < DIGITS_MIN) return false;
  let letters = 0;
  for (let i = doc.start[value]; i < doc.end[value]; i++) {
    if (doc.text[i] >= 0x61) return false;
    if (doc.text[i] > 0x39) letters++;
  }
  return letters >= DIGITS_MIN;
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
