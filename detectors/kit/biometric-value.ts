/** Values of biometric records as text: where they begin behind a label, where they end, and what shows that they are ids. */
import { type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { FILES, TRAITS } from './biometric-labels.js';
import { isCalendarDay } from './code-weight.js';
import { codeAtToken } from './id-code.js';
import { hasDigit, isDigits, lengthOf, numberAt } from './read.js';
import { TEMPLATE_UNITS_MAX } from './template-value.js';
import { isBase64Unit, isDigitUnit, isHexUnit, isPlainUnit } from './units.js';

/** Code units and tokens of a tag's attributes. */
const TAG_MAX = 100;
const TAG_TOKENS_MAX = 10;
/** Tokens, across the leaves of JSON, in which a trait has to be named for a word such as "template". */
const TRAIT_REACH = 12;
const PREFIX_MAX = 5;
const PARTS_MAX = 12;
const GROUP_DIGITS_MIN = 5;
const NUMBER_MIN = 6;
const CRYPT_MIN = 20;
const CRYPT_MAX = 160;
const DAY_DIGITS = 8;
const TIES = (1 << Gap.Hyphen) | (1 << Gap.Underscore) | (1 << Gap.Dot) | (1 << Gap.None);
const PAIRS_MIN = 6;
const PAIRS_MAX = 512;
const ROWS_TOKENS_MAX = 400;
const ROW_NAME_MAX = 4;
const ROW_LOCUS_MAX = 8;
const FIGURES_MIN = 4;

/** VA-448213: capitals and four digits or more are an id, whatever words lead up to it. */
export function isNumbered(doc: Doc, t: number): boolean {
  const first = doc.text[doc.start[t]];
  if (first < 0x41 || first > 0x5a || (doc.lex[t] & Lex.Month) !== 0) return false;
  const claim = codeAtToken(doc, t);
  return claim !== null && claim.digits > 3;
}

/** Behind the attributes of a tag whose name is the label: `<biometric type="finger">`. */
export function behindTag(doc: Doc, at: number): number {
  const { text, start, end } = doc;
  if (start[at] === 0 || text[start[at] - 1] !== 0x3c) return at + 1;
  let i = end[at];
  const edge = Math.min(doc.length, i + TAG_MAX);
  while (i < edge && text[i] !== 0x3e) i++;
  let t = at + 1;
  while (t < doc.count && t - at < TAG_TOKENS_MAX && start[t] < i) t++;
  return i < edge ? t : at + 1;
}

/** ID-4471: the word is the first part of the value. */
export function isJoined(doc: Doc, t: number): boolean {
  const sign = doc.text[doc.end[t]];
  // R+uP6D…: base64, and not the right hand.
  const joined = sign === 0x2d || sign === 0x5f || sign === 0x2b || sign === 0x2f;
  return joined && isPlainUnit(doc.text[doc.end[t] + 1]);
}

/** End of a run of base64 with its padding, without the signs of the sentence. */
export function valueEnd(text: Uint16Array, from: number, length: number): number {
  let to = runEnd(text, from, length);
  // Parts with colons or points between, unless they end a sentence or begin a clock: FPT.48213, v2:9f3a, 9F:3A:44.
  for (
    let parts = 0;
    parts < PARTS_MAX &&
    ((text[to] === 0x3a && isPlainUnit(text[to + 1])) ||
      (text[to] === 0x2e && (isDigitUnit(text[to + 1]) || (parts > 0 && isPlainUnit(text[to + 1])))));
    parts++
  ) {
    const next = runEnd(text, to + 1, length);
    if (next - to <= 2) break;
    to = next;
  }
  return to;
}

function runEnd(text: Uint16Array, from: number, length: number): number {
  const edge = Math.min(length, from + TEMPLATE_UNITS_MAX);
  let to = from;
  while (to < edge && isBase64Unit(text[to]) && text[to] !== 0x3d) to++;
  // Padding ends it: what follows an equals sign is another value.
  while (to < edge && text[to] === 0x3d) to++;
  while (to > from && !isPlainUnit(text[to - 1]) && text[to - 1] !== 0x3d) to--;
  return to;
}

/** BIO-FP-zirisxq: short capitals, then something that is no word. */
export function isPrefixed(doc: Doc, at: number, to: number): boolean {
  if (doc.shape[at] !== Shape.Upper || doc.end[at] - doc.start[at] > 5) return false;
  for (let t = at + 1; t < doc.count && t - at < 5 && doc.end[t] <= to && doc.gap[t] === Gap.Hyphen; t++)
    if (doc.end[t] - doc.start[t] > 4 && doc.lex[t] === 0) return true;
  return false;
}

/** End of voice_sample_12.wav behind the label, or -1. */
export function fileEnd(doc: Doc, t: number): number {
  const { text, gap, hash, end } = doc;
  const to = runEnd(text, doc.start[t], doc.length);
  if (text[to] !== 0x2e || !isPlainUnit(text[to + 1])) return -1;
  for (let k = t + 1; k < doc.count && k - t < 12; k++) {
    if (doc.start[k] <= to) continue;
    return gap[k] === Gap.Dot && FILES.has(hash[k]) ? end[k] : -1;
  }
  return -1;
}

/** Beginning of FP_0048_L2.wsq, whose ending the token is, or -1. */
export function fileStart(doc: Doc, at: number): number {
  if (doc.gap[at] !== Gap.Dot) return -1;
  let digits = 0;
  let t = at;
  while (
    t > 0 &&
    at - t < PARTS_MAX &&
    (t === at || ((1 << doc.gap[t]) & TIES) !== 0) &&
    doc.shape[t - 1] !== Shape.Redacted
  ) {
    t--;
    if (hasDigit(doc, t)) digits++;
  }
  return digits > 0 ? doc.start[t] : -1;
}

/** End of "46 4D 52 00 20": six or more pairs of hexadecimal digits with blanks between; else -1. */
export function pairsEnd(doc: Doc, at: number): number {
  let t = at;
  while (
    t < doc.count &&
    t - at < PAIRS_MAX &&
    lengthOf(doc, t) === 2 &&
    isHexPair(doc, t) &&
    (t === at || doc.gap[t] === Gap.Blank)
  )
    t++;
  return t - at >= PAIRS_MIN ? doc.end[t - 1] : -1;
}

function isHexPair(doc: Doc, t: number): boolean {
  return isHexUnit(doc.text[doc.start[t]]) && isHexUnit(doc.text[doc.start[t] + 1]);
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
export function groupsEnd(doc: Doc, t: number): number {
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

/** 20240118, 01182024 */
function mayBeDay(doc: Doc, t: number): boolean {
  if (isCalendarDay(doc, t)) return true;
  const value = numberAt(doc, t);
  const year = value % 10000;
  return year > 1900 && year < 2100 && value < 32_000_000;
}

/** R2, l5: which finger of which hand. */
export function isPosition(doc: Doc, t: number): boolean {
  if (lengthOf(doc, t) !== 2) return false;
  const side = doc.text[doc.start[t]] | 0x20;
  const finger = doc.text[doc.start[t] + 1];
  return (side === 0x72 || side === 0x6c) && finger >= 0x31 && finger <= 0x35;
}

/** A number of six digits or more, alone or in groups with hyphens, that is no day: what follows the word at once. */
export function isLongNumber(doc: Doc, t: number): boolean {
  if (!isDigits(doc, t)) return false;
  const claim = codeAtToken(doc, t);
  return (
    claim !== null &&
    claim.letters === 0 &&
    claim.digits >= NUMBER_MIN &&
    !(claim.first === claim.last && claim.digits === DAY_DIGITS && mayBeDay(doc, t))
  );
}

/** Whether a trait is named around a word such as "template". */
export function isTraitNear(doc: Doc, at: number): boolean {
  const from = Math.max(0, at - TRAIT_REACH);
  const to = Math.min(doc.count, at + TRAIT_REACH);
  for (let t = from; t < to; t++) if (TRAITS.has(doc.hash[t])) return true;
  return false;
}
