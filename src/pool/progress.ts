/**
 * Where each pack stands, in shared memory: whether a worker has begun it, and at which message it is. So a deadline counts
 * from the beginning, a pack that was never begun is not blamed for its thread's death, and the message that is to blame is
 * known at once. A hint only: what a dying thread has written last is checked, never believed.
 */

const WORDS = 2;
/** In place of a pack that has not been begun. */
const NOT_BEGUN = 0;

export function newProgress(slots: number): SharedArrayBuffer {
  return new SharedArrayBuffer(slots * WORDS * Int32Array.BYTES_PER_ELEMENT);
}

/** The worker's side. Batch ids begin with 1. */
export class ProgressWriter {
  private readonly words: Int32Array;

  constructor(
    buffer: SharedArrayBuffer,
    private readonly slot: number,
  ) {
    this.words = new Int32Array(buffer);
  }

  begin(batch: number): void {
    Atomics.store(this.words, this.slot * WORDS + 1, 0);
    Atomics.store(this.words, this.slot * WORDS, batch);
  }

  at(ordinal: number): void {
    Atomics.store(this.words, this.slot * WORDS + 1, ordinal);
  }
}

export class ProgressReader {
  private readonly words: Int32Array;
  private readonly free: number[];

  constructor(buffer: SharedArrayBuffer) {
    this.words = new Int32Array(buffer);
    this.free = Array.from({ length: this.words.length / WORDS }, (_, i) => i);
  }

  take(): number {
    const slot = this.free.pop();
    if (slot === undefined) throw new RangeError('more packs in flight than slots');
    Atomics.store(this.words, slot * WORDS, NOT_BEGUN);
    return slot;
  }

  give(slot: number): void {
    this.free.push(slot);
  }

  begun(slot: number, batch: number): boolean {
    return Atomics.load(this.words, slot * WORDS) === batch;
  }

  /** The message that the worker was at, if it says so and there is one. */
  ordinal(slot: number, batch: number, count: number): number | undefined {
    if (!this.begun(slot, batch)) return undefined;
    const ordinal = Atomics.load(this.words, slot * WORDS + 1);
    return ordinal >= 0 && ordinal < count ? ordinal : undefined;
  }
}
