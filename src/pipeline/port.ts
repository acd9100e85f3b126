/**
 * What the pipeline asks of a transport: Kafka, the journal, a pipe and the simulator all implement this, and nothing
 * else knows which one it is. The protocol stands here once; a transport that breaks it loses or duplicates records.
 *
 *   run ──► own(slot) ──► for each lane:  next() → batch → (judged) → commit(work) ─┐
 *            │                              ▲                                       │
 *            │                              └───────────────────────────────────────┘
 *            └─ resolves when every lane's next() has answered null and its last commit is settled
 *
 * 1. A **slot** is partition i of all input topics together, so that a session lives in one place. Before `own` is called
 *    the transport has, for every lane of the slot: taken exclusive ownership (on Kafka: initialised the transactional
 *    producer of that input partition, which fences the owner before), THEN read the committed offset, THEN set its
 *    position. So state read inside `own` misses nothing that an earlier owner has committed.
 * 2. `next` answers the records that follow the last batch, in offset order, at most one batch at a time per lane. A lane
 *    that is not asked is not read on: the transport holds at most one batch ready for it, pauses the fetch, and keeps the
 *    ownership alive (heartbeats) for as long as it takes. `null` means: stop, or revoked; it stays null.
 * 3. `next` may be called before the batch in hand is committed (the next one is judged meanwhile), but commits of a lane
 *    come one at a time, in order, each beginning where the one before ended.
 * 4. `commit` is atomic: readers of committed records see all of its records and the offset moves to `next`, or neither.
 *    An unknown result (a lost response, a timeout) is resolved inside, by taking ownership anew and reading the committed
 *    offset; it is never passed on. It answers:
 *      committed   all is visible, the offset stands at `next`
 *      aborted     nothing is visible, the offset stands at `first`, the lane is still ours: call again with the same work
 *      lost        another owner has the partition: forget everything, it will do it again. A slot is lost as a whole: its
 *                  other lanes end too, `own` resolves, and a transport that finds it still assigned owns it anew
 *    and throws a SluiceError if neither can be told, or the offset stands anywhere else: the process has to end.
 * 5. On revocation `next` answers null and `revoked` is set; work in hand may still be committed (`lost` is an answer).
 *    The transport waits for `own` to resolve, for a bounded time, before it gives the slot away.
 * 6. `stop` is the same for all slots; `run` resolves when everything is settled, disconnected and synced. Whatever cannot be
 *    survived rejects `run` with a SluiceError, and so does an `own` that rejects: the caller ends the process with a code
 *    other than zero.
 * 7. Foreign errors never leave a transport: parsers and clients quote what they read.
 */

import type { Headers } from '../message.js';
import type { Lag } from '../telemetry/events.js';

export type { Headers, Lag };

/** Why the transport could not read a record: its batch inflates past the bound, is damaged, or has a codec that nobody knows. */
export type Unreadable = 'BATCH_TOO_LARGE' | 'BATCH_DAMAGED' | 'CODEC_UNKNOWN';

export interface InRecord {
  /** A safe integer; a transport refuses larger ones. */
  readonly offset: number;
  /** Milliseconds since 1970, as the record says. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  /** `null` is a tombstone. */
  readonly value: Buffer | null;
  readonly headers: Headers;
  /**
   * The record cannot be scanned, whatever its value: it has no key, and its value is no UTF-8 either. The first one of
   * a batch carries the whole batch as it came, behind a byte 0xff, for quarantine.
   */
  readonly unreadable?: Unreadable;
}

export interface OutRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
  /** The transport's own clock unless said. */
  readonly timestamp?: number;
}

/** Records for one partition of one topic, in order. The transport splits what is too large for one request. */
export interface Send {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly OutRecord[];
}

export interface Batch {
  /** In offset order. Offsets may have gaps: aborted transactions, their markers, compaction. */
  readonly records: readonly InRecord[];
  /** End of the partition when the batch was read: the offset that the next record to be written would get. */
  readonly highWatermark: number;
  /**
   * Offsets that were passed over unread: retention took them, and the operator accepted exactly this gap; or the broker
   * has, asked again and again, nothing between these.
   */
  readonly gap?: { readonly from: number; readonly to: number };
}

export interface Work {
  readonly sends: readonly Send[];
  /** Where the lane's committed offset stands before, and where it shall stand after: last offset + 1. */
  readonly first: number;
  readonly next: number;
}

export type Outcome = 'committed' | 'aborted' | 'lost';

/** One input partition, for as long as it is ours. */
export interface Lane {
  readonly topic: string;
  readonly partition: number;
  /** The committed offset at the time of `own`: the first batch begins here or, after a gap in offsets, later. */
  readonly position: number;
  next(): Promise<Batch | null>;
  commit(work: Work): Promise<Outcome>;
}

export interface Slot {
  readonly partition: number;
  /** One for each input topic that has this partition. */
  readonly lanes: readonly Lane[];
  /** Set when the slot is taken away or everything stops. */
  readonly revoked: AbortSignal;
  /** The last committed record of each key in this partition of a compacted topic; a tombstone removes its key. */
  readState(topic: string): Promise<ReadonlyMap<string, Buffer>>;
}

export interface Run {
  /** Called once for each slot and ownership; a slot that comes back is a new one. */
  readonly own: (slot: Slot) => Promise<void>;
  readonly stop: AbortSignal;
  /** Whether the owner has a reason to commit nothing in a lane for a while: it pauses, or waits for verdicts or memory. */
  readonly waits?: (lane: Lane) => boolean;
}

export interface TransportStatus {
  /** Connected, and a member where there is a group. */
  readonly joined: boolean;
  /** Lanes that are ours now. */
  readonly lanes: number;
  /** Of those lanes, where the transport can tell. */
  readonly lags?: readonly Lag[];
}

export interface Transport {
  run(run: Run): Promise<void>;
  status(): TransportStatus;
}
