/**
 * Checked rules to compiled ones: every default filled in, every word resolved, and what cannot mean anything refused.
 * Nothing of it is interpreted again when a message is judged.
 */
import type { Surface } from '../message.js';
import type { Report } from './check.js';
import { DataWords } from './data-words.js';
import type { Problem } from './problem.js';
import type { AuthorizationRule, Condition, CrossCheck, PiiRule, Rule, ScannerName, ToolCallRule } from './rule.js';
import type { RuleDocument, Scope } from './schema.js';
import { ALL_SELECTORS, selectorsOf, undetectedOf } from './vocabulary.js';

export interface Compiled {
  readonly rules: readonly Rule[];
  /** Scanners that rules were left out for, and words that nothing finds yet. */
  readonly without: readonly string[];
  readonly undetected: readonly string[];
  readonly problems: readonly Problem[];
}

export const UNBUILT = ['clinical_safety', 'injection', 'secrets'] as const satisfies readonly ScannerName[];
type Built = Exclude<RuleDocument, { scanner: (typeof UNBUILT)[number] }>;

const SURFACES_OF: { readonly [S in Scope]: readonly Surface[] } = {
  input: ['prompt', 'context'],
  prompt: ['prompt'],
  context: ['context'],
  output: ['output'],
  tool_call: ['tool_call'],
  tool_result: ['tool_result'],
};

/** Where each scanner can look; a rule without a scope looks there. */
const LOOKS: { readonly [N in Built['scanner']]: readonly Surface[] } = {
  pii: ['prompt', 'context', 'tool_call', 'tool_result', 'output'],
  tool_call: ['tool_call'],
  authorization: ['tool_call', 'output'],
};

/** `prefix` stands before the names: of an overlay, whose it is. `words` are those of the rules that these are added to. */
export function compileRules(
  documents: readonly RuleDocument[],
  without: readonly string[],
  report: Report,
  { prefix = '', words = new DataWords() }: { readonly prefix?: string; readonly words?: DataWords } = {},
): Compiled {
  const problems: Problem[] = [];
  const rules: Rule[] = [];
  const leftOut = new Set<string>();
  const undetected = new Set<string>();
  const names = new Set<string>();
  documents.forEach((document, i) => {
    const path = ['rules', i];
    if (names.has(document.name)) problems.push(report('name-duplicate', [...path, 'name']));
    names.add(document.name);
    if (!isBuilt(document)) {
      if (without.includes(document.scanner)) leftOut.add(document.scanner);
      else problems.push(report('scanner-not-built', [...path, 'scanner'], `--without ${document.scanner}`));
      return;
    }
    const outside = refusalOf(document);
    if (outside !== undefined) problems.push(report(outside.code, [...path, ...outside.path], outside.hint));
    for (const { path: at, other } of words.take(document))
      problems.push(report('value-invalid', [...path, ...at], `write ${other}, as elsewhere`));
    if (document.scanner === 'pii') {
      for (const word of undetectedOf(document.config.phi_categories ?? [])) undetected.add(word);
    }
    rules.push({ ...compile(document), name: `${prefix}${document.name}` });
  });
  return { rules, without: [...leftOut].sort(), undetected: [...undetected].sort(), problems };
}

function isBuilt(document: RuleDocument): document is Built {
  return !UNBUILT.some((name) => name === document.scanner);
}

interface RefusalOf {
  readonly code: Problem['code'];
  readonly path: readonly string[];
  readonly hint?: string;
}

/** What is well formed and yet means nothing. */
function refusalOf(rule: Built): RefusalOf | undefined {
  const looks = LOOKS[rule.scanner];
  if (surfacesOf(rule).some((surface) => !looks.includes(surface)))
    return { code: 'scope-impossible', path: ['scope'], hint: `${rule.scanner} looks at ${looks.join(', ')}` };
  if (rule.scanner === 'pii') return refusalOfPii(rule);
  if (rule.scanner === 'authorization') {
    if (rule.action === 'redact')
      return { code: 'action-impossible', path: ['action'], hint: 'block, require_approval, step_up or alert' };
    const { description: _, ...checks } = rule.config;
    return Object.values(checks).includes(true)
      ? undefined
      : { code: 'rule-empty', path: ['config'], hint: `one of ${Object.keys(checks).join(', ')}` };
  }
  const { scope_by_task, records_max, allowed_verbs, ...checks } = rule.config;
  if (rule.action === 'redact' && scope_by_task === undefined)
    return { code: 'action-impossible', path: ['action'], hint: 'redact narrows a call by scope_by_task' };
  const some = scope_by_task ?? records_max ?? allowed_verbs ?? Object.values(checks).includes(true);
  return some === false
    ? { code: 'rule-empty', path: ['config'], hint: 'scope_by_task, records_max, allowed_verbs or a check_ key' }
    : undefined;
}

