/**
 * Minimum necessary (45 CFR 164.502(b)): what a call asks for against what its task may see. A provider's own request for
 * treatment is exempt (164.502(b)(2)(i)), if the agent is there for that and the provider treats the patient.
 */
import { agentOf } from './agent.js';
import type { Asked } from './asked.js';
import { DATA_CATEGORIES } from './data-categories.js';
import { NONE, Question, QuestionAbout } from './scanner.js';
import type { Refusal } from './tool-call.js';
import { words } from './words.js';

const TREATMENT = 'treatment';

type ByTask = Readonly<Record<string, readonly string[]>>;

export const scope = new QuestionAbout((byTask: ByTask, one): readonly Refusal[] => {
  const { claims, asked, tool, call } = one;
  if (asked === undefined || call === undefined || call === 'malformed') return NONE;
  const refused = one.ask(notGranted);
  if (one.ask(forTreatment)) return refused;
  const { task } = claims;
  if (task === undefined) return [...refused, { code: 'task-unstated' }];
  if (!Object.hasOwn(byTask, task)) return [...refused, { code: 'task-unknown' }];
  const allowed = byTask[task];
  if (asked.wildcards > 0) return [...refused, { code: 'scope-unbounded', facts: { count: asked.wildcards } }];
  if (asked.named.length === 0 && asked.unknown.length === 0) {
    if (tool === undefined) return [...refused, { code: 'scope-unstated' }];
    // Who names nothing asks for all that the tool reaches.
    const beyond = tool.categories.filter((category) => !allowed.includes(category));
    return beyond.length === 0 ? refused : [...refused, exceeded(beyond)];
  }
  if (asked.unknown.length === 0 && asked.named.every(({ category }) => allowed.includes(category))) return refused;
  const outside = asked.named.filter(({ category }) => !allowed.includes(category));
  const known = wordsOf(byTask);
  const isKnown = (category: string): boolean => known.has(category) || tool?.categories.includes(category) === true;
  // A word that only another rule knows is as good as unknown: what this rule says must not hang on that one.
  const beyond = outside.filter(({ category }) => isKnown(category));
  const strange = outside.filter(({ category }) => !isKnown(category));
  const unknown = [...strange.map(({ pointer }) => pointer), ...asked.unknown];
  const pointers = [...beyond.map(({ pointer }) => pointer), ...unknown];
  const remove = removable(pointers, asked.lists);
  const found = [...refused];
  if (beyond.length > 0) {
    found.push(removing(exceeded(beyond.map(({ category }) => category)), remove));
  }
  if (unknown.length > 0) {
    found.push(removing({ code: 'field-unknown', facts: { count: unknown.length } }, remove));
  }
  return found;
});

const ownWords = new WeakMap<object, ReadonlySet<string>>();

/** Kinds of data that a rule names, for whichever task, and those that everybody knows. */
function wordsOf(byTask: ByTask): ReadonlySet<string> {
  let words = ownWords.get(byTask);
  if (words === undefined) {
    words = new Set([...DATA_CATEGORIES.values(), ...Object.values(byTask).flat()]);
    ownWords.set(byTask, words);
  }
  return words;
}

function exceeded(categories: readonly string[]): Refusal {
  return { code: 'scope-exceeded', facts: { categories: words(categories), count: new Set(categories).size } };
}

function removing(refusal: Refusal, remove: readonly string[] | undefined): Refusal {
  if (remove === undefined) return refusal;
  const { code, facts } = refusal;
  return facts === undefined ? { code, remove } : { code, facts, remove };
}

/** What can be taken out so that something is left in each list: an empty one would ask for everything. */
function removable(pointers: readonly (string | undefined)[], lists: Asked['lists']): readonly string[] | undefined {
  const gone = new Map<string, number>();
  const all = new Set<string>();
  for (const pointer of pointers) {
    if (pointer === undefined) return undefined;
    if (all.has(pointer)) continue;
    all.add(pointer);
    const list = pointer.slice(0, pointer.lastIndexOf('/'));
    gone.set(list, (gone.get(list) ?? 0) + 1);
  }
  const held = new Map(lists.map(({ pointer, count }) => [pointer, count]));
  for (const [list, count] of gone) if (count >= (held.get(list) ?? 0)) return undefined;
  return [...all];
}

/** What the directory knows of the agent, where it knows it: a task or tool beyond what it was given is refused. */
const notGranted = new Question((one): readonly Refusal[] => {
  const { claims, call } = one;
  if (call === undefined || call === 'malformed') return NONE;
  const agent = one.ask(agentOf);
  if (agent === 'unknown') return NONE;
  if (typeof agent === 'string') return [{ code: `agent-${agent}` }];
  const mayDo = claims.task === undefined || agent.tasks.includes(claims.task);
  const mayCall = agent.tools.includes(call.name);
  if (mayDo && mayCall) return NONE;
  return [...(mayDo ? [] : [{ code: 'task-not-granted' }]), ...(mayCall ? [] : [{ code: 'tool-not-granted' }])];
});

const forTreatment = new Question((one): boolean => {
  const { claims, directory, now } = one;
  const { purpose, provider, patient, tenant } = claims;
  if (purpose !== TREATMENT || provider === undefined || patient === undefined) return false;
  const agent = one.ask(agentOf);
  if (typeof agent === 'string' || !agent.purposes.includes(TREATMENT)) return false;
  return directory.care(tenant, provider, patient, now) === 'active';
});
