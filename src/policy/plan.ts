/**
 * The plan that messages are judged by: plain data, so that it crosses threads, with a digest that every verdict names.
 * It is compiled from a policy; who gives none has the built-in one, which redacts all eighteen identifiers and reports
 * the numbers that open a chart or an account.
 */
import { createHash } from 'node:crypto';
import { CATEGORIES, type Category } from '../../detectors/contract.js';
import type { Style } from '../engine/styles.js';
import type { Rule, Severity } from './rule.js';

export interface IncidentRule {
  readonly name: string;
  /** What it is about, for a person. */
  readonly title: string;
  /** One finding of any of these raises one incident for the message. */
  readonly categories: readonly Category[];
  readonly severity: Severity;
}

export { SEVERITIES, type Severity } from './rule.js';

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
  /** What each tenant adds; never less than the policy's own rules. */
  readonly tenants: Readonly<Record<string, readonly Rule[]>>;
  /** Scanners whose rules were left out because they are not built, which was asked for by name. */
  readonly without: readonly string[];
  /** Words of the policy that no detector finds yet. */
  readonly undetected: readonly string[];
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
  tenants: {},
  without: [],
  undetected: [],
} as const satisfies Partial<Plan>;

export type PlanSettings = Pick<Plan, 'messageBytesMax' | 'tenant' | 'referenceKey'>;

export function builtInPlan(settings: PlanSettings): Plan {
  return sealed(BUILT_IN, settings);
}

/** The parts of a plan put together, with their digest. */
export function sealed(
  parts: Omit<Plan, 'digest' | keyof PlanSettings>,
  { messageBytesMax, tenant, referenceKey }: PlanSettings,
): Plan {
  const plan = { ...parts, messageBytesMax, tenant };
  return { ...plan, referenceKey, digest: createHash('sha256').update(JSON.stringify(plan)).digest('hex') };
}

/** Whether there is anything to ask but the engine. */
export function hasRules({ rules, tenants, otherwise }: Plan): boolean {
  return rules.length > 0 || otherwise === 'allow' || Object.keys(tenants).length > 0;
}

/** Whether any rule lets nothing pass without a roster. */
export function demandsRoster({ rules, tenants }: Plan): boolean {
  return [rules, ...Object.values(tenants)].some((all) => all.some(demandsOne));
}

export function demandsOne(rule: Rule): boolean {
  return rule.scanner === 'pii' && rule.crossPatient && rule.crossCheck?.roster === 'required';
}

/** Whether any rule names sources that a learned roster is taught by. */
export function learns({ rules, tenants }: Plan): boolean {
  return [rules, ...Object.values(tenants)].some((all) =>
    all.some((rule) => rule.scanner === 'pii' && rule.crossCheck?.learnFrom !== undefined),
  );
}

/** The same rules, with a roster or without. */
export function withoutRoster(plan: Plan): Plan {
  const eased = (rules: readonly Rule[]): readonly Rule[] =>
    rules.map((rule) =>
      rule.scanner === 'pii' && rule.crossCheck
        ? { ...rule, crossCheck: { ...rule.crossCheck, roster: 'optional' } }
        : rule,
    );
  const tenants = Object.fromEntries(Object.entries(plan.tenants).map(([tenant, rules]) => [tenant, eased(rules)]));
  return { ...plan, rules: eased(plan.rules), tenants };
}

/** The rules that a tenant's messages are judged by: the policy's, and what the tenant adds. */
export function rulesOf({ rules, tenants }: Plan, tenant: string): readonly Rule[] {
  return Object.hasOwn(tenants, tenant) ? [...rules, ...tenants[tenant]] : rules;
}

/** What an incident says of the rule behind it; rules of tenants bear the tenant's name. */
export function ruleOf(plan: Plan, name: string): IncidentRule | undefined {
  if (name === COULD_NOT_SCAN_RULE.name) return COULD_NOT_SCAN_RULE;
  return plan.incidents.find((rule) => rule.name === name) ?? ofPolicy(plan, name);
}

function ofPolicy({ rules, tenants }: Plan, name: string): IncidentRule | undefined {
  const tenant = name.includes('/') ? name.slice(0, name.indexOf('/')) : undefined;
  const among = tenant === undefined ? rules : Object.hasOwn(tenants, tenant) ? tenants[tenant] : [];
  const rule = among.find((one) => one.name === name);
  if (rule === undefined) return undefined;
  const categories = rule.scanner === 'pii' ? rule.select.map(({ category }) => category) : [];
  return { name, title: rule.title, categories, severity: rule.severity };
}
