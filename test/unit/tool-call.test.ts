/** Tool calls through the judge: what each check refuses, by which code, and what it rests on; what is narrowed instead. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DirectoryInput, memoryDirectory } from '../../src/directory/memory.js';
import { createJudge } from '../../src/judge.js';
import type { ToolCallRule } from '../../src/policy/rule.js';
import { factsOf, type Verdict } from '../../src/verdict.js';
import { planOf, toolCallRule } from '../kit/rules.js';
import { envelope, task } from '../kit/tasks.js';

const NOW = Date.parse('2026-06-15T12:00:00Z');
const SCOPES = {
  scheduling: ['demographics', 'insurance', 'appointment_history'],
  clinical: ['demographics', 'medical_history', 'medications', 'lab_results'],
};
const FACTS: DirectoryInput = {
  agents: [
    {
      id: 'portal-bot',
      owner: 'Patient services',
      environment: 'production',
      purposes: ['operations', 'treatment'],
      tasks: ['scheduling', 'clinical'],
      tools: ['ehr_query', 'send_fax', 'clock', 'ehr'],
    },
  ],
  tools: [
    { name: 'ehr_query', verbs: ['read'], fields: { chief_complaint: 'medical_history', copay: 'insurance' } },
    { name: 'ehr', verbs: ['read', 'write'], categories: ['demographics'] },
    { name: 'clock', verbs: ['read'] },
    { name: 'send_fax', verbs: ['send'], channel: 'fax' },
  ],
  providers: [{ id: 'dr-rao' }],
  patients: [{ id: 'p-1' }, { id: 'p-2' }, { id: 'p-3' }],
  care: [
    { provider: 'dr-rao', patient: 'p-1', from: '2026-01-01' },
    { provider: 'dr-rao', patient: 'p-2', from: '2025-01-01', until: '2026-01-01' },
  ],
};
const directory = memoryDirectory(FACTS, { tenant: 'north' });
const SAID = { task_scope: 'scheduling', patient_id: 'p-1', requesting_provider: 'dr-rao' };

function judge(rule: Partial<ToolCallRule>, parameters: unknown, said: object = {}, name = 'ehr_query'): Verdict {
  const one = task(envelope({ name, parameters }, { ...SAID, ...said }), { surface: 'tool_call' });
  return createJudge(planOf([toolCallRule(rule)])).judge(one, NOW, directory);
}

function codes(...args: Parameters<typeof judge>): string[] {
  const verdict = judge(...args);
  const codes = (factsOf(verdict).decisions ?? []).map(({ code }) => code);
  assert.equal(verdict.outcome === 'blocked', codes.length > 0 && !codes.includes('break-glass'), codes.join());
  return codes;
}

test('a task asks for what its scope holds, and for nothing beyond', () => {
  const rule = { scopeByTask: SCOPES, tools: ['ehr_query'] };
  assert.deepEqual(codes(rule, { patient_id: 'p-1', fields: ['demographics', 'copay'] }), []);
  const verdict = judge(rule, { fields: ['demographics', 'psychiatric_history', 'medications'] });
  assert.deepEqual(factsOf(verdict).decisions, [
    {
      rule: 'tool-call-rule',
      action: 'block',
      code: 'scope-exceeded',
      facts: {
        tool: 'ehr_query',
        task: 'scheduling',
        categories: ['medications', 'psychiatric_history'],
        count: 2,
      },
    },
  ]);
  for (const parameters of [
    { categories: 'lab_results' },
    { fields: 'demographics,chief_complaint' },
    { fields: { demographics: true, medical_history: true } },
    { query: 'the psychiatric history and the last visit' },
    { include: [['demographics', 'Lab-Results']] },
    { chief_complaint: 'any' },
  ])
    assert.deepEqual(codes(rule, parameters), ['scope-exceeded'], JSON.stringify(parameters));
  assert.deepEqual(codes(rule, { fields: ['demographics', 'soul'] }), ['field-unknown']);
  assert.deepEqual(codes(rule, { fields: ['*'] }), ['scope-unbounded']);
  // Who names nothing asks for all that the tool reaches.
  assert.deepEqual(codes(rule, { patient_id: 'p-1' }), ['scope-exceeded']);
  assert.deepEqual(codes({ scopeByTask: SCOPES }, {}, {}, 'ehr'), []);
  assert.deepEqual(codes({ scopeByTask: SCOPES }, {}, {}, 'other_query'), ['tool-not-granted', 'scope-unstated']);
});

test('a task that is not stated, not known or not the agent’s has a code of its own', () => {
  const rule = { scopeByTask: SCOPES };
  const parameters = { fields: ['demographics'] };
  assert.deepEqual(codes(rule, parameters, { task_scope: undefined }), ['task-unstated']);
  assert.deepEqual(codes(rule, parameters, { task_scope: 'constructor' }), ['task-not-granted', 'task-unknown']);
  assert.deepEqual(
    codes({ scopeByTask: { ...SCOPES, billing: ['demographics'] } }, parameters, { task_scope: 'billing' }),
    ['task-not-granted'],
  );
});

test('a name of a tool is one in all its spellings, and other tools are not governed', () => {
  const rule = { scopeByTask: SCOPES, tools: ['ehr_query'] };
  for (const name of ['ehrQuery', 'EHR-Query', 'ehr.query'])
    assert.ok(codes(rule, { fields: ['medications'] }, {}, name).includes('scope-exceeded'), name);
  assert.deepEqual(codes(rule, { fields: ['medications'] }, {}, 'clock'), []);
});

test('treatment by the provider who treats the patient is exempt from the minimum necessary; no one else’s is', () => {
  const rule = { scopeByTask: SCOPES };
  const parameters = { fields: ['medications', 'lab_results'] };
  assert.deepEqual(codes(rule, parameters, { purpose: 'treatment' }), []);
  assert.deepEqual(codes(rule, parameters, { purpose: 'operations' }), ['scope-exceeded']);
  assert.deepEqual(codes(rule, parameters, { purpose: 'treatment', patient_id: 'p-2' }), ['scope-exceeded']);
  assert.deepEqual(codes(rule, parameters, { purpose: 'treatment', requesting_provider: undefined }), [
    'scope-exceeded',
  ]);
  assert.deepEqual(codes(rule, parameters, { purpose: 'treatment', agent: 'stranger' }), ['scope-exceeded']);
});

test('narrowed: what is beyond the task is taken out of a list, the rest stays as it stands, and the facts say which', () => {
  const rule = { scopeByTask: SCOPES, action: 'redact' } as const;
  const content =
    '{"name": "ehr_query", "parameters": {"id": 12345678901234567890, "fields": ["demographics", "medications","soul"]}}';
  const one = task(`{"agent":"portal-bot","tenant":"north","task_scope":"scheduling","content":${content}}`, {
    surface: 'tool_call',
  });
  const verdict = createJudge(planOf([toolCallRule(rule)])).judge(one, NOW, directory);
  assert.equal(verdict.outcome, 'redacted');
  assert.equal(
    verdict.value?.toString(),
    one.value?.toString().replace('["demographics", "medications","soul"]', '["demographics"]'),
  );
  assert.deepEqual(
    factsOf(verdict).decisions?.map(({ action, code, facts }) => [action, code, facts.categories]),
    [
      ['redact', 'scope-exceeded', ['medications']],
      ['redact', 'field-unknown', undefined],
    ],
  );
  const wrapped = judge(rule, { fields: { demographics: true, medications: true } });
  assert.deepEqual(JSON.parse(wrapped.value!.toString()).content.parameters, { fields: { demographics: true } });
  const text = task(
    envelope(
      { type: 'function', function: { name: 'ehr_query', arguments: '{"fields":["copay", "medications"]}' } },
      SAID,
    ),
    { surface: 'tool_call' },
  );
  const inner = createJudge(planOf([toolCallRule(rule)])).judge(text, NOW, directory);
  assert.equal(JSON.parse(inner.value!.toString()).content.function.arguments, '{"fields":["copay"]}');
});

test('what cannot be narrowed is blocked: an empty list would ask for everything', () => {
  const rule = { scopeByTask: SCOPES, action: 'redact', careRelationship: true } as const;
  for (const parameters of [{ fields: ['medications'] }, { fields: 'medications' }, { query: 'medications' }, {}])
    assert.equal(judge(rule, parameters).outcome, 'blocked', JSON.stringify(parameters));
  const stranger = judge(rule, { fields: ['demographics', 'medications'] }, { patient_id: 'p-3' });
  assert.equal(stranger.outcome, 'blocked');
});

test('care: active, ended, none and unknown are four things, and a provider who is not stated is a fifth', () => {
  const rule = { careRelationship: true };
  assert.deepEqual(codes(rule, {}), []);
  assert.deepEqual(codes(rule, {}, { patient_id: 'p-2' }), ['care-relationship-ended']);
  assert.deepEqual(codes(rule, {}, { patient_id: 'p-3' }), ['care-relationship-none']);
  assert.deepEqual(codes(rule, {}, { patient_id: 'p-9' }), ['care-relationship-unknown']);
  assert.deepEqual(codes(rule, {}, { requesting_provider: 'dr-who' }), ['care-relationship-unknown']);
  assert.deepEqual(codes(rule, {}, { requesting_provider: undefined }), ['provider-unstated']);
  assert.deepEqual(codes(rule, {}, { patient_id: undefined }), ['patient-unstated']);
  assert.deepEqual(codes(rule, { patients: ['p-1', { id: 'p-3' }] }), ['care-relationship-none']);
  assert.deepEqual(codes(rule, {}, { requesting_provider: undefined }, 'clock'), []);
});

test('who breaks the glass with a reason gets past care and scope, and somebody hears of it', () => {
  const rule = { careRelationship: true, scopeByTask: SCOPES, samePatient: true };
  const said = { patient_id: 'p-3', break_glass: 'unconscious in the emergency room' };
  const verdict = judge(rule, { fields: ['medications'] }, said);
  // As always, what names the patient becomes a reference on its way out.
  assert.equal(verdict.outcome, 'redacted');
  const { decisions, rules } = factsOf(verdict);
  assert.deepEqual(
    decisions?.map(({ action, code, facts }) => [action, code, facts.instead]),
    [
      ['alert', 'break-glass', 'scope-exceeded'],
      ['alert', 'break-glass', 'care-relationship-none'],
    ],
  );
  assert.deepEqual(rules, ['tool-call-rule']);
  assert.ok(!verdict.facts.includes('unconscious'));
  const refused = (more: object, parameters = {}) =>
    judge({ ...rule, wildcards: true }, parameters, { ...said, ...more });
  assert.equal(refused({ break_glass: '   .  !  ' }).outcome, 'blocked');
  assert.equal(refused({ requesting_provider: 'dr-who' }).outcome, 'blocked');
  assert.equal(refused({}, { patient_id: 'p-1' }).outcome, 'blocked');
  assert.equal(refused({}, { patient_id: '*' }).outcome, 'blocked');
});

test('a patient in the parameters is the one of the session', () => {
  const rule = { samePatient: true };
  for (const parameters of [
    { patient_id: 'p-1' },
    { patientId: ' P-1 ' },
    { patient: { id: 'p-1', name: 'x' } },
    { subject: { reference: 'Patient/p-1' } },
    { limit: 3 },
  ])
    assert.deepEqual(codes(rule, parameters), [], JSON.stringify(parameters));
  for (const parameters of [
    { patient_id: 'p-2' },
    { target_patient_uuid: 'p-2' },
    { mrn: 'p-2' },
    { patient_ids: ['p-1', 'p-2'] },
    { patient: { identifier: { value: 'p-2' } } },
    { path: '/fhir/Patient/p-2/$everything' },
    { note: `${'x '.repeat(2_000)} Patient/p-2` },
    { subject: { reference: 'Patient/p-2' } },
  ])
    assert.deepEqual(codes(rule, parameters), ['patient-mismatch'], JSON.stringify(parameters));
  assert.deepEqual(codes(rule, { patient_id: 'p-1' }, { patient_id: undefined }), ['patient-unstated']);
});

test('another patient in the parameters is one wherever the chart number stands', () => {
  const rule = { samePatient: true };
  const said = { patient_id: '77418829' };
  for (const parameters of [
    { pid: '00991204' },
    { chart_number: '00991204' },
    { patient: '77418829', medicalRecordId: '00991204' },
    { query: 'last note of MRN 00991204' },
    { patient_id: '77418829', text: 'see MRN 00991204 as well' },
  ])
    assert.deepEqual(codes(rule, parameters, said), ['patient-mismatch'], JSON.stringify(parameters));
  assert.deepEqual(codes(rule, { query: 'last note of MRN 77418829', pid: '77418829', limit: 3 }, said), []);
});

test('bulk and wildcards', () => {
  const rule = { recordsMax: 10 };
  assert.deepEqual(codes(rule, { limit: 10 }), []);
  assert.deepEqual(codes(rule, { limit: '10' }), []);
  assert.deepEqual(codes(rule, { limit: 11 }), ['bulk']);
  assert.deepEqual(codes(rule, { page: { size: 1e6 } }), ['bulk']);
  assert.deepEqual(codes(rule, { record_ids: Array.from({ length: 11 }, (_, i) => i) }), ['bulk']);
  for (const limit of [0, -1, 'all', true, 'ten'])
    assert.deepEqual(codes(rule, { limit }), ['records-unbounded'], String(limit));
  assert.deepEqual(codes(rule, {}, { patient_id: undefined }), ['records-unstated']);
  assert.match(judge(rule, { limit: 1e21 }).facts, /"count":999999999\b/);
  const wild = { wildcards: true };
  for (const parameters of [
    { patient_id: '*' },
    { patient_id: 'p-%' },
    { fields: ['all'] },
    { name: '*' },
    { sql: 'SELECT * FROM patients' },
    { where: 'x or where 1 = 1' },
  ])
    assert.deepEqual(codes(wild, parameters), ['wildcard'], JSON.stringify(parameters));
  for (const parameters of [{ note: 'take 2 * 5 mg, all of it' }, { q: 'all visits' }])
    assert.deepEqual(codes(wild, parameters), [], JSON.stringify(parameters));
});

test('read, write and trigger are told apart, and a tool that nobody knows has no verb', () => {
  const rule = { verbs: ['read'] as const };
  assert.deepEqual(codes(rule, {}), []);
  assert.deepEqual(codes(rule, {}, {}, 'ehr'), ['verb-not-allowed']);
  assert.deepEqual(codes(rule, { operation: 'get' }, {}, 'ehr'), []);
  assert.deepEqual(codes(rule, { operation: 'delete' }, {}, 'ehr'), ['verb-not-allowed']);
  assert.deepEqual(codes(rule, { operation: ['get', 'frobnicate'] }, {}, 'ehr'), ['verb-not-allowed']);
  assert.deepEqual(codes(rule, {}, {}, 'mystery'), ['tool-unknown']);
});

test('a call that can be read in two ways, or not at all, is malformed', () => {
  const plan = planOf([toolCallRule({ samePatient: true })]);
  const verdict = (content: string): Verdict =>
    createJudge(plan).judge(task(`{"session":"s","content":${content}}`, { surface: 'tool_call' }), NOW, directory);
  for (const content of [
    '"delete everything"',
    '[]',
    '{}',
    '{"name":"a","parameters":[1]}',
    '{"name":"a","parameters":"{"}',
    '{"name":"a","tool_name":"b","parameters":{}}',
    '{"name":"a","name":"b","parameters":{}}',
    '{"name":"a","parameters":{"patient_id":"p-1","patient_id":"p-2"}}',
    '{"name":"a","parameters":{"x":{"patient_id":"p-1","patient\\u005fid":"p-2"}}}',
    '{"name":"a","parameters":{},"arguments":{}}',
    '{"name":"","parameters":{}}',
    '{"name":7,"parameters":{}}',
    `{"name":"a","parameters":${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`,
    `{"name":"a","parameters":{"x":[${'1,'.repeat(20_000)}1]}}`,
    `{"name":"a","parameters":{"query":"${'x '.repeat(2_000)}psychiatric history"}}`,
  ]) {
    const { outcome, facts } = verdict(content);
    assert.equal(outcome, 'blocked', content.slice(0, 80));
    assert.match(facts, /"code":"call-malformed"/, content.slice(0, 80));
  }
  for (const content of [
    '{"name":"a","parameters":{}}',
    '{"toolName":"a","input":null}',
    '{"tool_name":"a","arguments":"{}"}',
    '{"name":"a"}',
    '"{\\"name\\":\\"a\\",\\"parameters\\":{}}"',
  ])
    assert.equal(verdict(content).outcome, 'clean', content);
});

test('two calls are one if they ask for the same, however it is ordered, and no other way', () => {
  const reference = (parameters: unknown, said: object = {}, name = 'ehr_query'): string | undefined =>
    factsOf(judge({ duplicates: true }, parameters, said, name)).call;
  const one = reference({ a: 1, b: ['x', { c: null, d: true }] });
  assert.match(one ?? '', /^\[OTHER-ID:[A-Z2-7]{16}\]$/);
  assert.equal(reference({ b: ['x', { d: true, c: null }], a: 1 }), one);
  assert.equal(reference({ a: 1, b: ['x', { c: null, d: true }] }, {}, 'ehrQuery'), one);
  const others = [
    reference({ a: '1', b: ['x', { c: null, d: true }] }),
    reference({ a: 1, b: ['x', { c: 'null', d: true }] }),
    reference({ a: 1, b: ['x', { c: null, d: 'true;' }] }),
    reference({ a: 1, b: [{ c: null, d: true }, 'x'] }),
    reference({ a: 1, b: ['x', 'c', null, 'd', true] }),
    reference({ a: 1, 'b1:x': [], b: ['x', { c: null, d: true }] }),
    reference({ a: 1, b: [['x'], { c: null, d: true }] }),
    reference({ a: 1, b: ['x', { c: null, d: true }] }, { session: 'another' }),
    reference({ a: 1, b: ['x', { c: null, d: true }] }, {}, 'ehr'),
  ];
  assert.equal(new Set([one, ...others]).size, 1 + others.length);
});

test('rules that look for the same decide in their order, each with its own action, and only where their condition holds', () => {
  const checks = { samePatient: true, recordsMax: 5 };
  const rules = [
    toolCallRule({ ...checks, name: 'first' }),
    toolCallRule({ ...checks, name: 'elsewhere', when: { tasks: ['clinical'] } }),
    toolCallRule({ ...checks, name: 'asks', action: 'require_approval' }),
    toolCallRule({ ...checks, name: 'last', when: { tasks: ['scheduling'] } }),
    toolCallRule({ ...checks, name: 'asks-too', action: 'require_approval', when: { agents: ['portal-bot'] } }),
  ];
  const call = { name: 'ehr_query', parameters: { patient_id: 'p-2', limit: 9 } };
  const one = task(envelope(call, { ...SAID, agent: 'portal-bot' }), { surface: 'tool_call' });
  const bulk = { code: 'bulk', facts: { tool: 'ehr_query', max: 5, count: 9 } };
  const mismatch = { code: 'patient-mismatch', facts: { tool: 'ehr_query', count: 1 } };
  const both = (rule: string, action: string): object[] => [
    { rule, action, ...bulk },
    { rule, action, ...mismatch },
  ];
  assert.deepEqual(factsOf(createJudge(planOf(rules)).judge(one, NOW, directory)).decisions, [
    ...both('first', 'block'),
    ...both('last', 'block'),
    ...both('asks', 'require_approval'),
    ...both('asks-too', 'require_approval'),
  ]);
});
