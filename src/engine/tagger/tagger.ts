/**
 * The trained part: takes tokens for parts of names, places and dates by what they are and what stands around them, from left to
 * right, and only where something may begin or goes on. Detectors read its tags as a fact like any other.
 */
import { type Label, Tag } from '../../../detectors/contract.js';
import { SluiceError } from '../../errors.js';
import type { Arena } from '../arena.js';
import { Asked, Open } from './asked.js';
import { rowsOf, sumFar, sumNear, sumWide } from './features.js';
import { ends, readGates } from './gate.js';
import { Keys, ownerKeys, readKeys, readOwner, readSuffix } from './keys.js';
import { BIAS, FEATURES, PAIR, ROWS, SCALE, SUM_BITS, SUM_MASK } from './weights.js';

/**
 * Added to the scores of names and places, by the register: where much speaks of somebody, a leak costs more than a false alarm;
 * what speaks of things in general is literature, and a long text of that make is code or data.
 */
const LENIENCE = Int32Array.of(0, 22, 14, 24, -22, -8, 32, 28, -26, 4, 20, 20);
/** What stands for having been asked. */
const SURE_MIN = 1;
/** Probability in hundredths by score. */
const SURE = Uint8Array.from({ length: 2 * BIAS + 64 }, (_, score) => 100 / (1 + Math.exp((BIAS - score) / SCALE)));

export class Tagger {
  private readonly keys = new Keys();
  private readonly rows = new Int32Array(FEATURES);
  private readonly asked = new Asked();
  private readonly open = new Open();
  private gates = new Uint8Array(0);
  private odd = 0;
  private readonly owners: Int32Array;

  constructor(
    private readonly weights: Int32Array,
    labels: readonly Label[],
    /** The score above which a token is taken for something. */
    private readonly decide: number,
  ) {
    // Weights of other features than these: the build has been mixed.
    if (weights.length !== ROWS) throw new SluiceError('LEXICON_CORRUPT');
    this.owners = ownerKeys(labels);
  }

  /** With `thorough`, all features of every token that may begin something are asked. */
  tag(arena: Arena, thorough = false): void {
    const { keys, owners, weights, asked } = this;
    const { count, tags, sure } = arena;
    if (this.gates.length < count) this.gates = new Uint8Array(2 * count);
    asked.grow(count + 1);
    const begins = readGates(arena, readKeys(arena, keys), this.gates, asked.at);
    sure.fill(0, 0, count);
    for (let j = 0; j < begins; j++) {
      const t = asked.at[j];
      readOwner(arena, owners, keys, t);
      readSuffix(arena, keys, t);
      sure[t] = SURE_MIN;
    }
    const kept = sumNear(keys, weights, asked, begins, thorough);
    sumFar(keys, weights, asked, kept);
    sumWide(keys, weights, asked, kept, thorough, this.open);
    asked.at[kept] = count;
    tags.fill(Tag.None, 0, count + 1);
    this.walk(arena);
  }

  /** From left to right: what a token is taken for counts for the next two. */
  private walk(arena: Arena): void {
    const { asked, gates, decide } = this;
    const { count, tags, sure } = arena;
    const { at } = asked;
    const raise = LENIENCE[this.keys.register] - BIAS;
    let last = 0;
    let before = 0;
    let j = 0;
    for (let t = 0; t < count; t++) {
      if (ends(gates[t], last)) last = before = 0;
      let even: number;
      let odd: number;
      if (last === 0) {
        while (at[j] < t) j++;
        if (at[j] > t) {
          before = 0;
          t = at[j];
          if (t === count) break;
        }
        even = asked.even[j];
        odd = asked.odd[j];
      } else even = odd = 0;
      if ((last | before) !== 0) {
        even = this.sum(arena, t, last, before);
        odd = this.odd;
      }
      const name = (even & SUM_MASK) + raise;
      const place = (odd & SUM_MASK) + raise;
      const date = (even >>> SUM_BITS) - BIAS;
      let type = 0;
      let best = decide;
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
        const begins = (odd >>> SUM_BITS) - BIAS;
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

  /** All features of a token behind others; answers the one sum and leaves the other in `odd`. */
  private sum(arena: Arena, t: number, last: number, before: number): number {
    const { keys, rows, weights } = this;
    readOwner(arena, this.owners, keys, t);
    readSuffix(arena, keys, t);
    rowsOf(keys, t, last, before, rows);
    let even = 0;
    let odd = 0;
    for (let k = 0; k < FEATURES; k++) {
      const row = weights[rows[k]];
      even += row & PAIR;
      odd += (row >>> 8) & PAIR;
    }
    this.odd = odd;
    return even;
  }
}
