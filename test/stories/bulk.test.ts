/** A billing agent is talked into reading whole panels of charts instead of the one that it works on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionsOf, INO, MAYA, NURSE, story, summaryOf } from './story.js';

const CONTEXT = { patientId: MAYA, taskScope: 'billing', requestingProvider: NURSE } as const;
const ask = (parameters: Record<string, string | number | string[]>) => ({
  toolName: 'ehr_query',
  parameters: { fields: ['demographics', 'insurance'], ...parameters },
  context: CONTEXT,
});

const EXTRACTIONS: Readonly<
  Record<string, readonly [parameters: Parameters<typeof ask>[0], codes: readonly string[]]>
> = {
  'everybody, five thousand of them': [{ patient_id: '*', limit: 5000 }, ['wildcard', 'bulk']],
  'as many as there are': [{ patient_id: MAYA, limit: 'all' }, ['records-unbounded']],
  'another patient beside the session’s': [{ patient_ids: [MAYA, INO] }, ['patient-mismatch']],
  'a list of sixty': [
    { patient_ids: Array.from({ length: 60 }, (_, i) => String(700_000 + i)) },
    ['bulk', 'patient-mismatch', 'care-relationship-unknown'],
  ],
};

for (const [name, [parameters, codes]] of Object.entries(EXTRACTIONS)) {
  test(`${name}: nothing is read, and somebody hears of it`, () =>
    story('billing-bot', async ({ shield, recordOf }) => {
      const result = await shield.scanToolCall(ask(parameters));
      assert.ok(result.action === 'block');
      const record = await recordOf(result);
      assert.deepEqual(summaryOf(record), ['enforce-minimum-necessary critical blocked']);
      assert.equal(record.audit.outcome, 'blocked');
      const said = decisionsOf(record);
      for (const code of codes) assert.ok(said.includes(`enforce-minimum-necessary: block, ${code}`), said.join('; '));
    }));
}

test('the chart that it works on is read', () =>
  story('billing-bot', async ({ shield, recordOf }) => {
    const result = await shield.scanToolCall(ask({ patient_id: MAYA, limit: 1 }));
    assert.equal(result.action, 'allow', result.reason);
    assert.deepEqual(summaryOf(await recordOf(result)), []);
  }));
