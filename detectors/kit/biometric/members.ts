/** Parts of biometric records around a label: numbers under one key, loci of a profile, the first figure of a row, a hash before its label. */
import { type Doc, Flag, Gap } from '../../contract.js';
import { continues } from '../nearby.js';
import { isDigits, isWord } from '../read.js';
import { isBase64Unit } from '../units.js';
import { isMade } from './template-value.js';

/** Tokens that a number and the key of the next one take. */
const MEMBER_TOKENS_MAX = 5;

/**
 * End of a number that is one of many under a key of the label at `at`, `"voiceprint": [0.12, -0.44, …]`, each laid out behind
 * its key; else -1.
 */
export function memberEnd(doc: Doc, at: number): number {
  const first = doc.value[at];
  if (first < 0 || (doc.flags[at] & Flag.Key) === 0 || !isDigits(doc, first)) return -1;
  const last = doc.gap[first + 1] === Gap.Dot && isDigits(doc, first + 1) ? first + 1 : first;
  if (doc.gap[last + 1] !== Gap.Leaf) return -1;
  for (let k = 1; k <= MEMBER_TOKENS_MAX; k++)
    if (isSameKey(doc, at, last + k) || isSameKey(doc, at, at - k)) return doc.end[last];
  return -1;
}

const isSameKey = (doc: Doc, at: number, t: number): boolean =>
  t >= 0 &&
  t < doc.count &&
  doc.label[t] === doc.label[at] &&
  doc.hash[t] === doc.hash[at] &&
  (doc.flags[t] & Flag.Key) !== 0;

/** Figures of the alleles of a locus: 9.3, 10. */
const ALLELES_MAX = 4;

/** End of `"D3S1358": "15,16"`, one locus of a profile as the member of an object; else -1. */
export function allelesEnd(doc: Doc, at: number): number {
  const first = doc.value[at];
  if (first < 0 || (doc.flags[at] & Flag.Key) === 0 || !isDigits(doc, first)) return -1;
  let last = first;
  while (last - first < ALLELES_MAX && isDigits(doc, last + 1) && doc.gap[last + 1] !== Gap.Leaf) last++;
  return last > first && doc.gap[last + 1] === Gap.Leaf ? doc.end[last] : -1;
}

/** The value of a label, behind words such as "list" and "values". */
export function firstFigure(doc: Doc, at: number): number {
  let t = doc.value[at];
  for (let steps = 0; t > 0 && steps < 2 && isWord(doc, t) && doc.end[t] - doc.start[t] > 2; steps++) t++;
  return t >= doc.count || (t > 0 && !continues(doc, t, at)) ? -1 : t;
}

const HANGING_MAX = 128;
const FIELD_MIN = 16;

/** Where a hash or template begins whose last part is the token: "9f86d081884c7d65 is her fingerprint hash"; else -1. */
export function longStart(doc: Doc, last: number): number {
  const to = doc.end[last];
  const edge = Math.max(0, to - HANGING_MAX);
  let from = to;
  while (from > edge && isBase64Unit(doc.text[from - 1])) from--;
  return to - from >= FIELD_MIN && isMade(doc.text, from, to, true, false, false) ? from : -1;
}
