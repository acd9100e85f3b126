/**
 * Whether the date in `written` is one, and somebody's: what its form leaves open, the words around decide. A label makes sure of
 * nearly all; of the rest, the vaguer the form the more must speak for it.
 */
import { type Doc, Gap, Shape, Tag } from '../../contract.js';
import { hashOf } from '../hash.js';
import { isDigits, isWord, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';
import { isAnnounced, isDayContext, isDotted, isEvent, isMeasured, isScored } from './context.js';
import { GRADE_MAX, isCount } from './count.js';
import { isImpersonal, isLogStamp, isProduct, isStudy, isStudySpan } from './general.js';
import { isListedDay, isSharing } from './list.js';
import { isMonthContext } from './month.js';
import { isRange } from './range.js';
import { isResultMonth, isScoreIn } from './result.js';
import { isPublic, isSeason } from './season.js';
import { isLastOf, isTheirs } from './value.js';
import { isUnit, Say, says } from './words.js';
import { Form, written } from './written.js';

const OF = hashOf('of');
/** What pain is out of. */
const SCORE_MAX = 10;
/** Halves, thirds and quarters. */
const PART_MAX = 4;
const EVENT_BACK = 3;
const APOSTROPHE = 0x27;
const YEARS = words('this last next that');
/** Months of three letters are words of tables too; a label alone does not make them dates. */
const MONTH_MIN = 4;
/** Hundredths at which the tagger's word is enough for a vague form. */
const TOLD_MIN = 85;
/** Below these hundredths the tagger has spoken against a date without a label; the clearer its form, the lower. */
const DOUBT_VAGUE = 15;
const DOUBT_FULL = 4;

export function isSomebodys(doc: Doc, form: Form, labelled: boolean): boolean {
  const { first, last } = written;
  if (labelled) {
    if (form === Form.MonthDayLoose && isMeasured(doc, last)) return false;
    if (form === Form.Month && lengthOf(doc, first) < MONTH_MIN && !isMonthContext(doc, first)) return false;
    // "the code set valid from October 1, 2024", in a sentence and of nobody
    if (doc.gap[first] === Gap.Blank && form === Form.Full && isWord(doc, first - 1) && isPublic(doc, first))
      return false;
    return !isProduct(doc, first);
  }
  if (form === Form.Month && isResultMonth(doc, first)) return !isImpersonal(doc, first, last);
  if (isDoubted(doc, form, first, last) || (form === Form.MonthDayLoose && isShare(doc, first, last))) return false;
  return isWellFormed(doc, form, first, last) && !isImpersonal(doc, first, last) && !isLogStamp(doc, first, last);
}

/** "1/3 of the prior dose", "about 2/5 of them": a share, but "3/4 of this year" is none. */
function isShare(doc: Doc, first: number, last: number): boolean {
  if (lengthOf(doc, first) > 1 || lengthOf(doc, last) > 1 || numberAt(doc, first) >= numberAt(doc, last)) return false;
  const of = last + 1;
  if (of + 1 >= doc.count || doc.hash[of] !== OF || doc.gap[of] !== Gap.Blank) return false;
  return !isDigits(doc, of + 1) && !YEARS.has(doc.hash[of + 1]);
}

/** Whether the tagger was asked, and took none of it for a day. */
function isDoubted(doc: Doc, form: Form, first: number, last: number): boolean {
  // Of these two the words around tell more.
  if (form === Form.MonthDayLoose || form === Form.MonthYearLoose) return false;
  const clear = form === Form.Full || form === Form.Short || isShortYear(doc, last) || isScoreIn(doc, first);
  const min = clear ? DOUBT_FULL : DOUBT_VAGUE;
  let asked = false;
  for (let t = first; t <= last; t++) {
    if (doc.tags[t] !== Tag.None || doc.sure[t] >= min) return false;
    if (doc.sure[t] > 0) asked = true;
  }
  return asked;
}

/** Sept '15 */
const isShortYear = (doc: Doc, last: number): boolean =>
  doc.shape[last] === Shape.Digits2 && doc.text[doc.start[last] - 1] === APOSTROPHE;

/** Whether the tagger is sure of a vague form. */
function told(doc: Doc, first: number, last: number): boolean {
  for (let t = first; t <= last; t++) if (doc.tags[t] >= Tag.Date && doc.sure[t] >= TOLD_MIN) return true;
  return false;
}

/** "visits 3/4, 3/6", "auth 3/4-6/4": no code has only such a pair. */
const isPairOf = (doc: Doc, form: Form): boolean =>
  form === Form.MonthDayLoose &&
  doc.gap[written.last] === Gap.Slash &&
  doc.labels[doc.owner[written.first]].category !== null;

/** "pos since 2021-03", "TB test pos 5/98" */
const isTimed = (doc: Doc, first: number, last: number): boolean =>
  isAnnounced(doc, first, true) ||
  (first > 0 && doc.gap[last] === Gap.Slash && isEvent(doc, first - 1, doc.gap[first], false, EVENT_BACK));

/** "3/4 of this year" */
const isOfYear = (doc: Doc, of: number): boolean =>
  of + 1 < doc.count && doc.hash[of] === OF && YEARS.has(doc.hash[of + 1]);

/** 4/5, 7/10, and whatever small a word for a score leads: of such the words around tell, and the tagger does not. */
function isOutOf(doc: Doc, first: number, last: number): boolean {
  const end = numberAt(doc, last);
  if (numberAt(doc, first) > end || end > SCORE_MAX || isOfYear(doc, last + 1)) return false;
  return end === SCORE_MAX || end === GRADE_MAX || end <= PART_MAX || isScored(doc, first);
}

/** "12 visits, 4/1-6/30": of what is counted, the days between which it may be. */
const isSpanOf = (doc: Doc, form: Form): boolean =>
  form === Form.MonthDayLoose && doc.gap[written.first] === Gap.Comma && isRange(doc, written.first, written.last);

function isWellFormed(doc: Doc, form: Form, first: number, last: number): boolean {
  if (
    form !== Form.Full &&
    isTheirs(doc, first) &&
    !isLastOf(doc, first) &&
    !isPairOf(doc, form) &&
    !isSpanOf(doc, form)
  )
    return false;
  switch (form) {
    case Form.Full:
      return !isRate(doc, last) && !isStudySpan(doc, first, last);
    case Form.Short:
      if (doc.gap[first] === Gap.Hyphen) return false;
      return doc.gap[last] !== Gap.Dot || isDotted(doc, first, last);
    case Form.MonthYear:
      return !isUnit(doc, last) && !isStudy(doc, first, last);
    case Form.MonthYearLoose:
      return told(doc, first, last) || (isTimed(doc, first, last) && !isUnit(doc, last) && !isStudy(doc, first, last));
    case Form.MonthDay:
      return isWord(doc, last) || isWord(doc, last - 1) || (!isUnit(doc, last) && doc.gap[first] !== Gap.Slash);
    case Form.MonthDayLoose:
      return (
        !isCount(doc, first, last) &&
        !isSharing(doc, first) &&
        ((told(doc, first, last) && !isOutOf(doc, first, last)) ||
          isDayContext(doc, first, last) ||
          isRange(doc, first, last) ||
          isListedDay(doc, first))
      );
    case Form.Month:
      return !isSeason(doc, first) && (told(doc, first, last) || isMonthContext(doc, first));
    default:
      return false;
  }
}

/** 3/4/20 mg: three doses with a unit. */
function isRate(doc: Doc, last: number): boolean {
  if (doc.gap[last] !== Gap.Slash || doc.gap[last + 1] !== Gap.Blank || lengthOf(doc, last) > 2) return false;
  return isUnit(doc, last) && !(says(doc, last + 1) & Say.Preposition);
}
