/** What tests do with topics: make them, fill them, and read everything that is committed in them. */
import { randomUUID } from 'node:crypto';
import type { Headers } from '../../src/pipeline/port.js';
import {
  type Admin,
  type Compression,
  type IHeaders,
  idempotentProducer,
  type KafkaMessage,
  openKafka,
  type Producer,
} from '../../src/transports/kafka-client.js';
import { sendTo } from '../../src/transports/kafka-send.js';
import { leadersOf } from '../../src/transports/kafka-topics.js';
import { deferred, within } from '../../src/transports/waiting.js';

const READ_MS_MAX = 180_000;

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
    const configEntries = Object.entries(config).map(([name, value]) => ({ name, value }));
    await this.#administer(async (admin) => {
      await admin.createTopics({
        waitForLeaders: false, // The client gives up at the first broker that has not heard of them yet.
        topics: names.map((topic) => ({ topic, numPartitions: partitions, replicationFactor: copies, configEntries })),
      });
      await leadersOf(admin, names);
    });
  }

  /** Deletes everything in front of an offset, as retention does. */
  async deleteBefore(topic: string, partition: number, offset: number): Promise<void> {
    await this.#administer(async (admin) => {
      await admin.fetchTopicOffsets(topic); // Without it the client does not know the topic.
      await admin.deleteTopicRecords({ topic, partitions: [{ partition, offset: String(offset) }] });
    });
  }

  /** Answers the offset of each record. */
  async produce(
    topic: string,
    records: readonly TestRecord[],
    { piece = 500, compression = 'none' }: { piece?: number; compression?: Compression } = {},
  ): Promise<number[]> {
    const producer = idempotentProducer(this.#kafka);
    try {
      await producer.connect();
      return await this.#produced(producer, topic, records, piece, compression);
    } finally {
      await producer.disconnect();
    }
  }

  async #produced(
    producer: Producer,
    topic: string,
    records: readonly TestRecord[],
    piece: number,
    compression: Compression,
  ): Promise<number[]> {
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
        const base = await sendTo(producer, topic, messages, compression);
        for (const [i, [index]] of part.entries()) offsets[index] = base + i;
      }
    }
    return offsets;
  }

  /** Every committed record that stands in the topics now, by topic, partition and offset. */
  async readAll(topics: readonly string[]): Promise<ReadRecord[]> {
    const open = new Map<string, number>();
    await this.#administer(async (admin) => {
      for (const topic of topics) {
        for (const { partition, low, high } of await admin.fetchTopicOffsets(topic)) {
          if (Number(high) > Number(low)) open.set(`${topic}/${partition}`, Number(high));
        }
      }
    });
    const groupId = `sluice-test-${randomUUID()}`;
    const consumer = this.#kafka.consumer({
      groupId,
      maxWaitTimeInMs: 20,
      readUncommitted: false,
      retry: { initialRetryTime: 100, retries: 20, restartOnFailure: async () => true },
    });
    const done = deferred<void>();
    if (open.size === 0) done.resolve();
    // One that lost its way begins anew, from the beginning: the coordinator of a young broker may still be loading.
    const records = new Map<string, ReadRecord>();
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) done.reject(payload.error);
    });
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { topic, partition, lastOffset } }) => {
      const name = `${topic}/${partition}`;
      if (Number(lastOffset) >= (open.get(name) ?? Number.POSITIVE_INFINITY) - 1) open.delete(name);
      if (open.size === 0) done.resolve();
    });
    const take = (topic: string, partition: number, messages: readonly KafkaMessage[]): void => {
      for (const { offset, key, value, headers, timestamp } of messages) {
        const pairs = Object.entries(headers ?? {}).flatMap(([name, content]) =>
          [content].flat().flatMap((one) => (Buffer.isBuffer(one) ? [[name, one] as const] : [])),
        );
        const at = { topic, partition, offset: Number(offset) };
        records.set(`${topic}/${partition}/${offset}`, {
          ...at,
          key,
          value,
          headers: pairs,
          timestamp: Number(timestamp),
        });
      }
    };
    try {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch: { topic, partition, messages } }) => take(topic, partition, messages),
      });
      await within(READ_MS_MAX, done.promise);
    } finally {
      await consumer.disconnect();
      await this.#administer((admin) => admin.deleteGroups([groupId])).catch(() => {});
    }
    return [...records.values()].sort(
      (a, b) => compare(a.topic, b.topic) || a.partition - b.partition || a.offset - b.offset,
    );
  }

  /** A connection that nobody closes holds the test's process for ever. */
  async #administer<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.#kafka.admin();
    try {
      await admin.connect();
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  /** What the group has committed, by `topic/partition`. */
  async committed(groupId: string, topic: string): Promise<ReadonlyMap<number, number>> {
    const [offsets] = await this.#administer((admin) => admin.fetchOffsets({ groupId, topics: [topic] }));
    return new Map(offsets?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
  }
}

export function headerOf({ headers }: { readonly headers: Headers }, name: string): string | undefined {
  return headers.find(([candidate]) => candidate === name)?.[1]?.toString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
