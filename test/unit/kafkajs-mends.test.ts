/** What is mended inside kafkajs, on the library's own classes: each of these failed with the library as it comes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { assignSlots } from '../../src/transports/assigner.js';
import { mendClient } from '../../src/transports/kafkajs-mends.js';
import { type Deferred, deferred } from '../../src/transports/waiting.js';

mendClient();
const load = createRequire(import.meta.url);

interface Group {
  joinAndSync(): Promise<void>;
  fetch(nodeId: number): Promise<unknown[]>;
  resolveOffset(at: { topic: string; partition: number; offset: string }): void;
  pause(what: { topic: string; partitions: number[] }[]): void;
}

/** A member of a group whose coordinator deals out what the test says, and answers where lanes stand when the test says. */
class World {
  assigned: Record<string, number[]> = { t: [0] };
  joins = 0;
  readonly asked: Deferred<void> = deferred();
  readonly answered: Deferred<void> = deferred();
  readonly group: Group;

  constructor() {
    const { MemberAssignment } = load('kafkajs/src/consumer/assignerProtocol.js');
    const ConsumerGroup = load('kafkajs/src/consumer/consumerGroup.js');
    const offsets = {};
    const coordinator = {
      isConnected: () => true,
      joinGroup: async () => {
        this.joins += 1;
        return { generationId: this.joins, leaderId: 'other', memberId: 'me', members: [], groupProtocol: 'p' };
      },
      syncGroup: async () => ({
        memberAssignment: MemberAssignment.encode({
          version: 1,
          assignment: this.assigned,
          userData: Buffer.alloc(0),
        }),
      }),
      offsetFetch: async ({ topics }: { topics: { topic: string; partitions: { partition: number }[] }[] }) => {
        this.asked.resolve();
        await this.answered.promise;
        const responses = topics.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map((one) => ({ ...one, offset: '5' })),
        }));
        return { responses };
      },
    };
    const cluster = {
      findGroupCoordinator: async () => coordinator,
      refreshMetadata: async () => {},
      refreshMetadataIfNecessary: async () => {},
      findTopicPartitionMetadata: () => [{ partitionId: 0, leader: 1 }],
      committedOffsets: () => offsets,
      findBroker: async () => ({ fetch: async () => ({ responses: [] }) }),
    };
    const silent = { debug() {}, info() {}, warn() {}, error() {}, namespace: () => silent };
    this.group = new ConsumerGroup({
      retry: { retries: 0 },
      cluster,
      groupId: 'g',
      topics: ['t'],
      topicConfigurations: { t: {} },
      logger: silent,
      instrumentationEmitter: { emit() {} },
      assigners: [{ name: 'p', protocol: () => ({}), assign: assignSlots }],
      maxWaitTimeInMs: 1,
      autoCommit: false,
    });
  }
}

test('a fetch that comes back to an assignment without its topic has read nothing', async () => {
  const world = new World();
  await world.group.joinAndSync();
  const fetched = world.group.fetch(1);
  await world.asked.promise;
  world.assigned = {};
  await world.group.joinAndSync();
  world.answered.resolve();
  assert.deepEqual(await fetched, []);
});

test('a batch of a topic that is not ours any more moves nothing', async () => {
  const world = new World();
  world.assigned = {};
  await world.group.joinAndSync();
  world.group.resolveOffset({ topic: 't', partition: 0, offset: '7' });
});

test('who joins while a join is under way shares it', async () => {
  const world = new World();
  await Promise.all([world.group.joinAndSync(), world.group.joinAndSync()]);
  assert.equal(world.joins, 1);
  await world.group.joinAndSync();
  assert.equal(world.joins, 2);
});

test('other errors of a fetch stay errors', async () => {
  const world = new World();
  await world.group.joinAndSync();
  const fetched = world.group.fetch(1);
  await world.asked.promise;
  world.answered.reject(new TypeError('of another kind'));
  await assert.rejects(fetched, TypeError);
});

test('the library is pinned to the version that is mended', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  assert.equal(dependencies.kafkajs, load('kafkajs/package.json').version);
});
