/**
 * The contracts with the outside, as schemas: the envelope that agents send, what stands in place of content, incidents,
 * audit entries and session state. The gate itself writes these by hand, for speed; tests hold it to them.
 */
import { z } from 'zod';
import { AUDIT_VERSION } from '../../audit/entry.js';
import { documentSchema } from '../../directory/rows.js';
import { INCIDENT_VERSION, OCSF_VERSION } from '../../pipeline/incident.js';
import { UNBUILT } from '../../policy/compile.js';
import { jsonSchemaOf } from '../../policy/known-keys.js';
import { SEVERITIES } from '../../policy/plan.js';
import { ACTIONS } from '../../policy/rule.js';
import { overlaySchema, policySchema } from '../../policy/schema.js';
import { IDENTITIES } from '../../scanners/scanner.js';
import { CODE, RULE_NAME, WORD } from '../../scanners/words.js';
import { OUTCOMES } from '../../verdict.js';
import { awaited, learned, session } from './kept.js';
import {
  digest,
  findings,
  handle,
  print,
  reason,
  reference,
  source,
  sourceName,
  surface,
  time,
  uuid,
} from './words.js';

export { awaited, learned, session };

export const envelope = z
  .strictObject({
    id: z.union([handle, z.number()]).optional(),
    tenant: handle.optional(),
    agent: handle.optional(),
    session: handle.optional(),
    surface: surface.optional(),
    patient_id: z.union([z.string(), z.number()]).optional().describe('Becomes a keyed reference on the way out'),
    recipient: z
      .union([
        z.string(),
        z.strictObject({
          id: z.string().optional(),
          channel: z.string().optional().describe('phone, sms, fax, email or portal'),
          address: z.string().optional(),
        }),
      ])
      .optional(),
    requesting_provider: z.string().optional(),
    task_scope: z.string().optional(),
    purpose: z.string().optional(),
    identity: z.enum(IDENTITIES).optional().describe('How sure it is whom the agent talks with'),
    break_glass: z.string().optional().describe('The reason that a person gave for reaching past the rules'),
    stream: z
      .strictObject({ id: z.string(), seq: z.int().min(0).optional(), final: z.boolean().optional() })
      .optional(),
    time: z.string().optional(),
    content: z.json().describe('Text, or any JSON'),
    content_encoding: z
      .enum(['identity', 'base64'])
      .optional()
      .describe('Of content: base64 is opened, judged and wrapped again'),
  })
  .describe('What agents send. With any other member the whole object is scanned as one, and handles may be redacted');

export const withheld = z
  .strictObject({
    id: z.string(),
    tenant: z.string(),
    agent: z.string().optional(),
    session: z.string().optional(),
    surface,
    sluice: z.strictObject({
      outcome: z.enum(OUTCOMES),
      reason,
      source: sourceName,
      incidents: z.array(uuid),
      approval: uuid.optional().describe('By which `sluice approvals` knows it'),
    }),
  })
  .describe('The value of an outcome record without content: application/vnd.sluice.withheld+json');

const code = z.string().regex(new RegExp(`^${CODE}$`));
const word = z.string().regex(new RegExp(`^${WORD}$`));
const decisions = z
  .array(
    z.strictObject({
      rule: z.string().regex(new RegExp(`^${RULE_NAME}$`)),
      action: z.enum(ACTIONS),
      code: code.describe('Why'),
      facts: z
        .record(code, z.union([z.int().min(0), word, z.array(word)]))
        .describe('What it rests on: names of policy and directory, codes, counts'),
    }),
  )
  .describe('What each rule has decided, the most severe first');
const directory = print.describe('Of the digest of the directory that was asked');

const rosters = print.describe('Of the digest of the rosters that were asked');

const approval = z
  .strictObject({
    id: uuid,
    expires: time,
    decision: z.enum(['approved', 'denied', 'expired']).optional(),
    from: sourceName.optional(),
    approver: reference.optional(),
    asked: z.array(z.string()).optional().describe('Rule and code of what was to be approved'),
    plan: digest.optional().describe('Of the policy that asked'),
  })
  .describe('What an approval is asked for under; or what was decided, and by whom');

const facts = z.strictObject({
  id: handle.optional(),
  tenant: handle,
  agent: handle.optional(),
  session: handle.optional(),
  surface,
  patient: reference.optional(),
  provider: reference.optional(),
  recipient: reference.optional(),
  identity: z.enum(IDENTITIES).optional(),
  findings: findings.optional(),
  rules: z.array(z.string()).optional(),
  decisions: decisions.optional(),
  call: reference.optional().describe('Of a tool call: the same for the same call of a conversation'),
  directory: directory.optional(),
  rosters: rosters.optional(),
  approval: approval.optional(),
  releasedFrom: sourceName.optional().describe('Of what was handed in again from quarantine: where it came from'),
  headersDropped: z.int().min(1).optional(),
});

