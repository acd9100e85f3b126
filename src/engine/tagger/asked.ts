/** The tokens that the tagger asks about in one document, and what is known of them so far. */
import { WIDE } from './weights.js';

/** Tokens that may begin something, and the sums of their weights: `name` and `date` in one, `place` and `begins` in the other. */
export class Asked {
  at = new Int32Array(0);
  even = new Int32Array(0);
  odd = new Int32Array(0);

  grow(room: number): void {
    if (this.at.length >= room) return;
    this.at = new Int32Array(2 * room);
    this.even = new Int32Array(2 * room);
    this.odd = new Int32Array(2 * room);
  }
}

/** Tokens of which wide rows are looked up together. */
export const AT_ONCE = 64;

/** Which of those in `Asked` these are, and their rows. */
export class Open {
  readonly of = new Int32Array(AT_ONCE + 1);
  readonly rows = new Int32Array(AT_ONCE * WIDE);
}
