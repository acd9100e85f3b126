/**
 * Codes that open with a few capitals and go on in groups that blanks set apart: MLK 5293 47 R, PU 879-33506-77, W4406 68337.
 * Capitals that spell nothing make one code of what would be a few amounts. Reads a fixed number of tokens.
 */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { hasDigit, isDigits, lengthOf, numberAt } from '../read.js';
import { isSide } from './cue-head.js';
import { CUE_WORDS } from './cue-words.js';
import { codeFrom, isYear } from './id-code.js';

const TOKENS_MAX = 8;
const GROUP_UNITS_MAX = 10;
/** A longer run of letters and digits is a code by itself, and what follows is another thing. */
const MIXED_UNITS_MAX = 5;
const PREFIX_UNITS_MAX = 4;
const TAIL_UNITS_MAX = 2;
const DIGITS_MIN = 5;
/** Digits of a run that opens with letters and digits in one: W4406 68337. */
const MIXED_DIGITS_MIN = 8;
const HOURS_MAX = 2400;
const PERCENT = 0x25;
const ZERO = 0x30;
const SPELLS = Lex.Word | Lex.Common | Lex.Function | Lex.Month | Lex.Medical | Lex.Drug | Lex.Weekday;
const ORDINARY = Lex.Common | Lex.Function | Lex.Month | Lex.Weekday;
/** Signs behind the last group that make a date, a time, a decimal or a range of it. */
const GOES_ON = (1 << Gap.Slash) | (1 << Gap.Colon) | (1 << Gap.Dot) | (1 << Gap.Hyphen) | (1 << Gap.Plus);

/** Whether such a code can begin with the token, or with the capitals before it: a cheap look. */
export function opensLettered(doc: Doc, at: number): boolean {
  const next = at + 1;
  if (isMixedHead(doc, at)) return next < doc.count && isApart(doc, next) && hasDigit(doc, next);
  return at > 0 && isApart(doc, at) && isCapitals(doc, at - 1) && (isDigits(doc, at) || isMixedHead(doc, at));
}

/**
 * Reads the code whose first digits are in the token, as `opensLettered` has seen, into `claimed` and says how much its form proves: 0 for none, 2 where
 * a word has to say what it is, 3 where hardly anything else is written so.
 */
export function letteredRun(doc: Doc, at: number): number {
  const head = isMixedHead(doc, at) ? at : headOf(doc, at);
  if (head < 0 || doc.flags[head] & Flag.InLabel) return 0;
  let last = at;
  let digits = digitsOf(doc, at);
  let groups = 1;
  let longest = lengthOf(doc, at);
  let round = isRound(doc, at);
  let clocks = isClock(doc, at) ? 1 : 0;
  for (let t = at + 1; t < doc.count && t - head < TOKENS_MAX; t++) {
    const tied = doc.gap[t] === Gap.Hyphen;
    if (!tied && !isApart(doc, t)) break;
    if (isGroup(doc, t)) {
      if (head === at && !isAfterMixed(doc, at, t)) return 0;
      if (isYear(doc, t)) return 0;
      if (isRound(doc, t)) round = true;
      digits += digitsOf(doc, t);
      groups++;
      longest = Math.max(longest, lengthOf(doc, t));
      if (isClock(doc, t)) clocks++;
    } else if (!isInner(doc, t) && !isTail(doc, t)) break;
    last = t;
  }
  const lettered = head < at;
  if (last === at || digits < (lettered ? DIGITS_MIN : MIXED_DIGITS_MIN) || clocks === groups || longest < 3) return 0;
  if (!isEnd(doc, last) || !codeFrom(doc, head, true, last)) return 0;
  const blanks = groups > 1 || !isDigits(doc, last);
  const opaque = lettered
    ? lengthOf(doc, at - 1) > 1 && (doc.lex[at - 1] & (SPELLS | Lex.StateCode)) === 0
    : groups > 1;
  return opaque && blanks && CUE_WORDS.get(doc.hash[head]) === 0 && longest > 3 && !round ? 3 : 2;
}

