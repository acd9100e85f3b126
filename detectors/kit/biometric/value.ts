/** Values of biometric records as text: where they begin behind a label, where they end, and what shows that they are ids. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { codeAtToken } from '../code/id-code.js';
import { isCalendarDay } from '../code/weight.js';
import { hasDigit, isDigits, lengthOf, numberAt } from '../read.js';
import { isBase64Unit, isDigitUnit, isPlainUnit } from '../units.js';
import { DIGESTS, TRAITS } from './labels.js';
import { TEMPLATE_UNITS_MAX } from './template-value.js';

/** Code units and tokens of a tag's attributes. */
const TAG_MAX = 100;
const TAG_TOKENS_MAX = 10;
/** Tokens, across the leaves of JSON, in which a trait has to be named for a word such as "template". */
const TRAIT_REACH = 12;
const PARTS_MAX = 12;
const NAME_MAX = 4;
const NUMBER_MIN = 6;
const DAY_DIGITS = 8;
const TIES = (1 << Gap.Hyphen) | (1 << Gap.Underscore) | (1 << Gap.Dot) | (1 << Gap.None);

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

/** Where the value begins with the word that a sign ties to it: palmvein-48201, voice_sample_48.wav. */
export function nameStart(doc: Doc, t: number): number {
  let first = t;
  while (
    first > 0 &&
    t - first < NAME_MAX &&
    (doc.gap[first] === Gap.Hyphen ||
      doc.gap[first] === Gap.Underscore ||
      (doc.gap[first] === Gap.Dot && doc.shape[first - 1] === Shape.Upper)) &&
    doc.shape[first - 1] !== Shape.Redacted
  )
    first--;
  return doc.start[first];
}

/** Where sha256:9f3a… begins when the token is the first behind the name of the algorithm. */
export function schemeStart(doc: Doc, t: number): number {
  const tied = t > 0 && doc.gap[t] === Gap.Colon && doc.start[t] - doc.end[t - 1] === 1;
  return tied && DIGESTS.has(doc.hash[t - 1]) ? doc.start[t - 1] : doc.start[t];
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
    (((text[to] === 0x3a || text[to] === 0x7e) && isPlainUnit(text[to + 1])) ||
      (text[to] === 0x2e &&
        (isDigitUnit(text[to + 1]) || isSide(text, to + 1) || (parts > 0 && isPlainUnit(text[to + 1])))));
    parts++
  ) {
    const next = runEnd(text, to + 1, length);
    // IRIS.48201.L
    if (next - to <= 2 && !(text[to] === 0x2e && isSide(text, to + 1))) break;
    to = next;
  }
  return to;
}

/** One capital or two, and nothing more: L, OD. */
function isSide(text: Uint16Array, at: number): boolean {
  let end = at;
  while (end - at < 2 && text[end] >= 0x41 && text[end] <= 0x5a) end++;
  return end > at && !isPlainUnit(text[end]) && text[end] !== 0x2e;
}

/** End of a run of base64 units. */
export function runEnd(text: Uint16Array, from: number, length: number): number {
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
