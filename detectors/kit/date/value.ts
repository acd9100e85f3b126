/**
 * What a date label claims that does not read as a date by itself: values behind a format hint, ages, digits without signs, misread
 * digits. The span goes into `written`. Also whose label claims a value at all.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { lengthOf, numberAt } from '../read.js';
import { WordTable } from '../words.js';
import { ageDigits, labelledAge } from './age.js';
import { figures, isDayEitherWay, isYear } from './calendar.js';
import { isProduct } from './general.js';
import { isMisreadDay } from './misread.js';
import { done, Form, written } from './written.js';
import { FIGURE_GAPS, figuresAt, PART_SHAPES } from './written-figures.js';

export const enum Value {
  None,
  Date,
  Age,
  /** Misread digits, a bare year. */
  Unsure,
}

const FORMAT = new WordTable([
  [1, 'mm dd yyyy yy m d y mmddyyyy ddmmyyyy yyyymmdd mmm month day year format us local'],
]);
const FORMAT_MAX = 4;
const AGE_MAX = 89;
const DIGITS_MAX = 8;

/** Whether a date label claims the value that begins at a token. */
export function isOurs(doc: Doc, at: number): boolean {
  const owner = doc.owner[at];
  return owner !== 0 && doc.labels[owner].category === 'date';
}

/** Whether a label of another category whose values are codes claims it; "faxed 3/14" and "Ann 3/14" say nothing against a date. */
export function isTheirs(doc: Doc, at: number): boolean {
  const owner = doc.owner[at];
  if (owner === 0) return false;
  const { category, kind } = doc.labels[owner];
  // "Pacemaker 3/2019": a word for a thing claims codes, and no date.
  if (category !== null && (kind === 'word' || kind === 'hashed' || kind === 'unit')) return false;
  switch (category) {
    case 'date':
    case 'name':
    case 'geography':
    case 'phone':
    case 'fax':
      return false;
    default:
      return true;
  }
}

const WHICH = new WordTable([[1, 'last next first final previous prior']]);

/** "last dose 2/12": of an amount that is the last one, the day is told. */
export function isLastOf(doc: Doc, at: number): boolean {
  return (
    doc.labels[doc.owner[at]].kind === 'quantity' &&
    doc.gap[at] === Gap.Blank &&
    at > 1 &&
    WHICH.get(doc.hash[at - 2] | 0) !== 0
  );
}

/** What the label that ends at `at` claims. */
export function labelledValue(doc: Doc, at: number, kind: string): Value {
  let value = doc.value[at];
  if (kind === 'age') {
    const t = labelledAge(doc, at, value);
    if (t < 0) return Value.None;
    done(doc, Form.Odd, t, t, doc.start[t] + ageDigits(doc, t));
    return Value.Age;
  }
  if (value < 0) return Value.None;
  const from = value;
  while (value < doc.count && value - from < FORMAT_MAX && FORMAT.get(doc.hash[value] | 0) !== 0) value++;
  if (value >= doc.count || doc.shape[value] === Shape.Redacted || (value > from && doc.gap[value] === Gap.Leaf))
    return Value.None;
  const shape = doc.shape[value];
  const hinted = value > from;
  if (shape === Shape.Digits6 || (hinted && shape === Shape.Digits8)) {
    if (!formDigits(doc, value)) return Value.None;
    done(doc, Form.Odd, value, value);
    return Value.Date;
  }
  const spelt = spelledDayEnd(doc, value);
  if (spelt > 0) {
    done(doc, Form.Odd, value, spelt);
    return Value.Date;
  }
  if (isMisreadDay(doc, value)) {
    done(doc, Form.Odd, value, value + 2);
    return Value.Unsure;
  }
  // The forms that need no label are read at their own anchor.
  if (!((1 << shape) & PART_SHAPES)) return Value.None;
  if (!hinted && shape !== Shape.Digits1 && (1 << doc.gap[value + 1]) & FIGURE_GAPS) return Value.None;
  if (figuresAt(doc, value, true) !== Form.None) return isProduct(doc, value) ? Value.None : Value.Date;
  return kind === 'birth' && isOldYear(doc, value) ? Value.Unsure : Value.None;
}

const TO = new WordTable([[1, 'to thru through until till and']]);

/** "031524 - 051324": the end of the span whose first day is in `written`, both without signs; it is in `written` then. */
export function isDigitsTo(doc: Doc): boolean {
  const { first, last } = written;
  const worded = TO.get(doc.hash[last + 1] | 0) !== 0 && doc.gap[last + 1] === Gap.Blank;
  const t = worded ? last + 2 : last + 1;
  const gap = doc.gap[t];
  const joined = worded ? gap === Gap.Blank : gap === Gap.Hyphen || gap === Gap.Dash || gap === Gap.Slash;
  if (first !== last || t >= doc.count || !joined || doc.shape[t] !== doc.shape[first] || !formDigits(doc, t))
    return false;
  done(doc, Form.Odd, t, t);
  return true;
}

/** 0 5 1 7 1 9 4 4, 0-5-1-7-4-4: the last of six or eight single digits, as they are keyed or read out; else -1. */
function spelledDayEnd(doc: Doc, at: number): number {
  const sign = doc.gap[at + 1];
  if (sign !== Gap.Blank && sign !== Gap.Comma && sign !== Gap.Hyphen) return -1;
  let t = at;
  while (t < doc.count && t - at <= DIGITS_MAX && doc.shape[t] === Shape.Digits1 && (t === at || doc.gap[t] === sign))
    t++;
  return t - at === DIGITS_MAX || t - at === DIGITS_MAX - 2 ? t - 1 : -1;
}

/** A bare year of birth is protected when it implies an age over 89. */
function isOldYear(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.Digits4) return false;
  const year = numberAt(doc, at);
  if (!isYear(year) || doc.year - year <= AGE_MAX) return false;
  done(doc, Form.Odd, at, at);
  return true;
}

/** Digits that only a label makes a date: MMDDYYYY, DDMMYYYY, MMDDYY, YYMMDD. */
export function formDigits(doc: Doc, at: number): boolean {
  const length = lengthOf(doc, at);
  if (length !== 6 && length !== 8) return false;
  const start = doc.start[at];
  const a = figures(doc.text, start, start + 2);
  const b = figures(doc.text, start + 2, start + 4);
  if (length === 6) return isDayEitherWay(0, a, b) || isDayEitherWay(0, b, figures(doc.text, start + 4, start + 6));
  const year = figures(doc.text, start + 4, start + 8);
  return isYear(year) && isDayEitherWay(year, a, b);
}
