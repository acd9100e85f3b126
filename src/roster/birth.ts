/**
 * Dates of birth as numbers, 19800304. A roster says what it means (ISO, HL7, or month first); a message may mean either
 * order, and a year of two digits either century: all that is plausible is looked up.
 */
import { fold } from './fold.js';

const YEAR_MIN = 1880;
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const OTHER_MONTHS: Readonly<Record<string, number>> = { ene: 1, abr: 4, ago: 8, dic: 12, sept: 9 };
const DATE_UNITS_MAX = 64;

/** A date of a roster, or 0 if it is none. */
export function rosterBirth(text: string, year: number): number {
  const iso = /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:[T ].*)?\s*$/.exec(text);
  if (iso !== null) return dateOf(+iso[1], +iso[2], +iso[3], year);
  const us = /^\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\s*$/.exec(text);
  return us === null ? 0 : dateOf(+us[3], +us[1], +us[2], year);
}

/** Every date that a text may mean, the likeliest first; none if it is no full date. `year` is this year. */
export function plausibleBirths(text: string, year: number): readonly number[] {
  if (text.length > DATE_UNITS_MAX) return [];
  const folded = fold(text);
  const compact = /^\D*(\d{8})\D*$/.exec(folded)?.[1];
  if (compact !== undefined) {
    return dates(year, [
      [+compact.slice(0, 4), +compact.slice(4, 6), +compact.slice(6)],
      [+compact.slice(4), +compact.slice(0, 2), +compact.slice(2, 4)],
      [+compact.slice(4), +compact.slice(2, 4), +compact.slice(0, 2)],
    ]);
  }
  // What stands behind an ISO date is a time.
  const parts = (/^\D*\d{4}-\d\d-\d\d/.exec(folded)?.[0] ?? folded).match(/\d+|\p{L}+/gu) ?? [];
  const month = parts.map(monthOf).find((one) => one > 0) ?? 0;
  const numbers = parts.filter((part) => /^\d{1,4}$/.test(part));
  if (month > 0) {
    const at = numbers.findIndex((one) => one.length === 4);
    if (numbers.length !== 2) return [];
    const [first, second] = at === 0 ? [numbers[1], numbers[0]] : numbers;
    return dates(
      year,
      yearsOf(second, year).map((y) => [y, month, +first]),
    );
  }
  if (numbers.length !== 3) return [];
  const [a, b, c] = numbers;
  if (a.length === 4)
    return dates(year, [
      [+a, +b, +c],
      [+a, +c, +b],
    ]);
  const years = yearsOf(c, year);
  return dates(year, [...years.map((y): Triple => [y, +a, +b]), ...years.map((y): Triple => [y, +b, +a])]);
}

type Triple = readonly [year: number, month: number, day: number];

function dates(year: number, all: readonly Triple[]): number[] {
  return [...new Set(all.map(([y, m, d]) => dateOf(y, m, d, year)))].filter((date) => date !== 0);
}

function yearsOf(text: string, year: number): number[] {
  if (text.length !== 2) return [+text];
  return [2000 + +text, 1900 + +text].filter((one) => one <= year);
}

function monthOf(word: string): number {
  if (!/^\p{L}{3,}/u.test(word)) return 0;
  return MONTHS.indexOf(word.slice(0, 3)) + 1 || (OTHER_MONTHS[word.slice(0, 3)] ?? 0);
}

function dateOf(year: number, month: number, day: number, thisYear: number): number {
  if (year < YEAR_MIN || year > thisYear || month < 1 || month > 12 || day < 1) return 0;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const last = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day > last ? 0 : year * 10_000 + month * 100 + day;
}
