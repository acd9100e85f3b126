/** Values of biometric records that are more than one run: groups, pairs, rows of figures, decimals, files, crypt hashes. Bounded. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { digitsIn, hasDigit, isDigits, lengthOf } from '../read.js';
import { isBase64Unit, isHexUnit, isPlainUnit } from '../units.js';
import { FILES } from './labels.js';
import { vectorEnd, wholesEnd } from './template-value.js';
import { runEnd } from './value.js';

const PREFIX_MAX = 5;
const EXTENSION_MAX = 5;
const GROUP_DIGITS_MIN = 5;
const FIGURES_DIGITS_MIN = 7;
const CRYPT_MIN = 20;
const CRYPT_MAX = 160;
/** Hexadecimal digits that groups have together. */
const HEX_MIN = 12;
const GROUPS_MAX = 512;
const ROWS_TOKENS_MAX = 400;
const ROW_NAME_MAX = 4;
const ROW_LOCUS_MAX = 8;
const FIGURES_MIN = 4;
const CLASS_TOKENS_MAX = 7;
const COMMA = 0x2c;
const DECIMALS_MIN = 3;

/** End of voice_sample_12.wav behind the label, or -1. */
export function fileEnd(doc: Doc, t: number): number {
  const { text, gap, hash, end } = doc;
  const to = runEnd(text, doc.start[t], doc.length);
  if (text[to] !== 0x2e || !isPlainUnit(text[to + 1])) return -1;
  for (let k = t + 1; k < doc.count && k - t < 12; k++) {
    if (doc.start[k] <= to) continue;
    return gap[k] === Gap.Dot && (FILES.has(hash[k]) || isExtension(doc, t, k)) ? end[k] : -1;
  }
  return -1;
}

/** right_thumb_4820.fpt: a file of some program, whose name has parts and a number. */
function isExtension(doc: Doc, first: number, at: number): boolean {
  const length = lengthOf(doc, at);
  if (length < 2 || length > EXTENSION_MAX || doc.text[doc.start[at]] < 0x61 || isJoinedBehind(doc, at)) return false;
  let parts = 0;
  let digits = 0;
  for (let t = first; t < at; t++) {
    digits += digitsIn(doc, t);
    if (doc.gap[t + 1] === Gap.Underscore || doc.gap[t + 1] === Gap.Hyphen) parts++;
  }
  return parts > 0 && digits > 2;
}

function isJoinedBehind(doc: Doc, at: number): boolean {
  const gap = doc.gap[at + 1];
  return at + 1 < doc.count && (gap === Gap.Dot || gap === Gap.Underscore || gap === Gap.Hyphen);
}

/** End of "46 4D 52 00 20", "46:4D:52" and of "9F3A 22BC 01DE": groups of two, four or eight hexadecimal digits; else -1. */
function hexEnd(doc: Doc, at: number): number {
  const size = lengthOf(doc, at);
  if (size !== 2 && size !== 4 && size !== 8) return -1;
  let digits = 0;
  let letters = 0;
  let t = at;
  for (; t < doc.count && t - at < GROUPS_MAX && lengthOf(doc, t) === size && isHex(doc, t); t++) {
    if (t > at && ((doc.gap[t] !== Gap.Blank && doc.gap[t] !== Gap.Colon) || doc.gap[t] !== doc.gap[at + 1])) break;
    if (doc.shape[t] === Shape.Redacted) break;
    const figures = digitsIn(doc, t);
    digits += figures;
    letters += size - figures;
  }
  if ((t - at) * size < HEX_MIN || digits === 0) return -1;
  return size === 2 || letters > 0 ? doc.end[t - 1] : -1;
}

function isHex(doc: Doc, t: number): boolean {
  for (let i = doc.start[t]; i < doc.end[t]; i++) if (!isHexUnit(doc.text[i])) return false;
  return true;
}

/** End of 482 913 345 and 48291 33456: a number in groups, seven digits and more; else -1. */
function figuresEnd(doc: Doc, at: number): number {
  if (!isDigits(doc, at) || doc.gap[at + 1] !== Gap.Blank) return -1;
  let digits = lengthOf(doc, at);
  let last = at;
  while (
    last - at < 4 &&
    doc.gap[last + 1] === Gap.Blank &&
    last + 1 < doc.count &&
    isDigits(doc, last + 1) &&
    doc.start[last + 1] - doc.end[last] === 1 &&
    lengthOf(doc, last + 1) >= 2
  )
    digits += lengthOf(doc, ++last);
  return last > at && digits >= FIGURES_DIGITS_MIN && !isUnitBehind(doc, last) ? doc.end[last] : -1;
}

/** End of three decimals and more with signs or blanks between, as an embedding is written; else -1. */
export function decimalsEnd(doc: Doc, at: number): number {
  if (doc.gap[at + 1] !== Gap.Dot || !isDigits(doc, at) || !isDigits(doc, at + 1)) return -1;
  const end = vectorEnd(doc.text, doc.start[at], doc.length);
  let dots = 0;
  for (let i = doc.start[at]; i < end && dots < DECIMALS_MIN; i++) if (doc.text[i] === 0x2e) dots++;
  return dots === DECIMALS_MIN ? end : -1;
}

