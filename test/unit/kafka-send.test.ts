/** The client resolves a send of nothing, which its own code shows here; what we send through it does not. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { grouped, type Sender, sendTo } from '../../src/transports/kafka-send.js';

const load = createRequire(import.meta.url);

/** A producer of the library's, which has looked the leader up and got a connection that says it is to `nodeId`. */
function producerOver(nodeId: number): { readonly sender: Sender; readonly asked: unknown[] } {
  const asked: unknown[] = [];
  const leader = {
    nodeId,
    produce: async ({ topicData }: { topicData: { topic: string; partitions: { partition: number }[] }[] }) => {
      asked.push(...topicData);
      const topics = topicData.map(({ topic, partitions }) => ({
        topicName: topic,
        partitions: partitions.map(({ partition }) => ({ partition, errorCode: 0, baseOffset: '41' })),
      }));
      return { topics };
    },
  };
  const silent = { debug() {}, error() {} };
  const send = load('kafkajs/src/producer/sendMessages.js')({
    logger: silent,
    cluster: {
      addMultipleTargetTopics: async () => {},
      refreshMetadataIfNecessary: async () => {},
      findTopicPartitionMetadata: () => [{ partitionId: 3, leader: 1 }],
      findLeaderForPartitions: () => ({ 1: [3] }),
      findBroker: async () => leader,
    },
    partitioner: ({ message }: { message: { partition: number } }) => message.partition,
    eosManager: {
      acquireBrokerLock: async () => {},
      releaseBrokerLock: async () => {},
      isTransactional: () => false,
      getProducerId: () => 1,
      getProducerEpoch: () => 0,
      getSequence: () => 0,
      updateSequence() {},
    },
    retrier: (work: () => unknown) => work(),
  });
  const sender = { send: ({ topic, ...how }: { topic: string; messages: unknown }) => sendOne(topic, how) } as Sender;
  const sendOne = (topic: string, { messages, ...how }: { messages: unknown }): Promise<never> =>
    send({ ...how, topicMessages: [{ topic, messages }] });
  return { sender, asked };
}

const MESSAGES = [{ partition: 3, key: null, value: 'one' }];

test('what a broker has written is told by where it stands', async () => {
  const { sender, asked } = producerOver(1);
  assert.equal(await sendTo(sender, 't', MESSAGES), 41);
  assert.equal(asked.length, 1);
});

test('a connection that stands for another broker gets nothing to write, and that is an error', async () => {
  const { sender, asked } = producerOver(2);
  assert.deepEqual(await sender.send({ topic: 't', messages: MESSAGES }), [], 'the library resolves');
  assert.equal(asked.length, 0);
  await assert.rejects(sendTo(sender, 't', MESSAGES), { type: 'NOT_WRITTEN' });
});

test('an answer about another partition is an error too', async () => {
  const told = [{ topicName: 't', partition: 2, errorCode: 0, baseOffset: '41' }];
  await assert.rejects(sendTo({ send: async () => told }, 't', MESSAGES), { type: 'NOT_WRITTEN' });
});

test('messages are grouped as the library groups them, without asking for each', () => {
  const group = load('kafkajs/src/producer/groupMessagesPerPartition.js') as (what: object) => unknown;
  const messages = [3, 1, 3, 2, 3, 1].map((partition, i) => ({ partition, key: null, value: `${i}` }));
  let asked = 0;
  const partitioner = ({ message }: { message: { partition: number } }): number => {
    asked += 1;
    return message.partition;
  };
  const about = { topic: 't', partitionMetadata: [1, 2, 3], partitioner };
  const expected = group({ ...about, messages });
  assert.equal(asked, messages.length);
  assert.deepEqual(group({ ...about, messages: grouped(messages) }), expected);
  assert.equal(asked, messages.length);
});
