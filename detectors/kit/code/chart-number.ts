/**
 * Numbers of patients that no word calls so: beside a name ("Moss, Ann 552-08-81", "4410-227 is Mr. Moss"), or in the place of
 * a person who is looked up or asked for ("who is on for 4410-22?"). Charts are filed by their last digits in three groups; a
 * day in figures is none. Reads a fixed number of tokens.
 */
import { DIGITS, type Doc, Gap, Shape, Tag } from '../../contract.js';
import { isUnitBehind } from '../amount.js';
import { hashOf } from '../hash.js';
import { lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';
import { headOf } from './cue-head.js';
import { claimed, codeFrom, isAcceptable, Trust } from './id-code.js';
import { isTellingPart, weightOf } from './weight.js';

const MONTHS = 12;
const DAYS = 31;
const WEIGHT_MIN = 2;
/** Between a name and its number, and a number and its name. */
const BESIDE =
  (1 << Gap.Blank) | (1 << Gap.Comma) | (1 << Gap.Slash) | (1 << Gap.Dash) | (1 << Gap.Equals) | (1 << Gap.Colon);
/** Between a number and its name; not a blank, since whose name follows may be anybody's: "for 44-20-87 Dr. Moss said". */
const BEFORE = BESIDE & ~(1 << Gap.Blank);
const IS = hashOf('is');
const AS = hashOf('as');
const THE = hashOf('the');
const SAME = hashOf('same');
const ZERO = 0x30;
const ROUND = new Set([...'05'].map((digit) => digit.charCodeAt(0)));
/** "the same lady as …" */
const AS_BACK = 4;
const TITLES = words('mr mrs ms miss mx baby');
/** Words right before the number of somebody who is looked up, spoken of or asked for. */
const SOUGHT = words(
  'under see pull find up open about regarding number chart load display merge into discharge admit page for mean meant typed tried is whose same and',
);
const ASKED = words('for about regarding whose meant find pull open under typed tried');
const NUMBER_GAPS = (1 << Gap.Blank) | (1 << Gap.Quote) | (1 << Gap.Open);

/** Whether the token is the telling part of a patient's number by what stands around it; `claimed` then holds the number. */
export function isChartNumber(doc: Doc, at: number): boolean {
  if (doc.shape[at] === Shape.Digits2 && doc.shape[at - 1] === Shape.Digits2) return isFiled(doc, at);
  // A number in one run is read by the detector itself.
  if (doc.gap[at] !== Gap.Hyphen && doc.gap[at + 1] !== Gap.Hyphen) return false;
  const head = headOf(doc, at);
  if (head < 0 || doc.owner[head] !== 0 || !codeFrom(doc, head, false)) return false;
  const { first, last } = claimed;
  if (((1 << doc.shape[last]) & DIGITS) === 0 || claimed.letters > 1) return false;
  const weight = weightOf(doc);
  if (weight < WEIGHT_MIN && !(weight > 0 && isStated(doc, last) && isBeforeName(doc, last))) return false;
  if (isUnitBehind(doc, last)) return false;
  return last > first && (isBehindName(doc, first) || isBeforeName(doc, last) || isPerson(doc, first, last));
}

/** 48-29-10, 552-08-81: the last of the three groups. */
function isFiled(doc: Doc, at: number): boolean {
  const head = at - 2;
  if (head < 0 || !isTellingPart(doc, at)) return false;
  if (doc.shape[head] === Shape.Digits2 && numberAt(doc, at - 1) <= MONTHS && numberAt(doc, at) <= DAYS) return false;
  if (doc.owner[head] !== 0 || isUnitBehind(doc, at)) return false;
  const sought = head > 0 && (1 << doc.gap[head]) & NUMBER_GAPS && SOUGHT.has(doc.hash[head - 1]);
  if (!sought && !isBehindName(doc, head) && !isBeforeName(doc, at)) return false;
  return codeFrom(doc, head, false) && isAcceptable(doc, Trust.Word);
}

/** "Moss, Ann 552-08-81", "Mrs. Moss = 552-08-81" */
function isBehindName(doc: Doc, first: number): boolean {
  return first > 0 && ((1 << doc.gap[first]) & BESIDE) !== 0 && isNamed(doc, first - 1);
}

/** "who's on for 5089-63?", "is 2210-887 the same lady": two parts, but no range. */
function isPerson(doc: Doc, first: number, last: number): boolean {
  if (last !== first + 1 || doc.gap[last] !== Gap.Hyphen || lengthOf(doc, first) === lengthOf(doc, last)) return false;
  if (first === 0 || ((1 << doc.gap[first]) & NUMBER_GAPS) === 0 || isRound(doc, first) || isRound(doc, last))
    return false;
  const before = doc.hash[first - 1];
  return (
    ASKED.has(before) || ((before === IS || before === AS) && isSame(doc, last + 1)) || isSame(doc, first - AS_BACK)
  );
}

/** "the same" */
const isSame = (doc: Doc, t: number): boolean => t >= 0 && doc.hash[t] === THE && doc.hash[t + 1] === SAME;

/** 1200, 150: amounts. */
const isRound = (doc: Doc, t: number): boolean =>
  lengthOf(doc, t) > 2 && doc.text[doc.end[t] - 1] === ZERO && ROUND.has(doc.text[doc.end[t] - 2]);

const isStated = (doc: Doc, last: number): boolean => doc.gap[last + 1] === Gap.Blank && doc.hash[last + 1] === IS;

/** "552-08-81, Moss, Ann", "552-08-81 is Mr. Moss" */
export function isBeforeName(doc: Doc, last: number): boolean {
  let t = last + 1;
  if (t >= doc.count) return false;
  const stated = doc.gap[t] === Gap.Blank && doc.hash[t] === IS;
  if (stated) t++;
  else if (((1 << doc.gap[t]) & BEFORE) === 0) return false;
  if (TITLES.has(doc.hash[t]) && doc.gap[t] !== Gap.Leaf) t++;
  else if (stated) return false;
  return t < doc.count && doc.tags[t] === Tag.Name;
}

const isNamed = (doc: Doc, t: number): boolean => doc.tags[t] === Tag.Name || doc.tags[t] === Tag.NameOn;
