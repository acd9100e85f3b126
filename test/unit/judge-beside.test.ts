/** What stands beside the content: handles, key and headers keep no identifier, and what is found in them counts. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJudge } from '../../src/judge.js';
import type { Task } from '../../src/message.js';
import { factsOf, type Verdict } from '../../src/verdict.js';
import { CANARY, envelope, headers, PLAN, task } from '../kit/tasks.js';

const judge = createJudge(PLAN);
const verdictOn = (one: Task): Verdict => judge.judge(one, Date.UTC(2026, 0, 15));
const textOf = (one: Task): string | undefined => verdictOn(one).value?.toString();
const REFERENCE = /^\[OTHER-ID:[A-Z2-7]{16}\]$/;

test('what the content gives away stands in no handle, key or header name of the message', () => {
  const given = [
    [`MRN ${CANARY}`, `chat${CANARY}x`],
    ['MRN AB-12345', 'chat-ab12345'],
    ['Patient name: Maya Ostrow', 'ostrow_maya'],
    ['Patient name: Maya Ostrow', 'MayaOstrow7'],
    ['write to maya.ostrow@example.org', 'thread:maya.ostrow:example.org'],
  ] as const;
  for (const [content, handle] of given) {
    const verdict = verdictOn(
      task(envelope(content, { id: `m:${handle}`, session: handle, agent: `for ${handle}`, stream: { id: handle } }), {
        key: Buffer.from(handle),
        headers: [...headers({ note: `see ${handle}` }), [handle, Buffer.from('x')]],
      }),
    );
    const all = [verdict.value, verdict.key, verdict.facts, ...(verdict.headers ?? []).flat()].join(' ');
    assert.ok(!all.includes(handle), `${content}: ${all}`);
    assert.equal(verdict.key?.toString(), factsOf(verdict).session);
    assert.equal(verdict.headers?.length, 1);
  }
  const other = verdictOn(
    task(envelope('MRN 7712345, seen by Dr. Lee', { session: 'lee-side-7', agent: 'portal-bot' })),
  );
  assert.deepEqual([factsOf(other).session, factsOf(other).agent], ['lee-side-7', 'portal-bot']);
});

test('the handles of an object with members that are not known are looked at as well', () => {
  const text =
    '{"kind":"note","session":"thread.mayaostrow","id":"m-7","content":"Patient name: Maya Ostrow","agent":"portal-bot"}';
  const { session, id, agent, content } = JSON.parse(textOf(task(text)) ?? '') as Record<string, string>;
  assert.match(session, REFERENCE);
  assert.deepEqual([id, agent, content], ['m-7', 'portal-bot', 'Patient name: [NAME-1]']);
  assert.equal(textOf(task('{"kind":"note","session":"chat-7","content":"fine"}')), undefined);
});

test('a long number between separators stays in no handle; the patient is known however it is written', () => {
  const passed = (session: string, rest: Readonly<Record<string, string>> = {}) =>
    factsOf(verdictOn(task(envelope('fine', { session, ...rest })))).session;
  for (const session of [
    'chat-00482913',
    'session_00482913',
    '00482913_1',
    '00482913/2024',
    'north|00482913',
    ' 00482913 ',
    '004829130048291',
    '550e8400-e29b-41d4-a716-000000482913',
    'a\u001b[2J',
  ])
    assert.match(passed(session) ?? '', REFERENCE, session);
  for (const session of ['chat-7', 'chat-20-26', '550e8400-e29b-41d4-a716-446655440000', 'a1b2c3d4e5'])
    assert.equal(passed(session), session);
  assert.match(passed('chat-ab12x', { patient_id: 'AB12X' }) ?? '', REFERENCE);
  assert.match(passed('chat-ab12x', { patient_id: ' AB-12.X' }) ?? '', REFERENCE);
  const two = [...headers({ ce_specversion: '1.0', ce_patientid: '48291' }), ...headers({ ce_patientid: '77' })];
  assert.match(verdictOn(task('x', { headers: two, key: Buffer.from('chat-48291') })).key?.toString() ?? '', REFERENCE);
});

test('what is found in headers or in the key counts, and asks for its incident', () => {
  const found = (one: Partial<Task>, value: string | null = 'x') => {
    const verdict = verdictOn(task(value, one));
    const { findings, rules } = factsOf(verdict);
    return [verdict.outcome, verdict.value, findings, rules];
  };
  const strong = ['strong-identifier'];
  const header = { headers: headers({ 'x-mrn': CANARY }) };
  assert.deepEqual(found(header), ['redacted', undefined, { mrn: 1 }, strong]);
  assert.deepEqual(found(header, null), ['tombstone', undefined, { mrn: 1 }, strong]);
  assert.deepEqual(found({ key: Buffer.from('MRN-00482913') }), ['redacted', undefined, { mrn: 1 }, strong]);
  assert.deepEqual(found({ key: Buffer.from(CANARY) }), ['redacted', undefined, { 'other-id': 1 }, undefined]);
  assert.deepEqual(found({ headers: [[CANARY, null]] }), ['redacted', undefined, { 'other-id': 1 }, undefined]);
  assert.deepEqual(found({ headers: headers({ 'sluice-action': 'clean' }) }), [
    'clean',
    undefined,
    undefined,
    undefined,
  ]);
});

test('the key of what could not be scanned is kept as any other', () => {
  const keyOf = (key: string | null) =>
    verdictOn(task(Buffer.from([0xff]), { key: key === null ? null : Buffer.from(key) })).key?.toString();
  assert.equal(keyOf('chat-7'), 'chat-7');
  assert.match(keyOf(CANARY) ?? '', REFERENCE);
  assert.equal(keyOf(null), undefined);
});
