/**
 * A compacted topic that says what is in force (the directory's, the policy's, a roster's): read from its beginning by a member of a group
 * of its own that commits nothing, and followed from then on. What is read counts once the whole of it was; a reader that
 * stands still is told and begins anew, while what it had stays in force.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { SluiceError } from '../errors.js';
import * as bounds from './kafka-bounds.js';
import { type Admin, configOf, groupConsumer, type KafkaOptions, openKafka } from './kafka-client.js';
import { edgesOf, endsOf } from './kafka-offsets.js';
import { deferred, signalled, within } from './waiting.js';

export interface CompactedTopic {
  readonly client: KafkaOptions;
  readonly topic: string;
}

export interface CompactedRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly partition: number;
  readonly offset: number;
}

/** What one reading of the topic makes of it. */
export interface Reader {
  apply(records: readonly CompactedRecord[]): void;
  /** All that was applied counts from here on. */
  settle(): void;
}

export interface Follower {
  /** Reading begins, for the first time or anew: from the first record. */
  begin(): Reader;
  /** The topic cannot be read for now. */
  unreadable(): void;
}

export interface Following {
  /** When all that was there at the beginning counts; rejects if that cannot be. */
  readonly begun: Promise<void>;
  close(): Promise<void>;
}

/** Records that are taken in together while the topic is read for the first time. */
const LOAD_RECORDS = 50_000;
const RESTART_MS = 5_000;

export function followCompacted(from: CompactedTopic, to: Follower): Following {
  const stop = new AbortController();
  const begun = deferred<void>();
  begun.promise.catch(() => {});
  const done = (async () => {
    while (!stop.signal.aborted) {
      try {
        await follow(from, to, begun.resolve, stop.signal);
      } catch (error) {
        begun.reject(error instanceof SluiceError ? error : new SluiceError('KAFKA_FAILED', { subject: from.topic }));
        if (stop.signal.aborted) return;
        try {
          to.unreadable();
        } catch {
          // Nothing is in force yet: whoever waits has been told.
        }
        await pause(RESTART_MS, undefined, { signal: stop.signal }).catch(() => {});
      }
    }
  })();
  return {
    begun: begun.promise,
    async close() {
      stop.abort();
      await done;
    },
  };
}

/** Until it is told to stop; throws when it cannot go on. */
async function follow(from: CompactedTopic, to: Follower, caughtUp: () => void, stop: AbortSignal): Promise<void> {
  const kafka = openKafka(from.client);
  const admin = kafka.admin();
  const groupId = `sluice-follower-${randomUUID()}`;
  const consumer = groupConsumer(kafka, { groupId, held: () => [] });
  const failed = deferred<never>();
  failed.promise.catch(() => {});
  let watch: NodeJS.Timeout | undefined;
  try {
    await within(bounds.attemptMsMax, admin.connect());
    const reading = new Reading(to.begin(), await unreadInTime(admin, from.topic, stop), caughtUp);
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) failed.reject(payload.error);
    });
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
      reading.reached(partition, Number(lastOffset) + 1);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [from.topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { partition, messages } }) => {
        reading.take(
          partition,
          messages.map(({ key, value, offset }) => ({ key, value, partition, offset: Number(offset) })),
        );
      },
    });
    reading.settle();
    watch = setInterval(() => {
      endsOf(admin, from.topic)
        .then((ends) => reading.isSilent(ends) && failed.reject(new SluiceError('KAFKA_SILENT')))
        .catch(() => {});
    }, bounds.endPollMs);
    await Promise.race([signalled(stop), failed.promise]);
  } finally {
    clearInterval(watch);
    await within(bounds.closeMsMax, consumer.disconnect()).catch(() => {});
    await within(bounds.closeMsMax, admin.deleteGroups([groupId])).catch(() => {});
    await within(bounds.closeMsMax, admin.disconnect()).catch(() => {});
  }
}

/** What has been read of the topic, and what of it is in force. */
class Reading {
  /** The next offset of each partition: the client reads from the beginning again when it has lost its way. */
  private readonly next = new Map<number, number>();
  private pending: CompactedRecord[] = [];
  private loading = true;
  private moved = performance.now();

  constructor(
    private readonly reader: Reader,
    /** Where the partitions ended when reading began, as far as they are not read to there. */
    private readonly left: Map<number, number>,
    private readonly caughtUp: () => void,
  ) {}

  take(partition: number, records: readonly CompactedRecord[]): void {
    const next = this.next.get(partition) ?? 0;
    for (const record of records) if (record.offset >= next) this.pending.push(record);
    const last = records[records.length - 1];
    if (last !== undefined) this.reached(partition, last.offset + 1);
    if (!this.loading) this.hand();
    else if (this.pending.length >= LOAD_RECORDS) this.apply();
  }

  /** Also where there was no record to be seen, but the end of a transaction. */
  reached(partition: number, offset: number): void {
    if (offset <= (this.next.get(partition) ?? 0)) return;
    this.moved = performance.now();
    this.next.set(partition, offset);
    if (offset >= (this.left.get(partition) ?? 0)) this.left.delete(partition);
    if (this.loading) setImmediate(() => this.settle());
  }

  /** All that was there when reading began is in force from here on. */
  settle(): void {
    if (!this.loading || this.left.size > 0) return;
    this.loading = false;
    this.hand();
    this.caughtUp();
  }

  isSilent(ends: ReadonlyMap<number, number>): boolean {
    const behind = [...ends].some(([partition, end]) => end > (this.next.get(partition) ?? 0));
    if (!behind) this.moved = performance.now();
    return performance.now() - this.moved > bounds.silenceMsMax;
  }

  private apply(): void {
    this.reader.apply(this.pending);
    this.pending = [];
  }

  private hand(): void {
    this.apply();
    this.reader.settle();
  }
}

/** A topic that has just been made is not known to every broker at once. */
async function unreadInTime(admin: Admin, topic: string, stop: AbortSignal): Promise<Map<number, number>> {
  for (const deadline = Date.now() + bounds.attemptMsMax; ; ) {
    try {
      return await unread(admin, topic);
    } catch (error) {
      if (error instanceof SluiceError || stop.aborted || Date.now() >= deadline) throw error;
    }
    await pause(bounds.retryPauseMs);
  }
}

/** Partitions with records, and where they end. Throws where the topic would forget what it was told. */
async function unread(admin: Admin, topic: string): Promise<Map<number, number>> {
  const config = await within(bounds.attemptMsMax, configOf(admin, [topic]));
  if (!config.get(topic)?.get('cleanup.policy')?.split(',').includes('compact')) {
    throw new SluiceError('TOPIC_UNFIT', { subject: `${topic} is not compacted` });
  }
  const left = new Map<number, number>();
  for (const partition of (await within(bounds.attemptMsMax, endsOf(admin, topic))).keys()) {
    const { low, high } = await within(bounds.attemptMsMax, edgesOf(admin, topic, partition));
    if (high > low) left.set(partition, high);
  }
  return left;
}
