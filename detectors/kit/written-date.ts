/**
 * Reads the ways in which a day or a month is written, from tokens: numbers with separators, and months in words with
 * digits, ordinals or spoken numbers around them. Says what stands there and how exact it is, not whether it matters.
 * The result is one object that the next call overwrites.
 */
import { ALNUM, type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { isDay, isDayEitherWay, isYear, monthOf, numberWord, ORDINAL, TENS, valueOfWord } from './calendar.js';
import { isUnit } from './date-context.js';
import { hashOf } from './hash.js';
import { hasDigit, isCapitalised, isDigits, lengthOf, numberAt } from './read.js';

export const enum Form {
  None = 0,
  /** Day, month and year. */
  Full,
  /** Day, month and year, but written as versions and codes are too: 21.5.21, 12-05-98. */
  Short,
  /** Only a label makes it a date: 1/2/5, 03 14 1956. */
  Odd,
  MonthYear,
  /** Month and year as ratios and ranges are written too: 2021-03, 03-2021. */
  MonthYearLoose,
  /** Month and day with the month in words, or both with a leading zero. */
  MonthDay,
  /** 5/6: as fractions and scores are written too. */
  MonthDayLoose,
  Month,
}

export const written = { form: Form.None as Form, first: 0, last: 0, start: 0, end: 0, month: 0, day: 0 };

const OF = hashOf('of');
const THE = hashOf('the');
const AND = hashOf('and');
const THOUSAND = hashOf('thousand');
const HUNDRED = hashOf('hundred');
const NINETEEN = hashOf('nineteen');
const TWENTY = hashOf('twenty');
const TWO = hashOf('two');
const FILLERS = new Set(['of', 'uh', 'um', 'the', 'in', 'year'].map(hashOf));
const ZERO = new Set(['o', 'oh', 'zero'].map(hashOf));
const TO = new Set(['to', 'through', 'thru', 'until', 'till'].map(hashOf));
/** Month words that are more often something else when they are written small. */
const AMBIGUOUS = new Set(['may', 'march', 'mar', 'sep', 'dec', 'oct', 'jan', 'august'].map(hashOf));
const SAT_SUN = new Set(['sat', 'sun', 'wed', 'mon'].map(hashOf));

const PERCENT = 0x25;
const APOSTROPHE = 0x27;
const ZERO_SIGN = 0x30;

function done(doc: Doc, form: Form, first: number, last: number, end = doc.end[last]): Form {
  written.form = form;
  written.first = first;
  written.last = last;
  written.start = doc.start[first];
  written.end = end;
  return form;
}

const isShort = (doc: Doc, t: number): boolean => doc.shape[t] === Shape.Digits1 || doc.shape[t] === Shape.Digits2;

/** The date in figures that begins at a token of one, two or four digits. `labelled` admits the odd ways of forms. */
export function figuresAt(doc: Doc, at: number, labelled: boolean): Form {
  written.form = Form.None;
  const b = at + 1;
  const gap = doc.gap[b];
  const tight = gap === Gap.Slash || gap === Gap.Hyphen || gap === Gap.Dot;
  if (
    !tight &&
    gap !== Gap.Dash &&
    gap !== Gap.Underscore &&
    !(labelled && (gap === Gap.Blank || gap === Gap.Other || gap === Gap.Pipe))
  )
    return Form.None;
  if (!isDigits(doc, b) || doc.shape[b] > Shape.Digits4) return Form.None;
  // The middle of a longer code or of a decimal is not the head of a date.
  if (
    doc.gap[at] === gap &&
    tight &&
    at > 0 &&
    hasDigit(doc, at - 1) &&
    !(gap === Gap.Slash && lengthOf(doc, at - 1) === 4)
  )
    return Form.None;
  if (doc.gap[at] === Gap.Dot && isDigits(doc, at - 1)) return Form.None;
  const c = b + 1;
  if (doc.gap[c] === gap && c < doc.count && isShort(doc, b) && hasDigit(doc, c)) {
    const form = triple(doc, at, b, c, labelled);
    if (form !== Form.None) return form;
    // 3/1-style pairs never run on into a third number.
    if (tight) return Form.None;
  }
  return tight ? pair(doc, at, b, labelled) : Form.None;
}

function triple(doc: Doc, at: number, b: number, c: number, labelled: boolean): Form {
  const gap = doc.gap[b];
  const before = lengthOf(doc, at);
  const middle = numberAt(doc, b);
  const further = (doc.gap[c + 1] === gap || doc.gap[c + 1] === Gap.None) && c + 1 < doc.count && hasDigit(doc, c + 1);
  if (before === 4) {
    if (gap === Gap.Underscore ? lengthOf(doc, b) !== 2 : gap === Gap.Dash) return Form.None;
    const digits = leadingDigits(doc, c);
    if (digits === 0 || digits > 2 || (further && gap !== Gap.Hyphen)) return Form.None;
    let day = 0;
    for (let i = 0; i < digits; i++) day = day * 10 + doc.text[doc.start[c] + i] - ZERO_SIGN;
    const year = numberAt(doc, at);
    if (!isYear(year) || !isDay(year, middle, day)) return Form.None;
    written.month = middle;
    written.day = day;
    return done(doc, Form.Full, at, c, doc.start[c] + digits);
  }
  const after = lengthOf(doc, c);
  if (!isDigits(doc, c) || after > 4 || after === 3 || gap === Gap.Underscore) return Form.None;
  const last = numberAt(doc, c);
  const first = numberAt(doc, at);
  written.month = first;
  written.day = middle;
  if (after === 4) {
    if (!isYear(last) || !isDayEitherWay(last, first, middle) || (further && gap !== Gap.Slash)) return Form.None;
    return done(doc, gap === Gap.Blank || gap === Gap.Other || gap === Gap.Pipe ? Form.Odd : Form.Full, at, c);
  }
  if (further && !labelled) return Form.None;
  // A two-digit year may be of any century; year first is what some forms have.
  if (!isDayEitherWay(0, first, middle))
    return labelled && isDay(0, middle, last) ? done(doc, Form.Odd, at, c) : Form.None;
  if (after === 1 || gap === Gap.Blank || gap === Gap.Other || gap === Gap.Pipe)
    return labelled ? done(doc, Form.Odd, at, c) : Form.None;
  if (gap === Gap.Slash) return done(doc, Form.Full, at, c);
  return gap === Gap.Dash ? Form.None : done(doc, Form.Short, at, c);
}

/** Digits at the head of a token: two in `01T04`, where ISO 8601 ties the time to the day; 0 for anything else. */
function leadingDigits(doc: Doc, t: number): number {
  if (isDigits(doc, t)) return lengthOf(doc, t);
  if (((1 << doc.shape[t]) & ALNUM) === 0) return 0;
  let k = 0;
  while (doc.text[doc.start[t] + k] >= ZERO_SIGN && doc.text[doc.start[t] + k] <= 0x39) k++;
  return k === 2 && (doc.text[doc.start[t] + 2] | 0x20) === 0x74 ? 2 : 0;
}

function pair(doc: Doc, at: number, b: number, labelled: boolean): Form {
  const gap = doc.gap[b];
  const first = numberAt(doc, at);
  const second = numberAt(doc, b);
  const lengthA = lengthOf(doc, at);
  const lengthB = lengthOf(doc, b);
  const next = b + 1;
  if (
    (doc.gap[next] === Gap.Slash || doc.gap[next] === Gap.Dot || doc.gap[next] === Gap.None) &&
    next < doc.count &&
    isDigits(doc, next)
  )
    return Form.None;
  if (doc.text[doc.end[b]] === PERCENT || (doc.gap[next] === Gap.Colon && isDigits(doc, next))) return Form.None;
  written.month = first;
  written.day = second;
  if (lengthB === 4 && lengthA <= 2) {
    if (!isYear(second) || second < 1900 || first < 1 || first > 12) return Form.None;
    // 1/2000 is a dilution or a risk more often than a January.
    if (gap === Gap.Slash && !(lengthA === 1 && second % 100 === 0)) return done(doc, Form.MonthYear, at, b);
    return gap === Gap.Dot && !labelled ? Form.None : done(doc, Form.MonthYearLoose, at, b);
  }
  if (lengthA === 4) {
    if (lengthB !== 2 || gap === Gap.Dot || !isYear(first) || first < 1900 || second < 1 || second > 12)
      return Form.None;
    return done(doc, Form.MonthYearLoose, at, b);
  }
  if (lengthB > 2 || lengthA > 2 || gap === Gap.Dot) return Form.None;
  if (!isDay(0, first, second) && !isDay(0, second, first)) return Form.None;
  const padded = gap === Gap.Slash && lengthA === 2 && lengthB === 2 && first < 10 && isDay(0, first, second);
  return done(doc, padded ? Form.MonthDay : Form.MonthDayLoose, at, b);
}

/** A number in words of one or two tokens: its value, 0 if there is none. `spokenLast` is its last token. */
let spokenLast = 0;
function spokenAt(doc: Doc, t: number, max: number): number {
  const word = t < doc.count ? numberWord(doc.hash[t]) : 0;
  if (word === 0) return 0;
  spokenLast = t;
  const value = valueOfWord(word);
  if ((word & TENS) === 0 || t + 1 >= doc.count || (doc.gap[t + 1] !== Gap.Blank && doc.gap[t + 1] !== Gap.Hyphen))
    return value;
  const next = numberWord(doc.hash[t + 1]);
  const unit = valueOfWord(next);
  if (unit === 0 || unit > 9 || value + unit > max) return value;
  spokenLast = t + 1;
  return value + unit;
}

/** The token where a spoken year that begins at `t` ends, or -1: nineteen eighty two, two thousand and five, oh eight. */
function spokenYearEnd(doc: Doc, t: number): number {
  if (t >= doc.count) return -1;
  const hash = doc.hash[t];
  if (hash === TWO && doc.hash[t + 1] === THOUSAND) {
    const n = doc.hash[t + 2] === AND ? t + 3 : t + 2;
    return spokenAt(doc, n, 99) > 0 ? spokenLast : t + 1;
  }
  if (hash === NINETEEN || hash === TWENTY) {
    if (t + 1 >= doc.count || doc.gap[t + 1] !== Gap.Blank) return -1;
    if (doc.hash[t + 1] === HUNDRED) return t + 1;
    if (ZERO.has(doc.hash[t + 1]) && spokenAt(doc, t + 2, 9) > 0) return spokenLast;
    return spokenAt(doc, t + 1, 99) > 9 ? spokenLast : -1;
  }
  if (ZERO.has(hash)) return spokenAt(doc, t + 1, 9) > 0 ? spokenLast : -1;
  return numberWord(hash) & TENS && spokenAt(doc, t, 99) >= 30 ? spokenLast : -1;
}

/** The last token of the year behind `last`, or -1. `joint` is the gap that a two-digit year needs, or -1 for none. */
function yearAfter(doc: Doc, last: number, joint: number): number {
  let t = last + 1;
  for (
    let k = 0;
    k < 3 && t < doc.count && FILLERS.has(doc.hash[t]) && (doc.gap[t] === Gap.Blank || doc.gap[t] === Gap.Comma);
    k++
  )
    t++;
  if (t >= doc.count) return -1;
  const gap = doc.gap[t];
  if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Open || gap === Gap.Colon) return -1;
  if (doc.shape[t] === Shape.Digits4) {
    if (!isYear(numberAt(doc, t)) || gap === Gap.Other || gap === Gap.Plus) return -1;
    return isUnit(doc, t) ? -1 : t;
  }
  if (doc.shape[t] === Shape.Digits2) {
    if (doc.text[doc.start[t] - 1] === APOSTROPHE) return t;
    const next = doc.gap[t + 1];
    if (t !== last + 1 || gap !== joint || doc.text[doc.end[t]] === PERCENT) return -1;
    return ((next === Gap.Colon || next === Gap.Slash) && isDigits(doc, t + 1)) || isUnit(doc, t) ? -1 : t;
  }
  if (gap !== Gap.Blank && gap !== Gap.Comma) return -1;
  return spokenYearEnd(doc, t);
}

