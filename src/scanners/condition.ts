/**
 * Whether a rule's condition holds of a case: every member that is there, by one of its list. What is not known holds too:
 * a rule only ever takes away, and leaving out a fact must not be the way around it. Tools and verbs are of calls only.
 */
import type { Condition } from '../policy/rule.js';
import type { Case } from './scanner.js';

export function holds(when: Condition | undefined, one: Case): boolean {
  if (when === undefined) return true;
  const { claims, call } = one;
  const { agents, tasks, purposes, environments, tools, verbs } = when;
  if (call === undefined && (tools !== undefined || verbs !== undefined)) return false;
  const name = call === undefined || call === 'malformed' ? undefined : call.name;
  return (
    among(agents, claims.agent) &&
    among(tasks, claims.task) &&
    among(purposes, claims.purpose) &&
    among(tools, name) &&
    (environments === undefined || among(environments, environmentOf(one))) &&
    (verbs === undefined || anyAmong(verbs, verbsOf(one, name)))
  );
}

function among(list: readonly string[] | undefined, value: string | undefined): boolean {
  return list === undefined || value === undefined || list.includes(value);
}

function anyAmong(list: readonly string[], values: readonly string[] | undefined): boolean {
  return values === undefined || values.some((value) => list.includes(value));
}

function environmentOf({ claims, directory, now }: Case): string | undefined {
  if (claims.agent === undefined) return undefined;
  const agent = directory.agent(claims.tenant, claims.agent, now);
  return typeof agent === 'string' ? undefined : agent.environment;
}

function verbsOf({ claims, directory }: Case, tool: string | undefined): readonly string[] | undefined {
  return tool === undefined ? undefined : directory.tool(claims.tenant, tool)?.verbs;
}
