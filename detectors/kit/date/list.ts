/**
 * Days without years in a row: "3/4, 3/18 and 4/1", "8/1 vs 8/8", "6/1 thru 6/24". One that no scale ends with tells that all of
 * them are days. Looks at a few pairs on each side, in one sentence.
 */
import { type Doc, Gap } from '../../contract.js';
import { numberAt } from '../read.js';
import { words } from '../word-set.js';
import { isDay } from './calendar.js';
import { isScored } from './context.js';
import { SCALES } from './count.js';
import { isUnit } from './words.js';
import { isShort } from './written.js';

const SIDE_MAX = 4;
const DAY_MIN = 11;
const BETWEEN = words('and or then to thru through until vs versus not');
const SIGNS = (1 << Gap.Comma) | (1 << Gap.Ampersand) | (1 << Gap.Dash) | (1 << Gap.Hyphen) | (1 << Gap.Other);

/** Whether the pair from `first` to `first + 1` stands in a row of days, of which one is hardly anything else. */
export function isListedDay(doc: Doc, first: number): boolean {
  if (isScored(doc, first)) return false;
  let told = false;
  let pairs = 1;
  let rising = true;
  for (const step of [-1, 1]) {
    let from = first;
    for (let k = 0; k < SIDE_MAX; k++) {
      const next = step > 0 ? pairAhead(doc, from) : pairBehind(doc, from);
      if (next < 0) break;
      pairs++;
      told ||= isTelling(doc, next) || isSameMonth(doc, first, next);
      rising &&= step > 0 ? dayOf(doc, from) < dayOf(doc, next) : dayOf(doc, next) < dayOf(doc, from);
      from = next;
    }
  }
  return pairs > 1 && (told || isTelling(doc, first)) && (rising || pairs > 2);
}

/** 4/29: no scale ends there. */
function isTelling(doc: Doc, t: number): boolean {
  const day = numberAt(doc, t + 1);
  return day >= DAY_MIN && ((SCALES >>> day) & 1) === 0 && day > numberAt(doc, t);
}

/** "8/1 vs 8/8": no fraction is above one, and scores share what they end with, not what they begin with. */
const isSameMonth = (doc: Doc, a: number, b: number): boolean =>
  numberAt(doc, a) === numberAt(doc, b) &&
  (numberAt(doc, a) > numberAt(doc, a + 1) || numberAt(doc, b) > numberAt(doc, b + 1));

/** "from 3/5 to 4/5 of them": the neighbour is out of as many, which is no more than ten. */
export function isSharing(doc: Doc, first: number): boolean {
  if (numberAt(doc, first + 1) >= DAY_MIN || numberAt(doc, first) > numberAt(doc, first + 1)) return false;
  return (
    isAsMany(doc, first, first + 2) ||
    isAsMany(doc, first, first + 3) ||
    isAsMany(doc, first, first - 2) ||
    isAsMany(doc, first, first - 3)
  );
}

function isAsMany(doc: Doc, first: number, other: number): boolean {
  if (other < 0 || other + 1 >= doc.count || doc.gap[other + 1] !== Gap.Slash || !isShort(doc, other)) return false;
  const between = other > first ? first + 2 : other + 2;
  const joined = Math.abs(other - first) === 2 ? (SIGNS >>> doc.gap[between]) & 1 : BETWEEN.has(doc.hash[between]);
  return (
    Boolean(joined) && doc.hash[other + 1] === doc.hash[first + 1] && numberAt(doc, other) <= numberAt(doc, other + 1)
  );
}

const dayOf = (doc: Doc, t: number): number => numberAt(doc, t) * 32 + numberAt(doc, t + 1);

function isPair(doc: Doc, t: number): boolean {
  if (t < 0 || t + 1 >= doc.count || doc.gap[t + 1] !== Gap.Slash || !isShort(doc, t) || !isShort(doc, t + 1))
    return false;
  if (doc.gap[t] === Gap.Slash || doc.gap[t + 2] === Gap.Slash || doc.gap[t + 2] === Gap.Dot) return false;
  return isDay(0, numberAt(doc, t), numberAt(doc, t + 1)) && !isUnit(doc, t + 1);
}

function pairAhead(doc: Doc, t: number): number {
  const next = t + 2;
  if (next >= doc.count) return -1;
  if ((1 << doc.gap[next]) & SIGNS) {
    // "3/4, and 3/9"
    const k = BETWEEN.has(doc.hash[next]) && doc.gap[next + 1] === Gap.Blank ? next + 1 : next;
    return isPair(doc, k) ? k : -1;
  }
  const joined = doc.gap[next] === Gap.Blank && BETWEEN.has(doc.hash[next]) && doc.gap[next + 1] === Gap.Blank;
  return joined && isPair(doc, next + 1) ? next + 1 : -1;
}

function pairBehind(doc: Doc, t: number): number {
  for (const back of [2, 3]) if (isPair(doc, t - back) && pairAhead(doc, t - back) === t) return t - back;
  return -1;
}
