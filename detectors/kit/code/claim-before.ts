/**
 * The code that stands in front of its label: "4420-19 (MRN)", "4420-19 is her chart number", "4820193 MRN, urine". Looks at a
 * fixed number of tokens, and at none across a JSON leaf or a redacted token.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { hasDigit, isDigits, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { type Claim, claimed, codeFrom, isAcceptable, isSuffix, TIGHT, Trust } from './id-code.js';
import { isPhone } from './weight.js';

export const DETERMINERS = words('the his her my our your their this that patient patients s a an');
/** Words between a code and what it was called. */
const SAID = words(
  'which that was were been has entered recorded listed given used known registered stored saved filed kept logged noted marked file on',
);
const SAID_MAX = 3;
const IS = hashOf('is');
const AS = hashOf('as');
const CLOSE = 0x29;
const CLOSE_SQUARE = 0x5d;
const COMMA = 0x2c;
const DOT = 0x2e;
const BREAK = 0x0a;
const PREFIX_UNITS_MAX = 4;
const STRAY_DIGITS_MIN = 6;

/** The code in front of a label: "4420-19 (MRN)", "4420-19 is his chart number". */
export function claimBefore(doc: Doc, at: number): Claim | null {
  let head = at;
  while (
    head > 0 &&
    at - head < 5 &&
    doc.flags[head - 1] & Flag.InLabel &&
    doc.label[head - 1] === 0 &&
    doc.gap[head] !== Gap.Leaf
  )
    head--;
  if (head === 0 || doc.gap[head] === Gap.Leaf) return null;
  let t = head - 1;
  if (doc.gap[head] === Gap.Open) {
    if (doc.text[doc.end[at]] !== CLOSE && doc.text[doc.end[at]] !== CLOSE_SQUARE) return null;
  } else if (doc.gap[head] === Gap.Dash) {
    return hasDigit(doc, t) && isClosed(doc, at) ? strayBefore(doc, t) : null;
  } else {
    if (doc.gap[head] !== Gap.Blank) return null;
    if (hasDigit(doc, t)) return isClosed(doc, at) ? strayBefore(doc, t) : null;
    for (let steps = 0; t > 0 && steps < 4 && DETERMINERS.has(doc.hash[t]); steps++, t--) {
      // "4420-19, the chart number, …"
      if (doc.gap[t] === Gap.Comma) return isClosed(doc, at) ? strayBefore(doc, t - 1) : null;
      if (doc.gap[t] !== Gap.Blank && doc.gap[t] !== Gap.Apostrophe) return null;
    }
    if (t < 1 || (doc.hash[t] !== IS && doc.hash[t] !== AS) || doc.gap[t] !== Gap.Blank) return null;
    t--;
    // "4420-19 was entered as MRN", "4420-19, which is the MRN"
    for (let steps = 0; t > 0 && steps < SAID_MAX && SAID.has(doc.hash[t]); steps++, t--)
      if (doc.gap[t] !== Gap.Blank && doc.gap[t] !== Gap.Comma) return null;
  }
  return codeEndingAt(doc, t);
}

/** The code whose last token is given, or null. */
function codeEndingAt(doc: Doc, t: number): Claim | null {
  if (doc.shape[t] === Shape.Redacted || doc.flags[t] & Flag.InLabel) return null;
  let tight = t;
  while (tight > 0 && t - tight < 5 && ((1 << doc.gap[tight]) & TIGHT) !== 0 && doc.shape[tight - 1] !== Shape.Redacted)
    tight--;
  const first = groupsBefore(doc, tight);
  const grouped = first < tight && codeFrom(doc, first, true) && claimed.last === t;
  if (!grouped && !(codeFrom(doc, tight, false) && claimed.last === t)) return null;
  claimed.direct = false;
  return isAcceptable(doc, Trust.Label) ? claimed : null;
}

/** Where groups of digits set apart by blanks, and letters before them, begin: "XQH 482 913 345". */
function groupsBefore(doc: Doc, last: number): number {
  let first = last;
  if (first > 0 && isSuffix(doc, first)) first--;
  while (first > 0 && last - first < 4 && isApartBy(doc, first) && isShort(doc, first) && isShort(doc, first - 1))
    first--;
  const letters = first - 1;
  if (letters < 0 || !isApartBy(doc, first) || doc.shape[letters] !== Shape.Upper || doc.lex[letters] !== 0)
    return first;
  return lengthOf(doc, letters) <= PREFIX_UNITS_MAX && isDigits(doc, first) ? letters : first;
}

/** One blank before a token. */
function isApartBy(doc: Doc, t: number): boolean {
  return doc.gap[t] === Gap.Blank && doc.start[t] - doc.end[t - 1] === 1;
}

function isShort(doc: Doc, t: number): boolean {
  return hasDigit(doc, t) && lengthOf(doc, t) >= 2 && lengthOf(doc, t) <= 4;
}

/** Whether what follows a label cannot be its value: "4820193 MRN, urine". */
function isClosed(doc: Doc, at: number): boolean {
  const sign = doc.text[doc.end[at]];
  return sign === 0 || sign === COMMA || sign === DOT || sign === BREAK || sign === CLOSE;
}

/** A code right before a label, long enough and no other label's. */
function strayBefore(doc: Doc, t: number): Claim | null {
  const code = codeEndingAt(doc, t);
  return code !== null && code.digits >= STRAY_DIGITS_MIN && doc.owner[code.first] === 0 && !isPhone(doc) ? code : null;
}
