/**
 * Whether two small numbers are a day and not a score, and whether a date that could be a code is announced as a date. Looks at
 * a fixed number of tokens of the same sentence; a redacted token speaks for nothing.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { isCapitalised, isDigits, isWord, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';
import { isBehindValue, isHyphenDay, isImaging, isSooner } from './beside.js';
import { SCALES } from './count.js';
import { endsBefore, isUnit, isUnitAfter, Say, says } from './words.js';

const SCORE_BACK = 6;
const EVENT_BACK = 3;
const LOWER_S = 0x73;
const DAYS_MAX = 31;

/** A day that no scale ends with, though it could be a month too. */
const ODD_DAYS = 1 << 11;

/** Whether one of the two words after a pair of numbers makes it a score: 3/6 systolic murmur. */
export function isMeasured(doc: Doc, last: number): boolean {
  for (let t = last + 1; t < doc.count && t - last <= 2 && doc.gap[t] === Gap.Blank; t++) {
    const said = says(doc, t);
    if (said & (Say.Score | Say.ScoreAfter | Say.Unit) && !(said & Say.Event)) return true;
  }
  return false;
}

/** Whether two numbers with a sign between, from `first` to `last`, stand where a day stands and not where a score does. */
export function isDayContext(doc: Doc, first: number, last: number): boolean {
  const a = numberAt(doc, first);
  const b = numberAt(doc, last);
  if (isUnitAfter(doc, last)) return false;
  const next = last + 1;
  const after = next < doc.count && doc.gap[next] === Gap.Blank ? says(doc, next) : 0;
  if (after & (Say.Score | Say.ScoreAfter) && !(after & Say.Event)) return false;
  if (pressureFollows(doc, next) || isBehindValue(doc, first, last) || isSooner(doc, first)) return true;
  const t = listHead(doc, first);
  const gap = doc.gap[t + 1];
  const before = t < 0 || gap === Gap.Leaf ? 0 : says(doc, t);
  const dated = gap === Gap.Blank && ((before & Say.Dated) !== 0 || isWeekday(doc, t));
  if (!dated && isMeasured(doc, last)) return false;
  if (isScored(doc, first) && !(dated && b !== 5 && b !== 10)) return false;
  // Halves, thirds and quarters are days only where an event says so.
  const fraction = a < b && (b <= 4 || b === 8) && lengthOf(doc, first) === 1 && lengthOf(doc, last) === 1;
  if (t < 0 || endsBefore(doc, t + 1)) return !fraction && opensLine(doc, last);
  if (doc.shape[t] === Shape.Redacted) return false;
  const hyphen = doc.gap[last] === Gap.Hyphen;
  const scale = b === 5 || b === 10 || b === 6;
  const back = scale && !isImaging(doc, t, last) ? 1 : EVENT_BACK;
  if (!hyphen && isEvent(doc, t, gap, fraction, back)) return true;
  if (hyphen && gap === Gap.Blank && before & Say.Event && isHyphenDay(doc, first, last)) return true;
  if (dated) return true;
  // "ABG 6/8: 7.31/58"
  if (gap === Gap.Blank && before & Say.Sign && doc.gap[next] === Gap.Colon && doc.gap[last] === Gap.Slash) return true;
  if (hyphen || fraction) return false;
  if (gap === Gap.Blank && (before & Say.Before || doc.lex[t] & WHERE_OR_WHEN)) return true;
  if (gap === Gap.Open && before & Say.Before) return true;
  if (gap === Gap.Blank && !scale && (before & Say.Sign || isPast(doc, t) || isPlaced(doc, t) || isLast(doc, t)))
    return true;
  if (gap === Gap.Comma && doc.lex[t] & Lex.Weekday) return true;
  if (gap === Gap.Blank && before & Say.Is && t > 0 && says(doc, t - 1) & Say.Before) return true;
  if (after & Say.Event) return true;
  return timeFollows(doc, last) || isOffScale(doc, a, b, last);
}

/** The token before the days in a list or range, which share their context: labs 3/14, 3/17 and 3/21. */
function listHead(doc: Doc, first: number): number {
  let t = first - 1;
  let gap = doc.gap[first];
  for (let k = 0; k < 3 && t > 1; k++) {
    const signed = gap === Gap.Comma || gap === Gap.Hyphen || gap === Gap.Dash || gap === Gap.Ampersand;
    const worded = gap === Gap.Blank && doc.gap[t] === Gap.Blank && (says(doc, t) & Say.Join) !== 0;
    const joined = worded ? t - 1 : signed ? t : -1;
    if (joined < 1 || !isDigits(doc, joined) || doc.gap[joined] !== doc.gap[first + 1] || !isDigits(doc, joined - 1))
      break;
    gap = doc.gap[joined - 1];
    t = joined - 2;
  }
  return t;
}

