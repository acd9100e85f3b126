/**
 * Held messages on the journal: what is kept, who may approve, what an approval releases, and that nothing else is released by
 * it: not another message, not a second time, not by who has no key, not too late.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { stringify } from 'yaml';
import { openGate } from '../../src/commands/run/gate.js';
import { auditEntry, awaited, incident, withheld } from '../../src/commands/schemas/contracts.js';
import { approvalMs } from '../../src/limits.js';
import { APPROVAL_HEADER, grantIn, heldIn, inputDigest, tokenOf } from '../../src/pipeline/approval.js';
import type { OutRecord } from '../../src/pipeline/port.js';
import { Quarantine } from '../../src/pipeline/quarantine.js';
import { RELEASES, TOPICS } from '../../src/pipeline/topics.js';
import { settingsSchema } from '../../src/settings.js';
import { events } from '../../src/telemetry/events.js';
import { journalReader } from '../../src/transports/journal-reader.js';
import { deriveKeys } from '../../src/transports/keys.js';
import { MAIN } from '../kit/gate-process.js';
import { headerOf } from '../kit/kafka-io.js';
import { CANARY, envelope } from '../kit/tasks.js';
import { untilWithin } from '../kit/until.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-approvals-'));
after(() => rmSync(root, { recursive: true, force: true }));

const KEY = 'a key for tests, and for nothing';
const REASON = 'the patient asked for it by telephone';
const WHO = 'dr.lind@example.org';
const OUTPUTS = 'agent.outputs';

const rule = (name: string, action: string, category: string): string =>
  `  - {name: ${name}, scanner: pii, action: ${action}, scope: output, config: {phi_categories: [${category}]}}\n`;
const ASK = rule('ask-for-chart', 'require_approval', 'medical_record_number');
const POLICY = `version: "1.0"\notherwise: allow\nrules:\n${ASK}${rule('no-ssn', 'redact', 'social_security_number')}`;
const STRICTER = `${POLICY}${rule('no-mail', 'block', 'email')}`;
const DIRECTORY = {
  agents: [
    {
      id: 'portal-bot',
      owner: 'Front-Desk',
      environment: 'production',
      purposes: ['treatment'],
      tasks: ['clinical'],
      tools: [],
    },
    {
      id: 'other-bot',
      owner: 'somebody',
      environment: 'production',
      purposes: ['treatment'],
      tasks: ['clinical'],
      tools: [],
    },
  ],
};
const ENDS_IN_MS = 2_000;
const SAID = `MRN: ${CANARY}, SSN 219-09-9999`;

interface Clinic {
  readonly folder: string;
  send(...values: readonly string[]): Promise<void>;
  put(...records: readonly OutRecord[]): Promise<void>;
  /** Until all there is has been judged. */
  run(policy?: string): Promise<void>;
  /** Until it is told to stop. */
  live(stop: AbortSignal): Promise<void>;
  cli(...args: readonly string[]): { readonly status: number | null; readonly out: string; readonly err: string };
  read(topic: string): Promise<readonly OutRecord[]>;
  /** Action, reason and content of the outcomes of what was released. */
  released(): Promise<readonly string[]>;
  waiting(): string[];
}

let clinics = 0;

function clinic(): Clinic {
  const home = join(root, String(++clinics));
  const folder = join(home, 'journal');
  const reader = journalReader(folder);
  const path = (name: string, text: string): string => {
    const place = `${home}-${name}`;
    writeFileSync(place, text);
    return place;
  };
  const settings = { journal: folder, threads: 0, key: KEY, tenant: 'north' };
  const directory = path('directory.yaml', stringify(DIRECTORY));
  const config = path('sluice.yaml', stringify({ ...settings, policy: path('policy.yaml', POLICY), directory }));
  const read = async (topic: string): Promise<readonly OutRecord[]> => {
    const records: OutRecord[] = [];
    for await (const { record } of reader.follow(topic, { follow: false, input: topic === RELEASES }))
      records.push(record);
    return records;
  };
  const cli: Clinic['cli'] = (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args, '--config', config], {
      encoding: 'utf8',
    });
    return { status, out: stdout, err: stderr };
  };
  return {
    folder,
    cli,
    read,
    send: (...values) =>
      reader.append(
        OUTPUTS,
        0,
        values.map((value) => ({ key: null, value: Buffer.from(value), headers: [] })),
      ),
    put: (...records) => reader.append(RELEASES, 0, records),
    async run(policy = POLICY) {
      const place = path('policy-now.yaml', policy);
      const gate = await openGate(settingsSchema.parse({ ...settings, policy: place, directory }), events(), {
        once: true,
      });
      await gate.run(new AbortController().signal);
    },
    async live(stop) {
      const gate = await openGate(settingsSchema.parse({ ...settings, policy: `${home}-policy.yaml` }), events());
      await gate.run(stop);
    },
    async released() {
      return (await read(`${RELEASES}.redacted`)).map((record) => {
        const { content } = JSON.parse(record.value!.toString()) as { content?: string };
        return [headerOf(record, 'sluice-action'), headerOf(record, 'sluice-reason') ?? content].join(': ');
      });
    },
    waiting() {
      const { out } = cli('approvals', 'list', '--json');
      return out.split('\n').flatMap((line) => (line === '' ? [] : [(JSON.parse(line) as { id: string }).id]));
    },
  };
}

