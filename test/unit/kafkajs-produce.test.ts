/** What kafkajs is made to send when it produces, beside what it would have sent by itself; and its checksum. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { crc32c } from '../../src/transports/crc32c.js';
import { mendClient } from '../../src/transports/kafkajs-mends.js';
import type { ProduceProtocol, ProduceRequest } from '../../src/transports/kafkajs-produce.js';

mendClient();
const load = createRequire(import.meta.url);
const { protocol } = load('kafkajs/src/protocol/requests/produce/index.js') as ProduceProtocol;
const theirs = load('kafkajs/src/protocol/requests/produce/v7/request.js') as (asked: ProduceRequest) => Encodes;
const createRequest = load('kafkajs/src/protocol/request.js') as (of: object) => Promise<{ readonly buffer: Buffer }>;

interface Encodes {
  encode(): Promise<unknown>;
}

type Messages = ProduceRequest['topicData'][number]['partitions'][number]['messages'];

const NOW = 1_790_000_000_000;
const PLAIN: Messages = Array.from({ length: 300 }, (_, i) => ({
  key: i % 3 === 0 ? null : Buffer.from(`key ${i}`),
  value: Buffer.alloc(7 * i, 97 + (i % 26)),
  headers: { 'sluice-action': Buffer.from('clean'), 'sluice-source': Buffer.from(`t/0/${i}`) },
  timestamp: String(NOW + 100_000 - 977 * i),
}));

const CASES: Readonly<Record<string, Partial<ProduceRequest> & { readonly messages?: Messages }>> = {
  'of a transaction': {
    messages: PLAIN,
    transactionalId: 'group-t-0',
    producerId: '9007199254740993',
    producerEpoch: 3,
  },
  'of nobody': { messages: PLAIN },
  'of one record without anything': { messages: [{ value: null }] },
  'of text': { messages: [{ key: 'ключ', value: 'значение', headers: { ü: 'ä', list: ['a', Buffer.from('b')] } }] },
  'with headers of any name': {
    messages: [{ value: 'v', headers: Object.assign(Object.create(null), { b: 'x', 7: 'y', __proto__x: ['', 'z'] }) }],
  },
  'with times far apart': {
    messages: [NOW, NOW - 2 ** 31, NOW + 2 ** 40].map((time) => ({ value: 'v', timestamp: String(time) })),
  },
  'that is compressed': { messages: PLAIN, compression: 1, transactionalId: 'x', producerId: '7' },
  'to several topics': {
    topicData: ['a', 'b'].map((topic) => ({
      topic,
      partitions: [1, 2].map((partition) => ({ partition, firstSequence: 8 * partition, messages: PLAIN.slice(0, 5) })),
    })),
  },
};

for (const [name, { messages = [], ...given }] of Object.entries(CASES)) {
  test(`a request ${name} has the bytes that the library would send`, async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: NOW });
    const topicData = [{ topic: 't', partitions: [{ partition: 0, firstSequence: 5, messages }] }];
    const asked: ProduceRequest = { acks: -1, timeout: 30_000, compression: 0, topicData, ...given };
    for (const version of [3, 7]) {
      const ours = await bytes(protocol({ version })(asked).request, version);
      assert.deepEqual(ours, await bytes(theirs(asked), version));
    }
  });
}

test('headers as a list are those of an object, in their own order where they repeat', async () => {
  const of = (headers: NonNullable<Messages[number]['headers']>): ProduceRequest => ({
    acks: -1,
    timeout: 30_000,
    topicData: [{ topic: 't', partitions: [{ partition: 0, messages: [{ value: 'v', timestamp: '1', headers }] }] }],
  });
  const [x, y, z] = ['x', 'y', 'z'].map((text) => Buffer.from(text));
  const sent = (asked: ProduceRequest) => bytes(protocol({ version: 7 })(asked).request, 7);
  const list = [
    ['a', x],
    ['b', y],
    ['b', z],
  ] as const;
  assert.deepEqual(await sent(of(list)), await bytes(theirs(of({ a: x, b: [y, z] })), 7));
  const apart = await sent(
    of([
      ['b', y],
      ['a', x],
      ['b', z],
    ]),
  );
  assert.ok(apart.includes(Buffer.from([6, 2, 98, 2, 121, 2, 97, 2, 120, 2, 98, 2, 122])));
});

test('a request makes no buffer for each record and each header, and fills none with zeros first', async (t) => {
  const made = t.mock.method(Buffer, 'alloc');
  const partitions = [{ partition: 0, firstSequence: 0, messages: PLAIN }];
  const asked: ProduceRequest = { acks: -1, timeout: 30_000, topicData: [{ topic: 't', partitions }] };
  await bytes(protocol({ version: 7 })(asked).request, 7);
  assert.ok(made.mock.callCount() < 10, `${made.mock.callCount()} buffers for ${PLAIN.length} records`);
  const zeros = made.mock.calls.reduce((sum, { arguments: [size] }) => sum + size, 0);
  assert.ok(zeros < 10_000, `${zeros} zeros`);
});

test('versions from before the format are left to the library', async () => {
  const asked: ProduceRequest = { acks: -1, timeout: 30_000, topicData: [] };
  const encoded = await protocol({ version: 2 })(asked).request.encode();
  assert.equal((encoded as object).constructor.name, 'Encoder');
});

test('the checksum is that of RFC 3720, wherever the bytes stand and however many they are', () => {
  assert.equal(crc32c(Buffer.from('123456789')), 0xe3069283);
  assert.equal(crc32c(Buffer.alloc(32)), 0x8a9136aa);
  const known = load('kafkajs/src/protocol/recordBatch/crc32C/index.js') as (bytes: Buffer) => number;
  const bytes = Buffer.from(Array.from({ length: 64 }, (_, i) => (i * 151 + 7) & 0xff));
  for (let from = 0; from < 9; from++) {
    for (let to = from; to <= bytes.length; to++) {
      const part = bytes.subarray(from, to);
      assert.equal(crc32c(part), known(part), `${from} to ${to}`);
    }
  }
});

async function bytes(request: Encodes, apiVersion: number): Promise<Buffer> {
  const { buffer } = await createRequest({
    correlationId: 1,
    clientId: 'c',
    request: { ...request, apiKey: 0, apiVersion },
  });
  return Buffer.from(buffer);
}
