/**
 * The plan that messages are judged by: plain data, so that it crosses threads, with a digest that every verdict names.
 * Until policies are read from a file there is one built-in plan: redact all eighteen identifiers, and report the
 * numbers that open a chart or an account.
 */
import { createHash } from 'node:crypto';
import { CATEGORIES, type Category } from '../../detectors/contract.js';
import type { Style } from '../engine/styles.js';
import type { Rule } from './rule.js';

export interface IncidentRule {
  readonly name: string;
  /** What it is about, for a person. */
  readonly title: string;
  /** One finding of any of these raises one incident for the message. */
  readonly categories: readonly Category[];
  readonly severity: Severity;
}

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface Plan {
  readonly name: string;
  /** SHA-256 over all of the plan but itself and its key, in hex. */
  readonly digest: string;
  readonly style: Style;
  readonly categories: readonly Category[];
  readonly confidenceMin: number;
  readonly messageBytesMax: number;
  /** Whose message it is if the message does not say. */
  readonly tenant: string;
  readonly incidents: readonly IncidentRule[];
  /** None: nothing but what `otherwise` says is done. */
  readonly rules: readonly Rule[];
  /** What becomes of a finding in the content that no rule takes out. What stands beside the content is redacted always. */
  readonly otherwise: 'redact' | 'allow';
  /** Makes keyed references; a secret, so neither printed nor part of the digest. */
  readonly referenceKey: Uint8Array;
}

/** The rule behind an incident for each message that could not be scanned: it belongs to no plan. */
export const COULD_NOT_SCAN_RULE: IncidentRule = {
  name: 'could-not-scan',
  title: 'A message could not be scanned and was quarantined',
  categories: [],
  severity: 'high',
};

const BUILT_IN = {
  name: 'built-in',
  style: 'label',
  categories: CATEGORIES,
  confidenceMin: 0.5,
  incidents: [
    {
      name: 'strong-identifier',
      title: 'A number that opens a chart or an account was about to pass between agents',
      categories: ['ssn', 'mrn', 'health-plan', 'account', 'license', 'biometric'],
      severity: 'high',
    },
  ],
  rules: [],
  otherwise: 'redact',
} as const satisfies Partial<Plan>;

export type PlanSettings = Pick<Plan, 'messageBytesMax' | 'tenant' | 'referenceKey'>;

export function builtInPlan({ messageBytesMax, tenant, referenceKey }: PlanSettings): Plan {
  const plan = { ...BUILT_IN, messageBytesMax, tenant };
  return { ...plan, referenceKey, digest: createHash('sha256').update(JSON.stringify(plan)).digest('hex') };
}

export function ruleOf(plan: Plan, name: string): IncidentRule | undefined {
  if (name === COULD_NOT_SCAN_RULE.name) return COULD_NOT_SCAN_RULE;
  const named = plan.incidents.find((rule) => rule.name === name);
  if (named !== undefined) return named;
  const rule = plan.rules.find((one) => one.name === name);
  return rule && { name, title: rule.title, categories: [], severity: rule.severity };
}
