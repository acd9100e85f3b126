/**
 * Small steps that detectors share for reading around an anchor. All are bounded: none looks at more than a fixed number
 * of tokens, and none crosses a JSON leaf.
 */
import { ALNUM, CAPITALISED, DIGITS, type Doc, Gap, type Label, LETTERS, Shape } from '../contract.js';

/** Tokens that a code such as `44-20-19` or `A 123 456` may have. */
const CODE_TOKENS_MAX = 8;

export function isDigits(doc: Doc, at: number): boolean {
  return ((1 << doc.shape[at]) & DIGITS) !== 0;
}

/** Letters and digits in one token. */
export function isMixed(doc: Doc, at: number): boolean {
  return ((1 << doc.shape[at]) & ALNUM) !== 0;
}

export function hasDigit(doc: Doc, at: number): boolean {
  return ((1 << doc.shape[at]) & (DIGITS | ALNUM)) !== 0;
}

export function isWord(doc: Doc, at: number): boolean {
  return ((1 << doc.shape[at]) & LETTERS) !== 0;
}

export function isCapitalised(doc: Doc, at: number): boolean {
  return ((1 << doc.shape[at]) & CAPITALISED) !== 0;
}

export function lengthOf(doc: Doc, at: number): number {
  return doc.end[at] - doc.start[at];
}

/** The number a digit token spells; meant for up to nine digits. */
export function numberAt(doc: Doc, at: number): number {
  let value = 0;
  for (let i = doc.start[at]; i < doc.end[at]; i++) value = value * 10 + doc.text[i] - 0x30;
  return value;
}

/** The label whose value begins at a token, or null. */
export function ownerOf(doc: Doc, at: number): Label | null {
  const id = doc.owner[at];
  return id === 0 ? null : doc.labels[id];
}

/** The label that ends at a token, or null. */
export function labelAt(doc: Doc, at: number): Label | null {
  const id = doc.label[at];
  return id === 0 ? null : doc.labels[id];
}

/** What a run of tokens that reads as one code is made of. */
export interface Code {
  first: number;
  /** Last token (inclusive). */
  last: number;
  digits: number;
  letters: number;
}

/** Gaps that join the parts of a code without blanks. */
const JOINS = (1 << Gap.Hyphen) | (1 << Gap.Dot) | (1 << Gap.Slash) | (1 << Gap.Underscore) | (1 << Gap.None);

/**
 * The code that begins at a token: parts joined by `-`, `.`, `/`, `_`, and, where `blanks` says so, groups of digits
 * (or capitals) set apart by single blanks. Null when there is no digit in it. The result is reused by the next call.
 */
export function codeAt(doc: Doc, at: number, blanks = false): Code | null {
  if (at < 0 || at >= doc.count || doc.shape[at] === Shape.Redacted) return null;
  let digits = 0;
  let letters = 0;
  let last = at - 1;
  for (let t = at; t < doc.count && t - at < CODE_TOKENS_MAX; t++) {
    if (t > at) {
      const gap = doc.gap[t];
      const joined = ((1 << gap) & JOINS) !== 0;
      const spaced = blanks && gap === Gap.Blank && doc.start[t] - doc.end[t - 1] === 1 && groupable(doc, t);
      if (!joined && !spaced) break;
    }
    if (doc.shape[t] === Shape.Redacted) break;
    const length = lengthOf(doc, t);
    if (isDigits(doc, t)) digits += length;
    else if (isMixed(doc, t)) {
      const figures = digitsIn(doc, t);
      digits += figures;
      letters += length - figures;
    } else letters += length;
    last = t;
  }
  // A trailing word that hangs on by a sign ("4420/right") is no part of a code.
  while (last > at && !hasDigit(doc, last) && doc.shape[last] !== Shape.Upper && doc.shape[last] !== Shape.UpperOne) {
    letters -= lengthOf(doc, last);
    last--;
  }
  if (last < at || digits === 0) return null;
  found.first = at;
  found.last = last;
  found.digits = digits;
  found.letters = letters;
  return found;
}

const found: Code = { first: 0, last: 0, digits: 0, letters: 0 };

/** A group that may follow a blank within a code: digits, or capitals with digits. */
function groupable(doc: Doc, at: number): boolean {
  if (isDigits(doc, at)) return true;
  return doc.shape[at] !== Shape.AlnumShort && isMixed(doc, at) && doc.text[doc.start[at]] < 0x61;
}

export function digitsIn(doc: Doc, at: number): number {
  let digits = 0;
  for (let i = doc.start[at]; i < doc.end[at]; i++) {
    const c = doc.text[i];
    if (c >= 0x30 && c <= 0x39) digits++;
  }
  return digits;
}

/** A set of token hashes: a `Set`, or the faster `WordSet`. */
export interface Hashes {
  has(hash: number): boolean;
}

/** Whether one of the `back` tokens before `at` (same leaf, same line) has one of the hashes. */
export function saidBefore(doc: Doc, at: number, back: number, hashes: Hashes): boolean {
  for (let t = at; t > 0 && at - t < back; t--) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) return false;
    if (hashes.has(doc.hash[t - 1])) return true;
  }
  return false;
}

/** Whether one of the `ahead` tokens after `at` (same leaf, same line) has one of the hashes. */
export function saidAfter(doc: Doc, at: number, ahead: number, hashes: Hashes): boolean {
  for (let t = at + 1; t < doc.count && t - at <= ahead; t++) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) return false;
    if (hashes.has(doc.hash[t])) return true;
  }
  return false;
}

/** 5th, 103rd: a number with the two letters that make it a rank. */
export function isOrdinal(doc: Doc, at: number): boolean {
  return (
    isMixed(doc, at) &&
    lengthOf(doc, at) <= 5 &&
    digitsIn(doc, at) === lengthOf(doc, at) - 2 &&
    doc.text[doc.end[at] - 2] > 0x3a &&
    doc.text[doc.end[at] - 1] > 0x3a
  );
}
