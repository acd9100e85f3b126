/**
 * The weights of the tagger: four scores a row (name, place, date, each against nothing; and whether a span begins anew), a byte each.
 * A row is one word of memory, and two of its scores are added at a time.
 */
import { NOTHING } from '../../../detectors/lexicon/sparse.js';

/** Rows of weights. */
export const ROW_BITS = 20;
export const ROWS = 1 << ROW_BITS;
export const FEATURES = 26;
/** Of them, those that are looked at first: the token, its neighbours, its label and its last letters. */
const NEAR = 6;
/** And those that only a token is asked for of which the others leave something open: what stands further off, and two at a time. */
export const WIDE = 10;

/** What a stored weight of one stands for: this many make one natural logarithm of odds. */
export const SCALE = 32;
/** Scores of a row. */
export const LANES = 4;
/** Bytes are stored without a sign: this stands for nothing. */
export const ZERO = NOTHING;
/** What the sum of a token's scores is too large by. */
export const BIAS = ZERO * FEATURES;
/** Below this the first features have said so clearly that nothing begins that the others are not asked. */
export const HOPELESS = ZERO * NEAR - 40;
/** Likewise of all but the wide ones. */
export const HOPELESS_WIDE = ZERO * (FEATURES - WIDE) - 64;
/** What no answer of the wide features adds to both sums of a word. */
export const WIDE_NOTHING = ZERO * WIDE * 0x10001;
/** The first and the third score of a row; shifted by eight bits, the second and the fourth. */
export const PAIR = 0x00ff00ff;
/** A sum of one score, and where that of the other begins. */
export const SUM_MASK = 0xffff;
export const SUM_BITS = 16;
