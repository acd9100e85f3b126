/** Patients from a compacted topic: the last record of each counts, whoever is gone is not in it, and what does not fit is told. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readTopic } from '../../src/commands/roster/topic.js';
import { RosterBuild } from '../../src/roster/build.js';
import { changeRow, LastOffsets } from '../../src/roster/change.js';
import { Layer } from '../../src/roster/layer.js';
import { Roster } from '../../src/roster/roster.js';
import { lockFolder } from '../../src/transports/journal-lock.js';
import { JournalWriter } from '../../src/transports/journal-writer.js';
import { KEYS, NOW, told } from '../kit/roster.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-roster-topic-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const TOPIC = 'ehr.patients';
const row = (id: string | undefined, ssn: string, rest: object = {}): string =>
  JSON.stringify({ ...(id && { id }), ssn, given: 'Ana', family: 'Garcia', dob: '1980-03-04', ...rest });

/** A topic as a journal has one that was written by a gate. */
async function topicOf(records: readonly (readonly [key: string | null, value: string | null, partition?: number])[]) {
  const journal = mkdtempSync(join(folder, 'journal-'));
  const lock = await lockFolder(journal, new AbortController().signal);
  const writer = await JournalWriter.open({ folder: journal, outputs: [TOPIC], clock: Date.now }, lock);
  const sends = records.map(([key, value, partition = 0]) => ({
    topic: TOPIC,
    partition,
    records: [
      { key: key === null ? null : Buffer.from(key), value: value === null ? null : Buffer.from(value), headers: [] },
    ],
  }));
  await writer.commit({ name: 'in/0', first: 0, sends, extent: () => ({ next: 1, bytes: 0 }) });
  await writer.close();
  await lock.release();
  return journal;
}

async function build(journal: string, base?: Layer) {
  const building = new RosterBuild({ keys: KEYS, now: new Date(NOW), faultsMax: 100, ...(base && { base }) });
  await readTopic(building, TOPIC, { journal }, 0);
  return building.finish();
}

test('a snapshot of the last record of each patient, over partitions and versions', async () => {
  const journal = await topicOf([
    ['10000001', row('10000001', '901-11-2233')],
    ['10000002', row(undefined, '902-11-2234')],
    ['10000003', row('10000003', '903-11-2235'), 1],
    ['10000001', row('10000001', '904-11-2236')],
    ['10000003', null, 1],
    [
      '10000004',
      '{"resourceType":"Patient","id":"10000004","name":[{"family":"Lee","given":["Sam"]}],"birthDate":"1990-05-06"}',
    ],
  ]);
  const { report, image } = await build(journal);
  assert.deepEqual([report.patients, report.faults], [3, []]);
  const roster = new Roster({ base: image! }, KEYS);
  assert.deepEqual(told(roster, '10000002', 'SSN 904-11-2236'), ['strong ssn']);
  assert.deepEqual(told(roster, '10000002', 'SSN 901-11-2233'), []);
  assert.deepEqual(told(roster, '10000001', 'SSN 902-11-2234'), ['strong ssn']);
  assert.deepEqual(told(roster, '10000001', 'SSN 903-11-2235'), []);
});

test('over a snapshot the same records are a delta, in which who is gone is gone', async () => {
  const first = await build(
    await topicOf([
      ['10000001', row('10000001', '901-11-2233')],
      ['10000002', row('10000002', '902-11-2234')],
    ]),
  );
  const journal = await topicOf([
    ['10000001', null],
    ['10000005', row('10000005', '905-11-2237')],
  ]);
  const { report, image } = await build(journal, new Layer(first.image!));
  assert.deepEqual([report.patients, report.removed], [1, 1]);
  const roster = new Roster({ base: first.image!, delta: image! }, KEYS);
  assert.deepEqual(told(roster, '10000002', 'SSN 901-11-2233'), []);
  assert.deepEqual(told(roster, '10000002', 'SSN 905-11-2237'), ['strong ssn']);
});

test('records that do not fit are told by number and code', async () => {
  const journal = await topicOf([
    [null, row('10000001', '901-11-2233')],
    ['10000002', row('10000001', '901-11-2233')],
    ['10000003', '{'],
    ['x', row(undefined, '901-11-2233')],
    ['10000006', row('10000006', '901-11-2233')],
  ]);
  const { report } = await build(journal);
  assert.deepEqual(
    report.faults.map(({ row, code }) => `${row} ${code}`),
    ['1 row-key', '2 row-key', '3 row-json', '4 row-key'],
  );
  assert.equal(report.patients, 1);
  assert.deepEqual(changeRow({ key: '10000007', value: null }), { id: '10000007', deleted: true });
});

test('many keys: each has its last offset, however the table grows', () => {
  const last = new LastOffsets();
  for (let i = 0; i < 30_000; i++) last.note(`patient ${i % 10_000}`, i);
  assert.equal(last.count, 10_000);
  for (let i = 0; i < 30_000; i++) assert.equal(last.isLast(`patient ${i % 10_000}`, i), i >= 20_000);
  assert.throws(() => last.note('patient', 2 ** 32), { code: 'ROSTER_TOO_LARGE' });
});
