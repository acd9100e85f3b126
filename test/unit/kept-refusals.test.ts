/**
 * Much of what rules say is kept from message to message. A judge that has seen many messages says the same of one as a judge
 * that has seen none, and what is written without JSON's own writer is what that would have written.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryDirectory } from '../../src/directory/memory.js';
import { createJudge } from '../../src/judge.js';
import type { Task } from '../../src/message.js';
import { hasTwins } from '../../src/scanners/json-twins.js';
import { Subject } from '../../src/scanners/subject.js';
import { factsOf } from '../../src/verdict.js';
import { authorizationRule, planOf, toolCallRule } from '../kit/rules.js';
import { envelope, task } from '../kit/tasks.js';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const MESSAGES = 400;

const hospital = () =>
  memoryDirectory(
    {
      tools: [
        { name: 'ehr_query', verbs: ['read'], fields: { complaint: 'medical_history' } },
        { name: 'send_fax', verbs: ['send'], channel: 'fax' },
      ],
      providers: [{ id: 'dr-1' }, { id: 'dr-2', until: '2026-01-01' }],
      patients: [{ id: 'p-1' }, { id: 'p-2' }],
      care: [
        { provider: 'dr-1', patient: 'p-1' },
        { provider: 'dr-2', patient: 'p-2' },
      ],
    },
    { tenant: 'north' },
  );

const plan = planOf([
  toolCallRule({ name: 'one', scopeByTask: { scheduling: ['demographics'], clinical: ['labs'] }, verbs: ['read'] }),
  toolCallRule({ name: 'two', tools: ['ehr_query', 'Other-Tool'], careRelationship: true, recordsMax: 3 }),
  toolCallRule({ name: 'three', samePatient: true, wildcards: true, recordsMax: 3, action: 'redact' }),
  authorizationRule({ name: 'four', consent: true }),
]);

/** In an order that is the same each time. */
function tasks(): Task[] {
  let state = 7;
  const one = <T>(all: readonly T[]): T => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return all[Math.floor((state / 2 ** 32) * all.length)];
  };
  const words = ['demographics', 'Labs', 'complaint', 'x y', '*', 'hiv, meds', 'medications', ' '];
  return Array.from({ length: MESSAGES }, () => {
    const parameters = {
      patient_id: one(['p-1', 'P1', 'p-2', 'p-9', '%']),
      fields: [one(words), one(words)],
      limit: one([1, 3, 4, 100, 'all']),
      [one(['note', 'complaint', 'medications', 'q'])]: one(words),
    };
    const said = {
      patient_id: one(['p-1', 'p-2', 'p-3']),
      task_scope: one(['scheduling', 'clinical', 'constructor', undefined]),
      requesting_provider: one(['dr-1', 'dr-2', 'dr-3', undefined]),
      purpose: one(['operations', 'treatment', undefined]),
      session: one(['chat-1', 'a "quoted" one', 'tab\there', 'schön']),
    };
    const name = one(['ehr_query', 'send_fax', 'other_tool', 'nobody_knows']);
    return task(envelope({ name, parameters }, said), { surface: 'tool_call' });
  });
}

test('a judge that has seen much says what one says that has seen nothing', () => {
  const seasoned = createJudge(plan);
  const directory = hospital();
  const codes = new Set<string>();
  for (const one of tasks()) {
    const verdict = seasoned.judge(one, NOW, directory);
    assert.deepEqual(verdict, createJudge(plan).judge(one, NOW, hospital()));
    for (const { code } of factsOf(verdict).decisions ?? []) codes.add(code);
  }
  assert.ok(codes.size >= 12, [...codes].join());
});

test('facts are written as JSON writes them', () => {
  const judge = createJudge(plan);
  const directory = hospital();
  for (const one of tasks()) {
    const { facts } = judge.judge(one, NOW, directory);
    assert.equal(JSON.stringify(JSON.parse(facts)), facts);
  }
});

test('rules raise an incident once, in the order of what is most severe', () => {
  const rules = planOf([
    toolCallRule({ name: 'late', action: 'alert', samePatient: true, careRelationship: true }),
    toolCallRule({ name: 'first', samePatient: true, careRelationship: true }),
  ]);
  const call = envelope({ name: 'ehr_query', parameters: { patient_id: 'p-2' } }, { patient_id: 'p-1' });
  const { rules: raised, decisions = [] } = factsOf(
    createJudge(rules).judge(task(call, { surface: 'tool_call' }), NOW, hospital()),
  );
  assert.deepEqual(raised, ['first', 'late']);
  assert.deepEqual(
    decisions.map(({ rule }) => rule),
    ['first', 'first', 'late', 'late'],
  );
});

test('two ways to write an id are one, whatever stands between', () => {
  const pairs: [string, string, boolean][] = [
    ['p-17', 'P 17', true],
    ['p-17', 'p-171', false],
    ['p-17', '', false],
    ['Patient/p-17', 'p17', true],
    ['Patient/p-17', 'patient/p-17', false],
    ['É-1', 'é1', true],
    ['p\u00a01', 'p1', true],
    ['p1', 'p1\u00a0', true],
    ['(1)', '1', false],
    ['k1', '\u212a1', true],
  ];
  for (const [one, other, same] of pairs) {
    assert.equal(new Subject(one).is(other), same, `${one} ${other}`);
    assert.equal(new Subject(other).is(one), same, `${other} ${one}`);
  }
});

test('a colon within a string is no member, and hides none', () => {
  const twins = (text: string): boolean => hasTwins(text, JSON.parse(text));
  assert.equal(twins('{"a":1,"b":"x:y"}'), false);
  assert.equal(twins('{"a":1,"a":"x:y"}'), true);
  assert.equal(twins('{"a":1,"a":2}'), true);
  assert.equal(twins('{"a:b":[{"c":1},{"c":2}]}'), false);
  assert.equal(twins('{"a":[{"c":1,"c":"\\":"}]}'), true);
});
