/**
 * Digits as scanners misread them: O for 0, l and I for 1, S for 5, B for 8. Only for values that a label announces, since
 * so read many words are numbers.
 */
import { ALNUM, type Doc, LETTERS } from '../contract.js';
import { isDigits, lengthOf, numberAt } from './read.js';

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
