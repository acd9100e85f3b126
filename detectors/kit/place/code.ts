/**
 * States by name or by their two letters, and ZIP codes (USPS Publication 28), at a token. Look-around stops at a JSON leaf.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hasDigit, isCapitalised, isWord, lengthOf } from '../read.js';
import { Place, partOf } from './grammar.js';

/** The last token of the ZIP or ZIP+4 at a token, or -1. */
export function zipEnd(doc: Doc, at: number): number {
  if (at >= doc.count || doc.gap[at] === Gap.Leaf) return -1;
  // Nine digits in a row are a ZIP in HL7 only: elsewhere they are somebody's number.
  if (doc.shape[at] === Shape.Digits9)
    return doc.gap[at] === Gap.Other && doc.text[doc.start[at] - 1] === 0x5e ? at : -1;
  if (doc.shape[at] !== Shape.Digits5) return -1;
  const gap = doc.gap[at + 1];
  if ((gap === Gap.Hyphen || gap === Gap.Dash) && doc.shape[at + 1] === Shape.Digits4) return at + 1;
  // A decimal, a date or a code that goes on is no ZIP.
  return (gap === Gap.Dot || gap === Gap.Hyphen || gap === Gap.Slash) && hasDigit(doc, at + 1) ? -1 : at;
}

/** Gaps that may stand between town and state, or state and ZIP. `^` of HL7 and `, ` with quotes are `Other`. */
const BETWEEN =
  (1 << Gap.Blank) |
  (1 << Gap.Comma) |
  (1 << Gap.Line) |
  (1 << Gap.Other) |
  (1 << Gap.Dash) |
  (1 << Gap.Hyphen) |
  (1 << Gap.Stop) |
  (1 << Gap.Quote);

export const isBetween = (doc: Doc, at: number): boolean => ((1 << doc.gap[at]) & BETWEEN) !== 0;

/**
 * The last token of the state at a token, or -1. Codes are capitals, unless a ZIP follows or `lower` allows them; two
 * letters that are no known code count before a ZIP.
 */
export function stateEnd(doc: Doc, at: number, lower = false): number {
  if (at >= doc.count || !isWord(doc, at) || doc.gap[at] === Gap.Leaf) return -1;
  const length = lengthOf(doc, at);
  if (length === 2) {
    const known = (partOf(doc, at) & Place.Code) !== 0;
    const zip = isBetween(doc, at + 1) && zipEnd(doc, at + 1) >= 0;
    if (doc.shape[at] === Shape.Upper) return known || zip ? at : -1;
    return known && (zip || lower) ? at : -1;
  }
  if (length === 1) {
    const dotted =
      doc.shape[at] === Shape.UpperOne &&
      doc.shape[at + 1] === Shape.UpperOne &&
      doc.gap[at + 1] <= Gap.Stop &&
      doc.gap[at + 1] >= Gap.Dot;
    return dotted ? at + 1 : -1;
  }
  if ((doc.lex[at] & Lex.State) === 0 || !(isCapitalised(doc, at) || lower)) return -1;
  let last = at;
  while (
    last - at < 2 &&
    doc.gap[last + 1] === Gap.Blank &&
    doc.lex[last + 1] & Lex.State &&
    lengthOf(doc, last + 1) > 2
  )
    last++;
  return last;
}
