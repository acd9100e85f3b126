/**
 * Reads a topic of a cluster for a person's command: from the beginning to what was the end, or on from there, as a
 * member of a group of its own that commits nothing; and hands records in.
 */
import { randomUUID } from 'node:crypto';
import type { OutRecord } from '../pipeline/port.js';
import * as bounds from './kafka-bounds.js';
import { groupConsumer, idempotentProducer, type KafkaOptions, openKafka } from './kafka-client.js';
import { recordOf } from './kafka-lane.js';
import { edgesOf } from './kafka-offsets.js';
import { piecesOf } from './kafka-pieces.js';
import { sendTo } from './kafka-send.js';
import type { Follow, Placed, TopicReader } from './topic-reader.js';
import { within } from './waiting.js';

/** Records that wait to be shown: as many as a person reads, then the fetch waits. */
const READY_MAX = 1_000;
const WAIT_MS = 50;

export function kafkaReader(options: KafkaOptions): TopicReader {
  const kafka = openKafka(options);
  return {
    follow: (topic, how) => follow(kafka, topic, how),
    append: (topic, partition, records) => append(kafka, topic, partition, records),
    close: async () => {},
  };
}

async function* follow(kafka: ReturnType<typeof openKafka>, topic: string, how: Follow): AsyncGenerator<Placed> {
  const admin = kafka.admin();
  const groupId = `sluice-reader-${randomUUID()}`;
  const consumer = groupConsumer(kafka, { groupId, held: () => [] });
  const ready: Placed[] = [];
  const next = new Map<number, number>();
  let failed: unknown;
  try {
    await within(bounds.attemptMsMax, admin.connect());
    const left = await unreadOf(admin, topic);
    if (left.size === 0 && !how.follow) return;
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      if (!payload.restart) failed = payload.error;
    });
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload: { partition, lastOffset } }) => {
      if (Number(lastOffset) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch, heartbeat }) => {
        // A consumer that lost its way reads from the beginning again.
        for (const message of batch.messages) {
          if (Number(message.offset) < (next.get(batch.partition) ?? 0)) continue;
          next.set(batch.partition, Number(message.offset) + 1);
          ready.push({
            source: { topic, partition: batch.partition, offset: Number(message.offset) },
            record: recordOf(message),
          });
        }
        while (ready.length > READY_MAX && how.stop?.aborted !== true) {
          await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
          await heartbeat();
        }
      },
    });
    for (;;) {
      const first = ready.shift();
      if (first !== undefined) yield first;
      else if (how.stop?.aborted === true || (!how.follow && left.size === 0)) return;
      else if (failed !== undefined) throw failed;
      else await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  } finally {
    await within(bounds.closeMsMax, consumer.disconnect()).catch(() => {});
    await within(bounds.closeMsMax, admin.deleteGroups([groupId])).catch(() => {});
    await within(bounds.closeMsMax, admin.disconnect()).catch(() => {});
  }
}

const TRIES_MAX = 20;

/** A topic that has just been made has no leader for a moment, and the client does not ask again by itself. */
async function patiently<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await ask();
    } catch (error) {
      if (tries === TRIES_MAX || (error as { retriable?: unknown }).retriable !== true) throw error;
      await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
    }
  }
}

/** Partitions with records that are there now, and where they end. */
async function unreadOf(admin: Parameters<typeof edgesOf>[0], topic: string): Promise<Map<number, number>> {
  const { topics } = await within(bounds.attemptMsMax, admin.fetchTopicMetadata({ topics: [topic] }));
  const left = new Map<number, number>();
  for (const { partitionId } of topics[0].partitions) {
    const { low, high } = await patiently(() => edgesOf(admin, topic, partitionId));
    if (high > low) left.set(partitionId, high);
  }
  return left;
}

async function append(
  kafka: ReturnType<typeof openKafka>,
  topic: string,
  partition: number,
  records: readonly OutRecord[],
): Promise<void> {
  const producer = idempotentProducer(kafka);
  await within(bounds.attemptMsMax, producer.connect());
  try {
    for (const messages of piecesOf({ topic, partition, records })) {
      await within(bounds.commitMsMax, sendTo(producer, topic, messages));
    }
  } finally {
    await within(bounds.closeMsMax, producer.disconnect()).catch(() => {});
  }
}
