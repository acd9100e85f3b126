/** Results with several patients: the subject's part passes as it was written, the rest is gone, and many at once are told. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJudge } from '../../src/judge.js';
import type { PiiRule } from '../../src/policy/rule.js';
import { Rosters } from '../../src/roster/rosters.js';
import { excised } from '../../src/scanners/excise.js';
import { factsOf, type Verdict } from '../../src/verdict.js';
import { HEADER, NOW, PATIENTS, rosterFor } from '../kit/roster.js';
import { piiRule, planOf } from '../kit/rules.js';
import { envelope, task } from '../kit/tasks.js';

const rule = (rest: Partial<PiiRule> = {}): PiiRule =>
  piiRule({ select: [], crossPatient: true, action: 'redact', ...rest });
const on = (content: unknown, one = rule(), patient_id: string | undefined = '10000001', rosters?: Rosters): Verdict =>
  createJudge(planOf([one])).judge(
    task(envelope(content, { ...(patient_id !== '' && { patient_id }) }), { surface: 'tool_result' }),
    NOW,
    undefined,
    rosters,
  );
const contentOf = ({ value }: Verdict): unknown => (JSON.parse(value!.toString()) as { content: unknown }).content;
const codes = (verdict: Verdict): string[] => (factsOf(verdict).decisions ?? []).map(({ code }) => code);
const row = (mrn: string, said: string) => ({ mrn, note: said });

test('of a list, only the elements of the subject are left', () => {
  const list = [
    row('10000004', 'HIV reactive'),
    row('10000001', 'potassium 4.1'),
    row('10000005', 'pregnant'),
    row('10000006', 'x'),
  ];
  const verdict = on({ total: 4, results: list });
  assert.deepEqual(contentOf(verdict), { total: 4, results: [list[1]] });
  assert.deepEqual(factsOf(verdict).decisions?.find(({ code }) => code === 'mixed-record')?.facts, {
    patients: 4,
    parts: 3,
  });
  // What is taken out raises no incident: it is what the rule is for.
  assert.equal(factsOf(verdict).rules, undefined);
  assert.deepEqual(contentOf(on({ total: 3, results: [list[0], list[2], list[3]] })), { total: 3, results: [] });
});

test('of a batch of HL7 messages and of a table, only the subject’s messages and rows', () => {
  const message = (mrn: string, value: string): string =>
    `MSH|^~\\&|LAB|H|EHR|H|20260601||ORU^R01|1|P|2.5\rPID|1||${mrn}^^^H^MR||DOE^X\rOBX|1|NM|K||${value}\r`;
  const batch = contentOf(on(message('10000004', '9.9') + message('10000001', '4.1'))) as string;
  assert.ok(batch.includes('4.1') && !batch.includes('9.9') && !batch.includes('10000004'), batch);
  const table = contentOf(on('MRN,result\n10000004,reactive\n10000001,normal\n10000005,pregnant\n')) as string;
  assert.equal(table, 'MRN,result\n10000001,normal\n');
});

test('a rule that blocks lets none of it pass; one patient alone is no mixture', () => {
  const list = [row('10000004', 'a'), row('10000001', 'b')];
  assert.deepEqual(
    [on(list, rule({ action: 'block' })).outcome, codes(on(list, rule({ action: 'block' }))).includes('mixed-record')],
    ['blocked', true],
  );
  assert.deepEqual(codes(on([row('10000001', 'a'), row('10000001', 'b')])), []);
  assert.deepEqual(codes(on(list, rule({ surfaces: ['output'] }))), []);
});

test('many patients at once are bulk, which is told also where nobody is the subject', () => {
  const list = Array.from({ length: 30 }, (_, i) => row(String(10000001 + i), 'x'));
  assert.deepEqual(codes(on(list, rule(), '')), ['bulk-retrieval']);
  const verdict = on(list);
  assert.ok(codes(verdict).includes('bulk-retrieval'));
  assert.deepEqual(factsOf(verdict).rules, ['pii-rule']);
  assert.deepEqual(contentOf(verdict), [list[0]]);
  const least = rule({ crossCheck: { roster: 'optional', from: 'strong', patientsMax: 1 } });
  assert.ok(codes(on(list.slice(0, 2), least)).includes('bulk-retrieval'));
});

test('a roster knows the subject under another number', () => {
  const both = rosterFor('north', [
    HEADER,
    ...PATIENTS.slice(1),
    '10000001|A-77-31,901-11-2233,,,,Ana,Garcia,,1980-03-04,,,,,,',
  ]);
  const rosters = new Rosters({ digest: 'ab'.repeat(32), patients: 7, tenants: [both] });
  const list = [row('10000004', 'a'), row('10000001', 'b')];
  assert.deepEqual(contentOf(on(list, rule(), 'A-77-31', rosters)), [list[1]]);
});

test('what is cut out leaves JSON, whichever elements go', () => {
  const text = '[ {"a":1} , {"b":2},\n {"c":3} ]';
  const parts = ['{"a":1}', '{"b":2}', '{"c":3}'].map((part) => ({
    start: text.indexOf(part),
    end: text.indexOf(part) + part.length,
  }));
  for (let bits = 0; bits < 8; bits++) {
    const gone = parts.filter((_, i) => (bits >> i) & 1);
    const left = (JSON.parse(text) as unknown[]).filter((_, i) => !((bits >> i) & 1));
    assert.deepEqual(JSON.parse(excised(text, [...gone, ...gone])!), left);
  }
  assert.equal(
    excised(text, [
      { start: 2, end: 8 },
      { start: 4, end: 12 },
    ]),
    undefined,
  );
  assert.equal(excised(text, [{ start: 2, end: 800 }]), undefined);
});
