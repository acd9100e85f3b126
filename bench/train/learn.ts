/** Averaged perceptron with a margin over hashed features, one token after the other as the walk will do it. */
import { FEATURES, ROWS, rowsOf } from '../../src/engine/tagger/features.js';
import { type Example, IGNORED } from './examples.js';

/** Scores per row: none, name, place, date, and whether a span of the same type begins anew. */
const LANES = 5;
const BOUNDARY = 4;

export interface LearnOptions {
  readonly epochs: number;
  readonly margin: number;
  /** Rows seen fewer times than this learn nothing. */
  readonly countMin: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

/** Four scores a row (name, place, date against none; boundary), averaged over all steps. */
export function learn(examples: Example[], options: LearnOptions): Float32Array {
  const { epochs, margin, countMin, say } = options;
  const weights = new Float32Array(ROWS * LANES);
  const sums = new Float64Array(ROWS * LANES);
  const rows = new Int32Array(FEATURES);
  const seen = new Uint16Array(ROWS);
  for (const example of examples) {
    let last = 0;
    let before = 0;
    for (let t = 0; t < example.count; t++) {
      if (example.leaf[t]) last = before = 0;
      rowsOf(example.keys, t, last, before, rows);
      for (let k = 0; k < FEATURES; k++) if (seen[rows[k]] < 65535) seen[rows[k]]++;
      before = last;
      last = example.types[t] === IGNORED ? 0 : example.types[t];
    }
  }
  let step = 1;
  let state = options.seed;
  const random = (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  const update = (lane: number, by: number): void => {
    for (let k = 0; k < FEATURES; k++) {
      if (seen[rows[k]] < countMin) continue;
      const at = rows[k] * LANES + lane;
      weights[at] += by;
      sums[at] += by * step;
    }
  };
  const score = new Float64Array(LANES);
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = examples.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      const one = examples[i];
      examples[i] = examples[j];
      examples[j] = one;
    }
    let wrong = 0;
    let total = 0;
    for (const example of examples) {
      let last = 0;
      let before = 0;
      for (let t = 0; t < example.count; t++) {
        if (example.leaf[t]) last = before = 0;
        const gold = example.types[t];
        if ((example.asked[t] === 0 && last === 0) || gold === IGNORED) {
          before = last;
          last = 0;
          continue;
        }
        rowsOf(example.keys, t, last, before, rows);
        score.fill(0);
        for (let k = 0; k < FEATURES; k++) {
          const at = rows[k] * LANES;
          for (let lane = 0; lane < LANES; lane++) score[lane] += weights[at + lane];
        }
        let best = 0;
        let rival = -1;
        for (let lane = 1; lane < BOUNDARY; lane++) if (score[lane] > score[best]) best = lane;
        for (let lane = 0; lane < BOUNDARY; lane++)
          if (lane !== gold && (rival < 0 || score[lane] > score[rival])) rival = lane;
        total++;
        if (best !== gold) wrong++;
        if (best !== gold || score[gold] - score[rival] < margin) {
          update(gold, 1);
          update(rival, -1);
        }
        if (gold > 0 && last === gold) {
          const begins = example.begins[t] === 1;
          if (score[BOUNDARY] > 0 !== begins || Math.abs(score[BOUNDARY]) < margin) update(BOUNDARY, begins ? 1 : -1);
        }
        step++;
        before = last;
        // Its own mistakes are part of what it learns from.
        last = random() < 0.7 ? gold : best;
      }
    }
    say(`epoch ${epoch + 1}: ${((100 * wrong) / total).toFixed(3)} % of tokens wrong`);
  }
  const averaged = new Float32Array(ROWS * 4);
  for (let row = 0; row < ROWS; row++) {
    const lane = (of: number): number => weights[row * LANES + of] - sums[row * LANES + of] / step;
    for (let type = 1; type < BOUNDARY; type++) averaged[row * 4 + type - 1] = lane(type) - lane(0);
    averaged[row * 4 + 3] = lane(BOUNDARY);
  }
  return averaged;
}

/** A score above this many steps of learning is as good as sure. */
const SCORE_MAX = 15;

export function quantise(weights: Float32Array): Uint8Array {
  const largest = weights.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
  const scale = 127 / Math.min(largest, SCORE_MAX);
  return new Uint8Array(Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight * scale)))).buffer);
}
