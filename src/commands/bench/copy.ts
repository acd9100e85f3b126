/**
 * A bare transactional copy of a topic by the same client: as fast as it goes and still exactly once, with one transaction
 * a batch and one producer a partition. It is the limit that the gate is set beside.
 */
import {
  groupConsumer,
  type KafkaOptions,
  openKafka,
  type Producer,
  transactionalProducer,
} from '../../transports/kafka-client.js';
import { piecesOf } from '../../transports/kafka-pieces.js';

export interface Copying {
  readonly client: KafkaOptions;
  readonly group: string;
  readonly input: string;
  readonly output: string;
  readonly partitions: number;
  readonly done: AbortSignal;
  committed(records: number, bytes: number): void;
}

/** Until `done`. */
export async function copy({ client, group, input, output, partitions, done, committed }: Copying): Promise<void> {
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
        if (last === undefined || producer === undefined || done.aborted) return;
        const transaction = await producer.transaction();
        const records = messages.map(({ key, value }) => ({ key, value, headers: [] }));
        for (const piece of piecesOf({ topic: output, partition, records })) {
          const bare = piece.map(({ key, value }) => ({ partition, key, value }));
          await transaction.send({ topic: output, messages: bare, acks: -1 });
        }
        const offset = String(Number(last.offset) + 1);
        const topics = [{ topic, partitions: [{ partition, offset }] }];
        await transaction.sendOffsets({ consumerGroupId: group, topics });
        await transaction.commit();
        resolveOffset(last.offset);
        const bytes = messages.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
        committed(messages.length, bytes);
      },
    });
    if (!done.aborted) await new Promise((resolve) => done.addEventListener('abort', resolve));
  } finally {
    await consumer.disconnect();
    for (const producer of producers) await producer.disconnect();
  }
}
