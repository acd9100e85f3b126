/** Values of biometric records as text: where they begin behind a label, where they end, and what shows that they are ids. */
import { type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { FILES } from './biometric-labels.js';
import { codeAtToken } from './id-code.js';
import { TEMPLATE_UNITS_MAX } from './template-value.js';
import { isBase64Unit, isPlainUnit } from './units.js';

/** Code units and tokens of a tag's attributes. */
const TAG_MAX = 100;
const TAG_TOKENS_MAX = 10;

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
export function fileEnd(doc: Doc, t: number, to: number): number {
  const { text, gap, hash, end } = doc;
  if (text[to] !== 0x2e || !isPlainUnit(text[to + 1])) return -1;
  for (let k = t + 1; k < doc.count && k - t < 12; k++) {
    if (doc.start[k] <= to) continue;
    return gap[k] === Gap.Dot && FILES.has(hash[k]) ? end[k] : -1;
  }
  return -1;
}
