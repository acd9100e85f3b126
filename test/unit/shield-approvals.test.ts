/** Approvals of the SDK: the same call again with the token of a person passes once, where it was held, and nothing else does. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { type AuditEntry, journalSink, Shield, type ShieldOptions, type ShieldResult } from '../../src/index.js';
import { approvalMs } from '../../src/limits.js';
import type { Facts } from '../../src/message.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { MAIN } from '../kit/gate-process.js';
import { CANARY } from '../kit/tasks.js';
import { untilWithin } from '../kit/until.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-shield-approvals-'));
after(() => rmSync(root, { recursive: true, force: true }));

const KEY = 'a key for tests, and for nothing';
const POLICY = join(root, 'policy.yaml');
writeFileSync(
  POLICY,
  'version: "1.0"\notherwise: allow\nrules:\n  - {name: ask-before-writing, scanner: tool_call, action: require_approval, config: {allowed_verbs: [read]}}\n',
);
/** Time for a command before. */
const ENDS_IN_MS = 6_000;
const CALL = { toolName: 'order_refill', parameters: { mrn: CANARY, days: 30 }, context: { sessionId: 's-1' } };

const shieldOn = (journal: string, rest: Partial<ShieldOptions> = {}): Shield =>
  new Shield({ agentId: 'refill-bot', key: KEY, policyPath: POLICY, sink: journalSink(join(root, journal)), ...rest });

function approvals(journal: string, ...args: readonly string[]) {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [MAIN, 'approvals', ...args, '--journal', join(root, journal)],
    { encoding: 'utf8', env: { ...process.env, SLUICE_KEY: KEY } },
  );
  return { out: stdout, err: stderr, status };
}

function approve(journal: string, id: string | undefined, what = 'approve') {
  const said = approvals(journal, what, id ?? '', '--approver', 'dr.lind', '--reason', 'asked for by telephone');
  assert.equal(said.status, 0, said.err);
  return said.out.trim().split('\n').at(-1) ?? '';
}

function idOf(result: ShieldResult<unknown>): string | undefined {
  assert.ok(result.action === 'require_approval', result.action);
  return result.approvalId;
}

const told = ({ action, blocked, ...rest }: ShieldResult<unknown>): string =>
  blocked ? `${action}: ${(rest as { reason: string }).reason}` : action;

test('the same call passes once with the token that a person was given for it, also over a restart', async () => {
  let shield = shieldOn('one');
  const first = await shield.scanToolCall(CALL);
  const id = idOf(first);
  assert.match(
    approvals('one', 'show', id!).out,
    /agent +refill-bot[\s\S]*surface +tool_call[\s\S]*ask-before-writing/,
  );
  const token = approve('one', id);

  for (const other of [
    { ...CALL, parameters: { ...CALL.parameters, days: 31 } },
    { ...CALL, parameters: { days: 30, mrn: CANARY } },
    { ...CALL, toolName: 'order_everything' },
    { ...CALL, context: { sessionId: 's-2' } },
  ])
    assert.equal(told(await shield.scanToolCall({ ...other, approval: token })), 'block: approval-invalid');
  const content = { tool_name: CALL.toolName, parameters: CALL.parameters };
  assert.equal(
    told(await shield.scanToolResult({ content, context: CALL.context, approval: token })),
    'block: approval-invalid',
  );
  assert.equal(told(await shield.scanToolCall({ ...CALL, approval: `${token}x` })), 'block: approval-invalid');

  const passed = await shield.scanToolCall({ ...CALL, approval: token });
  assert.ok(passed.action === 'allow');
  assert.deepEqual(passed.content.parameters, CALL.parameters);
  assert.deepEqual(
    passed.decisions.map(({ rule, action }) => `${rule} ${action}`),
    ['ask-before-writing alert'],
  );
  assert.equal(told(await shield.scanToolCall({ ...CALL, approval: token })), 'block: approval-used');
  await shield.close();
  shield = shieldOn('one');
  assert.equal(told(await shield.scanToolCall({ ...CALL, approval: token })), 'block: approval-used');
  await shield.close();

  const notes: string[] = [];
  for await (const { record } of followTopic(join(root, 'one'), 'phi.audit', { follow: false })) {
    const { id: source, outcome, facts } = JSON.parse(String(record.value)) as AuditEntry & { facts: Facts };
    const { decision, from, approver } = facts.approval ?? {};
    if (outcome === 'clean') notes.push([source, decision, from, approver].join(' '));
  }
  assert.equal(notes.length, 1);
  assert.match(notes[0], /^shield\/0\/7 approved shield\/0\/0 \[OTHER-ID:[A-Z2-7]{16}\]$/);
});

