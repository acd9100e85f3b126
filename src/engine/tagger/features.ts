/**
 * The features of a token, each hashed to a row of the weights: the token itself, its neighbours, how they are written, its
 * label, what the two tokens before it were taken for, and how the whole text speaks.
 */
import type { Keys } from './keys.js';
import { PAD } from './keys.js';

/** Rows of weights. */
const ROW_BITS = 20;
export const ROWS = 1 << ROW_BITS;
const SHIFT = 32 - ROW_BITS;

const A = 0x85ebca6b | 0;
const B = 0xc2b2ae35 | 0;
const C = 0x5bd1e995 | 0;
const D = 0x1b56c4e9 | 0;
const E = 0x3d4d51cb | 0;

export const FEATURES = 16;

/** Of them, those that are looked at first: the token, its neighbours, its label and its last letters. */
export const NEAR = 6;

/** Writes the rows of all features of token `t`; `last` and `before` are the types of the two tokens before it. */
export function rowsOf(keys: Keys, t: number, last: number, before: number, rows: Int32Array): void {
  nearRowsOf(keys, t, last, rows);
  farRowsOf(keys, t, last, before, rows);
}

export function nearRowsOf({ word, kind, form, suffix, owner }: Keys, t: number, last: number, rows: Int32Array): void {
  const i = t + PAD;
  const f = form[i];
  const shape = (f - 1) >> 5;
  const gapAfter = (form[i + 1] - 1) & 31;
  rows[0] = Math.imul(kind[i] ^ 0x1b873593, A) >>> SHIFT;
  rows[1] = Math.imul(word[i] ^ 0x2545f491, B) >>> SHIFT;
  rows[2] = Math.imul((word[i - 1] + Math.imul(f, E)) ^ 0x11, A) >>> SHIFT;
  rows[3] = Math.imul((word[i + 1] + Math.imul((gapAfter << 5) | shape, E)) ^ 0x22, A) >>> SHIFT;
  rows[4] = Math.imul((owner[i] + Math.imul((shape << 3) | last, C)) ^ 0xbb0000, A) >>> SHIFT;
  rows[5] = Math.imul((suffix[i] + Math.imul(last, D)) ^ 0x99, A) >>> SHIFT;
}

export function farRowsOf(keys: Keys, t: number, last: number, before: number, rows: Int32Array): void {
  const { word, kind, rough, form, register } = keys;
  const i = t + PAD;
  const w = word[i];
  const k = kind[i];
  const kr = kind[i + 1];
  const f = form[i];
  const fr = form[i + 1];
  const gap = (f - 1) & 31;
  const gapAfter = (fr - 1) & 31;
  const shape = (f - 1) >> 5;
  const past = last * 5 + before;
  rows[6] = Math.imul((k + Math.imul(kr, C) + gapAfter) ^ 0x66, B) >>> SHIFT;
  rows[7] = Math.imul((k + Math.imul((last << 5) | gap, D)) ^ 0x77, A) >>> SHIFT;
  rows[8] = Math.imul((w + Math.imul(past, D)) ^ 0x88, B) >>> SHIFT;
  rows[9] = Math.imul(((form[i - 1] << 20) + (f << 10) + fr) ^ 0xaaaa1, B) >>> SHIFT;
  rows[10] = Math.imul((word[i + 1] + Math.imul(k, C) + last) ^ 0x234, A) >>> SHIFT;
  rows[11] = Math.imul((word[i - 2] + Math.imul((shape << 5) | last, C)) ^ 0x345, B) >>> SHIFT;
  rows[12] = Math.imul((word[i + 2] + Math.imul((shape << 5) | last, C)) ^ 0x456, A) >>> SHIFT;
  const r = rough[i];
  const r1 = rough[i - 1];
  const r2 = rough[i + 1];
  rows[13] = Math.imul((word[i - 1] + Math.imul(r, C) + gap) ^ 0x567, B) >>> SHIFT;
  rows[14] =
    Math.imul((Math.imul(r, C) + Math.imul((r1 << 5) | gap, D) + Math.imul((r2 << 5) | gapAfter, E)) ^ 0x789, B) >>>
    SHIFT;
  rows[15] = Math.imul((Math.imul(register, C) + r) ^ 0x9ab, B) >>> SHIFT;
}
