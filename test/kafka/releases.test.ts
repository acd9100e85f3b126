/**
 * What comes back on a real broker: what was quarantined and is handed in again, and what was held until somebody approved it;
 * over a gate that is killed, in the right partition, and once.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { auditEntry } from '../../src/commands/schemas/contracts.js';
import { kafkaSink, Shield } from '../../src/index.js';
import { APPROVAL_HEADER } from '../../src/pipeline/approval.js';
import { inflatedBytesMax } from '../../src/transports/kafka-bounds.js';
import { administer } from '../../src/transports/kafka-topics.js';
import { GateWorld, messageOf } from '../kit/gate-process.js';
import { CLEAN } from '../kit/history.js';
import { headerOf, type ReadRecord } from '../kit/kafka-io.js';
import { CANARY, envelope } from '../kit/tasks.js';
import { brokers } from '../kit/test-topics.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-releases-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const inputs = { 'phi.releases': 'output' } as const;
const policy = join(folder, 'policy.yaml');
writeFileSync(
  policy,
  [
    'version: "1.0"\notherwise: allow\nrules:',
    '  - {name: ask-for-chart, scanner: pii, action: require_approval, scope: output, config: {phi_categories: [medical_record_number]}}',
    '  - {name: ask-before-writing, scanner: tool_call, action: require_approval, config: {allowed_verbs: [read]}}',
    '  - {name: no-ssn, scanner: pii, action: redact, scope: output, config: {phi_categories: [social_security_number]}}\n',
  ].join('\n'),
);
const BY = ['--approver', 'dr.lind', '--reason', 'asked for by telephone'];

test('what is released comes back as a message of its own; a batch that could not be read does not', async () => {
  await forgetReleases();
  await GateWorld.with({ brokers, partitions: 1, inputs }, async (world) => {
    const [topic] = world.inputTopics as [string];
    await world.add(topic, [{ partition: 0, value: Buffer.from('MRN 77418829 \xff', 'latin1') }]);
    const bomb = { partition: 0, value: Buffer.alloc(inflatedBytesMax + 1) };
    const [first] = await world.io.produce(topic, [bomb, { partition: 0, value: messageOf(1) }], {
      compression: 'gzip',
    });
    for (const offset of [first as number, (first as number) + 1]) world.inputs.push({ topic, partition: 0, offset });
    const gate = world.start();
    await world.settled();
    const released = await world.command('quarantine', 'replay', `${topic}/0/0`);
    assert.deepEqual(await released.exited, { code: 0, signal: null }, released.words);
    world.inputs.push({ topic: 'phi.releases', partition: 0, offset: 0 });
    for (const offset of [1, 2]) {
      const refused = await world.command('quarantine', 'replay', `${topic}/0/${offset}`);
      assert.notEqual((await refused.exited).code, 0);
      assert.match(refused.words, /the batch that it came in could not be read/);
    }
    await world.settled();
    assert.equal((await gate.stop()).code, 0, gate.words);
    const outcomes = await outcomesOf(world);
    assert.deepEqual(
      outcomes.map((one) => [headerOf(one, 'sluice-source'), reasonOf(one)]),
      [
        [`${topic}/0/0`, 'not-utf8'],
        [`${topic}/0/1`, 'batch-too-large'],
        [`${topic}/0/2`, 'batch-too-large'],
        ['phi.releases/0/0', 'not-utf8'],
      ],
    );
  });
});

test('what a person approves is released once, in its partition, over a gate that is killed; copies and denials are not', async () => {
  await forgetReleases();
  const key = 'a key for tests, and for nothing';
  await GateWorld.with({ brokers, partitions: 2, inputs, settings: { policy, key } }, async (world) => {
    const [, topic] = world.inputTopics as [string, string];
    const held = (partition: number, text: string) => ({ partition, value: envelope(text) });
    await world.add(topic, [held(1, `MRN: ${CANARY}, SSN 219-09-9999`), held(1, `MRN: ${CANARY}`), held(0, 'fine')]);
    const first = world.start();
    await world.settled();
    const [id, other] = await waitingIn(world);
    for (const [what, one] of [
      ['approve', id],
      ['deny', other],
    ] as const) {
      const said = await world.command('approvals', what, one, ...BY);
      assert.deepEqual(await said.exited, { code: 0, signal: null }, said.words);
    }
    for (const offset of [0, 1]) world.inputs.push({ topic: 'phi.releases', partition: 1, offset });
    await world.settled();
    await first.kill();

    const [release] = (await world.io.readAll(['phi.releases'])) as [ReadRecord];
    const token = { [APPROVAL_HEADER]: headerOf(release, APPROVAL_HEADER)! };
    const copy = { key: release.key, value: release.value, headers: token };
    await world.add('phi.releases', [
      { partition: 1, ...copy },
      { partition: 0, ...copy },
    ]);
    const second = world.start();
    await world.settled();
    assert.equal((await second.stop()).code, 0, second.words);
    const outputs = await world.readOutputs();
    assert.deepEqual(world.judge(outputs), { outcomes: CLEAN, audits: CLEAN });
    const released = outputs.filter((one) => one.topic === 'phi.releases.redacted');
    assert.deepEqual(
      released.map((one) => [headerOf(one, 'sluice-source'), reasonOf(one) ?? contentOf(one)]),
      [
        ['phi.releases/0/0', 'approval-invalid'],
        ['phi.releases/1/0', `MRN: ${CANARY}, SSN [SSN-1]`],
        ['phi.releases/1/1', 'approval-denied'],
        ['phi.releases/1/2', 'approval-used'],
      ],
    );
    const notes = outputs
      .filter((one) => one.topic === world.topics.audit)
      .map(({ value }) => auditEntry.parse(JSON.parse(String(value))))
      .flatMap(({ facts }) => ('approval' in facts && facts.approval ? [facts.approval] : []));
    assert.deepEqual(notes.map(({ decision, from }) => `${decision} ${from}`).sort(), [
      ...Array(3).fill(`approved ${topic}/1/0`),
      `denied ${topic}/1/1`,
      ...Array(2).fill('undefined undefined'),
    ]);
    assert.match(notes.find(({ decision }) => decision === 'denied')?.approver ?? '', /OTHER-ID/);
  });
});

test('a shield on a cluster takes the token for the same call, and its decision is on record', async () => {
  await forgetReleases();
  const key = 'a key for tests, and for nothing';
  await GateWorld.with({ brokers, partitions: 2, inputs, settings: { policy, key } }, async (world) => {
    const { incidents, audit, quarantine } = world.topics;
    const sink = kafkaSink({ brokers, topics: { incidents, audit, quarantine } });
    const shield = new Shield({ agentId: 'refill-bot', key, policyPath: policy, sink });
    const call = { toolName: 'order_refill', parameters: { days: 30 } };
    const held = await shield.scanToolCall(call);
    assert.ok(held.action === 'require_approval');
    const said = await world.command('approvals', 'approve', held.approvalId ?? '', ...BY);
    const approval = said.words.trim().split('\n').at(-1)!;
    const again = await shield.scanToolCall({ ...call, approval });
    assert.equal(again.action, 'allow', said.words);
    const used = await shield.scanToolCall({ ...call, approval });
    assert.equal(used.action === 'block' && used.reason, 'approval-used');
    await shield.close();

    const [decision] = (await world.io.readAll(['phi.releases'])) as [ReadRecord];
    assert.equal(decision.value, null, 'nothing of the call is on the topic');
    world.inputs.push({ topic: 'phi.releases', partition: decision.partition, offset: 0 });
    const gate = world.start();
    await world.settled();
    assert.equal((await gate.stop()).code, 0, gate.words);
    const outcome = (await world.readOutputs()).find((one) => one.topic === 'phi.releases.redacted');
    assert.deepEqual([headerOf(outcome!, 'sluice-action'), reasonOf(outcome!)], ['held', 'approval-elsewhere']);
  });
});

async function waitingIn(world: GateWorld): Promise<[string, string]> {
  const { words } = await world.command('approvals', 'list', '--json');
  return words.split('\n').flatMap((line) => (line.startsWith('{') ? [JSON.parse(line).id] : [])) as [string, string];
}

function contentOf({ value }: ReadRecord): string {
  return (JSON.parse(String(value)) as { content: string }).content;
}

/** Judged first: one outcome for each, and nothing in clear on topics and in files. */
async function outcomesOf(world: GateWorld): Promise<ReadRecord[]> {
  const outputs = await world.readOutputs();
  assert.deepEqual(world.judge(outputs), { outcomes: CLEAN, audits: CLEAN });
  assert.equal(world.leaksInFiles(), false, 'an identifier in a file');
  return outputs.filter(({ topic }) => world.outcomeTopics.includes(topic));
}

/** Its name is fixed, and the broker may have served before. */
async function forgetReleases(): Promise<void> {
  await administer({ brokers, clientId: 'sluice-test' }, async (admin) => {
    const stale = async () => (await admin.listTopics()).filter((name) => name.startsWith('phi.releases'));
    for (let topics = await stale(); topics.length > 0; topics = await stale()) {
      await admin.deleteTopics({ topics }).catch(() => {});
      await pause(200);
    }
  });
}

function reasonOf(record: ReadRecord): string | undefined {
  return headerOf(record, 'sluice-reason');
}
