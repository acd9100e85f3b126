/**
 * Dates as they are read out: numbers in words, years in words ("nineteen eighty two", "oh eight"), and whole dates of numbers
 * ("three fourteen fifty six"), which only a label or a word about time makes dates.
 */
import { type Doc, Gap } from '../../contract.js';
import { hashOf } from '../hash.js';
import { words } from '../word-set.js';
import { WordTable } from '../words.js';
import { isDay, numberWord, TENS, valueOfWord } from './calendar.js';
import { endsBefore, isUnit, Say, says } from './words.js';
import { done, Form, written } from './written.js';

const AND = hashOf('and');
const S = hashOf('s');
const THOUSAND = hashOf('thousand');
const HUNDRED = hashOf('hundred');
const NINETEEN = hashOf('nineteen');
const TWENTY = hashOf('twenty');
const TWO = hashOf('two');
const ZERO = new WordTable([[1, 'o oh zero']]);
const SIGNS = new WordTable([[1, 'slash dash the of']]);

const NEAR = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Comma);

/** A number in words of one or two tokens: its value, 0 if there is none. `spokenLast` is its last token. */
export let spokenLast = 0;
export function spokenNumber(doc: Doc, t: number, max: number): number {
  const word = t < doc.count ? numberWord(doc.hash[t] | 0) : 0;
  if (word === 0) return 0;
  spokenLast = t;
  const value = valueOfWord(word);
  if ((word & TENS) === 0 || t + 1 >= doc.count || (doc.gap[t + 1] !== Gap.Blank && doc.gap[t + 1] !== Gap.Hyphen))
    return value;
  const unit = valueOfWord(numberWord(doc.hash[t + 1] | 0));
  if (unit === 0 || unit > 9 || value + unit > max) return value;
  spokenLast = t + 1;
  return value + unit;
}

/** The token where a spoken year that begins at `t` ends, or -1: nineteen eighty two, two thousand and five, oh eight. */
export function spokenYearEnd(doc: Doc, t: number): number {
  if (t >= doc.count) return -1;
  const hash = doc.hash[t];
  if (hash === TWO && doc.hash[t + 1] === THOUSAND) {
    const n = doc.hash[t + 2] === AND ? t + 3 : t + 2;
    return spokenNumber(doc, n, 99) > 0 ? spokenLast : t + 1;
  }
  if (hash === NINETEEN || hash === TWENTY) {
    if (t + 1 >= doc.count || doc.gap[t + 1] !== Gap.Blank) return -1;
    if (doc.hash[t + 1] === HUNDRED) return t + 1;
    if (ZERO.get(doc.hash[t + 1] | 0) && spokenNumber(doc, t + 2, 9) > 0) return spokenLast;
    return spokenNumber(doc, t + 1, 99) > 9 ? spokenLast : -1;
  }
  if (ZERO.get(hash)) return spokenNumber(doc, t + 1, 9) > 0 ? spokenLast : -1;
  return numberWord(hash) & TENS && spokenNumber(doc, t, 99) >= 30 ? spokenLast : -1;
}

/** "three fourteen fifty six", "five slash nine slash two thousand three": month, day and year, all in numbers. */
export function spokenDate(doc: Doc, at: number): Form {
  const month = spokenNumber(doc, at, 12);
  if (month === 0 || month > 12) return Form.None;
  const d = nextSpoken(doc, spokenLast);
  const day = d < 0 ? 0 : spokenNumber(doc, d, 31);
  if (!isDay(0, month, day)) return Form.None;
  const y = nextSpoken(doc, spokenLast);
  if (y < 0) return Form.None;
  let end = spokenYearEnd(doc, y);
  if (end < 0 && spokenNumber(doc, y, 99) > 9) end = spokenLast;
  if (end < 0) return Form.None;
  written.month = month;
  written.day = day;
  written.year = 0;
  return done(doc, Form.Full, at, end);
}

const PAIR_DAY_MIN = 10;
const PAIR_BACK = 6;
const ON = words('on since until');
/** Behind a number that is not a day: "on one twelve over seventy", "on two fifteen main street". */
const NO_DAY = words(
  'over hundred thousand million point percent degrees oclock street avenue road drive north south east west',
);

/** "a fall on one eleven": month and day in words, where something of somebody's happens on it. */
export function spokenPair(doc: Doc, at: number): Form {
  if (at < 2 || doc.gap[at] !== Gap.Blank || !ON.has(doc.hash[at - 1])) return Form.None;
  const month = spokenNumber(doc, at, 12);
  if (month === 0 || month > 12 || doc.gap[spokenLast + 1] !== Gap.Blank) return Form.None;
  const day = spokenNumber(doc, spokenLast + 1, 31);
  if (day < PAIR_DAY_MIN || !isDay(0, month, day)) return Form.None;
  const next = spokenLast + 1;
  if (next < doc.count && doc.gap[next] !== Gap.Stop) {
    if (isUnit(doc, spokenLast) || numberWord(doc.hash[next] | 0) || NO_DAY.has(doc.hash[next])) return Form.None;
    if (NO_DAY.has(doc.hash[next + 1])) return Form.None;
  }
  if (!isOfEvent(doc, at)) return Form.None;
  written.month = month;
  written.day = day;
  written.year = 0;
  return done(doc, Form.MonthDay, at, spokenLast);
}

function isOfEvent(doc: Doc, at: number): boolean {
  for (let t = at - 2; t >= 0 && at - t <= PAIR_BACK; t--) {
    if (says(doc, t) & (Say.Event | Say.Person)) return true;
    if (endsBefore(doc, t)) return false;
  }
  return false;
}

/** "my birthday's twelve nine ninety six" */
export const isBirthdays = (doc: Doc, at: number): boolean =>
  at > 1 && doc.gap[at - 1] === Gap.Apostrophe && doc.hash[at - 1] === S && (says(doc, at - 2) & Say.Birth) !== 0;

/** The token of the next number, behind a spoken sign; -1 if something else comes first. */
function nextSpoken(doc: Doc, last: number): number {
  let t = last + 1;
  if (t < doc.count && SIGNS.get(doc.hash[t] | 0) && doc.gap[t] === Gap.Blank) t++;
  return t < doc.count && (1 << doc.gap[t]) & NEAR ? t : -1;
}
