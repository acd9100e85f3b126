/**
 * Reads telephone numbers and tells whether they are of a phone or of a fax machine, for both detectors alike, so that a
 * number never is both. A number of North America is judged by its digits; one from abroad by libphonenumber, which is
 * asked for nothing else because it is slow. The result is one object that the next call overwrites.
 */
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type Doc, Gap, LETTERS, Shape } from '../contract.js';
import { misreadNumber } from './misread.js';
import { isNanpCode, isNanpNumber, isTollFree } from './nanp.js';
import { digitsIn, hasDigit, isDigits, isWord, lengthOf, numberAt } from './read.js';
import {
  besidePerson,
  inCell,
  inContactRow,
  isDestination,
  Line,
  lineOf,
  owned,
  refused,
  Say,
  says,
  weakOnly,
} from './telephone-line.js';
import { Form, figuresAt } from './written-date.js';

export const dialled = { first: 0, last: 0, start: 0, end: 0, line: Line.Unknown as Line, confidence: 0 };

const PLUS = 0x2b;
const OPEN = 0x28;
const CLOSE = 0x29;
const CARET = 0x5e;
const SPACE = 0x20;
/** Gaps that can hold a plus. */
export const PLUS_GAPS = (1 << Gap.Plus) | (1 << Gap.Other) | (1 << Gap.Line) | (1 << Gap.Leaf);
const DIGITS_MIN = 7;
const DIGITS_MAX = 15;
const GROUPS_MAX = 8;

/** Whether only signs that phone numbers are written with stand between a token and the one before it. */
function joined(doc: Doc, t: number): boolean {
  if (t >= doc.count) return false;
  const from = doc.end[t - 1];
  const to = doc.start[t];
  if (to - from > 3 || to === from) return false;
  for (let i = from; i < to; i++) {
    const c = doc.text[i];
    if (
      c !== SPACE &&
      c !== 0x2d &&
      c !== 0x2e &&
      c !== OPEN &&
      c !== CLOSE &&
      c !== CARET &&
      !(c === 0x2f && to - from === 1)
    )
      return false;
  }
  return true;
}

/** The telephone number whose area code, or whole digits, or country code behind a plus, stand at `at`. */
export function telephoneAt(doc: Doc, at: number): boolean {
  const shape = doc.shape[at];
  const plus = doc.start[at] > 0 && doc.text[doc.start[at] - 1] === PLUS;
  if (shape === Shape.Digits3) {
    if (grouped(doc, at)) return true;
  } else if (shape === Shape.Digits10 || shape === Shape.Digits11) {
    if (whole(doc, at, plus)) return true;
  } else if (shape === Shape.Alnum && wholeWithExtension(doc, at)) return true;
  return plus && ((1 << doc.gap[at]) & PLUS_GAPS) !== 0 && isDigits(doc, at) && abroad(doc, at);
}

/** 617-555-0142 and its kin, 555-0142, 1-800-FLOWERS. */
function grouped(doc: Doc, at: number): boolean {
  const b = at + 1;
  if (b >= doc.count || !joined(doc, b)) return false;
  const { text, start, end } = doc;
  const inBrackets = start[at] > 0 && text[start[at] - 1] === OPEN && text[end[at]] === CLOSE;
  let last: number;
  let digits = 10;
  if (doc.shape[b] === Shape.Digits3) {
    last = b + 1;
    if (last >= doc.count || !joined(doc, last) || !isLineNumber(doc, last)) return false;
  } else if (doc.shape[b] === Shape.Digits7 && (inBrackets || text[end[at]] === CARET || text[end[at]] === 0x2d))
    last = b;
  else if (isLineNumber(doc, b)) {
    last = b;
    digits = 7;
  } else if (isWord(doc, b)) return vanity(doc, at);
  else return false;
  let first = at;
  if (digits === 10) first = countryCode(doc, at);
  if (!bounded(doc, first, last)) return false;
  const plus = start[first] > 0 && text[start[first] - 1] === PLUS;
  if (!inBrackets && !plus && refused(doc, first, at) && !isDestination(doc, first)) return false;
  const line = lineOf(doc, first, last);
  const labelled = owned(doc, first) !== Line.Unknown || owned(doc, at) !== Line.Unknown;
  if (digits === 7) {
    if (
      line === Line.Unknown ||
      weakOnly ||
      !isNanpCode(text, start[at]) ||
      inBrackets ||
      doc.gap[b] === Gap.Slash ||
      says(doc, last + 1) & Say.Unit
    )
      return false;
    return report(doc, first, last, line, 0.75);
  }
  const valid = isNanpCode(text, start[at]) && isNanpCode(text, start[b]);
  const dialledOut = first < at;
  const blanks = doc.gap[b] === Gap.Blank && (last === b || doc.gap[last] === Gap.Blank) && !inBrackets;
  if (line === Line.Unknown) {
    if ((!valid && !inBrackets && !plus) || (says(doc, last + 1) & Say.Unit && doc.gap[last + 1] === Gap.Blank))
      return false;
    if (blanks && !dialledOut && !inCell(doc, first, last)) return false;
    if (doc.gap[b] === Gap.Slash && !valid) return false;
  }
  return report(
    doc,
    first,
    last,
    line,
    labelled || refused(doc, first, at) ? 0.97 : line !== Line.Unknown ? 0.92 : inBrackets || valid ? 0.85 : 0.6,
  );
}

