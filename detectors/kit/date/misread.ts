/**
 * Digits as scanners misread them: O for 0, l and I for 1, S for 5, B for 8. Only for values that a label announces, since
 * so read many words are numbers.
 */
import { ALNUM, type Doc, Gap, LETTERS } from '../../contract.js';
import { isDigits, lengthOf, numberAt } from '../read.js';
import { isDay, isDayEitherWay } from './calendar.js';

const DIGITS_MAX = 7;
const O = 0x6f;
const L = 0x6c;
const I = 0x69;
const S = 0x73;
const B = 0x62;

/** The number that a token was before it was scanned; -1 if it cannot have been one. */
export function misreadNumber(doc: Doc, t: number): number {
  if (t >= doc.count || lengthOf(doc, t) > DIGITS_MAX) return -1;
  if (isDigits(doc, t)) return numberAt(doc, t);
  if (((1 << doc.shape[t]) & (ALNUM | LETTERS)) === 0) return -1;
  let value = 0;
  for (let i = doc.start[t]; i < doc.end[t]; i++) {
    const c = doc.text[i];
    const lower = c | 0x20;
    let digit: number;
    if (c >= 0x30 && c <= 0x39) digit = c - 0x30;
    else if (lower === O) digit = 0;
    else if (lower === L || lower === I) digit = 1;
    else if (lower === S) digit = 5;
    else if (lower === B) digit = 8;
    else return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** O5/09/56, 04/13/l980: a day in which a scanner took digits for letters. */
export function isMisreadDay(doc: Doc, t: number): boolean {
  const gap = doc.gap[t + 1];
  if (t + 2 >= doc.count || gap !== doc.gap[t + 2] || (gap !== Gap.Slash && gap !== Gap.Hyphen && gap !== Gap.Dot))
    return false;
  if (isDigits(doc, t) && isDigits(doc, t + 1) && isDigits(doc, t + 2)) return false;
  const a = misreadNumber(doc, t);
  const b = misreadNumber(doc, t + 1);
  const c = misreadNumber(doc, t + 2);
  if (a < 0 || b < 0 || c < 0 || lengthOf(doc, t + 1) > 2) return false;
  if (lengthOf(doc, t) === 4) return lengthOf(doc, t + 2) <= 2 && isDay(a, b, c);
  const years = lengthOf(doc, t + 2);
  return lengthOf(doc, t) <= 2 && (years === 2 || years === 4) && isDayEitherWay(years === 4 ? c : 0, a, b);
}
