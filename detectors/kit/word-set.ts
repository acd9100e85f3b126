/**
 * A closed set of words, asked by folded token hash. A `Set` of hashes would do the same, but most hashes are too large for
 * the small integers of the engine that runs this, so that each question would cost an allocation.
 */
import { WordTable } from './words.js';

export class WordSet {
  private readonly table: WordTable;

  constructor(list: string) {
    this.table = new WordTable([[1, list]]);
  }

  has(hash: number): boolean {
    return this.table.get(hash) !== 0;
  }
}

/** The set of the words in a list, set apart by blanks. */
export const words = (list: string): WordSet => new WordSet(list);
