/**
 * Watches over progress: the client can fall silent without a word, and so can a lane, of which the broker or we
 * ourselves know records that nobody commits. Then only a new process helps. Knows how far behind each lane is.
 */
import { SluiceError } from '../errors.js';
import type { Lag } from '../pipeline/port.js';
import * as bounds from './kafka-bounds.js';
import type { KafkaLane } from './kafka-lane.js';
import { within } from './waiting.js';

export interface WatchOptions {
  readonly clock: () => number;
  /** The lanes of each slot that is ours. */
  readonly slots: () => Iterable<readonly KafkaLane[]>;
  readonly endsOf: (topic: string) => Promise<ReadonlyMap<number, number>>;
  /** Whether the owner of a lane has a reason not to commit. */
  readonly waits: (lane: KafkaLane) => boolean;
}

interface Seen {
  /** What of the lane has to move, and since when it has not. */
  mark: number;
  since: number;
  /** Where the records end that may be read, and when the broker said so. */
  end: number;
  endAt: number;
}

export class Watch {
  readonly #options: WatchOptions;
  readonly #seen = new WeakMap<KafkaLane, Seen>();
  #lastSign: number | undefined;
  #asking = false;

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** Looks from time to time, until what it answers is called. */
  every(silent: (error: SluiceError) => void): () => void {
    const looking = setInterval(() => {
      const silence = this.look();
      if (silence !== undefined) silent(silence);
    }, bounds.lookMs);
    const asking = setInterval(() => void this.ask(), bounds.endPollMs);
    return () => {
      clearInterval(looking);
      clearInterval(asking);
    };
  }

  /** The client has fetched, or joined. */
  sign(): void {
    this.#lastSign = this.#options.clock();
  }

  /** What has stood still for too long. */
  look(): SluiceError | undefined {
    const now = this.#options.clock();
    if (this.#lastSign !== undefined && now - this.#lastSign > bounds.silenceMsMax)
      return new SluiceError('KAFKA_SILENT');
    for (const lanes of this.#options.slots()) {
      // They commit one after the other, so that all of them wait for the one that does.
      const committing = lanes.some((lane) => lane.committing);
      for (const lane of lanes) {
        if (!lane.open) continue;
        const ms = this.#stillMs(lane, committing, now);
        const { topic, partition } = lane;
        if (ms > (this.#options.waits(lane) ? bounds.waitMsMax : bounds.silenceMsMax))
          return new SluiceError('KAFKA_SILENT', { subject: `${topic}/${partition}` });
      }
    }
    return undefined;
  }

  /** Asks the brokers where the lanes end. */
  async ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const lanes = this.#lanes();
    for (const topic of new Set(lanes.map((lane) => lane.topic))) {
      const ends = await within(bounds.attemptMsMax, this.#options.endsOf(topic)).catch(() => undefined);
      for (const lane of lanes) {
        const end = lane.topic === topic ? ends?.get(lane.partition) : undefined;
        if (end !== undefined) Object.assign(this.#of(lane), { end, endAt: this.#options.clock() });
      }
    }
    this.#asking = false;
  }

  lags(): Lag[] {
    const now = this.#options.clock();
    return this.#lanes().map((lane) => {
      const { end, since } = this.#of(lane);
      const behind = lane.owing || end > lane.expected;
      const records = behind ? Math.max(end, lane.expected) - lane.committed : 0;
      return { topic: lane.topic, partition: lane.partition, records, stillMs: behind ? now - since : 0 };
    });
  }

  #lanes(): KafkaLane[] {
    return [...this.#options.slots()].flat().filter((lane) => lane.open);
  }

  #stillMs(lane: KafkaLane, committing: boolean, now: number): number {
    const seen = this.#of(lane);
    // What the broker said long ago says nothing of a partition that has no leader now.
    const known = seen.end > lane.expected && now - seen.endAt < bounds.endMsMax;
    const mark = lane.owing ? lane.committed : lane.expected;
    const moves = mark !== seen.mark || committing || (!lane.owing && !known);
    seen.mark = mark;
    if (moves) seen.since = now;
    return now - seen.since;
  }

  #of(lane: KafkaLane): Seen {
    let seen = this.#seen.get(lane);
    if (seen === undefined) {
      seen = { mark: -1, since: this.#options.clock(), end: -1, endAt: 0 };
      this.#seen.set(lane, seen);
    }
    return seen;
  }
}
