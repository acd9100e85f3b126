/**
 * A compiled rule as the single things that it says, each in a few words: what it does where, what it asks for, what it
 * lets pass, what it counts. Rules are told and compared by these.
 */
import { ACTIONS, type Action, type Condition, type PiiRule, type Rule, type ToolCallRule } from './rule.js';

export interface Facets {
  /** By surface. */
  readonly actions: Readonly<Record<string, Action>>;
  /** What the rule looks for or applies to: less of it allows more. `group *` covers all of its group. */
  readonly asks: readonly string[];
  /** What is let pass in spite of it: more of it allows more. */
  readonly grants: readonly string[];
  /** Largest numbers: higher allows more; one that is not there is none. */
  readonly limits: Readonly<Record<string, number>>;
}

const CONDITIONS = [
  'agents',
  'tasks',
  'purposes',
  'environments',
  'tools',
  'verbs',
] as const satisfies readonly (keyof Condition)[];

export function facetsOf(rule: Rule): Facets {
  const applies = CONDITIONS.flatMap((key) => (rule.when?.[key] ?? ['*']).map((value) => `when ${key} ${value}`));
  if (rule.when?.unstated !== 'passes') applies.push(UNSTATED);
  const actions = Object.fromEntries(
    rule.surfaces.map((surface) => [surface, (rule.scanner === 'pii' && rule.perSurface[surface]) || rule.action]),
  );
  const plain = { actions, grants: [], limits: {} };
  switch (rule.scanner) {
    case 'pii':
      return { ...plain, asks: [...applies, ...piiAsks(rule)] };
    case 'tool_call':
      return {
        actions,
        asks: [...applies, ...toolCallAsks(rule)],
        grants: toolCallGrants(rule),
        limits: rule.recordsMax === undefined ? {} : { records: rule.recordsMax },
      };
    case 'authorization':
      return {
        ...plain,
        asks: [
          ...applies,
          ...flags({
            'a verified identity': rule.identityVerification,
            'authorized contacts': rule.authorizedContacts,
            'verified recipients': rule.unverifiedRecipients,
            'secure channels': rule.secureChannels,
            consent: rule.consent,
          }),
        ],
      };
  }
}

const UNSTATED = 'who does not say';

export function rank(action: Action | undefined): number {
  return action === undefined ? 0 : ACTIONS.indexOf(action);
}

/** Whether one thing that is asked for is in what another rule asks for. */
export function covered(ask: string, asks: readonly string[]): boolean {
  if (asks.includes(ask)) return true;
  const words = ask.split(' ');
  return words.length > 1 && asks.includes(`${words.slice(0, -1).join(' ')} *`);
}

function piiAsks({ select, crossPatient, crossCheck, applies }: PiiRule): readonly string[] {
  return [
    ...select.flatMap(({ category, kinds }) => (kinds ?? ['*']).map((kind) => `finds ${category} ${kind}`)),
    ...flags({
      'other patients': crossPatient,
      'a roster': crossPatient && crossCheck?.roster === 'required',
      'other patients who are only likely': crossPatient && crossCheck?.from === 'medium',
      'what trusted sources have taught': crossPatient && crossCheck?.learnFrom !== undefined,
      'what anybody may have too': applies === 'any',
    }),
  ];
}

function toolCallAsks({ action, tools, scopeByTask, verbs, ...rule }: ToolCallRule): readonly string[] {
  return [
    ...(tools ?? ['*']).map((tool) => `governs ${tool}`),
    ...flags({
      'no more than the task needs': scopeByTask !== undefined,
      'verbs that are allowed': verbs !== undefined,
      'no query for everything': rule.wildcards,
      'the patient of the session': rule.samePatient,
      'a care relationship': rule.careRelationship,
      'no call twice': rule.duplicates,
      // Who narrows blocks the rest; a rule that asks a person lets all of it through, in the end.
      'nothing else of a call that cannot be narrowed': action === 'redact' || action === 'block',
    }),
  ];
}

function toolCallGrants({ scopeByTask = {}, verbs = [] }: ToolCallRule): readonly string[] {
  const data = Object.entries(scopeByTask).flatMap(([task, categories]) => categories.map((one) => `${task}: ${one}`));
  return [...data, ...verbs.map((verb) => `verb ${verb}`)];
}

function flags(of: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.entries(of).flatMap(([name, on]) => (on ? [name] : []));
}
