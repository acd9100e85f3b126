/** One message to one verdict: envelopes, events, raw content, keys and headers; and nothing of the message in what is said about it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createJudge } from '../../src/judge.js';
import type { Task } from '../../src/message.js';
import type { Reason, Verdict } from '../../src/verdict.js';
import { factsOf } from '../../src/verdict.js';
import { CANARY, envelope, headers, PLAN, task } from '../kit/tasks.js';

const judge = createJudge(PLAN);
const NOW = Date.UTC(2026, 0, 15);
const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const verdictOn = (one: Task): Verdict => judge.judge(one, NOW);
const textOf = (one: Task): string | undefined => verdictOn(one).value?.toString();
const REFERENCE = /^\[OTHER-ID:[A-Z2-7]{16}\]$/;

function assertNowhere(verdict: Verdict): void {
  const all = [verdict.value, verdict.key, verdict.facts, ...(verdict.headers ?? []).flat()].join(' ');
  assert.ok(!all.includes(CANARY), all);
}

test('what holds no identifier passes byte for byte', () => {
  for (const text of [
    '',
    'See you in three weeks.',
    '{ "content" :  "fine" }',
    '[1, 2]',
    '{"session":"s","content":{"n":12345678901234567890}}',
  ]) {
    const verdict = verdictOn(task(text, { key: Buffer.from('chat-7') }));
    assert.equal(verdict.outcome, 'clean', text);
    assert.deepEqual(Object.keys(verdict).sort(), ['facts', 'outcome', 'reason']);
  }
});

test('an envelope keeps its handles and its layout; content and free text are redacted', () => {
  const text = `{ "id": "m-1", "session":"chat-9",\n "content": "MRN ${CANARY}", "task_scope": "chart of Maya Ostrow", "stream": {"id":"9f8b2a", "seq":1} }`;
  const out = textOf(task(text));
  assert.equal(
    out,
    '{ "id": "m-1", "session":"chat-9",\n "content": "MRN [MRN-1]", "task_scope": "chart of [NAME-1]", "stream": {"id":"9f8b2a", "seq":1} }',
  );
});

test('content that is JSON stays JSON, and digits of large numbers stay', () => {
  const out = textOf(
    task(`{"session":"chat-9","content":{"mrn": ${CANARY.slice(2)}, "big": 12345678901234567890123}}`),
  );
  assert.equal(out, '{"session":"chat-9","content":{"mrn": "[MRN-1]", "big": 12345678901234567890123}}');
});

test('an object with members that are not known is scanned as one, so that siblings are labels', () => {
  assert.equal(textOf(task(`{"type":"MRN","content":"${CANARY}"}`)), '{"type":"MRN","content":"[MRN-1]"}');
});

test('the patient stands in no way out but as a keyed reference, which is the same everywhere', () => {
  const verdict = verdictOn(
    task(envelope('fine', { patient_id: CANARY, session: `visit-${CANARY}`, id: CANARY }), {
      key: Buffer.from(CANARY),
      headers: headers({ 'x-chart': CANARY, ce_patientid: CANARY, note: `about ${CANARY}` }),
    }),
  );
  assertNowhere(verdict);
  const { patient, session, id } = factsOf(verdict);
  assert.match(patient ?? '', REFERENCE);
  assert.match(session ?? '', REFERENCE);
  assert.equal(id, patient);
  assert.equal(verdict.key?.toString(), patient);
  assert.equal((JSON.parse(verdict.value!.toString()) as { patient_id: string }).patient_id, patient);
});

test('tenants have references of their own', () => {
  const reference = (tenant: string) => factsOf(verdictOn(task(envelope('x', { tenant, patient_id: CANARY })))).patient;
  assert.notEqual(reference('north'), reference('south'));
});

test('a key is kept unless an identifier is found in it or it cannot be read', () => {
  const keyOf = (key: string | Buffer) => verdictOn(task('x', { key: Buffer.from(key) })).key?.toString();
  for (const key of ['chat-7', '8f14e45f-ceea-467f-a9c1-1c2b3d4e5f60', 'tenant-a:42', ''])
    assert.equal(keyOf(key), undefined, key);
  for (const key of [
    CANARY,
    '123-45-6789',
    'maya.ostrow@example.org',
    'MRN-00482913',
    Buffer.from([0xff, 0]),
    'x'.repeat(2000),
  ]) {
    assert.match(keyOf(key) ?? '', REFERENCE);
  }
  assert.equal(keyOf(CANARY), keyOf(CANARY));
});

test('headers: clean ones pass, others are redacted, what only Sluice may say or nobody can read is dropped', () => {
  const verdict = verdictOn(
    task('x', {
      headers: [
        ...headers({
          traceparent: TRACE,
          'content-type': 'text/plain; charset=utf-8',
          'x-mrn': CANARY,
          'sluice-action': 'clean',
        }),
        ['binary', Buffer.from([0xff])],
        ['empty', null],
      ],
    }),
  );
  assertNowhere(verdict);
  assert.deepEqual(
    verdict.headers?.map(([name, value]) => [name, value?.toString()]),
    [
      ['traceparent', TRACE],
      ['content-type', 'text/plain; charset=utf-8'],
      ['x-mrn', '[MRN-1]'],
      ['empty', undefined],
    ],
  );
  assert.equal(factsOf(verdict).headersDropped, 2);
  assert.equal(
    verdictOn(task('x', { headers: headers({ traceparent: `${TRACE} MRN ${CANARY}` }) })).headers?.length,
    1,
  );
});

test('what is handed in again says where it came from', () => {
  const verdict = verdictOn(
    task(envelope('fine'), { headers: headers({ 'released-from': 'agent.tool-results/17/1234567' }) }),
  );
  assert.equal(verdict.headers, undefined);
});

test('the time of sending is not a date of the patient', () => {
  assert.equal(verdictOn(task(envelope('fine', { time: '2026-01-15T09:30:00.000Z' }))).outcome, 'clean');
  assert.equal(verdictOn(task(envelope('fine', { time: 'born 04/12/1961' }))).outcome, 'redacted');
});

test('CloudEvents, binary and structured', () => {
  const binary = task(`MRN ${CANARY}`, {
    headers: headers({ ce_specversion: '1.0', ce_id: 'e-1', ce_session: 'chat-3', ce_agent: 'scribe' }),
  });
  assert.equal(textOf(binary), 'MRN [MRN-1]');
  assert.deepEqual([factsOf(verdictOn(binary)).id, factsOf(verdictOn(binary)).session], ['e-1', 'chat-3']);
  // Raw content that looks like an envelope is content, all of it.
  const lookalike = task(`{"type":"MRN","content":"${CANARY}"}`, {
    headers: headers({ ce_specversion: '1.0', ce_id: 'e-1' }),
  });
  assert.equal(textOf(lookalike), '{"type":"MRN","content":"[MRN-1]"}');
  const structured = headers({ 'content-type': 'application/cloudevents+json; charset=UTF-8' });
  const event = {
    specversion: '1.0',
    id: 'e-2',
    type: 'note',
    source: '/ehr',
    session: 'chat-4',
    data: { mrn: CANARY },
  };
  assert.equal(
    textOf(task(JSON.stringify(event), { headers: structured })),
    JSON.stringify({ ...event, data: { mrn: '[MRN-1]' } }),
  );
  const reason = (value: unknown): Reason => verdictOn(task(JSON.stringify(value), { headers: structured })).reason;
  assert.equal(reason({ specversion: '1.0', data_base64: '/9j/4AAQ' }), 'content-binary');
  assert.equal(reason({ specversion: '1.0', data: 'a', data_base64: 'QUJD' }), 'envelope-ambiguous');
  assert.equal(reason({ specversion: '1.0' }), 'envelope-invalid');
});

test('content that says it is in base64 is opened, judged and wrapped again', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const structured = headers({ 'content-type': 'application/cloudevents+json' });
  const event = { specversion: '1.0', id: 'e-3', data_base64: base64(`MRN ${CANARY}, >>>???`) };
  assert.equal(
    textOf(task(JSON.stringify(event), { headers: structured })),
    JSON.stringify({ ...event, data_base64: base64('MRN [MRN-1], >>>???') }),
  );
  const old = { specversion: '1.0', id: 'e-4', datacontentencoding: 'base64', data: base64(`MRN ${CANARY}`) };
  assert.equal(
    textOf(task(JSON.stringify(old), { headers: structured })),
    JSON.stringify({ ...old, data: base64('MRN [MRN-1]') }),
  );
  const message = { id: 'm', content: base64(`{"mrn":"${CANARY}"}`), content_encoding: 'base64' };
  assert.equal(
    textOf(task(JSON.stringify(message))),
    JSON.stringify({ ...message, content: base64('{"mrn":"[MRN-1]"}') }),
  );
  for (const name of ['content-encoding', 'Content-Transfer-Encoding', 'ce_datacontentencoding']) {
    const whole = task(base64(JSON.stringify({ id: 'm', content: `MRN ${CANARY}` })), {
      headers: headers({ [name]: 'base64' }),
    });
    assert.equal(textOf(whole), base64(JSON.stringify({ id: 'm', content: 'MRN [MRN-1]' })), name);
  }
  const url = task(Buffer.from(`MRN ${CANARY}, >>>???`).toString('base64url'), {
    headers: headers({ 'content-encoding': 'base64url' }),
  });
  assert.equal(textOf(url), Buffer.from('MRN [MRN-1], >>>???').toString('base64url'));
  const clean = task(base64('nothing of a person'), { headers: headers({ 'content-encoding': 'base64' }) });
  assert.equal(verdictOn(clean).outcome, 'clean');
  assert.equal(verdictOn(task(`{"content":"MRN ${CANARY}","content_encoding":"utf-8"}`)).outcome, 'redacted');
  assert.equal(verdictOn(task(`{"content":"MRN ${CANARY}","encoding":"cl100k_base"}`)).outcome, 'redacted');
});

test('content that says it is wrapped in another way, or lies about it, cannot be scanned', () => {
  const wrapped = Buffer.from(`MRN ${CANARY}`).toString('base64');
  const cases: readonly Task[] = [
    ...['gzip', 'base64, gzip', 'none of ours'].map((name) =>
      task(wrapped, { headers: headers({ 'content-encoding': name }) }),
    ),
    task(wrapped, { headers: [['content-encoding', Buffer.from([0xff])]] }),
    task(wrapped, { headers: headers({ 'content-encoding': 'base64', 'content-transfer-encoding': 'base64' }) }),
    ...['MRN no base64', `${wrapped.slice(0, -2)}x`, `${wrapped}!`, Buffer.from([0xff, 0xfe]).toString('base64')].map(
      (text) => task(text, { headers: headers({ 'content-encoding': 'base64' }) }),
    ),
    task(JSON.stringify({ content: wrapped, content_encoding: 'gzip' })),
    task(JSON.stringify({ content: wrapped, content_encoding: ['base64'] })),
    task(JSON.stringify({ content: { in: wrapped }, content_encoding: 'base64' })),
    task(JSON.stringify({ content: wrapped, encoding: 'base64' })),
    task(JSON.stringify({ content: 'ab', contentEncoding: 'hex' })),
    task(JSON.stringify({ content: wrapped, content_encoding: 'base64', extra: 1 })),
  ];
  for (const [i, one] of cases.entries()) {
    const { outcome, reason } = verdictOn(one);
    assert.deepEqual([outcome, reason], ['could-not-scan', 'content-binary'], `case ${i}`);
  }
});

test('a tombstone yields a tombstone, with its key and headers looked at', () => {
  const verdict = verdictOn(task(null, { key: Buffer.from(CANARY) }));
  assert.equal(verdict.outcome, 'tombstone');
  assertNowhere(verdict);
});

test('what cannot be scanned has no content, a reason, and nothing of it anywhere', () => {
  const cases: readonly (readonly [Task, Reason])[] = [
    [task(Buffer.from([0x4d, 0x52, 0x4e, 0xff])), 'not-utf8'],
    [task('x'.repeat(PLAN.messageBytesMax + 1)), 'too-large'],
    [task(`{"content":"a","content":"${CANARY}"}`), 'envelope-ambiguous'],
    [task(`{"content":"a","\\u0063ontent":"${CANARY}"}`), 'envelope-ambiguous'],
    [
      task('x', { headers: headers(Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`h${i}`, CANARY]))) }),
      'headers-too-many',
    ],
    [task(`{"session":"s","content":"\\x ${CANARY}"}`), 'envelope-invalid'],
    [task(`${'['.repeat(200_001)}"${CANARY}"${']'.repeat(200_001)}`), 'json-too-deep'],
  ];
  for (const [one, reason] of cases) {
    const verdict = verdictOn(one);
    assert.deepEqual([verdict.outcome, verdict.reason], ['could-not-scan', reason]);
    assert.equal(verdict.value, undefined);
    assertNowhere(verdict);
  }
});

test('UTF-16 is not read as if it were UTF-8, whether a header says so or only its NULs do', () => {
  const text = Buffer.from(`Pt Maya Ostrow, MRN ${CANARY}`, 'utf16le');
  const typed = (type: string) => ({ headers: headers({ 'content-type': type }) });
  const cases = [
    task(text),
    task(Buffer.from(text).swap16()),
    task('fine', typed('text/plain; charset=utf-16')),
    task('fine', typed('text/plain;charset="UTF-16LE"')),
    task('fine', typed('application/json; charset=utf-7')),
  ];
  for (const one of cases) {
    const { outcome, reason } = verdictOn(one);
    assert.deepEqual([outcome, reason], ['could-not-scan', 'not-utf8']);
  }
  for (const type of ['text/plain', 'text/plain; charset=UTF-8', 'text/plain; charset=us-ascii', 'application/json'])
    assert.equal(verdictOn(task('fine', typed(type))).outcome, 'clean', type);
  assert.equal(verdictOn(task('one \0 among many letters')).outcome, 'clean');
});

test('judging what was judged changes nothing', () => {
  const first = verdictOn(
    task(envelope(`MRN ${CANARY}, call 617-555-0142`, { patient_id: CANARY }), {
      key: Buffer.from(CANARY),
      headers: headers({ note: `about ${CANARY}`, ce_patientid: CANARY }),
    }),
  );
  const again = verdictOn({ ...task(first.value!), key: first.key!, headers: first.headers! });
  assert.equal(again.outcome, 'clean');
  assert.equal(again.key, undefined);
  assert.equal(factsOf(again).patient, factsOf(first).patient);
});