/** Four digits, or four digits with an extension glued to them: 0142x26. */
function isLineNumber(doc: Doc, t: number): boolean {
  if (doc.shape[t] === Shape.Digits4) return true;
  if (doc.shape[t] !== Shape.Alnum) return false;
  const { text, start, end } = doc;
  const from = start[t];
  for (let i = 0; i < 4; i++) if (text[from + i] < 0x30 || text[from + i] > 0x39) return false;
  if ((text[from + 4] | 0x20) !== 0x78) return false;
  for (let i = from + 5; i < end[t]; i++) if (text[i] < 0x30 || text[i] > 0x39) return false;
  return end[t] > from + 5;
}

/** 6175550142 with something that says that it is a phone's. */
function whole(doc: Doc, at: number, plus: boolean): boolean {
  const { text, start } = doc;
  const eleven = doc.shape[at] === Shape.Digits11;
  if (eleven && text[start[at]] !== 0x31) return false;
  const valid = isNanpNumber(text, start[at] + (eleven ? 1 : 0));
  const first = eleven ? at : countryCode(doc, at);
  if (!bounded(doc, first, at) || (!plus && refused(doc, first, at) && !isDestination(doc, first))) return false;
  const line = lineOf(doc, first, at);
  const labelled = owned(doc, first) !== Line.Unknown || owned(doc, at) !== Line.Unknown;
  if (!valid && !labelled) return false;
  if (
    line === Line.Unknown &&
    !(plus && eleven) &&
    first === at &&
    extension(doc, at) === at &&
    !inContactRow(doc, at) &&
    !besidePerson(doc, at)
  )
    return false;
  return report(doc, first, at, line, labelled || refused(doc, first, at) ? 0.97 : 0.85);
}

/** 6175550142x26 */
function wholeWithExtension(doc: Doc, at: number): boolean {
  const { text, start, end } = doc;
  const from = start[at];
  if (end[at] - from < 12 || (text[from + 10] | 0x20) !== 0x78 || digitsIn(doc, at) !== end[at] - from - 1)
    return false;
  if (!isNanpNumber(text, from) || refused(doc, at, at)) return false;
  return report(doc, at, at, lineOf(doc, at, at), 0.85);
}

/** A number abroad: a plus and a country code. Groups are given up from the end until it is one. */
function abroad(doc: Doc, at: number): boolean {
  if (numberAt(doc, at) === 1 || refused(doc, at, at)) return false;
  let last = groupsEnd(doc, at);
  // +35236450.6 is a decimal.
  if (last === at + 1 && doc.gap[last] === Gap.Dot) return false;
  for (let tries = 0; tries < 4 && last >= at; tries++, last--) {
    const digits = digitsBetween(doc, at, last);
    if (digits < DIGITS_MIN + 1) return false;
    if (digits > DIGITS_MAX) continue;
    let said = '+';
    for (let i = doc.start[at]; i < doc.end[last]; i++)
      if (doc.text[i] >= 0x30 && doc.text[i] <= 0x39) said += String.fromCharCode(doc.text[i]);
    // (0) is dialled at home only: +44 (0)20 7946 0123.
    const number = parsePhoneNumberFromString(said) ?? parsePhoneNumberFromString(said.replace(/^(\+\d\d)0/, '$1'));
    if (number?.isPossible()) return report(doc, at, last, lineOf(doc, at, last), number.isValid() ? 0.9 : 0.7);
  }
  return false;
}

