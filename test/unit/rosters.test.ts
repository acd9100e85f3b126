/** Rosters in force: read with each tenant's keys, taken by every thread, swapped when their files change, refused if altered. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { openRosters } from '../../src/in-force/rosters.js';
import { ThreadPool } from '../../src/pool/threads.js';
import { writeSnapshot } from '../../src/roster/file.js';
import { readRosters } from '../../src/roster/files.js';
import type { RosterTold } from '../../src/telemetry/events.js';
import { HEADER, PATIENTS, rosterFor, SECRET } from '../kit/roster.js';
import { piiRule, planOf } from '../kit/rules.js';
import { envelope, task } from '../kit/tasks.js';
import { untilWithin } from '../kit/until.js';

const until = untilWithin(20_000);

const folder = mkdtempSync(join(tmpdir(), 'sluice-rosters-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const write = (name: string, tenant: string, lines: readonly string[]): void =>
  writeSnapshot(at(name), rosterFor(tenant, [HEADER, ...lines]).image.base);

write('north.roster', 'north', PATIENTS.slice(0, 1));
write('all.next', 'north', PATIENTS);

test('a folder holds one snapshot of each tenant; one that is not as it should be refuses all', () => {
  assert.equal(readRosters(at('north.roster'), SECRET).patients, 1);
  assert.equal(readRosters(folder, SECRET).tenants.length, 1);
  assert.throws(() => readRosters(folder, Buffer.from('another secret of some length')), { code: 'ROSTER_KEY' });
  assert.throws(() => readRosters(at('nothing'), SECRET), { code: 'ROSTER_MISSING' });
  copyFileSync(at('north.roster'), at('again.roster'));
  assert.throws(() => readRosters(folder, SECRET), { code: 'ROSTER_INVALID' });
  const cut = readFileSync(at('north.roster'));
  writeFileSync(at('again.roster'), cut.subarray(0, -64));
  assert.throws(() => readRosters(folder, SECRET), { code: 'ROSTER_INVALID' });
  rmSync(at('again.roster'));
});

test('at the start a roster that cannot be put in force is an error with its code', async () => {
  const told = { roster: () => {} };
  await assert.rejects(openRosters(at('nothing'), SECRET, told), { code: 'ROSTER_MISSING' });
  await assert.rejects(openRosters(folder, Buffer.from('another secret of some length'), told), { code: 'ROSTER_KEY' });
});

test('threads take a changed file from the next pack on; a spoilt one is told, and the last good one stays', async () => {
  const heard: RosterTold[] = [];
  const rosters = await openRosters(folder, SECRET, { roster: (event) => void heard.push(event) }, 20);
  const plan = planOf([piiRule({ select: [], crossPatient: true })]);
  const pool = new ThreadPool({ plan, threads: 2, deadlineMs: 30_000, known: () => ({ rosters: rosters.image() }) });
  const tasks = Array.from({ length: 4 }, () =>
    task(envelope('SSN 903-11-2235', { patient_id: '10000001' }), { surface: 'output' }),
  );
  const outcomes = async (): Promise<string[]> =>
    (await pool.judge(tasks, Date.now())).map(({ outcome, facts }) => `${outcome} ${/"rosters"/.test(facts)}`);
  try {
    assert.deepEqual(await outcomes(), Array(4).fill('redacted true'));
    renameSync(at('all.next'), at('north.roster'));
    await until(() => heard.length === 2);
    assert.deepEqual(await outcomes(), Array(4).fill('blocked true'));
    // In one step, as a snapshot is put in place: half of it would be told too.
    writeFileSync(at('spoilt.next'), 'spoilt');
    renameSync(at('spoilt.next'), at('north.roster'));
    await until(() => heard.length === 3);
    assert.deepEqual(await outcomes(), Array(4).fill('blocked true'));
    assert.deepEqual(
      heard.map((one) => (one.outcome === 'in-force' ? one.patients : one.code)),
      [1, PATIENTS.length, 'ROSTER_INVALID'],
    );
  } finally {
    await pool.close();
    await rosters.close();
  }
});
