/**
 * What the readers of written dates report: how exact the date is and where it stands. One object, which the next call
 * overwrites; its fields mean something only where the reader returned a form.
 */
import { type Doc, Shape } from '../../contract.js';

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

/** `year` is 0 when it has two digits or is spoken. */
export const written = { form: Form.None as Form, first: 0, last: 0, start: 0, end: 0, month: 0, day: 0, year: 0 };

export function done(doc: Doc, form: Form, first: number, last: number, end = doc.end[last]): Form {
  written.form = form;
  written.first = first;
  written.last = last;
  written.start = doc.start[first];
  written.end = end;
  return form;
}

const SHORT = (1 << Shape.Digits1) | (1 << Shape.Digits2);

/** One or two digits. */
export function isShort(doc: Doc, t: number): boolean {
  return ((1 << doc.shape[t]) & SHORT) !== 0;
}