test('a token is of the journal that held the call: another with the same key and the same call does not take it', async () => {
  const [here, there] = [shieldOn('here'), shieldOn('there')];
  const token = approve('here', idOf(await here.scanToolCall(CALL)));
  idOf(await there.scanToolCall(CALL));
  assert.equal(told(await there.scanToolCall({ ...CALL, approval: token })), 'block: approval-invalid');
  assert.equal(told(await here.scanToolCall({ ...CALL, approval: token })), 'allow');
  await Promise.all([here.close(), there.close()]);
});

test('a denial gives no token, and ends the matter; where nothing is kept there is nothing to approve', async () => {
  const shield = shieldOn('denied');
  const id = idOf(await shield.scanToolCall(CALL));
  assert.equal(approve('denied', id, 'deny'), `denied: ${id}`);
  const again = approvals('denied', 'approve', id!, '--approver', 'dr.lind', '--reason', 'asked for by telephone');
  assert.match(again.err, /APPROVAL_REFUSED.*denied already/);
  await shield.close();
  const keepsNothing = shieldOn('', { sink: async () => {} });
  assert.equal(idOf(await keepsNothing.scanToolCall(CALL)), undefined);
  await keepsNothing.close();
});

test('what nobody decides about ends at its time by itself, with an audit entry, and nothing passes by it then', async (t) => {
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() - approvalMs + ENDS_IN_MS });
  let shield = shieldOn('ends');
  const id = idOf(await shield.scanToolCall(CALL));
  await shield.close();
  t.mock.timers.reset();
  const token = approve('ends', id);
  shield = shieldOn('ends');
  await shield.ready();
  const entries = async (): Promise<(AuditEntry & { facts: Facts })[]> => {
    const all: (AuditEntry & { facts: Facts })[] = [];
    for await (const { record } of followTopic(join(root, 'ends'), 'phi.audit', { follow: false }))
      all.push(JSON.parse(String(record.value)));
    return all;
  };
  await untilWithin(30_000)(async () => (await entries()).length > 1);
  assert.equal(told(await shield.scanToolCall({ ...CALL, approval: token })), 'block: approval-expired');
  await shield.close();
  const [, ended, late] = await entries();
  assert.deepEqual([ended.id, ended.outcome, ended.reason], ['shield/0/1', 'blocked', 'approval-expired']);
  const { surface, tenant, approval } = ended.facts;
  assert.deepEqual(
    { surface, tenant, ...approval, expires: undefined },
    {
      surface: 'tool_call',
      tenant: 'default',
      id,
      decision: 'expired',
      from: 'shield/0/0',
      asked: ['ask-before-writing tool-unknown'],
      plan: ended.plan,
      expires: undefined,
    },
  );
  assert.equal(late.reason, 'approval-expired');
  const again = shieldOn('ends');
  await again.ready();
  await pause(50);
  await again.close();
  assert.equal((await entries()).length, 3, 'told once');
});

test('threads and the main thread take an approval alike', async () => {
  const shield = shieldOn('threads', { threads: 1 });
  const token = approve('threads', idOf(await shield.scanToolCall(CALL)));
  assert.equal(told(await shield.scanToolCall({ ...CALL, approval: token })), 'allow');
  await shield.close();
});
