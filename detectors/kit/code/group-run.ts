/**
 * Groups of a labelled number that blanks set apart however they like: 48291 07733, 4829107 33, GH-482 91B, 122080 1234 5.
 * Their lengths prove nothing, so the run is one number only if what is behind it is the end of a cell, a field or a clause.
 */
import { ALNUM, DIGITS, type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { hasDigit, lengthOf } from '../read.js';
import { isFigures } from './id-code.js';
import { isYear } from './id-form.js';

const TOKENS_MAX = 8;
const GROUP_UNITS_MAX = 10;
const DIGITS_MIN = 5;
/** Digits of a run behind which any word may follow. */
const LONG_DIGITS = 8;
const LONG_GROUP = 3;
/** Digits that stand for a number by themselves, behind which a single group may be the next thing of a list. */
const WHOLE_DIGITS = 7;
const PREFIX_UNITS_MAX = 4;
/** 45M, 7F */
const AGE_UNITS_MAX = 3;
const SEXES = new Set([...'MF'].map((letter) => letter.charCodeAt(0)));
/** Single capitals of a patient's sex and of sides. */
const OTHERWISE = new Set([...'MFLR'].map((letter) => letter.charCodeAt(0)));
const ZERO = 0x30;
const SPACE = 0x20;
const PERCENT = 0x25;
const FIGURES = DIGITS | ALNUM;
const TIED = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Dash);
/** Signs behind a word that make a field of it. */
const FIELD_GAPS = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Pipe);
const PREFIXED_DIGITS_MIN = 6;
const FIELD = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Pipe);
/** Signs behind a group that make a date, a time, a decimal or a range of it. */
const GOES_ON =
  (1 << Gap.Slash) | (1 << Gap.Colon) | (1 << Gap.Dot) | (1 << Gap.Hyphen) | (1 << Gap.Dash) | (1 << Gap.None);

/** Last token of the run of groups that begins at a token and ends where its cell or clause does; -1 if it is no such run. */
export function groupRunEnd(doc: Doc, at: number): number {
  if (!isOpening(doc, at)) return -1;
  let digits = digitsOf(doc, at);
  let last = at;
  let blanks = 0;
  for (let t = at + 1; t < doc.count && t - at < TOKENS_MAX && isTied(doc, t) && isPart(doc, t); t++) {
    if (doc.gap[t] !== Gap.Hyphen) blanks++;
    digits += digitsOf(doc, t);
    last = t;
  }
  if (blanks === 0 || digits < DIGITS_MIN || !isEnd(doc, last, digits)) return -1;
  return isAnother(doc, at, last, digits) ? -1 : last;
}

function digitsOf(doc: Doc, t: number): number {
  return hasDigit(doc, t) ? lengthOf(doc, t) : 0;
}

/** Digits, capitals with digits, or a few capitals before digits. */
function isOpening(doc: Doc, t: number): boolean {
  if (isPart(doc, t)) return hasDigit(doc, t) || isBeforeDigits(doc, t);
  return doc.shape[t] === Shape.Upper && lengthOf(doc, t) <= PREFIX_UNITS_MAX && isBeforeDigits(doc, t);
}

function isBeforeDigits(doc: Doc, t: number): boolean {
  return (
    t + 1 < doc.count && isTied(doc, t + 1) && hasDigit(doc, t + 1) && (doc.lex[t] & (Lex.Month | Lex.Common)) === 0
  );
}

function isTied(doc: Doc, t: number): boolean {
  if (((1 << doc.gap[t]) & TIED) === 0) return false;
  return doc.start[t] - doc.end[t - 1] <= (doc.gap[t] === Gap.Dash ? 2 : 1);
}

/** Digits, digits with capitals, two capitals between digits, or one that is no patient's sex and no side. */
function isPart(doc: Doc, t: number): boolean {
  const shape = doc.shape[t];
  if (shape === Shape.Upper)
    return lengthOf(doc, t) === 2 && isBeforeDigits(doc, t) && (doc.lex[t] & (Lex.StateCode | Lex.Function)) === 0;
  if (shape === Shape.UpperOne) return !OTHERWISE.has(doc.text[doc.start[t]]);
  if (((1 << shape) & FIGURES) === 0 || lengthOf(doc, t) > GROUP_UNITS_MAX) return false;
  if ((1 << shape) & DIGITS) return true;
  if (lengthOf(doc, t) >= LONG_GROUP && isFigures(doc, t)) return true;
  for (let i = doc.start[t]; i < doc.end[t]; i++) if (doc.text[i] >= 0x61) return false;
  return lengthOf(doc, t) > AGE_UNITS_MAX || !SEXES.has(doc.text[doc.end[t] - 1]);
}

/** Whether nothing goes on behind the last group: an end of line, cell or clause, the next label, or a word of grammar. */
function isEnd(doc: Doc, last: number, digits: number): boolean {
  const next = last + 1;
  const gap = doc.gap[next];
  if (doc.text[doc.end[last]] === PERCENT || isUnitBehind(doc, last)) return false;
  if (next >= doc.count || gap === Gap.Leaf || gap === Gap.Line) return true;
  if ((1 << gap) & GOES_ON) return false;
  if (gap === Gap.Comma) return doc.text[doc.end[last] + 1] === SPACE || !hasDigit(doc, next);
  if (gap !== Gap.Blank) return true;
  if (doc.start[next] - doc.end[last] > 1) return true;
  if (hasDigit(doc, next) || doc.shape[next] === Shape.Redacted) return false;
  if (digits >= LONG_DIGITS && (lengthOf(doc, last) >= LONG_GROUP || isBeforeWord(doc, next))) return true;
  return (
    (doc.flags[next] & Flag.InLabel) !== 0 ||
    (doc.lex[next] & Lex.Function) !== 0 ||
    ((1 << doc.gap[next + 1]) & FIELD) !== 0
  );
}

/** W0447 22 118827 K given: a last capital, and a word of the sentence. */
const isBeforeWord = (doc: Doc, next: number): boolean =>
  doc.shape[next - 1] === Shape.UpperOne && doc.shape[next] === Shape.Lower;

/** 4820193 2024, 4820193 45: behind a number that is whole, one short group may be a year or an age. */
function isAnother(doc: Doc, at: number, last: number, digits: number): boolean {
  if (doc.gap[last] !== Gap.Blank) return false;
  const behind = digitsOf(doc, last);
  if (digits - behind < WHOLE_DIGITS) return false;
  return (
    isYear(doc, last) || (last === at + 1 && doc.shape[last] === Shape.Digits2 && doc.text[doc.start[last]] !== ZERO)
  );
}

/** "Member ID: BY 92237860": behind the sign of a field, capitals before a long number belong to it whatever they spell. */
export function isLettered(doc: Doc, at: number): boolean {
  return (
    doc.shape[at] === Shape.Upper &&
    lengthOf(doc, at) <= PREFIX_UNITS_MAX &&
    ((1 << doc.gap[at]) & FIELD_GAPS) !== 0 &&
    doc.gap[at + 1] === Gap.Blank &&
    at + 1 < doc.count &&
    ((1 << doc.shape[at + 1]) & DIGITS) !== 0 &&
    lengthOf(doc, at + 1) >= PREFIXED_DIGITS_MIN &&
    (doc.flags[at] & Flag.InLabel) === 0 &&
    (doc.lex[at] & Lex.Month) === 0
  );
}
