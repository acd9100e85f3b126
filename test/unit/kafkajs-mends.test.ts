/** What is mended inside kafkajs, on the library's own classes: each of these failed with the library as it comes. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { assignSlots } from '../../src/transports/assigner.js';
import { mendClient } from '../../src/transports/kafkajs-mends.js';
import { announce, retire } from '../../src/transports/kafkajs-transactions.js';
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

interface Request {
  readonly producerEpoch: number;
  readonly topics: readonly { readonly topic: string }[];
}

/** A coordinator that answers when the test says, and what it was asked. */
function coordinator(answer: () => Promise<unknown>) {
  const Broker = load('kafkajs/src/broker/index.js');
  const requests: Request[] = [];
  const connectionPool = {
    send: (request: Request) => {
      requests.push(request);
      return answer();
    },
  };
  const broker = new Broker({ connectionPool, logger: { namespace() {} } });
  broker.lookupRequest = () => (request: Request) => request;
  const add = (topic: string, producerEpoch = 1): Promise<unknown> =>
    broker.addPartitionsToTxn({ transactionalId: 'id', producerEpoch, topics: [{ topic, partitions: [0] }] });
  const asked = (): string[] =>
    requests.map(({ producerEpoch, topics }) => `${producerEpoch}: ${topics.map(({ topic }) => topic)}`);
  return { add, asked };
}

const BOTH = ['a', 'b'].map((topic) => ({ topic, partitions: [0] }));

test('a transaction that has said what it writes to asks for it once', async () => {
  const { add, asked } = coordinator(async () => 'added');
  const { added, end } = announce('id', BOTH);
  assert.deepEqual(await Promise.all([add('a'), add('b'), added]), ['added', 'added', undefined]);
  assert.deepEqual(asked(), ['1: a,b']);
  end();
  await add('a');
  assert.deepEqual(asked(), ['1: a,b', '1: a'], 'and the next one again');
});

test('what the coordinator refuses is asked again, and a producer of another epoch asks for itself', async () => {
  const answers = [Promise.reject(new Error('busy')), Promise.resolve('added'), Promise.resolve('added')];
  const { add, asked } = coordinator(() => answers.shift() as Promise<unknown>);
  const { end } = announce('id', BOTH);
  await Promise.all(['a', 'b'].map((topic) => assert.rejects(add(topic), /busy/)));
  await Promise.all([add('a'), add('b')]);
  assert.deepEqual(asked(), ['1: a,b', '1: a,b']);
  await add('a', 2);
  assert.deepEqual(asked().at(-1), '2: a,b');
  end();
});

test('a producer that was thrown away sends nothing more, and the next one does', async () => {
  const Broker = load('kafkajs/src/broker/index.js');
  const sent: string[] = [];
  const connectionPool = {
    send: async ({ producerEpoch }: { producerEpoch?: number }) => {
      sent.push(`epoch ${producerEpoch}`);
      return { producerId: '7', producerEpoch: 2 };
    },
  };
  const broker = new Broker({ connectionPool, logger: { namespace() {} } });
  broker.lookupRequest = () => (request: object) => request;
  const of = (producerEpoch: number) => ({ transactionalId: 'thrown', producerId: '7', producerEpoch });
  await broker.endTxn(of(1));
  retire('thrown');
  await assert.rejects(broker.produce({ ...of(1), topicData: [] }), { type: 'RETIRED' });
  await broker.initProducerId({ transactionalId: 'thrown' });
  await assert.rejects(broker.produce({ ...of(1), topicData: [] }), { type: 'RETIRED' });
  await assert.rejects(broker.addOffsetsToTxn(of(1)), { type: 'RETIRED' });
  await broker.produce({ ...of(2), topicData: [] });
  assert.deepEqual(sent, ['epoch 1', 'epoch undefined', 'epoch 2']);
});

test('the end of a transaction that was given up is not the end of the one after', async () => {
  const { add, asked } = coordinator(async () => 'added');
  const old = announce('id', []);
  const { end } = announce('id', BOTH);
  old.end();
  await add('a');
  assert.deepEqual(asked(), ['1: a,b']);
  end();
});

test('a coordinator is looked for once, until its connection is gone or a request to one has failed', async () => {
  const Cluster = load('kafkajs/src/cluster/index.js');
  const Broker = load('kafkajs/src/broker/index.js');
  let connected = true;
  let fails = false;
  const connectionPool = {
    isConnected: () => connected,
    send: async () => {
      if (fails) throw new Error('not here any more');
    },
  };
  const broker = new Broker({ connectionPool, logger: { namespace() {} } });
  broker.lookupRequest = () => () => ({});
  let looked = 0;
  const cluster = Object.assign(Object.create(Cluster.prototype), {
    retrier: (work: (bail: (error: unknown) => void) => unknown) => work((error) => assert.fail(String(error))),
    findGroupCoordinatorMetadata: async () => {
      looked += 1;
      return { coordinator: { nodeId: 1 } };
    },
    findBroker: async () => broker,
  });
  const look = async (coordinatorType: number): Promise<number> => {
    assert.equal(await cluster.findGroupCoordinator({ groupId: 'g', coordinatorType }), broker);
    return looked;
  };
  assert.deepEqual([await look(0), await look(0)], [1, 2], 'of a consumer each time');
  assert.deepEqual([await look(1), await look(1), await look(0), await look(0)], [3, 3, 4, 4]);
  connected = false;
  assert.equal(await look(1), 5);
  connected = true;
  assert.equal(await look(1), 5);
  fails = true;
  await assert.rejects(broker.endTxn({}));
  assert.deepEqual([await look(1), await look(1), await look(0)], [6, 6, 7]);
});

test('the library is pinned to the version that is mended', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'));
  assert.equal(dependencies.kafkajs, load('kafkajs/package.json').version);
});

test('a connection with nothing to send later sets no timer, and one that has sends it when its time comes', (t) => {
  t.mock.timers.enable({ apis: ['setTimeout', 'Date'] });
  const set = t.mock.method(globalThis, 'setTimeout');
  const RequestQueue = load('kafkajs/src/network/requestQueue/index.js');
  const logger = { debug() {}, warn() {} };
  const queue = new RequestQueue({ requestTimeout: 1000, clientId: 'c', broker: 'b', logger });
  const sent: number[] = [];
  const push = (correlationId: number): void =>
    queue.push({
      entry: { correlationId, resolve() {} },
      expectResponse: true,
      sendRequest: () => sent.push(correlationId),
    });
  push(1);
  queue.fulfillRequest({ correlationId: 1, payload: null, size: 0 });
  assert.equal(set.mock.callCount(), 0);
  queue.maybeThrottle(50);
  push(2);
  t.mock.timers.tick(49);
  assert.deepEqual(sent, [1]);
  t.mock.timers.tick(20);
  assert.deepEqual(sent, [1, 2]);
  const timers = set.mock.callCount();
  queue.fulfillRequest({ correlationId: 2, payload: null, size: 0 });
  t.mock.timers.tick(1000);
  assert.equal(set.mock.callCount(), timers);
  queue.destroy();
});