/** The capitals before the first digits, with those that a hyphen ties to them: WC-TRK 00187-A. */
function headOf(doc: Doc, at: number): number {
  const t = at - 1;
  if (doc.lex[t] & ORDINARY || CUE_WORDS.get(doc.hash[t]) !== 0 || isSide(doc, t) || doc.flags[t] & Flag.InLabel)
    return -1;
  if (t > 0 && doc.gap[t] === Gap.Hyphen) return isCapitals(doc, t - 1) && doc.gap[t - 1] !== Gap.Hyphen ? t - 1 : -1;
  return doc.gap[t] === Gap.Dot || doc.gap[t] === Gap.Apostrophe || doc.gap[t] === Gap.Slash ? -1 : t;
}

/** "V60 1009384" is a model and a number: behind letters and digits in one, groups are short and of digits alone. */
function isAfterMixed(doc: Doc, head: number, t: number): boolean {
  return isDigits(doc, t) && lengthOf(doc, t) <= lengthOf(doc, head) + (t === head + 1 ? 1 : MIXED_UNITS_MAX);
}

function isCapitals(doc: Doc, t: number): boolean {
  return (doc.shape[t] === Shape.Upper || doc.shape[t] === Shape.UpperOne) && lengthOf(doc, t) <= PREFIX_UNITS_MAX;
}

/** A capital and digits: W4406, M8. */
function isMixedHead(doc: Doc, t: number): boolean {
  const shape = doc.shape[t];
  if (shape !== Shape.AlnumShort && shape !== Shape.Alnum) return false;
  const from = doc.start[t];
  if (doc.text[from] < 0x41 || doc.text[from] > 0x5a || lengthOf(doc, t) > MIXED_UNITS_MAX) return false;
  return isCapitalsAndDigits(doc, t);
}

function isCapitalsAndDigits(doc: Doc, t: number): boolean {
  for (let i = doc.start[t]; i < doc.end[t]; i++) if (doc.text[i] > 0x5a) return false;
  return true;
}

/** One blank before a token. */
function isApart(doc: Doc, t: number): boolean {
  return doc.gap[t] === Gap.Blank && doc.start[t] - doc.end[t - 1] === 1;
}

function isGroup(doc: Doc, t: number): boolean {
  return hasDigit(doc, t) && lengthOf(doc, t) <= GROUP_UNITS_MAX && (isDigits(doc, t) || isCapitalsAndDigits(doc, t));
}

/** JLJ 206 A 55671: a capital between groups. */
function isInner(doc: Doc, t: number): boolean {
  return (
    isCapitals(doc, t) &&
    lengthOf(doc, t) <= TAIL_UNITS_MAX &&
    t + 1 < doc.count &&
    isApart(doc, t + 1) &&
    isGroup(doc, t + 1)
  );
}

/** The last letters of MLK 5293 47 R and UJ 43265 GH: no word, and no name goes on behind them. */
function isTail(doc: Doc, t: number): boolean {
  if (!isCapitals(doc, t) || lengthOf(doc, t) > TAIL_UNITS_MAX || !hasDigit(doc, t - 1)) return false;
  if (doc.shape[t] === Shape.Upper && (doc.lex[t] & (SPELLS | Lex.StateCode | Lex.Credential)) !== 0) return false;
  const after = doc.gap[t + 1];
  if (after === Gap.Dot || after === Gap.Stop || after === Gap.Apostrophe || after === Gap.Ampersand) return false;
  return after !== Gap.Blank || ((1 << doc.shape[t + 1]) & CAPITALISED) === 0;
}

function isEnd(doc: Doc, last: number): boolean {
  const next = last + 1;
  if (doc.text[doc.end[last]] === PERCENT || isUnitBehind(doc, last)) return false;
  if (next >= doc.count) return true;
  const gap = doc.gap[next];
  if ((1 << gap) & GOES_ON) return doc.start[next] - doc.end[last] > 1;
  return gap !== Gap.Blank || !hasDigit(doc, next);
}

const digitsOf = (doc: Doc, t: number): number => (isDigits(doc, t) ? lengthOf(doc, t) : lengthOf(doc, t) - 1);

/** 1200: more often an amount. */
const isRound = (doc: Doc, t: number): boolean =>
  lengthOf(doc, t) > 2 && doc.text[doc.end[t] - 1] === ZERO && doc.text[doc.end[t] - 2] === ZERO;

/** 0730 */
const isClock = (doc: Doc, t: number): boolean => doc.shape[t] === Shape.Digits4 && numberAt(doc, t) <= HOURS_MAX;
