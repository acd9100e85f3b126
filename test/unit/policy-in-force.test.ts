/** Policies that change while messages flow: half a file is none, a bad one changes nothing, and each message has one. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { AuditEntry } from '../../src/audit/entry.js';
import { openGate } from '../../src/commands/run/gate.js';
import { PolicyInForce } from '../../src/in-force/policy.js';
import { outcomeTopic } from '../../src/pipeline/topics.js';
import { readPolicyFiles } from '../../src/policy/files.js';
import { loadPolicy } from '../../src/policy/load.js';
import { PolicyError } from '../../src/policy/problem.js';
import { watchPolicy } from '../../src/policy/watch.js';
import { inlinePool } from '../../src/pool/inline.js';
import { shadowing } from '../../src/pool/shadow.js';
import { ThreadPool } from '../../src/pool/threads.js';
import { settingsSchema } from '../../src/settings.js';
import { type Difference, events } from '../../src/telemetry/events.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { partitionFile } from '../../src/transports/journal-writer.js';
import { CANARY, envelope, KEY, task } from '../kit/tasks.js';
import { untilWithin } from '../kit/until.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-policy-'));
after(() => rmSync(root, { recursive: true, force: true }));

const rule = (action: string, name = 'chart-numbers'): string =>
  `version: "1.0"\nrules:\n  - {name: ${name}, scanner: pii, action: ${action}, config: {phi_categories: [mrn]}}\n`;
const REDACT = rule('redact');
const BLOCK = rule('block');
const SETTINGS = { messageBytesMax: 1 << 20, tenant: 'default', referenceKey: KEY };
const TIMEOUT_MS = 30_000;
const until = untilWithin(TIMEOUT_MS);

let files = 0;
const fileOf = (text: string): string => {
  const path = join(root, `${files++}.yaml`);
  writeFileSync(path, text);
  return path;
};

test('what changes from look to look is not there yet, and what is refused is told once', () => {
  const file = fileOf(REDACT);
  const told: string[] = [];
  const watch = watchPolicy(
    {
      place: { file },
      load: ({ text }) => loadPolicy(text, SETTINGS).rules[0].action,
      adopt: (action) => told.push(action),
      refuse: (error) => told.push(error instanceof PolicyError ? error.problems[0].code : (error as Error).message),
      lookMs: 1_000_000,
    },
    readPolicyFiles({ file }).fingerprint,
  );
  const steps = (...texts: (string | undefined)[]): string[] => {
    for (const text of texts) {
      if (text === undefined) rmSync(file, { force: true });
      else writeFileSync(file, text);
      watch.look();
    }
    return told.splice(0);
  };
  assert.deepEqual(steps(REDACT, REDACT), []);
  assert.deepEqual(steps(BLOCK.slice(0, 60), BLOCK.slice(0, 80), BLOCK), [], 'it is still being written');
  assert.deepEqual(steps(BLOCK, BLOCK), ['block']);
  assert.deepEqual(steps('rules: [', 'rules: [', 'rules: ['), ['yaml-invalid']);
  assert.equal(steps(undefined, undefined, undefined).length, 1);
  assert.deepEqual(steps(BLOCK, BLOCK, BLOCK), ['block'], 'the alarm ends');
  watch.close();
});

test('a policy whose tests fail is not put in force, and nothing of them is told', () => {
  const failing = `${REDACT}tests:\n  - {name: Jane Sample, scope: output, content: "MRN: ${CANARY}", expect: allow}\n`;
  const terms = { options: { ...SETTINGS, without: [] }, referenceKey: KEY, events: events(), shadow: false };
  assert.throws(
    () => new PolicyInForce({ ...terms, place: { file: fileOf(failing) } }),
    (error: unknown) => {
      assert.ok(error instanceof PolicyError);
      assert.deepEqual(
        error.problems.map(({ code, line, hint }) => [code, line, hint]),
        [['test-failed', 5, 'expected allow, it is redact: identifier']],
      );
      assert.ok(!/Jane|\d{8}/.test(error.message));
      return true;
    },
  );
  const impossible = `${REDACT}facts: {nobodies: [{id: x}]}\ntests:\n  - {name: a, scope: prompt, content: b, expect: allow}\n`;
  assert.throws(
    () => new PolicyInForce({ ...terms, place: { file: fileOf(impossible) } }),
    (error: unknown) => error instanceof PolicyError && error.problems[0].code === 'test-impossible',
  );
});

test('threads judge each batch by the plan that it came with, however plans follow each other', async () => {
  const plans = [REDACT, BLOCK, rule('alert'), rule('step_up'), rule('require_approval'), rule('allow')].map((text) =>
    loadPolicy(text, SETTINGS),
  );
  const pool = new ThreadPool({ plan: plans[0], threads: 2, deadlineMs: 20_000 });
  try {
    const tasks = [task(envelope(`MRN: ${CANARY}`))];
    const asked = [0, 1, 2, 3, 4, 5, 0, 1, 5, 4, 3, 2, 1, 0].map((i) => plans[i]);
    const outcomes = await Promise.all(asked.map(async (plan) => (await pool.judge(tasks, 0, plan))[0].outcome));
    const expected = ['redacted', 'blocked', 'clean', 'pending', 'pending', 'clean'];
    assert.deepEqual(
      outcomes,
      asked.map((plan) => expected[plans.indexOf(plan)]),
    );
  } finally {
    await pool.close();
  }
});

test('a gate goes on while its policy changes: each record by one policy, which its outcome and its audit entry name', async () => {
  const journal = join(root, 'journal');
  const topic = 'agent.outputs';
  mkdirSync(join(journal, topic), { recursive: true });
  const input = partitionFile(journal, topic, 0);
  const policy = fileOf(REDACT);
  const settings = settingsSchema.parse({ journal, policy, threads: 0, without: ['injection'] });
  const refusals: string[] = [];
  const seen = { adopted: 0, refused: 0, committed: 0 };
  const listener = events({
    policyAdopted: () => void seen.adopted++,
    policyRefused: ({ problems }) => {
      seen.refused++;
      refusals.push(...problems);
    },
    committed: ({ records }) => {
      seen.committed += records;
    },
  });
  const gate = await openGate(settings, listener, { policyLookMs: 10 });
  const digests = [gate.plan.digest];
  const stop = new AbortController();
  const running = gate.run(stop.signal);
  let sent = 0;
  const send = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) appendFileSync(input, `${envelope(`MRN: ${CANARY}`, { id: `m-${sent++}` })}\n`);
    await until(() => seen.committed === sent);
  };
  await send();
  writeFileSync(policy, BLOCK);
  while (seen.adopted < 2) await send();
  digests.push(gate.plan.digest);
  writeFileSync(policy, '{}');
  while (seen.refused < 1) await send();
  await send();
  writeFileSync(policy, REDACT);
  while (seen.adopted < 3) await send();
  await send();
  assert.equal(gate.plan.digest, digests[0]);
  stop.abort();
  await running;
  const audit: AuditEntry[] = [];
  for await (const { record } of followTopic(journal, 'phi.audit', { follow: false }))
    audit.push(JSON.parse(record.value!.toString()) as AuditEntry);
  const policies: string[] = [];
  for await (const { record } of followTopic(journal, outcomeTopic(gate.topics, topic), { follow: false }))
    policies.push(String(record.headers.find(([name]) => name === 'sluice-policy')?.[1]));
  assert.equal(audit.length, sent);
  const outcomes = ['redacted', 'blocked'];
  audit.forEach(({ plan, outcome }, i) => {
    assert.equal(outcome, outcomes[digests.indexOf(plan)]);
    assert.equal(policies[i], plan.slice(0, 16));
  });
  assert.deepEqual(refusals, ['1:1 key-missing', '1:1 key-missing']);
  const order = audit.map(({ plan }) => digests.indexOf(plan)).join('');
  assert.match(order, /^0+1+0+$/);
});

test('what a policy goes without stands in every audit entry', async () => {
  const journal = join(root, 'without');
  mkdirSync(join(journal, 'agent.outputs'), { recursive: true });
  writeFileSync(partitionFile(journal, 'agent.outputs', 0), `${envelope('fine')}\n`);
  const text = `${REDACT}  - {name: later, scanner: clinical_safety, action: alert, config: {check_drug_interactions: true}}\n`;
  const policy = fileOf(text);
  assert.throws(() => loadPolicy(text, SETTINGS), PolicyError);
  const settings = settingsSchema.parse({ journal, policy, threads: 0, without: ['clinical_safety'] });
  const gate = await openGate(settings, events(), { once: true });
  await gate.run(new AbortController().signal);
  for await (const { record } of followTopic(journal, 'phi.audit', { follow: false }))
    assert.deepEqual((JSON.parse(record.value!.toString()) as AuditEntry).without, ['clinical_safety']);
});

test('a second policy only looks on: differences are counted by rule, and it never holds up a message', async () => {
  const [redact, other] = [loadPolicy(REDACT, SETTINGS), loadPolicy(rule('block', 'stricter'), SETTINGS)];
  const told: { messages: number; skipped: number; differences: readonly Difference[] }[] = [];
  const pool = shadowing(
    inlinePool(redact),
    () => other,
    (shadowed) => told.push(shadowed),
  );
  const tasks = ['nothing here', `MRN: ${CANARY}`, `MRN: ${CANARY}`].map((text) =>
    task(envelope(text), { surface: 'output' }),
  );
  const verdicts = await pool.judge(tasks, 0);
  assert.deepEqual(
    verdicts.map(({ outcome }) => outcome),
    ['clean', 'redacted', 'redacted'],
  );
  await pool.judge(tasks, 0);
  await until(() => told.some(({ messages }) => messages > 0));
  const looked = told.filter(({ messages }) => messages > 0);
  assert.deepEqual(looked[0], {
    messages: 3,
    skipped: 0,
    differences: [
      { rule: 'chart-numbers', was: 'redacted', would: 'blocked', count: 2 },
      { rule: 'stricter', was: 'redacted', would: 'blocked', count: 2 },
    ],
  });
  assert.ok(
    told.every(({ messages, skipped }) => messages + skipped === 3),
    'each batch is looked at or counted',
  );
  assert.ok(!JSON.stringify(told).includes(CANARY));
});
