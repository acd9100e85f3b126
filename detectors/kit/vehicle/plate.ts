/**
 * Licence plates: what can be one behind a label. Each state has forms of its own and vanity plates have none, so the
 * reader only knows how long a plate is, how its groups follow each other, and what it is not.
 */
import { type Doc, Gap, LETTERS, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { isYear } from '../code/id-code.js';
import { hashOf } from '../hash.js';
import { digitsIn, hasDigit, isDigits, lengthOf } from '../read.js';

const PLATE_MIN = 4;
const PLATE_MAX = 8;
const PARTIAL_MIN = 3;
const GROUPS_MAX = 4;
const LONG_MAX = 10;
const SPELT_MIN = 5;
/** Characters of a plate behind which a blank ends it. */
const WHOLE_MIN = 6;
const AND = hashOf('and');
const OR = hashOf('or');
/** Words whose capitals begin no plate. */
const UNLIKELY = Lex.Common | Lex.Function | Lex.Medical | Lex.Drug | Lex.Month;
const ALONE_DIGITS = 5;

/** "CA 8XYZ432", "Ohio ABC 1234": the state is not part of the plate, if enough of one follows. */
export function behindState(doc: Doc, from: number): number {
  if (from < 0) return -1;
  if ((doc.lex[from] & (Lex.State | Lex.StateCode)) === 0 || !((1 << doc.shape[from]) & LETTERS)) return from;
  const next = from + 1;
  const gap = doc.gap[next];
  if (next >= doc.count || doc.shape[next] === Shape.Redacted) return -1;
  if (gap !== Gap.Blank && gap !== Gap.Colon && gap !== Gap.Hyphen && gap !== Gap.Dash && gap !== Gap.Slash)
    return from;
  // Five digits alone are no plate of any state: "PA 48213" is one as a whole.
  if (lengthOf(doc, from) === 2 && isDigits(doc, next) && (plateEnd(doc, next, false) < 0 || isAlone(doc, next)))
    return from;
  const last = plateEnd(doc, next, true);
  // "SC 84JY" is a plate as a whole: four characters alone are none.
  const short =
    lengthOf(doc, from) === 2 && gap === Gap.Blank && last >= 0 && doc.end[last] - doc.start[next] <= PLATE_MIN;
  return last < 0 || short ? from : next;
}

/** Digits behind which nothing of the plate can follow. */
function isAlone(doc: Doc, at: number): boolean {
  const gap = doc.gap[at + 1];
  return lengthOf(doc, at) === ALONE_DIGITS && gap !== Gap.Hyphen && gap !== Gap.Blank && gap !== Gap.Dash;
}

/** Last token of the plate that begins at `from`: up to three groups, four to eight characters; -1 if it is none. */
export function plateEnd(doc: Doc, from: number, sure: boolean, partial = false): number {
  let size = 0;
  let letters = 0;
  let digits = 0;
  let last = -1;
  let small = 0;
  for (let t = from; t < doc.count && t - from < GROUPS_MAX; t++) {
    if (doc.shape[t] === Shape.Redacted) break;
    const gap = doc.gap[t];
    // MH-12-AB-4471, as in India, has four groups and ten characters.
    if (t - from === GROUPS_MAX - 1 && gap !== Gap.Hyphen) break;
    if (
      t > from &&
      gap !== Gap.Hyphen &&
      gap !== Gap.Dash &&
      gap !== Gap.Dot &&
      !(gap === Gap.Blank && doc.start[t] - doc.end[t - 1] === 1) &&
      !isSignBetween(doc, t, sure)
    )
      break;
    const length = lengthOf(doc, t);
    const word = ((1 << doc.shape[t]) & LETTERS) !== 0;
    const lower =
      doc.shape[t] === Shape.Lower ||
      doc.shape[t] === Shape.LowerOne ||
      doc.shape[t] === Shape.Title ||
      doc.shape[t] === Shape.Mixed;
    if (word && (doc.shape[t] === Shape.Title || doc.shape[t] === Shape.Mixed || length > 7)) break;
    // In small letters only before or behind digits, and never a word of the sentence.
    if (word && lower && (!sure || (doc.lex[t] & (Lex.Common | Lex.Function)) !== 0 || length > 4)) break;
    if (t > from && gap === Gap.Blank && !isNextGroup(doc, t, sure, size, letters, digits)) break;
    if (size + length > (gap === Gap.Hyphen && t - from === GROUPS_MAX - 1 ? LONG_MAX : PLATE_MAX)) break;
    const figures = hasDigit(doc, t) ? digitsIn(doc, t) : 0;
    size += length;
    digits += figures;
    letters += length - figures;
    if (lower) small++;
    last = t;
  }
  if (partial && last === from && size === PARTIAL_MIN && (digits > 0 || isLetterGroup(doc, from))) return last;
  if (last < 0 || size < PLATE_MIN || digits === 0) return lonely(doc, from, last, size, digits, sure);
  if (letters === 0 && last === from + 2 && doc.gap[last] === Gap.Hyphen && (isYear(doc, from) || isYear(doc, last)))
    return -1;
  if (!sure && digits <= 2 && isUnitBehind(doc, last)) return -1;
  if (letters === 0) return sure && digits > PLATE_MIN - (last === from ? 1 : 0) ? last : -1;
  if (small > 0 && size < 5) return -1;
  // 5mg, 3rd, 4hole
  return isOrdinal(doc, from) && last === from ? -1 : last;
}

/** The capitals of a plate of which no more is known: KDV. */
const isLetterGroup = (doc: Doc, t: number): boolean =>
  doc.shape[t] === Shape.Upper && (doc.lex[t] & (UNLIKELY | Lex.Word | Lex.State)) === 0;

/** A vanity plate of letters only, in capitals, right behind a sure label. */
function lonely(doc: Doc, from: number, last: number, size: number, digits: number, sure: boolean): number {
  if (!sure || last !== from || digits > 0 || doc.shape[from] !== Shape.Upper || size < PLATE_MIN) return -1;
  return (doc.lex[from] & (Lex.Common | Lex.Function | Lex.Medical)) === 0 && doc.gap[from] !== Gap.Line ? last : -1;
}

/**
 * Whether a group behind a blank belongs to the plate so far, and is no state or year behind a whole plate nor a word of
 * the sentence. A sure label takes more forms: 482 193, H44 XVF, 4684 MD.
 */
function isNextGroup(doc: Doc, t: number, sure: boolean, size: number, letters: number, digits: number): boolean {
  const length = lengthOf(doc, t);
  // CH 1188 B: a last letter behind a whole number.
  if (size === WHOLE_MIN && letters === 2 && doc.shape[t] === Shape.UpperOne && doc.shape[t - 1] === Shape.Digits4)
    return doc.gap[t + 1] !== Gap.Blank && doc.gap[t + 1] !== Gap.Slash;
  if (size >= WHOLE_MIN && letters > 0 && digits > 0) return false;
  if (isDigits(doc, t))
    return letters > 0
      ? digits <= 2 || length !== 4
      : sure && size <= 4 && (length === 3 || length === 4 || isMiddle(doc, t));
  if (hasDigit(doc, t)) return length <= 4 && doc.text[doc.end[t] - 1] < 0x61;
  if (digits === 0 || length > 3) return false;
  const state = (doc.lex[t] & Lex.StateCode) !== 0;
  // AB12 CDE, as in Britain; H44 XVF, as in many states.
  if (letters > 0 && length > 1) {
    if (doc.shape[t] !== Shape.Upper) return false;
    // AB 123 CD, 8K 12 RT
    if (sure && length === 2 && doc.gap[t - 1] === Gap.Blank && size <= 5)
      return !state && (doc.lex[t] & (Lex.Common | Lex.Function)) === 0;
    if (size > 4 || (doc.lex[t] & UNLIKELY) !== 0) return false;
    return length === 3 || sure;
  }
  return !state || (sure && size <= 4);
}

/** 12 34 AB: two digits between two and capitals. */
function isMiddle(doc: Doc, t: number): boolean {
  return (
    doc.shape[t] === Shape.Digits2 &&
    doc.shape[t - 1] === Shape.Digits2 &&
    doc.gap[t + 1] === Gap.Blank &&
    doc.shape[t + 1] === Shape.Upper &&
    lengthOf(doc, t + 1) <= 3
  );
}

/** KDJ·2848, and behind a sure label KDJ_2848, KDJ/2848 and KDJ--2848: another sign between letters and digits. */
function isSignBetween(doc: Doc, t: number, sure: boolean): boolean {
  const from = doc.end[t - 1];
  const size = doc.start[t] - from;
  if (size === 1 && (doc.text[from] === 0xb7 || doc.text[from] === 0x2022)) return true;
  if (!sure || hasDigit(doc, t - 1) === hasDigit(doc, t)) return false;
  if (size === 2) return doc.text[from] === 0x2d && doc.text[from + 1] === 0x2d;
  return size === 1 && (doc.gap[t] === Gap.Underscore || doc.gap[t] === Gap.Slash);
}

function isOrdinal(doc: Doc, t: number): boolean {
  return (
    doc.text[doc.start[t]] <= 0x39 &&
    doc.text[doc.end[t] - 1] >= 0x61 &&
    lengthOf(doc, t) - digitsIn(doc, t) > 1 &&
    digitsIn(doc, t) <= 3
  );
}

/** Last token of a plate that is spelt out, M-B-R-4-4-7-1 or N O H 2 2 9; else -1. */
export function speltPlateEnd(doc: Doc, from: number): number {
  const sign = doc.gap[from + 1];
  if (sign !== Gap.Hyphen && sign !== Gap.Blank) return -1;
  let last = from;
  let digits = 0;
  for (let t = from; t < doc.count && t - from < PLATE_MAX; t++) {
    const one = lengthOf(doc, t) === 1 && (t === from || (doc.gap[t] === sign && doc.start[t] - doc.end[t - 1] === 1));
    if (!one || doc.shape[t] === Shape.LowerOne) break;
    if (isDigits(doc, t)) digits++;
    last = t;
  }
  return last - from + 1 >= SPELT_MIN && digits > 0 ? last : -1;
}

/** First token of the next plate of a list, behind a comma, a slash or "and"; -1 if there is none. */
export function nextPlate(doc: Doc, last: number): number {
  const t = last + 1;
  if (t >= doc.count) return -1;
  const gap = doc.gap[t];
  if (gap === Gap.Blank && (doc.hash[t] === AND || doc.hash[t] === OR))
    return doc.gap[t + 1] === Gap.Blank ? t + 1 : -1;
  return gap === Gap.Comma || gap === Gap.Ampersand || gap === Gap.Slash ? t : -1;
}
