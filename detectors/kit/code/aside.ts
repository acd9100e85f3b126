/** What stands in brackets between a label and its value: "MRN (unverified): 4820193". Reads a fixed number of tokens. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hasDigit, lengthOf } from '../read.js';

const ASIDE_TOKENS_MAX = 4;
const OPEN = 0x28;
const CLOSE = 0x29;
const CLOSE_SQUARE = 0x5d;

/** "MRN: (unverified) 4820193" */
export function isBracketed(doc: Doc, at: number): boolean {
  return doc.gap[at] === Gap.Other && doc.text[doc.start[at] - 1] === OPEN;
}

/** "passport (USA) 4820193", "SSN (last 4 digits): 0193": the token behind the brackets, if they hold no code. */
export function pastAside(doc: Doc, open: number): number {
  for (let t = open; t + 1 < doc.count && t - open < ASIDE_TOKENS_MAX; t++) {
    if (doc.shape[t] === Shape.Redacted || (hasDigit(doc, t) && lengthOf(doc, t) > 1)) return open;
    const sign = doc.text[doc.end[t]];
    if (sign === CLOSE || sign === CLOSE_SQUARE)
      return doc.gap[t + 1] === Gap.Leaf || doc.gap[t + 1] === Gap.Stop ? open : t + 1;
  }
  return open;
}
