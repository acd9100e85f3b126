/**
 * The weights of the tagger: four scores a row (name, place, date, each against nothing; and whether a span begins anew). They are
 * stored as bytes; for the walk the four of a row are packed into one double, so that one addition adds all of them.
 */
import { ROWS } from './features.js';

/** What a stored weight of one stands for: this many make one natural logarithm of odds. */
export const SCALE = 32;
/** Scores of a row. */
export const LANES = 4;
/** A lane holds the sum of all features of a token: 127 times their number, and the sign. */
const LANE = 2 ** 13;
/** What is added to a sum so that no lane is negative. */
export const BIAS = (LANE / 2) * (1 + LANE + LANE ** 2 + LANE ** 3);
export const LANE_MASK = LANE - 1;
export const LANE_HALF = LANE / 2;
export const LANE_BITS = 13;
/** Two lanes. */
export const PAIR = LANE ** 2;

export const WEIGHTS_BYTES = ROWS * LANES;

export function packWeights(bytes: Uint8Array): Float64Array {
  const scores = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const rows = new Float64Array(ROWS);
  for (let row = 0, at = 0; row < ROWS; row++, at += LANES)
    rows[row] = scores[at] + scores[at + 1] * LANE + scores[at + 2] * LANE ** 2 + scores[at + 3] * LANE ** 3;
  return rows;
}
