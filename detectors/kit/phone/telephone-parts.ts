/**
 * What a written telephone number is made of: groups of digits and the signs between them, country code, extension. Holds
 * the result that the readers of numbers fill in: one object, which the next call overwrites.
 */
import { ALNUM, type Doc, Gap, Shape } from '../../contract.js';
import { digitsIn, hasDigit, isDigits, lengthOf, numberAt } from '../read.js';
import { Line, owned } from './telephone-line.js';
import { Say, says } from './telephone-words.js';

export const dialled = { first: 0, last: 0, start: 0, end: 0, line: Line.Unknown as Line, confidence: 0 };

export const DIGITS_MIN = 7;
export const DIGITS_MAX = 15;
/** As many as digits, for those who write them one by one. */
const GROUPS_MAX = 15;
const EXTENSION_DIGITS_MAX = 6;
const SIGNS_MAX = 3;

const PLUS = 0x2b;
const SPACE = 0x20;
const HYPHEN = 0x2d;
const DOT = 0x2e;
const SLASH = 0x2f;
const COMMA = 0x2c;

const isOpen = (sign: number): boolean => sign === 0x28 || sign === 0x5b;
const isClose = (sign: number): boolean => sign === 0x29 || sign === 0x5d;

/** Gaps that can hold nothing but the signs phone numbers are written with; `isJoined` looks at the signs themselves. */
export const JOINTS =
  (1 << Gap.Blank) |
  (1 << Gap.Hyphen) |
  (1 << Gap.Dash) |
  (1 << Gap.Dot) |
  (1 << Gap.Stop) |
  (1 << Gap.Open) |
  (1 << Gap.Close) |
  (1 << Gap.Slash) |
  (1 << Gap.Other);

/** Whether only signs that phone numbers are written with stand between a token and the one before it. */
export function isJoined(doc: Doc, t: number): boolean {
  if (t >= doc.count || !((1 << doc.gap[t]) & JOINTS)) return false;
  const from = doc.end[t - 1];
  const to = doc.start[t];
  if (to - from > SIGNS_MAX || to === from) return false;
  for (let i = from; i < to; i++) {
    const c = doc.text[i];
    const sign = c === SPACE || c === HYPHEN || c === DOT || isOpen(c) || isClose(c) || c === 0x5e || c === 0xb7;
    if (!sign && !(c === SLASH && to - from === 1)) return false;
  }
  return true;
}

/** Whether the token is in brackets of its own: (617), [617]. */
export function isBracketed(doc: Doc, t: number): boolean {
  return doc.start[t] > 0 && isOpen(doc.text[doc.start[t] - 1]) && isClose(doc.text[doc.end[t]]);
}

export function hasPlus(doc: Doc, t: number): boolean {
  return doc.start[t] > 0 && doc.text[doc.start[t] - 1] === PLUS;
}

/** Four digits, or four digits with an extension glued to them: 0142x26. */
export function isLineNumber(doc: Doc, t: number): boolean {
  if (doc.shape[t] === Shape.Digits4) return true;
  if (doc.shape[t] !== Shape.Alnum) return false;
  const { text, start, end } = doc;
  const from = start[t];
  for (let i = 0; i < 4; i++) if (text[from + i] < 0x30 || text[from + i] > 0x39) return false;
  if ((text[from + 4] | 0x20) !== 0x78) return false;
  for (let i = from + 5; i < end[t]; i++) if (text[i] < 0x30 || text[i] > 0x39) return false;
  return end[t] > from + 5;
}

/** The token at which the number begins: its country code, where one is written. */
export function countryCode(doc: Doc, at: number): number {
  const t = at - 1;
  if (t < 0 || !isDigits(doc, t) || !isJoined(doc, at)) return at;
  const code = numberAt(doc, t);
  if (doc.shape[t] === Shape.Digits1 ? code !== 1 : doc.shape[t] !== Shape.Digits3 || code !== 1) return at;
  const gap = doc.gap[t];
  if (gap === Gap.Underscore) return at;
  const tied = gap === Gap.Hyphen || gap === Gap.Dot || gap === Gap.Slash || gap === Gap.None;
  return t > 0 && tied && hasDigit(doc, t - 1) ? at : t;
}

