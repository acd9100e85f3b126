/**
 * How much the form of a code says that it is an identifier: nothing for phone numbers, ranges and public codes of
 * diagnoses, procedures and publications, little for what may be a count. Asks about the code that `claimed` holds.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { lengthOf, numberAt } from '../read.js';
import { claimed, isAcceptable, isYear, Trust } from './id-code.js';

const MINGLED_MIN = 7;
const TURNS_MIN = 3;
/** A digit, three capitals, three digits. */
const CAR_PLATE = 7;
/** So many small letters before digits are a word of a program: python3.11. */
const WORD_LETTERS_MIN = 5;
/** First letters of registered trials, articles, sequences and variants. */
const PUBLICATIONS = new Set(
  ['nct', 'pmc', 'gse', 'gsm', 'vcv', 'rcv', 'scv', 'ens', 'chr'].map(
    (name) => (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2),
  ),
);

const DAYS_MAX = 31;
const GRAVIDA = 0x67;
const PARA = 0x70;
const OBSTETRIC_MIN = 4;
const MARKER = 0x44;
const MARKER_SIGN = 0x53;
const SHORT_ARM = 0x70;
const LONG_ARM = 0x71;

/** First letters of HCPCS codes, as a mask. */
const PROCEDURES = [...'ABCDEGHJKLMPQRSTV'].reduce((mask, letter) => mask | (1 << (letter.charCodeAt(0) - 0x41)), 0);

/** 0 for what is no identifier, 1 for what may be a count, 3 for what is hardly anything else. */
export function weightOf(doc: Doc): number {
  claimed.direct = false;
  const { first, last, digits, letters } = claimed;
  if (digits === 2 && letters > 3 && first === last && isMingled(doc) && doc.text[claimed.end - 1] < 0x61) return 2;
  if (digits < 3 || !isAcceptable(doc, Trust.Word) || isPhone(doc) || isFileName(doc)) return 0;
  if (letters > 0) {
    if (isPublicCode(doc) || isProgramWord(doc, first) || isTimestamp(doc)) return 0;
    if (digits >= 5 || isCarPlate(doc)) return 3;
    return (digits === 4 && !isYear(doc, last)) || isMingled(doc) ? 2 : 1;
  }
  if (isRange(doc)) return 0;
  if (first < last) return digits < 6 || isZip(doc) || isTimes(doc) ? 1 : digits === 6 ? 2 : 3;
  if (digits === 8 && isCalendarDay(doc, first)) return 1;
  return digits >= 8 ? 3 : digits >= 6 ? 2 : 1;
}

/** 2024-03-14T08, 20240314T0815 */
function isTimestamp(doc: Doc): boolean {
  const { first, last } = claimed;
  const { text, start } = doc;
  if (last - first === 2 && doc.shape[first] === Shape.Digits4 && isYear(doc, first))
    return isHourMark(text[start[last] + 2]);
  return first === last && isHourMark(text[start[first] + 8]) && isCalendarDayIn(text, start[first]);
}

function isHourMark(unit: number): boolean {
  return (unit | 0x20) === 0x74;
}

/** A9F3BC2D: letters and digits by turns spell no word and count nothing. */
function isMingled(doc: Doc): boolean {
  const { start, end } = claimed;
  let turns = 0;
  for (let i = start + 1; i < end; i++) if (doc.text[i] <= 0x39 !== doc.text[i - 1] <= 0x39) turns++;
  return end - start >= MINGLED_MIN && turns >= TURNS_MIN;
}

/** 7KDL220: how millions of cars are marked, and hardly anything else. */
function isCarPlate(doc: Doc): boolean {
  const { start, end } = claimed;
  if (end - start !== CAR_PLATE) return false;
  for (let i = 0; i < CAR_PLATE; i++) {
    const unit = doc.text[start + i];
    if (i === 0 || i > 3 ? unit < 0x30 || unit > 0x39 : unit < 0x41 || unit > 0x5a) return false;
  }
  return true;
}

/** 482291.pdf */
function isFileName(doc: Doc): boolean {
  const next = claimed.last + 1;
  return doc.gap[next] === Gap.Dot && next < doc.count && doc.shape[next] === Shape.Lower;
}

/** 555-0142, 617-555-0142. */
export function isPhone(doc: Doc): boolean {
  const { first, last, digits, letters } = claimed;
  if (letters > 0 || first === last) return false;
  return lengthOf(doc, last) === 4 && lengthOf(doc, last - 1) === 3 && (digits === 7 || digits === 10 || digits === 11);
}

/** 70-110 */
function isRange(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && doc.gap[last] === Gap.Hyphen && lengthOf(doc, first) <= 3 && lengthOf(doc, last) <= 3;
}

/** 45402-1127 */
function isZip(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && lengthOf(doc, first) === 5 && lengthOf(doc, last) === 4;
}

/** 0200-0400 */
function isTimes(doc: Doc): boolean {
  const { first, last } = claimed;
  return (
    last === first + 1 &&
    doc.gap[last] === Gap.Hyphen &&
    lengthOf(doc, first) === 4 &&
    lengthOf(doc, last) === 4 &&
    numberAt(doc, first) <= 2400 &&
    numberAt(doc, last) <= 2400
  );
}

