/**
 * The features of a token, each hashed to a row of the weights: the token itself, its neighbours, how they are written, its
 * label, what the two tokens before it were taken for, and how the whole text speaks.
 */
import { type Asked, AT_ONCE, type Open } from './asked.js';
import { gapIn, type Keys, PAD, shapeIn } from './keys.js';
import {
  FEATURES,
  HOPELESS,
  HOPELESS_WIDE,
  PAIR,
  ROW_BITS,
  SUM_BITS,
  SUM_MASK,
  WIDE,
  WIDE_NOTHING,
} from './weights.js';

const SHIFT = 32 - ROW_BITS;
const SIGN = 1 << 31;

const A = 0x85ebca6b | 0;
const B = 0xc2b2ae35 | 0;
const C = 0x5bd1e995 | 0;
const D = 0x1b56c4e9 | 0;
const E = 0x3d4d51cb | 0;

/**
 * The row of each feature, of the keys it reads: of the token itself (`k` kind, `w` word, `f` form), its neighbours, and what stands
 * before it. All are called in the tagger's inner loops, where they are inlined.
 */
const kindRow = (k: number): number => Math.imul(k ^ 0x1b873593, A) >>> SHIFT;
const wordRow = (w: number): number => Math.imul(w ^ 0x2545f491, B) >>> SHIFT;
const wordBeforeRow = (w: number, f: number): number => Math.imul((w + Math.imul(f, E)) ^ 0x11, A) >>> SHIFT;
const wordBehindRow = (w: number, gapAfter: number, shape: number): number =>
  Math.imul((w + Math.imul((gapAfter << 5) | shape, E)) ^ 0x22, A) >>> SHIFT;
const ownerRow = (owner: number, shape: number, last: number): number =>
  Math.imul((owner + Math.imul((shape << 3) | last, C)) ^ 0xbb0000, A) >>> SHIFT;
const kindsRow = (k: number, behind: number, gapAfter: number): number =>
  Math.imul((k + Math.imul(behind, C) + gapAfter) ^ 0x66, B) >>> SHIFT;
const kindPastRow = (k: number, gap: number, last: number): number =>
  Math.imul((k + Math.imul((last << 5) | gap, D)) ^ 0x77, A) >>> SHIFT;
const wordPastRow = (w: number, past: number): number => Math.imul((w + Math.imul(past, D)) ^ 0x88, B) >>> SHIFT;
const suffixRow = (suffix: number, last: number): number =>
  Math.imul((suffix + Math.imul(last, D)) ^ 0x99, A) >>> SHIFT;
const formsRow = (before: number, f: number, behind: number): number =>
  Math.imul(((before << 20) + (f << 10) + behind) ^ 0xaaaa1, B) >>> SHIFT;
const wordBehindKindRow = (w: number, k: number, last: number): number =>
  Math.imul((w + Math.imul(k, C) + last) ^ 0x234, A) >>> SHIFT;
const secondBeforeRow = (w: number, shape: number, last: number): number =>
  Math.imul((w + Math.imul((shape << 5) | last, C)) ^ 0x345, B) >>> SHIFT;
const secondBehindRow = (w: number, shape: number, last: number): number =>
  Math.imul((w + Math.imul((shape << 5) | last, C)) ^ 0x456, A) >>> SHIFT;

/** `r` is what the token is roughly, likewise of its neighbours. */
const roughBehindWordRow = (r: number, w: number, gap: number): number =>
  Math.imul((w + Math.imul(r, C) + gap) ^ 0x567, B) >>> SHIFT;
const roughsRow = (r: number, before: number, gap: number, behind: number, gapAfter: number): number =>
  Math.imul(
    (Math.imul(r, C) + Math.imul((before << 5) | gap, D) + Math.imul((behind << 5) | gapAfter, E)) ^ 0x789,
    B,
  ) >>> SHIFT;
const registerRow = (r: number, register: number): number =>
  Math.imul((Math.imul(register, C) + r) ^ 0x9ab, B) >>> SHIFT;

/** Of three things at a time. */
function wideRow(a: number, b: number, c: number, salt: number): number {
  const h = (Math.imul(a ^ salt, A) + Math.imul(b, C) + Math.imul(c, D)) | 0;
  return Math.imul(h ^ (h >>> 15), B) >>> SHIFT;
}

