/**
 * What is known about patients, in shared memory and without a word of it in clear: for each fact a keyed fingerprint of
 * what it is about, its standing and the time it holds, sorted, so that a look-up is a binary search and equal facts make equal
 * bytes. They lie in leaves by the first bits of the fingerprint: who changes a few facts makes a few leaves anew and
 * shares the others, and who reads goes on reading the old ones meanwhile.
 */
import { createHash } from 'node:crypto';

/** Stands in the low bits of a fingerprint. */
export const enum Mark {
  Given,
  /** From a moment on, and over all that was given before it. */
  Withdrawn,
  NotForAi,
  Own,
  /** Only that it is known, by how many rows: the number stands where others have their beginning. */
  Counted,
}
export const MARK_MASK = 15;

const WORDS = 4;
const BUCKETS = 256;
const BUCKET_BITS = 8;
const CHUNK_ENTRIES = 256;
/** Leaves are made twice as many when they hold more entries than this on average. */
const LEAF_ENTRIES_MAX = 32_768;
/** Places beside the guess that a look-up begins with. */
const NEAR = 16;

export class FactLayer {
  readonly entries: number;
  private readonly words: readonly Uint32Array[];
  private readonly shift: number;

  constructor(readonly leaves: readonly SharedArrayBuffer[]) {
    this.words = leaves.map((leaf) => new Uint32Array(leaf));
    this.shift = 32 - Math.log2(leaves.length);
    this.entries = this.words.reduce((sum, { length }) => sum + length / WORDS, 0);
  }

  static readonly empty = new FactLayer([new SharedArrayBuffer(0)]);

  get bytes(): number {
    return this.entries * WORDS * 4;
  }

  /** SHA-256 over all of them: the same facts under the same key have the same, in whatever order they came. */
  digest(): Buffer {
    const hash = createHash('sha256');
    for (const words of this.words) hash.update(Buffer.from(words.buffer));
    return hash.digest();
  }

  /** Appends mark, beginning and end of each fact of this fingerprint. */
  read(high: number, low: number, into: number[]): void {
    const first = high >>> 0;
    const second = (low & ~MARK_MASK) >>> 0;
    const { shift } = this;
    const words = this.words[shift === 32 ? 0 : first >>> shift];
    const entries = words.length / WORDS;
    // Fingerprints are spread evenly: where one has to stand can be told to within a few dozen places.
    const guess = ((shift === 32 ? first : (first << (32 - shift)) >>> 0) / 2 ** 32) * entries;
    let from = Math.max(0, Math.floor(guess) - NEAR);
    let to = Math.min(entries, Math.floor(guess) + NEAR);
    for (let step = NEAR; from > 0 && !before(words, from - 1, first, second); step *= 2)
      from = Math.max(0, from - step);
    for (let step = NEAR; to < entries && before(words, to, first, second); step *= 2)
      to = Math.min(entries, to + step);
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (before(words, middle, first, second)) from = middle + 1;
      else to = middle;
    }
    for (let at = from * WORDS; at < words.length; at += WORDS) {
      if (words[at] !== first || (words[at + 1] & ~MARK_MASK) >>> 0 !== second) return;
      into.push(words[at + 1] & MARK_MASK, words[at + 2], words[at + 3]);
    }
  }
}

/** Whether an entry stands before all facts of a fingerprint. */
function before(words: Uint32Array, entry: number, first: number, second: number): boolean {
  const at = entry * WORDS;
  return words[at] < first || (words[at] === first && words[at + 1] < second);
}

/** Collects facts in any order. */
export class FactsBuilder {
  private readonly chunks: Uint32Array[][] = Array.from({ length: BUCKETS }, () => []);
  private readonly used = new Uint32Array(BUCKETS);
  private entries = 0;

  add(high: number, low: number, mark: Mark, from: number, until: number): void {
    const bucket = high >>> (32 - BUCKET_BITS);
    const chunks = this.chunks[bucket];
    let at = this.used[bucket];
    if (at === 0 || at === CHUNK_ENTRIES * WORDS) {
      chunks.push(new Uint32Array(CHUNK_ENTRIES * WORDS));
      at = 0;
    }
    const chunk = chunks[chunks.length - 1];
    chunk[at] = high;
    chunk[at + 1] = (low & ~MARK_MASK) | mark;
    chunk[at + 2] = from;
    chunk[at + 3] = until;
    this.used[bucket] = at + WORDS;
    this.entries++;
  }

  /** What was collected, sorted; the builder is empty afterwards. */
  seal(): FactLayer {
    if (this.entries === 0) return FactLayer.empty;
    const bits = Math.min(BUCKET_BITS, Math.ceil(Math.log2(Math.max(1, this.entries / LEAF_ENTRIES_MAX))));
    const span = BUCKETS >>> bits;
    const leaves: SharedArrayBuffer[] = [];
    for (let bucket = 0; bucket < BUCKETS; bucket += span) leaves.push(this.leaf(bucket, bucket + span));
    this.entries = 0;
    return new FactLayer(leaves);
  }

  private leaf(from: number, to: number): SharedArrayBuffer {
    const parts: Uint32Array[] = [];
    for (let bucket = from; bucket < to; bucket++) {
      const chunks = this.chunks[bucket];
      chunks.forEach((chunk, i) => {
        parts.push(i === chunks.length - 1 ? chunk.subarray(0, this.used[bucket]) : chunk);
      });
      this.chunks[bucket] = [];
      this.used[bucket] = 0;
    }
    const words = new Uint32Array(parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of parts) {
      words.set(part, at);
      at += part.length;
    }
    return sorted(words);
  }
}

/** Entries in order; what was said twice stands there once, and what is counted is added up. */
export function sorted(words: Uint32Array): SharedArrayBuffer {
  const order = new Uint32Array(words.length / WORDS);
  for (let i = 0; i < order.length; i++) order[i] = i * WORDS;
  order.sort(
    (a, b) =>
      words[a] - words[b] || words[a + 1] - words[b + 1] || words[a + 2] - words[b + 2] || words[a + 3] - words[b + 3],
  );
  const kept = new Uint32Array(words.length);
  let end = 0;
  for (const at of order) {
    const same = end > 0 && words[at] === kept[end - 4] && words[at + 1] === kept[end - 3];
    const counted = (words[at + 1] & MARK_MASK) === Mark.Counted;
    if (same && counted) {
      kept[end - 2] += words[at + 2];
      continue;
    }
    if (same && words[at + 2] === kept[end - 2] && words[at + 3] === kept[end - 1]) continue;
    for (let i = 0; i < WORDS; i++) kept[end++] = words[at + i];
  }
  const leaf = new SharedArrayBuffer(end * 4);
  new Uint32Array(leaf).set(kept.subarray(0, end));
  return leaf;
}
