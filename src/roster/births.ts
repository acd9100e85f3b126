/** Birth dates while a roster is built: rows are brought into their order, so that those of one date are one stretch. */
import type { SipHash } from '../fingerprint/siphash.js';
import type { FingerprintTable } from '../fingerprint/table.js';
import { Domain } from './domain.js';
import { FIELDS } from './signature.js';

/** Nobody who is in a roster was born before, or is born so long after. */
const YEAR_FIRST = 1800;
const YEARS_LOG2 = 9;
const MONTH_BITS = 4;
const DAY_BITS = 5;
const INITIALS = 1 << FIELDS.initial.bits;
const PLACES = 1 << (YEARS_LOG2 + MONTH_BITS + DAY_BITS);

function placeOf(birth: number): number {
  const year = Math.floor(birth / 10_000) - YEAR_FIRST;
  const month = Math.floor(birth / 100) % 100;
  return (((year << MONTH_BITS) | month) << DAY_BITS) | (birth % 100);
}

export class Births {
  /** Each date's number, from 1 in the order they came; 0 is no date. At a place that year, month and day make. */
  readonly #numbers = new Uint32Array(PLACES);
  /** The dates in that order. */
  readonly #dates: number[] = [];
  /** In the order of the rows: the date of each stretch. */
  #sorted: readonly number[] = [];

  get count(): number {
    return this.#dates.length;
  }

  numberOf(birth: number): number {
    if (birth === 0) return 0;
    const place = placeOf(birth);
    if (this.#numbers[place] === 0) this.#numbers[place] = this.#dates.push(birth);
    return this.#numbers[place];
  }

  /**
   * The place of each draft among the rows, and where each date's stretch begins (the last begins behind all of them). Dates
   * are in the order of their keyed hashes, so that a place says nothing of a date; rows without one come last. Of one date,
   * those stand together whose given names begin alike: who is looked for by a name is so looked for among few.
   */
  sort(drafts: Uint32Array, width: number, hash: SipHash): { order: Uint32Array; starts: Uint32Array } {
    const keyed = this.#dates.map((birth) => {
      hash.text(`order ${birth}`, Domain.Birth);
      return [hash.low >>> 0, hash.high >>> 0, birth] as const;
    });
    this.#sorted = keyed.sort((a, b) => a[0] - b[0] || a[1] - b[1]).map(([, , birth]) => birth);
    const rank = new Uint32Array(this.count + 1).fill(this.count);
    this.#sorted.forEach((birth, at) => {
      rank[this.#numbers[placeOf(birth)]] = at;
    });
    const slots = new Uint32Array((this.count + 1) * INITIALS + 1);
    const slotAt = (at: number): number =>
      rank[drafts[at + width - 1]] * INITIALS + ((drafts[at] >>> FIELDS.initial.shift) & (INITIALS - 1));
    for (let at = 0; at < drafts.length; at += width) slots[slotAt(at) + 1]++;
    for (let i = 1; i < slots.length; i++) slots[i] += slots[i - 1];
    const starts = Uint32Array.from({ length: this.count + 1 }, (_, at) => slots[at * INITIALS]);
    const order = new Uint32Array(drafts.length / width);
    for (let i = 0; i < order.length; i++) order[i] = slots[slotAt(i * width)]++;
    return { order, starts };
  }

  /** Each date's place among the stretches, plus one. */
  enter(table: FingerprintTable, hash: SipHash): void {
    this.#sorted.forEach((birth, at) => {
      hash.text(String(birth), Domain.Birth);
      table.add(hash.high, hash.low, at + 1);
    });
  }
}