/** Words before the thing that a day is told of: last dose 2/12, next infusion 3/9. */
const WHICH = words('last next first prior previous');

const isLast = (doc: Doc, t: number): boolean =>
  t > 0 && isWord(doc, t) && doc.gap[t] === Gap.Blank && WHICH.has(doc.hash[t - 1]);

/** "d/c 3/4" */
const D = hashOf('d');
const C = hashOf('c');
const WHERE = words('at in from near');
/** "Tuesday 5/30", "at Ochsner 5/30", "Houston 1/28" */
const WHERE_OR_WHEN = Lex.Weekday | Lex.CityTop | Lex.Facility;
const EVENT_GAPS = (1 << Gap.Blank) | (1 << Gap.Plus) | (1 << Gap.Colon) | (1 << Gap.Open) | (1 << Gap.Stop);

/** Whether one of the words before a day is an event of care: surgery 3/14, transferred to floor 1/8, C2D1 2/3. */
export function isEvent(doc: Doc, t: number, gap: number, fraction: boolean, back: number): boolean {
  if (!((1 << gap) & EVENT_GAPS)) return false;
  if (isCycleDay(doc, t)) return true;
  for (let k = t; k >= 0 && t - k < back; k--) {
    const said = says(doc, k);
    if (said & Say.Event && !(fraction && said & Say.Counted)) return true;
    if (k > 0 && doc.hash[k] === C && doc.gap[k] === Gap.Slash && doc.hash[k - 1] === D) return true;
    if (said & (Say.Score | Say.Unit) || !isWord(doc, k) || doc.gap[k] !== Gap.Blank || gap === Gap.Stop) return false;
  }
  return false;
}

/** "Sat 3/8", "tues 3/4" */
const isWeekday = (doc: Doc, t: number): boolean =>
  t >= 0 && (doc.lex[t] & Lex.Weekday) !== 0 && (isCapitalised(doc, t) || (doc.lex[t] & Lex.Word) === 0);

/** "proned 10/30" */
function isPast(doc: Doc, t: number): boolean {
  const end = doc.end[t];
  return (
    doc.shape[t] === Shape.Lower && lengthOf(doc, t) > 4 && doc.text[end - 1] === 0x64 && doc.text[end - 2] === 0x65
  );
}

/** "from Bronson 5/20", "in Key West 2/8": a place, or whoever it was. */
function isPlaced(doc: Doc, t: number): boolean {
  for (let k = t; k > 0 && t - k < 2; k--) {
    if (doc.shape[k] !== Shape.Title || lengthOf(doc, k) < 4 || doc.lex[k] & (Lex.Medical | Lex.Common)) return false;
    if (doc.gap[k] === Gap.At) return true;
    if (doc.gap[k] !== Gap.Blank) return false;
    if (WHERE.has(doc.hash[k - 1] | 0)) return true;
  }
  return false;
}

/** C1D8: day 8 of cycle 1. */
function isCycleDay(doc: Doc, t: number): boolean {
  const { text, start, end } = doc;
  if (doc.shape[t] !== Shape.AlnumShort || (text[start[t]] | 0x20) !== 0x63) return false;
  return end[t] - start[t] === 4 && (text[start[t] + 2] | 0x20) === 0x64;
}

/** 3/18 and 6/23 are days: no scale ends there. Not before a plural, which is counted. */
function isOffScale(doc: Doc, a: number, b: number, last: number): boolean {
  if (a > 12 || b > DAYS_MAX || (SCALES >>> b) & 1 || (b <= 12 && !((ODD_DAYS >>> b) & 1))) return false;
  const next = last + 1;
  if (next >= doc.count || doc.gap[next] !== Gap.Blank) return true;
  return !(doc.shape[next] === Shape.Lower && lengthOf(doc, next) > 3 && doc.text[doc.end[next] - 1] === LOWER_S);
}

/** `3/14: stable`, `3/14 - called`: a day at the head of a line or sentence. */
function opensLine(doc: Doc, last: number): boolean {
  const gap = doc.gap[last + 1];
  return (
    gap === Gap.Colon ||
    gap === Gap.Dash ||
    timeFollows(doc, last) ||
    (last + 1 < doc.count &&
      gap === Gap.Blank &&
      ((says(doc, last + 1) & Say.Event) !== 0 || (doc.lex[last + 1] & (Lex.CityTop | Lex.Facility)) !== 0))
  );
}

