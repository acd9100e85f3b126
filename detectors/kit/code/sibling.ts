/**
 * Codes of one form in one clause are of one kind: "right index FP-48201, left index FP-48202". Finds the earlier one, so that
 * the words before it can speak for both. Bounded: twelve tokens, none across a leaf,
 * a sentence or a redacted token.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { lengthOf } from '../read.js';
import { claimed } from './claimed.js';

const BACK_MAX = 12;
/** Tokens between the code of a line and that of the line before. */
const ROW_MAX = 2;
const SEMICOLON = 0x3b;

/** First token of a code before `first` that is formed like the one that `claimed` holds; -1 if there is none. */
export function siblingBefore(doc: Doc, first: number): number {
  const size = claimed.last - claimed.first;
  for (let t = first - 1; t >= 0 && first - t < BACK_MAX; t--) {
    const behind = doc.gap[t + 1];
    if (behind === Gap.Leaf || doc.shape[t] === Shape.Redacted) return -1;
    if (behind === Gap.Stop && doc.text[doc.end[t]] !== SEMICOLON) return -1;
    // The lines of a list hold little besides their codes.
    if (behind === Gap.Line && first - t > size + ROW_MAX) return -1;
    if (t + size < first && isAlike(doc, t, claimed.first, size)) return t;
  }
  return -1;
}

function isAlike(doc: Doc, one: number, other: number, size: number): boolean {
  for (let k = 0; k <= size; k++) {
    if (doc.shape[one + k] !== doc.shape[other + k] || lengthOf(doc, one + k) !== lengthOf(doc, other + k))
      return false;
    if (k > 0 && doc.gap[one + k] !== doc.gap[other + k]) return false;
  }
  return true;
}
