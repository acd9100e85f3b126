/**
 * The trained part: takes tokens for parts of names, places and dates by what they are and what stands around them, from left to
 * right, and only where something may begin or goes on. Detectors read its tags as a fact like any other.
 */
import { Gap, type Label, Tag } from '../../../detectors/contract.js';
import type { Arena } from '../arena.js';
import { FEATURES, rowsOf } from './features.js';
import { isWall, mayBegin } from './gate.js';
import { Keys, ownerKeys, readKeys, writtenAs } from './keys.js';
import { BIAS, LANE_BITS, LANE_HALF, LANE_MASK, PAIR, SCALE } from './weights.js';

/** A miss is worse than a false alarm: a little less than even odds are enough. */
const DECIDE = -10;
/** Probability in hundredths by score. */
const SURE = Uint8Array.from(
  { length: 2 * LANE_HALF },
  (_, score) => 100 / (1 + Math.exp((LANE_HALF - score) / SCALE)),
);

export class Tagger {
  private readonly keys = new Keys();
  private readonly rows = new Int32Array(FEATURES);
  private readonly owners: Int32Array;

  constructor(
    private readonly weights: Float64Array,
    labels: readonly Label[],
  ) {
    this.owners = ownerKeys(labels);
  }

  tag(arena: Arena): void {
    const { keys, rows, weights } = this;
    readKeys(arena, this.owners, keys);
    const { count, gap, tags, sure } = arena;
    const written = writtenAs(arena);
    let last = 0;
    let before = 0;
    for (let t = 0; t < count; t++) {
      if (isWall(arena, t) || (last === 1 && gap[t] === Gap.Line)) last = before = 0;
      tags[t] = Tag.None;
      sure[t] = 0;
      if (last === 0 && !mayBegin(arena, t, written)) {
        before = 0;
        continue;
      }
      rowsOf(keys, t, last, before, rows);
      let sum = BIAS;
      for (let k = 0; k < FEATURES; k++) sum += weights[rows[k]];
      const high = Math.floor(sum / PAIR);
      const low = sum - high * PAIR;
      const name = (low & LANE_MASK) - LANE_HALF;
      const place = ((low >>> LANE_BITS) & LANE_MASK) - LANE_HALF;
      const date = (high & LANE_MASK) - LANE_HALF;
      const begins = ((high >>> LANE_BITS) & LANE_MASK) - LANE_HALF;
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
        sure[t] = SURE[best + LANE_HALF];
      }
      before = last;
      last = type;
    }
    tags[count] = Tag.None;
  }
}
