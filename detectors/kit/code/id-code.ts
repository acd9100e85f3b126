/**
 * What an identifier looks like as tokens: parts tied by signs ("44-20-19", "MR/4820"), groups set apart by blanks
 * ("00 48 29 13"), letters before digits ("XEH 482 019"); and what only looks like one: dates, amounts, pressures, versions.
 * Reads a fixed number of tokens.
 */
import { ALNUM, DIGITS, type Doc, Flag, Gap, LETTERS, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { digitsIn, hasDigit, isDigits, isWord, lengthOf } from '../read.js';
import { type Claim, claimed, Trust } from './claimed.js';
import { isAcceptable } from './id-form.js';

export { type Claim, claimed, Trust } from './claimed.js';
export { isAcceptable, isYear } from './id-form.js';

const CODE_TOKENS_MAX = 10;
const CODE_UNITS_MAX = 48;
const PREFIX_UNITS_MAX = 12;
/** A number of a family may have a suffix if it is so long. */
const SUFFIXED_UNITS_MIN = 6;
const HICN_DIGITS = 9;
/** Digits behind letters and a dot: RN.482910, a licence of some states. */
const DOTTED_DIGITS_MIN = 5;
/** Digits between letters and a last letter, with blanks around. */
const LETTERED_DIGITS_MIN = 5;
/** Letters that may stand before a blank and digits within one code: "XEH 123 456". */
const BLANK_PREFIX_MAX = 4;

/** Signs that tie the parts of a code together. */
export const TIGHT = (1 << Gap.Hyphen) | (1 << Gap.Slash) | (1 << Gap.Underscore) | (1 << Gap.Dot) | (1 << Gap.None);

/** Signs behind a group of digits which, with more digits, make a date, a time or an amount of it. */
const OF_A_QUANTITY = (1 << Gap.Slash) | (1 << Gap.Colon) | (1 << Gap.Dot) | (1 << Gap.Comma);

/** Letters that scanners read for digits. */
const MISREAD = new Set([...'OoIlSBZ'].map((sign) => sign.charCodeAt(0)));

const PERCENT = 0x25;
const STAR = 0x2a;
const TILDE = 0x7e;
const ARTICLE = 0x41;

/** Whether a code can begin here: a digit, or letters that are tied to digits. */
export function startsCode(doc: Doc, at: number, blanks: boolean): boolean {
  if (at >= doc.count) return false;
  if (hasDigit(doc, at)) return true;
  if (!isWord(doc, at) || lengthOf(doc, at) > PREFIX_UNITS_MAX) return false;
  const next = at + 1;
  if (next >= doc.count) return false;
  const gap = doc.gap[next];
  if (gap === Gap.Hyphen || gap === Gap.Underscore) {
    if (hasDigit(doc, next)) return true;
    return (
      next + 1 < doc.count &&
      doc.gap[next + 1] === gap &&
      hasDigit(doc, next + 1) &&
      lengthOf(doc, next) <= PREFIX_UNITS_MAX
    );
  }
  if (gap === Gap.Dot)
    return isUpper(doc, at) && isDigits(doc, next) && (lengthOf(doc, next) >= DOTTED_DIGITS_MIN || isDotted(doc, next));
  if (gap === Gap.Slash)
    return isUpper(doc, at) && lengthOf(doc, at) <= BLANK_PREFIX_MAX && (hasDigit(doc, next) || isSlashed(doc, next));
  if (isTilde(doc, next)) return hasDigit(doc, next);
  return (
    blanks &&
    gap === Gap.Blank &&
    isPrefix(doc, at) &&
    lengthOf(doc, at) <= BLANK_PREFIX_MAX &&
    isFigures(doc, next) &&
    (lengthOf(doc, next) >= 3 ||
      (isSpelled(doc, next) && isSpelled(doc, next + 1)) ||
      (lengthOf(doc, next) === 2 && doc.gap[next + 1] === Gap.Blank && isDigits(doc, next + 1)) ||
      (isUpper(doc, at) &&
        doc.gap[next + 1] === Gap.Hyphen &&
        isDigits(doc, next + 1) &&
        lengthOf(doc, next + 1) >= 4)) &&
    !(doc.flags[at] & Flag.InLabel) &&
    (doc.lex[at] & (Lex.Month | Lex.Common)) === 0
  );
}

/** FP/NB/3318: the second of three parts. */
function isSlashed(doc: Doc, t: number): boolean {
  return isUpper(doc, t) && doc.gap[t + 1] === Gap.Slash && hasDigit(doc, t + 1);
}

/** RP.118.2207.OD: the second of several parts. */
function isDotted(doc: Doc, t: number): boolean {
  return doc.gap[t + 1] === Gap.Dot && isDigits(doc, t + 1) && (doc.lex[t - 1] & Lex.Month) === 0;
}

/** FT~00218 */
export function isTilde(doc: Doc, t: number): boolean {
  return doc.gap[t] === Gap.Other && doc.start[t] - doc.end[t - 1] === 1 && doc.text[doc.end[t - 1]] === TILDE;
}

/** One digit, and another behind a blank. */
function isSpelled(doc: Doc, at: number): boolean {
  return doc.shape[at] === Shape.Digits1 && doc.gap[at + 1] === Gap.Blank && doc.shape[at + 1] === Shape.Digits1;
}

export function isUpper(doc: Doc, at: number): boolean {
  return doc.shape[at] === Shape.Upper || doc.shape[at] === Shape.UpperOne;
}

/** Letters before a blank and digits: capitals, or in a text without capitals letters that are no word. */
function isPrefix(doc: Doc, at: number): boolean {
  return isUpper(doc, at) || (doc.shape[at] === Shape.Lower && doc.lex[at] === 0);
}

/** Digits, or what a scanner makes of them: 8O2, 5l. */
export function isFigures(doc: Doc, at: number): boolean {
  if (isDigits(doc, at)) return true;
  if (!hasDigit(doc, at)) return false;
  for (let i = doc.start[at]; i < doc.end[at]; i++) if (doc.text[i] > 0x39 && !MISREAD.has(doc.text[i])) return false;
  return true;
}

/** Reads the code that begins at a token into `claimed`; with `end`, the one whose last token that is. */
export function codeFrom(doc: Doc, at: number, blanks: boolean, end = -1): boolean {
  let digits = 0;
  let letters = 0;
  let last = -1;
  let lastDigits = 0;
  let lastLetters = 0;
  for (let t = at; t < doc.count && t - at < CODE_TOKENS_MAX; t++) {
    if (doc.shape[t] === Shape.Redacted || (t > at && t > end && (end >= at || !joins(doc, t, blanks)))) break;
    const length = lengthOf(doc, t);
    const shape = 1 << doc.shape[t];
    if (shape & DIGITS) digits += length;
    else if (shape & ALNUM) {
      const figures = digitsIn(doc, t);
      digits += figures;
      letters += length - figures;
    } else letters += length;
    // A trailing word hangs on only if it is short capitals: 4420-A, but not 4420-right.
    if (shape & LETTERS && t > at && t !== end && !(isTail(doc, t) && (isTied(doc, t) || isSuffix(doc, t)))) continue;
    last = t;
    lastDigits = digits;
    lastLetters = letters;
  }
  if (last < 0 || lastDigits === 0 || doc.end[last] - doc.start[at] > CODE_UNITS_MAX) return false;
  claimed.first = at;
  claimed.last = last;
  claimed.start = doc.start[at];
  claimed.end = doc.end[last];
  claimed.digits = lastDigits;
  claimed.letters = lastLetters;
  return true;
}

/** The letters of 4420-A, 4420-a and 4420-zz. */
function isTail(doc: Doc, t: number): boolean {
  if (lengthOf(doc, t) > 3) return false;
  return doc.shape[t] === Shape.LowerOne || isUpper(doc, t) || (doc.shape[t] === Shape.Lower && doc.lex[t] === 0);
}

/** A sign behind which letters end a code: 4420-A, 118.2207.OD, 4420~b. */
function isTied(doc: Doc, t: number): boolean {
  return doc.gap[t] === Gap.Hyphen || (doc.gap[t] === Gap.Dot && doc.gap[t - 1] === Gap.Dot) || isTilde(doc, t);
}

function joins(doc: Doc, t: number, blanks: boolean): boolean {
  const gap = doc.gap[t];
  if (gap === Gap.Hyphen || gap === Gap.Underscore || gap === Gap.None) return true;
  if (gap === Gap.Slash) return (hasDigit(doc, t) || isSlashed(doc, t)) && doc.start[t] - doc.end[t - 1] === 1;
  if (gap === Gap.Dot)
    return isFigures(doc, t)
      ? hasDigit(doc, t - 1) || isUpper(doc, t - 1)
      : isUpper(doc, t) && (isUpper(doc, t - 1) || doc.gap[t - 1] === Gap.Dot);
  if (isTilde(doc, t)) return true;
  // 482910773*01: which member of the family.
  if (doc.text[doc.end[t - 1]] === STAR)
    return blanks && doc.start[t] - doc.end[t - 1] === 1 && isDigits(doc, t) && hasDigit(doc, t - 1);
  if (blanks && gap === Gap.Dash) return doc.shape[t] === Shape.Digits1 && doc.shape[t - 1] === Shape.Digits1;
  if (!blanks || gap !== Gap.Blank || doc.start[t] - doc.end[t - 1] !== 1) return false;
  if (isLastLetter(doc, t)) return true;
  // "e-20391 200": a code is grouped by hyphens or by blanks.
  return isSuffix(doc, t) || (doc.gap[t - 1] !== Gap.Hyphen && isGroup(doc, t) && isGroupBefore(doc, t - 1));
}

/** Two to four digits (and a letter) that go on after a blank, unless they begin a date, a time or an amount. */
function isGroup(doc: Doc, t: number): boolean {
  const length = lengthOf(doc, t);
  if (length === 1)
    return (
      doc.shape[t] === Shape.Digits1 &&
      (doc.shape[t - 1] === Shape.Digits1 ||
        (doc.shape[t - 1] === Shape.UpperOne && doc.shape[t + 1] === Shape.Digits1))
    );
  if (length > 6 || !hasDigit(doc, t)) return isWord(doc, t - 1) && isFigures(doc, t);
  if (!isFigures(doc, t))
    return doc.text[doc.start[t]] <= 0x39 && doc.text[doc.end[t] - 1] <= 0x5a && digitsIn(doc, t) >= length - 1;
  const after = doc.gap[t + 1];
  if (((1 << after) & OF_A_QUANTITY) !== 0 && t + 1 < doc.count && isDigits(doc, t + 1))
    return after === Gap.Comma && doc.text[doc.end[t] + 1] === 0x20;
  return (!isUnitBehind(doc, t) || isLastLetter(doc, t + 1)) && doc.text[doc.end[t]] !== PERCENT;
}

/** Whether nothing goes on behind a letter: no name, no word. */
function isEnded(doc: Doc, t: number): boolean {
  const gap = doc.gap[t + 1];
  return gap !== Gap.Blank && gap !== Gap.Stop && gap !== Gap.Dot && gap !== Gap.Hyphen && gap !== Gap.Colon;
}

/** W204881937 01, W204881937 001, 204881937 A: which member of the family. */
export function isSuffix(doc: Doc, t: number): boolean {
  if (doc.gap[t] !== Gap.Blank || lengthOf(doc, t - 1) < SUFFIXED_UNITS_MIN) return false;
  const shape = doc.shape[t];
  if (shape === Shape.Digits2 || shape === Shape.Digits3) return doc.text[doc.start[t]] === 0x30;
  return shape === Shape.UpperOne && lengthOf(doc, t - 1) === HICN_DIGITS && isDigits(doc, t - 1) && isEnded(doc, t);
}

/** RNB 448120 H: one capital behind letters that are no word and digits, and then no name. */
export function isLastLetter(doc: Doc, t: number): boolean {
  return (
    doc.shape[t] === Shape.UpperOne &&
    t > 1 &&
    t < doc.count &&
    isDigits(doc, t - 1) &&
    lengthOf(doc, t - 1) >= LETTERED_DIGITS_MIN &&
    doc.gap[t] === Gap.Blank &&
    doc.shape[t - 2] === Shape.Upper &&
    doc.lex[t - 2] === 0 &&
    doc.gap[t - 1] === Gap.Blank &&
    (doc.flags[t - 2] & Flag.InLabel) === 0 &&
    (isEnded(doc, t) || (doc.shape[t + 1] === Shape.Lower && doc.text[doc.start[t]] !== ARTICLE))
  );
}

function isGroupBefore(doc: Doc, t: number): boolean {
  const length = lengthOf(doc, t);
  return isWord(doc, t) ? length <= BLANK_PREFIX_MAX : length <= 5;
}

/** A code that begins at a token by itself, without a label; null when it has no digit or looks like an amount or date. */
export function codeAtToken(doc: Doc, at: number, blanks = false): Claim | null {
  if (!codeFrom(doc, at, blanks)) return null;
  claimed.direct = true;
  return isAcceptable(doc, Trust.Word) ? claimed : null;
}
