/**
 * What stands beside two numbers and makes them a day in the shorthand of charts: a value that was taken on it, a finding that it
 * showed, a word that compares times.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { isDigits, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';

const THAN = words('than');
const TIMES = words('sooner earlier later');
const IMAGING = words(
  'ct mri cxr xr xray us cta ctv mra mrv echo tte tee ekg ecg eeg emg pet dexa mammo mammogram doppler duplex vq',
);
const FINDINGS = words(
  'neg negative pos positive clear normal nl wnl stable unremarkable shows showed no without w with ok fine improved worse better unchanged',
);
const ZERO = 0x30;
const MONTHS_MAX = 12;
const IMAGING_BACK = 3;
/** Behind a day with a hyphen no unit may stand. */
const ENDS =
  (1 << Gap.Comma) | (1 << Gap.Stop) | (1 << Gap.Line) | (1 << Gap.Leaf) | (1 << Gap.Close) | (1 << Gap.Colon);

/** "150/90 7/3", "7.9 2/3, 8.4 2/5": a day behind the pressure or value that was taken on it. */
export function isBehindValue(doc: Doc, first: number, last: number): boolean {
  if (first < 2 || doc.gap[first] !== Gap.Blank || doc.gap[last] !== Gap.Slash) return false;
  if (doc.gap[first - 1] === Gap.Slash) return doc.shape[first - 2] === Shape.Digits3 && isDigits(doc, first - 1);
  if (!isDecimal(doc, first - 2)) return false;
  if (numberAt(doc, first) > numberAt(doc, last)) return true;
  return isValueAndDay(doc, last + 1) || (first >= 6 && isValueAndDay(doc, first - 6));
}

const isDecimal = (doc: Doc, t: number): boolean =>
  doc.gap[t + 1] === Gap.Dot && isDigits(doc, t) && isDigits(doc, t + 1);

/** ", 8.4 2/5" */
const isValueAndDay = (doc: Doc, t: number): boolean =>
  t + 3 < doc.count &&
  isDecimal(doc, t) &&
  doc.gap[t + 2] === Gap.Blank &&
  isDigits(doc, t + 2) &&
  doc.gap[t + 3] === Gap.Slash &&
  isDigits(doc, t + 3);

/** "sooner than 9/3" */
export const isSooner = (doc: Doc, first: number): boolean =>
  first > 1 && doc.gap[first] === Gap.Blank && THAN.has(doc.hash[first - 1]) && TIMES.has(doc.hash[first - 2]);

/** "CT head 5/5 neg": a picture before, what it showed behind. */
export function isImaging(doc: Doc, t: number, last: number): boolean {
  if (last + 1 >= doc.count || doc.gap[last + 1] !== Gap.Blank || !FINDINGS.has(doc.hash[last + 1])) return false;
  for (let k = t; k >= 0 && t - k < IMAGING_BACK; k--) {
    if (IMAGING.has(doc.hash[k])) return true;
    if (doc.gap[k] !== Gap.Blank) return false;
  }
  return false;
}

/** "cxr 9-26", "US 12-09": behind an event, and no range of anything that is counted. */
export function isHyphenDay(doc: Doc, first: number, last: number): boolean {
  if (numberAt(doc, first) > MONTHS_MAX || lengthOf(doc, last) !== 2) return false;
  if (numberAt(doc, last) <= MONTHS_MAX && doc.text[doc.start[last]] !== ZERO && !isFinding(doc, last)) return false;
  return ((1 << doc.gap[last + 1]) & ENDS) !== 0 || isFinding(doc, last);
}

const isFinding = (doc: Doc, last: number): boolean =>
  last + 1 < doc.count && doc.gap[last + 1] === Gap.Blank && FINDINGS.has(doc.hash[last + 1]);
