/**
 * Days in one token: YYYYMMDD with or without a time, as HL7 v2, DICOM, logs and file names have them, and day, month and year
 * written together (03Nov2027). Says what stands there, and of bare digits whether they stand where a day stands.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { lengthOf } from '../read.js';
import { figures, isCompactDay, isCompactTime, isDay, isYear, shortMonthAt } from './calendar.js';
import { isAnnounced, isDone } from './context.js';
import { Form, written } from './written.js';

/** 3MAR24 */
export const GLUED_MIN = 6;
const DAY_DIGITS = 8;
const YEAR_MIN = 1900;
/** Years ahead that somebody may have an appointment. */
const YEARS_AHEAD = 5;
const SEPTEMBER = 9;
const ZERO = 0x30;
const NINE = 0x39;
const T = 0x74;
const PIPE = 0x7c;
const CARET = 0x5e;
/** Between the elements of X12. */
const STAR = 0x2a;
const TILDE = 0x7e;
const HYPHEN = 0x2d;

/** A day, perhaps with hours, minutes and seconds, in 8, 12 or 14 digits. */
export function isCompactAt(doc: Doc, at: number): boolean {
  const start = doc.start[at];
  return isCompactDay(doc.text, start) && isCompactTime(doc.text, start + DAY_DIGITS, doc.end[at]);
}

/** Whether such digits, which no label claims, are a day: they have seconds, are announced, or stand where one stands. */
export function isCompactDate(doc: Doc, at: number): boolean {
  const year = figures(doc.text, doc.start[at], doc.start[at] + 4);
  if (year < YEAR_MIN || year > doc.year + YEARS_AHEAD) return false;
  return doc.shape[at] === Shape.Digits14 || isPlaced(doc, at) || isAnnounced(doc, at, true) || isDone(doc, at);
}

/** A field of HL7 v2 or X12, a whole text or value, a part of a file's name. */
function isPlaced(doc: Doc, at: number): boolean {
  const start = doc.start[at];
  const sign = start > 0 ? doc.text[start - 1] : 0;
  const after = doc.text[doc.end[at]];
  if (
    sign === PIPE ||
    (sign === STAR && (after === STAR || after === TILDE || after === HYPHEN)) ||
    (sign === CARET && (after === CARET || after === PIPE))
  )
    return true;
  const gap = doc.gap[at];
  const next = doc.gap[at + 1];
  if (gap === Gap.Leaf) return next === Gap.Leaf;
  return gap === Gap.Underscore || (gap === Gap.Hyphen && (next === Gap.Underscore || next === Gap.Dot));
}

/** 20240501T0447Z */
export function isStamp(doc: Doc, at: number): boolean {
  const start = doc.start[at];
  if (lengthOf(doc, at) <= DAY_DIGITS || (doc.text[start + DAY_DIGITS] | 0x20) !== T) return false;
  return isDigitRun(doc.text, start, start + DAY_DIGITS) && isCompactDay(doc.text, start);
}

/** 03Nov2027 is a full date; 14MAR24 a short one, in capitals or behind a label: 12dec45 is hexadecimal as well. */
export function gluedAt(doc: Doc, at: number, labelled: boolean): Form {
  const { text } = doc;
  const start = doc.start[at];
  const end = doc.end[at];
  const digits = text[start + 1] >= ZERO && text[start + 1] <= NINE ? 2 : 1;
  const month = shortMonthAt(text, start + digits);
  if (month === 0) return Form.None;
  let from = start + digits + 3;
  if (month === SEPTEMBER && (text[from] | 0x20) === T) from++;
  const years = end - from;
  if ((years !== 2 && years !== 4) || !isDigitRun(text, from, end)) return Form.None;
  const year = years === 4 ? figures(text, from, end) : 0;
  if (!isDay(year, month, figures(text, start, start + digits)) || (years === 4 && !isYear(year))) return Form.None;
  if (!labelled && years === 2 && (text[start + digits] & 0x20) !== 0) return Form.None;
  written.year = year;
  return years === 4 ? Form.Full : Form.Short;
}

function isDigitRun(text: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text[i] < ZERO || text[i] > NINE) return false;
  return true;
}