/** A number in whatever form, since a label says that it is one: 0490 75 40 81, 555 0142, 12345 for a pager. */
export function labelledAt(doc: Doc, at: number, digitsMin: number): boolean {
  if (at >= doc.count || doc.shape[at] === Shape.Redacted || telephoneAt(doc, at)) return false;
  if (misreadAt(doc, at)) return true;
  if (!isDigits(doc, at)) return vanityOrInternal(doc, at);
  const shape = doc.shape[at];
  if (shape <= Shape.Digits4 && figuresAt(doc, at, false) === Form.Full) return false;
  const last = groupsEnd(doc, at);
  const digits = digitsBetween(doc, at, last);
  if (digits < digitsMin || digits > DIGITS_MAX + 2 || says(doc, last + 1) & Say.Unit) return false;
  if (refused(doc, at, at) || (last === at && isDigits(doc, at + 1) && doc.gap[at + 1] === Gap.Colon)) return false;
  return report(doc, at, last, Line.Unknown, digits >= DIGITS_MIN ? 0.9 : 0.7);
}

/** 3O3 555 0193: three groups in which a scanner took digits for letters. */
function misreadAt(doc: Doc, at: number): boolean {
  const plain = doc.shape[at] === Shape.Digits1 && doc.text[doc.start[at]] === 0x31 && joined(doc, at + 1);
  const area = plain ? at + 1 : at;
  const last = area + 2;
  if (last >= doc.count || lengthOf(doc, area) !== 3 || lengthOf(doc, area + 1) !== 3 || lengthOf(doc, last) !== 4)
    return false;
  if (
    !joined(doc, area + 1) ||
    !joined(doc, last) ||
    !(hasDigit(doc, area) || hasDigit(doc, area + 1) || hasDigit(doc, last))
  )
    return false;
  for (let t = area; t <= last; t++) if (misreadNumber(doc, t) < 0) return false;
  return report(doc, at, last, Line.Unknown, 0.8);
}

/** Words that may stand between a label and its number: "phone (home, best after 5):" is the limit. */
const LABEL_WORDS_MAX = 5;

/** The first token with a digit behind the label that ends at `at`, in the same line; -1 when another label comes first. */
export function firstNumberAfter(doc: Doc, at: number): number {
  for (let t = at + 1; t < doc.count && t - at <= LABEL_WORDS_MAX; t++) {
    const gap = doc.gap[t];
    if (
      gap === Gap.Leaf ||
      doc.shape[t] === Shape.Redacted ||
      (t > at + 1 && (gap === Gap.Line || gap === Gap.Stop || gap === Gap.Comma))
    )
      return -1;
    if (hasDigit(doc, t)) return t;
    if (doc.label[t] !== 0) return -1;
  }
  return -1;
}

/** The last of the groups of digits that run on from `at`. */
function groupsEnd(doc: Doc, at: number): number {
  let last = at;
  let digits = lengthOf(doc, at);
  for (let t = at + 1; t < doc.count && t - at < GROUPS_MAX; t++) {
    if (!isDigits(doc, t) || !joined(doc, t) || doc.gap[t] === Gap.Slash) break;
    digits += lengthOf(doc, t);
    if (digits > DIGITS_MAX) break;
    last = t;
  }
  return last;
}

function digitsBetween(doc: Doc, first: number, last: number): number {
  let digits = 0;
  for (let t = first; t <= last; t++) digits += digitsIn(doc, t);
  return digits;
}