/** Writes the wide rows of token `i`, from `k` on. */
function wideRowsOf(keys: Keys, i: number, last: number, before: number, rows: Int32Array, k: number): void {
  const { word, kind, rough, form, suffix } = keys;
  const shape = shapeIn(form[i]);
  const back = word[i - 1];
  rows[k] = wideRow(word[i - 2], back, shape, 0x1111);
  rows[k + 1] = wideRow(word[i + 1], word[i + 2], shape, 0x2222);
  rows[k + 2] = wideRow(back, word[i + 1], shape, 0x3333);
  rows[k + 3] = wideRow(word[i - 3], shape, last, 0x4444);
  rows[k + 4] = wideRow(word[i + 3], shape, last, 0x5555);
  rows[k + 5] = wideRow(rough[i - 2], rough[i - 1], rough[i], 0x6666);
  rows[k + 6] = wideRow(rough[i], rough[i + 1], rough[i + 2], 0x7777);
  rows[k + 7] = wideRow(back, kind[i], kind[i + 1], 0x8888);
  rows[k + 8] = wideRow(back, last * 5 + before, kind[i], 0x9999);
  rows[k + 9] = wideRow(suffix[i], back, 0, 0xaaab);
}

/** Writes the rows of all features of token `t`; `last` and `before` are the types of the two tokens before it. */
export function rowsOf(keys: Keys, t: number, last: number, before: number, rows: Int32Array): void {
  const { word, kind, rough, form, suffix, owner, register } = keys;
  const i = t + PAD;
  const f = form[i];
  const shape = shapeIn(f);
  const gapAfter = gapIn(form[i + 1]);
  rows[0] = kindRow(kind[i]);
  rows[1] = wordRow(word[i]);
  rows[2] = wordBeforeRow(word[i - 1], f);
  rows[3] = wordBehindRow(word[i + 1], gapAfter, shape);
  rows[4] = ownerRow(owner[i], shape, last);
  rows[5] = kindsRow(kind[i], kind[i + 1], gapAfter);
  rows[6] = kindPastRow(kind[i], gapIn(f), last);
  rows[7] = wordPastRow(word[i], last * 5 + before);
  rows[8] = suffixRow(suffix[i], last);
  rows[9] = formsRow(form[i - 1], f, form[i + 1]);
  rows[10] = wordBehindKindRow(word[i + 1], kind[i], last);
  rows[11] = secondBeforeRow(word[i - 2], shape, last);
  rows[12] = secondBehindRow(word[i + 2], shape, last);
  rows[13] = roughBehindWordRow(rough[i], word[i - 1], gapIn(f));
  rows[14] = roughsRow(rough[i], rough[i - 1], gapIn(f), rough[i + 1], gapAfter);
  rows[15] = registerRow(rough[i], register);
  wideRowsOf(keys, i, last, before, rows, FEATURES - WIDE);
}

/**
 * The sums of the first features for the `count` tokens in `at`, nothing before them. Tokens of which these say clearly that they begin
 * nothing are dropped, unless all are wanted; answers how many are left. No sum depends on another, so that the loads of many
 * tokens overlap: the weights are larger than a processor's near memory.
 */
export function sumNear(keys: Keys, weights: Int32Array, asked: Asked, count: number, all: boolean): number {
  const { word, kind, form, suffix, owner } = keys;
  const { at, even, odd } = asked;
  const kept = all ? 1 : 0;
  let n = 0;
  for (let j = 0; j < count; j++) {
    const t = at[j];
    const i = t + PAD;
    const f = form[i];
    const shape = shapeIn(f);
    const a = weights[kindRow(kind[i])];
    const b = weights[wordRow(word[i])];
    const c = weights[wordBeforeRow(word[i - 1], f)];
    const d = weights[wordBehindRow(word[i + 1], gapIn(form[i + 1]), shape)];
    const e = weights[ownerRow(owner[i], shape, 0)];
    const g = weights[suffixRow(suffix[i], 0)];
    const one = (a & PAIR) + (b & PAIR) + (c & PAIR) + (d & PAIR) + (e & PAIR) + (g & PAIR);
    const two =
      ((a >>> 8) & PAIR) +
      ((b >>> 8) & PAIR) +
      ((c >>> 8) & PAIR) +
      ((d >>> 8) & PAIR) +
      ((e >>> 8) & PAIR) +
      ((g >>> 8) & PAIR);
    at[n] = t;
    even[n] = one;
    odd[n] = two;
    const hopeless =
      ((one & SUM_MASK) - HOPELESS) & ((two & SUM_MASK) - HOPELESS) & ((one >>> SUM_BITS) - HOPELESS) & SIGN;
    // A branch here would be a coin toss.
    n += kept | ((hopeless >>> 31) ^ 1);
  }
  return n;
}

