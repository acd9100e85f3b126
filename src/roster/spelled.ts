/**
 * What was made of a stretch of plain text before, by its signs alone: names and streets come again and again, and to cut a text
 * out of a file for each of them costs more than what is made of it. Bounded: when it is full, all of it is forgotten.
 */

const ENTRIES_MAX = 1 << 18;
const ENTRIES_FIRST = 1 << 8;
const SIGNS_PER_ENTRY = 16;
/** Longer stretches, and those that fall on top of so many others, are made anew each time. */
const LENGTH_MAX = 64;
const PROBES_MAX = 16;
const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const SPREAD = 0x9e3779b1;

export class Spelled<T> {
  /** Which entry, plus one: twice as many as there may be entries. */
  #slots = new Int32Array(ENTRIES_FIRST * 2);
  #shift = 32 - Math.log2(ENTRIES_FIRST * 2);
  #hashes = new Int32Array(ENTRIES_FIRST);
  /** Where the signs of each begin; those of the next begin where they end. */
  #starts = new Int32Array(ENTRIES_FIRST + 1);
  #signs = Buffer.alloc(ENTRIES_FIRST * SIGNS_PER_ENTRY);
  #made: T[] = [];

  constructor(
    private readonly make: (text: string) => T,
    /** A power of two: when there are so many, all are forgotten. */
    private readonly most = ENTRIES_MAX,
  ) {}

  /** Of the units of `text` from one place to another, all of them ASCII. */
  of(text: string, from: number, to: number): T {
    if (to - from > LENGTH_MAX) return this.make(text.slice(from, to));
    let hash = FNV_OFFSET;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ text.charCodeAt(i), FNV_PRIME);
    let at = Math.imul(hash, SPREAD) >>> this.#shift;
    for (let probes = 0; probes < PROBES_MAX; probes++) {
      const entry = this.#slots[at] - 1;
      if (entry < 0) return this.#keep(at, hash, text, from, to);
      if (this.#hashes[entry] === hash && this.#isSpelled(entry, text, from, to)) return this.#made[entry];
      at = (at + 1) & (this.#slots.length - 1);
    }
    return this.make(text.slice(from, to));
  }

  #isSpelled(entry: number, text: string, from: number, to: number): boolean {
    const start = this.#starts[entry];
    if (this.#starts[entry + 1] - start !== to - from) return false;
    const signs = this.#signs;
    for (let i = 0; i < to - from; i++) if (signs[start + i] !== text.charCodeAt(from + i)) return false;
    return true;
  }

  #keep(at: number, hash: number, text: string, from: number, to: number): T {
    const entry = this.#made.length;
    const start = this.#starts[entry];
    const end = start + to - from;
    if (entry === this.#hashes.length || end > this.#signs.length) {
      this.#grow();
      return this.of(text, from, to);
    }
    for (let i = 0; i < to - from; i++) this.#signs[start + i] = text.charCodeAt(from + i);
    // A text of its own: a part of another would keep all of that one.
    const made = this.make(this.#signs.toString('latin1', start, end));
    this.#starts[entry + 1] = end;
    this.#hashes[entry] = hash;
    this.#slots[at] = entry + 1;
    this.#made.push(made);
    return made;
  }

  /** Twice as large; as large as it may be, empty. */
  #grow(): void {
    const entries = this.#hashes.length * 2;
    if (entries > this.most) {
      this.#slots.fill(0);
      this.#made = [];
      return;
    }
    const grown = <A extends Int32Array | Buffer>(larger: A, before: A): A => {
      larger.set(before);
      return larger;
    };
    this.#hashes = grown(new Int32Array(entries), this.#hashes);
    this.#starts = grown(new Int32Array(entries + 1), this.#starts);
    this.#signs = grown(Buffer.alloc(entries * SIGNS_PER_ENTRY), this.#signs);
    this.#slots = new Int32Array(entries * 2);
    this.#shift--;
    for (let entry = 0; entry < this.#made.length; entry++) {
      let at = Math.imul(this.#hashes[entry], SPREAD) >>> this.#shift;
      while (this.#slots[at] !== 0) at = (at + 1) & (this.#slots.length - 1);
      this.#slots[at] = entry + 1;
    }
  }
}