const parsed = (records: readonly OutRecord[]): unknown[] => records.map(({ value }) => JSON.parse(String(value)));
const decide = (what: 'approve' | 'deny', id: string, approver = WHO): string[] => [
  ...['approvals', what, id, '--approver', approver, '--reason', REASON],
];

test('what a rule holds is kept sealed, and once approved it is judged by all other rules, with a trace of who and why', async () => {
  const { send, run, cli, read, released, waiting, folder } = clinic();
  await send(envelope(SAID));
  await run();
  const [outcome] = await read(`${OUTPUTS}.redacted`);
  const [id] = waiting();
  assert.equal(headerOf(outcome, 'sluice-approval'), id);
  assert.equal(withheld.parse(JSON.parse(String(outcome.value))).sluice.approval, id);
  const [raised] = parsed(await read(TOPICS.incidents)).map((one) => incident.parse(one));
  assert.equal(raised.unmapped.sluice.approval?.id, id);

  const shown = cli('approvals', 'show', id);
  assert.match(shown.out, /standing +waiting[\s\S]*rule +ask-for-chart identity-unknown/);
  assert.ok(!shown.out.includes(CANARY));
  assert.match(cli('approvals', 'show', id, '--reveal').out, new RegExp(CANARY));

  const approved = cli(...decide('approve', id));
  assert.equal(approved.status, 0, approved.err);
  assert.match(cli(...decide('deny', id)).err, /APPROVAL_REFUSED.*approved already/);
  await run();
  assert.deepEqual(await released(), [`redacted: MRN: ${CANARY}, SSN [SSN-1]`]);
  const [, audit] = parsed(await read(TOPICS.audit)).map((one) => auditEntry.parse(one));
  const { approval, decisions, surface } = audit.facts as {
    approval: { approver: string; plan: string };
    decisions: { rule: string; action: string }[];
    surface: string;
  };
  assert.deepEqual(
    { ...approval, approver: undefined, plan: undefined, expires: undefined },
    {
      id,
      decision: 'approved',
      from: `${OUTPUTS}/0/0`,
      asked: ['ask-for-chart identity-unknown', 'ask-for-chart patient-unstated'],
      approver: undefined,
      plan: undefined,
      expires: undefined,
    },
  );
  assert.match(approval.approver, /^\[OTHER-ID:[A-Z2-7]{16}\]$/);
  assert.equal(approval.plan, audit.plan);
  assert.equal(surface, 'output');
  assert.deepEqual([...new Set(decisions.map(({ rule, action }) => `${rule} ${action}`))].sort(), [
    'ask-for-chart alert',
    'no-ssn redact',
  ]);
  assert.match(cli('policy', 'explain', `${RELEASES}/0/0`).out, /alert: ask-for-chart[\s\S]*judged again: the same/);
  assert.deepEqual(waiting(), []);
  assert.match(
    cli('approvals', 'show', id, '--reveal').out,
    new RegExp(String.raw`approved[\s\S]*${WHO}[\s\S]*${REASON}`),
  );
  for (const one of await read(TOPICS.state))
    if (String(one.key).startsWith('approval/')) awaited.parse(JSON.parse(String(one.value)));
  // Only what came, what may pass, and what is sealed: nobody's name, reason or number anywhere else.
  for (const topic of readdirSync(folder).filter((name) => /incidents|audit|state|quarantine|releases$/.test(name)))
    for (const secret of [CANARY, WHO, REASON])
      assert.ok(!readFileSync(join(folder, topic, '0.ndjson'), 'utf8').includes(secret), `${topic} ${secret}`);
});