export const auditEntry = z.strictObject({
  v: z.literal(AUDIT_VERSION),
  id: z.string(),
  time,
  source,
  previous: z.int().min(-1).describe('The offset accounted for before; offsets between hold no record'),
  outcome: z.enum([...OUTCOMES, 'gap']),
  reason: reason.optional(),
  plan: digest,
  engine: z.string().regex(/^[0-9a-f]{16}$/),
  without: z.array(z.enum(UNBUILT)).optional().describe('Scanners that the policy goes without'),
  undetected: z.array(z.string()).optional().describe('Words of the policy that nothing finds yet'),
  incidents: z.array(uuid).optional(),
  quarantined: z.literal(true).optional(),
  kept: z.literal(false).optional().describe('It could not be quarantined: only the input topic has it'),
  facts: z.union([facts, z.strictObject({ from: z.int().min(0), to: z.int().min(0) })]),
});

export const incident = z
  .strictObject({
    activity_id: z.literal(1),
    category_uid: z.literal(2),
    class_uid: z.literal(2006),
    type_uid: z.literal(200601),
    time,
    severity_id: z.int().min(1).max(5),
    severity: z.enum(SEVERITIES),
    status_id: z.literal(1),
    is_alert: z.literal(true),
    is_suspected_breach: z.literal(true).optional().describe("Another person's data was on its way"),
    confidence_id: z.literal(3),
    message: z.string(),
    action_id: z.union([z.literal(1), z.literal(2), z.literal(4)]),
    action: z.enum(['Allowed', 'Denied', 'Modified']),
    disposition_id: z.literal([2, 11, 14, 19, 23, 27]),
    disposition: z.enum(['Blocked', 'Corrected', 'Delayed', 'Alert', 'Challenge', 'Error']),
    metadata: z.strictObject({
      version: z.literal(OCSF_VERSION),
      uid: uuid,
      product: z.strictObject({ name: z.literal('Sluice'), vendor_name: z.literal('Sluice'), version: z.string() }),
      profiles: z.tuple([z.literal('security_control')], z.literal('incident')),
      tenant_uid: handle,
      correlation_uid: handle.optional(),
    }),
    finding_info: z.strictObject({
      uid: uuid,
      title: z.string(),
      types: z.array(z.string()).min(1).describe('The rule, and what kind of contamination it is'),
      created_time: time,
    }),
    data_security: z.strictObject({
      category_id: z.literal(1),
      confidentiality_id: z.literal(6),
      data_lifecycle_state_id: z.literal(2),
      detection_system_id: z.literal(10),
      policy: z.strictObject({ name: z.string(), uid: digest }),
    }),
    actor: z.strictObject({ app_name: handle, app_uid: handle }).optional(),
    resources: z.array(z.strictObject({ type: z.literal('message'), uid: sourceName })).length(1),
    unmapped: z.strictObject({
      sluice: z.strictObject({
        v: z.literal(INCIDENT_VERSION),
        rule: z.string(),
        surface,
        source,
        message: handle,
        audit: sourceName,
        dedup: z.string().regex(/^[0-9a-f]{32}$/),
        outcome: z.enum(OUTCOMES),
        reason: reason.optional(),
        session: handle.optional(),
        findings,
        patient: reference.optional(),
        provider: reference.optional(),
        recipient: reference.optional(),
        decisions: decisions.optional(),
        directory: directory.optional(),
        rosters: rosters.optional(),
        quarantine: z.string().optional(),
        approval: approval.optional(),
      }),
    }),
  })
  .describe('OCSF 1.8 Data Security Finding (class 2006)');

const CONTRACTS = { envelope, withheld, 'audit-entry': auditEntry, incident, session, awaited, learned };

const WRITTEN = { policy: policySchema, 'tenant-policy': overlaySchema, directory: documentSchema };

export function jsonSchemas(): Readonly<Record<string, unknown>> {
  const titled = (name: string, schema: object) => [name, { title: `sluice ${name}, version 1`, ...schema }];
  return Object.fromEntries([
    ...Object.entries(CONTRACTS).map(([name, schema]) => titled(name, z.toJSONSchema(schema))),
    // As a person writes it: what has a default may be left out.
    ...Object.entries(WRITTEN).map(([name, schema]) => titled(name, jsonSchemaOf(schema))),
  ]);
}
