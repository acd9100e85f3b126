/**
 * Tool calls that come again within moments: a judge says what is to be decided then, the sessions' state whether it is so.
 * The message's own time counts, so that a backlog that is worked off in one go is not taken for a storm of calls.
 */
import { callRepeatMs, callsRemembered } from '../limits.js';
import type { Facts } from '../message.js';
import { ACTIONS, type Action } from '../policy/rule.js';
import { withheldBy } from '../scanners/decide.js';
import { hasContent, type Verdict } from '../verdict.js';

/** Calls of a session and when they came. */
export type Calls = readonly (readonly [call: string, time: number])[];

/** Whether a call is among those of the last moments, and those with it. */
export function remember(
  calls: Calls,
  call: string,
  time: number,
): { readonly repeated: boolean; readonly calls: Calls } {
  const recent = calls.filter(([, at]) => Math.abs(time - at) <= callRepeatMs);
  // One that is refused does not count: after the moments are over the call may be made again.
  if (recent.some(([one]) => one === call)) return { repeated: true, calls: recent };
  return { repeated: false, calls: [...recent, [call, time] as const].slice(-callsRemembered) };
}

/** The verdict on a call, once it is known whether it has come before; what was only prepared is left out. */
export function onceKnown(verdict: Verdict, facts: Facts, repeated: boolean): Verdict {
  const { once, decisions = [], rules = [], ...rest } = facts;
  if (once === undefined) return verdict;
  if (!repeated) return { ...verdict, facts: JSON.stringify(without(facts)) };
  const rank = (action: string): number => (ACTIONS as readonly string[]).indexOf(action);
  const all = [...decisions, ...once.decisions].sort((a, b) => rank(b.action) - rank(a.action));
  const raised = [...new Set([...rules, ...once.decisions.map(({ rule }) => rule)])];
  const written = JSON.stringify({ ...rest, rules: raised, decisions: all });
  const withheld = withheldBy(all as readonly { readonly action: Action }[]);
  if (withheld === undefined || !hasContent(verdict)) return { ...verdict, facts: written };
  const { key, headers } = verdict;
  const [outcome, reason] = withheld;
  return { outcome, reason, facts: written, ...(key && { key }), ...(headers && { headers }) };
}

function without({ once: _, ...facts }: Facts): Facts {
  return facts;
}
