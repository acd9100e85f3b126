/**
 * A pool with a second policy that looks on: what it would have decided is compared with what was, and only the difference
 * is counted, by rule. It never holds up a message: it looks when nothing waits, at one batch at a time, and says how
 * many messages it had no time for.
 */
import type { Task } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { Difference } from '../telemetry/events.js';
import { factsOf, type Verdict } from '../verdict.js';
import type { Pool } from './pool.js';

export interface Shadowed {
  readonly messages: number;
  readonly skipped: number;
  readonly differences: readonly Difference[];
}

/** What no rule of either policy decided: how they treat what is left. */
const NO_RULE = 'otherwise';

/** `plan` answers none while nobody looks on. */
export function shadowing(pool: Pool, plan: () => Plan | undefined, tell: (shadowed: Shadowed) => void): Pool {
  let looking = false;
  const look = async (tasks: readonly Task[], was: readonly Verdict[], now: number, by: Plan): Promise<void> => {
    looking = true;
    try {
      const would = await pool.judge(tasks, now, by);
      tell({ messages: tasks.length, skipped: 0, differences: differencesOf(was, would) });
    } catch {
      // The pool was closed meanwhile: nothing depends on this.
    } finally {
      looking = false;
    }
  };
  return {
    engine: pool.engine,
    async judge(tasks, now, by) {
      const verdicts = await pool.judge(tasks, now, by);
      const shadow = plan();
      if (shadow === undefined || tasks.length === 0) return verdicts;
      if (looking || pool.status().queued > 0) tell({ messages: 0, skipped: tasks.length, differences: [] });
      else void look(tasks, verdicts, now, shadow);
      return verdicts;
    },
    warm: (...about) => pool.warm(...about),
    status: () => pool.status(),
    recycle: () => pool.recycle(),
    close: () => pool.close(),
  };
}

function differencesOf(was: readonly Verdict[], would: readonly Verdict[]): Difference[] {
  const counted = new Map<
    string,
    { rule: string; was: Verdict['outcome']; would: Verdict['outcome']; count: number }
  >();
  was.forEach((one, i) => {
    const other = would[i];
    if (sameAs(one, other)) return;
    for (const rule of rulesBetween(one, other)) {
      const key = `${rule} ${one.outcome} ${other.outcome}`;
      const seen = counted.get(key);
      if (seen === undefined) counted.set(key, { rule, was: one.outcome, would: other.outcome, count: 1 });
      else seen.count++;
    }
  });
  return [...counted.values()];
}

function sameAs(a: Verdict, b: Verdict): boolean {
  if (a.outcome !== b.outcome || a.reason !== b.reason) return false;
  return a.value === undefined || b.value === undefined ? a.value === b.value : a.value.equals(b.value);
}

/** Rules that have decided here and not there, or something else there. */
function rulesBetween(a: Verdict, b: Verdict): readonly string[] {
  const [ours, theirs] = [decidedBy(a), decidedBy(b)];
  const rules = new Set([...ours.keys(), ...theirs.keys()]);
  const apart = [...rules].filter((rule) => ours.get(rule) !== theirs.get(rule));
  return apart.length === 0 ? [NO_RULE] : apart;
}

function decidedBy(verdict: Verdict): ReadonlyMap<string, string> {
  return new Map((factsOf(verdict).decisions ?? []).map(({ rule, action }) => [rule, action]));
}
