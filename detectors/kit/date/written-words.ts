/**
 * Reads dates whose month is a word: with digits, ordinals or spoken numbers around it, with a weekday, as a short range. Says
 * what stands there and how exact it is, not whether it matters.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { hasDigit, isCapitalised, isDigits, lengthOf, numberAt } from '../read.js';
import { WordTable } from '../words.js';
import { isYear, monthOf, numberWord, ORDINAL, ordinalIn, TENS, valueOfWord } from './calendar.js';
import { isCountedIn } from './count.js';
import { spokenLast, spokenNumber, spokenYearEnd } from './spoken-date.js';
import { isUnit, Say, says } from './words.js';
import { done, Form, isShort, written } from './written.js';

const OF = hashOf('of');
const THE = hashOf('the');
const AND = hashOf('and');

const enum Role {
  Filler = 1,
  To = 2,
  /** Month words that are more often something else when they are written small. */
  Ambiguous = 4,
  /** Weekdays that are words when they are written small. */
  WordDay = 8,
}

const WORDS = new WordTable([
  [Role.Filler, 'of uh um the in year'],
  [Role.To, 'to through thru until till and'],
  [Role.Ambiguous, 'may march mar sep dec oct jan august'],
  [Role.WordDay, 'sat sun wed mon'],
]);

const PERCENT = 0x25;
const APOSTROPHE = 0x27;
const FILLERS_MAX = 3;
const FILLER_GAPS = (1 << Gap.Blank) | (1 << Gap.Comma);
const DAY_GAPS =
  (1 << Gap.Blank) | (1 << Gap.Stop) | (1 << Gap.Dot) | (1 << Gap.Hyphen) | (1 << Gap.Slash) | (1 << Gap.Dash);

const PLAIN = (1 << Shape.LowerOne) | (1 << Shape.Lower) | (1 << Shape.Upper) | (1 << Shape.Title);

const is = (doc: Doc, t: number, role: Role): boolean => (WORDS.get(doc.hash[t] | 0) & role) !== 0;

/** A word between a month and its year: March of the year 2021. */
const isFiller = (doc: Doc, t: number): boolean =>
  t < doc.count &&
  ((1 << doc.shape[t]) & PLAIN) !== 0 &&
  ((1 << doc.gap[t]) & FILLER_GAPS) !== 0 &&
  is(doc, t, Role.Filler);

/** The last token of the year behind `last`, or -1. `joint` is the gap that a two-digit year needs, or -1 for none. */
function yearAfter(doc: Doc, last: number, joint: number): number {
  let t = last + 1;
  while (t - last <= FILLERS_MAX && isFiller(doc, t)) t++;
  if (t >= doc.count) return -1;
  const gap = doc.gap[t];
  if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Open || gap === Gap.Colon) return -1;
  const shape = doc.shape[t];
  if (shape === Shape.Digits4) {
    const year = numberAt(doc, t);
    const counted = isUnit(doc, t) && !(says(doc, t + 1) & Say.Preposition);
    if (!isYear(year) || gap === Gap.Other || gap === Gap.Plus || counted) return -1;
    written.year = year;
    return t;
  }
  if (shape === Shape.Digits2) {
    if (doc.text[doc.start[t] - 1] === APOSTROPHE) return t;
    const next = doc.gap[t + 1];
    if (t !== last + 1 || gap !== joint || doc.text[doc.end[t]] === PERCENT) return -1;
    return ((next === Gap.Colon || next === Gap.Slash) && isDigits(doc, t + 1)) || isUnit(doc, t) ? -1 : t;
  }
  if ((gap !== Gap.Blank && gap !== Gap.Comma) || shape > Shape.Mixed) return -1;
  return spokenYearEnd(doc, t);
}

/** 3rd, 21st: the number before the ending, or 0. */
const ordinalAt = (doc: Doc, t: number): number =>
  doc.shape[t] === Shape.AlnumShort ? ordinalIn(doc.text, doc.start[t], doc.end[t]) : 0;

/** The last token of a day of the month at `t`, in digits or as an ordinal; -1 if there is none. */
function dayEnd(doc: Doc, t: number): number {
  if (t >= doc.count) return -1;
  if (isShort(doc, t)) {
    const value = numberAt(doc, t);
    if (value < 1 || value > 31 || doc.text[doc.end[t]] === PERCENT) return -1;
    if (t + 1 >= doc.count || !isDigits(doc, t + 1)) return t;
    const next = doc.gap[t + 1];
    const decimal = (next === Gap.Dot || next === Gap.Slash) && lengthOf(doc, t + 1) < 4 && doc.gap[t] !== next;
    return next === Gap.Colon || decimal ? -1 : t;
  }
  if (ordinalAt(doc, t) > 0) return t;
  if ((doc.lex[t] & Lex.NumberWord) === 0) return -1;
  const value = spokenNumber(doc, t, 31);
  if (value === 0 || value > 31) return -1;
  const last = spokenLast;
  if (numberWord(doc.hash[last] | 0) & ORDINAL) return last;
  return yearAfter(doc, last, -1) > 0 ? last : -1;
}

