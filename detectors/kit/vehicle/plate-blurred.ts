/**
 * Plates of which a witness did not see all: 6R?-11K, KL* 4471, ?84 KLM. The sign for what was not seen stands within or beside
 * capitals and digits. Reads a fixed number of code units.
 */
import type { Doc } from '../../contract.js';
import { isDigitUnit } from '../units.js';

const UNITS_MAX = 10;
const SEEN_MIN = 3;
const QUESTION = 0x3f;
const STAR = 0x2a;
const HYPHEN = 0x2d;
const SPACE = 0x20;

const isBlur = (unit: number): boolean => unit === QUESTION || unit === STAR;
const isSeen = (unit: number): boolean => isDigitUnit(unit) || (unit >= 0x41 && unit <= 0x5a);

/** Where such a plate begins whose first token is given: signs before it are part of it. */
export function blurredStart(doc: Doc, at: number): number {
  let from = doc.start[at];
  while (from > 0 && doc.start[at] - from < UNITS_MAX && isBlur(doc.text[from - 1])) from--;
  return from;
}

/** Its end, or -1: a sign has to be there, and a character seen behind it, or nothing but the end of what is said. */
export function blurredEnd(doc: Doc, at: number): number {
  const { text } = doc;
  const from = blurredStart(doc, at);
  let seen = 0;
  let digits = 0;
  let blurs = 0;
  let end = -1;
  for (let i = from; i < doc.length && i - from < UNITS_MAX; i++) {
    const unit = text[i];
    if (isSeen(unit)) {
      seen++;
      if (isDigitUnit(unit)) digits++;
    } else if (isBlur(unit)) {
      // "plate KLM 4471?" is a question.
      if (!isSeen(text[i + 1]) && !isBlur(text[i + 1]) && text[i + 1] !== HYPHEN && blurs === 0) break;
      blurs++;
    } else if ((unit !== HYPHEN && unit !== SPACE) || !(isSeen(text[i + 1]) || isBlur(text[i + 1]))) break;
    if (unit !== HYPHEN && unit !== SPACE) end = i + 1;
  }
  // Neither does a word go on behind it.
  const ends = end > 0 && (text[end] | 0x20) < 0x61;
  return ends && blurs > 0 && digits > 0 && seen >= SEEN_MIN ? end : -1;
}
