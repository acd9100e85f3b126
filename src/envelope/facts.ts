/**
 * What is said about a message beside its content, as JSON: the handles as they may pass, references, what was found, and
 * what was decided and why. Nothing of the message's text is in it.
 */
import type { Directory } from '../directory/directory.js';
import { decisionsMax } from '../limits.js';
import type { Decided, Sighted, Surface } from '../message.js';
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

/** The members in the order of the contract, which the frame between threads checks. */
export function writeFacts(about: Judgement): string {
  const { heard } = about;
  const raised = raisedBy(about);
  const rules = raised === '' ? '' : `,"rules":[${raised}]`;
  const decisions =
    heard === undefined || heard.decisions.length === 0
      ? ''
      : `,"decisions":[${written(heard.decisions, decisionsMax)}]`;
  return `${aboutMessage(about)}${rules}${decisions}${aboutJudging(about)}}`;
}

function aboutMessage({ surface, stated, passage, heard }: Judgement): string {
  const { handles, tenant, found } = passage;
  const { id, agent, session, patient, provider, recipient, identity } = stated;
  const to = recipient?.address ?? recipient?.id;
  let out = `{"tenant":${quoted(handles.pass(tenant, tenant))},"surface":"${surface}"`;
  if (id) out += `,"id":${quoted(handles.pass(id, tenant))}`;
  if (agent) out += `,"agent":${quoted(handles.pass(agent, tenant))}`;
  if (session) out += `,"session":${quoted(handles.pass(session, tenant))}`;
  if (patient) out += `,"patient":"${handles.reference(patient, tenant)}"`;
  if (heard !== undefined && provider) out += `,"provider":"${handles.reference(provider, tenant)}"`;
  if (to) out += `,"recipient":"${handles.reference(to, tenant)}"`;
  if (heard !== undefined && identity) out += `,"identity":"${identity}"`;
  for (let i = 0; i < found.length; i++) {
    const [category, count] = found[i];
    out += `${i === 0 ? ',"findings":{' : ','}"${category}":${count}`;
  }
  return found.length === 0 ? out : `${out}}`;
}

/** As JSON writes it; most handles hold nothing that would be escaped. */
function quoted(text: string): string {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit > 0x7e || unit === QUOTE || unit === BACKSLASH) return JSON.stringify(text);
  }
  return `"${text}"`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

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
  if (sighted !== undefined) out += `,"sighted":${writeSighted(sighted)}`;
  if (directory.digest !== 'none') out += `,"directory":"${directory.digest.slice(0, DIGEST_UNITS)}"`;
  if (rosters !== undefined) out += `,"rosters":"${rosters.digest.slice(0, DIGEST_UNITS)}"`;
  return out + dropped;
}

/** References, fingerprints and names of rules hold nothing that JSON would escape. */
function writeSighted({ binds, asks, learn }: Sighted): string {
  let out = '{"binds":[';
  for (let i = 0; i < binds.length; i++) {
    const [patient, id, values] = binds[i];
    out += `${i === 0 ? '' : ','}["${patient}","${id}",${list(values)}]`;
  }
  out += ']';
  if (asks !== undefined) {
    const { subject, prints, rules } = asks;
    out += `,"asks":{"subject":${list(subject)},"prints":[${prints.map(list).join()}],"rules":[${rules.map(list).join()}]}`;
  }
  return learn === undefined ? `${out}}` : `${out},"learn":true}`;
}

function list(words: readonly string[]): string {
  let out = '';
  for (let i = 0; i < words.length; i++) out += `${i === 0 ? '' : ','}"${words[i]}"`;
  return `[${out}]`;
}

const DIGEST_UNITS = 16;

/** Rules that ask for an incident: for what was found, or for what they did; their names hold nothing that JSON would escape. */
function raisedBy({ plan, passage, heard }: Judgement): string {
  const { found } = passage;
  const rules: string[] = [];
  for (const { name, categories } of plan.incidents)
    if (!rules.includes(name) && found.some(([category]) => categories.includes(category))) rules.push(name);
  let out = rules.map((rule) => `"${rule}"`).join(',');
  if (heard === undefined) return out;
  // As long as rules come in their order, none of them comes twice.
  let seen = rules.length === 0 ? undefined : new Set(rules);
  let last = -1;
  for (const decision of heard.decisions) {
    const { rule, at } = decision;
    if (at === last || !alerts(decision)) continue;
    if (at < last) seen ??= new Set(rules);
    last = at;
    if (seen?.has(rule)) continue;
    seen?.add(rule);
    rules.push(rule);
    out += out === '' ? `"${rule}"` : `,"${rule}"`;
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