function refusalOfPii({ config, ...rule }: Extract<Built, { scanner: 'pii' }>): RefusalOf | undefined {
  const { phi_categories: words, cross_patient_detection, check_cross_patient, actions = {} } = config;
  if (words !== undefined && selectorsOf(words).length === 0 && !cross_patient_detection && !check_cross_patient)
    return { code: 'rule-empty', path: ['config', 'phi_categories'], hint: 'nothing finds these yet' };
  const surfaces = surfacesOf({ ...rule, scanner: 'pii' });
  const idle = (Object.keys(actions) as Scope[]).find((scope) =>
    SURFACES_OF[scope].some((one) => !surfaces.includes(one)),
  );
  return idle === undefined
    ? undefined
    : { code: 'scope-impossible', path: ['config', 'actions', idle], hint: 'the rule does not look there' };
}

function surfacesOf({ scanner, scope }: Pick<Built, 'scanner' | 'scope'>): readonly Surface[] {
  if (scope === undefined) return LOOKS[scanner];
  return [...new Set(listOf(scope).flatMap((one) => SURFACES_OF[one]))];
}

function compile(rule: Built): Rule {
  const { name, action, severity, config } = rule;
  const when = conditionOf(rule.when);
  const head = {
    name,
    title: config.description ?? name,
    action,
    severity,
    surfaces: surfacesOf(rule),
    ...(when && { when }),
  };
  if (rule.scanner === 'pii') return { ...head, ...piiOf(rule) };
  return rule.scanner === 'tool_call' ? { ...head, ...toolCallOf(rule) } : { ...head, ...authorizationOf(rule) };
}

type Body<R extends Rule> = Omit<R, 'name' | 'title' | 'action' | 'severity' | 'surfaces' | 'when'>;

function piiOf({ scope, config }: Extract<Built, { scanner: 'pii' }>): Body<PiiRule> {
  const { phi_categories: words, cross_patient_detection, check_cross_patient: check, applies, actions = {} } = config;
  const outputOnly = scope !== undefined && listOf(scope).every((one) => one === 'output');
  return {
    scanner: 'pii',
    select: words !== undefined ? selectorsOf(words) : check === undefined ? ALL_SELECTORS : [],
    crossPatient: cross_patient_detection || check !== undefined,
    ...(check !== undefined && { crossCheck: crossCheckOf(check) }),
    applies: applies ?? (outputOnly ? 'unauthorized' : 'any'),
    perSurface: Object.fromEntries(
      (Object.keys(actions) as Scope[]).flatMap((one) => SURFACES_OF[one].map((surface) => [surface, actions[one]])),
    ),
  };
}

type PiiConfig = Extract<Built, { scanner: 'pii' }>['config'];

function crossCheckOf(check: NonNullable<PiiConfig['check_cross_patient']>): CrossCheck {
  const { roster, from, patients_max: patientsMax, action, learn_from: source } = check;
  const learnFrom = source && {
    surfaces: [...new Set(listOf(source.scope).flatMap((one) => SURFACES_OF[one]))],
    ...(source.agents !== undefined && { agents: listOf(source.agents) }),
  };
  return { roster, from, patientsMax, ...(action !== undefined && { action }), ...(learnFrom && { learnFrom }) };
}

function toolCallOf({ action, config }: Extract<Built, { scanner: 'tool_call' }>): Body<ToolCallRule> {
  const { tool_name, scope_by_task, records_max, allowed_verbs } = config;
  // A rule about the minimum necessary is about all that reaches past it, unless it says otherwise.
  const asked = (check: boolean | undefined): boolean => check ?? scope_by_task !== undefined;
  return {
    scanner: 'tool_call',
    ...(tool_name !== undefined && { tools: listOf(tool_name) }),
    ...(scope_by_task !== undefined && { scopeByTask: scope_by_task }),
    ...(records_max !== undefined && { recordsMax: records_max }),
    wildcards: asked(config.check_wildcards),
    samePatient: asked(config.check_same_patient),
    careRelationship: asked(config.check_care_relationship),
    ...(allowed_verbs !== undefined && { verbs: listOf(allowed_verbs) }),
    duplicates: asked(config.check_duplicates),
    narrow: action === 'redact',
  };
}

function authorizationOf({ config }: Extract<Built, { scanner: 'authorization' }>): Body<AuthorizationRule> {
  return {
    scanner: 'authorization',
    identityVerification: config.require_identity_verification,
    authorizedContacts: config.check_authorized_contacts,
    unverifiedRecipients: config.block_unverified_recipients,
    secureChannels: config.require_secure_channel,
    consent: config.check_consent,
  };
}

function conditionOf(when: RuleDocument['when']): Condition | undefined {
  if (when === undefined) return undefined;
  const { unstated, ...facts } = when;
  const lists = Object.entries(facts).flatMap(([key, one]) => (one === undefined ? [] : [[key, listOf(one)] as const]));
  if (lists.length === 0) return undefined;
  return { ...(Object.fromEntries(lists) as Condition), ...(unstated === 'passes' && { unstated }) };
}

function listOf<T>(one: T | readonly T[]): readonly T[] {
  return Array.isArray(one) ? one : [one as T];
}
