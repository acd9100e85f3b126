/** Codes in groups of digits that blanks set apart, of which no group is long enough to be one by itself. */
import { type Doc, Gap, Shape } from '../contract.js';
import { lengthOf } from './read.js';

/** 482 913 345, 482 91 3345, W482 9133 45: three or four groups, of which the first has three signs or four. */
export function opensGroups(doc: Doc, at: number): boolean {
  const { shape } = doc;
  if (shape[at] === Shape.AlnumShort ? !isLetterFirst(doc, at) : shape[at] !== Shape.Digits3) return false;
  return isGroup(doc, at + 1) && isGroup(doc, at + 2) && !(isGroup(doc, at + 3) && isGroup(doc, at + 4));
}

const GROUPS = (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4);

/** Two to four digits behind a blank. */
export function isGroup(doc: Doc, t: number): boolean {
  return t < doc.count && doc.gap[t] === Gap.Blank && ((1 << doc.shape[t]) & GROUPS) !== 0;
}

/** W229 */
function isLetterFirst(doc: Doc, t: number): boolean {
  return lengthOf(doc, t) > 2 && doc.text[doc.start[t]] <= 0x5a && doc.text[doc.start[t]] > 0x40;
}