/** "3/4 140/80" */
const pressureFollows = (doc: Doc, t: number): boolean =>
  t + 1 < doc.count &&
  doc.gap[t] === Gap.Blank &&
  doc.shape[t] === Shape.Digits3 &&
  doc.gap[t + 1] === Gap.Slash &&
  isDigits(doc, t + 1);

/** 08:30, or 2100 as wards write it. */
function timeFollows(doc: Doc, last: number): boolean {
  const t = last + 1;
  if (t < doc.count && doc.gap[t] === Gap.Blank && doc.shape[t] === Shape.Digits4 && doc.gap[t + 1] !== Gap.Slash) {
    const time = numberAt(doc, t);
    return time < 2400 && time % 100 < 60 && !isUnit(doc, t);
  }
  return (
    t + 1 < doc.count &&
    doc.gap[t] === Gap.Blank &&
    isDigits(doc, t) &&
    doc.gap[t + 1] === Gap.Colon &&
    isDigits(doc, t + 1) &&
    lengthOf(doc, t + 1) === 2
  );
}

/** Whether a word for a score, a rate or a share stands shortly before. */
export function isScored(doc: Doc, first: number): boolean {
  for (let t = first; t > 0 && first - t < SCORE_BACK; t--) {
    if (endsBefore(doc, t)) return false;
    const said = says(doc, t - 1);
    if (said & Say.Score && !(said & Say.Event)) return true;
    if (said & Say.Event) return false;
  }
  return false;
}

/** Whether a date written as ranges and codes are too is announced as a date: on, since, dated; or by an event of care. */
export function isAnnounced(doc: Doc, first: number, byEvent: boolean): boolean {
  const t = first - 1;
  if (t < 0 || doc.gap[first] === Gap.Leaf || doc.gap[first] === Gap.Line) return false;
  const said = says(doc, t);
  if (said & Say.Before || doc.lex[t] & Lex.Weekday || (byEvent && said & Say.Event)) return true;
  if (said & Say.In) return byEvent;
  return (said & Say.Is) !== 0 && t > 0 && (says(doc, t - 1) & Say.Before) !== 0;
}

/** "ligated 8.14.21", but not "updated 8.14.21" */
export function isDone(doc: Doc, first: number): boolean {
  const t = first - 1;
  return (
    t >= 0 && doc.gap[first] === Gap.Blank && isPast(doc, t) && !(says(doc, t) & NOBODYS) && !MADE.has(doc.hash[t])
  );
}

/** What is done to programs and rules. */
const MADE = words(
  'updated upgraded patched installed released revised numbered versioned modified published copyrighted',
);
const NOBODYS = Say.Version | Say.General | Say.Issued | Say.Score | Say.Product;

const OF_CARE = Lex.Relation | Lex.Medical;

/** Words before a dotted date that may speak for it. */
const DOTTED_BACK = 4;

/**
 * Whether 14.03.24 is a day: its parts have two digits each, and an event, a person or a word about time stands shortly before, or
 * it stands alone at the head of a line.
 */
export function isDotted(doc: Doc, first: number, last: number): boolean {
  if (isAnnounced(doc, first, true) || isDone(doc, first)) return true;
  const whole = lengthOf(doc, first) === 2 && lengthOf(doc, first + 1) === 2;
  if (lengthOf(doc, last) !== 2 || numberAt(doc, last) > (doc.year % 100) + 1) return false;
  const next = last + 1;
  if (doc.gap[first] === Gap.Leaf || doc.gap[first] === Gap.Line)
    return whole && (doc.gap[next] !== Gap.Blank || (says(doc, next) & (Say.Event | Say.Sign | Say.Person)) !== 0);
  for (let t = first - 1; t >= 0 && first - t <= DOTTED_BACK; t--) {
    const said = says(doc, t);
    if (said & (Say.Version | Say.General | Say.Score)) return false;
    if (said & (Say.Event | Say.Before | Say.Person) || doc.lex[t] & (whole ? OF_CARE | Lex.Drug : OF_CARE))
      return true;
    // "S. Lund, MD 5.2.24"
    if (doc.lex[t] & Lex.Credential && doc.shape[t] === Shape.Upper) return true;
    if (endsBefore(doc, t)) return false;
  }
  return false;
}
