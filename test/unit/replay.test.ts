/** What could not be scanned and is handed in again: judged as what it was, and by nobody's word but that of who has the key. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { stringify } from 'yaml';
import { openGate } from '../../src/commands/run/gate.js';
import { auditEntry } from '../../src/commands/schemas/contracts.js';
import type { Facts } from '../../src/message.js';
import type { OutRecord } from '../../src/pipeline/port.js';
import { RELEASES, TOPICS } from '../../src/pipeline/topics.js';
import { settingsSchema } from '../../src/settings.js';
import { events } from '../../src/telemetry/events.js';
import { journalReader } from '../../src/transports/journal-reader.js';
import { MAIN } from '../kit/gate-process.js';
import { headerOf } from '../kit/kafka-io.js';
import { CANARY, envelope } from '../kit/tasks.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-replay-'));
after(() => rmSync(root, { recursive: true, force: true }));

const CALLS = 'agent.tool-calls';
const POLICY = `version: "1.0"
rules:
  - {name: read-only, scanner: tool_call, action: block, config: {allowed_verbs: [read]}}
`;
/** Too large for the first gate, not for the second. */
const SMALL = 1024;
const LARGE = 64 * 1024;

let clinics = 0;

function clinic() {
  const home = join(root, String(++clinics));
  const folder = join(home, 'journal');
  const policy = `${home}-policy.yaml`;
  const config = `${home}-sluice.yaml`;
  const settings = { journal: folder, threads: 0, key: 'a key for tests, and for nothing', policy };
  writeFileSync(policy, POLICY);
  writeFileSync(config, stringify({ ...settings, messageBytesMax: LARGE }));
  const reader = journalReader(folder);
  const read = async (topic: string): Promise<readonly OutRecord[]> => {
    const records: OutRecord[] = [];
    for await (const { record } of reader.follow(topic, { follow: false, input: topic === RELEASES }))
      records.push(record);
    return records;
  };
  return {
    folder,
    read,
    put: (topic: string, ...records: readonly OutRecord[]) => reader.append(topic, 0, records),
    replay: (source: string) =>
      spawnSync(process.execPath, [MAIN, 'quarantine', 'replay', source, '--config', config], { encoding: 'utf8' }),
    explain: (source: string) =>
      spawnSync(process.execPath, [MAIN, 'policy', 'explain', source, '--config', config], { encoding: 'utf8' }).stdout,
    async run(messageBytesMax: number) {
      const gate = await openGate(settingsSchema.parse({ ...settings, messageBytesMax }), events(), { once: true });
      await gate.run(new AbortController().signal);
    },
    /** What was decided about each release, from the audit. */
    async released() {
      const entries = (await read(TOPICS.audit)).map(({ value }) => auditEntry.parse(JSON.parse(String(value))));
      return entries.flatMap((entry) =>
        entry.source.topic === RELEASES && 'reason' in entry ? [{ ...entry, facts: entry.facts as Facts }] : [],
      );
    },
  };
}

const call = (tool: string): OutRecord => ({
  key: Buffer.from('chat-7'),
  value: Buffer.from(
    envelope(
      { tool_name: tool, parameters: { chart: CANARY, note: ' '.repeat(SMALL) } },
      { agent: 'refill-bot', session: 's-7' },
    ),
  ),
  headers: [['sluice-surface', Buffer.from('prompt')]],
});

test('a tool call that is replayed is a tool call: its surface, agent, session and key are what they were', async () => {
  const { put, run, read, replay, released, explain, folder } = clinic();
  await put(CALLS, call('order_refill'));
  await run(SMALL);
  for (const from of [`${CALLS}/0/0`, `${RELEASES}/0/0`]) {
    const done = replay(from);
    assert.equal(done.status, 0, done.stderr);
    // The first time it is still too large: what is quarantined then is again a tool call.
    await run(from.startsWith(RELEASES) ? LARGE : SMALL);
  }
  const [still, entry] = await released();
  assert.deepEqual([still.outcome, still.reason, still.facts.surface], ['could-not-scan', 'too-large', 'tool_call']);
  const { surface, agent, session, decisions, releasedFrom } = entry.facts;
  assert.deepEqual(
    { outcome: entry.outcome, surface, agent, session, releasedFrom, rules: decisions?.map(({ rule }) => rule) },
    {
      outcome: 'blocked',
      surface: 'tool_call',
      agent: 'refill-bot',
      session: 's-7',
      releasedFrom: `${RELEASES}/0/0`,
      rules: ['read-only'],
    },
  );
  const outcome = (await read(`${RELEASES}.redacted`))[1];
  assert.equal(headerOf(outcome, 'sluice-released-from'), `${RELEASES}/0/0`);
  assert.equal(String(outcome.key), 'chat-7');
  assert.match(explain(`${RELEASES}/0/1`), /block: read-only[\s\S]*judged again: the same/);
  // On its way back it stays sealed.
  assert.ok(!readFileSync(join(folder, RELEASES, '0.ndjson'), 'utf8').includes(CANARY));
});

test('nobody hands in what is sealed without the key, as something else, or twice over', async () => {
  const { put, run, read, replay, released } = clinic();
  await put(CALLS, call('order_refill'), call('read_chart'));
  await run(SMALL);
  assert.equal(replay(`${CALLS}/0/0`).status, 0);
  const [good] = await read(RELEASES);
  const [, other] = await read(TOPICS.quarantine);
  const [proof] = good.headers;
  await put(
    RELEASES,
    { ...good, headers: [[proof[0], Buffer.alloc(0)]] },
    { ...good, value: other.value },
    { ...good, key: other.key },
    { ...good, headers: [proof, proof] },
    { ...good, headers: [proof, ['sluice-approval', Buffer.from('x')]] },
    { ...good, value: null },
  );
  await run(LARGE);
  const [first, ...rest] = await released();
  assert.equal(first.reason, 'policy');
  assert.deepEqual(
    rest.map(({ outcome, reason }) => `${outcome} ${reason}`),
    Array(6).fill('blocked approval-invalid'),
  );
});
