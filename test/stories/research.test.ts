/**
 * A research agent puts together a data set. What leaves for research is de-identified by Safe Harbor (164.514(b)(2)), and
 * a patient who has withdrawn is not in it at all.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionsOf, INO, story, summaryOf, TESS } from './story.js';

const CONTEXT = { taskScope: 'clinical', purpose: 'research', identity: 'verified' } as const;
const ROW = `Patient: Ino Vasquez, MRN: ${INO}, DOB 02/21/1931, 94-year-old from Salem, MA 01970, call 617-555-0163. Admitted 03/04/2025 with heart failure; HbA1c 6.8 %.`;

test('a data set for research leaves with what Safe Harbor lets stand', () =>
  story('study-bot', async ({ shield, recordOf }) => {
    const result = await shield.scanOutput({ content: ROW, context: { ...CONTEXT, patientId: INO } });
    assert.ok(result.action === 'redact', result.reason);
    for (const gone of ['Ino', 'Vasquez', INO, '02/21', '03/04', '94-year', '01970', '555-0163']) {
      assert.ok(!result.content.includes(gone), `${gone} in ${result.content}`);
    }
    for (const left of ['2025', ' 019,', '90+', 'heart failure', 'HbA1c 6.8 %'])
      assert.ok(result.content.includes(left), left);
    const record = await recordOf(result);
    assert.equal(record.audit.outcome, 'redacted');
    assert.ok(decisionsOf(record).includes('check-consent: redact, research-safe-harbor'));
    assert.deepEqual(summaryOf(record), []);
  }));

test('who has withdrawn is not in it, and somebody hears that it was tried', () =>
  story('study-bot', async ({ shield, recordOf }) => {
    const content = `Patient: Tess Moreau, MRN: ${TESS}, admitted 03/04/2025.`;
    const result = await shield.scanOutput({ content, context: { ...CONTEXT, patientId: TESS } });
    assert.ok(result.action === 'block');
    assert.equal(result.reason, 'consent-withdrawn');
    const record = await recordOf(result);
    assert.deepEqual(summaryOf(record), ['check-consent high blocked']);
    assert.deepEqual(decisionsOf(record), ['check-consent: block, consent-withdrawn']);
  }));
