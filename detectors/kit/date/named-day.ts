/**
 * Holidays and seasons with their year ("Thanksgiving 2025", "Summer of 2021"): more exact than the year alone, so an element of a
 * date. Read at the year, which is rarer than the words. Assumes that the token is four digits.
 */
import { type Doc, Gap } from '../../contract.js';
import { numberAt } from '../read.js';
import { WordTable } from '../words.js';
import { Say, says } from './words.js';

const YEAR_MIN = 1900;
const YEAR_MAX = 2100;

const enum Named {
  Day = 1,
  Season = 2,
  /** A season that is an accident when it is written small. */
  Fall = 4,
  /** Ends a name: New Year's Eve, Labor Day. */
  Tail = 8,
  /** Begins a name of several words. */
  Head = 16,
  Of = 32,
  S = 64,
  New = 128,
  In = 256,
}

const WORDS = new WordTable([
  [
    Named.Day,
    'thanksgiving christmas xmas easter halloween hanukkah ramadan diwali juneteenth passover eid yule kwanzaa',
  ],
  [Named.Season, 'summer spring winter autumn'],
  [Named.Fall, 'fall'],
  [Named.Tail, 'day eve'],
  [
    Named.Head,
    `thanksgiving christmas xmas year years valentine valentines labor memorial independence veterans presidents mother mothers father
    fathers columbus mlk groundhog patrick patricks boxing`,
  ],
  [Named.Of, 'of in'],
  [Named.S, 's'],
  [Named.New, 'new saint st early late mid'],
  [Named.In, 'in since of the during'],
]);

const say = (doc: Doc, t: number): number => (t >= 0 ? WORDS.get(doc.hash[t] | 0) : 0);

/** The first token of the holiday or season whose year is the token `year`; -1 if there is none. */
export function namedDayStart(doc: Doc, year: number): number {
  const gap = doc.gap[year];
  if (year === 0 || (gap !== Gap.Blank && gap !== Gap.Comma)) return -1;
  let t = year - 1;
  let said = say(doc, t);
  if (said === 0) return -1;
  const value = numberAt(doc, year);
  if (value < YEAR_MIN || value > YEAR_MAX) return -1;
  const of = (said & Named.Of) !== 0;
  if (of) said = say(doc, --t);
  if (said & Named.Season) return t;
  // "a fall in 2019" is an accident, "in the fall of 2019" a season.
  if (said & Named.Fall) return (of || isCapital(doc, t)) && (isCapital(doc, t) || say(doc, t - 1) & Named.In) ? t : -1;
  if (of) return -1;
  if (said & Named.Day) return t;
  if (!(said & Named.Tail) || t === 0) return -1;
  let head = t - 1;
  if (say(doc, head) & Named.S && doc.gap[head] === Gap.Apostrophe) head--;
  if (!(say(doc, head) & Named.Head)) return -1;
  return say(doc, head - 1) & Named.New ? head - 1 : head;
}

/** The last token of the holiday that begins at a word of the calendar, where an event or a word about time stands by it, or -1. */
export function holidayEnd(doc: Doc, at: number): number {
  const said = say(doc, at);
  if (!(said & (Named.Day | Named.New))) return -1;
  let last = at;
  if (said & Named.New) {
    last = at + 1;
    if (doc.gap[last + 1] === Gap.Apostrophe && say(doc, last + 1) & Named.S) last++;
    if (!(say(doc, ++last) & Named.Tail)) return -1;
  } else if (doc.gap[at + 1] === Gap.Blank && say(doc, at + 1) & Named.Tail) last++;
  const told = at > 0 && doc.gap[at] === Gap.Blank && says(doc, at - 1) & (Say.Before | Say.Event | Say.MonthCue);
  const tells = doc.gap[last + 1] === Gap.Blank && says(doc, last + 1) & Say.Event;
  return told || tells || isEventNear(doc, at) ? last : -1;
}

const EVENT_BACK = 4;

/** "quit drinking New Year's Day" */
function isEventNear(doc: Doc, at: number): boolean {
  for (let t = at; t > 0 && at - t < EVENT_BACK && doc.gap[t] === Gap.Blank; t--) {
    const said = says(doc, t - 1);
    if (said & Say.Yearly) return false;
    if (said & Say.Event && !(said & Say.Neutral)) return true;
  }
  return false;
}

const LINKS = new WordTable([[1, 'the this over last a our their her his']]);
const TOLD = Say.Before | Say.Event | Say.MonthCue;
const REST = new WordTable([[1, 'weekend morning night afternoon evening week']]);

/** Whether a time in somebody's life is told by the holiday from `first` to `last`: fell over Labor Day weekend, since Easter. */
export function isHolidayTold(doc: Doc, first: number, last: number): boolean {
  let next = last + 1;
  if (doc.gap[next] === Gap.Blank && REST.get(doc.hash[next] | 0) !== 0) next++;
  if (next < doc.count && doc.gap[next] === Gap.Blank && says(doc, next) & Say.Event) return true;
  let t = first;
  for (let steps = 0; t > 0 && steps < 3 && doc.gap[t] === Gap.Blank; steps++) {
    t--;
    const said = says(doc, t);
    if (said & Say.Yearly) return false;
    if (said & TOLD) return true;
    if (LINKS.get(doc.hash[t] | 0) === 0 && !(said & Say.Is)) return false;
  }
  return false;
}

const isCapital = (doc: Doc, t: number): boolean => doc.text[doc.start[t]] < 0x61;
