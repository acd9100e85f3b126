/**
 * What is said about a message beside its content, as JSON: the handles as they may pass, references, what was found, and
 * what was decided and why. Nothing of the message's text is in it.
 */
import type { Directory } from '../directory/directory.js';
import { decisionsMax } from '../limits.js';
import type { Facts, Surface } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { Rosters } from '../roster/rosters.js';
import { alerts } from '../scanners/decide.js';
import type { Heard } from '../scanners/hearing.js';
import type { Decision, DecisionFacts } from '../scanners/scanner.js';
import type { Passage } from './passage.js';
import type { Stated } from './stated.js';

export interface Judgement {
  readonly surface: Surface;
  readonly stated: Stated;
  readonly passage: Passage;
  readonly plan: Plan;
  /** Undefined where no rule was asked. */
  readonly heard: Heard | undefined;
  readonly directory: Directory;
  readonly rosters: Rosters | undefined;
  readonly headersDropped: number;
}

type Writing<K extends keyof Facts> = { -readonly [M in K]?: Facts[M] | undefined };

/** The members in the order of the contract, which the frame between threads checks. */
export function writeFacts(about: Judgement): string {
  const { heard } = about;
  const before = JSON.stringify(aboutMessage(about));
  const after = JSON.stringify(aboutJudging(about));
  const decisions =
    heard === undefined || heard.decisions.length === 0 ? '' : `,"decisions":[${written(heard.decisions)}]`;
  return `${before.slice(0, -1)}${decisions}${after === '{}' ? '' : ','}${after.slice(1)}`;
}

function aboutMessage({ surface, stated, passage, plan, heard }: Judgement): object {
  const { handles, tenant, found } = passage;
  const { id, agent, session, patient, provider, recipient, identity } = stated;
  const to = recipient?.address ?? recipient?.id;
  const rules = raised(plan, found, heard);
  return {
    tenant: handles.pass(tenant, tenant),
    surface,
    id: id ? handles.pass(id, tenant) : undefined,
    agent: agent ? handles.pass(agent, tenant) : undefined,
    session: session ? handles.pass(session, tenant) : undefined,
    patient: patient ? handles.reference(patient, tenant) : undefined,
    provider: heard !== undefined && provider ? handles.reference(provider, tenant) : undefined,
    recipient: to ? handles.reference(to, tenant) : undefined,
    identity: heard !== undefined && identity ? identity : undefined,
    findings: found.length > 0 ? Object.fromEntries(found) : undefined,
    rules: rules.length > 0 ? rules : undefined,
  } satisfies Writing<
    | 'tenant'
    | 'surface'
    | 'id'
    | 'agent'
    | 'session'
    | 'patient'
    | 'provider'
    | 'recipient'
    | 'identity'
    | 'findings'
    | 'rules'
  >;
}

function aboutJudging({ passage, heard, directory, rosters, headersDropped }: Judgement): object {
  const { handles, tenant } = passage;
  const once = heard?.withheld === undefined ? heard?.once : undefined;
  const asked = heard !== undefined && directory.digest !== 'none';
  return {
    call: once && handles.referenceOnce(once.call, tenant),
    once: once && {
      ...(once.conversation && { conversation: handles.referenceOnce(once.conversation, tenant) }),
      decisions: once.decisions,
    },
    sighted: heard?.sighted,
    directory: asked ? directory.digest.slice(0, DIGEST_UNITS) : undefined,
    rosters: heard !== undefined && rosters !== undefined ? rosters.digest.slice(0, DIGEST_UNITS) : undefined,
    headersDropped: headersDropped > 0 ? headersDropped : undefined,
  } satisfies Writing<'call' | 'once' | 'sighted' | 'directory' | 'rosters' | 'headersDropped'>;
}

const DIGEST_UNITS = 16;

/** Rules that ask for an incident: for what was found, or for what they did. */
function raised(plan: Plan, found: Passage['found'], heard: Heard | undefined): readonly string[] {
  const rules = new Set<string>();
  for (const { name, categories } of plan.incidents)
    if (found.some(([category]) => categories.includes(category))) rules.add(name);
  for (const decision of heard?.decisions ?? []) if (alerts(decision)) rules.add(decision.rule);
  return [...rules];
}

/** What many rules rest on is written once. Names of rules, actions and codes hold nothing that JSON would escape. */
function written(decisions: readonly Decision[]): string {
  const known = new Map<DecisionFacts, string>();
  let out = '';
  for (const { rule, action, code, facts } of decisions.slice(0, decisionsMax)) {
    let text = known.get(facts);
    if (text === undefined) known.set(facts, (text = JSON.stringify(facts)));
    out += `${out === '' ? '' : ','}{"rule":"${rule}","action":"${action}","code":"${code}","facts":${text}}`;
  }
  return out;
}
