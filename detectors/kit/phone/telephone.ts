/**
 * Reads telephone numbers and tells whether they are of a phone or of a fax machine, for both detectors alike, so that a
 * number never is both. A number of North America is judged by its digits, one from abroad by `international.ts`.
 */
import { ALNUM, DIGITS, type Doc, Gap, LETTERS, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { digitsIn, isDigits, isWord } from '../read.js';
import { abroad, dialledOut, national } from './international.js';
import { isNanpCode, isNanpNumber } from './nanp.js';
import { spokenAt } from './spoken-telephone.js';
import { vanity } from './telephone-letters.js';
import { isDestination, Line, lineOf, owned, refused, weakOnly } from './telephone-line.js';
import { wholeLocal } from './telephone-local.js';
import {
  countryCode,
  extensionEnd,
  hasPlus,
  isBounded,
  isBracketed,
  isJoined,
  isLineNumber,
  JOINTS,
  report,
} from './telephone-parts.js';
import { besidePerson, inCell, inContactRow, inSpeech, isBesideName } from './telephone-place.js';
import { Say, says } from './telephone-words.js';

const ZERO = 0x30;
const ONE = 0x31;
const EIGHT = 0x38;
const CARET = 0x5e;
const BRACKET = 0x5b;
const HYPHEN = 0x2d;

/** Gaps that can hold a plus; at the head of a line it is seen from the groups of digits behind it. */
export const PLUS_GAPS = (1 << Gap.Plus) | (1 << Gap.Other) | (1 << Gap.Leaf);
/** Gaps within a number, and the most frequent between words: there is no plus in them. */
const INNER_GAPS = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Dot) | (1 << Gap.Slash) | (1 << Gap.Comma);
/** Runs of digits with which a number begins, or which are one. */
export const HEAD_SHAPES =
  (1 << Shape.Digits3) |
  (1 << Shape.Digits4) |
  (1 << Shape.Digits5) |
  (1 << Shape.Digits6) |
  (1 << Shape.Digits7) |
  (1 << Shape.Digits10) |
  (1 << Shape.Digits11) |
  (1 << Shape.Digits12) |
  (1 << Shape.Digits13) |
  (1 << Shape.Digits14) |
  (1 << Shape.Alnum);
const LONG_SHAPES =
  (1 << Shape.Digits10) | (1 << Shape.Digits11) | (1 << Shape.Digits12) | (1 << Shape.Digits13) | (1 << Shape.Digits14);
/** What may follow an area code: 555, 0142, 5550142, 0142x26; FLOWERS only behind an 8. */
const AFTER_AREA =
  (1 << Shape.Digits2) |
  (1 << Shape.Digits3) |
  (1 << Shape.Digits4) |
  (1 << Shape.Digits7) |
  (1 << Shape.Digits8) |
  (1 << Shape.Alnum);
const AFTER_AREA_GAPS = JOINTS | (1 << Gap.Comma);

/** The telephone number whose area code, or whole digits, or country code behind a plus, or first spoken digit stand at `at`. */
export function telephoneAt(doc: Doc, at: number): boolean {
  const shape = doc.shape[at];
  const bit = 1 << shape;
  if (!(bit & DIGITS)) {
    if (shape === Shape.Alnum) return wholeWithExtension(doc, at);
    return (doc.lex[at] & Lex.NumberWord) !== 0 && !(bit & ALNUM) && spokenAt(doc, at);
  }
  if (!(bit & HEAD_SHAPES)) return ((1 << doc.gap[at]) & PLUS_GAPS) !== 0 && hasPlus(doc, at) && abroad(doc, at);
  if (shape === Shape.Digits3) {
    if (areaCode(doc, at)) return true;
  } else if (bit & LONG_SHAPES) {
    if (long(doc, at)) return true;
  } else if (shape === Shape.Digits7) {
    if (wholeLocal(doc, at)) return true;
  } else if ((1 << doc.shape[at + 1]) & DIGITS && middle(doc, at)) return true;
  if (!((1 << doc.gap[at]) & INNER_GAPS)) return hasPlus(doc, at) && abroad(doc, at);
  return at > 0 && (1 << doc.shape[at - 1]) & DIGITS ? atLineHead(doc, at) : false;
}

/** Groups before one of three and more digits in a number abroad: +420 601 …, +49 (0)89 123…. */
const GROUPS_BACK = 4;

