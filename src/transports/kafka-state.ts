/**
 * Reads one partition of a compacted topic from its beginning to what was its end when reading began: the last committed
 * record of each key.
 */
import { randomUUID } from 'node:crypto';
import * as bounds from './kafka-bounds.js';
import { type Admin, groupConsumer, type openKafka } from './kafka-client.js';
import { edgesOf } from './kafka-offsets.js';
import { deferred, within } from './waiting.js';

export async function readCompacted(
  kafka: ReturnType<typeof openKafka>,
  admin: Admin,
  topic: string,
  partition: number,
): Promise<ReadonlyMap<string, Buffer>> {
  const { low, high } = await within(bounds.attemptMsMax, edgesOf(admin, topic, partition));
  const state = new Map<string, Buffer>();
  if (low >= high) return state;
  // The client reads only as a member of a group: one of its own, for this once, that commits nothing.
  const groupId = `sluice-state-${randomUUID()}`;
  const consumer = groupConsumer(kafka, { groupId, held: () => [], fetchWaitMs: 10 });
  const done = deferred<void>();
  const { CRASH, END_BATCH_PROCESS, GROUP_JOIN } = consumer.events;
  consumer.on(CRASH, ({ payload }) => done.reject(payload.error));
  consumer.on(END_BATCH_PROCESS, ({ payload }) => {
    if (payload.partition === partition && Number(payload.lastOffset) >= high - 1) done.resolve();
  });
  consumer.on(GROUP_JOIN, ({ payload }) => {
    const others = (payload.memberAssignment[topic] ?? []).filter((one) => one !== partition);
    if (others.length > 0) consumer.pause([{ topic, partitions: others }]);
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        if (batch.partition !== partition) return;
        for (const { key, value } of batch.messages) {
          if (key === null) continue;
          if (value === null) state.delete(key.toString());
          else state.set(key.toString(), value);
        }
      },
    });
    await within(bounds.stateMsMax, done.promise);
    return state;
  } finally {
    await within(bounds.closeMsMax, consumer.disconnect()).catch(() => {});
    await within(bounds.closeMsMax, admin.deleteGroups([groupId])).catch(() => {});
  }
}
