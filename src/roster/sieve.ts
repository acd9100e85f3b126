/**
 * Of those born on a day, the few who may bear one of the names that are asked about: a family name with a beginning or an end
 * in common, and a given name that begins alike or stands for the same. Some bits are looked at for each row, however many
 * names are asked about.
 */
import { FIELDS, type Reading, signatureWords } from './signature.js';

const { head: HEAD, tail: TAIL, ends: ENDS, root: ROOT, initial: INITIAL } = FIELDS;
const VALUES = 1 << Math.max(HEAD.bits, TAIL.bits, ENDS.bits, ROOT.bits, INITIAL.bits);
const HEAD_MASK = (1 << HEAD.bits) - 1;
const TAIL_MASK = (1 << TAIL.bits) - 1;
const INITIAL_MASK = (1 << INITIAL.bits) - 1;
/** What is asked about a value, as a bit of its mark. */
const AS_HEAD = 1;
const AS_TAIL = 2;
const AS_ENDS = 4;
const AS_ROOT = 8;
const AS_INITIAL = 16;

export class Sieve {
  /** Of each value of each field whether it is asked about. */
  readonly #marks = new Uint8Array(VALUES);

  ask(readings: readonly Reading[]): void {
    const marks = this.#marks;
    marks.fill(0);
    for (const { word0, word1, roots } of readings) {
      marks[(word0 >>> HEAD.shift) & HEAD_MASK] |= AS_HEAD;
      marks[(word0 >>> TAIL.shift) & TAIL_MASK] |= AS_TAIL;
      marks[word1 >>> ENDS.shift] |= AS_ENDS;
      marks[(word1 >>> INITIAL.shift) & INITIAL_MASK] |= AS_INITIAL;
      for (const root of roots) marks[root] |= AS_ROOT;
    }
  }

  /** The first row from `row` on that may be called so, or `to`. */
  next(signatures: Uint32Array, row: number, to: number): number {
    const marks = this.#marks;
    for (let at = row * signatureWords; row < to; row++, at += signatureWords) {
      const word0 = signatures[at];
      const word1 = signatures[at + 1];
      const family =
        (marks[(word0 >>> HEAD.shift) & HEAD_MASK] & AS_HEAD) |
        (marks[(word0 >>> TAIL.shift) & TAIL_MASK] & AS_TAIL) |
        (marks[word1 >>> ENDS.shift] & AS_ENDS);
      if (family === 0) continue;
      const given =
        (marks[(word1 >>> INITIAL.shift) & INITIAL_MASK] & AS_INITIAL) |
        (marks[signatures[at + 2] >>> ROOT.shift] & AS_ROOT);
      if (given !== 0) return row;
    }
    return to;
  }
}
