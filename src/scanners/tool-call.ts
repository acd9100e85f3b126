/**
 * The scanner `tool_call`: whether an agent may call this tool with these parameters, for this patient and this task.
 * Each reason to refuse has a code of its own, and so has each fact that is missing. A person who breaks the glass with a
 * reason gets past what care and scope refuse, and somebody hears of it.
 */
import type { Care } from '../directory/directory.js';
import type { ToolCallRule } from '../policy/rule.js';
import type { Asked } from './asked.js';
import { brokeGlass } from './break-glass.js';
import { folded } from './data-categories.js';
import { type Case, type Clause, NONE, Question, QuestionAbout, type Said } from './scanner.js';
import { scope, scopeOf } from './scope.js';
import { chartsOfOthers, subjectOf } from './subject.js';
import { About, bare, counting, lasting, type Refusal, type Told } from './told.js';
import { verbsRefused } from './verbs.js';
import { word } from './words.js';

/** Who breaks the glass gets past these: what they know of provider, patient and data is known. */
const BREAKABLE: ReadonlySet<string> = new Set([
  'care-relationship-none',
  'care-relationship-ended',
  'scope-exceeded',
  'task-unstated',
  'task-unknown',
]);

/** A rule's limit stands apart: rules that differ in nothing else are worked out once where it is kept. */
export interface ToolCallClause {
  readonly scanner: ToolCallRule['scanner'];
  readonly recordsMax: number | undefined;
  readonly core: Core;
}

export type Core = Omit<Clause<ToolCallRule>, 'recordsMax'>;

export function toolCall({ recordsMax, core }: ToolCallClause, one: Case): readonly Said[] {
  const bulk = recordsMax === undefined ? undefined : beyond(recordsMax, one.ask(recordsAsked));
  return bulk === undefined ? one.askAbout(withinLimit, core) : answer(core, one, bulk);
}

const withinLimit = new QuestionAbout((core: Core, one) => answer(core, one, undefined));

function answer(core: Core, one: Case, bulk: Refusal | undefined): readonly Said[] {
  const { call, asked } = one;
  if (call === undefined) return NONE;
  const withheld = core.action === 'redact' ? 'block' : core.action;
  if (call === 'malformed' || asked === undefined || asked.overlong) return [bare('call-malformed', withheld)];
  if (!governs(core.tools, one)) return NONE;
  const refused = refusals(core, asked, one, bulk);
  if (refused.length === 0) return NONE;
  const about = aboutOf(core, one);
  const own = one.askAbout(refusedFor, about);
  const said = new Array<Said>(refused.length);
  for (let i = 0; i < refused.length; i++) {
    const refusal = refused[i];
    const { code, remove } = refusal;
    const told = about.told(refusal, own);
    if (core.action !== 'allow' && BREAKABLE.has(code) && one.ask(brokeGlass))
      said[i] = { action: 'alert', code: 'break-glass', facts: { ...told.facts, instead: code } };
    // Nothing else of a call than its scope can be narrowed: a call without its patient is another call.
    else if (core.action === 'redact' && remove !== undefined) said[i] = { ...told.as('redact'), remove };
    else said[i] = told.as(withheld);
  }
  return said;
}

/** What this message's own refusals rest on, with what the call is about: rules that refuse for the same reason rest on the same. */
const refusedFor = new QuestionAbout((_about: About) => new Map<Refusal, Told>());

function refusals(core: Core, asked: Asked, one: Case, bulk: Refusal | undefined): readonly Refusal[] {
  let found: readonly Refusal[] = NONE;
  if (core.scopeByTask !== undefined) found = one.askAbout(scope, core.scopeByTask);
  if (core.wildcards && asked.wildcards > 0) found = joined(found, [wildcards(asked.wildcards)]);
  if (bulk !== undefined) found = joined(found, [bulk]);
  if (core.samePatient) found = joined(found, one.ask(mismatch));
  if (core.careRelationship) found = joined(found, one.ask(care));
  if (core.verbs !== undefined) found = joined(found, one.askAbout(verbsRefused, core.verbs));
  return found;
}

const wildcards = counting('wildcard');

/** Most have nothing to say, and nothing is made for them. */
function joined(some: readonly Refusal[], more: readonly Refusal[]): readonly Refusal[] {
  return more.length === 0 ? some : some.length === 0 ? more : [...some, ...more];
}

export function governs(tools: readonly string[] | undefined, one: Case): boolean {
  return tools === undefined || one.askAbout(governed, tools);
}

const governed = new QuestionAbout((tools: readonly string[], one) => foldedNames(tools).has(one.ask(foldedName)));

const foldedName = new Question(({ call }) => (call === undefined || call === 'malformed' ? '' : folded(call.name)));

const foldedLists = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Names of tools in any of the ways to write them: `ehr_query` governs `ehrQuery`. */
function foldedNames(tools: readonly string[]): ReadonlySet<string> {
  let names = foldedLists.get(tools);
  if (names === undefined) foldedLists.set(tools, (names = new Set(tools.map(folded))));
  return names;
}

