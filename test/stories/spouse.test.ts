/**
 * A caller who says he is the patient's husband asks to have her prescriptions sent to a new number. He is her former
 * husband, in a custody dispute; she has withdrawn her leave, and nobody has verified the number (164.510(b)).
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decisionsOf, MAYA, MAYAS_PHONE, NURSE, SPOUSES_PHONE, story, summaryOf } from './story.js';

const CONTEXT = { patientId: MAYA, taskScope: 'clinical', requestingProvider: NURSE, sessionId: 'call-3' } as const;
const send = (to: string, identity: 'verified' | 'unverified') => ({
  toolName: 'send_sms',
  parameters: { to, body: 'Your prescriptions: sertraline 50 mg, lorazepam 0.5 mg.' },
  context: { ...CONTEXT, identity },
});

test('a caller whom nobody has verified does not get them sent to a number that nobody knows', () =>
  story('caller-line', async ({ shield, recordOf }) => {
    const result = await shield.scanToolCall(send('617-555-0199', 'unverified'));
    assert.ok(result.action === 'block');
    const record = await recordOf(result);
    assert.deepEqual(summaryOf(record), ['verify-patient-authorization critical blocked']);
    assert.equal(record.audit.outcome, 'blocked');
    assert.deepEqual(decisionsOf(record), [
      'verify-patient-authorization: block, identity-unverified',
      'verify-patient-authorization: block, contact-unknown',
      'verify-patient-authorization: block, recipient-unverified',
    ]);
    assert.equal(record.facts.identity, 'unverified');
  }));

test('neither does the patient’s own session send them to a contact whom she has withdrawn', () =>
  story('caller-line', async ({ shield, recordOf }) => {
    const result = await shield.scanToolCall(send(SPOUSES_PHONE, 'verified'));
    assert.ok(result.action === 'block');
    assert.equal(result.reason, 'contact-withdrawn');
    const record = await recordOf(result);
    assert.deepEqual(summaryOf(record), ['verify-patient-authorization critical blocked']);
    assert.ok(decisionsOf(record).includes('verify-patient-authorization: block, contact-withdrawn'));
  }));

test('nor is he told over the phone', () =>
  story('caller-line', async ({ shield, recordOf }) => {
    const result = await shield.scanOutput({
      content: 'Maya Ostrow takes sertraline; her chart is MRN 00482913.',
      context: { ...CONTEXT, identity: 'unverified', recipient: { channel: 'sms', address: SPOUSES_PHONE } },
    });
    assert.ok(result.action === 'block');
    const record = await recordOf(result);
    assert.deepEqual(summaryOf(record), [
      'block-phi-in-unauthorized-output critical blocked',
      'verify-patient-authorization critical blocked',
    ]);
    assert.match(record.incidents[0]?.unmapped.sluice.recipient ?? '', /^\[OTHER-ID:/);
    const codes = new Set(record.facts.decisions?.map(({ code }) => code));
    assert.deepEqual(codes, new Set(['identity-unverified', 'contact-withdrawn']));
  }));

test('the patient, once it is sure that it is she, has them sent to her own number, however it is written', () =>
  story('caller-line', async ({ shield, recordOf }) => {
    for (const number of [MAYAS_PHONE, '+1 (617) 555-0142', '6175550142']) {
      const result = await shield.scanToolCall(send(number, 'verified'));
      assert.equal(result.action, 'allow', number);
      assert.deepEqual(summaryOf(await recordOf(result)), []);
    }
  }));
