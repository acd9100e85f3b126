/** The journal: whatever step a process dies at, the next one goes on as if it had not begun; readers see whole transactions only. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { journalLineBytesMax } from '../../src/limits.js';
import { Quarantine } from '../../src/pipeline/quarantine.js';
import { TOPICS, type Topics } from '../../src/pipeline/topics.js';
import { inlinePool } from '../../src/pool/inline.js';
import { Journal } from '../../src/transports/journal.js';
import { syncFolder } from '../../src/transports/journal-commits.js';
import { readLine, writeLine } from '../../src/transports/journal-line.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { partitionFile, STEPS, type Step } from '../../src/transports/journal-writer.js';
import { testPipeline } from '../kit/pipeline.js';
import { CANARY, envelope, KEY, PLAN } from '../kit/tasks.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-journal-'));
after(() => rmSync(root, { recursive: true, force: true }));

const topics: Topics = { ...TOPICS, inputs: { 'agent.prompts': 'prompt', 'agent.outputs': 'output' } };
const pool = inlinePool(PLAN);
let folders = 0;

class Crash extends Error {}

function folder(): string {
  return join(root, String(folders++));
}

function run(journal: string, step?: (step: Step) => void): Promise<void> {
  const pipeline = testPipeline({ topics, pool });
  const transport = new Journal({
    folder: journal,
    topics,
    partitions: 1,
    clock: Date.now,
    once: true,
    ...(step && { step }),
  });
  return transport.run({ own: pipeline.own, stop: new AbortController().signal });
}

function send(journal: string, topic: string, lines: readonly string[]): void {
  mkdirSync(join(journal, topic), { recursive: true });
  appendFileSync(partitionFile(journal, topic, 0), lines.map((line) => `${line}\n`).join(''));
}

function messages(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => envelope(`MRN ${CANARY}, note ${from + i}`, { id: `m-${from + i}` }));
}

async function read(journal: string, topic: string) {
  const values: Record<string, unknown>[] = [];
  for await (const { record } of followTopic(journal, topic, { follow: false })) {
    values.push(JSON.parse(record.value!.toString()) as Record<string, unknown>);
  }
  return values;
}

async function expectAll(journal: string, count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, i) => `m-${i}`);
  for (const topic of Object.keys(topics.inputs)) {
    const outcomes = await read(journal, `${topic}.redacted`);
    assert.deepEqual(
      outcomes.map(({ id }) => id),
      ids,
      topic,
    );
  }
  const audit = await read(journal, topics.audit);
  assert.equal(audit.length, 2 * count);
  assert.equal(new Set(audit.map(({ id }) => id)).size, 2 * count);
  for (const topic of [
    ...Object.keys(topics.inputs).map((input) => `${input}.redacted`),
    topics.audit,
    topics.incidents,
  ]) {
    assert.ok(!readFileSync(partitionFile(journal, topic, 0)).includes(CANARY), topic);
  }
}

for (const step of STEPS) {
  test(`a process that dies at the step "${step}" of a commit loses nothing and repeats nothing`, async () => {
    const journal = folder();
    for (const topic of Object.keys(topics.inputs)) send(journal, topic, messages(0, 20));
    let commits = 0;
    const crash = (at: Step): void => {
      // The second transaction: so there is something before it that has to stay.
      if (at === 'begun') commits++;
      if (at === step && commits === 2) throw new Crash();
    };
    await assert.rejects(run(journal, crash), Crash);
    for (const topic of Object.keys(topics.inputs)) send(journal, topic, messages(20, 10));
    await run(journal);
    await expectAll(journal, 30);
  });
}

test('half a commit line does not count, and neither does what was written for it', async () => {
  const journal = folder();
  for (const topic of Object.keys(topics.inputs)) send(journal, topic, messages(0, 5));
  await run(journal);
  const commits = join(journal, 'commits.ndjson');
  const size = statSync(commits).size;
  truncateSync(commits, size - 7);
  await run(journal);
  await expectAll(journal, 5);
});

test('a commit file that is damaged before its end, or gone, is not guessed at', async () => {
  const journal = folder();
  send(journal, 'agent.prompts', messages(0, 5));
  await run(journal);
  const commits = join(journal, 'commits.ndjson');
  const text = readFileSync(commits, 'utf8');
  writeFileSync(
    commits,
    `${text.replace(/"bytes":\d/, '"bytes":9')}${text.slice(0, 0)}{"sum":"0000000000000000","commit":{}}\n`,
  );
  await assert.rejects(run(journal), { code: 'JOURNAL_CORRUPT' });
  rmSync(commits);
  await assert.rejects(run(journal), { code: 'JOURNAL_CORRUPT' });
  assert.ok(statSync(partitionFile(journal, 'agent.prompts.redacted', 0)).size > 0, 'nothing was cut off');
});

test('a line that is not finished is not read', async () => {
  const journal = folder();
  send(journal, 'agent.prompts', messages(0, 1));
  appendFileSync(partitionFile(journal, 'agent.prompts', 0), messages(1, 1)[0]);
  await run(journal);
  assert.equal((await read(journal, 'agent.prompts.redacted')).length, 1);
  appendFileSync(partitionFile(journal, 'agent.prompts', 0), '\n');
  await run(journal);
  assert.equal((await read(journal, 'agent.prompts.redacted')).length, 2);
  assert.ok(!existsSync(join(journal, 'lock')));
});

test('what cannot be scanned is kept encrypted, and nothing of it stands in clear anywhere', async () => {
  const journal = folder();
  const twice = `{"content":"a","content":"MRN ${CANARY}"}`;
  send(journal, 'agent.prompts', [twice]);
  await run(journal);
  const [outcome] = await read(journal, 'agent.prompts.redacted');
  assert.deepEqual((outcome.sluice as { outcome: string; reason: string }).reason, 'envelope-ambiguous');
  for await (const { record } of followTopic(journal, topics.quarantine, { follow: false })) {
    assert.ok(!record.value!.includes(CANARY));
    const source = { topic: 'agent.prompts', partition: 0, offset: 0 };
    assert.equal(new Quarantine(KEY).open(record.value!, source).value?.toString(), twice);
    assert.throws(() => new Quarantine(KEY).open(record.value!, { ...source, offset: 1 }), {
      code: 'QUARANTINE_SEALED',
    });
    assert.throws(() => new Quarantine(Buffer.alloc(32)).open(record.value!, source), { code: 'QUARANTINE_SEALED' });
    const flipped = Buffer.from(record.value!);
    flipped[flipped.length - 1] ^= 1;
    assert.throws(() => new Quarantine(KEY).open(flipped, source), { code: 'QUARANTINE_SEALED' });
  }
});

test('a line past the bound is one outcome that could not be scanned; what stands before and after it is settled', async () => {
  const journal = folder();
  const long = `MRN ${CANARY} ${'x'.repeat(2 * journalLineBytesMax)}`;
  send(journal, 'agent.prompts', [...messages(0, 2), long, ...messages(2, 2)]);
  appendFileSync(partitionFile(journal, 'agent.prompts', 0), long);
  await run(journal);
  const outcomes = await read(journal, 'agent.prompts.redacted');
  assert.deepEqual(
    outcomes.map(({ id, sluice }) => (sluice as { reason: string } | undefined)?.reason ?? id),
    ['m-0', 'm-1', 'too-large', 'm-2', 'm-3'],
  );
  // The end of the line that was not finished.
  send(journal, 'agent.prompts', ['', ...messages(4, 1)]);
  await run(journal);
  assert.deepEqual(
    (await read(journal, 'agent.prompts.redacted')).slice(5).map(({ id }) => id),
    ['agent.prompts/0/5', 'm-4'],
  );
  for await (const { record } of followTopic(journal, topics.quarantine, { follow: false })) {
    assert.equal(record.value, null);
    assert.ok(record.headers.some(([name]) => name === 'sluice-not-kept'));
  }
});

test('a folder that cannot be synced is a failure, not a guess', async () => {
  await assert.rejects(syncFolder(join(root, 'not there')), { code: 'FILE_UNWRITABLE' });
});

test('a record that grows over what a record may be is blocked, and kept', async () => {
  const journal = folder();
  send(journal, 'agent.prompts', [envelope('x'.repeat(999_500))]);
  const pipeline = testPipeline({ plan: { ...PLAN, messageBytesMax: 2_000_000 }, topics, recordBytesMax: 999_700 });
  const transport = new Journal({ folder: journal, topics, partitions: 1, clock: Date.now, once: true });
  await transport.run({ own: pipeline.own, stop: new AbortController().signal });
  const [audit] = await read(journal, topics.audit);
  assert.equal(audit.outcome, 'blocked');
  assert.equal(audit.reason, 'output-too-large');
  assert.equal(audit.quarantined, true);
});

test('a line comes back as the record that it was written from', () => {
  const records = [
    { key: Buffer.from('k'), value: Buffer.from('{"a":1}'), headers: [] },
    {
      key: null,
      value: Buffer.from('plain "text"\n'),
      headers: [['a', Buffer.from('1')] as const, ['a', null] as const],
    },
    { key: Buffer.from([0xff, 1]), value: Buffer.from([0xff, 0xfe]), headers: [['b', Buffer.from([0x80])] as const] },
    { key: null, value: null, headers: [] },
    { key: null, value: Buffer.from('null'), headers: [] },
    { key: null, value: Buffer.from('{\n"a": 1}'), headers: [] },
    { key: null, value: Buffer.alloc(0), headers: [] },
  ];
  for (const record of records) {
    const line = writeLine({ ...record, timestamp: 5 }, 7, 0);
    assert.equal(line.indexOf('\n'), line.length - 1);
    assert.deepEqual(readLine(Buffer.from(line.slice(0, -1)), 7, 0), { ...record, offset: 7, timestamp: 5 });
  }
  for (const text of [
    '',
    'hello',
    '{"content":1}',
    '{"value":1,"value":2}',
    '{"value":1,"other":2}',
    '{"text":{"no":1}}',
    '[1]',
  ]) {
    const { value, key, headers } = readLine(Buffer.from(text), 0, 0);
    assert.deepEqual([value?.toString(), key, headers], [text, null, []]);
  }
});

test('a time that no date can be becomes our own', () => {
  for (const timestamp of [9e15, -9e15, Number.NaN]) {
    const line = writeLine({ key: null, value: Buffer.from('a'), headers: [], timestamp }, 0, 1000);
    assert.equal(readLine(Buffer.from(line.trimEnd()), 0, 0).timestamp, 1000);
  }
});
