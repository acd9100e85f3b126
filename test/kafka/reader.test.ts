/** Reading a topic for a person, on a real broker: all that is committed, what comes after, and one record handed back in. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kafkaReader } from '../../src/transports/kafka-reader.js';
import type { Placed } from '../../src/transports/topic-reader.js';
import { brokers, makeTopics } from '../kit/test-topics.js';

const PARTITIONS = 3;
const TIMEOUT_MS = 60_000;

test('a topic is read to its end, in the order of each partition', { timeout: TIMEOUT_MS }, async () => {
  const { io, inputs } = await makeTopics(1, PARTITIONS);
  const [topic] = inputs as [string];
  const reader = kafkaReader({ brokers, clientId: 'sluice-test' });
  const empty: Placed[] = [];
  for await (const one of reader.follow(topic, { follow: false })) empty.push(one);
  assert.deepEqual(empty, []);
  await io.produce(
    topic,
    Array.from({ length: 60 }, (_, i) => ({ partition: i % PARTITIONS, key: `k-${i}`, value: `v-${i}` })),
  );
  const seen = new Map<number, string[]>();
  for await (const { source, record } of reader.follow(topic, { follow: false })) {
    seen.set(source.partition, [...(seen.get(source.partition) ?? []), String(record.value)]);
  }
  for (let p = 0; p < PARTITIONS; p++) {
    const expected = Array.from({ length: 60 / PARTITIONS }, (_, i) => `v-${i * PARTITIONS + p}`);
    assert.deepEqual(seen.get(p), expected);
  }
  await reader.close();
});

test('followed, it brings what is handed in later, with its headers; and it ends when told', {
  timeout: TIMEOUT_MS,
}, async () => {
  const { inputs } = await makeTopics(1, 1);
  const [topic] = inputs as [string];
  const reader = kafkaReader({ brokers, clientId: 'sluice-test' });
  const stop = new AbortController();
  const seen: string[] = [];
  const following = (async () => {
    for await (const { source, record } of reader.follow(topic, { follow: true, stop: stop.signal })) {
      seen.push(
        `${source.offset} ${record.key} ${record.value} ${record.headers.map(([name, value]) => `${name}=${value}`)}`,
      );
      if (seen.length === 2) stop.abort();
    }
  })();
  for (const n of [1, 2]) {
    const headers = [['released-from', Buffer.from('agent.prompts/0/95')] as const];
    await reader.append(topic, 0, [{ key: Buffer.from('k'), value: Buffer.from(`v-${n}`), headers }]);
  }
  await following;
  assert.deepEqual(seen, ['0 k v-1 released-from=agent.prompts/0/95', '1 k v-2 released-from=agent.prompts/0/95']);
  await reader.close();
});