/** 3rd, 21st: the number before the ending, or 0. */
function ordinalAt(doc: Doc, t: number): number {
  if (doc.shape[t] !== Shape.AlnumShort) return 0;
  const { text } = doc;
  const end = doc.end[t];
  const ending = ((text[end - 2] | 0x20) << 8) | (text[end - 1] | 0x20);
  if (ending !== 0x7468 && ending !== 0x7374 && ending !== 0x6e64 && ending !== 0x7264) return 0;
  let value = 0;
  for (let i = doc.start[t]; i < end - 2; i++) {
    if (text[i] < ZERO_SIGN || text[i] > 0x39) return 0;
    value = value * 10 + text[i] - ZERO_SIGN;
  }
  return value <= 31 ? value : 0;
}

const DAY_GAPS =
  (1 << Gap.Blank) | (1 << Gap.Stop) | (1 << Gap.Dot) | (1 << Gap.Hyphen) | (1 << Gap.Slash) | (1 << Gap.Dash);

/** The last token of a day of the month at `t`, in digits or as an ordinal; -1 if there is none. */
function dayEnd(doc: Doc, t: number): number {
  if (t >= doc.count) return -1;
  if (isShort(doc, t)) {
    const value = numberAt(doc, t);
    const next = doc.gap[t + 1];
    const figures = t + 1 < doc.count && isDigits(doc, t + 1);
    if (value < 1 || value > 31 || doc.text[doc.end[t]] === PERCENT) return -1;
    if (
      figures &&
      (next === Gap.Colon ||
        ((next === Gap.Dot || next === Gap.Slash) && lengthOf(doc, t + 1) < 4 && doc.gap[t] !== next))
    )
      return -1;
    return t;
  }
  if (ordinalAt(doc, t) > 0) return t;
  const word = numberWord(doc.hash[t]);
  if (word === 0) return -1;
  const value = spokenAt(doc, t, 31);
  if (value > 31) return -1;
  const last = spokenLast;
  if (numberWord(doc.hash[last]) & ORDINAL) return last;
  return yearAfter(doc, last, -1) > 0 ? last : -1;
}

