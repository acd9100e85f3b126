/**
 * Softmax regression over hashed features, one token after the other as the walk will do it, with a step size of its own for each
 * weight (AdaGrad). Probabilities come out calibrated, which a perceptron's scores are not.
 */
import { Random } from '../../fixtures/corpus/random.js';
import { rowsOf } from '../../src/engine/tagger/features.js';
import { ends, Gate } from '../../src/engine/tagger/gate.js';
import { FEATURES, LANES, ROWS, SCALE, ZERO } from '../../src/engine/tagger/weights.js';
import { type Example, IGNORED } from './examples.js';

/** The lane that says whether a span begins anew behind one of its own type. */
const BOUNDARY = 3;
const TYPES = 3;
const SCORE_MAX = 127;
const RATE = 0.07;
/** Keeps the first steps small. */
const SQUARES_MIN = 1e-3;
/** Rows seen fewer times than this learn nothing. */
const COUNT_MIN = 9;
const COUNT_MAX = 0xffff;
/** Before the last epoch, rows of which every score is below this are given up, so that the others learn to do without them. */
const TELLING_MIN = 8 / SCALE;
/** How often the walk goes on from the truth; else from what was taken for it, so that it learns to live with its mistakes. */
const TRUTH_SHARE = 0.7;

export interface LearnOptions {
  readonly epochs: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** `LANES` scores a row: name, place and date against nothing, and boundary. */
export function learn(examples: readonly Example[], { epochs, seed, say }: LearnOptions): Float32Array {
  const weights = new Float32Array(ROWS * LANES);
  const squares = new Float32Array(ROWS * LANES).fill(SQUARES_MIN);
  const seen = countRows(examples);
  const random = new Random(seed);
  const rows = new Int32Array(FEATURES);
  const score = new Float64Array(LANES);
  const share = new Float64Array(TYPES);
  const step = (at: number, gradient: number): void => {
    squares[at] += gradient * gradient;
    weights[at] += (RATE * gradient) / Math.sqrt(squares[at]);
  };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (epoch === epochs) giveUp(weights, seen);
    let loss = 0;
    let total = 0;
    for (const { count, keys, types, begins, gates } of random.shuffle(examples)) {
      let last = 0;
      let before = 0;
      for (let t = 0; t < count; t++) {
        if (ends(gates[t], last)) last = before = 0;
        const gold = types[t];
        if (((gates[t] & Gate.Begin) === 0 && last === 0) || gold === IGNORED) {
          before = last;
          last = 0;
          continue;
        }
        rowsOf(keys, t, last, before, rows);
        score.fill(0);
        for (let k = 0; k < FEATURES; k++) {
          if (seen[rows[k]] < COUNT_MIN) continue;
          for (let lane = 0; lane < LANES; lane++) score[lane] += weights[rows[k] * LANES + lane];
        }
        const best = shares(score, share);
        const inside = gold > 0 && last === gold;
        const anew = 1 / (1 + Math.exp(-score[BOUNDARY]));
        for (let k = 0; k < FEATURES; k++) {
          if (seen[rows[k]] < COUNT_MIN) continue;
          const at = rows[k] * LANES;
          for (let y = 0; y < TYPES; y++) step(at + y, (gold === y + 1 ? 1 : 0) - share[y]);
          if (inside) step(at + BOUNDARY, begins[t] - anew);
        }
        loss -= Math.log(Math.max(1e-9, gold === 0 ? 1 - share[0] - share[1] - share[2] : share[gold - 1]));
        total++;
        before = last;
        last = random.chance(TRUTH_SHARE) ? gold : best;
      }
    }
    say(`epoch ${epoch}: loss ${(loss / total).toFixed(4)}`);
  }
  return weights;
}

/** The weights as the walk wants them. */
export function quantise(weights: Float32Array): Uint8Array {
  return Uint8Array.from(
    weights,
    (weight) => ZERO + Math.max(-SCORE_MAX, Math.min(SCORE_MAX, Math.round(weight * SCALE))),
  );
}

/** Turns scores into probabilities of each type; what remains is that of nothing. Returns the likeliest. */
function shares(score: Float64Array, share: Float64Array): number {
  const top = Math.max(0, score[0], score[1], score[2]);
  let sum = Math.exp(-top);
  let best = 0;
  for (let y = 0; y < TYPES; y++) {
    share[y] = Math.exp(score[y] - top);
    sum += share[y];
    if (score[y] > 0 && score[y] === top) best = y + 1;
  }
  for (let y = 0; y < TYPES; y++) share[y] /= sum;
  return best;
}

/** Clears the rows that say little and has them learn nothing more. */
function giveUp(weights: Float32Array, seen: Uint16Array): void {
  for (let row = 0; row < ROWS; row++) {
    const scores = weights.subarray(row * LANES, (row + 1) * LANES);
    if (scores.some((score) => Math.abs(score) >= TELLING_MIN)) continue;
    scores.fill(0);
    seen[row] = 0;
  }
}

function countRows(examples: readonly Example[]): Uint16Array {
  const seen = new Uint16Array(ROWS);
  const rows = new Int32Array(FEATURES);
  for (const { count, keys, types, gates } of examples) {
    let last = 0;
    let before = 0;
    for (let t = 0; t < count; t++) {
      if (ends(gates[t], last)) last = before = 0;
      if (gates[t] & Gate.Begin || last !== 0) {
        rowsOf(keys, t, last, before, rows);
        for (let k = 0; k < FEATURES; k++) if (seen[rows[k]] < COUNT_MAX) seen[rows[k]]++;
      }
      before = last;
      last = types[t] === IGNORED ? 0 : types[t];
    }
  }
  return seen;
}
