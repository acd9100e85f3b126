/**
 * A policy's own tests, run on whatever judges messages: a policy that does not do what it says it does is not put in
 * force. What comes out is told in actions and codes, never in words of the test.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Task } from '../message.js';
import { factsOf, hasContent, type Verdict } from '../verdict.js';
import type { Policy, PolicyTest } from './load.js';
import type { Plan } from './plan.js';
import type { Problem } from './problem.js';
import { ACTIONS, type Action } from './rule.js';
import type { FactsDocument, TestDocument } from './test-schema.js';

/** Judges as the gate would, by a plan and what the tests take for the directory. Throws where that is no directory. */
export type Bench = (plan: Plan, facts: FactsDocument, tenant: string) => Trial;
export type Trial = (task: Task, now: number) => Verdict;

/** Where tests take place that do not say: equal at each run. */
const NOW = Date.UTC(2026, 0, 15, 12);

const WITHHELD: Readonly<Record<string, Action>> = {
  policy: 'block',
  'approval-required': 'require_approval',
  'step-up-required': 'step_up',
};

/** What speaks against the policy: nothing, if all its tests come out as they say. */
export function selftest({ plan, tests, facts }: Policy, bench: Bench): readonly Problem[] {
  const trials = new Map<string, Trial | undefined>();
  const trialOf = (tenant: string | undefined): Trial | undefined => {
    const whose = tenant ?? plan.tenant;
    if (!trials.has(whose))
      trials.set(
        whose,
        attempt(() => bench(plan, facts(tenant), whose)),
      );
    return trials.get(whose);
  };
  return tests.flatMap((one) => {
    const trial = trialOf(one.tenant);
    if (trial === undefined) return [one.problem('test-impossible', 'facts: not what a directory takes')];
    const failed = run(one, plan.tenant, trial);
    return failed === undefined ? [] : [one.problem('test-failed', failed)];
  });
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Undefined if it comes out as it says. */
function run({ test, tenant }: PolicyTest, otherwise: string, trial: Trial): string | undefined {
  const envelope = { tenant: tenant ?? otherwise, ...test.context, content: test.content };
  const task: Task = { surface: test.scope, key: null, value: Buffer.from(JSON.stringify(envelope)), headers: [] };
  const verdict = trial(task, test.at === undefined ? NOW : Date.parse(test.at));
  const came = cameOut(verdict, test);
  const { decisions = [] } = factsOf(verdict);
  const codes = [...new Set(decisions.map(({ code }) => code))];
  const missing = (test.codes ?? []).filter((code) => !codes.includes(code));
  if (came === test.expect && missing.length === 0) return undefined;
  const why = codes.length === 0 ? 'no rule decided' : codes.join(', ');
  return came === test.expect
    ? `${came}, but not for ${missing.filter((code) => /^[a-z-]{1,40}$/.test(code)).join(', ')}: ${why}`
    : `expected ${test.expect}, it is ${came}: ${why}`;
}

/** The most that was done; `alert` is what passes untouched and is told to somebody. */
function cameOut(verdict: Verdict, { content }: TestDocument): Action | 'could-not-scan' {
  if (!hasContent(verdict)) return WITHHELD[verdict.reason] ?? 'could-not-scan';
  if (verdict.value !== undefined && !isDeepStrictEqual(contentIn(verdict.value), plain(content))) return 'redact';
  const { decisions = [] } = factsOf(verdict);
  const most = decisions.reduce((max, { action }) => Math.max(max, ACTIONS.indexOf(action as Action)), 0);
  return ACTIONS[most] === 'alert' ? 'alert' : 'allow';
}

function contentIn(value: Buffer): unknown {
  return (JSON.parse(value.toString()) as { content: unknown }).content;
}

/** As it is after the way through JSON: objects of a policy have no prototype. */
function plain(content: TestDocument['content']): unknown {
  return JSON.parse(JSON.stringify(content));
}