/** Whether the number is no part of a longer code. */
export function isBounded(doc: Doc, first: number, last: number): boolean {
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

/** The last of the groups of digits that run on from `at`. */
export function groupsEnd(doc: Doc, at: number): number {
  let last = at;
  let digits = lengthOf(doc, at);
  for (let t = at + 1; t < doc.count && t - at < GROUPS_MAX; t++) {
    if (!isDigits(doc, t) || !isJoined(doc, t) || doc.gap[t] === Gap.Slash) break;
    digits += lengthOf(doc, t);
    if (digits > DIGITS_MAX) break;
    last = t;
  }
  return last;
}

export function digitsBetween(doc: Doc, first: number, last: number): number {
  let digits = 0;
  for (let t = first; t <= last; t++) digits += digitsIn(doc, t);
  return digits;
}

/** x26, ext26, x4455; one digit behind an x is how often something was done ("x2, no answer"). */
export function isGluedExtension(doc: Doc, t: number): boolean {
  const { text, start, end } = doc;
  let i = start[t];
  const x = (text[i] | 0x20) === 0x78;
  if (x) i++;
  else if ((text[i] | 0x20) === 0x65 && (text[i + 1] | 0x20) === 0x78 && (text[i + 2] | 0x20) === 0x74) i += 3;
  else return false;
  if (end[t] - i < (x && doc.gap[t] !== Gap.None ? 2 : 1) || end[t] - i > EXTENSION_DIGITS_MAX) return false;
  for (; i < end[t]; i++) if (text[i] < 0x30 || text[i] > 0x39) return false;
  return true;
}

/** The token at which the extension behind `last` ends, or `last`: x26, ext. 26, extension 4, /0143. */
export function extensionEnd(doc: Doc, last: number): number {
  const t = last + 1;
  if (t >= doc.count) return last;
  const gap = doc.gap[t];
  if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe) return last;
  if ((1 << doc.shape[t]) & ALNUM) return isGluedExtension(doc, t) ? t : last;
  const digits = isDigits(doc, t);
  if (gap === Gap.Slash && doc.shape[t] === Shape.Digits4 && doc.start[t] - doc.end[last] === 1) return t;
  if (gap === Gap.Hash && digits && lengthOf(doc, t) <= 5) return t;
  // 617-555-0142,,26: the commas are pauses.
  if (gap === Gap.Other && digits && doc.text[doc.end[last]] === COMMA && doc.text[doc.end[last] + 1] === COMMA)
    return t;
  if (!(says(doc, t) & Say.Extension)) return last;
  const number = t + 1;
  if (number >= doc.count || !isDigits(doc, number) || lengthOf(doc, number) > EXTENSION_DIGITS_MAX) return last;
  const join = doc.gap[number];
  return join === Gap.Leaf || join === Gap.Line || join === Gap.Comma ? last : number;
}

/** Fills in the result, with the brackets and the plus in front and the extension behind. */
export function report(doc: Doc, first: number, last: number, line: Line, confidence: number): boolean {
  const { text } = doc;
  let start = doc.start[first];
  const bracketed = first < last && start > 0 && isClose(text[doc.end[first]]);
  if (bracketed && isOpen(text[start - 1])) start--;
  if (start > 0 && text[start - 1] === PLUS) start--;
  if (bracketed && start > 0 && isOpen(text[start - 1]) && text[start] === PLUS) start--;
  dialled.first = first;
  dialled.last = extensionEnd(doc, last);
  dialled.start = start;
  dialled.end = doc.end[dialled.last];
  dialled.line = line;
  dialled.confidence = confidence;
  return true;
}