/** A number abroad at the head of a line, seen from one of its groups. */
function atLineHead(doc: Doc, at: number): boolean {
  for (let t = at - 1; t >= 0 && at - t <= GROUPS_BACK && isDigits(doc, t); t--) {
    if (doc.gap[t] !== Gap.Line) continue;
    if (!hasPlus(doc, t)) return false;
    for (let k = t + 1; k <= at; k++) if (!isJoined(doc, k)) return false;
    return abroad(doc, t);
  }
  return false;
}

/** Three digits: an area code, an exchange, a prefix. */
function areaCode(doc: Doc, at: number): boolean {
  const next = at + 1;
  const after = 1 << doc.shape[next];
  if (!(after & (AFTER_AREA | LETTERS)) || !((1 << doc.gap[next]) & AFTER_AREA_GAPS)) return false;
  const first = doc.text[doc.start[at]];
  // 216 five five five 0142
  if (after & LETTERS && doc.lex[next] & Lex.NumberWord) return spokenAt(doc, at);
  if (after & LETTERS && first !== EIGHT) return false;
  return (first === ZERO && (dialledOut(doc, at) || national(doc, at))) || grouped(doc, at);
}

/** Ten digits and more in one run. */
function long(doc: Doc, at: number): boolean {
  if (doc.text[doc.start[at]] === ZERO) return dialledOut(doc, at) || national(doc, at);
  return (doc.shape[at] === Shape.Digits10 || doc.shape[at] === Shape.Digits11) && whole(doc, at, hasPlus(doc, at));
}

/** Four to six digits before others: 0044 20 …, 07700 900123, 617555-0142. */
function middle(doc: Doc, at: number): boolean {
  if (doc.text[doc.start[at]] === ZERO && (dialledOut(doc, at) || national(doc, at))) return true;
  const next = at + 1;
  if (doc.shape[at] !== Shape.Digits6 || doc.shape[next] !== Shape.Digits4 || doc.gap[next] !== Gap.Hyphen)
    return false;
  return sixFour(doc, at);
}

/** 617-555-0142 and its kin, 555-0142, 1-800-FLOWERS. */
function grouped(doc: Doc, at: number): boolean {
  const b = at + 1;
  if (doc.gap[b] === Gap.Comma) return dictated(doc, at);
  if (!isJoined(doc, b)) return false;
  const { text, start, end } = doc;
  const inBrackets = isBracketed(doc, at);
  if (doc.shape[b] === Shape.Digits3) {
    const last = b + 1;
    return isJoined(doc, last) && isLineNumber(doc, last) && wholeGroups(doc, at, last, inBrackets);
  }
  if (doc.shape[b] === Shape.Digits7)
    return (
      (inBrackets || text[end[at]] === CARET || text[end[at]] === HYPHEN || lineOf(doc, at, b) !== Line.Unknown) &&
      wholeGroups(doc, at, b, inBrackets)
    );
  if (isWord(doc, b)) return vanity(doc, at);
  if (!isLineNumber(doc, b)) return false;
  if (doc.shape[b + 1] === Shape.Digits3 && doc.gap[b + 1] === doc.gap[b]) return misgrouped(doc, at);
  if (!isNanpCode(text, start[at]) || inBrackets || doc.gap[b] === Gap.Slash) return false;
  // The rest of a whole number, which somebody else's label claims.
  if (at > 0 && doc.shape[at - 1] === Shape.Digits3 && isJoined(doc, at)) return false;
  return local(doc, at, b);
}

/** 555-0142 with a word about calling; in square brackets stand record numbers. */
function local(doc: Doc, at: number, last: number): boolean {
  if (!isBounded(doc, at, last) || says(doc, last + 1) & Say.Unit) return false;
  if (at > 0 && doc.text[doc.start[at] - 1] === BRACKET) return false;
  if (!hasPlus(doc, at) && refused(doc, at, at) && !isDestination(doc, at)) return false;
  const line = lineOf(doc, at, last);
  if (line === Line.Unknown) return isBesideName(doc, at, last) && report(doc, at, last, line, 0.7);
  return !weakOnly && report(doc, at, last, line, 0.75);
}

