/**
 * Of those born on a day, the few who may bear one of the names that are asked about: a family name with a beginning or an end
 * in common, and a given name that begins alike or stands for the same. Some bits are looked at for each row, however many
 * names are asked about.
 */
import { FIELDS, type Reading, signatureWords } from './signature.js';

const { head: HEAD, tail: TAIL, ends: ENDS, root: ROOT, initial: INITIAL } = FIELDS;

export class Sieve {
  readonly #head = new Uint32Array(wordsOf(HEAD.bits));
  readonly #tail = new Uint32Array(wordsOf(TAIL.bits));
  readonly #ends = new Uint32Array(wordsOf(ENDS.bits));
  readonly #root = new Uint32Array(wordsOf(ROOT.bits));
  readonly #initial = new Uint32Array(wordsOf(INITIAL.bits));

  ask(readings: readonly Reading[]): void {
    for (const bits of [this.#head, this.#tail, this.#ends, this.#root, this.#initial]) bits.fill(0);
    for (const { word0, word1, roots } of readings) {
      mark(this.#head, (word0 >>> HEAD.shift) & maskOf(HEAD.bits));
      mark(this.#tail, (word0 >>> TAIL.shift) & maskOf(TAIL.bits));
      mark(this.#ends, word1 >>> ENDS.shift);
      mark(this.#initial, (word1 >>> INITIAL.shift) & maskOf(INITIAL.bits));
      for (const root of roots) mark(this.#root, root);
    }
  }

  /** The first row from `row` on that may be called so, or `to`. */
  next(signatures: Uint32Array, row: number, to: number): number {
    const head = this.#head;
    const tail = this.#tail;
    const ends = this.#ends;
    const root = this.#root;
    const initial = this.#initial;
    for (let at = row * signatureWords; row < to; row++, at += signatureWords) {
      const word0 = signatures[at];
      const word1 = signatures[at + 1];
      const family =
        isMarked(head, (word0 >>> HEAD.shift) & maskOf(HEAD.bits)) |
        isMarked(tail, (word0 >>> TAIL.shift) & maskOf(TAIL.bits)) |
        isMarked(ends, word1 >>> ENDS.shift);
      if ((family & 1) === 0) continue;
      const given =
        isMarked(initial, (word1 >>> INITIAL.shift) & maskOf(INITIAL.bits)) |
        isMarked(root, signatures[at + 2] >>> ROOT.shift);
      if ((given & 1) !== 0) return row;
    }
    return to;
  }
}

function wordsOf(bits: number): number {
  return Math.max(1, (1 << bits) >>> 5);
}

function maskOf(bits: number): number {
  return (1 << bits) - 1;
}

/** In the lowest bit. */
function isMarked(bits: Uint32Array, value: number): number {
  return bits[value >>> 5] >>> (value & 31);
}

function mark(bits: Uint32Array, value: number): void {
  bits[value >>> 5] |= 1 << (value & 31);
}
