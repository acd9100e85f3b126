/**
 * Values that several patients share are no error: a household's telephone, a common name. The table then points to a list
 * of rows; a value that more than eight share is commonplace and says nothing.
 */
import type { FingerprintTable } from '../fingerprint/table.js';
import { Words } from './pile.js';

/** Most rows in a list. */
export const groupMax = 8;
/** In a table's number: the rest is where a list begins, not a row. Rows stand in the table as row + 1. */
export const GROUP_BIT = 0x80000000;
/** Instead of a list's length. */
export const COMMONPLACE = 0xffffffff;

/** Lists while they grow: chains of (row, next), the newest first. */
export class Groups {
  shared = 0;
  commonplace = 0;
  /** Head of the chain and length, for each list. */
  readonly #lists = new Words();
  readonly #links = new Words();

  /**
   * A row under a fingerprint; the second one makes a list of it. `isSame` says of two rows that one of them may stand for both,
   * as one of a household does for its address.
   */
  enter(
    table: FingerprintTable,
    high: number,
    low: number,
    row: number,
    isSame: (one: number, other: number) => boolean,
  ): void {
    const before = table.add(high, low, row + 1);
    if (before === 0 || before === row + 1) return;
    if (before < GROUP_BIT && isSame(before - 1, row)) return;
    if (before < GROUP_BIT) {
      const list = this.#lists.length;
      const first = this.#link(before - 1, 0);
      this.#lists.push(this.#link(row, first));
      this.#lists.push(2);
      this.shared++;
      table.set(high, low, GROUP_BIT + list);
      return;
    }
    const list = before - GROUP_BIT;
    const words = this.#lists.words;
    if (words[list + 1] === COMMONPLACE || this.#has(words[list], row)) return;
    if (words[list + 1] === groupMax) {
      words[list + 1] = COMMONPLACE;
      this.commonplace++;
      return;
    }
    words[list] = this.#link(row, words[list]);
    words[list + 1]++;
  }

  /** The lists one after the other, each behind its length; the table then points to them. */
  compact(table: FingerprintTable): Uint32Array {
    const lists = this.#lists.taken;
    const links = this.#links.words;
    const out = new Words();
    // What nobody needs a list for shares one entry.
    out.push(COMMONPLACE);
    const places = new Uint32Array(lists.length / 2);
    for (let list = 0; list < lists.length; list += 2) {
      if (lists[list + 1] === COMMONPLACE) continue;
      places[list / 2] = out.length;
      out.push(lists[list + 1]);
      for (let at = lists[list]; at !== 0; at = links[at]) out.push(links[at - 1]);
    }
    table.replaceAll((value) => (value >= GROUP_BIT ? GROUP_BIT + places[(value - GROUP_BIT) / 2] : value));
    return out.taken;
  }

  /** Where the link's `next` stands: never 0, since its row stands before it. */
  #link(row: number, next: number): number {
    this.#links.push(row);
    this.#links.push(next);
    return this.#links.length - 1;
  }

  #has(head: number, row: number): boolean {
    const links = this.#links.words;
    for (let at = head; at !== 0; at = links[at]) if (links[at - 1] === row) return true;
    return false;
  }
}

/** The rows that a number of the table stands for: one, a list, or none that could be told apart. */
export function rowsOf(lists: Uint32Array, value: number, add: (row: number) => void): 'none' | 'some' | 'commonplace' {
  if (value === 0) return 'none';
  if (value < GROUP_BIT) {
    add(value - 1);
    return 'some';
  }
  const at = value - GROUP_BIT;
  const length = lists[at] ?? COMMONPLACE;
  if (length === COMMONPLACE) return 'commonplace';
  for (let i = 1; i <= Math.min(length, groupMax); i++) add(lists[at + i]);
  return 'some';
}
