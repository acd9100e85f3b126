/** Compressed batches on a real broker: read within bounds, and a bomb is so many unreadable records among good ones. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InRecord } from '../../src/pipeline/port.js';
import { inflatedBytesMax } from '../../src/transports/kafka-bounds.js';
import type { Compression } from '../../src/transports/kafka-client.js';
import { CLEAN, judge } from '../kit/history.js';
import { headerOf } from '../kit/kafka-io.js';
import { Relay, SOURCE } from '../kit/relay.js';
import { makeTopics, outputOf } from '../kit/test-topics.js';

for (const compression of ['gzip', 'snappy', 'lz4'] as Compression[]) {
  test(`${compression} in, ${compression} out`, async () => {
    const topics = await makeTopics(1, 1);
    const [input] = topics.inputs as [string];
    const records = Array.from({ length: 700 }, (_, i) => ({
      partition: 0,
      key: `k${i}`,
      value: `some words ${i} `.repeat(50),
    }));
    const offsets = await topics.io.produce(input, records, { compression });
    const relay = new Relay({ transport: topics.transport({ compression }), outputOf });
    await relay.until(() => relay.copied === 700);
    await relay.stop();
    const outputs = await topics.io.readAll(topics.outputs);
    assert.deepEqual(
      outputs.map(({ value }) => value?.toString()),
      records.map(({ value }) => value),
    );
    const inputs = offsets.map((offset) => ({ topic: input, partition: 0, offset }));
    assert.deepEqual(judge({ inputs, outputs, outcomeOf: (record) => headerOf(record, SOURCE) }), CLEAN);
  });
}

test('a bomb becomes unreadable records with offsets of their own, and its neighbours are read', async () => {
  const topics = await makeTopics(1, 1);
  const [input] = topics.inputs as [string];
  const good = { partition: 0, value: 'good' };
  await topics.io.produce(input, [good], { compression: 'gzip' });
  const bomb = { partition: 0, value: Buffer.alloc(inflatedBytesMax + 1) };
  await topics.io.produce(input, [good, bomb, good], { compression: 'gzip' });
  await topics.io.produce(input, [good], { compression: 'gzip' });
  const seen: InRecord[] = [];
  const relay = new Relay({
    transport: topics.transport(),
    outputOf,
    onBatch: (_, { records }) => void seen.push(...records),
  });
  await relay.until(() => relay.copied === 5);
  await relay.stop();
  assert.deepEqual(
    seen.map(({ offset, unreadable }) => `${offset} ${unreadable ?? 'read'}`),
    ['0 read', '1 BATCH_TOO_LARGE', '2 BATCH_TOO_LARGE', '3 BATCH_TOO_LARGE', '4 read'],
  );
  assert.ok(seen[1]?.value !== null && (seen[1]?.value.length ?? 0) > 30_000, 'the first carries the batch as it came');
  assert.deepEqual(seen[1]?.headers, [], 'the mark itself is not passed on');
});
