/**
 * Partition i of all input topics while it is ours: taking it over (fence, then committed offsets, then positions), and
 * letting it go. What stands in the way of an honest position is an error, never a jump.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SluiceError } from '../errors.js';
import type { Slot } from '../pipeline/port.js';
import * as bounds from './kafka-bounds.js';
import { faultOf } from './kafka-client.js';
import type { Committer, Fetching } from './kafka-lane.js';
import { KafkaLane } from './kafka-lane.js';
import { within } from './waiting.js';

/** Offsets that may be passed over unread, because the operator has said so, exactly so. */
export interface Gap {
  readonly topic: string;
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

export interface Edges {
  /** The first offset that is still there, and the one that the next record will get. */
  readonly low: number;
  readonly high: number;
}

export interface SlotOptions {
  readonly partition: number;
  readonly topics: readonly string[];
  readonly acceptGaps: readonly Gap[];
  readonly fetching: Fetching;
  committerOf(topic: string, taken: AbortSignal): Committer;
  edgesOf(topic: string): Promise<Edges>;
  /** Whether output stands where only this lane writes: then a missing offset is a lost one. */
  hasOutput(topic: string): Promise<boolean>;
  readState(topic: string): Promise<ReadonlyMap<string, Buffer>>;
  onFault(fault: string): void;
}

export class KafkaSlot implements Slot {
  readonly partition: number;
  readonly lanes: readonly KafkaLane[];
  readonly #options: SlotOptions;
  readonly #committers: ReadonlyMap<KafkaLane, Committer>;
  readonly #revoked = new AbortController();
  readonly #taken = new AbortController();

  constructor(options: SlotOptions) {
    this.#options = options;
    this.partition = options.partition;
    const lanes = options.topics.map((topic) => {
      const committer = this.#endingWhenLost(options.committerOf(topic, this.#taken.signal));
      return [new KafkaLane(topic, options.partition, committer, options.fetching), committer] as const;
    });
    this.#committers = new Map(lanes);
    this.lanes = lanes.map(([lane]) => lane);
  }

  get revoked(): AbortSignal {
    return this.#revoked.signal;
  }

  get taken(): boolean {
    return this.#taken.signal.aborted;
  }

  /** No more batches; what is in hand may be committed. */
  stop(): void {
    this.#revoked.abort();
    for (const lane of this.lanes) lane.stop();
  }

  /** Another member has it now, or soon. */
  take(): void {
    this.#taken.abort();
    this.stop();
  }

  /** Whether it has the lanes of these topics, and no others. */
  isOf(topics: readonly string[] | undefined): boolean {
    return topics?.length === this.lanes.length && this.lanes.every(({ topic }) => topics.includes(topic));
  }

  /** Of a slot that is given up meanwhile there is none to speak of: nothing is committed any more. */
  async readState(topic: string): Promise<ReadonlyMap<string, Buffer>> {
    return (await this.#patiently(() => this.#options.readState(topic))) ?? new Map<string, Buffer>();
  }

  /** All lanes at once: each costs the same few round trips. Answers `false` if the slot was taken or stopped meanwhile. */
  async prepare(): Promise<boolean> {
    const starts = await Promise.all(
      [...this.#committers].map(([lane, committer]) => this.#patiently(() => this.#positionOf(lane, committer))),
    );
    if (this.revoked.aborted) return false;
    for (const [i, lane] of this.lanes.entries()) {
      const start = starts[i];
      if (start !== undefined) lane.start(start.position, start.to);
    }
    return true;
  }

  async close(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => within(bounds.closeMsMax, lane.close()).catch(() => {})));
  }

  /** Who loses one lane to another member has lost them all. */
  #endingWhenLost(committer: Committer): Committer {
    return {
      own: () => committer.own(),
      begin: (offset) => committer.begin(offset),
      close: () => committer.close(),
      commit: async (work) => {
        const outcome = await committer.commit(work);
        if (outcome === 'lost') this.stop();
        return outcome;
      },
    };
  }

  /** Leaders move, and a client that is asked by several at once fails now and then: it is asked again, within bounds. */
  async #patiently<T>(ask: () => Promise<T>): Promise<T | undefined> {
    let fault = '';
    for (const deadline = Date.now() + bounds.ownMsMax; Date.now() < deadline; await pause(bounds.retryPauseMs)) {
      if (this.revoked.aborted) return undefined;
      try {
        return await ask();
      } catch (error) {
        if (error instanceof SluiceError) throw error;
        this.#options.onFault((fault = faultOf(error)));
      }
    }
    throw new SluiceError('KAFKA_UNREACHABLE', { subject: fault });
  }

  async #positionOf(lane: KafkaLane, committer: Committer): Promise<{ position: number; to: number }> {
    const { edgesOf, hasOutput } = this.#options;
    const committed = await committer.own();
    const { low, high } = await within(bounds.attemptMsMax, edgesOf(lane.topic));
    const subject = `${lane.topic}/${lane.partition}`;
    if (committed === undefined) {
      if (await hasOutput(lane.topic)) throw new SluiceError('OFFSET_MISSING', { subject });
      await committer.begin(low);
      return { position: low, to: low };
    }
    if (committed > high) throw new SluiceError('OFFSET_AMBIGUOUS', { subject, position: committed });
    if (committed >= low) return { position: committed, to: committed };
    this.#refuseGap({ topic: lane.topic, partition: lane.partition, from: committed, to: low });
    return { position: committed, to: low };
  }

  #refuseGap(gap: Gap): void {
    const same = ({ topic, partition, from, to }: Gap): boolean =>
      topic === gap.topic && partition === gap.partition && from === gap.from && to === gap.to;
    if (!this.#options.acceptGaps.some(same)) throw gapError(gap);
  }
}

export function gapError({ topic, partition, from, to }: Gap): SluiceError {
  return new SluiceError('OFFSET_GAP', { subject: `${topic}/${partition}:${from}-${to}` });
}

/** What retention took before these lanes could read it. */
export async function findGap(
  lanes: readonly KafkaLane[],
  edgesOf: (topic: string, partition: number) => Promise<Edges>,
): Promise<Gap | undefined> {
  for (const { topic, partition, expected } of lanes) {
    const edges = await within(bounds.attemptMsMax, edgesOf(topic, partition)).catch(() => undefined);
    if (edges !== undefined && edges.low > expected) return { topic, partition, from: expected, to: edges.low };
  }
  return undefined;
}
