/** What the check of the topics lets through can be written: as large as the settings say, wherever it goes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeTopic, TOPICS, type Topics } from '../../src/pipeline/topics.js';
import type { Admin } from '../../src/transports/kafka-client.js';
import { checkTopics, faultsOf, shapesOf } from '../../src/transports/kafka-topics.js';

const RECORD_BYTES_MAX = 262_144;
const topics: Topics = { ...TOPICS, inputs: { 'agent.prompts': 'prompt' } };
const outcomes = outcomeTopic(topics, 'agent.prompts');
const requirements = { topics, recordBytesMax: RECORD_BYTES_MAX, production: false };

test('topics as they are created are fit, whatever the size', async () => {
  for (const recordBytesMax of [4096, 1_048_588, 8_000_000]) {
    const shapes = shapesOf(topics, 3, recordBytesMax);
    const sizes = new Map(shapes.map(({ topic, config }) => [topic, Number(config['max.message.bytes'])]));
    assert.deepEqual(await faultsOf(adminOf(sizes), { ...requirements, recordBytesMax }), []);
  }
});

test('a topic that takes the largest record, but not with what the format adds, is not fit', async () => {
  const faults = await faultsOf(adminOf(new Map([[outcomes, RECORD_BYTES_MAX]])), requirements);
  assert.deepEqual(faults, [`${outcomes}: max.message.bytes too small`]);
});

test('the quarantine takes what is written there, not only what comes in', async () => {
  const small = new Map([
    ['agent.prompts', 1024],
    [topics.quarantine, 100_000],
  ]);
  const [fault, ...more] = await faultsOf(adminOf(small), requirements);
  assert.match(fault ?? '', /max\.message\.bytes below 329728$/);
  assert.deepEqual(more, []);
});

test('an outcome topic that takes the times of outcomes only just, or not, is known before', async () => {
  const config = (after: string) => ({ [outcomes]: { 'message.timestamp.after.max.ms': after } });
  assert.deepEqual(await faultsOf(adminOf(new Map(), config('600000')), requirements), []);
  const faults = await faultsOf(adminOf(new Map(), config('599999')), requirements);
  assert.deepEqual(faults, [`${outcomes}: message.timestamp.before.max.ms or after.max.ms too small`]);
});

test('what the quarantine takes is told, less what the format adds', async () => {
  const told: number[] = [];
  const onQuarantineBytes = (bytes: number): void => void told.push(bytes);
  await checkTopics(adminOf(new Map([[topics.quarantine, 3_000_000]])), { ...requirements, onQuarantineBytes });
  assert.deepEqual(told, [3_000_000 - 2048]);
});

/** As much of an admin as the check asks; a topic that is not named takes more than enough. */
function adminOf(
  sizes: ReadonlyMap<string, number>,
  more: Readonly<Record<string, Readonly<Record<string, string>>>> = {},
): Admin {
  const names = shapesOf(topics, 3, RECORD_BYTES_MAX).map(({ topic }) => topic);
  const partitions = [0, 1, 2].map((partitionId) => ({ partitionId, replicas: [1] }));
  const admin = {
    listTopics: async () => names,
    fetchTopicMetadata: async () => ({ topics: names.map((name) => ({ name, partitions })) }),
    describeConfigs: async () => ({
      resources: names.map((resourceName) => ({
        resourceName,
        configEntries: [
          {
            configName: 'max.message.bytes',
            configValue: String(
              sizes.get(resourceName) ?? (resourceName === topics.quarantine ? 2_000_000 : 1_048_588),
            ),
          },
          ...Object.entries(more[resourceName] ?? {}).map(([configName, configValue]) => ({ configName, configValue })),
          {
            configName: 'cleanup.policy',
            configValue: [topics.state, topics.learned].includes(resourceName) ? 'compact' : 'delete',
          },
        ],
      })),
    }),
  };
  return admin as unknown as Admin;
}
