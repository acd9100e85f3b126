/** What the directory answers: agents, tools, care, standing, recipients, consents, each at a moment. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DirectoryRefused } from '../../src/directory/fault.js';
import { attachDirectory } from '../../src/directory/image.js';
import { type DirectoryInput, memoryDirectory, memoryImage } from '../../src/directory/memory.js';

const at = (text: string): number => Date.parse(text);
const NOW = at('2026-06-15T12:00:00Z');
const T = 'north';
const PHONE = '(415) 555-0142';
const directory = (input: DirectoryInput) => memoryDirectory(input, { tenant: T });

const AGENT = {
  id: 'portal-bot',
  owner: 'Patient services',
  environment: 'production',
  purposes: ['operations'],
  tasks: ['scheduling'],
  tools: [],
} as const;

test('an agent is known, expired, revoked or unknown, and belongs to one tenant', () => {
  const known = directory({
    agents: [
      AGENT,
      { ...AGENT, id: 'old', expires: '2026-06-14' },
      { ...AGENT, id: 'off', revoked: true },
      { ...AGENT, id: 'lent', vendor: 'Acme', expires: '2026-06-15' },
      { ...AGENT, id: 'theirs', tenant: 'south' },
    ],
  });
  const agent = known.agent(T, 'portal-bot', NOW);
  assert.ok(typeof agent === 'object');
  assert.deepEqual([agent.owner, agent.vendorHeld, agent.expires], ['Patient services', false, undefined]);
  assert.equal(known.agent(T, 'old', NOW), 'expired');
  assert.equal(known.agent(T, 'off', NOW), 'revoked');
  assert.equal(known.agent(T, 'theirs', NOW), 'unknown');
  const lent = known.agent(T, 'lent', NOW);
  assert.ok(typeof lent === 'object' && lent.vendorHeld && lent.vendor === 'Acme');
  assert.equal(known.agent(T, 'lent', at('2026-06-16T00:00:00Z')), 'expired');
});

test('a tool has what its connector gives it, and goes with it', () => {
  const connector = { name: 'ehr', owner: 'EHR team', verbs: ['read', 'write'], sensitivity: 'sensitive' } as const;
  const known = directory({
    connectors: [connector, { ...connector, name: 'old', disabled: true }],
    tools: [
      {
        name: 'ehr_query',
        connector: 'ehr',
        verbs: ['read'],
        fields: { problem: 'medical_history' },
        categories: ['labs'],
      },
      { name: 'gone', connector: 'old', verbs: ['read'] },
      { name: 'off', verbs: ['read'], disabled: true },
    ],
  });
  const tool = known.tool(T, 'ehr_query');
  assert.deepEqual([tool?.owner, tool?.sensitive, tool?.categories], ['EHR team', true, ['labs', 'medical_history']]);
  assert.equal(tool?.fields.problem, 'medical_history');
  assert.equal(tool?.fields.constructor, undefined);
  assert.deepEqual(
    [known.tool(T, 'gone'), known.tool(T, 'off'), known.tool('south', 'ehr_query')],
    [undefined, undefined, undefined],
  );
});

test('care has a beginning and an end; who is not known is not nobody', () => {
  const known = directory({
    providers: [{ id: 'dr-rao' }, { id: 'dr-left', until: '2026-05-31' }],
    patients: [{ id: 'p-9' }],
    care: [
      { provider: 'dr-rao', patient: 'p-1', from: '2026-01-01' },
      { provider: 'dr-rao', patient: 'p-2', from: '2026-01-01', until: '2026-06-14' },
      { provider: 'dr-rao', patient: 'p-3', until: '2026-06-15' },
      { provider: 'dr-rao', patient: 'p-4', from: '2026-07-01' },
      { provider: 'dr-rao', patient: 'p-5', until: '2025-01-01' },
      { provider: 'dr-rao', patient: 'p-5', from: '2026-06-01' },
      { provider: 'dr-left', patient: 'p-1' },
      { provider: 'dr-missing', patient: 'p-1' },
    ],
  });
  const care = (provider: string, patient: string, tenant = T) => known.care(tenant, provider, patient, NOW);
  assert.deepEqual(
    ['p-1', 'p-2', 'p-3', 'p-4', 'p-5', 'p-9', 'p-8'].map((patient) => care('dr-rao', patient)),
    ['active', 'ended', 'active', 'none', 'active', 'none', 'unknown'],
  );
  assert.equal(care('dr-left', 'p-1'), 'ended');
  assert.equal(care('dr-missing', 'p-1'), 'unknown');
  assert.equal(care('dr-rao', 'p-1', 'south'), 'unknown');
  assert.equal(care('dr-rao\0p-1', ''), 'unknown');
});

test('an address is the patient’s own, a contact’s, somebody’s or nobody’s, however it is written', () => {
  const known = directory({
    addresses: [
      { patient: 'p-1', channel: 'phone', address: PHONE },
      { patient: 'p-1', channel: 'email', address: 'Maya@Example.ORG' },
      { patient: 'p-1', channel: 'phone', address: '415-555-0199', until: '2026-01-01' },
    ],
    contacts: [
      { patient: 'p-1', relation: 'daughter', channel: 'phone', address: '415 555 0143' },
      { patient: 'p-1', relation: 'spouse', channel: 'phone', address: '415 555 0144', withdrawn: '2026-03-01' },
      { patient: 'p-1', relation: 'son', channel: 'fax', address: '415 555 0145', until: '2026-03-01' },
      { patient: 'p-2', channel: 'phone', address: '415 555 0146' },
    ],
  });
  const standing = (channel: 'phone' | 'sms' | 'fax' | 'email', address: string) =>
    known.standing(T, 'p-1', channel, address, NOW);
  for (const written of [
    '+1 415 555 0142',
    'tel:415.555.0142',
    '1-415-555-0142',
    '４１５ 555 0142',
    '(415)\u200b5550142',
  ])
    assert.equal(standing('phone', written), 'self', written);
  assert.equal(standing('sms', PHONE), 'self');
  assert.equal(standing('fax', PHONE), 'unknown');
  assert.equal(standing('email', 'Maya Ostrow <maya@example.org>'), 'self');
  assert.equal(standing('email', 'maya@example.org, other@example.org'), 'unknown');
  assert.equal(standing('phone', '4155550143'), 'authorized');
  assert.equal(standing('phone', '4155550144'), 'withdrawn');
  assert.equal(known.standing(T, 'p-1', 'phone', '4155550144', at('2026-02-28T23:59:59Z')), 'authorized');
  assert.equal(standing('fax', '4155550145'), 'withdrawn');
  assert.equal(standing('phone', '4155550146'), 'other');
  assert.equal(standing('phone', '4155550199'), 'other');
  assert.equal(standing('phone', '4155550147'), 'unknown');
});

test('a withdrawal takes what was given before it, whoever else uses the address, until it is given anew', () => {
  const contact = { patient: 'p-1', channel: 'phone', address: PHONE } as const;
  const shared: DirectoryInput = {
    addresses: [contact],
    contacts: [{ ...contact, relation: 'spouse', withdrawn: '2026-03-01' }],
  };
  assert.equal(directory(shared).standing(T, 'p-1', 'phone', PHONE, NOW), 'withdrawn');
  const anew = directory({ ...shared, contacts: [...shared.contacts!, { ...contact, from: '2026-04-01' }] });
  assert.equal(anew.standing(T, 'p-1', 'phone', PHONE, NOW), 'authorized');
});

test('a recipient is verified by address or id, for a time', () => {
  const known = directory({
    recipients: [
      { channel: 'fax', address: '415 555 0150', verified: '2026-01-01', until: '2026-12-31' },
      { channel: 'fax', address: '415 555 0151', verified: '2026-07-01' },
      { id: 'lab-west', verified: '2026-01-01' },
    ],
    channels: [
      { channel: 'portal', secure: true },
      { channel: 'fax', secure: false },
    ],
  });
  assert.equal(known.verified(T, 'fax', '+14155550150', NOW), true);
  assert.equal(known.verified(T, 'phone', '+14155550150', NOW), false);
  assert.equal(known.verified(T, 'fax', '+14155550150', at('2027-01-01T00:00:00Z')), false);
  assert.equal(known.verified(T, 'fax', '+14155550151', NOW), false);
  assert.equal(known.verified(T, 'fax', 'lab-west', NOW), true);
  assert.equal(known.standing(T, 'p-1', 'fax', '415 555 0150', NOW), 'other');
  assert.deepEqual(
    [known.secure(T, 'portal'), known.secure(T, 'fax'), known.secure('south', 'portal')],
    [true, false, false],
  );
});

test('consent is for a purpose and for AI, and its withdrawal is final until it is given anew', () => {
  const consent = (patient: string, more: object) => ({ patient, purpose: 'research', ai: true, ...more });
  const known = directory({
    consents: [
      consent('given', {}),
      consent('over', { until: '2026-06-14' }),
      consent('withdrawn', { from: '2026-01-01', withdrawn: '2026-06-15T11:59:59Z' }),
      consent('later', { withdrawn: '2026-06-15T12:00:01Z' }),
      consent('without', { ai: false }),
      consent('anew', { withdrawn: '2026-01-01' }),
      consent('anew', { from: '2026-02-01' }),
      consent('narrowed', { from: '2026-01-01' }),
      consent('narrowed', { from: '2026-02-01', ai: false }),
      consent('future', { from: '2026-07-01' }),
    ],
  });
  const says = (patient: string, purpose = 'research') => known.consent(T, patient, purpose, NOW);
  assert.deepEqual(
    ['given', 'over', 'withdrawn', 'later', 'without', 'anew', 'narrowed', 'future', 'nobody'].map((one) => says(one)),
    ['given', 'expired', 'withdrawn', 'given', 'not-for-ai', 'given', 'not-for-ai', 'none', 'unknown'],
  );
  assert.equal(says('given', 'marketing'), 'none');
});

test('a row that is not as it should be is refused by code and place, and nothing of it is repeated', () => {
  const secret = 'Maya Ostrow';
  const cases: readonly (readonly [object, string])[] = [
    [{ patients: [{ id: 'p', name: secret }] }, 'patients[0]: unknown-member'],
    [{ patients: [{ id: 482913 }] }, 'patients[0].id: not-text'],
    [{ patients: [{}] }, 'patients[0].id: missing'],
    [{ [secret]: [] }, 'unknown-list'],
    [{ care: [{ provider: 'a', patient: 'b', until: `${secret}` }] }, 'care[0].until: not-a-date'],
    [{ care: [{ provider: 'a', patient: 'b', until: '2026-02-30' }] }, 'care[0].until: not-a-date'],
    [{ care: [{ provider: 'a', patient: 'b', from: '2026-02-03', until: '2026-02-02' }] }, 'ends-before-it-begins'],
    [{ contacts: [{ patient: 'b', channel: 'fax', address: secret }] }, 'contacts[0].address: not-an-address'],
    [{ addresses: [{ patient: 'b', channel: secret, address: PHONE }] }, 'addresses[0].channel: not-one-of'],
    [{ recipients: [{ verified: '2026-01-01' }] }, 'id-or-address'],
    [{ agents: [{ ...AGENT, vendor: 'Acme' }] }, 'agents[0].expires: vendor-without-end'],
    [{ agents: [AGENT, AGENT] }, 'agents[1].id: repeated'],
    [{ agents: [{ ...AGENT, tools: ['ehr'] }] }, 'agents[0].tools: unknown-tool'],
    [{ agents: [AGENT], providers: [{ id: AGENT.id }] }, 'person-shared'],
    [{ tools: [{ name: 'a', verbs: ['read'], connector: 'b' }] }, 'unknown-connector'],
  ];
  for (const [input, wanted] of cases) {
    assert.throws(
      () => directory(input as DirectoryInput),
      (error: DirectoryRefused) =>
        error.code === 'DIRECTORY_INVALID' && error.message.includes(wanted) && !error.message.includes(secret),
      wanted,
    );
  }
});

test('no two agents share a credential, and none reaches past its environment or its connector', () => {
  const credential = `sha256:${'ab'.repeat(32)}`;
  const connector = { name: 'ehr', owner: 'EHR', verbs: ['read'], categories: ['labs'], environment: 'test' } as const;
  const tool = { name: 'query', connector: 'ehr', verbs: ['read'] } as const;
  const cases: readonly (readonly [DirectoryInput, string])[] = [
    [
      {
        agents: [
          { ...AGENT, credential },
          { ...AGENT, id: 'b', tenant: 'south', credential },
        ],
      },
      'credential-shared',
    ],
    [{ connectors: [connector], tools: [{ ...tool, verbs: ['write'] }] }, 'beyond-connector'],
    [{ connectors: [connector], tools: [{ ...tool, categories: ['notes'] }] }, 'beyond-connector'],
    [{ connectors: [connector], tools: [tool], agents: [{ ...AGENT, tools: ['query'] }] }, 'environments-mixed'],
  ];
  for (const [input, code] of cases) assert.throws(() => directory(input), new RegExp(code));
});

test('an image crosses threads as it is, and holds no patient in clear', () => {
  const image = memoryImage(
    {
      patients: [{ id: 'patient-482913' }],
      providers: [{ id: 'dr-rao' }],
      care: [{ provider: 'dr-rao', patient: 'patient-482913' }],
    },
    { tenant: T },
  );
  const copy = structuredClone(image);
  assert.equal(attachDirectory(copy).care(T, 'dr-rao', 'patient-482913', NOW), 'active');
  for (const buffer of [image.register, ...image.layers.flat()]) {
    assert.equal(Buffer.from(buffer).includes('482913'), false);
  }
  assert.match(image.digest, /^[0-9a-f]{64}$/);
});
