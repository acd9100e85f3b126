/**
 * Codes that name themselves: behind capitals and a hyphen ("POL-48201"), or grown together with capitals ("CLM482019").
 * The words are given as sets of hashes, so that each detector has its own.
 */
import { DIGITS, type Doc, Gap, Shape } from '../../contract.js';
import { hashLetters } from '../hash.js';
import { hasDigit, lengthOf } from '../read.js';
import type { WordSet } from '../word-set.js';
import { type Claim, codeAtToken } from './id-code.js';

/** Fewest digits behind a prefix: fewer are a grade, a gene, a virus or a drug that has no name yet. */
const DIGITS_MIN = 5;
const GROWN_DIGITS_MIN = 6;
const PREFIX_UNITS_MAX = 6;

/** The code whose second part begins at a token, when the first is one of the prefixes in capitals: POL-48201. */
export function prefixed(doc: Doc, at: number, prefixes: WordSet): Claim | null {
  if (at === 0 || doc.gap[at] !== Gap.Hyphen || doc.shape[at - 1] !== Shape.Upper || !hasDigit(doc, at)) return null;
  const before = doc.gap[at - 1];
  if (before === Gap.Hyphen || before === Gap.Underscore || before === Gap.None) return null;
  if (!prefixes.has(doc.hash[at - 1])) return null;
  const code = codeAtToken(doc, at - 1);
  if (code === null || code.digits < DIGITS_MIN) return null;
  return code;
}

/** Whether a token is one of the prefixes in capitals and digits to its end: CLM482019. */
export function isGrown(doc: Doc, at: number, prefixes: WordSet): boolean {
  const from = doc.start[at];
  const end = doc.end[at];
  const length = lengthOf(doc, at);
  if (length < GROWN_DIGITS_MIN + 2 || doc.text[end - 1] > 0x39 || doc.text[from] < 0x41 || doc.text[from] > 0x5a)
    return false;
  let i = from;
  while (i < end && i - from <= PREFIX_UNITS_MAX && doc.text[i] >= 0x41 && doc.text[i] <= 0x5a) i++;
  if (end - i < GROWN_DIGITS_MIN || i - from < 2) return false;
  for (let k = i; k < end; k++) if (doc.text[k] < 0x30 || doc.text[k] > 0x39) return false;
  return prefixes.has(hashLetters(doc.text, from, i));
}

/** Shapes of tokens at which a code can begin. */
const CODE_SHAPES =
  (DIGITS & ~((1 << Shape.Digits1) | (1 << Shape.Digits2) | (1 << Shape.DigitsLong))) |
  (1 << Shape.Alnum) |
  (1 << Shape.AlnumLong);

/** The same without the short ones, which are mostly quantities. */
export const LONG_CODE_SHAPES = CODE_SHAPES & ~((1 << Shape.Digits3) | (1 << Shape.Digits4));