const wholesOf = (doc: Doc, t: number): number =>
  isDigits(doc, t) && doc.text[doc.end[t]] === COMMA ? wholesEnd(doc.text, doc.start[t], doc.length) : -1;

/** End of 17 U IOI 12 and 12 M 9 U OOO 12: the classification of ten fingers after Henry; else -1. */
function classEnd(doc: Doc, at: number): number {
  let last = at - 1;
  let letters = 0;
  for (let t = at; t < doc.count && t - at < CLASS_TOKENS_MAX; t++) {
    if (t > at && doc.gap[t] !== Gap.Blank) break;
    const length = lengthOf(doc, t);
    if (
      doc.shape[t] === Shape.Upper ? length > 3 : doc.shape[t] !== Shape.UpperOne && (!isDigits(doc, t) || length > 2)
    )
      break;
    if (doc.shape[t] === Shape.Upper) letters++;
    last = t;
  }
  return last - at >= 3 && letters > 0 && isDigits(doc, at) && isDigits(doc, last) ? doc.end[last] : -1;
}

/** End of a value that is written in groups of its own kind, or -1. */
export function groupedEnd(doc: Doc, t: number): number {
  const end = Math.max(groupsEnd(doc, t), hexEnd(doc, t));
  if (end > 0) return end;
  return Math.max(figuresEnd(doc, t), decimalsEnd(doc, t), wholesOf(doc, t), classEnd(doc, t));
}

/**
 * End of rows of figures behind a word for such records, "x=112 y=204 t=E; x=98 …", "D3S1358 15,17; vWA 16,18": figures,
 * names of a few letters, names of loci, and signs; -1 unless there are several figures.
 */
export function rowsEnd(doc: Doc, first: number): number {
  let figures = 0;
  let last = -1;
  for (let t = first; t < doc.count && t - first < ROWS_TOKENS_MAX; t++) {
    const gap = doc.gap[t];
    if (t > first && (gap === Gap.Leaf || gap === Gap.Line || doc.shape[t] === Shape.Redacted)) break;
    const length = lengthOf(doc, t);
    if (isDigits(doc, t) && length <= 5) {
      figures++;
      last = t;
    } else if (!hasDigit(doc, t)) {
      if (length > ROW_NAME_MAX || (doc.lex[t] & (Lex.Common | Lex.Function) && length > 1)) break;
    } else if (length > ROW_LOCUS_MAX || doc.text[doc.start[t]] > 0x5a) break;
  }
  return figures >= FIGURES_MIN ? doc.end[last] : -1;
}

/** End of $2b$12$KIXQ…, a hash in the form of crypt(3), whose first part is the token; else -1. */
export function cryptEnd(doc: Doc, t: number): number {
  const { text, start, length } = doc;
  if (text[start[t] - 1] !== 0x24) return -1;
  const edge = Math.min(length, start[t] + CRYPT_MAX);
  let to = start[t];
  let parts = 0;
  for (; to < edge && (isBase64Unit(text[to]) || text[to] === 0x24 || text[to] === 0x2e || text[to] === 0x2c); to++)
    if (text[to] === 0x24) parts++;
  while (to > start[t] && !isPlainUnit(text[to - 1])) to--;
  return parts > 0 && to - start[t] >= CRYPT_MIN ? to : -1;
}

/** FP 908288, FP/940626, FPT.106268: capitals, a sign or blank, and five digits or more; the end, or -1. */
function groupsEnd(doc: Doc, t: number): number {
  const next = t + 1;
  if (doc.shape[t] !== Shape.Upper || lengthOf(doc, t) > PREFIX_MAX || next >= doc.count || !isDigits(doc, next))
    return -1;
  const gap = doc.gap[next];
  if ((gap !== Gap.Blank && gap !== Gap.Slash && gap !== Gap.Dot) || (doc.lex[t] & (Lex.Month | Lex.Common)) !== 0)
    return -1;
  let last = next;
  let digits = lengthOf(doc, next);
  while (
    last - next < 3 &&
    last + 1 < doc.count &&
    doc.gap[last + 1] === gap &&
    isDigits(doc, last + 1) &&
    doc.start[last + 1] - doc.end[last] === 1
  )
    digits += lengthOf(doc, ++last);
  return digits >= GROUP_DIGITS_MIN && doc.start[next] - doc.end[t] === 1 ? doc.end[last] : -1;
}

/** The end of PALM.4482.KD, whose run ends at `to`: short parts in capitals or digits behind dots. */
export function dottedEnd(doc: Doc, first: number, to: number): number {
  let end = to;
  let t = first;
  while (t < doc.count && doc.start[t] < to) t++;
  for (; t < doc.count && t - first < GROUP_DIGITS_MIN && doc.gap[t] === Gap.Dot && doc.start[t] === end + 1; t++) {
    const upper = doc.shape[t] === Shape.Upper || doc.shape[t] === Shape.UpperOne;
    if (!(hasDigit(doc, t) || (upper && lengthOf(doc, t) <= ROW_NAME_MAX))) break;
    end = doc.end[t];
  }
  return end;
}