/** Ten digits in groups, perhaps with a 1 before them. */
function wholeGroups(doc: Doc, at: number, last: number, inBrackets: boolean): boolean {
  const { text, start } = doc;
  const b = at + 1;
  const first = countryCode(doc, at);
  if (!isBounded(doc, first, last)) return false;
  const plus = hasPlus(doc, first);
  const claimed = refused(doc, first, at);
  if (!inBrackets && !plus && claimed && !isDestination(doc, first)) return false;
  const line = lineOf(doc, first, last);
  const labelled = owned(doc, first) !== Line.Unknown || owned(doc, at) !== Line.Unknown;
  const valid = isNanpCode(text, start[at]) && isNanpCode(text, start[b]);
  if (line === Line.Unknown) {
    if (!valid && !inBrackets && !plus) return false;
    if (says(doc, last + 1) & Say.Unit && doc.gap[last + 1] === Gap.Blank) return false;
    const blanks = doc.gap[b] === Gap.Blank && (last === b || doc.gap[last] === Gap.Blank) && !inBrackets;
    if (blanks && first === at && !inCell(doc, first, last) && !inSpeech(doc, first, last)) return false;
    if (doc.gap[b] === Gap.Slash && !valid) return false;
    if (isSetting(doc, first, last)) return false;
  }
  if (labelled || claimed) return report(doc, first, last, line, 0.97);
  return report(doc, first, last, line, line !== Line.Unknown ? 0.92 : inBrackets || valid ? 0.85 : 0.6);
}

/** backoff=250-500-1000: round numbers as the value of a setting. */
function isSetting(doc: Doc, first: number, last: number): boolean {
  for (let t = first; t <= last; t++) if (doc.text[doc.end[t] - 1] !== ZERO) return false;
  return doc.text[doc.end[last] - 2] === ZERO;
}

/** 919, 555, 0148: as transcripts write what was read out. */
function dictated(doc: Doc, at: number): boolean {
  const last = at + 2;
  if (
    doc.shape[at + 1] !== Shape.Digits3 ||
    last >= doc.count ||
    doc.gap[last] !== Gap.Comma ||
    !isLineNumber(doc, last)
  )
    return false;
  const { text, start } = doc;
  if (!isNanpCode(text, start[at]) || !isNanpCode(text, start[at + 1]) || refused(doc, at, at)) return false;
  const line = lineOf(doc, at, last);
  return line !== Line.Unknown && isBounded(doc, at, last) && report(doc, at, last, line, 0.75);
}

/** 919-5550-188: ten digits with a sign in the wrong place. */
function misgrouped(doc: Doc, at: number): boolean {
  const last = at + 2;
  if (!isJoined(doc, last) || !isNanpCode(doc.text, doc.start[at]) || refused(doc, at, at)) return false;
  const line = lineOf(doc, at, last);
  return line !== Line.Unknown && isBounded(doc, at, last) && report(doc, at, last, line, 0.7);
}

/** 617555-0142 */
function sixFour(doc: Doc, at: number): boolean {
  if (!isNanpNumber(doc.text, doc.start[at]) || refused(doc, at, at) || !isBounded(doc, at, at + 1)) return false;
  const line = lineOf(doc, at, at + 1);
  return line !== Line.Unknown && report(doc, at, at + 1, line, 0.75);
}

/** 6175550142 with something that says that it is a phone's. */
function whole(doc: Doc, at: number, plus: boolean): boolean {
  const { text, start } = doc;
  const eleven = doc.shape[at] === Shape.Digits11;
  if (eleven && text[start[at]] !== ONE) return false;
  const valid = isNanpNumber(text, start[at] + (eleven ? 1 : 0));
  const first = eleven ? at : countryCode(doc, at);
  const claimed = refused(doc, first, at);
  if (!isBounded(doc, first, at) || (!plus && claimed && !isDestination(doc, first))) return false;
  const line = lineOf(doc, first, at);
  const labelled = owned(doc, first) !== Line.Unknown || owned(doc, at) !== Line.Unknown;
  if (!valid && !labelled) return false;
  if (line === Line.Unknown && !(plus && eleven) && first === at && !isPlaced(doc, at)) return false;
  return report(doc, first, at, line, labelled || claimed ? 0.97 : 0.85);
}

const isPlaced = (doc: Doc, at: number): boolean =>
  extensionEnd(doc, at) !== at || inContactRow(doc, at) || besidePerson(doc, at);

/** 6175550142x26 */
function wholeWithExtension(doc: Doc, at: number): boolean {
  const { text, start, end } = doc;
  const from = start[at];
  if (end[at] - from < 12 || (text[from + 10] | 0x20) !== 0x78 || digitsIn(doc, at) !== end[at] - from - 1)
    return false;
  if (!isNanpNumber(text, from) || refused(doc, at, at)) return false;
  return report(doc, at, at, lineOf(doc, at, at), 0.85);
}
