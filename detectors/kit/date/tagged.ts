/**
 * Days that have no form of their own, by the tagger's word: a day of the month ("any day after the 20th"), a holiday that concerns
 * somebody ("moved there after Easter"). What the readers of written dates know to be nobody's stays so.
 */
import { DIGITS, type Doc, Shape, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { lengthOf } from '../read.js';
import { tagEnd, tagSure } from '../tagged.js';
import { isImpersonal, isLogStamp } from './general.js';
import { isSeason } from './season.js';
import { isTheirs } from './value.js';
import { isUnit } from './words.js';
import { done, Form } from './written.js';

const SURE_MIN = 0.85;
const MONTH_UNITS_MIN = 3;
/** 31st */
const ORDINAL_UNITS_MAX = 4;
const NINE = 0x39;

/** The day whose tag begins at `at`, in `written`. */
export function taggedDay(doc: Doc, at: number): Form {
  const last = tagEnd(doc, at, Tag.Date);
  if (tagSure(doc, at, last) < SURE_MIN || isUnit(doc, last)) return Form.None;
  let first = at;
  // The weekday before it is none.
  while (first < last && doc.lex[first] & (Lex.Weekday | Lex.Function)) first++;
  if (!isDayLike(doc, first, last) || isTheirs(doc, first)) return Form.None;
  if (isImpersonal(doc, first, last) || isLogStamp(doc, first, last)) return Form.None;
  if (first === last && doc.lex[first] & Lex.Month && isSeason(doc, first)) return Form.None;
  return done(doc, first === last ? Form.Month : Form.MonthDay, first, last);
}

/** Is a month, a holiday or an ordinal; what has figures has a form. */
function isDayLike(doc: Doc, first: number, last: number): boolean {
  let like = false;
  for (let t = first; t <= last; t++) {
    if ((1 << doc.shape[t]) & DIGITS) return false;
    if (doc.lex[t] & Lex.Month ? lengthOf(doc, t) >= MONTH_UNITS_MIN : doc.lex[t] & Lex.NumberWord) like = true;
    if (doc.shape[t] === Shape.AlnumShort && lengthOf(doc, t) <= ORDINAL_UNITS_MAX && doc.text[doc.start[t]] <= NINE)
      like = true;
  }
  return like;
}
