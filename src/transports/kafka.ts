/**
 * The Kafka transport: a member of a consumer group whose slots it hands to the pipeline, one `own` for each. The
 * client's events arrive here; anything it cannot go on after ends the run with a coded error.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SluiceError } from '../errors.js';
import type { Run, Transport, TransportStatus } from '../pipeline/port.js';
import { type Assignment, slotsOf } from './assigner.js';
import { AtLeastOnce } from './kafka-at-least-once.js';
import * as bounds from './kafka-bounds.js';
import {
  type Admin,
  type Consumer,
  type EachBatchPayload,
  faultOf,
  groupConsumer,
  isOwner,
  openKafka,
} from './kafka-client.js';
import { ExactlyOnce } from './kafka-exactly-once.js';
import type { Committer, KafkaLane } from './kafka-lane.js';
import { committedOf, edgesOf, endsOf } from './kafka-offsets.js';
import type { KafkaTransportOptions } from './kafka-options.js';
import { findGap, gapError, KafkaSlot } from './kafka-slot.js';
import { readCompacted } from './kafka-state.js';
import { checkTopics } from './kafka-topics.js';
import { Watch } from './kafka-watch.js';
import { deferred, signalled, within } from './waiting.js';

export type { KafkaTransportOptions };

export class KafkaTransport implements Transport {
  readonly #options: KafkaTransportOptions;
  readonly #kafka;
  readonly #admin: Admin;
  readonly #consumer: Consumer;
  readonly #slots = new Map<number, KafkaSlot>();
  readonly #tending = new Map<number, Promise<void>>();
  readonly #failure = deferred<never>();
  #assigned: Map<number, readonly string[]> = new Map();
  #run: Run | undefined;
  #memberId = '';
  #stopping = false;
  readonly #watch: Watch;

  constructor(options: KafkaTransportOptions) {
    this.#options = options;
    this.#kafka = openKafka(options.client);
    this.#admin = this.#kafka.admin();
    const { groupId, sessionMs } = options;
    const held = (): number[] => [...this.#slots.keys()];
    this.#consumer = groupConsumer(this.#kafka, { groupId, held, ...(sessionMs && { sessionMs }) });
    this.#failure.promise.catch(() => {});
    this.#watch = new Watch({
      clock: Date.now,
      slots: () => [...this.#slots.values()].map(({ lanes }) => lanes),
      endsOf: (topic) => endsOf(this.#admin, topic),
      waits: (lane) => this.#run?.waits?.(lane) === true,
    });
  }

  status(): TransportStatus {
    const open = [...this.#slots.values()].flatMap(({ lanes }) => lanes.filter((lane) => lane.open));
    return { joined: this.#memberId !== '' && !this.#stopping, lanes: open.length, lags: this.#watch.lags() };
  }

  async run(run: Run): Promise<void> {
    this.#run = run;
    const stopped = signalled(run.stop);
    const unwatch = this.#watch.every((silence) => this.#fail(silence));
    try {
      await Promise.race([this.#join(), stopped, this.#failure.promise]);
      await Promise.race([stopped, this.#failure.promise]);
    } catch (error) {
      this.#fail(error);
    } finally {
      unwatch();
      this.#stopping = true;
      for (const slot of this.#slots.values()) slot.stop();
      await Promise.all(this.#tending.values());
      await within(bounds.closeMsMax, this.#consumer.disconnect()).catch(() => {});
      await within(bounds.closeMsMax, this.#admin.disconnect()).catch(() => {});
    }
    // What failed while the rest was settled counts too.
    await Promise.race([this.#failure.promise, Promise.resolve()]);
  }

  async #join(): Promise<void> {
    const { CRASH, FETCH, GROUP_JOIN, START_BATCH_PROCESS } = this.#consumer.events;
    this.#consumer.on(GROUP_JOIN, ({ payload }) => this.#joined(payload.memberId, slotsOf(payload.memberAssignment)));
    this.#consumer.on(FETCH, () => this.#watch.sign());
    this.#consumer.on(CRASH, ({ payload }) => void this.#crashed(payload.error, payload.restart));
    this.#consumer.on(START_BATCH_PROCESS, ({ payload: { topic, partition, batchSize, firstOffset, lastOffset } }) => {
      if (batchSize === 0) this.#laneOf(topic, partition)?.skip(Number(firstOffset ?? lastOffset), Number(lastOffset));
    });
    await within(bounds.ownMsMax, this.#admin.connect());
    if (this.#options.requirements !== undefined) await checkTopics(this.#admin, this.#options.requirements);
    await within(bounds.ownMsMax, this.#consumer.connect());
    await this.#consumer.subscribe({ topics: [...this.#options.inputs], fromBeginning: true });
    this.#watch.sign();
    await this.#consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 1, // What is done with a batch here takes no time.
      eachBatch: async (payload) => this.#offer(payload),
    });
  }

  /** The client calls this while it does nothing else: what is paused and sought here holds from the first fetch on. */
  #joined(memberId: string, assigned: Assignment): void {
    this.#watch.sign();
    // Another member than before was away: what it held, others may have had in between.
    const same = memberId === this.#memberId;
    this.#memberId = memberId;
    this.#assigned = new Map(assigned);
    for (const [partition, slot] of this.#slots) if (!same || !slot.isOf(assigned.get(partition))) slot.take();
    for (const [partition, topics] of assigned) {
      for (const topic of topics) {
        const lane = this.#laneOf(topic, partition);
        if (lane?.open) lane.rejoined();
        else this.#consumer.pause([{ topic, partitions: [partition] }]);
      }
      if (!this.#tending.has(partition)) this.#tending.set(partition, this.#tend(partition));
    }
  }

  /** Owns a slot for as long as the group says so: again, after another member has taken a lane of it in between. */
  async #tend(partition: number): Promise<void> {
    try {
      while (!this.#stopping) {
        const topics = this.#assigned.get(partition);
        if (topics === undefined) break;
        const slot = this.#slot(partition, topics);
        this.#slots.set(partition, slot);
        try {
          if (await slot.prepare()) await this.#run?.own(slot);
        } finally {
          slot.stop();
          this.#slots.delete(partition);
          await slot.close();
        }
        if (!slot.taken) await this.#toldOf(partition, topics);
      }
    } catch (error) {
      this.#fail(error);
    } finally {
      this.#tending.delete(partition);
    }
  }

  /** A slot that was lost by what a commit found out: the group gives it to us anew, or says that it is ours still. */
  async #toldOf(partition: number, topics: readonly string[]): Promise<void> {
    const { groupId } = this.#options;
    const [topic] = topics;
    const told = (): boolean => this.#stopping || this.#assigned.get(partition) !== topics;
    for (const deadline = Date.now() + bounds.ownMsMax; !told() && topic !== undefined; ) {
      await pause(bounds.lostPauseMs);
      const asked = isOwner(this.#admin, groupId, this.#memberId, topic, partition);
      if (told() || (await within(bounds.attemptMsMax, asked).catch(() => undefined)) === true) return;
      if (Date.now() > deadline) throw new SluiceError('KAFKA_SILENT', { subject: `${topic}/${partition}` });
    }
  }

  #slot(partition: number, topics: readonly string[]): KafkaSlot {
    const { acceptGaps, outputOf } = this.#options;
    const onFault = this.#options.onFault ?? (() => {});
    const admin = this.#admin;
    return new KafkaSlot({
      partition,
      topics,
      acceptGaps,
      onFault,
      fetching: {
        pause: (lane) => this.#tell(() => this.#consumer.pause([where(lane)])),
        resume: (lane) => this.#tell(() => this.#consumer.resume([where(lane)])),
        seek: ({ topic }, offset) =>
          this.#tell(() => this.#consumer.seek({ topic, partition, offset: String(offset) })),
      },
      committerOf: (topic, taken) => this.#committer(topic, partition, taken),
      edgesOf: (topic) => edgesOf(admin, topic, partition),
      hasOutput: async (topic) => (await edgesOf(admin, outputOf(topic), partition)).high > 0,
      readState: (topic) => readCompacted(this.#kafka, admin, topic, partition),
    });
  }

  #committer(topic: string, partition: number, taken: AbortSignal): Committer {
    const { groupId, compression, delivery, requirements } = this.#options;
    const options = {
      kafka: this.#kafka,
      groupId,
      topic,
      partition,
      compression,
      sendBytesMax: Math.min(bounds.sendBytesMax, requirements?.recordBytesMax ?? bounds.sendBytesMax),
      taken,
      onFault: this.#options.onFault ?? (() => {}),
      readCommitted: () => committedOf(this.#admin, groupId, topic, partition),
      isOwner: () => isOwner(this.#admin, groupId, this.#memberId, topic, partition),
      commitOffset: (offset: number) => this.#consumer.commitOffsets([{ topic, partition, offset: String(offset) }]),
    };
    return delivery === 'exactly-once' ? new ExactlyOnce(options) : new AtLeastOnce(options);
  }

  #offer({ batch, resolveOffset, isStale }: EachBatchPayload): void {
    this.#watch.sign();
    const lane = this.#laneOf(batch.topic, batch.partition);
    const last = batch.messages.at(-1);
    if (lane === undefined || last === undefined || isStale()) return;
    const { fetchedOffset } = batch as typeof batch & { readonly fetchedOffset: string };
    const { highWatermark, messages } = batch;
    if (lane.offer(Number(fetchedOffset), Number(highWatermark), messages)) resolveOffset(last.offset);
  }

  /** A client that has crashed refuses; its crash is reported, and ends the run. */
  #tell(order: () => void): void {
    try {
      order();
    } catch (error) {
      this.#options.onFault?.(faultOf(error));
    }
  }

  #laneOf(topic: string, partition: number): KafkaLane | undefined {
    return this.#slots.get(partition)?.lanes.find((lane) => lane.topic === topic);
  }

  async #crashed(error: unknown, restarts: boolean): Promise<void> {
    if (this.#stopping) return;
    this.#options.onFault?.(faultOf(error));
    // It joins again by itself, as another member; until then all we hold may be given away, and is fenced then.
    if (restarts) return;
    const lanes = [...this.#slots.values()].flatMap((slot) => slot.lanes);
    const passed = faultOf(error).includes('OFFSET_OUT_OF_RANGE');
    const gap = passed ? await findGap(lanes, (topic, partition) => edgesOf(this.#admin, topic, partition)) : undefined;
    this.#fail(gap === undefined ? error : gapError(gap));
  }

  #fail(error: unknown): void {
    const ours = error instanceof SluiceError ? error : new SluiceError('KAFKA_FAILED', { subject: faultOf(error) });
    this.#failure.reject(ours);
    for (const slot of this.#slots.values()) slot.stop();
  }
}

function where({ topic, partition }: KafkaLane): { topic: string; partitions: number[] } {
  return { topic, partitions: [partition] };
}
