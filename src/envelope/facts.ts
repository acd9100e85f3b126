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
import { type Written, write } from '../scanners/written.js';
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
  const rules = raised === '' ? '' : `,"rules":[${raised}]`;
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

/** Rules that ask for an incident: for what was found, or for what they did; their names hold nothing that JSON would escape. */
function raisedBy({ plan, passage, heard }: Judgement): string {
  const rules = new Set<string>();
  let out = '';
  const raise = (rule: string): void => {
    if (rules.has(rule)) return;
    rules.add(rule);
    out += out === '' ? `"${rule}"` : `,"${rule}"`;
  };
  if (plan.incidents.length > 0) {
    const { found } = passage;
    for (const { name, categories } of plan.incidents)
      if (found.some(([category]) => categories.includes(category))) raise(name);
  }
  if (heard === undefined) return out;
  let last = '';
  for (const decision of heard.decisions) {
    if (decision.rule === last || !alerts(decision)) continue;
    last = decision.rule;
    raise(last);
  }
  return out;
}

type Prepared = Decided & { readonly written?: Written | undefined };

/** What many rules rest on is written once. Names of rules, actions and codes hold nothing that JSON would escape. */
function written(decisions: readonly Prepared[], countMax: number): string {
  let known: Map<Decided['facts'], Written> | undefined;
  const count = Math.min(decisions.length, countMax);
  let out = '';
  for (let i = 0; i < count; i++) {
    const one = decisions[i];
    let tail = one.written;
    if (tail === undefined || !isOf(tail, one)) {
      tail = known?.get(one.facts);
      if (tail === undefined || !isOf(tail, one))
        (known ??= new Map()).set(one.facts, (tail = write(one.action, one.code, one.facts)));
    }
    out += i === 0 ? '{"rule":"' : ',{"rule":"';
    out += one.rule;
    out += tail.text;
  }
  return out;
}

/** What was decided may have been changed since it was written. */
function isOf(tail: Written, { action, code, facts }: Decided): boolean {
  return tail.facts === facts && tail.action === action && tail.code === code;
}
