/** Another patient's identifiers in this one's conversation, by the roster: what is decided, what is not, what is said of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryDirectory } from '../../src/directory/memory.js';
import { createJudge } from '../../src/judge.js';
import type { Task } from '../../src/message.js';
import type { CrossCheck, PiiRule } from '../../src/policy/rule.js';
import { rosterKeys } from '../../src/roster/keys.js';
import { Rosters } from '../../src/roster/rosters.js';
import { factsOf, type Verdict } from '../../src/verdict.js';
import { HEADER, NOW, PATIENTS, rosterFor, SECRET } from '../kit/roster.js';
import { piiRule, planOf } from '../kit/rules.js';
import { envelope, task } from '../kit/tasks.js';

const STAFF = 'mrn,given,family,phone,email\n,Nora,Field,(212) 555-0190,nora@example.org'.split('\n');
const NORTH = rosterFor('north', [HEADER, ...PATIENTS], { staff: STAFF });
const SOUTH = rosterFor('south', [
  HEADER,
  '88421077,907-11-2239,W200001,(212) 555-0121,omar@example.org,Omar,Vance,,1968-02-03,,,,,,',
]);
const ROSTERS = new Rosters({ digest: 'ab'.repeat(32), patients: 8, tenants: [NORTH, SOUTH] });
const DIRECTORY = memoryDirectory(
  {
    contacts: [
      { patient: '10000001', relation: 'friend', channel: 'phone', address: '(212) 555-0104', from: '2020-01-01' },
    ],
    patients: [{ id: '10000001' }],
  },
  { tenant: 'north' },
);

const check = (rest: Partial<CrossCheck> = {}): CrossCheck => ({
  roster: 'optional',
  from: 'strong',
  patientsMax: 20,
  ...rest,
});
const rule = (rest: Partial<PiiRule> = {}): PiiRule => piiRule({ select: [], crossPatient: true, ...rest });
const output = (content: unknown, patient_id: string | undefined = '10000001', tenant = 'north'): Task =>
  task(envelope(content, { tenant, ...(patient_id !== '' && { patient_id }) }), { surface: 'output' });
const on = (one: Task, rules = [rule()], rosters: Rosters | 'none' = ROSTERS): Verdict =>
  createJudge(planOf(rules)).judge(one, NOW, DIRECTORY, rosters === 'none' ? undefined : rosters);
const codes = (verdict: Verdict): string[] => (factsOf(verdict).decisions ?? []).map(({ code }) => code);

test("another patient's identifier decides, whatever it looks like beside the subject's id", () => {
  for (const said of [
    'Your SSN on file is 903-11-2235.',
    'MRN: 10000004',
    'Robert Whitfield, DOB 11/30/1962, was seen.',
    'Member ID: W100004',
  ]) {
    const verdict = on(output(said));
    assert.deepEqual([verdict.outcome, codes(verdict)], ['blocked', ['other-patient']], said);
    const { decisions, rosters, rules } = factsOf(verdict);
    assert.equal(rosters, 'ab'.repeat(8));
    assert.deepEqual(rules, ['pii-rule']);
    const { evidence, patients } = decisions![0].facts;
    assert.ok((evidence as string[]).length > 0 || said.startsWith('MRN'));
    assert.match((patients as string[])[0], /^p:[\w-]{22}$/);
    for (const secret of ['2235', '10000004', 'Whitfield', 'W100004', '1962'])
      assert.ok(!verdict.facts.includes(secret));
  }
});

test('one patient has one reference, in every message', () => {
  const of = (said: string): unknown => factsOf(on(output(said))).decisions![0].facts.patients;
  assert.deepEqual(of('MRN: 10000004'), of('SSN 903-11-2235'));
  assert.notDeepEqual(of('MRN: 10000004'), of('SSN 904-11-2236'));
});

test('what belongs here is no contamination', () => {
  for (const said of [
    'Ana Garcia, MRN: 10000001, SSN 901-11-2233, phone (212) 555-0101',
    'Robert Whitfield says hello.',
    'Luis can be reached at (212) 555-0101',
    'Your mother: MRN: 10000003',
    'Ask Nora Field at (212) 555-0190 or nora@example.org',
  ]) {
    assert.deepEqual(codes(on(output(said))), [], said);
  }
  assert.deepEqual(
    codes(on(output('Call (212) 555-0104 about it'), [rule({ crossCheck: check({ from: 'medium' }) })])),
    [],
  );
});

test('with `medium`, a telephone of another patient decides; otherwise it does not', () => {
  const said = output('Call (212) 555-0105 about it');
  assert.deepEqual(codes(on(said)), []);
  assert.deepEqual(codes(on(said, [rule({ crossCheck: check({ from: 'medium' }) })])), ['other-patient']);
});

test('whose conversation it is has to be known', () => {
  assert.deepEqual(codes(on(output('MRN: 10000004', ''))), []);
  const { decisions } = factsOf(on(output('MRN: 10000004', '10009999')));
  assert.equal(decisions![0].facts.subject, 'unknown');
});

test("redact takes out what is not the subject's, and leaves the rest", () => {
  const verdict = on(output('Ana Garcia, MRN: 10000001, and MRN: 10000004'), [rule({ action: 'redact' })]);
  const { content } = JSON.parse(verdict.value!.toString()) as { content: string };
  assert.equal(content, 'Ana Garcia, MRN: 10000001, and MRN: [MRN-1]');
});

test("another tenant's patient is told by a code of its own, and nothing tells who or whose", () => {
  for (const said of ['SSN 907-11-2239', 'Omar Vance, born 02/03/1968']) {
    const verdict = on(output(said));
    assert.deepEqual(codes(verdict), ['other-tenant'], said);
    assert.ok(!verdict.facts.includes('south') && !verdict.facts.includes('p:'), verdict.facts);
  }
  // The same message is their own patient's in their own house.
  assert.deepEqual(codes(on(output('SSN 907-11-2239', '88421077', 'south'))), []);
  // A number that both houses have is this house's.
  assert.deepEqual(codes(on(output('SSN 903-11-2235', '88421077', 'south'))), ['other-tenant']);
});

test('a tenant without a roster is judged as without one, unless the policy asks for it', () => {
  const south = new Rosters({ digest: 'cd'.repeat(32), patients: 1, tenants: [SOUTH] });
  assert.deepEqual(codes(on(output('MRN: 10000004'), [rule()], south)), ['other-patient']);
  assert.deepEqual(codes(on(output('MRN: 88421077', '88421077'), [rule()], south)), []);
  assert.deepEqual(codes(on(output('SSN 905-11-0000', '10000001', 'east'))), []);
  const required = [rule({ crossCheck: check({ roster: 'required' }) })];
  for (const verdict of [on(output('hello', '10000001', 'east'), required), on(output('hello'), required, 'none')])
    assert.deepEqual([verdict.outcome, verdict.reason], ['could-not-scan', 'roster-missing']);
  assert.equal(on(output('hello'), required).reason, 'none');
});

test('keys of one tenant open no roster of another', () => {
  const swapped = { ...SOUTH, keys: rosterKeys(SECRET, 'north') };
  assert.throws(() => new Rosters({ digest: '', patients: 1, tenants: [swapped] }), { code: 'ROSTER_TENANT' });
});
