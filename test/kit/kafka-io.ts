/** What tests do with topics: make them, fill them, and read everything that is committed in them. */
import { randomUUID } from 'node:crypto';
import type { Headers } from '../../src/pipeline/port.js';
import {
  type Compression,
  compressionOf,
  type IHeaders,
  idempotentProducer,
  openKafka,
} from '../../src/transports/kafka-client.js';
import { deferred, within } from '../../src/transports/waiting.js';

const READ_MS_MAX = 60_000;

export interface TestRecord {
  readonly partition: number;
  readonly key?: string | Buffer | null;
  readonly value: string | Buffer | null;
  readonly headers?: IHeaders;
}

export interface ReadRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Headers;
  readonly timestamp: number;
}

export class KafkaIo {
  readonly #kafka;

  constructor(brokers: readonly string[]) {
    this.#kafka = openKafka({ brokers, clientId: 'sluice-test' });
  }

  async createTopics(
    names: readonly string[],
    partitions: number,
    config: Readonly<Record<string, string>> = {},
    copies = 1,
  ): Promise<void> {
    const admin = this.#kafka.admin();
    await admin.connect();
    await admin.createTopics({
      waitForLeaders: true,
      topics: names.map((topic) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: copies,
        configEntries: Object.entries(config).map(([name, value]) => ({ name, value })),
      })),
    });
    await admin.disconnect();
  }

  /** Deletes everything in front of an offset, as retention does. */
  async deleteBefore(topic: string, partition: number, offset: number): Promise<void> {
    const admin = this.#kafka.admin();
    await admin.connect();
    await admin.fetchTopicOffsets(topic); // Without it the client does not know the topic.
    await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
    await admin.disconnect();
  }

  /** Answers the offset of each record. */
  async produce(
    topic: string,
    records: readonly TestRecord[],
    { piece = 500, compression = 'none' }: { piece?: number; compression?: Compression } = {},
  ): Promise<number[]> {
    const producer = idempotentProducer(this.#kafka);
    await producer.connect();
    const offsets: number[] = [];
    for (const partition of new Set(records.map((record) => record.partition))) {
      const mine = [...records.entries()].filter(([, record]) => record.partition === partition);
      for (let at = 0; at < mine.length; at += piece) {
        const part = mine.slice(at, at + piece);
        const messages = part.map(([, { partition, key, value, headers }]) => ({
          partition,
          key: key ?? null,
          value,
          ...(headers && { headers }),
        }));
        const [result] = await producer.send({ topic, messages, acks: -1, compression: compressionOf(compression) });
        for (const [i, [index]] of part.entries()) offsets[index] = Number(result?.baseOffset) + i;
      }
    }
    await producer.disconnect();
    return offsets;
  }

  /** Every committed record that stands in the topics now, by topic, partition and offset. */
  async readAll(topics: readonly string[]): Promise<ReadRecord[]> {
    const admin = this.#kafka.admin();
    await admin.connect();
    const open = new Map<string, number>();
    for (const topic of topics) {
      for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
        if (Number(high) > Number(low)) open.set(`${topic}/${partition}`, Number(high));
      }
    }
    const groupId = `sluice-test-${randomUUID()}`;
    const consumer = this.#kafka.consumer({ groupId, maxWaitTimeInMs: 20, readUncommitted: false });
    const done = deferred<void>();
    if (open.size === 0) done.resolve();
    const records: ReadRecord[] = [];
    consumer.on(consumer.events.CRASH, ({ payload }) => done.reject(payload.error));
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
      const name = `${topic}/${partition}`;
      if (Number(lastOffset) >= (open.get(name) ?? Number.POSITIVE_INFINITY) - 1) open.delete(name);
      if (open.size === 0) done.resolve();
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch: { topic, partition, messages } }) => {
        for (const { offset, key, value, headers, timestamp } of messages) {
          records.push({
            topic,
            partition,
            offset: Number(offset),
            key,
            value,
            headers: Object.entries(headers ?? {}).flatMap(([name, content]) =>
              [content].flat().flatMap((one) => (Buffer.isBuffer(one) ? [[name, one] as const] : [])),
            ),
            timestamp: Number(timestamp),
          });
        }
      },
    });
    try {
      await within(READ_MS_MAX, done.promise);
    } finally {
      await consumer.disconnect();
      await admin.deleteGroups([groupId]).catch(() => {});
      await admin.disconnect();
    }
    return records.sort((a, b) => compare(a.topic, b.topic) || a.partition - b.partition || a.offset - b.offset);
  }

  /** What the group has committed, by `topic/partition`. */
  async committed(groupId: string, topic: string): Promise<ReadonlyMap<number, number>> {
    const admin = this.#kafka.admin();
    await admin.connect();
    const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
    await admin.disconnect();
    return new Map(offsets?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  }
}

export function headerOf({ headers }: { readonly headers: Headers }, name: string): string | undefined {
  return headers.find(([candidate]) => candidate === name)?.[1]?.toString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
