/**
 * The rules of a policy, compiled: plain data that crosses threads, with every name resolved, so that judging a message
 * interprets nothing. What a rule means is in src/scanners, one file for each scanner.
 */
import type { Category } from '../../detectors/contract.js';
import type { Surface } from '../message.js';

/** A scanner that is not built yet is refused by name when a policy is loaded. */
export const SCANNERS = ['pii', 'tool_call', 'authorization', 'clinical_safety', 'injection', 'secrets'] as const;
export type ScannerName = (typeof SCANNERS)[number];

/** In order of rank, except that `alert` only adds an incident, and `step_up` asks for a stronger identity (it withholds like an approval). */
export const ACTIONS = ['allow', 'alert', 'redact', 'step_up', 'require_approval', 'block'] as const;
export type Action = (typeof ACTIONS)[number];

export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What a tool may do with what it reaches. */
export const VERBS = ['read', 'draft', 'write', 'send', 'export', 'trigger', 'approve', 'admin'] as const;
export type Verb = (typeof VERBS)[number];

/**
 * Every member that is there has to hold, one of each list. A rule only ever takes away, so a fact that is not known holds:
 * who leaves out the task does not get around the rule for it. Tools and verbs hold of tool calls only.
 */
export interface Condition {
  readonly agents?: readonly string[];
  readonly tasks?: readonly string[];
  readonly purposes?: readonly string[];
  readonly environments?: readonly string[];
  readonly tools?: readonly string[];
  readonly verbs?: readonly Verb[];
  /** A fact that is not known does not hold after all: the rule is for those who say so themselves. */
  readonly unstated?: 'passes';
}

interface RuleHead {
  /** `[a-z0-9-]{1,64}`, unique in a policy; of a tenant's own rules `tenant/name`. */
  readonly name: string;
  /** What it is about, for a person: the config's description, or the name. */
  readonly title: string;
  readonly action: Action;
  readonly severity: Severity;
  /** Where it applies; a rule without a scope applies wherever its scanner can. */
  readonly surfaces: readonly Surface[];
  readonly when?: Condition;
}

/** What of a category is meant: without kinds all of it. */
export interface Selector {
  readonly category: Category;
  readonly kinds?: readonly string[];
}

/** How another patient's identifiers are looked for, and what follows. */
export interface CrossCheck {
  /** `required`: without one of the tenant nothing passes. */
  readonly roster: 'optional' | 'required';
  /** How sure the roster has to be: better than 99 in 100, or than 10 to 1. */
  readonly from: 'medium' | 'strong';
  /** Patients in one message from which on it is bulk. */
  readonly patientsMax: number;
  /** Instead of the rule's. */
  readonly action?: Action;
  /** Whose results and contexts may teach which value is whose: on these surfaces, of these agents if any are named. */
  readonly learnFrom?: { readonly surfaces: readonly Surface[]; readonly agents?: readonly string[] };
}

export interface PiiRule extends RuleHead {
  readonly scanner: 'pii';
  /** What the rule is about; findings outside are none of its business. */
  readonly select: readonly Selector[];
  /** Another person's identifiers in the subject's conversation. */
  readonly crossPatient: boolean;
  /** As usual, unless said. */
  readonly crossCheck?: CrossCheck;
  /** `any`: every selected finding decides. `unauthorized`: only what the recipient may not have. */
  readonly applies: 'any' | 'unauthorized';
  /** An action of its own for a surface. */
  readonly perSurface: Readonly<Partial<Record<Surface, Action>>>;
}

export interface ToolCallRule extends RuleHead {
  readonly scanner: 'tool_call';
  /** Tools that it governs; without, all. */
  readonly tools?: readonly string[];
  /** Data categories that each task may ask for; a task that is not here may ask for none. Ask with `Object.hasOwn`. */
  readonly scopeByTask?: Readonly<Record<string, readonly string[]>>;
  readonly recordsMax?: number;
  /** True, here and below: it is looked for, and takes the rule's action. */
  readonly wildcards: boolean;
  readonly samePatient: boolean;
  readonly careRelationship: boolean;
  /** Verbs that an agent may use without more; the others take the rule's action. */
  readonly verbs?: readonly Verb[];
  readonly duplicates: boolean;
  /** Fields beyond the task are removed instead: the action is redact. What cannot be narrowed is blocked. */
  readonly narrow: boolean;
}

export interface AuthorizationRule extends RuleHead {
  readonly scanner: 'authorization';
  readonly identityVerification: boolean;
  readonly authorizedContacts: boolean;
  readonly unverifiedRecipients: boolean;
  readonly secureChannels: boolean;
  readonly consent: boolean;
}

export type Rule = PiiRule | ToolCallRule | AuthorizationRule;