/** The first token of a day of the month that ends before the month at `m`; -1 if there is none. */
function dayStart(doc: Doc, m: number): number {
  if (m === 0) return -1;
  let t = m - 1;
  const said = doc.hash[t] === OF || (FILLERS.has(doc.hash[t]) && t > 0 && doc.hash[t - 1] === OF);
  if (said) {
    if (doc.gap[m] !== Gap.Blank || t === 0) return -1;
    while (t > 0 && FILLERS.has(doc.hash[t]) && m - t < 4) t--;
  } else if (!((1 << doc.gap[m]) & DAY_GAPS)) return -1;
  if (isShort(doc, t)) {
    const value = numberAt(doc, t);
    const before = doc.gap[t];
    if (
      value < 1 ||
      value > 31 ||
      (before === Gap.Dot && t > 0 && hasDigit(doc, t - 1)) ||
      (before === Gap.Colon && t > 0 && isDigits(doc, t - 1))
    )
      return -1;
    return said && yearAfter(doc, m, -1) < 0 ? -1 : t;
  }
  if (ordinalAt(doc, t) > 0) return t;
  const word = numberWord(doc.hash[t]);
  if (word === 0 || (!said && (word & ORDINAL) === 0)) return -1;
  const tens =
    t > 0 && valueOfWord(word) < 10 && (doc.gap[t] === Gap.Blank || doc.gap[t] === Gap.Hyphen)
      ? numberWord(doc.hash[t - 1])
      : 0;
  return tens & TENS && valueOfWord(tens) <= 30 ? t - 1 : t;
}

