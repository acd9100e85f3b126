/**
 * A scheduling agent reads an appointment note with an instruction hidden in it, and asks for the full history, with
 * psychiatric records and substance use treatment. It needed demographics and insurance (164.502(b): the minimum necessary).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionsOf, MAYA, NURSE, SHIPPED, story, summaryOf } from './story.js';

const CONTEXT = {
  patientId: MAYA,
  taskScope: 'scheduling',
  requestingProvider: NURSE,
  purpose: 'operations',
  sessionId: 'chat-7',
} as const;
const MINIMUM = ['demographics', 'insurance', 'appointment_history'];
const WANTED = [...MINIMUM, 'psychiatric_history', 'substance_use'];
const ask = (fields: readonly string[]) => ({
  toolName: 'ehr_query',
  parameters: { patient_id: MAYA, fields },
  context: CONTEXT,
});

test('a scheduling agent that wants the psychiatric history gets nothing, and somebody hears of it', () =>
  story('scheduler', async ({ shield, recordOf }) => {
    const result = await shield.scanToolCall(ask(WANTED));
    assert.ok(result.action === 'block');
    assert.equal(result.reason, 'scope-exceeded');
    const record = await recordOf(result);
    assert.deepEqual(summaryOf(record), ['enforce-minimum-necessary critical blocked']);
    const [incident] = record.incidents;
    assert.deepEqual(
      [incident?.actor?.app_name, incident?.unmapped.sluice.session, incident?.unmapped.sluice.surface],
      ['scheduler', 'chat-7', 'tool_call'],
    );
    assert.match(incident?.unmapped.sluice.patient ?? '', /^\[OTHER-ID:[A-Z2-7]{16}\]$/);
    assert.equal(record.audit.outcome, 'blocked');
    assert.deepEqual(decisionsOf(record), ['enforce-minimum-necessary: block, scope-exceeded']);
    const facts = record.facts.decisions?.[0]?.facts;
    assert.equal(facts?.task, 'scheduling');
    assert.equal(facts?.tool, 'ehr_query');
    assert.match(JSON.stringify(facts), /psychiatric_history/);
    assert.match(JSON.stringify(facts), /substance_use/);
  }));

test('with what scheduling needs the agent goes on', () =>
  story('scheduler', async ({ shield, recordOf }) => {
    const result = await shield.scanToolCall(ask(MINIMUM));
    assert.ok(result.action === 'allow');
    assert.deepEqual(result.content.parameters, { patient_id: MAYA, fields: MINIMUM });
    const record = await recordOf(result);
    assert.deepEqual([summaryOf(record), decisionsOf(record)], [[], []]);
  }));

test('a policy that narrows takes out what is beyond the task, says what, and lets the rest through', () => {
  const rule = SHIPPED.indexOf('- name: enforce-minimum-necessary');
  const narrowing = SHIPPED.slice(0, rule) + SHIPPED.slice(rule).replace('action: block', 'action: redact');
  // The shipped tests expect the call to be blocked.
  const policy = narrowing.replace(
    /expect: block\n( +)codes: \[scope-exceeded\]/,
    'expect: redact\n$1codes: [scope-exceeded]',
  );
  return story(
    'scheduler',
    async ({ shield, recordOf }) => {
      const result = await shield.scanToolCall(ask(WANTED));
      assert.ok(result.action === 'redact');
      assert.deepEqual(result.content, { toolName: 'ehr_query', parameters: { patient_id: MAYA, fields: MINIMUM } });
      const record = await recordOf(result);
      assert.equal(record.audit.outcome, 'redacted');
      assert.deepEqual(decisionsOf(record), ['enforce-minimum-necessary: redact, scope-exceeded']);
      assert.match(JSON.stringify(record.facts.decisions), /psychiatric_history/);
    },
    policy,
  );
});
