/** "ending in 4402", "last four digits are 4402": words that say that digits are the last ones of a longer number. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hasDigit, isDigits, lengthOf } from '../read.js';
import { WordTable } from '../words.js';

const LAST = 1;

const FOUR = 2;

const ENDS = 4;

const BEFORE = 8;

const ENDING = new WordTable([
  [LAST, 'last final'],
  [FOUR, 'four'],
  [ENDS, 'ending ends end ended'],
  [BEFORE, 'in with is are was as digits four'],
]);

const ENDING_WORDS_MAX = 7;

/** Whether what stands before four digits can say that they are the last ones: "… in 4402", "… = 4402". */
export function isEndingSaid(doc: Doc, at: number): boolean {
  const gap = doc.gap[at];
  if (at === 0) return false;
  if (gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Close || gap === Gap.Other) return true;
  return (gap === Gap.Blank || gap === Gap.Dash) && (ENDING.get(doc.hash[at - 1]) & (BEFORE | ENDS)) !== 0;
}

/** The first word of "ending in", "ends with" or "last 4 digits are" before a token, or -1. */
export function endingFrom(doc: Doc, at: number): number {
  for (let t = at - 1; t >= 0 && at - t <= ENDING_WORDS_MAX; t--) {
    const gap = doc.gap[t + 1];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || doc.shape[t] === Shape.Redacted) return -1;
    const bits = ENDING.get(doc.hash[t]);
    if (bits & ENDS && t >= at - 2 && (gap === Gap.Blank || gap === Gap.Dash)) return t;
    if (bits & FOUR || (isDigits(doc, t) && lengthOf(doc, t) === 1))
      return t > 0 && ENDING.get(doc.hash[t - 1]) & LAST ? t - 1 : -1;
    if (hasDigit(doc, t)) return -1;
  }
  return -1;
}
