/** The directory's topic on a real broker: read to its end before it counts, followed, and what is bad in it told. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { attachDirectory } from '../../src/directory/image.js';
import { LiveDirectory } from '../../src/directory/live.js';
import type { DirectoryTold } from '../../src/telemetry/events.js';
import { watchTopic } from '../../src/transports/directory-topic.js';
import { KafkaIo } from '../kit/kafka-io.js';
import { brokers } from '../kit/test-topics.js';
import { untilWithin } from '../kit/until.js';

const until = untilWithin(10_000);

const TIMEOUT_MS = 60_000;
const PARTITIONS = 3;
const T = 'north';
const KEY = new Uint8Array(16).fill(5);
const NOW = Date.parse('2026-06-15T12:00:00Z');
const client = { brokers, clientId: 'sluice-test' };

async function makeTopic(config: Readonly<Record<string, string>>): Promise<{ io: KafkaIo; topic: string }> {
  const topic = `d${randomBytes(4).toString('hex')}`;
  const io = new KafkaIo(brokers);
  await io.createTopics([topic], PARTITIONS, config);
  return { io, topic };
}

const care = (patient: number, value?: object | null) => ({
  partition: patient % PARTITIONS,
  key: JSON.stringify(['care', T, 'dr-rao', `p-${patient}`]),
  value: value === null ? null : JSON.stringify(value ?? { kind: 'care', provider: 'dr-rao', patient: `p-${patient}` }),
});
const provider = {
  partition: 0,
  key: JSON.stringify(['provider', T, 'dr-rao']),
  value: JSON.stringify({ kind: 'provider', id: 'dr-rao' }),
};

test('what was there counts from the start, what comes is soon in force, what is bad is told', {
  timeout: TIMEOUT_MS,
}, async (t) => {
  const { io, topic } = await makeTopic({ 'cleanup.policy': 'compact' });
  const PATIENTS = 500;
  await io.produce(topic, [provider, ...Array.from({ length: PATIENTS }, (_, i) => care(i)), care(7, null)]);
  const told: DirectoryTold[] = [];
  const live = new LiveDirectory({ key: KEY, tenant: T, told: (event) => told.push(event) });
  const watch = watchTopic({ client, topic, key: KEY, tenant: T }, live);
  t.after(() => watch.close());
  await watch.begun;
  const says = (patient: number) => attachDirectory(live.image!).care(T, 'dr-rao', `p-${patient}`, NOW);
  for (let i = 0; i < PATIENTS; i++) assert.equal(says(i), i === 7 ? 'unknown' : 'active', String(i));
  assert.equal(live.status().rows.care, PATIENTS - 1);

  await io.produce(topic, [care(3, null), care(7)]);
  await until(() => says(3) === 'unknown' && says(7) === 'active');
  assert.deepEqual(
    told.map(({ outcome }) => outcome).filter((one) => one === 'refused'),
    [],
  );

  await io.produce(topic, [
    care(5, { kind: 'care', provider: 'dr-rao', patient: 'p-5', until: 'never' }),
    care(9, null),
  ]);
  await until(() => says(9) === 'unknown');
  await until(() => told.some(({ outcome }) => outcome === 'refused'));
  assert.equal(says(5), 'active');
  assert.equal(live.status().stale, true);
  await io.produce(topic, [care(5, null)]);
  await until(() => says(5) === 'unknown');
  assert.equal(live.status().stale, false);
});

test('an empty topic is an empty directory; one that forgets is refused', { timeout: TIMEOUT_MS }, async (t) => {
  const live = new LiveDirectory({ key: KEY, tenant: T });
  const { topic } = await makeTopic({ 'cleanup.policy': 'compact' });
  const watch = watchTopic({ client, topic, key: KEY, tenant: T }, live);
  t.after(() => watch.close());
  await watch.begun;
  assert.equal(attachDirectory(live.image!).care(T, 'a', 'b', NOW), 'unknown');
  await watch.close();
  const forgetful = await makeTopic({ 'cleanup.policy': 'delete' });
  const refused = watchTopic(
    { client, topic: forgetful.topic, key: KEY, tenant: T },
    new LiveDirectory({ key: KEY, tenant: T }),
  );
  await assert.rejects(refused.begun, { code: 'TOPIC_UNFIT' });
  await refused.close();
});
