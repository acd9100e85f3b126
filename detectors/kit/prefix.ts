/**
 * Codes that name themselves: behind a word and a number sign ("DL# A4820"), behind capitals and a hyphen ("POL-48201"),
 * or grown together with capitals ("CLM482019"). The words are given as hashes, so that each detector has its own.
 */
import { DIGITS, type Doc, Flag, Gap, Shape } from '../contract.js';
import { hashOf } from './hash.js';
import { type Claim, codeAtToken } from './id-code.js';
import { hasDigit, labelAt, lengthOf } from './read.js';
import { words as set, type WordSet } from './word-set.js';

const HASH = 0x23;
/** Signs and blanks that are looked through for the number sign. */
const SIGNS_MAX = 4;
/** Fewest digits behind a prefix: fewer are a grade, a gene, a virus or a drug that has no name yet. */
const DIGITS_MIN = 5;
const GROWN_DIGITS_MIN = 6;
const PREFIX_UNITS_MAX = 6;

/** Whether one of the words and a number sign stand right before a token. */
export function isNumbered(doc: Doc, at: number, words: WordSet): boolean {
  const gap = doc.gap[at];
  if ((gap !== Gap.Hash && gap !== Gap.Other) || at === 0 || !words.has(doc.hash[at - 1])) return false;
  const from = doc.end[at - 1];
  for (let i = from; i < doc.start[at] && i < from + SIGNS_MAX; i++) if (doc.text[i] === HASH) return true;
  return false;
}

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

/** Shapes of tokens at which a code that `behindWord` knows can begin. */
export const CODE_SHAPES = (DIGITS & ~((1 << Shape.Digits1) | (1 << Shape.Digits2) | (1 << Shape.DigitsLong))) | (1 << Shape.Alnum) | (1 << Shape.AlnumLong);

/** The same without the short ones, which are mostly quantities. */
export const LONG_CODE_SHAPES = CODE_SHAPES & ~((1 << Shape.Digits3) | (1 << Shape.Digits4));

/** Words that may stand between a word and its code: "subject id is 041-123". */
const LINKS = set('number no num id is ids of nbr was');
const LINKS_MAX = 2;
/** Gaps that a code may have before it when a word claims it. */
const BEHIND =
  (1 << Gap.Blank) | (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Pipe) | (1 << Gap.Hash) | (1 << Gap.Other) | (1 << Gap.Dot) | (1 << Gap.Stop) | (1 << Gap.Quote);

/**
 * The code of which a token is the first part with digits, when one of the words stands right before it: for words that
 * are no label of their own, since they mostly mean something else ("subject 041-123", "visit V482019"). `shapes` are
 * those at which the detector is called.
 */
export function behindWord(doc: Doc, at: number, words: WordSet, shapes: number): Claim | null {
  if (((1 << doc.shape[at]) & shapes) === 0) return null;
  const tied = doc.gap[at + 1] === Gap.Hyphen || doc.gap[at + 1] === Gap.Slash;
  let start = at;
  if (doc.gap[at] === Gap.Hyphen || doc.gap[at] === Gap.Underscore) {
    if (at === 0 || hasDigit(doc, at - 1) || doc.shape[at - 1] === Shape.Redacted) return null;
    start = at - 1;
  } else if (lengthOf(doc, at) < 5 && !tied) return null;
  let t = start;
  for (let links = 0; t > 0; links++) {
    // A word alone on its line is the heading of the next: "Encounter", then the number.
    const heading = doc.gap[t] === Gap.Line && (doc.flags[t - 1] & Flag.LineStart) !== 0;
    if (((1 << doc.gap[t]) & BEHIND) === 0 && !heading) return null;
    t--;
    if (words.has(doc.hash[t])) break;
    if (links === LINKS_MAX || !LINKS.has(doc.hash[t])) return null;
  }
  if (t === start || !words.has(doc.hash[t])) return null;
  const label = labelAt(doc, t);
  if (label !== null && label.category === null) return null;
  const code = codeAtToken(doc, start);
  return code !== null && isCodeLike(code) ? code : null;
}

/** Letters tied to three digits are much: "subject PT-123"; four digits in a row are little. */
function isCodeLike(code: Claim): boolean {
  return code.digits >= 5 || code.letters > 0;
}