test('neither the agent, nor its owner, nor the provider it asks for, nor another agent approves; nor who says not why', async () => {
  const { send, run, cli, waiting } = clinic();
  await send(envelope(SAID, { requesting_provider: 'dr-rao' }));
  await run();
  const [id] = waiting();
  for (const [approver, why] of [
    ['portal-bot', 'the agent that asks'],
    [' Portal-BOT\u200b', 'the agent that asks'],
    ['ｐｏｒｔａｌ-bot', 'the agent that asks'],
    ['front-desk', 'the owner of the agent'],
    ['DR-RAO', 'the provider'],
    ['other-bot', 'an agent cannot'],
  ] as const) {
    const { status, err } = cli(...decide('approve', id, approver));
    assert.equal(status, 3, approver);
    assert.match(err, new RegExp(`APPROVAL_REFUSED.*${why}`), approver);
  }
  for (const lacking of [
    ['--approver', WHO],
    ['--reason', REASON],
    ['--approver', WHO, '--reason', 'ok'],
  ])
    assert.equal(cli('approvals', 'approve', id, ...lacking).status, 2);
  assert.equal(cli('approvals', 'approve', '0'.repeat(8), '--approver', WHO, '--reason', REASON).status, 3);
  assert.deepEqual(waiting(), [id]);
});

test('a denial is an outcome without content, and nothing releases the message after it', async () => {
  const { send, run, cli, put, read, released, waiting } = clinic();
  await send(envelope(SAID), envelope(`MRN: ${CANARY}`));
  await run();
  const [id, other] = waiting();
  assert.equal(cli(...decide('deny', id)).status, 0);
  assert.equal(cli(...decide('approve', other)).status, 0);
  const [denial, approval] = await read(RELEASES);
  await run();
  assert.deepEqual(await released(), ['blocked: approval-denied', `clean: MRN: ${CANARY}`]);
  const key = new Quarantine(deriveKeys(Buffer.from(KEY)).quarantine).approvalKey;
  const grant = grantIn(headerOf(denial, APPROVAL_HEADER)!, key)!;
  const late = {
    ...approval,
    headers: [[APPROVAL_HEADER, Buffer.from(tokenOf({ ...grant, decision: 'approved' }, key))] as const],
  };
  const sealed = (await read(TOPICS.quarantine))[0].value;
  await put({ ...late, value: sealed });
  await run();
  assert.equal((await released())[2], 'blocked: approval-used');
});

test('a copy, another message, another place, a changed or forged token release nothing, and are told', async () => {
  const { send, run, cli, put, read, released, waiting } = clinic();
  await send(envelope(SAID), envelope(`MRN: ${CANARY} and more`));
  await run();
  const [id] = waiting();
  assert.equal(cli(...decide('approve', id)).status, 0);
  const [good] = await read(RELEASES);
  const [, other] = await read(TOPICS.quarantine);
  const token = headerOf(good, APPROVAL_HEADER)!;
  const [text, mac] = token.split('.');
  const said = JSON.parse(Buffer.from(text, 'base64url').toString()) as object;
  const withToken = (...tokens: readonly string[]): OutRecord => ({
    ...good,
    headers: tokens.map((one) => [APPROVAL_HEADER, Buffer.from(one)]),
  });
  const changed = (rest: object): string => Buffer.from(JSON.stringify({ ...said, ...rest })).toString('base64url');
  const { v: _, ...grant } = said as Parameters<typeof tokenOf>[0] & { v: number };
  await put(
    { ...good, value: other.value },
    withToken(`${changed({ from: `${OUTPUTS}/0/1` })}.${mac}`),
    withToken(`${text}.${Buffer.alloc(32).toString('base64url')}`),
    withToken(tokenOf(grant, randomBytes(32))),
    withToken(token, token),
    withToken(''),
    { ...good, value: null },
    good,
  );
  await run();
  const all = await released();
  assert.equal(all[0], `redacted: MRN: ${CANARY}, SSN [SSN-1]`);
  assert.deepEqual(all.slice(1, 8), Array(7).fill('blocked: approval-invalid'));
  assert.equal(all[8], 'blocked: approval-used');
  const titles = parsed(await read(TOPICS.incidents)).map((one) => incident.parse(one).unmapped.sluice.rule);
  assert.equal(titles.filter((one) => one === 'approval-misused').length, 8);

  // Another journal with the same key has not held it.
  const elsewhere = clinic();
  await elsewhere.put(good);
  await elsewhere.run();
  assert.deepEqual(await elsewhere.released(), ['blocked: approval-invalid']);
  // Nor is it to be had around the approval.
  assert.match(cli('quarantine', 'replay', `${OUTPUTS}/0/1`).err, /sluice approvals/);
});

