/**
 * An open-addressing table from 64-bit fingerprints to numbers, in shared memory: one thread builds it, all threads read it.
 * A slot holds 32 bits of the fingerprint and the number; the other 32 bits say where it begins to look, so that a value that
 * is not there is taken for one that is less than once in a hundred million look-ups.
 */
import { SluiceError } from '../errors.js';

/** Share of the slots that are filled, unless said: a value that is missing costs about 13 neighbouring slots. */
export const tableLoad = 0.8;
/** Most of them: a value that is missing then costs 50, which lie in six or seven lines of the cache. */
export const tableLoadMax = 0.9;
/** Most slots: 2 GiB of them, which holds forty million people. */
export const tableSlotsMax = 2 ** 28;

const MAGIC = 0x54504653; // "SFPT" as it stands in memory
const VERSION = 1;
const HEADER_WORDS = 8;
const enum Word {
  Magic,
  Version,
  Slots,
  Entries,
  Count,
}
const SLOTS_MIN = 8;

export class FingerprintTable {
  readonly slots: number;
  /** How many different fingerprints it may hold. */
  readonly entriesMax: number;
  readonly #header: Uint32Array;
  /** Fingerprint, number, fingerprint, number … A number is never 0, so that memory that was never written is empty. */
  readonly #words: Uint32Array;
  readonly #scale: number;

  private constructor(
    readonly buffer: ArrayBufferLike,
    at = 0,
  ) {
    const header = new Uint32Array(buffer, at, HEADER_WORDS);
    this.#header = header;
    this.slots = header[Word.Slots];
    this.entriesMax = header[Word.Entries];
    this.#words = new Uint32Array(buffer, at + HEADER_WORDS * 4, this.slots * 2);
    this.#scale = this.slots / 2 ** 32;
  }

  /** An empty one with room for so many different fingerprints. */
  static create(entriesMax: number, load = tableLoad): FingerprintTable {
    const slots = Math.max(SLOTS_MIN, Math.ceil(entriesMax / Math.min(load, tableLoadMax)) + 1);
    if (!(entriesMax >= 0) || slots > tableSlotsMax) throw new SluiceError('TABLE_FULL');
    const buffer = new SharedArrayBuffer((HEADER_WORDS + slots * 2) * 4);
    const header = new Uint32Array(buffer, 0, HEADER_WORDS);
    header[Word.Magic] = MAGIC;
    header[Word.Version] = VERSION;
    header[Word.Slots] = slots;
    header[Word.Entries] = entriesMax;
    return new FingerprintTable(buffer);
  }

  /** One that another thread has built, or that was read from a file: all of the memory, or a part of it at a multiple of 4. */
  static attach(buffer: ArrayBufferLike, at = 0, length = buffer.byteLength - at): FingerprintTable {
    const words = length < HEADER_WORDS * 4 ? undefined : new Uint32Array(buffer, at, HEADER_WORDS);
    const valid =
      words !== undefined &&
      words[Word.Magic] === MAGIC &&
      words[Word.Version] === VERSION &&
      words[Word.Slots] >= SLOTS_MIN &&
      words[Word.Slots] <= tableSlotsMax &&
      words[Word.Count] <= words[Word.Entries] &&
      words[Word.Entries] < words[Word.Slots] &&
      length === (HEADER_WORDS + words[Word.Slots] * 2) * 4;
    if (!valid) throw new SluiceError('TABLE_INVALID');
    return new FingerprintTable(buffer, at);
  }

  /** The bytes that it is: to be written to a file, or copied into other memory. */
  get bytes(): Uint8Array {
    return new Uint8Array(this.buffer, this.#header.byteOffset, (HEADER_WORDS + this.slots * 2) * 4);
  }

  get count(): number {
    return this.#header[Word.Count];
  }

  /** The number of a fingerprint, or 0. */
  get(high: number, low: number): number {
    return this.#words[this.#seek(high, low) + 1];
  }

  /** Reads where a fingerprint would begin to be looked for, so that it is near when it is. */
  touch(low: number): number {
    return this.#words[Math.floor((low >>> 0) * this.#scale) * 2];
  }

  /** Enters a number (1 to 2³²-1) unless the fingerprint has one: returns what it had, or 0. */
  add(high: number, low: number, value: number): number {
    const at = this.#seek(high, low);
    const before = this.#words[at + 1];
    if (before === 0) this.#fill(at, high, value);
    return before;
  }

  /** Enters a number (1 to 2³²-1) or replaces it: returns what the fingerprint had, or 0. */
  set(high: number, low: number, value: number): number {
    const at = this.#seek(high, low);
    const before = this.#words[at + 1];
    if (before === 0) this.#fill(at, high, value);
    else this.#words[at + 1] = value;
    return before;
  }

  /** Every number in turn replaced by another, which may not be 0. */
  replaceAll(replace: (value: number) => number): void {
    const words = this.#words;
    for (let i = 1; i < words.length; i += 2) if (words[i] !== 0) words[i] = replace(words[i]);
  }

  /** Where a fingerprint stands, or the empty slot where it would. There is always one: never are all slots filled. */
  #seek(high: number, low: number): number {
    const words = this.#words;
    const fingerprint = high >>> 0;
    const end = words.length;
    let at = Math.floor((low >>> 0) * this.#scale) * 2;
    for (;;) {
      // Most of what is passed over is told by one word: neither the one that is looked for nor empty.
      const held = words[at];
      if (held === fingerprint || held === 0) {
        if (held === fingerprint || words[at + 1] === 0) return at;
      }
      at += 2;
      if (at === end) at = 0;
    }
  }

  #fill(at: number, high: number, value: number): void {
    const header = this.#header;
    if (header[Word.Count] >= this.entriesMax) throw new SluiceError('TABLE_FULL');
    header[Word.Count] += 1;
    this.#words[at] = high;
    this.#words[at + 1] = value;
  }
}