/** The date around a month in words. */
export function wordedAt(doc: Doc, m: number): Form {
  written.form = Form.None;
  const small = !isCapitalised(doc, m) && AMBIGUOUS.has(doc.hash[m]);
  written.month = monthOf(doc.hash[m]);
  written.day = 0;
  let first = dayStart(doc, m);
  const joint = first >= 0 ? doc.gap[m] : -1;
  let year = yearAfter(doc, m, first >= 0 ? joint : doc.gap[m + 1] === Gap.Hyphen ? -2 : -1);
  if (first >= 0) {
    const ordinal = !isShort(doc, first);
    if (small && year < 0 && !ordinal) first = -1;
    else if (year >= 0 || ordinal || dayAfter(doc, m) < 0) {
      // The other end of a short range: 3-7 March 2022.
      const gap = doc.gap[first];
      if (
        (gap === Gap.Hyphen || gap === Gap.Dash) &&
        first > 0 &&
        isShort(doc, first - 1) &&
        isShort(doc, first) &&
        numberAt(doc, first - 1) < numberAt(doc, first) &&
        doc.gap[m] === Gap.Blank
      )
        first--;
      return done(doc, year >= 0 ? Form.Full : Form.MonthDay, withWeekday(doc, first), year >= 0 ? year : m);
    }
  }
  const day = dayAfter(doc, m);
  if (day >= 0 && year < 0) {
    if (small && !isShort(doc, day) && ordinalAt(doc, day) === 0 && yearAfter(doc, day, -1) < 0) return Form.None;
    let last = day;
    year = yearAfter(doc, last, doc.gap[day] === Gap.Blank || doc.gap[day] === Gap.Stop ? -1 : doc.gap[day]);
    if (year < 0) {
      const end = rangeEnd(doc, last);
      if (end >= 0) {
        last = end;
        year = yearAfter(doc, last, -1);
      }
    }
    if (year < 0 && isUnit(doc, last))
      return last === day ? Form.None : done(doc, Form.MonthDay, withWeekday(doc, m), day);
    return done(doc, year >= 0 ? Form.Full : Form.MonthDay, withWeekday(doc, m), year >= 0 ? year : last);
  }
  if (year >= 0) return done(doc, Form.MonthYear, m, year);
  // Aug 93, Oct-98: too large for a day, so a year.
  const next = m + 1;
  if (
    doc.shape[next] === Shape.Digits2 &&
    (doc.gap[next] === Gap.Blank || doc.gap[next] === Gap.Hyphen) &&
    numberAt(doc, next) > 31 &&
    !small &&
    doc.text[doc.end[next]] !== PERCENT &&
    doc.gap[next + 1] !== Gap.Slash &&
    doc.gap[next + 1] !== Gap.Dot &&
    !isUnit(doc, next)
  )
    return done(doc, Form.MonthYear, m, next);
  return done(doc, Form.Month, m, m);
}

