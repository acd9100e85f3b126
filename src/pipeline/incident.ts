/**
 * Incidents for the SOC: OCSF 1.8 Data Security Findings (class 2006), one for each rule that a message violates. What
 * OCSF has no place for stands in `unmapped.sluice`. No text of the message; patients and recipients are keyed references.
 */
import { createHash } from 'node:crypto';
import type { Facts, Source } from '../message.js';
import type { IncidentRule, Plan, Severity } from '../policy/plan.js';
import type { Verdict } from '../verdict.js';
import { VERSION } from '../version.js';
import type { Headers, OutRecord } from './port.js';

export const OCSF_VERSION = '1.8.0';
export const INCIDENT_VERSION = 1;

const CLASS_UID = 2006;
const ACTIVITY_CREATE = 1;
const SEVERITY_ID: { readonly [S in Severity]: number } = { info: 1, low: 2, medium: 3, high: 4, critical: 5 };

/** OCSF security_control: what was done, and how it ended. */
const CORRECTED = { action_id: 4, action: 'Modified', disposition_id: 11, disposition: 'Corrected' } as const;
const WITHHELD = { action_id: 2, action: 'Denied', disposition_id: 2, disposition: 'Blocked' } as const;
const FAILED = { action_id: 2, action: 'Denied', disposition_id: 27, disposition: 'Error' } as const;

const ALERTED = { action_id: 1, action: 'Allowed', disposition_id: 19, disposition: 'Alert' } as const;
const DELAYED = { action_id: 2, action: 'Denied', disposition_id: 14, disposition: 'Delayed' } as const;
const CHALLENGED = { action_id: 2, action: 'Denied', disposition_id: 23, disposition: 'Challenge' } as const;

function doneTo({ outcome, reason }: Pick<Verdict, 'outcome' | 'reason'>) {
  switch (outcome) {
    case 'clean':
      return ALERTED;
    case 'redacted':
    case 'tombstone':
      return CORRECTED;
    case 'pending':
      return reason === 'step-up-required' ? CHALLENGED : DELAYED;
    case 'could-not-scan':
      return FAILED;
    default:
      return WITHHELD;
  }
}

/** What a decision's code makes of an incident beside its rule. */
const TYPE_OF: Readonly<Partial<Record<string, string>>> = {
  'other-patient': 'cross-patient-contamination',
  'other-tenant': 'cross-tenant-contamination',
  'mixed-record': 'mixed-record',
  'bulk-retrieval': 'bulk-retrieval',
};

/** Somebody else's data was on its way to who may not have it (OCSF, profile `incident`). */
const BREACHES: ReadonlySet<string> = new Set(['other-patient', 'other-tenant']);

export interface IncidentContext {
  readonly plan: Plan;
  readonly source: Source;
  readonly name: string;
  /** `incidentId` of this record and rule. */
  readonly uid: string;
  readonly time: number;
  readonly verdict: Verdict;
  readonly facts: Facts;
  /** Where the message is kept, encrypted. */
  readonly quarantine: string | undefined;
}

/** The same for the same record and rule, so that a second copy is seen to be one. */
export function incidentId(name: string, rule: string): string {
  const hex = createHash('sha256').update(`incident\0${name}\0${rule}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** Equal for incidents that a person would call the same one: rule, tenant, agent and session. */
export function dedupKey(rule: string, { tenant, agent, session }: Facts): string {
  return createHash('sha256')
    .update([rule, tenant, agent ?? '', session ?? ''].join('\0'))
    .digest('hex')
    .slice(0, 32);
}

export function incident(rule: IncidentRule, context: IncidentContext) {
  const { plan, source, name, uid, time, verdict, facts, quarantine } = context;
  const done = doneTo(verdict);
  const decisions = facts.decisions?.filter((one) => one.rule === rule.name) ?? [];
  const types = new Set(decisions.flatMap(({ code }) => TYPE_OF[code] ?? []));
  const severity = decisions.some(({ code }) => code === 'other-tenant') ? 'critical' : rule.severity;
  return {
    activity_id: ACTIVITY_CREATE,
    category_uid: 2,
    class_uid: CLASS_UID,
    type_uid: CLASS_UID * 100 + ACTIVITY_CREATE,
    time,
    severity_id: SEVERITY_ID[severity],
    severity,
    status_id: 1,
    is_alert: true,
    ...(decisions.some(({ code }) => BREACHES.has(code)) ? { is_suspected_breach: true } : {}),
    confidence_id: 3,
    message: rule.title,
    ...done,
    metadata: {
      version: OCSF_VERSION,
      uid,
      product: { name: 'Sluice', vendor_name: 'Sluice', version: VERSION },
      profiles: types.size === 0 ? ['security_control'] : ['security_control', 'incident'],
      tenant_uid: facts.tenant,
      ...(facts.session === undefined ? {} : { correlation_uid: facts.session }),
    },
    finding_info: { uid, title: rule.title, types: [rule.name, ...types], created_time: time },
    data_security: {
      category_id: 1,
      confidentiality_id: 6,
      data_lifecycle_state_id: 2,
      detection_system_id: 10,
      policy: { name: plan.name, uid: plan.digest },
    },
    ...(facts.agent === undefined ? {} : { actor: { app_name: facts.agent, app_uid: facts.agent } }),
    resources: [{ type: 'message', uid: name }],
    unmapped: {
      sluice: {
        v: INCIDENT_VERSION,
        rule: rule.name,
        surface: facts.surface,
        source,
        message: facts.id ?? name,
        audit: name,
        dedup: dedupKey(rule.name, facts),
        outcome: verdict.outcome,
        ...(verdict.reason === 'none' ? {} : { reason: verdict.reason }),
        ...(facts.session === undefined ? {} : { session: facts.session }),
        findings: facts.findings ?? {},
        ...(facts.patient === undefined ? {} : { patient: facts.patient }),
        ...(facts.provider === undefined ? {} : { provider: facts.provider }),
        ...(facts.recipient === undefined ? {} : { recipient: facts.recipient }),
        ...(decisions.length === 0 ? {} : { decisions }),
        ...(facts.directory === undefined ? {} : { directory: facts.directory }),
        ...(facts.rosters === undefined ? {} : { rosters: facts.rosters }),
        ...(quarantine === undefined ? {} : { quarantine }),
        ...(facts.approval === undefined ? {} : { approval: facts.approval }),
      },
    },
  };
}

export type Incident = ReturnType<typeof incident>;

/** `time`: of the transaction, written once for all of its incidents. */
export function incidentRecord(event: Incident, time: Buffer): OutRecord {
  const id = Buffer.from(event.metadata.uid);
  const headers: Headers = [['ce_id', id], ...EVENT_HEADERS, ['ce_time', time]];
  return { key: id, value: Buffer.from(JSON.stringify(event)), headers };
}

/** CloudEvents in binary mode; the first and the last are the event's own. */
const EVENT_HEADERS: Headers = Object.entries({
  ce_specversion: '1.0',
  ce_source: '/sluice',
  ce_type: 'org.sluice.incident.created.v1',
  'content-type': 'application/json',
}).map(([name, text]) => [name, Buffer.from(text)]);
