/**
 * The scanner `tool_call`: whether an agent may call this tool with these parameters, for this patient and this task.
 * Each reason to refuse has a code of its own, and so has each fact that is missing. A person who breaks the glass with a
 * reason gets past what care and scope refuse, and somebody hears of it.
 */
import type { ToolCallRule } from '../policy/rule.js';
import type { Asked } from './asked.js';
import { brokeGlass } from './break-glass.js';
import { folded } from './data-categories.js';
import {
  type Case,
  type Clause,
  type DecisionFacts,
  NONE,
  Question,
  QuestionAbout,
  type Said,
  type Scan,
} from './scanner.js';
import { scope } from './scope.js';
import { subjectOf } from './subject.js';
import { verbsRefused } from './verbs.js';
import { word } from './words.js';

/** What a check has found: a code, what it rests on, and what would have to be taken out for the call to stand. */
export interface Refusal {
  readonly code: string;
  readonly facts?: DecisionFacts;
  readonly remove?: readonly string[];
}

/** Who breaks the glass gets past these: what they know of provider, patient and data is known. */
const BREAKABLE: ReadonlySet<string> = new Set([
  'care-relationship-none',
  'care-relationship-ended',
  'scope-exceeded',
  'task-unstated',
  'task-unknown',
]);

export const toolCall: Scan<ToolCallRule> = (clause, one) => {
  const { call, asked } = one;
  if (call === undefined) return NONE;
  const withheld = clause.action === 'redact' ? 'block' : clause.action;
  if (call === 'malformed' || asked === undefined || asked.overlong)
    return [{ action: withheld, code: 'call-malformed', facts: {} }];
  if (!governs(clause.tools, one)) return NONE;
  const refused = refusals(clause, asked, one);
  if (refused.length === 0) return NONE;
  const about = factsOf(clause, one);
  const known = one.askAbout(refusedFor, about);
  return refused.map((refusal): Said => {
    const { code, remove } = refusal;
    let all = known.get(refusal);
    if (all === undefined) known.set(refusal, (all = withFacts(about, refusal.facts)));
    if (clause.action !== 'allow' && BREAKABLE.has(code) && one.ask(brokeGlass))
      return { action: 'alert', code: 'break-glass', facts: { ...all, instead: code } };
    // Nothing else of a call than its scope can be narrowed: a call without its patient is another call.
    if (clause.action === 'redact' && remove !== undefined) return { action: 'redact', code, facts: all, remove };
    return { action: withheld, code, facts: all };
  });
};

/** Not spread one behind the other: that takes six times as long. */
function withFacts(about: DecisionFacts, more: DecisionFacts | undefined): DecisionFacts {
  return Object.assign({}, about, more);
}

/** What a refusal rests on, with what the call is about: rules that refuse for the same reason rest on the same. */
const refusedFor = new QuestionAbout((_about: DecisionFacts) => new Map<Refusal, DecisionFacts>());

function refusals(clause: Clause<ToolCallRule>, asked: Asked, one: Case): readonly Refusal[] {
  let found: readonly Refusal[] = NONE;
  if (clause.scopeByTask !== undefined) found = one.askAbout(scope, clause.scopeByTask);
  if (clause.wildcards && asked.wildcards > 0)
    found = joined(found, [{ code: 'wildcard', facts: { count: asked.wildcards } }]);
  if (clause.recordsMax !== undefined) found = joined(found, bulk(clause.recordsMax, asked, one));
  if (clause.samePatient) found = joined(found, one.ask(mismatch));
  if (clause.careRelationship) found = joined(found, one.ask(care));
  if (clause.verbs !== undefined) found = joined(found, one.askAbout(verbsRefused, clause.verbs));
  return found;
}

/** Most have nothing to say, and nothing is made for them. */
function joined(some: readonly Refusal[], more: readonly Refusal[]): readonly Refusal[] {
  return more.length === 0 ? some : some.length === 0 ? more : [...some, ...more];
}

export function governs(tools: readonly string[] | undefined, one: Case): boolean {
  return tools === undefined || foldedNames(tools).has(one.ask(foldedName));
}

const foldedName = new Question(({ call }) => (call === undefined || call === 'malformed' ? '' : folded(call.name)));

const foldedLists = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Names of tools in any of the ways to write them: `ehr_query` governs `ehrQuery`. */
function foldedNames(tools: readonly string[]): ReadonlySet<string> {
  let names = foldedLists.get(tools);
  if (names === undefined) foldedLists.set(tools, (names = new Set(tools.map(folded))));
  return names;
}