function dayAfter(doc: Doc, m: number): number {
  let t = m + 1;
  if (t >= doc.count || !((1 << doc.gap[t]) & DAY_GAPS))
    return t < doc.count && doc.gap[t] === Gap.Comma && ordinalAt(doc, t) > 0 ? t : -1;
  if (doc.hash[t] === THE && doc.gap[t + 1] === Gap.Blank) t++;
  return dayEnd(doc, t);
}

/** The second day of `March 3-7`, `March 3 to 7`; -1 if there is none. */
function rangeEnd(doc: Doc, day: number): number {
  let t = day + 1;
  if (t >= doc.count) return -1;
  const gap = doc.gap[t];
  if (
    gap === Gap.Blank &&
    (TO.has(doc.hash[t]) || doc.hash[t] === AND) &&
    t + 1 < doc.count &&
    doc.gap[t + 1] === Gap.Blank
  )
    t++;
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
  if (
    doc.hash[t] === THE &&
    t > 0 &&
    doc.gap[first] === Gap.Blank &&
    doc.lex[t - 1] & Lex.Weekday &&
    doc.gap[t] !== Gap.Line
  )
    return t - 1;
  if ((doc.lex[t] & Lex.Weekday) === 0) return first;
  const gap = doc.gap[first];
  // A full stop behind a weekday in full ends a sentence; behind `Tues` it abbreviates.
  if (gap === Gap.Stop ? lengthOf(doc, t) > 5 : gap !== Gap.Blank && gap !== Gap.Comma && gap !== Gap.Slash)
    return first;
  return !isCapitalised(doc, t) && SAT_SUN.has(doc.hash[t]) && gap === Gap.Blank ? first : t;
}

/** Takes the weekday before the date just read into it. */
export function extendToWeekday(doc: Doc): void {
  written.first = withWeekday(doc, written.first);
  written.start = doc.start[written.first];
}
