/**
 * Parts of dates that say when something happened to somebody without a month or a day beside them: "on the 23rd", "moved from
 * the 12th to the 19th", "born in 1931". What counts in sentences in the same words (toes, floors, ribs) is told by what follows.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { isWord, numberAt } from '../read.js';
import { words } from '../word-set.js';
import { monthOf, ordinalIn } from './calendar.js';
import { endsBefore, Say, says } from './words.js';

const THE = hashOf('the');
const OF = hashOf('of');
const IN = hashOf('in');
const B = hashOf('b');
const OPEN = 0x28;
const LEADS = words('on from to until till since by through thru before after around between and or');
const SURE = words('until till since');
/** What goes on behind a day, where a counted thing would stand. */
const GOES_ON = words(
  'was at to and or through thru until with for because when he she they we i it so but due instead afternoon morning evening night then if which who now again still noon',
);
const MONTHS = words('next last this month the same that');
const TIMES = words('night morning evening afternoon week day weekend');
const EVENT_BACK = 9;
const LIST_MAX = 2;
const LIVING_YEAR_MIN = 1900;
const AGE_MAX = 89;

/** Whether the token is the day of a month that is not said, and something of somebody's happens on it. */
export function isDayAlone(doc: Doc, at: number): boolean {
  if (sharesMonth(doc, at)) return true;
  if (at < 2 || doc.hash[at - 1] !== THE || doc.gap[at] !== Gap.Blank || doc.gap[at - 1] !== Gap.Blank) return false;
  if (!isLead(doc, at - 2) || ordinalIn(doc.text, doc.start[at], doc.end[at]) === 0) return false;
  return endsDay(doc, at, LIST_MAX) && (SURE.has(doc.hash[at - 2]) || isOfSomebody(doc, at));
}

/** "the 2nd and 16th of December", "from the 3rd to the 9th of May", "12th Jan, not 21st": a day beside one with its month. */
function sharesMonth(doc: Doc, at: number): boolean {
  if (ordinalIn(doc.text, doc.start[at], doc.end[at]) === 0) return false;
  let t = at + 1;
  if (JOINS.has(doc.hash[t]) && doc.gap[t] !== Gap.Leaf) {
    t = doc.hash[t + 1] === THE ? t + 2 : t + 1;
    if (isOrdinalAt(doc, t)) {
      const month = doc.hash[t + 1] === OF ? t + 2 : t + 1;
      return month < doc.count && doc.gap[month] === Gap.Blank && monthOf(doc.hash[month] | 0) > 0;
    }
  }
  t = at - 1;
  if (t > 0 && doc.hash[t] === THE && doc.gap[at] === Gap.Blank) t--;
  if (t < 2 || !JOINS.has(doc.hash[t]) || !endsDay(doc, at, 0)) return false;
  return (
    (monthOf(doc.hash[t - 1] | 0) > 0 && isOrdinalAt(doc, t - 2)) ||
    (isOrdinalAt(doc, t - 1) && monthOf(doc.hash[t - 2] | 0) > 0)
  );
}

const JOINS = words('and or to through thru not');

const isOrdinalAt = (doc: Doc, t: number): boolean =>
  t < doc.count && doc.shape[t] === Shape.AlnumShort && ordinalIn(doc.text, doc.start[t], doc.end[t]) > 0;

/** "on the 9th", "started the 9th", "the night of the 9th" */
function isLead(doc: Doc, t: number): boolean {
  if (doc.hash[t] === OF) return t > 0 && (TIMES.has(doc.hash[t - 1]) || (says(doc, t - 1) & Say.Event) !== 0);
  return LEADS.has(doc.hash[t]) || (says(doc, t) & Say.Event) !== 0;
}

/** Whether no counted thing follows. */
function endsDay(doc: Doc, at: number, more: number): boolean {
  const next = at + 1;
  const gap = doc.gap[next];
  if (gap === Gap.Hyphen || gap === Gap.Slash || gap === Gap.Apostrophe) return false;
  if (next >= doc.count || gap !== Gap.Blank) return true;
  if (doc.hash[next] === OF) return MONTHS.has(doc.hash[next + 1]) && doc.hash[next + 1] !== THE;
  if (!GOES_ON.has(doc.hash[next])) return false;
  // "the 3rd and 4th toes", "from the 3rd to the 5th rib": what follows the last of them counts for all.
  const further = doc.hash[next + 1] === THE ? next + 2 : next + 1;
  const ordinal =
    further < doc.count &&
    doc.shape[further] === Shape.AlnumShort &&
    ordinalIn(doc.text, doc.start[further], doc.end[further]) > 0;
  return !ordinal || (more > 0 && endsDay(doc, further, more - 1));
}

/** An event of care, a person or another day earlier in the sentence. */
function isOfSomebody(doc: Doc, at: number): boolean {
  for (let t = at - 2; t >= 0 && at - t <= EVENT_BACK; t--) {
    if (says(doc, t) & (Say.Event | Say.Person | Say.Birth) || doc.lex[t] & Lex.Month) return true;
    if (endsBefore(doc, t)) return false;
  }
  return false;
}

/** "born in 1931", "(b. 1931)": a bare year of birth is protected when it implies an age over 89. */
export function isBirthYear(doc: Doc, at: number): boolean {
  if (at === 0 || doc.text[doc.start[at]] !== 0x31) return false;
  const year = numberAt(doc, at);
  if (year < LIVING_YEAR_MIN || doc.year - year <= AGE_MAX || doc.gap[at + 1] === Gap.Hyphen) return false;
  const t = doc.hash[at - 1] === IN && doc.gap[at] === Gap.Blank ? at - 2 : at - 1;
  if (t < 0 || !isWord(doc, t)) return false;
  if (says(doc, t) & Say.Birth) return doc.gap[t + 1] === Gap.Blank;
  return (
    doc.hash[t] === B && (doc.gap[at] === Gap.Stop || doc.gap[at] === Gap.Dot) && doc.text[doc.start[t] - 1] === OPEN
  );
}
