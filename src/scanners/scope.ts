/**
 * Minimum necessary (45 CFR 164.502(b)): what a call asks for against what its task may see. A provider's own request for
 * treatment is exempt (164.502(b)(2)(i)), if the agent is there for that and the provider treats the patient.
 */
import { agentOf } from './agent.js';
import type { Asked } from './asked.js';
import { DATA_CATEGORIES } from './data-categories.js';
import { NONE, Question, QuestionAbout } from './scanner.js';
import { counting, lasting, type Refusal } from './told.js';
import { words } from './words.js';

const TREATMENT = 'treatment';

type ByTask = Readonly<Record<string, readonly string[]>>;

export const scope = new QuestionAbout((byTask: ByTask, one): readonly Refusal[] => {
  const { claims, asked, tool, call } = one;
  if (asked === undefined || call === undefined || call === 'malformed') return NONE;
  const refused = one.ask(notGranted);
  if (one.ask(forTreatment)) return refused;
  const { task } = claims;
  if (task === undefined) return [...refused, TASK_UNSTATED];
  const { tasks, known, exceeded } = scopeOf(byTask);
  const allowed = tasks.get(task);
  if (allowed === undefined) return [...refused, TASK_UNKNOWN];
  if (asked.wildcards > 0) return [...refused, unbounded(asked.wildcards)];
  if (asked.named.length === 0 && asked.unknown.length === 0) {
    if (tool === undefined) return [...refused, UNSTATED];
    // Who names nothing asks for all that the tool reaches.
    const beyond = tool.categories.filter((category) => !allowed.includes(category));
    return beyond.length === 0 ? refused : [...refused, exceeded.by(beyond)];
  }
  const beyond: string[] = [];
  const pointers: (string | undefined)[] = [];
  // A word that only another rule knows is as good as unknown: what this rule says must not hang on that one.
  let strange: (string | undefined)[] | undefined;
  for (const { category, pointer } of asked.named) {
    if (allowed.includes(category)) continue;
    if (known.has(category) || tool?.categories.includes(category)) {
      beyond.push(category);
      pointers.push(pointer);
    } else (strange ??= []).push(pointer);
  }
  const unknown = (strange?.length ?? 0) + asked.unknown.length;
  if (beyond.length === 0 && unknown === 0) return refused;
  if (unknown > 0) pointers.push(...(strange ?? NONE), ...asked.unknown);
  const remove = removable(pointers, asked.lists);
  const found = [...refused];
  if (beyond.length > 0) found.push(removing(exceeded.by(beyond), remove));
  if (unknown > 0) found.push(removing(unheard(unknown), remove));
  return found;
});

const TASK_UNSTATED = lasting('task-unstated');
const TASK_UNKNOWN = lasting('task-unknown');
const UNSTATED = lasting('scope-unstated');
const unbounded = counting('scope-unbounded');
const unheard = counting('field-unknown');

/** What a rule says of tasks, as tables: a message's words are looked up in them. */
interface Scope {
  readonly tasks: ReadonlyMap<string, readonly string[]>;
  /** Kinds of data that the rule names, for whichever task, and those that everybody knows. */
  readonly known: ReadonlySet<string>;
  readonly exceeded: Exceeded;
}

const scopes = new WeakMap<ByTask, Scope>();

export function scopeOf(byTask: ByTask): Scope {
  let scope = scopes.get(byTask);
  if (scope === undefined) {
    const known = new Set([...DATA_CATEGORIES.values(), ...Object.values(byTask).flat()]);
    scopes.set(byTask, (scope = { tasks: new Map(Object.entries(byTask)), known, exceeded: new Exceeded() }));
  }
  return scope;
}

/** Refusals of what lies beyond a task: the same agents ask for the same things again. */
class Exceeded {
  private readonly byOne = new Map<string, Refusal>();
  private readonly bySeveral = new Map<string, Refusal>();

  by(categories: readonly string[]): Refusal {
    const [kept, key] =
      categories.length === 1 ? [this.byOne, categories[0]] : [this.bySeveral, JSON.stringify(categories)];
    let refusal = kept.get(key);
    if (refusal === undefined) {
      const facts = { categories: words(categories), count: new Set(categories).size };
      refusal = lasting('scope-exceeded', facts);
      if (kept.size >= EXCEEDED_MAX) kept.clear();
      if (key.length <= EXCEEDED_UNITS_MAX) kept.set(key, refusal);
    }
    return refusal;
  }
}

/** When there are more, it begins anew; longer lists are not kept. */
const EXCEEDED_MAX = 256;
const EXCEEDED_UNITS_MAX = 256;

function removing(refusal: Refusal, remove: readonly string[] | undefined): Refusal {
  if (remove === undefined) return refusal;
  const { code, facts } = refusal;
  return facts === undefined ? { code, remove } : { code, facts, remove };
}

/** What can be taken out so that something is left in each list: an empty one would ask for everything. */
function removable(pointers: readonly (string | undefined)[], lists: Asked['lists']): readonly string[] | undefined {
  if (pointers.length === 1) {
    const [pointer] = pointers;
    if (pointer === undefined) return undefined;
    const of = listOf(pointer);
    return (lists.findLast((list) => list.pointer === of)?.count ?? 0) > 1 ? [pointer] : undefined;
  }
  const gone = new Map<string, number>();
  const all = new Set<string>();
  for (const pointer of pointers) {
    if (pointer === undefined) return undefined;
    if (all.has(pointer)) continue;
    all.add(pointer);
    const list = listOf(pointer);
    gone.set(list, (gone.get(list) ?? 0) + 1);
  }
  const held = new Map(lists.map(({ pointer, count }) => [pointer, count]));
  for (const [list, count] of gone) if (count >= (held.get(list) ?? 0)) return undefined;
  return [...all];
}

function listOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

/** What the directory knows of the agent, where it knows it: a task or tool beyond what it was given is refused. */
const notGranted = new Question((one): readonly Refusal[] => {
  const { claims, call } = one;
  if (call === undefined || call === 'malformed') return NONE;
  const agent = one.ask(agentOf);
  if (agent === 'unknown') return NONE;
  if (typeof agent === 'string') return OFF[agent];
  const mayDo = claims.task === undefined || agent.tasks.includes(claims.task);
  const mayCall = agent.tools.includes(call.name);
  if (mayDo && mayCall) return NONE;
  return [...(mayDo ? [] : [TASK_NOT_GRANTED]), ...(mayCall ? [] : [TOOL_NOT_GRANTED])];
});

const OFF = { expired: [lasting('agent-expired')], revoked: [lasting('agent-revoked')] };
const TASK_NOT_GRANTED = lasting('task-not-granted');
const TOOL_NOT_GRANTED = lasting('tool-not-granted');

const forTreatment = new Question((one): boolean => {
  const { claims, directory, now } = one;
  const { purpose, provider, patient, tenant } = claims;
  if (purpose !== TREATMENT || provider === undefined || patient === undefined) return false;
  const agent = one.ask(agentOf);
  if (typeof agent === 'string' || !agent.purposes.includes(TREATMENT)) return false;
  return directory.care(tenant, provider, patient, now) === 'active';
});
