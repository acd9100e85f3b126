/** What the check of the topics lets through can be written: as large as the settings say, wherever it goes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outcomeTopic, TOPICS, type Topics } from '../../src/pipeline/topics.js';
import type { Admin } from '../../src/transports/kafka-client.js';
import { faultsOf, shapesOf } from '../../src/transports/kafka-topics.js';

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

/** As much of an admin as the check asks; a topic that is not named takes more than enough. */
function adminOf(sizes: ReadonlyMap<string, number>): Admin {
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
          { configName: 'cleanup.policy', configValue: resourceName === topics.state ? 'compact' : 'delete' },
        ],
      })),
    }),
  };
  return admin as unknown as Admin;
}
