/**
 * What a phone or fax label claims, in whatever form: numbers of another shape than usual, misread digits, an extension, a
 * pager's short number. Assumes that the ordinary forms have been read by `telephoneAt` already.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { misreadNumber } from '../date/misread.js';
import { Form } from '../date/written.js';
import { figuresAt } from '../date/written-figures.js';
import { digitsIn, hasDigit, isDigits, lengthOf } from '../read.js';
import { spokenAt } from './spoken-telephone.js';
import { telephoneAt } from './telephone.js';
import { Line, refused } from './telephone-line.js';
import {
  DIGITS_MAX,
  DIGITS_MIN,
  digitsBetween,
  groupsEnd,
  isGluedExtension,
  isJoined,
  report,
} from './telephone-parts.js';
import { Say, says } from './telephone-words.js';

/** Words that may stand between a label and its number: "phone (home, best after 5):" is the limit. */
const LABEL_WORDS_MAX = 5;
const ONE = 0x31;

/**
 * The first token with a digit behind the label that ends at `at`, in the same line; -1 when another label or a thing comes first:
 * what stands behind "fax job" is no telephone number.
 */
export function firstNumberAfter(doc: Doc, at: number): number {
  let bracketed = false;
  for (let t = at + 1; t < doc.count && t - at <= LABEL_WORDS_MAX; t++) {
    const gap = doc.gap[t];
    if (
      gap === Gap.Leaf ||
      doc.shape[t] === Shape.Redacted ||
      (t > at + 1 && (gap === Gap.Line || gap === Gap.Stop || gap === Gap.Comma))
    )
      return -1;
    if (hasDigit(doc, t) && !isIndex(doc, t)) return t;
    if (doc.label[t] !== 0) return -1;
    if (gap === Gap.Open) bracketed = true;
    if (!bracketed && !says(doc, t) && !(doc.lex[t] & LINKING)) return -1;
    if (doc.gap[t + 1] === Gap.Close) bracketed = false;
  }
  return -1;
}

/** Words that may stand between a label and its number outside of brackets. */
const LINKING = Lex.Function | Lex.Relation | Lex.Given | Lex.Surname | Lex.Title;

/** The 2 in `phone_2 …` and `Phone 2: …`. */
function isIndex(doc: Doc, t: number): boolean {
  if (doc.shape[t] !== Shape.Digits1) return false;
  const next = doc.gap[t + 1];
  return doc.gap[t] === Gap.Underscore || next === Gap.Colon || next === Gap.Equals || next === Gap.Pipe;
}

/** A number in whatever form, since a label says that it is one: 0490 75 40 81, 555 0142, 12345 for a pager. */
export function labelledAt(doc: Doc, at: number, digitsMin: number): boolean {
  if (at >= doc.count || doc.shape[at] === Shape.Redacted || telephoneAt(doc, at)) return false;
  if (misreadAt(doc, at) || (doc.shape[at] <= Shape.Digits4 && isDigits(doc, at) && spokenAt(doc, at, true)))
    return true;
  if (!isDigits(doc, at)) return isInternal(doc, at) && report(doc, at, at, Line.Unknown, 0.7);
  if (doc.shape[at] <= Shape.Digits4 && figuresAt(doc, at, false) === Form.Full) return false;
  const last = groupsEnd(doc, at);
  const digits = digitsBetween(doc, at, last);
  if (digits < digitsMin || digits > DIGITS_MAX + 2 || says(doc, last + 1) & Say.Unit) return false;
  if (refused(doc, at, at) || (last === at && isDigits(doc, at + 1) && doc.gap[at + 1] === Gap.Colon)) return false;
  return report(doc, at, last, Line.Unknown, digits >= DIGITS_MIN ? 0.9 : 0.7);
}

/** 3O3 555 0193: three groups in which a scanner took digits for letters. */
function misreadAt(doc: Doc, at: number): boolean {
  const plain = doc.shape[at] === Shape.Digits1 && doc.text[doc.start[at]] === ONE && isJoined(doc, at + 1);
  const area = plain ? at + 1 : at;
  const last = area + 2;
  if (last >= doc.count || lengthOf(doc, area) !== 3 || lengthOf(doc, area + 1) !== 3 || lengthOf(doc, last) !== 4)
    return false;
  if (!isJoined(doc, area + 1) || !isJoined(doc, last)) return false;
  if (!(hasDigit(doc, area) || hasDigit(doc, area + 1) || hasDigit(doc, last))) return false;
  for (let t = area; t <= last; t++) if (misreadNumber(doc, t) < 0) return false;
  return report(doc, at, last, Line.Unknown, 0.8);
}

/** x4455: an extension within the house. */
function isInternal(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.Alnum && doc.shape[at] !== Shape.AlnumShort) return false;
  return isGluedExtension(doc, at) && digitsIn(doc, at) >= 3;
}
