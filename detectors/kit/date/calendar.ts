/**
 * The Gregorian calendar as dates in charts need it: which day exists, and which month or number a word means. Day and
 * month are taken in either order, since US and other habits meet in one chart. Assumes nothing about the text.
 */
import { WordTable } from '../words.js';

/** Years that a date about a living or lately living person, or an appointment, can have. */
const YEAR_MIN = 1850;
const YEAR_MAX = 2150;

const DAYS = [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function isYear(year: number): boolean {
  return year >= YEAR_MIN && year <= YEAR_MAX;
}

/** Year 0 means that the year is not known, so that the 29th of February may exist. */
export function daysIn(year: number, month: number): number {
  if (month < 1 || month > 12) return 0;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : DAYS[month];
}

export function isDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= daysIn(year, month);
}

/** Whether two numbers are month and day in one order or the other. */
export function isDayEitherWay(year: number, a: number, b: number): boolean {
  return isDay(year, a, b) || isDay(year, b, a);
}

const MONTHS = new WordTable([
  [1, 'january jan'],
  [2, 'february feb febr'],
  [3, 'march mar'],
  [4, 'april apr'],
  [5, 'may'],
  [6, 'june jun'],
  [7, 'july jul'],
  [8, 'august aug'],
  [9, 'september sept sep'],
  [10, 'october oct'],
  [11, 'november nov'],
  [12, 'december dec'],
]);

/** The month, 1 to 12, that a token hash names, or 0. */
export function monthOf(hash: number): number {
  return MONTHS.get(hash);
}

const SHORT_MONTHS = 'janfebmaraprmayjunjulaugsepoctnovdec';

/** The month whose three-letter abbreviation stands in `text` at `at`, in any case, or 0. */
export function shortMonthAt(text: Uint16Array, at: number): number {
  for (let m = 0; m < SHORT_MONTHS.length; m += 3) {
    let k = 0;
    while (k < 3 && (text[at + k] | 0x20) === SHORT_MONTHS.charCodeAt(m + k)) k++;
    if (k === 3) return m / 3 + 1;
  }
  return 0;
}

/** Bits of `numberWord` above the value itself. */
export const ORDINAL = 1 << 8;
export const TENS = 1 << 9;
const VALUE = 0xff;

const NUMBERS = new WordTable([
  ...'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((word, i) => [i + 1, word] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, i) => [(20 + 10 * i) | TENS, word] as const),
  ...'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth'
    .split(' ')
    .map((word, i) => [(i + 1) | ORDINAL, word] as const),
  [30 | ORDINAL, 'thirtieth'],
]);

/** A number word below a hundred by its token hash: its value with `ORDINAL` and `TENS`, or 0. */
export function numberWord(hash: number): number {
  return NUMBERS.get(hash);
}

export function valueOfWord(word: number): number {
  return word & VALUE;
}

/** The number that `text[from..to)` spells; assumes digits. */
export function figures(text: Uint16Array, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + text[i] - 0x30;
  return value;
}

/** Whether eight digits at `at` are a day written YYYYMMDD, as in HL7 v2 and DICOM. */
export function isCompactDay(text: Uint16Array, at: number): boolean {
  const year = figures(text, at, at + 4);
  return isYear(year) && isDay(year, figures(text, at + 4, at + 6), figures(text, at + 6, at + 8));
}

/** Whether the digits from `at` to `to` are a time of day: HH, HHMM or HHMMSS. */
export function isCompactTime(text: Uint16Array, at: number, to: number): boolean {
  for (let k = at; k < to; k += 2) if (figures(text, k, k + 2) > (k === at ? 23 : 60)) return false;
  return true;
}

/** The day that `text[from..to)` says with an English ending (3rd, 21st), or 0; assumes two to four signs, the first a digit or letter. */
export function ordinalIn(text: Uint16Array, from: number, to: number): number {
  const ending = ((text[to - 2] | 0x20) << 8) | (text[to - 1] | 0x20);
  if (ending !== TH && ending !== ST && ending !== ND && ending !== RD) return 0;
  let value = 0;
  for (let i = from; i < to - 2; i++) {
    if (text[i] < 0x30 || text[i] > 0x39) return 0;
    value = value * 10 + text[i] - 0x30;
  }
  return value <= DAYS[1] ? value : 0;
}

const TH = 0x7468;
const ST = 0x7374;
const ND = 0x6e64;
const RD = 0x7264;