test('an approval ends: too late it releases nothing, and what nobody decided gets an outcome when it is asked for', async (t) => {
  const { send, run, cli, read, put, released, waiting } = clinic();
  const runAt = async (now: number): Promise<void> => {
    t.mock.timers.enable({ apis: ['Date'], now });
    await run();
    t.mock.timers.reset();
  };
  const now = Date.now();
  await send(envelope(`MRN: ${CANARY}`));
  await runAt(now - approvalMs - 1_000);
  assert.deepEqual(waiting(), []);
  const lapsed = JSON.parse(cli('approvals', 'list', '--all', '--json').out) as { id: string; standing: string };
  assert.equal(lapsed.standing, 'expired');
  assert.match(cli(...decide('approve', lapsed.id)).err, /APPROVAL_REFUSED.*expired already/);
  assert.match(cli('approvals', 'expire').out, /^1 ended/);
  assert.match(cli('approvals', 'expire').out, /^0 ended/);
  await send(envelope(SAID));
  await run();
  assert.deepEqual(await released(), ['blocked: approval-expired']);

  const [id] = waiting();
  assert.equal(cli(...decide('approve', id)).status, 0);
  const [, approval] = await read(RELEASES);
  await runAt(now + approvalMs + 600_000);
  await put(approval);
  await runAt(now + approvalMs + 600_000);
  assert.deepEqual(await released(), Array(3).fill('blocked: approval-expired'));
});

test('in a gate that runs, what nobody decides about ends at its time by itself, once, and is not approved after it', async (t) => {
  const { send, run, live, cli, read, put, released } = clinic();
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() - approvalMs + ENDS_IN_MS });
  await send(envelope(SAID));
  await run();
  t.mock.timers.reset();
  const stop = new AbortController();
  const running = live(stop.signal);
  const ended = async (): Promise<boolean> => (await released()).includes('blocked: approval-expired');
  await untilWithin(30_000)(ended);
  stop.abort();
  await running;
  const [outcome] = await read(`${OUTPUTS}.redacted`);
  const id = headerOf(outcome, 'sluice-approval')!;
  assert.match(cli(...decide('approve', id)).err, /APPROVAL_REFUSED.*expired already/);
  assert.match(cli('approvals', 'expire').out, /^0 ended/);
  // Nor by a token with a later end, from who has the key.
  const quarantine = new Quarantine(deriveKeys(Buffer.from(KEY)).quarantine);
  const { approvalKey: key } = quarantine;
  const [expiry] = await read(RELEASES);
  const { v: _, ...grant } = grantIn(headerOf(expiry, APPROVAL_HEADER)!, key)!;
  const [{ value: sealed }] = await read(TOPICS.quarantine);
  const { message } = heldIn(quarantine.open(sealed!, { topic: OUTPUTS, partition: 0, offset: 0 }))!;
  const input = inputDigest('output', message);
  const late = tokenOf({ ...grant, decision: 'approved', expires: Date.now() + approvalMs, input }, key);
  await put({ ...expiry, value: sealed, headers: [[APPROVAL_HEADER, Buffer.from(late)]] });
  await run();
  await run();
  assert.deepEqual(await released(), ['blocked: approval-expired', 'blocked: approval-used']);
  const [, entry] = parsed(await read(TOPICS.audit)).map((one) => auditEntry.parse(one));
  const { approval, surface } = entry.facts as { approval: { plan: string }; surface: string };
  assert.deepEqual(
    { ...approval, surface, expires: undefined },
    {
      id,
      decision: 'expired',
      from: `${OUTPUTS}/0/0`,
      asked: ['ask-for-chart identity-unknown', 'ask-for-chart patient-unstated'],
      plan: entry.plan,
      surface: 'output',
      expires: undefined,
    },
  );
});

test('a gate that ends with its input hands in what has lapsed, and the next one tells it, once', async (t) => {
  const { send, run, released } = clinic();
  t.mock.timers.enable({ apis: ['Date'], now: Date.now() - approvalMs - 1_000 });
  await send(envelope(SAID));
  await run();
  t.mock.timers.reset();
  for (const outcomes of [0, 1, 1]) {
    await run();
    assert.deepEqual(await released(), Array(outcomes).fill('blocked: approval-expired'));
  }
});

test('an approval is of one policy: by another the message is judged as if nobody had approved', async () => {
  const { send, run, cli, released, waiting } = clinic();
  await send(envelope(SAID), envelope(`MRN: ${CANARY}, a@example.org`));
  await run();
  const [id, mail] = waiting();
  for (const one of [id, mail]) assert.equal(cli(...decide('approve', one)).status, 0);
  await run(STRICTER);
  assert.deepEqual(await released(), ['pending: approval-required', 'blocked: policy']);
  const [again] = waiting();
  assert.notEqual(again, id);
  assert.match(cli('approvals', 'show', again).out, new RegExp(`source +${RELEASES}/0/0`));
  assert.equal(cli(...decide('approve', again)).status, 0);
  await run(STRICTER);
  assert.equal((await released())[2], `redacted: MRN: ${CANARY}, SSN [SSN-1]`);
});
