/**
 * A small table from words to points, asked by token hash: open addressing over 32-bit integers, since a Set of hashes
 * beyond 31 bits would box every key.
 */
import { hashOf } from './hash.js';

export class WordTable {
  private readonly keys: Int32Array;
  private readonly points: Int8Array;
  private readonly mask: number;

  /** Rows of points and the words, set apart by blanks, that have them. */
  constructor(rows: readonly (readonly [points: number, words: string])[]) {
    const entries = rows.flatMap(([points, words]) =>
      words.split(' ').map((word) => [hashOf(word) | 0, points] as const),
    );
    const size = 2 ** Math.ceil(Math.log2(entries.length * 3 + 1));
    this.keys = new Int32Array(size);
    this.points = new Int8Array(size);
    this.mask = size - 1;
    for (const [key, points] of entries) {
      let at = this.slot(key);
      while (this.keys[at] !== 0 && this.keys[at] !== key) at = (at + 1) & this.mask;
      this.keys[at] = key;
      this.points[at] = points;
    }
  }

  /** Points of the word with this hash, or 0. */
  get(hash: number): number {
    const key = hash | 0;
    for (let at = this.slot(key); this.keys[at] !== 0; at = (at + 1) & this.mask) {
      if (this.keys[at] === key) return this.points[at];
    }
    return 0;
  }

  has(hash: number): boolean {
    return this.get(hash) !== 0;
  }

  private slot(key: number): number {
    return (Math.imul(key, 0x9e3779b1) >>> 7) & this.mask;
  }
}

/** Words, asked only whether they are there. */
export function wordSet(words: string): WordTable {
  return new WordTable([[1, words]]);
}
