/**
 * What facts about one thing say at a moment: each is a mark, a beginning and the first second behind its end. A withdrawal
 * takes all that began before it, whoever gave it; what is given anew counts again.
 */
import type { Care, Consent, Standing } from './directory.js';
import { Mark } from './facts.js';

export type Facts = readonly number[];
const FIELDS = 3;

/** `none` also where it has not begun. */
export function holds(facts: Facts, now: number): Exclude<Care, 'unknown'> {
  let ended = false;
  for (let i = 0; i < facts.length; i += FIELDS) {
    if (facts[i + 1] > now) continue;
    if (now < facts[i + 2]) return 'active';
    ended = true;
  }
  return ended ? 'ended' : 'none';
}

/** Who does not work here any more treats nobody. */
export function careBy(facts: Facts, provider: 'active' | 'ended' | 'none', now: number): Care {
  const care = holds(facts, now);
  return care === 'active' && provider !== 'active' ? 'ended' : care;
}

/** `unknown` where the address is not the patient's and no contact's. */
export function standingBy(facts: Facts, now: number): Standing {
  const withdrawn = lastWithdrawal(facts, now);
  const own = lastBegun(facts, Mark.Own, now);
  const given = lastBegun(facts, Mark.Given, now);
  if (own.active > withdrawn) return 'self';
  if (given.active > withdrawn) return 'authorized';
  if (withdrawn >= 0 || given.ended >= 0) return 'withdrawn';
  // It was the patient's own once: a number that was given up is somebody else's next month.
  return own.ended >= 0 ? 'other' : 'unknown';
}

/** Of two that hold at once the one that began last counts, and of those the one without AI. */
export function consentBy(facts: Facts, now: number): Exclude<Consent, 'unknown'> {
  const withdrawn = lastWithdrawal(facts, now);
  const given = lastBegun(facts, Mark.Given, now);
  const without = lastBegun(facts, Mark.NotForAi, now);
  if (Math.max(given.active, without.active) > withdrawn) return given.active > without.active ? 'given' : 'not-for-ai';
  if (Math.max(given.ended, without.ended) > withdrawn) return 'expired';
  return withdrawn >= 0 ? 'withdrawn' : 'none';
}

function lastWithdrawal(facts: Facts, now: number): number {
  let last = -1;
  for (let i = 0; i < facts.length; i += FIELDS) {
    if (facts[i] === Mark.Withdrawn && facts[i + 1] <= now) last = Math.max(last, facts[i + 1]);
  }
  return last;
}

/** When the last of them began that hold now, and of those that are over; -1 for none. */
function lastBegun(facts: Facts, mark: Mark, now: number): { readonly active: number; readonly ended: number } {
  let active = -1;
  let ended = -1;
  for (let i = 0; i < facts.length; i += FIELDS) {
    const from = facts[i + 1];
    if (facts[i] !== mark || from > now) continue;
    if (now < facts[i + 2]) active = Math.max(active, from);
    else ended = Math.max(ended, from);
  }
  return { active, ended };
}
