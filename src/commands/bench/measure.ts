/** One run of a bench: the gate, or a bare transactional copy by the same client, over the same records of a cluster. */
import { randomBytes } from 'node:crypto';
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import { groupConsumer, openKafka, type Producer, transactionalProducer } from '../../transports/kafka-client.js';
import { piecesOf } from '../../transports/kafka-pieces.js';
import { openGate } from '../run/gate.js';
import { type Cluster, newGroup } from './cluster.js';

export interface Figures {
  readonly recordsPerSecond: number;
  readonly mbPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Runs from the first commit past `warm` to the one that reaches `count` more. */
class Clock {
  private records = 0;
  private bytes = 0;
  private started: { readonly at: number; readonly records: number } | undefined;
  private readonly latencies: number[] = [];
  private readonly ended = new AbortController();
  figures: Figures | undefined;

  constructor(
    private readonly warm: number,
    private readonly count: number,
  ) {}

  get done(): AbortSignal {
    return this.ended.signal;
  }

  committed(records: number, bytes: number, latencies: Iterable<number>): void {
    this.records += records;
    if (this.started === undefined) {
      if (this.records >= this.warm) this.started = { at: performance.now(), records: this.records };
      return;
    }
    this.bytes += bytes;
    for (const ms of latencies) this.latencies.push(ms);
    if (this.records < this.warm + this.count || this.figures !== undefined) return;
    const seconds = (performance.now() - this.started.at) / 1000;
    this.figures = {
      recordsPerSecond: (this.records - this.started.records) / seconds,
      mbPerSecond: this.bytes / seconds / 1e6,
      p50Ms: quantile(this.latencies, 0.5),
      p99Ms: quantile(this.latencies, 0.99),
    };
    this.ended.abort();
  }
}

export interface Span {
  readonly warm: number;
  readonly count: number;
  /** What is there already, or what comes from now on. */
  readonly from: 'first' | 'next';
  /** Called once it reads. */
  readonly ready?: () => void;
}

export async function measureGate(cluster: Cluster, settings: Settings, span: Span): Promise<Figures> {
  const clock = new Clock(span.warm, span.count);
  const group = await newGroup(cluster, span.from);
  // Its references and its quarantine are deleted with the topics.
  const key = randomBytes(32).toString('base64');
  const gate = await openGate(
    { ...settings, group, key },
    events({
      assigned: () => span.ready?.(),
      committed: ({ records, bytesIn, latenciesMs }) => clock.committed(records, bytesIn, latenciesMs),
    }),
    { topics: cluster.topics },
  );
  await gate.run(clock.done);
  return clock.figures!;
}

/** As fast as the client goes and still exactly once: one transaction a batch, one producer a partition. */
export async function measureCopy(cluster: Cluster, span: Span): Promise<Figures> {
  const { client, input, copy, partitions } = cluster;
  const clock = new Clock(span.warm, span.count);
  const group = await newGroup(cluster, span.from);
  const kafka = openKafka(client);
  const producers: Producer[] = [];
  const consumer = groupConsumer(kafka, { groupId: group, held: () => [] });
  try {
    for (let partition = 0; partition < partitions; partition++) {
      const producer = transactionalProducer(kafka, `${group}-${partition}`);
      producers.push(producer);
      await producer.connect();
    }
    await consumer.connect();
    await consumer.subscribe({ topics: [input], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: partitions,
      eachBatch: async ({ batch: { topic, partition, messages }, resolveOffset }) => {
        const last = messages.at(-1);
        const producer = producers[partition];
        if (last === undefined || producer === undefined || clock.done.aborted) return;
        const transaction = await producer.transaction();
        const records = messages.map(({ key, value }) => ({ key, value, headers: [] }));
        for (const piece of piecesOf({ topic: copy, partition, records })) {
          await transaction.send({ topic: copy, messages: piece, acks: -1 });
        }
        const offset = String(Number(last.offset) + 1);
        const topics = [{ topic, partitions: [{ partition, offset }] }];
        await transaction.sendOffsets({ consumerGroupId: group, topics });
        await transaction.commit();
        resolveOffset(last.offset);
        const bytes = messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
        clock.committed(messages.length, bytes, []);
      },
    });
    if (!clock.done.aborted) await new Promise((resolve) => clock.done.addEventListener('abort', resolve));
  } finally {
    await consumer.disconnect();
    for (const producer of producers) await producer.disconnect();
  }
  return clock.figures!;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
