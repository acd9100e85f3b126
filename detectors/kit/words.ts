/**
 * A closed vocabulary of a detector's own: folded token hash to bits. Most words that are asked for are not in it, so a
 * small set of bits says no first; asking costs one or two loads and allocates nothing.
 */
import { hashOf } from './hash.js';

/** Bits of the filter for each word: one in sixteen words that are not in the table passes. */
const FILTER_BITS = 16;

export class WordTable {
  private readonly filter: Uint32Array;
  private readonly filterShift: number;
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
    const power = Math.ceil(Math.log2(Math.max(8, words.size * 2)));
    this.shift = 32 - power;
    this.keys = new Uint32Array(1 << power);
    this.bits = new Uint32Array(1 << power);
    const filterPower = Math.ceil(Math.log2(Math.max(32, words.size * FILTER_BITS)));
    this.filterShift = 32 - filterPower;
    this.filter = new Uint32Array(1 << (filterPower - 5));
    for (const [hash, bits] of words) {
      const mixed = mix(hash);
      const bit = mixed >>> this.filterShift;
      this.filter[bit >>> 5] |= 1 << (bit & 31);
      let slot = mixed >>> this.shift;
      while (this.keys[slot] !== 0) slot = (slot + 1) & (this.keys.length - 1);
      this.keys[slot] = hash;
      this.bits[slot] = bits;
    }
  }

  /** The bits of a word by its token hash, 0 for a word that is not in the table. */
  get(hash: number): number {
    const mixed = mix(hash);
    const bit = mixed >>> this.filterShift;
    if ((this.filter[bit >>> 5] & (1 << (bit & 31))) === 0) return 0;
    return this.find(hash, mixed >>> this.shift);
  }

  private find(hash: number, first: number): number {
    const { keys } = this;
    let slot = first;
    while (keys[slot] !== 0) {
      if (keys[slot] === hash) return this.bits[slot];
      slot = (slot + 1) & (keys.length - 1);
    }
    return 0;
  }
}

/** Fibonacci hashing: the high bits depend on all bits of the hash. */
function mix(hash: number): number {
  return Math.imul(hash, 0x9e3779b1);
}
