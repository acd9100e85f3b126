/**
 * Where a number stands, when no word speaks of phones: alone in its cell or line, in a row of contact data, behind a
 * relative. Looks at a bounded number of tokens of the same line.
 */
import { type Doc, Gap, Shape, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hasDigit, isDigits, isWord, lengthOf } from '../read.js';

const TAB = 0x09;
const ROW_TOKENS = 16;
const PERSON_TOKENS = 6;

const CELL_EDGES =
  (1 << Gap.Leaf) |
  (1 << Gap.Line) |
  (1 << Gap.Pipe) |
  (1 << Gap.Comma) |
  (1 << Gap.Stop) |
  (1 << Gap.Quote) |
  (1 << Gap.Other) |
  (1 << Gap.Open) |
  (1 << Gap.Close);

const cellEdge = (gap: number): boolean => ((1 << gap) & CELL_EDGES) !== 0;

/** A number of three groups of digits with blanks stands alone in its cell or line. */
export function inCell(doc: Doc, first: number, last: number): boolean {
  return cellEdge(doc.gap[first]) && cellEdge(doc.gap[last + 1]);
}

/** Signs before a number that is read out. */
const SPOKEN_GAPS =
  (1 << Gap.Blank) | (1 << Gap.Colon) | (1 << Gap.Comma) | (1 << Gap.Stop) | (1 << Gap.Dash) | (1 << Gap.Line);

/**
 * Three groups of digits with blanks in a sentence: no measurement when a word of speech, not one of medicine, stands
 * before them and no further number beside them.
 */
export function inSpeech(doc: Doc, first: number, last: number): boolean {
  if (first === 0 || ((1 << doc.gap[first]) & SPOKEN_GAPS) === 0) return false;
  const before = doc.lex[first - 1];
  if (doc.shape[first - 1] === Shape.Redacted || before & (Lex.Medical | Lex.Drug)) return false;
  // "march 4 1960 216 555 0142": what was read out before.
  if (!isWord(doc, first - 1) && !(isDigits(doc, first - 1) && lengthOf(doc, first - 1) > 3)) return false;
  const next = last + 1;
  return next >= doc.count || doc.gap[next] !== Gap.Blank || !(hasDigit(doc, next) || doc.lex[next] & Lex.Medical);
}

const ownLine = (gap: number): boolean => gap === Gap.Line || gap === Gap.Leaf;

/** Alone in a line, or in a row of contact data beside an e-mail or web address, ten digits are a phone's. */
export function inContactRow(doc: Doc, at: number): boolean {
  if (!cellEdge(doc.gap[at]) || !(cellEdge(doc.gap[at + 1]) || doc.text[doc.end[at]] === TAB)) return false;
  if (ownLine(doc.gap[at]) && ownLine(doc.gap[at + 1]) && at > 0) return true;
  for (let t = at + 1; t < doc.count && t - at <= ROW_TOKENS; t++) {
    if (isAddressSign(doc, t)) return true;
    if (ownLine(doc.gap[t])) break;
  }
  for (let t = at; t > 0 && at - t < ROW_TOKENS; t--) {
    if (isAddressSign(doc, t)) return true;
    if (ownLine(doc.gap[t])) break;
  }
  return false;
}

const isAddressSign = (doc: Doc, t: number): boolean =>
  doc.gap[t] === Gap.At ||
  (doc.gap[t] === Gap.Other && doc.text[doc.end[t - 1]] === 0x3a && doc.text[doc.end[t - 1] + 1] === 0x2f);

/** "caregiver Ann Lee, 6175550142": behind a relative ten digits are a phone's. */
export function besidePerson(doc: Doc, at: number): boolean {
  for (let t = at; t > 0 && at - t < PERSON_TOKENS; t--) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || doc.shape[t - 1] === Shape.Redacted || hasDigit(doc, t - 1))
      return false;
    if (gap === Gap.Stop && doc.shape[t - 1] !== Shape.UpperOne) return false;
    if (doc.lex[t - 1] & Lex.Relation) return true;
  }
  return false;
}

const BEHIND_NAME =
  (1 << Gap.Comma) | (1 << Gap.Slash) | (1 << Gap.Pipe) | (1 << Gap.Blank) | (1 << Gap.Dash) | (1 << Gap.Open);
const ENDS =
  (1 << Gap.Leaf) | (1 << Gap.Line) | (1 << Gap.Pipe) | (1 << Gap.Stop) | (1 << Gap.Comma) | (1 << Gap.Close);

/** "adjuster Ann Lee, 555-0142", "Ann Lee NP / 555-0142", "| 555 0142 |": seven digits right behind a name, or in a cell of their own. */
export function isBesideName(doc: Doc, first: number, last: number): boolean {
  const gap = doc.gap[first];
  const end = 1 << doc.gap[last + 1];
  if (gap === Gap.Pipe && end & ENDS) return true;
  if (first === 0 || doc.gap[last] === Gap.Blank || ((1 << gap) & BEHIND_NAME) === 0) return false;
  const t = doc.lex[first - 1] & Lex.Credential && first > 1 ? first - 2 : first - 1;
  return doc.tags[t] === Tag.Name || doc.tags[t] === Tag.NameOn || doc.tags[first - 1] === Tag.NameOn;
}