/** Adds the other features for the tokens in `at`. */
export function sumFar(keys: Keys, weights: Int32Array, { at, even, odd }: Asked, count: number): void {
  const { word, kind, rough, form, register } = keys;
  for (let j = 0; j < count; j++) {
    const i = at[j] + PAD;
    const f = form[i];
    const shape = shapeIn(f);
    const k = kind[i];
    const r = rough[i];
    const gap = gapIn(f);
    const gapAfter = gapIn(form[i + 1]);
    const a = weights[kindsRow(k, kind[i + 1], gapAfter)];
    const b = weights[kindPastRow(k, gap, 0)];
    const c = weights[wordPastRow(word[i], 0)];
    const d = weights[registerRow(r, register)];
    const e = weights[formsRow(form[i - 1], f, form[i + 1])];
    const g = weights[wordBehindKindRow(word[i + 1], k, 0)];
    const h = weights[secondBeforeRow(word[i - 2], shape, 0)];
    const l = weights[secondBehindRow(word[i + 2], shape, 0)];
    const m = weights[roughBehindWordRow(r, word[i - 1], gap)];
    const o = weights[roughsRow(r, rough[i - 1], gap, rough[i + 1], gapAfter)];
    even[j] +=
      (a & PAIR) +
      (b & PAIR) +
      (c & PAIR) +
      (d & PAIR) +
      (e & PAIR) +
      (g & PAIR) +
      (h & PAIR) +
      (l & PAIR) +
      (m & PAIR) +
      (o & PAIR);
    odd[j] +=
      ((a >>> 8) & PAIR) +
      ((b >>> 8) & PAIR) +
      ((c >>> 8) & PAIR) +
      ((d >>> 8) & PAIR) +
      ((e >>> 8) & PAIR) +
      ((g >>> 8) & PAIR) +
      ((h >>> 8) & PAIR) +
      ((l >>> 8) & PAIR) +
      ((m >>> 8) & PAIR) +
      ((o >>> 8) & PAIR);
  }
}

/**
 * Adds the wide features for those tokens in `at` of which the others leave something open, or for all. What is open is anybody's
 * guess: such tokens are gathered first, and all their rows worked out before any is looked up.
 */
export function sumWide(
  keys: Keys,
  weights: Int32Array,
  asked: Asked,
  count: number,
  all: boolean,
  { of, rows }: Open,
): void {
  const { at, even, odd } = asked;
  const kept = all ? 1 : 0;
  for (let j = 0; j < count; ) {
    let n = 0;
    for (; j < count && n < AT_ONCE; j++) {
      const one = even[j];
      const two = odd[j];
      const hopeless =
        ((one & SUM_MASK) - HOPELESS_WIDE) &
        ((two & SUM_MASK) - HOPELESS_WIDE) &
        ((one >>> SUM_BITS) - HOPELESS_WIDE) &
        SIGN;
      even[j] = one + WIDE_NOTHING;
      odd[j] = two + WIDE_NOTHING;
      of[n] = j;
      n += kept | ((hopeless >>> 31) ^ 1);
    }
    for (let m = 0; m < n; m++) wideRowsOf(keys, at[of[m]] + PAD, 0, 0, rows, m * WIDE);
    for (let m = 0, k = 0; m < n; m++) {
      const end = k + WIDE;
      let one = 0;
      let two = 0;
      for (; k < end; k++) {
        const row = weights[rows[k]];
        one += row & PAIR;
        two += (row >>> 8) & PAIR;
      }
      even[of[m]] += one - WIDE_NOTHING;
      odd[of[m]] += two - WIDE_NOTHING;
    }
  }
}
