/** Softmax regression with AdaGrad over hashed features (experiment). */
import { FEATURES, ROWS, rowsOf } from '../../src/engine/tagger/features.js';
import { type Example, IGNORED } from './examples.js';
const LANES = 4;
export function learnLogistic(examples: Example[], o: { epochs: number; lr: number; l2: number; countMin: number; seed: number; say: (l: string) => void; drop?: number; noise?: number; wneg?: number }): Float32Array {
  const W = new Float32Array(ROWS * LANES); // name, place, date, boundary (none = 0)
  const G = new Float32Array(ROWS * LANES).fill(1e-3);
  const rows = new Int32Array(FEATURES);
  const seen = new Uint16Array(ROWS);
  for (const e of examples) { let l = 0, b = 0; for (let t = 0; t < e.count; t++) { if (e.leaf[t]) l = b = 0; if (e.asked[t] === 0 && l === 0) { b = 0; continue; } rowsOf(e.keys, t, l, b, rows); for (let k = 0; k < FEATURES; k++) if (seen[rows[k]] < 65535) seen[rows[k]]++; b = l; l = e.types[t] === IGNORED ? 0 : e.types[t]; } }
  let state = o.seed;
  const random = (): number => { state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0; return (state >>> 0) / 2 ** 32; };
  const s = new Float64Array(4), p = new Float64Array(4);
  const on = new Uint8Array(FEATURES);
  const drop = o.drop ?? 0;
  for (let ep = 0; ep < o.epochs; ep++) {
    for (let i = examples.length - 1; i > 0; i--) { const j = Math.floor(random() * (i + 1)); const one = examples[i]; examples[i] = examples[j]; examples[j] = one; }
    let loss = 0, total = 0; const lr = o.lr;
    for (const e of examples) { let last = 0, before = 0;
      for (let t = 0; t < e.count; t++) { if (e.leaf[t]) last = before = 0; const gold = e.types[t];
        if ((e.asked[t] === 0 && last === 0) || gold === IGNORED) { before = last; last = 0; continue; }
        rowsOf(e.keys, t, last, before, rows);
        s.fill(0);
        for (let k = 0; k < FEATURES; k++) { on[k] = seen[rows[k]] >= o.countMin && (drop === 0 || random() >= drop) ? 1 : 0; if (!on[k]) continue; const at = rows[k] * LANES; s[0] += W[at]; s[1] += W[at + 1]; s[2] += W[at + 2]; s[3] += W[at + 3]; }
        const m = Math.max(0, s[0], s[1], s[2]); const z = Math.exp(-m) + Math.exp(s[0] - m) + Math.exp(s[1] - m) + Math.exp(s[2] - m);
        let best = 0, bs = 0; for (let y = 0; y < 3; y++) { p[y] = Math.exp(s[y] - m) / z; if (s[y] > bs) { bs = s[y]; best = y + 1; } }
        const w = gold === 0 ? (o.wneg ?? 1) : 1;
        total++; loss -= Math.log(Math.max(1e-9, gold === 0 ? Math.exp(-m) / z : p[gold - 1]));
        const bound = gold > 0 && last === gold; const pb = 1 / (1 + Math.exp(-s[3]));
        for (let k = 0; k < FEATURES; k++) { if (!on[k]) continue; const at = rows[k] * LANES;
          for (let y = 0; y < 3; y++) { const g = w * ((gold === y + 1 ? 1 : 0) - p[y]) - o.l2 * W[at + y]; if (g === 0) continue; G[at + y] += g * g; W[at + y] += (lr * g) / Math.sqrt(G[at + y]); }
          if (bound) { const g = (e.begins[t] ? 1 : 0) - pb - o.l2 * W[at + 3]; G[at + 3] += g * g; W[at + 3] += (lr * g) / Math.sqrt(G[at + 3]); } }
        before = last; last = random() < (o.noise ?? 0.7) ? gold : best; } }
    o.say(`epoch ${ep + 1}: loss ${(loss / total).toFixed(4)}`);
  }
  return W;
}