export function factsOf({ tools, scopeByTask = NO_SCOPE }: Clause<ToolCallRule>, one: Case): DecisionFacts {
  const known = one.askAbout(aboutScope, scopeByTask);
  const name = one.tool === undefined && tools !== undefined ? one.askAbout(nameAmong, tools) : undefined;
  return name === undefined ? known : { tool: word(name), ...known };
}

const NO_SCOPE: NonNullable<ToolCallRule['scopeByTask']> = {};

/** The tool as the directory names it, and the task if the scope does. The same come with message after message. */
const aboutScope = new QuestionAbout((scopeByTask: typeof NO_SCOPE, { claims, tool }): DecisionFacts => {
  const { task = '' } = claims;
  const named = Object.hasOwn(scopeByTask, task) ? task : '';
  const byTask = aboutTools.get(tool ?? NO_TOOL) ?? new Map<string, DecisionFacts>();
  let facts = byTask.get(named);
  if (facts === undefined) {
    facts = { ...(tool && { tool: word(tool.name) }), ...(named !== '' && { task: word(named) }) };
    if (byTask.size >= TASKS_MAX) byTask.clear();
    aboutTools.set(tool ?? NO_TOOL, byTask.set(named, facts));
    factsWritten.set(facts, JSON.stringify(facts));
  }
  return facts;
});

const NO_TOOL = {};
const TASKS_MAX = 256;
const aboutTools = new WeakMap<object, Map<string, DecisionFacts>>();
/** Facts that are the same for many messages, as JSON. */
export const factsWritten = new WeakMap<DecisionFacts, string>();

/** The tool as a rule names it. */
const nameAmong = new QuestionAbout((tools: readonly string[], one): string | undefined => {
  const name = one.ask(foldedName);
  return name === '' ? undefined : tools.find((tool) => folded(tool) === name);
});

/** No larger number is told, however many records are asked for. */
const COUNT_MAX = 999_999_999;

function bulk(recordsMax: number, asked: Asked, one: Case): readonly Refusal[] {
  const { claims } = one;
  const { records, patients } = asked;
  if (records === 'unbounded') return [{ code: 'records-unbounded', facts: { max: recordsMax } }];
  const count = Math.max(records ?? 0, one.ask(patientsNamed));
  if (count > recordsMax)
    return [{ code: 'bulk', facts: { max: recordsMax, count: Math.min(Math.ceil(count), COUNT_MAX) } }];
  const bounded = records !== undefined || patients.length > 0 || claims.patient !== undefined;
  return bounded ? NONE : [{ code: 'records-unstated', facts: { max: recordsMax } }];
}

const patientsNamed = new Question(({ asked }): number => {
  const patients = asked?.patients ?? NONE;
  return patients.length < 2 ? patients.length : new Set(patients).size;
});

const mismatch = new Question((one): readonly Refusal[] => {
  const { asked } = one;
  if (asked === undefined || asked.patients.length === 0) return NONE;
  const subject = one.ask(subjectOf);
  if (subject === undefined) return [{ code: 'patient-unstated' }];
  if (asked.patients.every((patient) => subject.is(patient))) return NONE;
  const others = new Set(asked.patients.filter((patient) => !subject.is(patient))).size;
  return [{ code: 'patient-mismatch', facts: { count: others } }];
});

/** How many patients of one call are looked up: a call with more is refused for it. */
const PATIENTS_MAX = 100;

const care = new Question(({ asked, claims, tool, directory, now }): readonly Refusal[] => {
  // A tool that is known to reach no data of patients needs nobody's care.
  if (asked === undefined || (tool !== undefined && tool.categories.length === 0)) return NONE;
  const { provider, tenant, patient } = claims;
  if (provider === undefined) return [{ code: 'provider-unstated' }];
  if (patient !== undefined && asked.patients.every((one) => one === patient)) {
    const standing = directory.care(tenant, provider, bare(patient), now);
    return standing === 'active' ? NONE : [{ code: `care-relationship-${standing}` }];
  }
  const patients = new Set(patient === undefined ? asked.patients : [patient, ...asked.patients]);
  if (patients.size === 0) return [{ code: 'patient-unstated' }];
  if (patients.size > PATIENTS_MAX) return [{ code: 'patients-too-many', facts: { count: patients.size } }];
  const standings = new Set([...patients].map((one) => directory.care(tenant, provider, bare(one), now)));
  standings.delete('active');
  return [...standings].map((standing) => ({ code: `care-relationship-${standing}` }));
});

/** How FHIR writes that a patient is meant. */
const REFERENCED = 'Patient/';

function bare(patient: string): string {
  const id = patient.trim();
  return id.startsWith(REFERENCED) ? id.slice(REFERENCED.length) : id;
}
