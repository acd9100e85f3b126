/**
 * The trained part: takes tokens for parts of names, places and dates by what they are and what stands around them, from left to
 * right, and only where something may begin or goes on. Detectors read its tags as a fact like any other.
 */
import { type Label, Tag } from '../../../detectors/contract.js';
import { SluiceError } from '../../errors.js';
import type { Arena } from '../arena.js';
import { FEATURES, farRowsOf, NEAR, nearRowsOf, ROWS } from './features.js';
import { ends, Gate, readGates } from './gate.js';
import { Keys, ownerKeys, readDetail, readKeys } from './keys.js';
import { BIAS, BIAS_NEAR, PAIR, SCALE, SUM_BITS, SUM_MASK } from './weights.js';

/** The score above which a token is taken for something: a little better than even odds. */
const DECIDE = 4;
/**
 * Added to the scores of names and places, by the register: where much speaks of a patient, a leak costs more than a false alarm;
 * a long text in which nothing does is code, data or literature.
 */
const LENIENCE = Int32Array.of(0, 0, 16, 16, 0, 0, 16, 16, -24, 0, 16, 16);
/** Probability in hundredths by score. */
const SURE = Uint8Array.from({ length: 2 * BIAS + 64 }, (_, score) => 100 / (1 + Math.exp((BIAS - score) / SCALE)));

/** What stands for having been asked. */
const SURE_MIN = 1;

/** The first features have said so clearly that nothing begins that the others are not asked. */
const HOPELESS = BIAS_NEAR - 40;

function isHopeless(even: number, odd: number): boolean {
  return (even & SUM_MASK) < HOPELESS && (odd & SUM_MASK) < HOPELESS && even >>> SUM_BITS < HOPELESS;
}

export class Tagger {
  private readonly keys = new Keys();
  private readonly rows = new Int32Array(FEATURES);
  private gates = new Uint8Array(0);
  private readonly owners: Int32Array;

  constructor(
    private readonly weights: Int32Array,
    labels: readonly Label[],
  ) {
    // Weights of other features than these: the build has been mixed.
    if (weights.length !== ROWS) throw new SluiceError('LEXICON_CORRUPT');
    this.owners = ownerKeys(labels);
  }

  /** With `thorough`, all features of every token that may begin something are asked. */
  tag(arena: Arena, thorough = false): void {
    const { keys, owners, rows, weights } = this;
    const { count, tags, sure } = arena;
    if (this.gates.length < count) this.gates = new Uint8Array(2 * count);
    const { gates } = this;
    readGates(arena, readKeys(arena, keys), gates);
    tags.fill(Tag.None, 0, count + 1);
    sure.fill(0, 0, count);
    const raise = LENIENCE[keys.register] - BIAS;
    let last = 0;
    let before = 0;
    for (let t = 0; t < count; t++) {
      const gate = gates[t];
      if (ends(gate, last)) last = before = 0;
      if (last === 0 && (gate & Gate.Begin) === 0) {
        before = 0;
        continue;
      }
      readDetail(arena, owners, keys, t);
      nearRowsOf(keys, t, last, rows);
      let even = 0;
      let odd = 0;
      for (let k = 0; k < NEAR; k++) {
        const row = weights[rows[k]];
        even += row & PAIR;
        odd += (row >>> 8) & PAIR;
      }
      if (last === 0 && !thorough && isHopeless(even, odd)) {
        sure[t] = SURE_MIN;
        before = 0;
        continue;
      }
      farRowsOf(keys, t, last, before, rows);
      for (let k = NEAR; k < FEATURES; k++) {
        const row = weights[rows[k]];
        even += row & PAIR;
        odd += (row >>> 8) & PAIR;
      }
      const name = (even & SUM_MASK) + raise;
      const place = (odd & SUM_MASK) + raise;
      const date = (even >>> SUM_BITS) - BIAS;
      const begins = (odd >>> SUM_BITS) - BIAS;
      let type = 0;
      let best = DECIDE;
      if (name > best) {
        best = name;
        type = 1;
      }
      if (place > best) {
        best = place;
        type = 2;
      }
      if (date > best) {
        best = date;
        type = 3;
      }
      if (type !== 0) {
        tags[t] = 2 * type - (type === last && begins <= 0 ? 0 : 1);
        sure[t] = SURE[best + BIAS];
      } else {
        // What speaks against a date is heard too.
        sure[t] = Math.max(SURE_MIN, SURE[date + BIAS]);
      }
      before = last;
      last = type;
    }
  }
}
