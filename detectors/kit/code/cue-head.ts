/**
 * Where the code begins that a token is a part of, with the capitals before its digits, and whether a label has already said what the token is. Looks at a fixed
 * number of tokens.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hasDigit, lengthOf } from '../read.js';
import { CLOSE_BITS, CUE_WORDS, NUMBER, TIGHT_BITS } from './cue-words.js';
import { claimed, isTilde, TIGHT } from './id-code.js';
import { LONG_CODE_SHAPES } from './prefix.js';
import { isTellingPart } from './weight.js';

const HEAD_TOKENS_MAX = 4;
const ABBREVIATION_MAX = 4;
/** Digits behind a single capital: licence A 93306. */
const LETTERED_DIGITS_MIN = 5;
const DOT = 0x2e;
const PREFIX_UNITS_MAX = 12;
const SIDES = new Set([...'LRMF'].map((letter) => letter.charCodeAt(0)));
const SMALL_PREFIX_MAX = 4;
/** Letters and digits that a longer word in small letters has to stand before. */
const PART_MIN = 4;
/** Shapes of the long parts of codes. */
export const LONG = LONG_CODE_SHAPES | (1 << Shape.DigitsLong);
/** Parts of a code in short groups, which count only behind a hyphen: A-24-017. */
export const PART_SHAPES = (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4) | (1 << Shape.AlnumShort);

/** A label says that the token identifies nobody. */
export function isNeutral(doc: Doc, at: number): boolean {
  const id = doc.owner[at];
  return id !== 0 && doc.labels[id].category === null && doc.labels[id].kind !== 'none';
}

/** A label that is more than a word has had its say about the token. */
export function isSettled(doc: Doc, at: number): boolean {
  const id = doc.owner[at];
  if (id === 0) return false;
  const { category, kind } = doc.labels[id];
  if (category === null) return kind !== 'none';
  // The field of a name or place ("Customer #") with a code in it is the field of the code.
  return (
    category !== 'name' &&
    category !== 'geography' &&
    category !== 'date' &&
    kind !== 'word' &&
    kind !== 'generic' &&
    kind !== 'payer'
  );
}

/** The letters of POL-48201, sess_48201 and palmvein-48201. */
function isPrefix(doc: Doc, at: number): boolean {
  const length = lengthOf(doc, at);
  if (doc.text[doc.start[at]] <= 0x5a) return length <= PREFIX_UNITS_MAX;
  if (length > PREFIX_UNITS_MAX || !hasDigit(doc, at + 1)) return false;
  return length <= SMALL_PREFIX_MAX || lengthOf(doc, at + 1) >= PART_MIN;
}

/** A sign that ties a code together; "L-44718 / R-44719" are two. */
function isTight(doc: Doc, t: number): boolean {
  return ((1 << doc.gap[t]) & TIGHT) !== 0 && (doc.gap[t] !== Gap.Slash || doc.start[t] - doc.end[t - 1] === 1);
}

/** First token of the code, or -1 if an earlier token of it has been asked, or none can begin there. */
export function headOf(doc: Doc, at: number): number {
  let t = at;
  for (let steps = 0; t > 0 && (isTight(doc, t) || isTilde(doc, t)); steps++) {
    if (steps === HEAD_TOKENS_MAX) return -1;
    t--;
    const shape = 1 << doc.shape[t];
    if (doc.shape[t] === Shape.Redacted || shape & LONG) return -1;
    if (shape & PART_SHAPES && doc.gap[t] === Gap.Hyphen && isTellingPart(doc, t)) return -1;
    if (hasDigit(doc, t)) continue;
    const slash = doc.gap[t + 1] === Gap.Slash;
    if (slash && doc.shape[t] !== Shape.Upper && doc.shape[t] !== Shape.UpperOne) return t + 1;
    if (!isPrefix(doc, t)) return slash ? t + 1 : -1;
  }
  return t;
}

/** "ref. RS 4402-18" */
export function isAbbreviated(doc: Doc, t: number): boolean {
  return lengthOf(doc, t) <= ABBREVIATION_MAX && doc.text[doc.end[t]] === DOT;
}

/** Sides of a body, and sexes. */
export function isSide(doc: Doc, t: number): boolean {
  return doc.shape[t] === Shape.UpperOne && SIDES.has(doc.text[doc.start[t]]);
}

/** Capitals that stand before the digits of a code: of "licence RPH 48820" the RPH. */
export function prefixOf(doc: Doc, head: number): number {
  const t = head - 1;
  if (
    t < 1 ||
    claimed.letters > 0 ||
    doc.gap[head] !== Gap.Blank ||
    (doc.shape[t] !== Shape.Upper && doc.shape[t] !== Shape.UpperOne) ||
    lengthOf(doc, t) > ABBREVIATION_MAX
  )
    return head;
  if (isSide(doc, t)) return head;
  if (doc.shape[t] === Shape.UpperOne)
    return claimed.digits >= LETTERED_DIGITS_MIN && CUE_WORDS.get(doc.hash[t - 1]) & (NUMBER | CLOSE_BITS | TIGHT_BITS)
      ? t
      : head;
  if (
    doc.gap[t] === Gap.Leaf ||
    (doc.gap[t] === Gap.Stop && !isAbbreviated(doc, t - 1)) ||
    doc.flags[t] & Flag.InLabel ||
    CUE_WORDS.get(doc.hash[t]) & ~(CLOSE_BITS | TIGHT_BITS)
  )
    return head;
  // "print id PRN 20-1183": two numbers with a sign between are no amount of what stands before.
  const parts =
    claimed.last > claimed.first &&
    claimed.digits > 5 &&
    (CUE_WORDS.get(doc.hash[t - 1]) & (NUMBER | CLOSE_BITS | TIGHT_BITS)) !== 0;
  if (doc.lex[t] & (Lex.Word | Lex.Common | Lex.Function | Lex.Month | Lex.StateCode | Lex.Medical) && !parts)
    return head;
  if (doc.lex[t] === 0 && lengthOf(doc, t) > 1 && CUE_WORDS.get(doc.hash[t]) === 0) return t;
  const before = CUE_WORDS.get(doc.hash[t - 1]);
  return before & NUMBER || before & (CLOSE_BITS | TIGHT_BITS) ? t : head;
}