/** 1-800-FLOWERS, 888-GET-HELP: letters where a label or a word about calling says that they are dialled. */
function vanity(doc: Doc, at: number): boolean {
  if (!isTollFree(doc.text, doc.start[at])) return false;
  let last = at;
  let signs = 0;
  for (let t = at + 1; t < doc.count && t - at <= 4 && signs < DIGITS_MIN; t++) {
    if (!joined(doc, t) || doc.gap[t] === Gap.Stop || doc.shape[t] === Shape.Lower || doc.shape[t] === Shape.Redacted)
      break;
    if (!((1 << doc.shape[t]) & LETTERS) && !isDigits(doc, t)) break;
    signs += lengthOf(doc, t);
    last = t;
  }
  if (signs < DIGITS_MIN || signs > DIGITS_MIN + 3) return false;
  const first = countryCode(doc, at);
  const line = lineOf(doc, first, last);
  return line !== Line.Unknown && report(doc, first, last, line, 0.8);
}

/** Behind a label: x4455, an extension within the house. */
function vanityOrInternal(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.Alnum && doc.shape[at] !== Shape.AlnumShort) return false;
  return isGluedExtension(doc, at) && digitsIn(doc, at) >= 3 && report(doc, at, at, Line.Unknown, 0.7);
}

function isGluedExtension(doc: Doc, t: number): boolean {
  const { text, start, end } = doc;
  let i = start[t];
  if ((text[i] | 0x20) === 0x78) i++;
  else if ((text[i] | 0x20) === 0x65 && (text[i + 1] | 0x20) === 0x78 && (text[i + 2] | 0x20) === 0x74) i += 3;
  else return false;
  if (end[t] - i < 1 || end[t] - i > 6) return false;
  for (; i < end[t]; i++) if (text[i] < 0x30 || text[i] > 0x39) return false;
  return true;
}

/** The token at which the number begins: its country code, where one is written. */
function countryCode(doc: Doc, at: number): number {
  const t = at - 1;
  if (t < 0 || !isDigits(doc, t) || !joined(doc, at)) return at;
  const code = numberAt(doc, t);
  if (doc.shape[t] === Shape.Digits1 ? code !== 1 : doc.shape[t] !== Shape.Digits3 || code !== 1) return at;
  const gap = doc.gap[t];
  return t > 0 &&
    hasDigit(doc, t - 1) &&
    (gap === Gap.Hyphen || gap === Gap.Dot || gap === Gap.Slash || gap === Gap.None)
    ? at
    : t;
}

/** Whether the number is no part of a longer code. */
function bounded(doc: Doc, first: number, last: number): boolean {
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

/** Fills in the result, with the brackets and the plus in front and the extension behind. */
function report(doc: Doc, first: number, last: number, line: Line, confidence: number): boolean {
  const { text } = doc;
  let start = doc.start[first];
  if (text[start - 1] === OPEN && start > 0 && text[doc.end[first]] === CLOSE) start--;
  if (start > 0 && text[start - 1] === PLUS) start--;
  if (start > 0 && text[start - 1] === OPEN && text[start] === PLUS && text[doc.end[first]] === CLOSE) start--;
  dialled.first = first;
  dialled.last = extension(doc, last);
  dialled.start = start;
  dialled.end = doc.end[dialled.last];
  dialled.line = line;
  dialled.confidence = confidence;
  return true;
}

/** The token at which the extension behind `last` ends, or `last`: x26, ext. 26, extension 4, /0143. */
function extension(doc: Doc, last: number): number {
  const t = last + 1;
  if (t >= doc.count) return last;
  const gap = doc.gap[t];
  if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe) return last;
  if (((1 << doc.shape[t]) & ((1 << Shape.AlnumShort) | (1 << Shape.Alnum))) !== 0)
    return isGluedExtension(doc, t) ? t : last;
  if (gap === Gap.Slash && doc.shape[t] === Shape.Digits4 && doc.start[t] - doc.end[last] === 1) return t;
  if (gap === Gap.Hash && isDigits(doc, t) && lengthOf(doc, t) <= 5) return t;
  if (!(says(doc, t) & Say.Extension)) return last;
  const number = t + 1;
  if (number >= doc.count || !isDigits(doc, number) || lengthOf(doc, number) > 6) return last;
  const join = doc.gap[number];
  return join === Gap.Leaf || join === Gap.Line || join === Gap.Comma ? last : number;
}
