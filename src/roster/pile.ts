/**
 * Fingerprints and rows as they come, until it is known how many there are: sorted into bins by where they will stand in the
 * table, so that filling it goes from front to back instead of all over the memory.
 */

const BINS_LOG2 = 8;
const ENTRY_WORDS = 3;
const BIN_WORDS_FIRST = 48;
/** Whatever is pushed at once fits then. */
const GROWN_WORDS_MIN = 8;

export class Pile {
  count = 0;
  readonly #bins: Words[] = Array.from({ length: 1 << BINS_LOG2 }, () => new Words(BIN_WORDS_FIRST));

  push(high: number, low: number, row: number): void {
    this.#bins[low >>> (32 - BINS_LOG2)].push3(high, low, row);
    this.count++;
  }

  /** How many different fingerprints there are: the table is made for so many and no more. */
  distinct(): number {
    const most = this.#bins.reduce((max, { length }) => Math.max(max, length / ENTRY_WORDS), 1);
    const mask = 2 ** Math.ceil(Math.log2(most * 2)) - 1;
    const seen = new Uint32Array((mask + 1) * 2);
    let distinct = 0;
    for (const { words, length } of this.#bins) {
      seen.fill(0);
      for (let at = 0; at < length; at += ENTRY_WORDS) {
        // A low half of 0 would look like an empty place; one more or less of them does no harm.
        const high = words[at];
        const low = words[at + 1] || 1;
        let place = (Math.imul(low, 0x9e3779b1) >>> 7) & mask;
        while (seen[place * 2 + 1] !== 0 && (seen[place * 2] !== high || seen[place * 2 + 1] !== low))
          place = (place + 1) & mask;
        if (seen[place * 2 + 1] !== 0) continue;
        seen[place * 2] = high;
        seen[place * 2 + 1] = low;
        distinct++;
      }
    }
    return distinct + 1;
  }

  /** Every entry, bin after bin, in each in the order they came; a bin's memory is given back when it has been seen. */
  drain(see: (high: number, low: number, row: number) => void): void {
    this.#bins.forEach((bin, i) => {
      const { words, length } = bin;
      for (let at = 0; at < length; at += ENTRY_WORDS) see(words[at], words[at + 1], words[at + 2]);
      this.#bins[i] = new Words(BIN_WORDS_FIRST);
    });
    this.count = 0;
  }
}

/** A list of 32-bit words that grows. */
export class Words {
  words: Uint32Array;
  length = 0;

  constructor(first = 1024) {
    this.words = new Uint32Array(first);
  }

  push(word: number): void {
    if (this.length === this.words.length) this.#grow();
    this.words[this.length++] = word;
  }

  push3(one: number, two: number, three: number): void {
    if (this.length + ENTRY_WORDS > this.words.length) this.#grow();
    const { words, length } = this;
    words[length] = one;
    words[length + 1] = two;
    words[length + 2] = three;
    this.length = length + ENTRY_WORDS;
  }

  push4(one: number, two: number, three: number, four: number): void {
    if (this.length + 4 > this.words.length) this.#grow();
    const { words, length } = this;
    words[length] = one;
    words[length + 1] = two;
    words[length + 2] = three;
    words[length + 3] = four;
    this.length = length + 4;
  }

  get taken(): Uint32Array {
    return this.words.subarray(0, this.length);
  }

  #grow(): void {
    const larger = new Uint32Array(Math.max(this.words.length * 2, GROWN_WORDS_MIN));
    larger.set(this.words);
    this.words = larger;
  }
}
