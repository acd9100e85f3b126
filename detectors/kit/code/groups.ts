/** Codes in groups of digits that blanks set apart, of which no group is long enough to be one by itself. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { lengthOf } from '../read.js';

/** 482 913 345, 482 00 3345, W482 9133 45: three or four groups, of which the first has three signs or four. */
export function opensGroups(doc: Doc, at: number): boolean {
  const { shape } = doc;
  if (shape[at] === Shape.AlnumShort ? !isLetterFirst(doc, at) : shape[at] !== Shape.Digits3) return false;
  if (isSocial(doc, at)) return false;
  return isGroup(doc, at + 1) && isGroup(doc, at + 2) && !(isGroup(doc, at + 3) && isGroup(doc, at + 4));
}

/** 229 067: two groups of three digits, which only a word right before them makes a code. */
export function opensPair(doc: Doc, at: number): boolean {
  const next = at + 1;
  return (
    doc.shape[at] === Shape.Digits3 &&
    doc.shape[next] === Shape.Digits3 &&
    doc.gap[next] === Gap.Blank &&
    !isGroup(doc, next + 1) &&
    doc.start[next] - doc.end[at] === 1
  );
}

const ZERO = 0x30;
const GROUPS =
  (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4) | (1 << Shape.Digits5) | (1 << Shape.Digits6);

/** 482 91 3345, as social security numbers are grouped; 482 00 3345 is none. */
function isSocial(doc: Doc, at: number): boolean {
  const { shape, text, start } = doc;
  if (shape[at] !== Shape.Digits3 || shape[at + 1] !== Shape.Digits2 || shape[at + 2] !== Shape.Digits4) return false;
  return text[start[at + 1]] !== ZERO || text[start[at + 1] + 1] !== ZERO;
}

/** Two to six digits behind a blank. */
export function isGroup(doc: Doc, t: number): boolean {
  return t < doc.count && doc.gap[t] === Gap.Blank && ((1 << doc.shape[t]) & GROUPS) !== 0;
}

/** W229 */
function isLetterFirst(doc: Doc, t: number): boolean {
  return lengthOf(doc, t) > 2 && doc.text[doc.start[t]] <= 0x5a && doc.text[doc.start[t]] > 0x40;
}
