/**
 * Dates of birth as numbers, 19800304. A roster says what it means (ISO, HL7, or month first); a message may mean either
 * order, and a year of two digits either century: all that is plausible is looked up.
 */
import { fold, isPlain } from './fold.js';

const YEAR_MIN = 1880;
/** Three letters each; those of Spanish behind the twelve of English. */
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec ene abr ago dic'
  .split(' ')
  .map((name) => letters(name, 0));
const MEANT = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 4, 8, 12];
const DATE_UNITS_MAX = 64;

/** A date of a roster, or 0 if it is none. */
export function rosterBirth(text: string, year: number): number {
  const plain = isoBirth(text, 0, text.length, year);
  if (plain > 0) return plain;
  const iso = /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?\s*$/.exec(text);
  if (iso !== null) return dateOf(+iso[1], +iso[2], +iso[3], year);
  const us = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  return us === null ? 0 : dateOf(+us[3], +us[1], +us[2], year);
}

/** The same where it stands in a text, if it is written 1980-03-04: so nearly all are. */
export function isoBirth(text: string, from: number, to: number, year: number): number {
  if (to - from !== ISO_UNITS || !isIso(text, from + 4)) return 0;
  return dateOf(twoAt(text, from) * 100 + twoAt(text, from + 2), twoAt(text, from + 5), twoAt(text, from + 8), year);
}

const ISO_UNITS = 10;

/** Two digits as a number, or one that fits no date. */
function twoAt(text: string, at: number): number {
  const one = text.charCodeAt(at);
  const two = text.charCodeAt(at + 1);
  return isDigit(one) && isDigit(two) ? (one - ZERO) * 10 + two - ZERO : Number.NaN;
}

/** Every date that a text may mean, the likeliest first; none if it is no full date. `year` is this year. */
export function plausibleBirths(text: string, year: number): readonly number[] {
  if (text.length > DATE_UNITS_MAX) return NONE;
  const said = isPlain(text) ? text : fold(text);
  read(said);
  const { count, month, runs, compact, values, widths } = parts;
  const [a, b, c] = values;
  if (runs === 1 && compact > 0) {
    const [first, last] = [Math.floor(compact / 10_000), compact % 10_000];
    return dates(year, [
      [first, Math.floor(last / 100), last % 100],
      [last, Math.floor(first / 100), first % 100],
      [last, first % 100, Math.floor(first / 100)],
    ]);
  }
  if (month > 0) {
    if (count !== 2) return NONE;
    const [day, years] = widths[0] === 4 ? [b, yearsOf(a, 4, year)] : [a, yearsOf(b, widths[1], year)];
    return dates(
      year,
      years.map((y) => [y, month, day]),
    );
  }
  if (count !== 3) return NONE;
  if (widths[0] === 4) {
    // Whoever writes hyphens behind the year writes ISO 8601.
    const written = parts.isIso ? dates(year, [[a, b, c]]) : NONE;
    if (written.length > 0) return written;
    return dates(year, [
      [a, b, c],
      [a, c, b],
    ]);
  }
  const years = yearsOf(c, widths[2], year);
  return dates(year, [...years.map((y): Triple => [y, a, b]), ...years.map((y): Triple => [y, b, a])]);
}

const NONE: readonly number[] = [];
/** No date has more numbers, and none has more digits; but the date itself, written in one. */
const NUMBERS_MAX = 4;
const DIGITS_MAX = 4;
const COMPACT_DIGITS = 8;
/** Of the text that was read last: the numbers and how wide each is written, the first word that is a month, a date in one. */
const parts = { count: 0, values: [0, 0, 0, 0], widths: [0, 0, 0, 0], month: 0, runs: 0, compact: 0, isIso: false };

function read(text: string): void {
  parts.count = 0;
  parts.month = 0;
  parts.runs = 0;
  parts.compact = 0;
  parts.isIso = false;
  for (let at = 0; at < text.length && parts.count < NUMBERS_MAX; ) {
    const from = at;
    let value = 0;
    for (; isDigit(text.charCodeAt(at)); at++) value = value * 10 + text.charCodeAt(at) - ZERO;
    if (at > from) {
      parts.runs++;
      if (at - from === COMPACT_DIGITS) parts.compact = value;
      if (at - from > DIGITS_MAX) continue;
      parts.values[parts.count] = value;
      parts.widths[parts.count++] = at - from;
      // What stands behind an ISO date is a time.
      if (parts.runs === 1 && at - from === 4 && isIso(text, at)) {
        readIso(text, at);
        return;
      }
      continue;
    }
    while (at < text.length && isLetter(text.charCodeAt(at))) at++;
    if (at === from) at++;
    else if (parts.month === 0) parts.month = monthOf(text, from, at);
  }
}

/** `-03-04` */
function isIso(text: string, at: number): boolean {
  const digit = (i: number): boolean => isDigit(text.charCodeAt(at + i));
  return text[at] === '-' && digit(1) && digit(2) && text[at + 3] === '-' && digit(4) && digit(5);
}

function readIso(text: string, at: number): void {
  parts.values[1] = +text.slice(at + 1, at + 3);
  parts.values[2] = +text.slice(at + 4, at + 6);
  parts.widths[1] = parts.widths[2] = 2;
  parts.count = 3;
  parts.isIso = true;
}

const ZERO = 0x30;

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit <= 0x39;
}

/** Of other scripts too: no month is written in them. */
function isLetter(unit: number): boolean {
  return ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) || unit > 0x7f;
}

type Triple = readonly [year: number, month: number, day: number];

function dates(year: number, all: readonly Triple[]): number[] {
  const found: number[] = [];
  for (const [y, m, d] of all) {
    const date = dateOf(y, m, d, year);
    if (date !== 0 && !found.includes(date)) found.push(date);
  }
  return found;
}

function yearsOf(written: number, width: number, year: number): number[] {
  if (width !== 2) return [written];
  return [2000 + written, 1900 + written].filter((one) => one <= year);
}

/** Of a word from `from` to `to`. */
function monthOf(text: string, from: number, to: number): number {
  return to - from < 3 ? 0 : (MEANT[MONTHS.indexOf(letters(text, from))] ?? 0);
}

/** The three letters from `at` on as one number, without their case. */
function letters(text: string, at: number): number {
  const small = (i: number): number => text.charCodeAt(at + i) | 0x20;
  return (small(0) * 0x10000 + small(1)) * 0x10000 + small(2);
}

function dateOf(year: number, month: number, day: number, thisYear: number): number {
  if (!(year >= YEAR_MIN && year <= thisYear) || month < 1 || month > 12 || day < 1) return 0;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return day > last ? 0 : year * 10_000 + month * 100 + day;
}
