/** Who may hear of a patient: identity, recipients by channel in claims, parameters and outputs, consent, research. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DirectoryInput, memoryDirectory } from '../../src/directory/memory.js';
import { createJudge } from '../../src/judge.js';
import type { AuthorizationRule } from '../../src/policy/rule.js';
import { factsOf, type Verdict } from '../../src/verdict.js';
import { authorizationRule, piiRule, planOf } from '../kit/rules.js';
import { CANARY, envelope, PLAN, task } from '../kit/tasks.js';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const FACTS: DirectoryInput = {
  agents: [
    {
      id: 'gone-bot',
      owner: 'Nobody',
      environment: 'production',
      purposes: ['operations'],
      tasks: [],
      tools: [],
      revoked: true,
    },
  ],
  tools: [
    { name: 'send_fax', verbs: ['send'], channel: 'fax' },
    { name: 'ehr_query', verbs: ['read'] },
  ],
  channels: [
    { channel: 'portal', secure: true },
    { channel: 'fax', secure: true },
  ],
  patients: [{ id: 'p-1' }, { id: 'p-2' }],
  addresses: [
    { patient: 'p-1', channel: 'phone', address: '(212) 555-0142' },
    { patient: 'p-2', channel: 'phone', address: '(212) 555-0143' },
    { patient: 'p-1', channel: 'portal', address: 'maya' },
  ],
  contacts: [
    { patient: 'p-1', relation: 'daughter', channel: 'email', address: 'ana@example.org' },
    { patient: 'p-1', relation: 'spouse', channel: 'phone', address: '212-555-0199', withdrawn: '2026-02-01' },
  ],
  recipients: [
    { channel: 'fax', address: '212-555-0150', verified: '2026-01-01' },
    { channel: 'phone', address: '212-555-0100', verified: '2026-01-01' },
  ],
  consents: [
    { patient: 'p-1', purpose: 'operations', ai: true },
    { patient: 'p-1', purpose: 'marketing', ai: true, withdrawn: '2026-03-01' },
    { patient: 'p-1', purpose: 'outreach', ai: false },
  ],
};
const directory = memoryDirectory(FACTS, { tenant: 'north' });
const SAID = { patient_id: 'p-1', identity: 'verified' };
const PHI = `MRN ${CANARY}`;
const BOTH = { authorizedContacts: true, unverifiedRecipients: true };

function judge(
  rule: Partial<AuthorizationRule>,
  content: unknown,
  said: object,
  surface: 'output' | 'tool_call',
): Verdict {
  const plan = planOf([authorizationRule({ surfaces: [surface], ...rule })]);
  return createJudge(plan).judge(task(envelope(content, { ...SAID, ...said }), { surface }), NOW, directory);
}

const codesOf = (verdict: Verdict): string[] => (factsOf(verdict).decisions ?? []).map(({ code }) => code);
const output = (rule: Partial<AuthorizationRule>, content: unknown, said = {}): string[] =>
  codesOf(judge(rule, content, said, 'output'));
const call = (rule: Partial<AuthorizationRule>, name: string, parameters: object, said = {}): string[] =>
  codesOf(judge(rule, { name, parameters }, said, 'tool_call'));

test('an output with identifiers goes to whom is known, and a question goes to anybody', () => {
  const rule = { identityVerification: true };
  assert.deepEqual(output(rule, PHI), []);
  assert.deepEqual(output(rule, PHI, { identity: undefined }), ['identity-unknown']);
  assert.deepEqual(output(rule, PHI, { identity: 'unverified' }), ['identity-unverified']);
  assert.deepEqual(output(rule, PHI, { identity: 'surely' }), ['identity-unknown']);
  assert.deepEqual(output(rule, 'What is your date of birth?', { identity: undefined }), []);
  assert.deepEqual(output(rule, 'fine', { agent: 'gone-bot' }), ['agent-revoked']);
  assert.deepEqual(call(rule, 'ehr_query', {}, { identity: undefined }), []);
  assert.deepEqual(call(rule, 'send_fax', {}, { identity: undefined }), ['identity-unknown']);
  assert.deepEqual(call(rule, 'notifyFamily', {}, { identity: undefined }), ['identity-unknown']);
});

test('a stated recipient is the patient, an authorised contact or somebody verified; each other way has its code', () => {
  const to = (recipient: unknown, patient_id: string | undefined = 'p-1') =>
    output(BOTH, PHI, { recipient, patient_id });
  assert.deepEqual(to('+1 212 555 0142'), []);
  assert.deepEqual(to('Ana@Example.org'), []);
  assert.deepEqual(to({ channel: 'portal', address: 'maya' }), []);
  assert.deepEqual(to({ channel: 'fax', address: '(212) 555-0150' }), []);
  assert.deepEqual(to('212.555.0199'), ['contact-withdrawn']);
  assert.deepEqual(to('212-555-0143'), ['contact-other', 'recipient-unverified']);
  assert.deepEqual(to('bob@example.org'), ['contact-unknown', 'recipient-unverified']);
  assert.deepEqual(to({ channel: 'fax', address: '212-555-0142' }), ['contact-unknown', 'recipient-unverified']);
  assert.deepEqual(to({ channel: 'pigeon', address: '212-555-0142' }), ['channel-unknown']);
  assert.deepEqual(to({}), ['recipient-unstated']);
  assert.deepEqual(to([]), ['recipient-unstated']);
});

test('an address in an output is a recipient, and so is one in the parameters of a tool that sends', () => {
  assert.deepEqual(output(BOTH, 'I sent it to (212) 555-0142.'), []);
  assert.deepEqual(output(BOTH, 'Call our desk at 212-555-0100.'), []);
  assert.deepEqual(output(BOTH, 'I sent your prescription to 212-555-0177.'), [
    'contact-unknown',
    'recipient-unverified',
  ]);
  assert.deepEqual(output(BOTH, { to: '212-555-0199' }), ['contact-withdrawn']);
  assert.deepEqual(call(BOTH, 'send_fax', { number: 7, to: '212 555 0150' }), []);
  assert.deepEqual(call(BOTH, 'send_fax', { phone: '212 555 0142' }), ['contact-unknown', 'recipient-unverified']);
  assert.deepEqual(call(BOTH, 'send_fax', { pages: 2 }), ['recipient-unstated']);
  assert.deepEqual(call(BOTH, 'send_mail', { to: ['ana@example.org', 'bob@example.org'] }), [
    'contact-unknown',
    'recipient-unverified',
  ]);
  for (const more of [
    { forward_to: 'bob@example.org' },
    { cc_emails: ['bob@example.org'] },
    { x: { y: '212-555-0177' } },
  ])
    assert.deepEqual(
      call(BOTH, 'send_mail', { to: 'ana@example.org', ...more }),
      ['contact-unknown', 'recipient-unverified'],
      JSON.stringify(more),
    );
  assert.deepEqual(call(BOTH, 'send_mail', { to: 'ana@example.org', from: 'desk@example.org', id: '00991204' }), []);
  assert.deepEqual(call(BOTH, 'lookup', { value: 'bob@example.org' }), []);
  assert.deepEqual(call(BOTH, 'mystery', { recipient: { channel: 'sms', address: '212-555-0142' } }), []);
  assert.deepEqual(call(BOTH, 'ehr_query', { email: 'bob@example.org' }), []);
});

test('a channel that is not marked secure carries no identifiers', () => {
  const rule = { secureChannels: true };
  assert.deepEqual(call(rule, 'send_fax', { to: '212-555-0150' }), []);
  assert.deepEqual(call(rule, 'send_sms', { to: '212-555-0142', channel: 'sms' }), ['channel-insecure']);
  assert.deepEqual(output(rule, PHI, { recipient: { channel: 'portal', address: 'maya' } }), []);
  assert.deepEqual(output(rule, PHI, { recipient: 'ana@example.org' }), ['channel-insecure']);
  assert.deepEqual(output(rule, 'fine', { recipient: 'ana@example.org' }), []);
});

test('consent is of a patient for a purpose, for an AI too, and may end', () => {
  const rule = { consent: true };
  assert.deepEqual(output(rule, PHI, { purpose: 'operations' }), []);
  assert.deepEqual(output(rule, PHI, { purpose: 'marketing' }), ['consent-withdrawn']);
  assert.deepEqual(output(rule, PHI, { purpose: 'outreach' }), ['consent-not-for-ai']);
  assert.deepEqual(output(rule, PHI, { purpose: 'payment' }), ['consent-none']);
  assert.deepEqual(output(rule, PHI, { purpose: 'payment', patient_id: 'p-9' }), ['consent-unknown']);
  assert.deepEqual(output(rule, PHI), ['purpose-unstated']);
  assert.deepEqual(output(rule, PHI, { purpose: 'payment', patient_id: undefined }), ['patient-unstated']);
  assert.deepEqual(output(rule, 'fine', { patient_id: undefined }), []);
});

test('research gets what Safe Harbor lets stand, and not more than the plan would leave', () => {
  const text = `MRN ${CANARY}, born 04/12/1961`;
  const verdict = judge({ consent: true }, text, { purpose: 'research', patient_id: undefined }, 'output');
  assert.deepEqual(codesOf(verdict), ['research-safe-harbor']);
  assert.match(verdict.value!.toString(), /"MRN \[MRN-1\], born 1961"/);
  const strict = planOf([authorizationRule({ consent: true })], { otherwise: 'redact' });
  const one = task(envelope(text, { purpose: 'research' }), { surface: 'output' });
  assert.match(createJudge(strict).judge(one, NOW, directory).value!.toString(), /born \[DATE-1\]/);
  assert.match(createJudge(PLAN).judge(one, NOW).value!.toString(), /born \[DATE-1\]/);
  const hashed = planOf([authorizationRule({ consent: true }), piiRule({ action: 'redact' })], { style: 'hash' });
  const out = createJudge(hashed).judge(one, NOW, directory).value!.toString();
  assert.match(out, /MRN \[MRN-1\], born \[DATE-1\]/);
});

test("another patient's number is another's; a desk's that was verified is nobody's", () => {
  const plan = planOf([piiRule({ applies: 'unauthorized', crossPatient: true })]);
  const codes = (text: string): string[] =>
    codesOf(createJudge(plan).judge(task(envelope(text, SAID), { surface: 'output' }), NOW, directory));
  assert.deepEqual(codes('Call our desk at 212-555-0100.'), []);
  assert.deepEqual(codes('Call me on 212-555-0142.'), []);
  assert.deepEqual(codes('Call me on 212-555-0143.'), ['other-patient']);
});

test('a call that nobody can read sends nothing', () => {
  const verdict = judge(BOTH, 'send it', {}, 'tool_call');
  assert.deepEqual([verdict.outcome, codesOf(verdict)], ['blocked', ['call-malformed']]);
});
