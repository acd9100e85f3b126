/**
 * Months that tell when a value was taken, in the shorthand of charts: "a1c 9.4 feb 8.1 may", "hgb 11.2 (oct)", "score +2 in October
 * 2022".
 */
import { type Doc, Gap } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isDigits, isWord } from '../read.js';
import { words } from '../word-set.js';
import { endsBefore, Say, says } from './words.js';

const BACK = 9;
const CLOSE = 0x29;
const IN = words('in');
const TEST = Say.Sign | Say.Score;

/** Whether a value stands right before the month, and the test that it is of not far before that. */
export function isResultMonth(doc: Doc, m: number): boolean {
  if (m < 2 || !isDigits(doc, m - 1)) return false;
  const gap = doc.gap[m];
  const next = doc.gap[m + 1];
  if (gap === Gap.Open ? doc.text[doc.end[m]] !== CLOSE : gap !== Gap.Blank) return false;
  // "A1c 7.2 may improve"
  if (next === Gap.Blank && m + 1 < doc.count && isWord(doc, m + 1)) return false;
  return isTested(doc, m - 1);
}

/** "score +2 in October 2022": what the month behind is the time of. */
export const isScoreIn = (doc: Doc, m: number): boolean =>
  m > 2 && doc.gap[m] === Gap.Blank && IN.has(doc.hash[m - 1]) && isDigits(doc, m - 2) && isTested(doc, m - 2);

/** Whether the word for a test stands before a value, with nothing but values and their months between. */
function isTested(doc: Doc, value: number): boolean {
  for (let t = value; t > 0 && value - t < BACK; t--) {
    if (endsBefore(doc, t)) return false;
    if (isDigits(doc, t - 1) || doc.lex[t - 1] & Lex.Month) continue;
    return (says(doc, t - 1) & TEST) !== 0 || (doc.lex[t - 1] & Lex.Medical) !== 0;
  }
  return false;
}