/** Codes of diagnoses, procedures and taxonomies: E11.65, J3490, 207Q00000X. */
function isPublicCode(doc: Doc): boolean {
  const { first, last, digits, letters } = claimed;
  const length = lengthOf(doc, first);
  if (isLocus(doc.text, doc.start[first], doc.end[first]) || isObstetric(doc, first)) return true;
  if (last > first)
    return last === first + 1 && doc.gap[last] === Gap.Dot && length === 3 && doc.text[doc.start[first]] > 0x39;
  if (letters === 1 && digits === 4) return (PROCEDURES & (1 << ((doc.text[doc.start[first]] & 0xdf) - 0x41))) !== 0;
  if (isPublication(doc, first)) return true;
  return (
    length === 10 &&
    letters === 2 &&
    doc.text[doc.start[first]] <= 0x39 &&
    (doc.text[doc.end[first] - 1] | 0x20) === 0x78
  );
}

/** G3P2002: how often she was pregnant and gave birth. */
function isObstetric(doc: Doc, t: number): boolean {
  const { text, start } = doc;
  const from = start[t];
  if ((text[from] | 0x20) !== GRAVIDA || lengthOf(doc, t) < OBSTETRIC_MIN) return false;
  const i = from + (text[from + 2] <= 0x39 ? 3 : 2);
  if (text[from + 1] > 0x39 || (text[i] | 0x20) !== PARA) return false;
  for (let k = i + 1; k < doc.end[t]; k++) if (text[k] > 0x39) return false;
  return true;
}

/** D17S857, 15q11: a marker or a band of a chromosome. */
function isLocus(text: Uint16Array, from: number, to: number): boolean {
  let i = from + (text[from] === MARKER ? 1 : 0);
  const head = i;
  while (i - head < 2 && text[i] >= 0x30 && text[i] <= 0x39) i++;
  if (i === head || to - i < 2) return false;
  if (head > from ? text[i] !== MARKER_SIGN : text[i] !== SHORT_ARM && text[i] !== LONG_ARM) return false;
  for (i++; i < to; i++) if (text[i] < 0x30 || text[i] > 0x39) return false;
  return true;
}

/** python3.11 */
function isProgramWord(doc: Doc, at: number): boolean {
  const from = doc.start[at];
  let i = from;
  while (i - from < WORD_LETTERS_MIN && doc.text[i] >= 0x61 && doc.text[i] <= 0x7a) i++;
  return i - from === WORD_LETTERS_MIN;
}

/** NCT02720449, PMC7745181, rs429358, ISRCTN54598675, 21CFR830 */
export function isPublication(doc: Doc, at: number): boolean {
  const { text } = doc;
  const i = doc.start[at];
  if (
    isRegulation(text, i) ||
    (text[i] === 0x49 && text[i + 1] === 0x53 && text[i + 2] === 0x52 && text[i + 3] === 0x43)
  )
    return true;
  if (text[i + 2] <= 0x39) return text[i] === 0x72 && text[i + 1] === 0x73 && text[i + 2] >= 0x30;
  return (
    text[i + 3] <= 0x39 &&
    PUBLICATIONS.has(((text[i] | 0x20) << 16) | ((text[i + 1] | 0x20) << 8) | (text[i + 2] | 0x20))
  );
}

/** A part of the Code of Federal Regulations. */
function isRegulation(text: Uint16Array, from: number): boolean {
  let i = from;
  while (i - from < 2 && text[i] >= 0x30 && text[i] <= 0x39) i++;
  return i > from && (text[i] | 0x20) === 0x63 && (text[i + 1] | 0x20) === 0x66 && (text[i + 2] | 0x20) === 0x72;
}

export function isCalendarDay(doc: Doc, at: number): boolean {
  return isDay(numberAt(doc, at));
}

/** Whether the eight digits that begin at `from` are a day. */
export function isCalendarDayIn(text: Uint16Array, from: number): boolean {
  let value = 0;
  for (let i = from; i < from + 8; i++) value = value * 10 + text[i] - 0x30;
  return isDay(value);
}

function isDay(value: number): boolean {
  const month = Math.floor(value / 100) % 100;
  const day = value % 100;
  return value > 19000000 && value < 21000000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** 552-08-81, 44-20-87, 20-44-87: how charts are filed by their last digits; no date has such parts. */
function isThirdPart(doc: Doc, at: number): boolean {
  if (doc.gap[at - 1] !== Gap.Hyphen || doc.gap[at - 2] === Gap.Hyphen || doc.gap[at + 1] === Gap.Hyphen) return false;
  const first = doc.shape[at - 2];
  if (first !== Shape.Digits2) return first === Shape.Digits3;
  return numberAt(doc, at - 2) > DAYS_MAX || numberAt(doc, at - 1) > DAYS_MAX;
}

/** Whether a short part behind a hyphen can belong to a code, and not to a range, a date or a phone number. */
export function isTellingPart(doc: Doc, at: number): boolean {
  const before = at > 0 ? doc.shape[at - 1] : Shape.LowerOne;
  switch (doc.shape[at]) {
    case Shape.Digits2:
      if (before === Shape.Digits2) return isThirdPart(doc, at);
      return (before === Shape.Digits4 && !isYear(doc, at - 1)) || before === Shape.Upper || before === Shape.UpperOne;
    case Shape.Digits3:
      // 70-110 is a range, 449-201-883 is none.
      if (before === Shape.Digits3) return doc.gap[at + 1] === Gap.Hyphen && doc.shape[at + 1] === Shape.Digits3;
      return true;
    case Shape.Digits4:
      return before !== Shape.Digits3 && !isYear(doc, at);
    default:
      return true;
  }
}
