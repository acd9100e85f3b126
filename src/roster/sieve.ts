/**
 * Of those born on a day, the few who may bear one of the names that are asked about, and which of them: a family name with a
 * beginning or an end in common, and a given name that begins alike or stands for the same. A few words are looked at for each
 * row, however many names are asked about.
 */
import { FIELDS, type Reading, signatureWords } from './signature.js';

const { head: HEAD, tail: TAIL, ends: ENDS, root: ROOT, initial: INITIAL } = FIELDS;
const HEAD_MASK = (1 << HEAD.bits) - 1;
const TAIL_MASK = (1 << TAIL.bits) - 1;
const INITIAL_MASK = (1 << INITIAL.bits) - 1;
/** Each reading has a bit; of more than there are bits, several share one. */
const BITS = 32;

export class Sieve {
  /** Readings of which the row that was found last may be: those with a bit in it. */
  asked = 0;
  /** Of each value of each field by whom it is asked about. */
  readonly #heads = new Int32Array(1 << HEAD.bits);
  readonly #tails = new Int32Array(1 << TAIL.bits);
  readonly #ends = new Int32Array(1 << ENDS.bits);
  readonly #roots = new Int32Array(1 << ROOT.bits);
  readonly #initials = new Int32Array(1 << INITIAL.bits);
  #readings: readonly Reading[] = [];

  ask(readings: readonly Reading[]): void {
    this.#mark(this.#readings, false);
    this.#readings = readings;
    this.#mark(readings, true);
  }

  #mark(readings: readonly Reading[], isAsked: boolean): void {
    for (let i = 0; i < readings.length; i++) {
      const { word0, word1, roots } = readings[i];
      const bit = 1 << (i % BITS);
      mark(this.#heads, (word0 >>> HEAD.shift) & HEAD_MASK, bit, isAsked);
      mark(this.#tails, (word0 >>> TAIL.shift) & TAIL_MASK, bit, isAsked);
      mark(this.#ends, word1 >>> ENDS.shift, bit, isAsked);
      mark(this.#initials, (word1 >>> INITIAL.shift) & INITIAL_MASK, bit, isAsked);
      for (let j = 0; j < roots.length; j++) mark(this.#roots, roots[j], bit, isAsked);
    }
  }

  /** Whether the row that was found last may be called as this reading, by its place among those asked about. */
  isAsked(reading: number): boolean {
    return (this.asked & (1 << (reading % BITS))) !== 0;
  }

  /** The first row from `row` on that may be called so, or `to`. */
  next(signatures: Uint32Array, row: number, to: number): number {
    const heads = this.#heads;
    const tails = this.#tails;
    const ends = this.#ends;
    const roots = this.#roots;
    const initials = this.#initials;
    for (let at = row * signatureWords; row < to; row++, at += signatureWords) {
      const word0 = signatures[at];
      const word1 = signatures[at + 1];
      const family =
        heads[(word0 >>> HEAD.shift) & HEAD_MASK] |
        tails[(word0 >>> TAIL.shift) & TAIL_MASK] |
        ends[word1 >>> ENDS.shift];
      if (family === 0) continue;
      const given = initials[(word1 >>> INITIAL.shift) & INITIAL_MASK] | roots[signatures[at + 2] >>> ROOT.shift];
      this.asked = family & given;
      if (this.asked !== 0) return row;
    }
    return to;
  }
}

/** All that was asked about is forgotten at once: then a value is nobody's. */
function mark(values: Int32Array, value: number, bit: number, isAsked: boolean): void {
  values[value] = isAsked ? values[value] | bit : 0;
}
