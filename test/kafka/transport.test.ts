/** The Kafka transport on a real broker, with a relay in the pipeline's place: exactly once, whoever comes and goes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { SluiceError } from '../../src/errors.js';
import { CLEAN, judge } from '../kit/history.js';
import { headerOf, type ReadRecord, type TestRecord } from '../kit/kafka-io.js';
import { Relay, SOURCE } from '../kit/relay.js';
import { makeTopics, outputOf, type TestTopics } from '../kit/test-topics.js';

const outcomeOf = (record: ReadRecord): string | undefined => headerOf(record, SOURCE);

test('copies two topics exactly once, in order, and the offsets stand at the end', async () => {
  const topics = await makeTopics(2, 3);
  const inputs = await fill(topics, 3000);
  const relay = new Relay({ transport: topics.transport(), outputOf });
  await relay.until(() => relay.copied === inputs.length);
  await relay.stop();
  await assertClean(topics, inputs);
  for (const topic of topics.inputs) {
    const committed = await topics.io.committed(topics.groupId, topic);
    assert.deepEqual([...committed.values()], [500, 500, 500]);
  }
});

test('a slot holds the same partition of all topics', async () => {
  const topics = await makeTopics(3, 2);
  const slots: string[] = [];
  const relay = new Relay({
    transport: topics.transport(),
    outputOf,
    onSlot: ({ partition, lanes }) => {
      slots.push(`${partition}: ${lanes.map((lane) => `${topics.inputs.indexOf(lane.topic)}/${lane.partition}`)}`);
    },
  });
  await relay.until(() => slots.length === 2);
  await relay.stop();
  assert.deepEqual(slots.sort(), ['0: 0/0,1/0,2/0', '1: 0/1,1/1,2/1']);
});

test('at least once: all of it, and the offsets stand at the end', async () => {
  const topics = await makeTopics(1, 2);
  const inputs = await fill(topics, 1000);
  const relay = new Relay({ transport: topics.transport({ delivery: 'at-least-once' }), outputOf });
  await relay.until(() => relay.copied === 1000);
  await relay.stop();
  await assertClean(topics, inputs);
  const committed = await topics.io.committed(topics.groupId, topics.inputs[0] as string);
  assert.deepEqual([...committed.values()], [500, 500]);
});

test('members come and go: nothing lost, nothing twice', async () => {
  const topics = await makeTopics(1, 4);
  const inputs = await fill(topics, 4000);
  const slow = { outputOf, onBatch: () => pause(5) };
  const first = new Relay({ ...slow, transport: topics.transport() });
  await first.until(() => first.copied > 0);
  const second = new Relay({ ...slow, transport: topics.transport() });
  await second.until(() => second.owned > 0);
  const more = await fill(topics, 2000);
  await second.until(() => second.copied > 0);
  await second.stop();
  await first.until(() => first.copied + second.copied === inputs.length + more.length);
  await first.stop();
  await assertClean(topics, [...inputs, ...more]);
});

test('a group that comes back goes on where it stood', async () => {
  const topics = await makeTopics(1, 2);
  const before = await fill(topics, 200);
  const first = new Relay({ transport: topics.transport(), outputOf });
  await first.until(() => first.copied === 200);
  await first.stop();
  const after = await fill(topics, 200);
  const second = new Relay({ transport: topics.transport(), outputOf });
  await second.until(() => second.copied === 200);
  await second.stop();
  await assertClean(topics, [...before, ...after]);
});

test('records that retention took are named, and passed over only on that word', async () => {
  const topics = await makeTopics(1, 1);
  const [input] = topics.inputs as [string];
  const before = await fill(topics, 10);
  const first = new Relay({ transport: topics.transport(), outputOf });
  await first.until(() => first.copied === 10);
  await first.stop();
  await fill(topics, 10);
  await topics.io.deleteBefore(input, 0, 15);
  const refused = new Relay({ transport: topics.transport(), outputOf });
  await assert.rejects(refused.ended, coded('OFFSET_GAP', `${input}/0:10-15`));
  const near = [{ topic: input, partition: 0, from: 10, to: 14 }];
  await assert.rejects(
    new Relay({ transport: topics.transport({ acceptGaps: near }), outputOf }).ended,
    coded('OFFSET_GAP'),
  );
  const gaps: unknown[] = [];
  const exact = [{ topic: input, partition: 0, from: 10, to: 15 }];
  const going = new Relay({
    transport: topics.transport({ acceptGaps: exact }),
    outputOf,
    onBatch: (_, { gap }) => void (gap && gaps.push(gap)),
  });
  await going.until(() => going.copied === 5);
  await going.stop();
  assert.deepEqual(gaps, [{ from: 10, to: 15 }]);
  const rest = [15, 16, 17, 18, 19].map((offset) => ({ topic: input, partition: 0, offset }));
  await assertClean(topics, [...before, ...rest]);
});

test('retention that overtakes a reading consumer ends the run, and the position stays', async () => {
  const topics = await makeTopics(1, 1);
  const [input] = topics.inputs as [string];
  // Large enough that not all of it is fetched ahead of the first commit.
  const value = 'x'.repeat(200_000);
  await topics.io.produce(
    input,
    Array.from({ length: 40 }, () => ({ partition: 0, value })),
    { piece: 1 },
  );
  const relay = new Relay({
    transport: topics.transport(),
    outputOf,
    onBatch: async (_, { records }) => {
      if (records[0]?.offset === 0) {
        await pause(500);
        await topics.io.deleteBefore(input, 0, 35);
      }
    },
  });
  const error = await relay.ended.then(
    () => assert.fail('it went on'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof SluiceError && error.code === 'OFFSET_GAP', String(error));
  assert.match(error.subject ?? '', new RegExp(`^${input}/0:\\d+-35$`));
  const committed = await topics.io.committed(topics.groupId, input);
  assert.equal(committed.get(0), relay.copied, 'the committed offset is where the copies end');
  const copies = await topics.io.readAll(topics.outputs);
  assert.equal(copies.length, relay.copied);
});

test('a missing offset beside existing output is not taken for a new group', async () => {
  const topics = await makeTopics(1, 1);
  await fill(topics, 5);
  await topics.io.produce(topics.outputs[0] as string, [{ partition: 0, value: 'from before' }]);
  const relay = new Relay({ transport: topics.transport(), outputOf });
  await assert.rejects(relay.ended, coded('OFFSET_MISSING', `${topics.inputs[0]}/0`));
});

test('tombstones, empty values and headers of any name come through', async () => {
  const topics = await makeTopics(1, 1);
  const headers = { constructor: 'a', ['__proto__']: 'b', twice: ['1', '2'] };
  const records: TestRecord[] = [
    { partition: 0, key: 'k', value: null },
    { partition: 0, key: null, value: '' },
    { partition: 0, key: '', value: 'v', headers },
  ];
  await topics.io.produce(topics.inputs[0] as string, records);
  const relay = new Relay({
    transport: topics.transport(),
    outputOf,
    copy: (record) => ({ headers: record.headers, timestamp: record.timestamp }),
  });
  await relay.until(() => relay.copied === 3);
  await relay.stop();
  const [input, output] = [await topics.io.readAll(topics.inputs), await topics.io.readAll(topics.outputs)];
  const plain = ({ key, value, timestamp }: ReadRecord): unknown => [key?.toString(), value?.toString(), timestamp];
  assert.deepEqual(output.map(plain), input.map(plain));
  const seen = output[2]?.headers.map(([name, value]) => `${name}=${value}`).sort();
  assert.deepEqual(seen, ['__proto__=b', 'constructor=a', 'twice=1', 'twice=2']);
});

test('the last committed record of each key is the state of a slot', async () => {
  const topics = await makeTopics(1, 2);
  const state = `${topics.groupId}.state`;
  await topics.io.createTopics([state], 2, { 'cleanup.policy': 'compact' });
  await topics.io.produce(state, [
    { partition: 0, key: 'a', value: '1' },
    { partition: 0, key: 'b', value: '1' },
    { partition: 0, key: 'a', value: '2' },
    { partition: 0, key: 'b', value: null },
    { partition: 1, key: 'c', value: '9' },
  ]);
  const seen = new Map<number, unknown>();
  const relay = new Relay({
    transport: topics.transport(),
    outputOf,
    onSlot: async (slot) => {
      const read = await slot.readState(state);
      seen.set(slot.partition, Object.fromEntries([...read].map(([key, value]) => [key, value.toString()])));
    },
  });
  await relay.until(() => seen.size === 2);
  await relay.stop();
  assert.deepEqual([seen.get(0), seen.get(1)], [{ a: '2' }, { c: '9' }]);
});

function coded(code: string, subject?: string): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof SluiceError, String(error));
    assert.equal(error.code, code);
    if (subject !== undefined) assert.equal(error.subject, subject);
    return true;
  };
}

type Input = { readonly topic: string; readonly partition: number; readonly offset: number };

/** Spreads records over all topics and partitions; answers where they lie. */
async function fill({ io, inputs, partitions }: TestTopics, count: number): Promise<Input[]> {
  const all: Input[] = [];
  const each = count / inputs.length;
  for (const topic of inputs) {
    const records = Array.from({ length: each }, (_, i) => ({
      partition: i % partitions,
      key: `session-${i % 17}`,
      value: `record ${i}`,
    }));
    const offsets = await io.produce(topic, records);
    all.push(...records.map(({ partition }, i) => ({ topic, partition, offset: offsets[i] as number })));
  }
  return all;
}

async function assertClean({ io, outputs }: TestTopics, inputs: readonly Input[]): Promise<void> {
  assert.deepEqual(judge({ inputs, outputs: await io.readAll(outputs), outcomeOf }), CLEAN);
}
