/** The policy's topic on a real broker: no policy, no gate; what is published is in force within a second, what is bad is told. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Shield } from '../../src/index.js';
import { BASE_KEY } from '../../src/policy/topic.js';
import { compactedShape, createTopics } from '../../src/transports/kafka-topics.js';
import { GateWorld } from '../kit/gate-process.js';
import { CLEAN } from '../kit/history.js';
import { headerOf } from '../kit/kafka-io.js';
import { brokers } from '../kit/test-topics.js';
import { untilWithin } from '../kit/until.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-policy-topic-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const until = untilWithin(60_000);
const RULE = 'scanner: pii, config: {phi_categories: [medical_record_number]}';
const fileOf = (name: string, action: string, more = ''): string => {
  const path = join(folder, `${name}.yaml`);
  writeFileSync(
    path,
    `version: "1.0"\notherwise: redact\nrules:\n  - {name: charts, action: ${action}, ${RULE}}\n${more}`,
  );
  return path;
};
const FAILING = 'tests:\n  - {name: a, scope: prompt, content: "nothing", expect: block}\n';

test('no policy, no gate; a published one is in force within a second, and a bad one only raises the alarm', async (t) => {
  const policyTopic = `p${randomBytes(4).toString('hex')}`;
  await createTopics({ brokers, clientId: 'sluice-test' }, [compactedShape(policyTopic)], 1);
  await GateWorld.with({ brokers, partitions: 2, settings: { policyTopic } }, async (world) => {
    const none = world.start();
    assert.notEqual((await none.exited).code, 0);
    assert.match(none.words, /POLICY_INVALID.*nothing under base/);

    const publish = async (file: string, ...more: readonly string[]) => {
      const said = await world.command('policy', 'publish', file, ...more);
      return { code: (await said.exited).code, words: said.words };
    };
    assert.deepEqual((await publish(fileOf('alert', 'alert'))).code, 0);
    const gate = world.start();
    const adopted = (): number => gate.words.split('"event":"policy-adopted"').length - 1;
    await gate.says(/"event":"assigned"/);
    await world.produce(40);
    await world.settled();

    const refused = await publish(fileOf('failing', 'alert', FAILING));
    assert.equal(refused.code, 1);
    assert.match(refused.words, /test-failed/);
    const before = adopted();
    const text = `version: "1.0"\notherwise: redact\nrules:\n  - {name: charts, action: block, ${RULE}}\n`;
    await world.io.produce(policyTopic, [{ partition: 0, key: BASE_KEY, value: text }]);
    const since = performance.now();
    await until(() => adopted() > before);
    const tookMs = performance.now() - since;
    t.diagnostic(`in force after ${Math.round(tookMs)} ms`);
    assert.ok(tookMs < 1_000, `${tookMs} ms`);
    await world.produce(40);
    await world.settled();

    await world.io.produce(policyTopic, [{ partition: 0, key: BASE_KEY, value: 'rules: [' }]);
    await gate.says(/"event":"policy-refused".*yaml-invalid/);
    await world.io.produce(policyTopic, [{ partition: 0, key: BASE_KEY, value: null }]);
    await gate.says(/"event":"policy-refused","shadow":false,"code":"POLICY_INVALID","problems":\[\]/);
    await world.produce(40);
    await world.settled();
    assert.equal((await gate.stop()).code, 0, gate.words);

    const outputs = await world.readOutputs();
    assert.deepEqual(world.judge(outputs), { outcomes: CLEAN, audits: CLEAN });
    const plans = new Map<string, Set<string>>();
    for (const one of outputs.filter(({ topic }) => world.outcomeTopics.includes(topic))) {
      const plan = headerOf(one, 'sluice-policy') ?? '';
      plans.set(plan, (plans.get(plan) ?? new Set()).add(headerOf(one, 'sluice-action') ?? ''));
    }
    assert.deepEqual([...plans.values()].map((actions) => [...actions].join()).sort(), ['blocked', 'redacted']);
  });
});

test('what tenants add is published with the policy, stays without them, and ends with their file', async () => {
  const policyTopic = `p${randomBytes(4).toString('hex')}`;
  await createTopics({ brokers, clientId: 'sluice-test' }, [compactedShape(policyTopic)], 1);
  const tenants = mkdtempSync(join(folder, 'tenants-'));
  const own = (tenant: string, scanner = 'pii'): void =>
    writeFileSync(
      join(tenants, `${tenant}.yaml`),
      `version: "1.0"\ntenant: ${tenant}\nrules:\n  - {name: own, scanner: ${scanner}, action: block, config: {phi_categories: [email]}}\n`,
    );
  own('north');
  own('south');
  await GateWorld.with({ brokers, partitions: 1, settings: { policyTopic } }, async (world) => {
    const publish = async (...args: readonly string[]) => (await world.command('policy', 'publish', ...args)).words;
    const file = fileOf('one', 'redact');
    assert.match(await publish(file, '--tenants', tenants), /with 2 tenants: [0-9a-f]{64}/);
    assert.match(await publish(file), /with 2 tenants: [0-9a-f]{64}/);
    rmSync(join(tenants, 'south.yaml'));
    assert.match(await publish(file, '--tenants', tenants), /with 1 tenants, 1 ended: [0-9a-f]{64}/);
    own('north', 'nothing');
    assert.match(await publish(file, '--tenants', tenants), /north.*value-invalid/);
    const records = await world.io.readAll([policyTopic]);
    assert.deepEqual(
      records.slice(-3).map(({ key, value }) => `${key} ${value === null ? 'ends' : 'stands'}`),
      ['south ends', 'north stands', 'base stands'],
    );
  });
});

test('a shield takes its directory from a topic, and what changes there counts within a second', async () => {
  const topic = `d${randomBytes(4).toString('hex')}`;
  await createTopics({ brokers, clientId: 'sluice-test' }, [compactedShape(topic)], 1);
  const policyPath = join(folder, 'care.yaml');
  writeFileSync(
    policyPath,
    'version: "1.0"\nrules:\n  - {name: care, scanner: tool_call, action: block, config: {check_care_relationship: true}}\n',
  );
  const shield = new Shield({
    agentId: 'scribe',
    key: 'a key for tests, and for nothing',
    policyPath,
    directoryTopic: { brokers, topic },
    sink: async () => {},
  });
  const context = { patientId: 'p-1', requestingProvider: 'dr-rao' };
  const asked = async (): Promise<string> => {
    const result = await shield.scanToolCall({ toolName: 'ehr_query', parameters: {}, context });
    return result.blocked ? result.reason : result.action;
  };
  const row = (kind: string, about: object, ...names: readonly string[]) => ({
    partition: 0,
    key: JSON.stringify([kind, 'default', ...names]),
    value: JSON.stringify({ kind, ...about }),
  });
  try {
    await shield.ready();
    assert.equal(await asked(), 'care-relationship-unknown');
    await GateWorld.with({ brokers, partitions: 1 }, async ({ io }) => {
      await io.produce(topic, [
        row('provider', { id: 'dr-rao' }, 'dr-rao'),
        row('care', { provider: 'dr-rao', patient: 'p-1' }, 'dr-rao', 'p-1'),
      ]);
    });
    await until(async () => (await asked()) === 'allow');
  } finally {
    await shield.close();
  }
});
