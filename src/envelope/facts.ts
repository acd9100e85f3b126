/**
 * What is said about a message beside its content, as JSON: the handles as they may pass, references, what was found, and
 * what was decided and why. Nothing of the message's text is in it.
 */
import type { Directory } from '../directory/directory.js';
import { decisionsMax } from '../limits.js';
import type { Decided, Facts, Surface } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { Rosters } from '../roster/rosters.js';
import { alerts } from '../scanners/decide.js';
import type { Heard } from '../scanners/hearing.js';
import { factsWritten } from '../scanners/tool-call.js';
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
  const raised = raisedBy(about);
  // Names of rules hold nothing that JSON would escape.
  const rules = raised.size === 0 ? '' : `,"rules":["${[...raised].join('","')}"]`;
  const decisions =
    heard === undefined || heard.decisions.length === 0
      ? ''
      : `,"decisions":[${written(heard.decisions, decisionsMax)}]`;
  return `${before.slice(0, -1)}${rules}${decisions}${aboutJudging(about)}}`;
}

function aboutMessage({ surface, stated, passage, heard }: Judgement): object {
  const { handles, tenant, found } = passage;
  const { id, agent, session, patient, provider, recipient, identity } = stated;
  const to = recipient?.address ?? recipient?.id;
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
  } satisfies Writing<
    'tenant' | 'surface' | 'id' | 'agent' | 'session' | 'patient' | 'provider' | 'recipient' | 'identity' | 'findings'
  >;
}

/** The members `call`, `once`, `sighted`, `directory`, `rosters` and `headersDropped`. References and digests hold nothing to escape. */
function aboutJudging({ passage, heard, directory, rosters, headersDropped }: Judgement): string {
  const { handles, tenant } = passage;
  const dropped = headersDropped > 0 ? `,"headersDropped":${headersDropped}` : '';
  if (heard === undefined) return dropped;
  let out = '';
  const { once, withheld, sighted } = heard;
  if (once !== undefined && withheld === undefined) {
    const { call, conversation } = once;
    out = `,"call":"${handles.mark(call, tenant)}","once":{`;
    if (conversation) out += `"conversation":"${handles.referenceOnce(conversation, tenant)}",`;
    out += `"decisions":[${written(once.decisions, once.decisions.length)}]}`;
  }
  if (sighted !== undefined) out += `,"sighted":${JSON.stringify(sighted)}`;
  if (directory.digest !== 'none') out += `,"directory":"${directory.digest.slice(0, DIGEST_UNITS)}"`;
  if (rosters !== undefined) out += `,"rosters":"${rosters.digest.slice(0, DIGEST_UNITS)}"`;
  return out + dropped;
}

const DIGEST_UNITS = 16;

/** Rules that ask for an incident: for what was found, or for what they did. */
function raisedBy({ plan, passage, heard }: Judgement): ReadonlySet<string> {
  const rules = new Set<string>();
  const { found } = passage;
  for (const { name, categories } of plan.incidents)
    if (found.some(([category]) => categories.includes(category))) rules.add(name);
  if (heard === undefined) return rules;
  let last = '';
  for (const decision of heard.decisions) {
    if (decision.rule === last || !alerts(decision)) continue;
    last = decision.rule;
    rules.add(last);
  }
  return rules;
}

/** What many rules rest on is written once. Names of rules, actions and codes hold nothing that JSON would escape. */
function written(decisions: readonly Decided[], countMax: number): string {
  let known: Map<Decided['facts'], Tail> | undefined;
  let last: Tail | undefined;
  const count = Math.min(decisions.length, countMax);
  let out = '';
  for (let i = 0; i < count; i++) {
    const { rule, action, code, facts } = decisions[i];
    let tail: Tail | undefined = last?.facts === facts ? last : known?.get(facts);
    if (tail === undefined || tail.action !== action || tail.code !== code) {
      const text = `","action":"${action}","code":"${code}","facts":${factsWritten.get(facts) ?? JSON.stringify(facts)}}`;
      tail = { facts, action, code, text };
      if (last !== undefined) (known ??= new Map()).set(last.facts, last).set(facts, tail);
    }
    last = tail;
    out += (i === 0 ? '{"rule":"' : ',{"rule":"') + rule + tail.text;
  }
  return out;
}

/** What follows the name of the rule. */
interface Tail {
  readonly facts: Decided['facts'];
  readonly action: string;
  readonly code: string;
  readonly text: string;
}
