/** Weeks and their days as ISO 8601 writes them: 2024-W07, 2024-W07-3. Assumes that a token of four digits is asked about. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { lengthOf, numberAt } from '../read.js';
import { figures, isYear } from './calendar.js';
import { done, Form, written } from './written.js';

const W = 0x77;
const WEEKS_MAX = 53;
const DAYS_MAX = 7;
const WEEK_UNITS = 3;

/** The week that begins at a year, with its day if one is given. */
export function isoWeek(doc: Doc, at: number): Form {
  const week = at + 1;
  if (doc.gap[week] !== Gap.Hyphen || doc.shape[week] !== Shape.AlnumShort || lengthOf(doc, week) !== WEEK_UNITS)
    return Form.None;
  const from = doc.start[week];
  if ((doc.text[from] | 0x20) !== W || doc.shape[at] !== Shape.Digits4) return Form.None;
  const year = numberAt(doc, at);
  const number = figures(doc.text, from + 1, from + WEEK_UNITS);
  if (!isYear(year) || !(number >= 1 && number <= WEEKS_MAX)) return Form.None;
  const day = week + 1;
  const dated = doc.gap[day] === Gap.Hyphen && doc.shape[day] === Shape.Digits1 && numberAt(doc, day) <= DAYS_MAX;
  written.year = year;
  return done(doc, Form.Full, at, dated ? day : week);
}
