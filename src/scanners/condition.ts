/** Whether a rule's condition holds of a case: every member that is there, by one of its list. What is not stated holds not. */
import type { Condition } from '../policy/rule.js';
import type { Case } from './scanner.js';

export function holds(when: Condition | undefined, one: Case): boolean {
  if (when === undefined) return true;
  const { claims, call } = one;
  const { agents, tasks, purposes, environments, tools, verbs } = when;
  const name = call === undefined || call === 'malformed' ? undefined : call.name;
  return (
    among(agents, claims.agent) &&
    among(tasks, claims.task) &&
    among(purposes, claims.purpose) &&
    among(tools, name) &&
    (environments === undefined || among(environments, environmentOf(one))) &&
    (verbs === undefined || verbsOf(one, name).some((verb) => verbs.includes(verb)))
  );
}

function among(list: readonly string[] | undefined, value: string | undefined): boolean {
  return list === undefined || (value !== undefined && list.includes(value));
}

function environmentOf({ claims, directory, now }: Case): string | undefined {
  if (claims.agent === undefined) return undefined;
  const agent = directory.agent(claims.tenant, claims.agent, now);
  return typeof agent === 'string' ? undefined : agent.environment;
}

function verbsOf({ claims, directory }: Case, tool: string | undefined) {
  return tool === undefined ? [] : (directory.tool(claims.tenant, tool)?.verbs ?? []);
}
