/**
 * Codes that name themselves: behind a word and a number sign ("DL# A4820"), behind capitals and a hyphen ("POL-48201"),
 * or grown together with capitals ("CLM482019"). The words are given as hashes, so that each detector has its own.
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { type Claim, codeAtToken } from './claim.js';
import { hashOf } from './hash.js';
import { hasDigit, isDigits, lengthOf, numberAt } from './read.js';

const HASH = 0x23;
/** Signs and blanks that are looked through for the number sign. */
const SIGNS_MAX = 4;
/** Fewest digits behind a prefix: fewer are a grade, a gene or a virus. */
const DIGITS_MIN = 4;
const GROWN_DIGITS_MIN = 6;
const PREFIX_UNITS_MAX = 6;

/** Whether one of the words and a number sign stand right before a token. */
export function isNumbered(doc: Doc, at: number, words: ReadonlySet<number>): boolean {
  const gap = doc.gap[at];
  if ((gap !== Gap.Hash && gap !== Gap.Other) || at === 0 || !words.has(doc.hash[at - 1])) return false;
  const from = doc.end[at - 1];
  for (let i = from; i < doc.start[at] && i < from + SIGNS_MAX; i++) if (doc.text[i] === HASH) return true;
  return false;
}

/** The code whose second part begins at a token, when the first is one of the prefixes in capitals: POL-48201. */
export function prefixed(doc: Doc, at: number, prefixes: ReadonlySet<number>): Claim | null {
  if (at === 0 || doc.gap[at] !== Gap.Hyphen || doc.shape[at - 1] !== Shape.Upper || !hasDigit(doc, at)) return null;
  const before = doc.gap[at - 1];
  if (before === Gap.Hyphen || before === Gap.Underscore || before === Gap.None) return null;
  if (!prefixes.has(doc.hash[at - 1])) return null;
  const code = codeAtToken(doc, at - 1);
  if (code === null || code.digits < DIGITS_MIN) return null;
  const year = code.digits === 4 && isDigits(doc, at) && numberAt(doc, at) >= 1900 && numberAt(doc, at) < 2100;
  return year ? null : code;
}

/** Whether a token is one of the prefixes in capitals and digits to its end: CLM482019. */
export function isGrown(doc: Doc, at: number, prefixes: ReadonlySet<number>): boolean {
  const from = doc.start[at];
  const end = doc.end[at];
  const length = lengthOf(doc, at);
  if (length < GROWN_DIGITS_MIN + 2 || doc.text[end - 1] > 0x39 || doc.text[from] < 0x41 || doc.text[from] > 0x5a) return false;
  let i = from;
  while (i < end && i - from <= PREFIX_UNITS_MAX && doc.text[i] >= 0x41 && doc.text[i] <= 0x5a) i++;
  if (end - i < GROWN_DIGITS_MIN || i - from < 2) return false;
  for (let k = i; k < end; k++) if (doc.text[k] < 0x30 || doc.text[k] > 0x39) return false;
  return prefixes.has(hashOfCapitals(doc.text, from, i));
}

/** The hash that a token of the same letters has; ASCII capitals only. */
function hashOfCapitals(units: Uint16Array, from: number, to: number): number {
  let word = '';
  for (let i = from; i < to; i++) word += String.fromCharCode(units[i]);
  return hashOf(word);
}
