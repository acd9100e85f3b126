/** What is decided once the sessions' state is known, added to what the judge has decided: the most severe of all holds. */
import type { Decided, Facts } from '../message.js';
import { ACTIONS, type Action } from '../policy/rule.js';
import { withheldBy } from '../scanners/decide.js';
import { hasContent, type Verdict } from '../verdict.js';

export function decidedLater(verdict: Verdict, facts: Facts, more: readonly Decided[]): Verdict {
  if (more.length === 0) return { ...verdict, facts: JSON.stringify(facts) };
  const { decisions = [], rules = [], ...rest } = facts;
  const rank = (action: string): number => (ACTIONS as readonly string[]).indexOf(action);
  const all = [...decisions, ...more].sort((a, b) => rank(b.action) - rank(a.action));
  const raised = [...new Set([...rules, ...more.map(({ rule }) => rule)])];
  const written = JSON.stringify({ ...rest, rules: raised, decisions: all });
  const withheld = withheldBy(all as readonly { readonly action: Action }[]);
  if (withheld === undefined || !hasContent(verdict)) return { ...verdict, facts: written };
  const { key, headers } = verdict;
  const [outcome, reason] = withheld;
  return { outcome, reason, facts: written, ...(key && { key }), ...(headers && { headers }) };
}
