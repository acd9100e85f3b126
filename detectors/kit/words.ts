/**
 * A closed vocabulary of a detector's own: folded token hash to bits, in one small open-addressing table of keys and bits
 * by turns, so that asking what a word does in a grammar costs one or two loads and allocates nothing.
 */
import { hashOf } from './hash.js';

/** Slots for each word: with half of them empty, most words that are not in the table are told by the first look. */
const SLOTS_PER_WORD = 2;

export class WordTable {
  private readonly slots: Int32Array;
  private readonly shift: number;

  /** Pairs of bits and the words (set apart by blanks) that get them; a word may stand in several. */
  constructor(groups: readonly (readonly [number, string])[]) {
    const words = new Map<number, number>();
    for (const [bits, list] of groups)
      for (const word of list.split(/\s+/)) {
        if (word === '') continue;
        const hash = hashOf(word) | 0;
        words.set(hash, (words.get(hash) ?? 0) | bits);
      }
    const power = Math.ceil(Math.log2(Math.max(8, words.size * SLOTS_PER_WORD)));
    this.shift = 32 - power;
    this.slots = new Int32Array(2 << power);
    for (const [hash, bits] of words) {
      let slot = 2 * (mix(hash) >>> this.shift);
      while (this.slots[slot] !== 0) slot = (slot + 2) & (this.slots.length - 1);
      this.slots[slot] = hash;
      this.slots[slot + 1] = bits;
    }
  }

  /**
   * The bits of a word by its token hash, 0 for a word that is not in the table. The hash may be signed: `hash | 0` is
   * passed as it is, where an unsigned number beyond 31 bits would have to be boxed.
   */
  get(hash: number): number {
    const { slots } = this;
    const key = hash | 0;
    let slot = 2 * (mix(key) >>> this.shift);
    while (slots[slot] !== key) {
      if (slots[slot] === 0) return 0;
      slot = (slot + 2) & (slots.length - 1);
    }
    return slots[slot + 1];
  }
}

/** Fibonacci hashing: the high bits depend on all bits of the hash. */
function mix(hash: number): number {
  return Math.imul(hash, 0x9e3779b1);
}