/** The first token of a day of the month that ends before the month at `m`; -1 if there is none. */
function dayStart(doc: Doc, m: number): number {
  if (m === 0 || !((1 << doc.gap[m]) & DAY_GAPS)) return -1;
  let t = m - 1;
  const said = doc.hash[t] === OF || (t > 0 && doc.hash[t - 1] === OF && is(doc, t, Role.Filler));
  if (said) {
    if (doc.gap[m] !== Gap.Blank || t === 0) return -1;
    while (t > 0 && m - t < 4 && is(doc, t, Role.Filler)) t--;
  }
  if (isShort(doc, t)) {
    const value = numberAt(doc, t);
    if (value < 1 || value > 31) return -1;
    const before = doc.gap[t];
    if (t > 0 && ((before === Gap.Dot && hasDigit(doc, t - 1)) || (before === Gap.Colon && isDigits(doc, t - 1))))
      return -1;
    return said && yearAfter(doc, m, -1) < 0 ? -1 : t;
  }
  if (ordinalAt(doc, t) > 0) return t;
  const word = doc.lex[t] & Lex.NumberWord ? numberWord(doc.hash[t] | 0) : 0;
  if (word === 0 || (!said && (word & ORDINAL) === 0)) return -1;
  const near = t > 0 && valueOfWord(word) < 10 && (doc.gap[t] === Gap.Blank || doc.gap[t] === Gap.Hyphen);
  const tens = near ? numberWord(doc.hash[t - 1] | 0) : 0;
  return tens & TENS && valueOfWord(tens) <= 30 ? t - 1 : t;
}

/** The date around a month in words. */
export function wordedAt(doc: Doc, m: number): Form {
  written.form = Form.None;
  if (isAlone(doc, m)) return done(doc, Form.Month, m, m);
  const small = !isCapitalised(doc, m) && is(doc, m, Role.Ambiguous);
  written.month = monthOf(doc.hash[m] | 0);
  written.day = 0;
  written.year = 0;
  let first = dayStart(doc, m);
  const year = yearAfter(doc, m, first >= 0 ? doc.gap[m] : doc.gap[m + 1] === Gap.Hyphen ? -2 : -1);
  if (first >= 0) {
    const ordinal = !isShort(doc, first);
    if (small && year < 0 && !ordinal) first = -1;
    else if (year >= 0 || ordinal || dayAfter(doc, m) < 0) {
      const form = year >= 0 ? Form.Full : Form.MonthDay;
      return done(doc, form, withWeekday(doc, rangeStart(doc, first, m)), year >= 0 ? year : m);
    }
  }
  if (year < 0) {
    const day = dayAfter(doc, m);
    if (day >= 0) return monthFirst(doc, m, day, small);
    return isBareYear(doc, m + 1, small) ? done(doc, Form.MonthYear, m, m + 1) : done(doc, Form.Month, m, m);
  }
  return done(doc, Form.MonthYear, m, year);
}

/** Whether neither neighbour of a month can be part of a date: what "may" mostly stands between. */
function isAlone(doc: Doc, m: number): boolean {
  return (m === 0 || isPlain(doc, m - 1)) && (m + 1 >= doc.count || isPlain(doc, m + 1));
}

const isPlain = (doc: Doc, t: number): boolean =>
  ((1 << doc.shape[t]) & PLAIN) !== 0 && !(doc.lex[t] & Lex.NumberWord) && !is(doc, t, Role.Filler);

