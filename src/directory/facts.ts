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
  /** Of how many first halves of fingerprints a leaf is. */
  private readonly span: number;

  constructor(readonly leaves: readonly SharedArrayBuffer[]) {
    this.words = leaves.map((leaf) => new Uint32Array(leaf));
    this.shift = 32 - Math.log2(leaves.length);
    this.span = 2 ** this.shift;
    this.entries = this.words.reduce((sum, { length }) => sum + length / WORDS, 0);
  }

  static readonly empty = new FactLayer([new SharedArrayBuffer(0)]);

  get bytes(): number {
    return this.entries * WORDS * 4;
  }

  /** In as many leaves as facts that change are kept in. */
  static spread(leaves: number): FactLayer {
    return new FactLayer(Array.from({ length: leaves }, () => new SharedArrayBuffer(0)));
  }

  /**
   * SHA-256 over all of them: the same facts under the same key, in as many leaves, have the same in whatever order they
   * came. Leaves that are shared with a layer before are not read again.
   */
  digest(): Buffer {
    const hash = createHash('sha256');
    for (const leaf of this.leaves) {
      let digest = leafDigests.get(leaf);
      if (digest === undefined) {
        digest = createHash('sha256').update(new Uint8Array(leaf)).digest();
        leafDigests.set(leaf, digest);
      }
      hash.update(digest);
    }
    return hash.digest();
  }

  /** With some facts taken out and others put in; leaves without either are the same. */
  changed(changes: FactChanges): FactLayer {
    const added: number[][] = this.leaves.map(() => []);
    for (const entry of changes.added) added[this.leafOf(entry[0])].push(...entry);
    const touched = new Set(added.flatMap(({ length }, i) => (length > 0 ? [i] : [])));
    for (const high of changes.cleared.keys()) touched.add(this.leafOf(high));
    const leaves = [...this.leaves];
    for (const i of touched) {
      const old = this.words[i];
      const words = new Uint32Array(old.length + added[i].length);
      let end = 0;
      for (let at = 0; at < old.length; at += WORDS) {
        if (changes.clears(old[at], old[at + 1])) continue;
        for (let j = 0; j < WORDS; j++) words[end++] = old[at + j];
      }
      words.set(added[i], end);
      leaves[i] = sorted(words.subarray(0, end + added[i].length));
    }
    return new FactLayer(leaves);
  }

  private leafOf(high: number): number {
    return this.shift === 32 ? 0 : high >>> this.shift;
  }

  /** Appends mark, beginning and end of each fact of this fingerprint. */
  read(high: number, low: number, into: number[]): void {
    const first = high >>> 0;
    const second = (low & ~MARK_MASK) >>> 0;
    const { shift } = this;
    const words = this.words[this.leafOf(first)];
    const entries = words.length / WORDS;
    // Fingerprints are spread evenly: where one has to stand can be told, and from what stands there told again.
    let guess = Math.floor((((first << (32 - shift)) >>> 0) / 2 ** 32) * entries);
    if (guess < entries) guess += Math.trunc(((first - words[guess * WORDS]) / this.span) * entries);
    let from = Math.min(Math.max(0, guess - NEAR), entries);
    let to = Math.max(0, Math.min(entries, guess + NEAR));
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

const leafDigests = new WeakMap<SharedArrayBuffer, Buffer>();

/** Facts to be taken out of a layer, and others to be put in. */
export class FactChanges {
  readonly added: (readonly [high: number, low: number, from: number, until: number])[] = [];
  /** By the first half of the fingerprint: the second halves with their marks. */
  readonly cleared = new Map<number, number[]>();

  add(high: number, low: number, mark: Mark, from: number, until: number): void {
    this.added.push([high >>> 0, ((low & ~MARK_MASK) | mark) >>> 0, from, until]);
  }

  /** What is counted under the fingerprint: so many more, or fewer. */
  count(high: number, low: number, by: number): void {
    this.add(high, low, Mark.Counted, by >>> 0, 0xffffffff);
  }

  clear(high: number, low: number, mark: Mark): void {
    const list = this.cleared.get(high >>> 0);
    const word = ((low & ~MARK_MASK) | mark) >>> 0;
    if (list === undefined) this.cleared.set(high >>> 0, [word]);
    else list.push(word);
  }

  clears(high: number, word: number): boolean {
    return this.cleared.get(high)?.includes(word) ?? false;
  }
}

/** Entries in order; what was said twice stands there once, and what is counted is added up, and gone at none. */
export function sorted(words: Uint32Array): SharedArrayBuffer {
  const order = new Uint32Array(words.length / WORDS);
  for (let i = 0; i < order.length; i++) order[i] = i * WORDS;
  order.sort(
    (a, b) =>
      words[a] - words[b] || words[a + 1] - words[b + 1] || words[a + 2] - words[b + 2] || words[a + 3] - words[b + 3],
  );
  const kept = new Uint32Array(words.length);
  let end = 0;
  const uncount = (): void => {
    if (end > 0 && (kept[end - 3] & MARK_MASK) === Mark.Counted && kept[end - 2] === 0) end -= WORDS;
  };
  for (const at of order) {
    const same = end > 0 && words[at] === kept[end - 4] && words[at + 1] === kept[end - 3];
    const counted = (words[at + 1] & MARK_MASK) === Mark.Counted;
    if (same && counted) {
      kept[end - 2] += words[at + 2];
      continue;
    }
    if (same && words[at + 2] === kept[end - 2] && words[at + 3] === kept[end - 1]) continue;
    uncount();
    for (let i = 0; i < WORDS; i++) kept[end++] = words[at + i];
  }
  uncount();
  const leaf = new SharedArrayBuffer(end * 4);
  new Uint32Array(leaf).set(kept.subarray(0, end));
  return leaf;
}
