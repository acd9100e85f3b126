/**
 * What a story needs: a clinic with its people, a shield with the shipped policy (or one of the story's own) that keeps a
 * journal, and what the journal says afterwards about a call: its audit entry and its incidents. Everybody is invented.
 */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import {
  type AuditEntry,
  type Incident,
  journalSink,
  Shield,
  type ShieldOptions,
  type ShieldResult,
} from '../../src/index.js';
import type { Facts } from '../../src/message.js';
import { followTopic } from '../../src/transports/journal-reader.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export const SHIPPED = readFileSync(join(root, 'policy.yaml'), 'utf8');

/** Maya Ostrow's chart; her number and her former husband's, of whom she has withdrawn her leave. */
export const MAYA = '00482913';
export const MAYAS_PHONE = '617-555-0142';
export const SPOUSES_PHONE = '617-555-0178';
/** A patient in a study, and one who has left it. */
export const INO = '00517740';
export const TESS = '00600218';
export const NURSE = 'prov-nurse';

const CLINIC = {
  agents: [
    {
      id: 'scheduler',
      owner: 'front-desk',
      environment: 'production',
      purposes: ['operations', 'treatment'],
      tasks: ['scheduling'],
      tools: ['ehr_query'],
    },
  ],
  providers: [{ id: NURSE }],
  patients: [{ id: MAYA }, { id: INO }, { id: TESS }],
  care: [
    { provider: NURSE, patient: MAYA, from: '2024-01-01' },
    { provider: NURSE, patient: INO, from: '2024-01-01' },
  ],
  tools: [
    {
      name: 'ehr_query',
      verbs: ['read'],
      categories: ['demographics', 'insurance', 'appointment_history', 'medications', 'psychiatric_history'],
    },
    { name: 'send_sms', verbs: ['send'], channel: 'sms' },
  ],
  channels: [{ channel: 'sms', secure: true }],
  addresses: [
    { patient: MAYA, channel: 'phone', address: MAYAS_PHONE },
    { patient: INO, channel: 'phone', address: '617-555-0163' },
  ],
  contacts: [
    {
      patient: MAYA,
      relation: 'spouse',
      channel: 'phone',
      address: SPOUSES_PHONE,
      from: '2024-01-01',
      withdrawn: '2025-03-01',
    },
  ],
  consents: [
    { patient: INO, purpose: 'research', ai: true, from: '2024-01-01' },
    { patient: TESS, purpose: 'research', ai: true, from: '2024-01-01', withdrawn: '2025-06-01' },
  ],
};

export interface Told {
  readonly shield: Shield;
  /** What the journal has about a call, which has to be on record by now. */
  recordOf(result: ShieldResult<unknown>): Promise<OnRecord>;
}

export interface OnRecord {
  readonly audit: AuditEntry;
  readonly facts: Facts;
  readonly incidents: readonly Incident[];
}

export async function story(
  agentId: string,
  tell: (told: Told) => Promise<void>,
  { policy = SHIPPED, shield: rest = {} }: { readonly policy?: string; readonly shield?: Partial<ShieldOptions> } = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-story-'));
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const journal = join(folder, 'journal');
  const shield = new Shield({
    agentId,
    policyPath: file('policy.yaml', policy),
    directoryPath: file('directory.yaml', stringify(CLINIC)),
    sink: journalSink(journal),
    ...rest,
  });
  try {
    await shield.ready();
    await tell({ shield, recordOf: (result) => recordOf(journal, result) });
  } finally {
    await shield.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function recordOf(journal: string, { auditId, incidentIds, policy }: ShieldResult<unknown>): Promise<OnRecord> {
  const all = await readJson<AuditEntry>(journal, 'phi.audit');
  const audit = all.find(({ id }) => id === auditId);
  assert.ok(audit !== undefined, 'the call is in the audit');
  assert.equal(audit.plan, policy.digest);
  const incidents = (await readJson<Incident>(journal, 'phi.incidents')).filter(
    ({ unmapped }) => unmapped.sluice.audit === auditId,
  );
  assert.deepEqual(
    incidents.map(({ metadata }) => metadata.uid),
    incidentIds,
  );
  assert.deepEqual(audit.incidents ?? [], incidentIds);
  // Patients, numbers and names are references wherever it is written down.
  const written = JSON.stringify([audit, incidents]);
  // Not within a digest, where four digits may stand by chance.
  for (const secret of [MAYA, INO, TESS, '555-01', 'Ostrow', 'Maya', 'Dorian', 'Pell', '2240', 'W300002'])
    assert.doesNotMatch(written, new RegExp(`(?<![0-9A-Za-z])${secret}`), secret);
  return { audit, facts: audit.facts as Facts, incidents };
}

/** Which rules of an incident, how severe, and what became of the message. */
export function summaryOf({ incidents }: OnRecord): readonly string[] {
  return incidents.map(
    ({ severity, disposition, unmapped }) => `${unmapped.sluice.rule} ${severity} ${disposition.toLowerCase()}`,
  );
}

/** What each rule has decided, and why. */
export function decisionsOf({ facts }: OnRecord): readonly string[] {
  return (facts.decisions ?? []).map(({ rule, action, code }) => `${rule}: ${action}, ${code}`);
}

async function readJson<T>(journal: string, topic: string): Promise<T[]> {
  const all: T[] = [];
  for await (const { record } of followTopic(journal, topic, { follow: false })) {
    all.push(JSON.parse(record.value!.toString()) as T);
  }
  return all;
}
