/**
 * A closed vocabulary of a detector's own: folded token hash to bits, in one small open-addressing table, so that asking
 * what a word does in a grammar costs one or two loads and allocates nothing.
 */
import { hashOf } from './hash.js';

export class WordTable {
  private readonly keys: Uint32Array;
  private readonly bits: Uint32Array;
  private readonly shift: number;

  /** Pairs of bits and the words (set apart by blanks) that get them; a word may stand in several. */
  constructor(groups: readonly (readonly [number, string])[]) {
    const words = new Map<number, number>();
    for (const [bits, list] of groups)
      for (const word of list.split(/\s+/)) {
        if (word === '') continue;
        const hash = hashOf(word);
        words.set(hash, (words.get(hash) ?? 0) | bits);
      }
    const power = Math.ceil(Math.log2(Math.max(8, words.size * 4)));
    this.shift = 32 - power;
    this.keys = new Uint32Array(1 << power);
    this.bits = new Uint32Array(1 << power);
    for (const [hash, bits] of words) {
      let slot = this.slotOf(hash);
      while (this.keys[slot] !== 0) slot = (slot + 1) & (this.keys.length - 1);
      this.keys[slot] = hash;
      this.bits[slot] = bits;
    }
  }

  /** The bits of a word by its token hash, 0 for a word that is not in the table. */
  get(hash: number): number {
    const { keys } = this;
    let slot = this.slotOf(hash);
    let key = keys[slot];
    while (key !== 0) {
      if (key === hash) return this.bits[slot];
      slot = (slot + 1) & (keys.length - 1);
      key = keys[slot];
    }
    return 0;
  }

  private slotOf(hash: number): number {
    return Math.imul(hash, 0x9e3779b1) >>> this.shift;
  }
}
