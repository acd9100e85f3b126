/** Compiled rules and plans for tests, each with what a test says and the least that is possible otherwise. */
import { SURFACES } from '../../src/message.js';
import { builtInPlan, type Plan, sealed } from '../../src/policy/plan.js';
import type { AuthorizationRule, PiiRule, Rule, ToolCallRule } from '../../src/policy/rule.js';
import { ALL_SELECTORS } from '../../src/policy/vocabulary.js';
import { KEY } from './tasks.js';

const SETTINGS = { messageBytesMax: 512 * 1024, tenant: 'default', referenceKey: KEY };

export function planOf(rules: readonly Rule[], rest: Partial<Plan> = {}): Plan {
  const { digest: _, ...parts } = builtInPlan(SETTINGS);
  return sealed({ ...parts, name: 'test', incidents: [], otherwise: 'allow', rules, ...rest }, SETTINGS);
}

export function piiRule(rest: Partial<PiiRule> = {}): PiiRule {
  return {
    name: 'pii-rule',
    title: 'A rule about identifiers',
    scanner: 'pii',
    action: 'block',
    severity: 'high',
    surfaces: SURFACES,
    select: ALL_SELECTORS,
    crossPatient: false,
    applies: 'any',
    perSurface: {},
    ...rest,
  };
}

export function toolCallRule(rest: Partial<ToolCallRule> = {}): ToolCallRule {
  return {
    name: 'tool-call-rule',
    title: 'A rule about tool calls',
    scanner: 'tool_call',
    action: 'block',
    severity: 'high',
    surfaces: ['tool_call'],
    wildcards: false,
    samePatient: false,
    careRelationship: false,
    duplicates: false,
    narrow: rest.action === 'redact',
    ...rest,
  };
}

export function authorizationRule(rest: Partial<AuthorizationRule> = {}): AuthorizationRule {
  return {
    name: 'authorization-rule',
    title: 'A rule about who may hear of it',
    scanner: 'authorization',
    action: 'block',
    severity: 'high',
    surfaces: ['tool_call', 'output'],
    identityVerification: false,
    authorizedContacts: false,
    unverifiedRecipients: false,
    secureChannels: false,
    consent: false,
    ...rest,
  };
}
