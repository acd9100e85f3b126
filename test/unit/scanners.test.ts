/** What rules do to a message, end to end through the judge: outcome, reason, content, and what the facts say of it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJudge } from '../../src/judge.js';
import type { Task } from '../../src/message.js';
import type { Plan } from '../../src/policy/plan.js';
import { factsOf, type Verdict } from '../../src/verdict.js';
import { piiRule, planOf } from '../kit/rules.js';
import { CANARY, envelope, PLAN, task } from '../kit/tasks.js';

const NOW = Date.UTC(2026, 0, 15);
const on = (plan: Plan, one: Task): Verdict => createJudge(plan).judge(one, NOW);
const codes = (verdict: Verdict): string[] => (factsOf(verdict).decisions ?? []).map(({ code }) => code);
const output = (content: unknown, rest = {}): Task => task(envelope(content, rest), { surface: 'output' });

test('without rules a plan judges as it always did', () => {
  const verdict = on(PLAN, output(`MRN ${CANARY}`));
  assert.deepEqual(Object.keys(factsOf(verdict)), ['tenant', 'surface', 'id', 'agent', 'session', 'findings', 'rules']);
});

test('the most severe action wins, whatever the order, and every rule that decided is named', () => {
  const rules = [
    piiRule({ name: 'take-out', action: 'redact' }),
    piiRule({ name: 'stop', action: 'block' }),
    piiRule({ name: 'tell', action: 'alert' }),
    piiRule({ name: 'ask', action: 'require_approval' }),
  ];
  for (const order of [rules, [...rules].reverse()]) {
    const verdict = on(planOf(order), output(`MRN ${CANARY}`));
    assert.deepEqual([verdict.outcome, verdict.reason, verdict.value], ['blocked', 'policy', undefined]);
    const { decisions, rules: raised } = factsOf(verdict);
    assert.deepEqual(
      decisions?.map(({ rule }) => rule),
      ['stop', 'ask', 'take-out', 'tell'],
    );
    assert.deepEqual(raised, ['stop', 'ask', 'tell']);
  }
});

test('an alert raises an incident and holds nothing; approval and step-up wait', () => {
  const alert = on(planOf([piiRule({ action: 'alert' })]), output(`MRN ${CANARY}`));
  assert.deepEqual([alert.outcome, alert.value, factsOf(alert).rules], ['clean', undefined, ['pii-rule']]);
  const reasonOf = (action: 'require_approval' | 'step_up'): string[] => {
    const { outcome, reason } = on(planOf([piiRule({ action })]), output(`MRN ${CANARY}`));
    return [outcome, reason];
  };
  assert.deepEqual(reasonOf('require_approval'), ['pending', 'approval-required']);
  assert.deepEqual(reasonOf('step_up'), ['pending', 'step-up-required']);
});

test('what is redacted is what the rule selects; what stands beside the content is redacted always', () => {
  const rule = piiRule({ action: 'redact', select: [{ category: 'ssn' }] });
  const both = `MRN ${CANARY}, SSN 123-45-6789`;
  const verdict = on(planOf([rule]), output(both, { task_scope: `chart MRN ${CANARY}` }));
  const value = JSON.parse(verdict.value!.toString()) as { content: string; task_scope: string };
  assert.deepEqual([value.content, value.task_scope], [`MRN ${CANARY}, SSN [SSN-1]`, 'chart MRN [MRN-1]']);
  const strict = on(planOf([rule], { otherwise: 'redact' }), output(both));
  assert.match(strict.value!.toString(), /MRN \[MRN-1\], SSN \[SSN-1\]/);
});

test('around the content of an object with members that are not known, everything is taken out', () => {
  const rule = piiRule({ action: 'redact', select: [{ category: 'ssn' }] });
  const text = `{"note":"MRN ${CANARY}","content":"MRN ${CANARY}, SSN 123-45-6789"}`;
  assert.equal(
    on(planOf([rule]), task(text, { surface: 'output' })).value?.toString(),
    `{"note":"MRN [MRN-1]","content":"MRN ${CANARY}, SSN [SSN-1]"}`,
  );
});

test("the verified subject's own data passes; who is not known gets nothing, and another's data nobody", () => {
  const plan = planOf([piiRule({ action: 'block', applies: 'unauthorized', crossPatient: true })]);
  const own = { patient_id: CANARY, identity: 'verified' };
  assert.equal(codes(on(plan, output(`MRN ${CANARY}`, own))).length, 0);
  assert.match(on(plan, output(`MRN ${CANARY}`, own)).value!.toString(), new RegExp(`MRN ${CANARY}`));
  assert.deepEqual(codes(on(plan, output(`MRN ${CANARY}`, { patient_id: CANARY }))), ['identity-unknown']);
  assert.deepEqual(codes(on(plan, output(`MRN ${CANARY}`, { ...own, identity: 'unverified' }))), [
    'identity-unverified',
  ]);
  assert.deepEqual(codes(on(plan, output(`MRN ${CANARY}`, { identity: 'verified' }))), ['patient-unstated']);
  assert.deepEqual(codes(on(plan, output('MRN 00482914', own))), ['other-patient']);
  assert.equal(on(plan, output('See you in three weeks.')).outcome, 'clean');
});

test('what is said twice and differently decides nothing', () => {
  const plan = planOf([piiRule({ action: 'block', applies: 'unauthorized' })]);
  const one = task(envelope('fine', { patient_id: 'p-1' }), { headers: [['ce_patientid', Buffer.from('p-2')]] });
  assert.equal(on(plan, one).reason, 'envelope-ambiguous');
  assert.equal(on(PLAN, one).reason, 'none');
});

test('no decision quotes the message', () => {
  const plan = planOf([piiRule({ action: 'block', applies: 'unauthorized', crossPatient: true })]);
  const said = { task_scope: `t-${CANARY}`, requesting_provider: CANARY, purpose: CANARY, patient_id: CANARY };
  const verdict = on(plan, output(`MRN 00482914 and ${CANARY}`, said));
  assert.ok(!verdict.facts.includes(CANARY) && !verdict.facts.includes('00482914'), verdict.facts);
});
