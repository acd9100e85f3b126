/**
 * Tool calls that come again within moments: a judge says what is to be decided then, the sessions' state whether it is so.
 * The message's own time counts, so that a backlog that is worked off in one go is not taken for a storm of calls.
 */
import { callRepeatMs, callsRemembered } from '../limits.js';
import type { Facts } from '../message.js';
import { withApproved } from '../scanners/decide.js';
import type { Verdict } from '../verdict.js';
import { decidedLater } from './later.js';

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
export function onceKnown(verdict: Verdict, facts: Facts, repeated: boolean, approved?: readonly string[]): Verdict {
  const { once, ...rest } = facts;
  if (once === undefined) return verdict;
  return decidedLater(verdict, rest, repeated ? withApproved(once.decisions, approved) : []);
}
