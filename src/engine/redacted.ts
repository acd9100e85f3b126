/**
 * The two forms that Sluice itself writes in place of an identifier: `[MRN-1]` and `[MRN:` followed by sixteen base32
 * characters. Exactly these count as redacted already, so nobody can smuggle a payload through in a bracket: an ordinal
 * is small, or goes on counting from those before it, as it does in what Sluice writes.
 */
import { CATEGORIES, type Category } from '../../detectors/contract.js';

/** Characters of a keyed hash in a `[MRN:…]` label: 80 bits in base32. */
export const HASH_LENGTH = 16;
const ORDINAL_DIGITS_MAX = 7;
/** Ordinals up to this need no predecessor: messages are quoted in part. */
const ORDINAL_FREE_MAX = 99;
const TAG_LENGTH_MAX = 1 + Math.max(...CATEGORIES.map((category) => category.length));

/** The label's word for a category: `health-plan` is `HEALTH-PLAN`. */
export function tagOf(category: Category): string {
  return TAG_OF.get(category) ?? category;
}

const TAG_OF = new Map(CATEGORIES.map((category) => [category, category.toUpperCase()]));
const TAGS = new Set<string>(TAG_OF.values());

const OPEN = 0x5b;
const CLOSE = 0x5d;
const HYPHEN = 0x2d;
const COLON = 0x3a;

/** The highest ordinal of the labels seen so far in one text. */
export interface Ordinals {
  highest: number;
}

/** Where the redaction label that opens at `at` ends (exclusive), or 0 if none opens there. */
export function redactedEnd(text: Uint16Array, at: number, length: number, ordinals: Ordinals): number {
  if (text[at] !== OPEN) return 0;
  const limit = Math.min(length, at + 1 + TAG_LENGTH_MAX + ORDINAL_DIGITS_MAX + HASH_LENGTH);
  let separator = 0;
  let i = at + 1;
  for (; i < limit; i++) {
    const c = text[i];
    if (c === COLON || c === HYPHEN) separator = i;
    else if (!(c >= 0x41 && c <= 0x5a)) break;
    if (c === COLON) break;
  }
  if (separator === 0 || !TAGS.has(String.fromCharCode(...text.subarray(at + 1, separator)))) return 0;
  let j = separator + 1;
  if (text[separator] === HYPHEN) {
    let ordinal = 0;
    while (j < limit && text[j] >= 0x30 && text[j] <= 0x39) ordinal = ordinal * 10 + text[j++] - 0x30;
    if (j === separator + 1 || text[separator + 1] === 0x30 || text[j] !== CLOSE || j >= length) return 0;
    if (ordinal > ORDINAL_FREE_MAX && ordinal > ordinals.highest + 1) return 0;
    ordinals.highest = Math.max(ordinals.highest, ordinal);
    return j + 1;
  }
  while (j <= separator + HASH_LENGTH && isBase32(text[j])) j++;
  return j === separator + 1 + HASH_LENGTH && text[j] === CLOSE && j < length ? j + 1 : 0;
}

function isBase32(c: number): boolean {
  return (c >= 0x41 && c <= 0x5a) || (c >= 0x32 && c <= 0x37);
}