export function aboutOf(
  { tools, scopeByTask = NO_SCOPE }: Pick<ToolCallRule, 'tools' | 'scopeByTask'>,
  one: Case,
): About {
  const about = one.askAbout(aboutScope, scopeByTask);
  const name = one.tool === undefined && tools !== undefined ? one.askAbout(nameAmong, tools) : undefined;
  return name === undefined ? about : about.of(word(name));
}

const NO_SCOPE: NonNullable<ToolCallRule['scopeByTask']> = {};

/** The tool as the directory names it, and the task if the scope does. The same come with message after message. */
const aboutScope = new QuestionAbout((scopeByTask: typeof NO_SCOPE, { claims, tool }): About => {
  const { task = '' } = claims;
  const named = scopeOf(scopeByTask).tasks.has(task) ? task : '';
  const byTask = aboutTools.get(tool ?? NO_TOOL) ?? new Map<string, About>();
  let about = byTask.get(named);
  if (about === undefined) {
    about = new About({ ...(tool && { tool: word(tool.name) }), ...(named !== '' && { task: word(named) }) });
    if (byTask.size >= TASKS_MAX) byTask.clear();
    aboutTools.set(tool ?? NO_TOOL, byTask.set(named, about));
  }
  return about;
});

const NO_TOOL = {};
const TASKS_MAX = 256;
const aboutTools = new WeakMap<object, Map<string, About>>();

/** The tool as a rule names it. */
const nameAmong = new QuestionAbout((tools: readonly string[], one): string | undefined => {
  const name = one.ask(foldedName);
  return name === '' ? undefined : tools.find((tool) => folded(tool) === name);
});

/** No larger number is told, however many records are asked for. */
const COUNT_MAX = 999_999_999;

function beyond(max: number, count: number | 'unbounded' | 'unstated'): Refusal | undefined {
  if (typeof count === 'string') return { code: `records-${count}`, facts: { max } };
  if (count <= max) return undefined;
  return { code: 'bulk', facts: { max, count: Math.min(Math.ceil(count), COUNT_MAX) } };
}

const recordsAsked = new Question((one): number | 'unbounded' | 'unstated' => {
  const { asked, claims } = one;
  const { records, patients = NONE } = asked ?? {};
  if (records === 'unbounded') return records;
  if (records === undefined && patients.length === 0 && claims.patient === undefined) return 'unstated';
  return Math.max(records ?? 0, one.ask(patientsNamed));
});

const patientsNamed = new Question(({ asked }): number => {
  const patients = asked?.patients ?? NONE;
  return patients.length < 2 ? patients.length : new Set(patients).size;
});

/** By the parameters' names, and where these say nothing by what stands in them. */
const mismatch = new Question((one): readonly Refusal[] => {
  const { asked } = one;
  if (asked === undefined) return NONE;
  const subject = one.ask(subjectOf);
  if (subject === undefined) return asked.patients.length === 0 ? NONE : PATIENT_UNSTATED;
  let first: string | undefined;
  let others: Set<string> | undefined;
  for (const patient of asked.patients) {
    if (subject.is(patient)) continue;
    if (first === undefined) first = patient;
    else (others ??= new Set([first])).add(patient);
  }
  if (first !== undefined) return [mismatched(others?.size ?? 1)];
  const charts = one.ask(chartsOfOthers);
  return charts.length === 0 ? NONE : [mismatched(new Set(charts).size)];
});

const mismatched = counting('patient-mismatch');
const PATIENT_UNSTATED: readonly Refusal[] = [lasting('patient-unstated')];
const PROVIDER_UNSTATED: readonly Refusal[] = [lasting('provider-unstated')];
const UNCARED = { none: refusedCare('none'), ended: refusedCare('ended'), unknown: refusedCare('unknown') };

function refusedCare(standing: Exclude<Care, 'active'>): readonly Refusal[] {
  return [lasting(`care-relationship-${standing}`)];
}

/** How many patients of one call are looked up: a call with more is refused for it. */
const PATIENTS_MAX = 100;

const care = new Question((one): readonly Refusal[] => {
  const { asked, claims, tool, directory, now } = one;
  // A tool that is known to reach no data of patients needs nobody's care.
  if (asked === undefined || (tool !== undefined && tool.categories.length === 0)) return NONE;
  const { provider, tenant, patient } = claims;
  if (provider === undefined) return PROVIDER_UNSTATED;
  if (patient !== undefined && asked.patients.every((one) => one === patient)) {
    const standing = directory.care(tenant, provider, unprefixed(patient), now);
    return standing === 'active' ? NONE : UNCARED[standing];
  }
  const patients = new Set(patient === undefined ? asked.patients : [patient, ...asked.patients]);
  if (patients.size === 0) return PATIENT_UNSTATED;
  if (patients.size > PATIENTS_MAX) return [{ code: 'patients-too-many', facts: { count: patients.size } }];
  const standings = new Set<Care>();
  for (const one of patients) standings.add(directory.care(tenant, provider, unprefixed(one), now));
  standings.delete('active');
  return [...standings].flatMap((standing) => (standing === 'active' ? NONE : UNCARED[standing]));
});

/** How FHIR writes that a patient is meant. */
const REFERENCED = 'Patient/';

function unprefixed(patient: string): string {
  const id = patient.trim();
  return id.startsWith(REFERENCED) ? id.slice(REFERENCED.length) : id;
}
