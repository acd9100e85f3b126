/** `sluice roster` from outside: build, stats, explain, and what each of them refuses. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { HEADER, PATIENTS } from './kit/roster.js';

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sluice-roster-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { NODE_TEST_CONTEXT: _context, SLUICE_ROSTER_KEY: _key, ...environment } = process.env;

function roster(args: readonly string[], input = '', key = 'an invented key of some length') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'roster', ...args], {
    input,
    cwd: folder,
    encoding: 'utf8',
    env: { ...environment, SLUICE_ROSTER_KEY: key },
  });
  return { status, stdout, stderr };
}

function file(name: string, lines: readonly string[]): string {
  writeFileSync(join(folder, name), lines.join('\n'));
  return name;
}

const snapshot = 'city.roster';
const patients = file('patients.csv', [HEADER, ...PATIENTS]);

describe('sluice roster', () => {
  it('builds, counts and explains, and never says who', () => {
    const built = roster(['build', patients, '--out', snapshot, '--tenant', 'north']);
    assert.equal(built.status, 0, built.stderr);
    assert.match(built.stderr, /7 patients, 0 of staff, 0 removed, 0 rows left out/);
    const stats = roster(['stats', snapshot, '--tenant', 'north', '--json']);
    assert.equal(JSON.parse(stats.stdout)[0].patients, 7);
    assert.match(roster(['stats', snapshot, '--tenant', 'north']).stdout, /patients +7\n/);
    const text = 'MRN: 10000004, Patient: Robert Whitfield\nDOB: 1962-11-30';
    const explained = roster(['explain', snapshot, '--tenant', 'north', '--patient', '10000001'], text);
    assert.match(explained.stdout, /strong +another patient, [\w-]{22}: mrn and name-birth/);
    assert.doesNotMatch(explained.stdout + explained.stderr + stats.stdout + built.stderr, /Whitfield|10000004|1962/);
    const own = roster(['explain', snapshot, '--tenant', 'north', '--patient', '10000004', '--json'], text);
    assert.deepEqual(JSON.parse(own.stdout), { subject: 'known', explained: [0], strangers: [], beyond: 0 });
  });

  it('lays a delta over it', () => {
    const day = file('day.csv', ['mrn,family,given,dob', '10000009,Adeyemi,Nia,2001-02-03']);
    assert.equal(roster(['build', day, '--base', snapshot, '--out', 'day.roster', '--tenant', 'north']).status, 0);
    const args = ['explain', snapshot, '--tenant', 'north', '--patient', '10000001', '--delta', 'day.roster'];
    assert.match(roster(args, 'MRN: 10000009').stdout, /strong/);
    assert.match(roster(['stats', 'day.roster', '--tenant', 'north']).stderr, /ROSTER_DELTA/);
  });

  it('writes nothing when rows cannot be taken, and names them by number', () => {
    const bad = file('bad.csv', ['mrn,family,dob', '10000001,Secretname,1980-13-01', '10000002,Lund,1980-01-01']);
    const refused = roster(['build', bad, '--out', 'bad.roster', '--tenant', 'north']);
    assert.equal(refused.status, 3);
    assert.match(refused.stderr, /bad\.csv: row 2: row-birth-invalid\n/);
    assert.match(refused.stderr, /ROSTER_ROWS/);
    assert.doesNotMatch(refused.stderr, /Secretname|1980/);
    assert.equal(existsSync(join(folder, 'bad.roster')), false);
    assert.equal(roster(['build', bad, '--out', 'bad.roster', '--tenant', 'north', '--bad-rows', '1']).status, 0);
  });

  it('refuses another tenant, another key, no key, and what it does not understand', () => {
    assert.match(roster(['stats', snapshot, '--tenant', 'south']).stderr, /ROSTER_TENANT/);
    assert.match(roster(['stats', snapshot, '--tenant', 'north'], '', 'another key that is long').stderr, /ROSTER_KEY/);
    assert.match(roster(['stats', snapshot, '--tenant', 'north'], '', '').stderr, /KEY_MISSING/);
    for (const args of [
      [],
      ['sing'],
      ['build'],
      ['build', patients],
      ['build', 'patients.xls', '--out', 'x', '--tenant', 'north'],
      ['build', patients, '--out', 'x', '--tenant', 'north', '--bad-rows', 'many'],
      ['stats', snapshot],
      ['stats', '--tenant', 'north'],
    ])
      assert.equal(roster(args).status, 2, args.join(' '));
  });
});
