/**
 * Whether a rule's condition holds of a case: every member that is there, by one of its list. A fact that is not known holds,
 * since a rule only ever takes away, unless the condition says otherwise; tools and verbs hold of tool calls only.
 */
import type { Condition } from '../policy/rule.js';
import { agentOf } from './agent.js';
import { type Case, Question, QuestionAbout } from './scanner.js';
import { governs } from './tool-call.js';
import { verbsOf } from './verbs.js';

export function holds(when: Condition | undefined, one: Case): boolean {
  return when === undefined || one.askAbout(holdsOf, when);
}

const holdsOf = new QuestionAbout((when: Condition, one): boolean => {
  const { claims, call } = one;
  const { agents, tasks, purposes, environments, tools, verbs } = when;
  if ((tools !== undefined || verbs !== undefined) && claims.surface !== 'tool_call') return false;
  const name = call === undefined || call === 'malformed' ? undefined : call.name;
  const unknown = when.unstated !== 'passes';
  const among = (list: readonly string[] | undefined, value: string | undefined): boolean =>
    list === undefined || (value === undefined ? unknown : list.includes(value));
  return (
    among(agents, claims.agent) &&
    among(tasks, claims.task) &&
    among(purposes, claims.purpose) &&
    (tools === undefined || (name === undefined ? unknown : governs(tools, one))) &&
    (environments === undefined || among(environments, one.ask(environmentOf))) &&
    (verbs === undefined || (one.ask(verbsOf)?.some((verb) => verbs.includes(verb)) ?? unknown))
  );
});

const environmentOf = new Question((one) => {
  const agent = one.ask(agentOf);
  return typeof agent === 'string' ? undefined : agent.environment;
});
