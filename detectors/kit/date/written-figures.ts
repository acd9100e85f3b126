/**
 * Reads dates in figures: two or three numbers with a sign between. Says what stands there and how exact it is, not whether it
 * matters.
 */
import { ALNUM, type Doc, Gap, Shape } from '../../contract.js';
import { hasDigit, isDigits, lengthOf, numberAt } from '../read.js';
import { isDay, isDayEitherWay, isYear } from './calendar.js';
import { done, Form, isShort, written } from './written.js';

const PERCENT = 0x25;
const STAR = 0x2a;
const ZERO = 0x30;
/** Two digits that are hardly a score's, and so the year behind a month. */
const SHORT_YEAR_MIN = 70;
/** 24/7 */
const HOURS = 24;
const YEAR_DAYS = 366;
const DAYS = 7;

/** Signs between the numbers of a date, and those that only a label admits. */
const TIGHT = (1 << Gap.Slash) | (1 << Gap.Hyphen) | (1 << Gap.Dot);
/** Signs that join no more than two numbers as well: 3/14, 2021-03. */
export const PAIR_GAPS = (1 << Gap.Slash) | (1 << Gap.Hyphen);
export const FIGURE_GAPS = TIGHT | (1 << Gap.Dash) | (1 << Gap.Underscore);
const LABELLED_GAPS = FIGURE_GAPS | (1 << Gap.Blank) | (1 << Gap.Other) | (1 << Gap.Pipe);
/** Numbers that are parts of a date. */
export const PART_SHAPES = (1 << Shape.Digits1) | (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4);

/** The date in figures that begins at a token of one, two or four digits. `labelled` admits the odd ways of forms. */
export function figuresAt(doc: Doc, at: number, labelled: boolean): Form {
  written.form = Form.None;
  const b = at + 1;
  const gap = doc.gap[b];
  if (!((1 << gap) & (labelled ? LABELLED_GAPS : FIGURE_GAPS)) || !((1 << doc.shape[b]) & PART_SHAPES))
    return Form.None;
  // *2/*17: alleles.
  if (doc.text[doc.start[b] - 1] === STAR) return Form.None;
  const tight = ((1 << gap) & TIGHT) !== 0;
  const before = doc.gap[at];
  // The middle of a longer code or of a decimal is not the head of a date.
  if (before === gap && tight && at > 0 && hasDigit(doc, at - 1) && !(gap === Gap.Slash && lengthOf(doc, at - 1) === 4))
    return Form.None;
  if (before === Gap.Dot && isDigits(doc, at - 1)) return Form.None;
  written.year = 0;
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
  if (before === 4) return yearFirst(doc, at, b, c, further);
  const after = lengthOf(doc, c);
  if (!isDigits(doc, c) || after > 4 || after === 3 || gap === Gap.Underscore) return Form.None;
  const last = numberAt(doc, c);
  const first = numberAt(doc, at);
  const spaced = gap === Gap.Blank || gap === Gap.Other || gap === Gap.Pipe;
  written.month = first;
  written.day = middle;
  if (after === 4) {
    if (!isYear(last) || !isDayEitherWay(last, first, middle) || (further && gap !== Gap.Slash)) return Form.None;
    written.year = last;
    return done(doc, spaced ? Form.Odd : Form.Full, at, c);
  }
  if (further && !labelled) return Form.None;
  // A two-digit year may be of any century; year first is what some forms have.
  if (!isDayEitherWay(0, first, middle))
    return labelled && isDay(0, middle, last) ? done(doc, Form.Odd, at, c) : Form.None;
  if (after === 1 || spaced) return labelled ? done(doc, Form.Odd, at, c) : Form.None;
  if (gap === Gap.Slash) return done(doc, Form.Full, at, c);
  return gap === Gap.Dash ? Form.None : done(doc, Form.Short, at, c);
}