/** March 5, 2021; March 5; March 3-7, 2022. */
function monthFirst(doc: Doc, m: number, day: number, small: boolean): Form {
  if (small && !isShort(doc, day) && ordinalAt(doc, day) === 0 && yearAfter(doc, day, -1) < 0) return Form.None;
  if (isCountedIn(doc, m, day)) return done(doc, Form.Month, m, m);
  let last = day;
  let year = yearAfter(doc, last, doc.gap[day] === Gap.Blank || doc.gap[day] === Gap.Stop ? -1 : doc.gap[day]);
  if (year < 0) {
    const end = rangeEnd(doc, last);
    if (end >= 0) {
      last = end;
      year = yearAfter(doc, last, -1);
    }
  }
  if (year >= 0) return done(doc, Form.Full, withWeekday(doc, m), year);
  // "DOB 1960 Apr 22"
  if (m > 0 && doc.shape[m - 1] === Shape.Digits4 && doc.gap[m] === doc.gap[day] && isYear(numberAt(doc, m - 1))) {
    written.year = numberAt(doc, m - 1);
    return done(doc, Form.Full, m - 1, day);
  }
  // "Oct 3 L deltoid" are no litres.
  if (!isUnit(doc, last) || doc.shape[last + 1] === Shape.UpperOne)
    return done(doc, Form.MonthDay, withWeekday(doc, m), last);
  return last === day ? Form.None : done(doc, Form.MonthDay, withWeekday(doc, m), day);
}

/** Aug 93, Oct-98: too large for a day, so a year. */
function isBareYear(doc: Doc, next: number, small: boolean): boolean {
  return (
    doc.shape[next] === Shape.Digits2 &&
    (doc.gap[next] === Gap.Blank || doc.gap[next] === Gap.Hyphen) &&
    numberAt(doc, next) > 31 &&
    !small &&
    doc.text[doc.end[next]] !== PERCENT &&
    doc.gap[next + 1] !== Gap.Slash &&
    doc.gap[next + 1] !== Gap.Dot &&
    !isUnit(doc, next)
  );
}

function dayAfter(doc: Doc, m: number): number {
  let t = m + 1;
  if (t >= doc.count) return -1;
  if (!((1 << doc.gap[t]) & DAY_GAPS)) return doc.gap[t] === Gap.Comma && ordinalAt(doc, t) > 0 ? t : -1;
  if (doc.hash[t] === THE && doc.gap[t + 1] === Gap.Blank) t++;
  return dayEnd(doc, t);
}

/** The first day of `3-7 March 2022`, or `first`. */
function rangeStart(doc: Doc, first: number, m: number): number {
  const gap = doc.gap[first];
  const dashed = (gap === Gap.Hyphen || gap === Gap.Dash) && first > 0 && doc.gap[m] === Gap.Blank;
  if (!dashed || !isShort(doc, first - 1) || !isShort(doc, first)) return first;
  return numberAt(doc, first - 1) < numberAt(doc, first) ? first - 1 : first;
}

/** The second day of `March 3-7`, `March 3 to 7`; -1 if there is none. */
function rangeEnd(doc: Doc, day: number): number {
  let t = day + 1;
  if (t >= doc.count) return -1;
  const gap = doc.gap[t];
  if (gap === Gap.Blank && t + 1 < doc.count && doc.gap[t + 1] === Gap.Blank && is(doc, t, Role.To)) t++;
  else if (gap !== Gap.Hyphen && gap !== Gap.Dash) return -1;
  const end = dayEnd(doc, t);
  if (end !== t || (isShort(doc, t) && isShort(doc, day) && numberAt(doc, t) <= numberAt(doc, day))) return -1;
  if (doc.gap[t + 1] === Gap.Slash && t + 1 < doc.count) return -1;
  // "March 3 and 2 tablets" is no range; "March 3 and 7." is.
  return doc.hash[t - 1] === AND && doc.gap[t + 1] === Gap.Blank && doc.shape[t + 1] !== Shape.Digits4 ? -1 : t;
}

/** The weekday that stands before a date belongs to it: Tuesday, March 5. */
function withWeekday(doc: Doc, first: number): number {
  const t = first - 1;
  if (t < 0) return first;
  const gap = doc.gap[first];
  if (doc.hash[t] === THE && t > 0 && gap === Gap.Blank && doc.lex[t - 1] & Lex.Weekday && doc.gap[t] !== Gap.Line)
    return t - 1;
  if ((doc.lex[t] & Lex.Weekday) === 0) return first;
  // A full stop behind a weekday in full ends a sentence; behind `Tues` it abbreviates.
  if (gap === Gap.Stop ? lengthOf(doc, t) > 5 : gap !== Gap.Blank && gap !== Gap.Comma && gap !== Gap.Slash)
    return first;
  return gap === Gap.Blank && !isCapitalised(doc, t) && is(doc, t, Role.WordDay) ? first : t;
}

/** Takes the weekday before the date just read into it. */
export function extendToWeekday(doc: Doc): void {
  written.first = withWeekday(doc, written.first);
  written.start = doc.start[written.first];
}
