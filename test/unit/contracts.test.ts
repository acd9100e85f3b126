/** What the gate writes is what its published schemas say, and the committed schemas are what the program says. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import {
  auditEntry,
  envelope as envelopeSchema,
  incident,
  jsonSchemas,
  session,
  withheld,
} from '../../src/commands/schemas/contracts.js';
import { TOPICS } from '../../src/pipeline/topics.js';
import { Journal } from '../../src/transports/journal.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { partitionFile } from '../../src/transports/journal-writer.js';
import { testPipeline } from '../kit/pipeline.js';
import { CANARY, envelope } from '../kit/tasks.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-contracts-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const LINES = [
  envelope('nothing here', { stream: { id: 'st-1', seq: 0, final: true } }),
  envelope(`MRN ${CANARY}, SSN 123-45-6789`, { patient_id: CANARY, recipient: 'maya.ostrow@example.org' }),
  `MRN ${CANARY}`,
  '{"content":"a","content":"b"}',
  `{"value":null,"key":"${CANARY}"}`,
  `{"text":"x","headers":{"sluice-action":"clean"}}`,
];

test('incidents, audit entries, state and withheld outcomes are as their schemas say', async () => {
  mkdirSync(join(folder, 'agent.prompts'), { recursive: true });
  writeFileSync(partitionFile(folder, 'agent.prompts', 0), `${LINES.join('\n')}\n`);
  const pipeline = testPipeline();
  const transport = new Journal({ folder, topics: TOPICS, partitions: 1, clock: Date.now, once: true });
  await transport.run({ own: pipeline.own, stop: new AbortController().signal });
  const schemas = { [TOPICS.incidents]: incident, [TOPICS.audit]: auditEntry, [TOPICS.state]: session };
  const counted: Record<string, number> = {};
  for (const [topic, schema] of Object.entries(schemas)) {
    for await (const { record } of followTopic(folder, topic, { follow: false })) {
      const value: unknown = JSON.parse(record.value!.toString());
      assert.deepEqual(schema.parse(value), value);
      counted[topic] = (counted[topic] ?? 0) + 1;
    }
  }
  assert.deepEqual(counted, { [TOPICS.incidents]: 3, [TOPICS.audit]: LINES.length, [TOPICS.state]: 1 });
  let held = 0;
  for await (const { record } of followTopic(folder, 'agent.prompts.redacted', { follow: false })) {
    const type = record.headers.find(([name]) => name === 'content-type')?.[1]?.toString();
    if (type !== 'application/vnd.sluice.withheld+json') continue;
    held++;
    withheld.parse(JSON.parse(record.value!.toString()));
  }
  assert.equal(held, 1);
  for (const line of LINES.slice(0, 2)) envelopeSchema.parse(JSON.parse(line));
});

test('the folder schemas is up to date: npm run docs', () => {
  const committed = new URL('../../../schemas/', import.meta.url);
  const expected = Object.entries(jsonSchemas()).map(([name, schema]) => [
    `${name}.schema.json`,
    `${JSON.stringify(schema, null, 2)}\n`,
  ]);
  const found = readdirSync(committed).map((name) => [
    name,
    readFileSync(new URL(name, committed), 'utf8').replaceAll('\r\n', '\n'),
  ]);
  assert.deepEqual(found.sort(), expected.sort());
});