function yearFirst(doc: Doc, at: number, b: number, c: number, further: boolean): Form {
  const gap = doc.gap[b];
  if (gap === Gap.Underscore ? lengthOf(doc, b) !== 2 : gap === Gap.Dash) return Form.None;
  const digits = leadingDigits(doc, c);
  if (digits === 0 || digits > 2 || (further && gap !== Gap.Hyphen)) return Form.None;
  let day = 0;
  for (let i = 0; i < digits; i++) day = day * 10 + doc.text[doc.start[c] + i] - ZERO;
  const year = numberAt(doc, at);
  const month = numberAt(doc, b);
  if (!isYear(year) || !isDay(year, month, day)) return Form.None;
  written.month = month;
  written.day = day;
  written.year = year;
  return done(doc, Form.Full, at, c, doc.start[c] + digits);
}

/** Digits at the head of a token: two in `01T04`, where ISO 8601 ties the time to the day; 0 for anything else. */
function leadingDigits(doc: Doc, t: number): number {
  if (isDigits(doc, t)) return lengthOf(doc, t);
  if (((1 << doc.shape[t]) & ALNUM) === 0) return 0;
  let k = 0;
  while (doc.text[doc.start[t] + k] >= ZERO && doc.text[doc.start[t] + k] <= 0x39) k++;
  return k === 2 && (doc.text[doc.start[t] + 2] | 0x20) === 0x74 ? 2 : 0;
}

/** 2024-045, behind a label. */
function dayOfYear(doc: Doc, at: number, b: number): Form {
  const day = numberAt(doc, b);
  if (!isYear(numberAt(doc, at)) || day < 1 || day > YEAR_DAYS) return Form.None;
  written.year = numberAt(doc, at);
  return done(doc, Form.Odd, at, b);
}

/** "3/14:30", but "9/19: 2 polyps" */
const isClockTime = (doc: Doc, b: number): boolean =>
  doc.gap[b + 1] === Gap.Colon && doc.start[b + 1] === doc.end[b] + 1;

function pair(doc: Doc, at: number, b: number, labelled: boolean): Form {
  const gap = doc.gap[b];
  const lengthA = lengthOf(doc, at);
  const lengthB = lengthOf(doc, b);
  if (lengthB === 3 && lengthA === 4 && gap === Gap.Hyphen && labelled) return dayOfYear(doc, at, b);
  if (lengthB === 3 || (gap === Gap.Dot && !(labelled && lengthB === 4))) return Form.None;
  const next = b + 1;
  const after = doc.gap[next];
  if (next < doc.count && isDigits(doc, next)) {
    if (after === Gap.Slash || after === Gap.Dot || after === Gap.None || isClockTime(doc, b)) return Form.None;
  }
  if (doc.text[doc.end[b]] === PERCENT) return Form.None;
  const first = numberAt(doc, at);
  const second = numberAt(doc, b);
  written.month = first;
  written.day = second;
  if (lengthB === 4) {
    if (lengthA > 2 || !isYear(second) || second < 1900 || first < 1 || first > 12) return Form.None;
    written.year = second;
    // 1/2000 is a dilution or a risk more often than a January.
    const ratio = lengthA === 1 && second % 100 === 0;
    return done(doc, gap === Gap.Slash && !ratio ? Form.MonthYear : Form.MonthYearLoose, at, b);
  }
  if (lengthA === 4) {
    if (lengthB !== 2 || !isYear(first) || first < 1900 || second < 1 || second > 12) return Form.None;
    written.year = first;
    return done(doc, Form.MonthYearLoose, at, b);
  }
  // 1/90: where an event or a word about time stands before, a month and its year.
  if (second >= SHORT_YEAR_MIN && gap === Gap.Slash && lengthB === 2 && first >= 1 && first <= 12)
    return done(doc, Form.MonthYearLoose, at, b);
  if (!isDayEitherWay(0, first, second)) return Form.None;
  if (first === HOURS && second === DAYS && !labelled) return Form.None;
  const padded =
    gap === Gap.Slash && lengthB === 2 && (second < 10 || (lengthA === 2 && first < 10)) && isDay(0, first, second);
  return done(doc, padded ? Form.MonthDay : Form.MonthDayLoose, at, b);
}
