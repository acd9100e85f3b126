/**
 * From what the rules say to what is done: the most severe action wins, whatever the order of rules; alerts add up. What
 * a rule takes out stays out, whatever another says, so that one more rule never lets more pass.
 */
import type { Finding } from '../engine/finding.js';
import type { Style } from '../engine/styles.js';
import { ACTIONS, type Action } from '../policy/rule.js';
import type { OutcomeName, Reason } from '../verdict.js';
import { type Decision, NONE, type Stretch } from './scanner.js';

/** What withholds the content, with the outcome and the reason that stand in its place. */
const WITHHOLDS: Readonly<Partial<Record<Action, readonly [OutcomeName, Reason]>>> = {
  step_up: ['pending', 'step-up-required'],
  require_approval: ['pending', 'approval-required'],
  block: ['blocked', 'policy'],
};

const RANK = Object.fromEntries(ACTIONS.map((action, rank) => [action, rank])) as Readonly<Record<Action, number>>;

export interface Decided {
  /** The most severe first; of equal ones in the policy's order. */
  readonly decisions: readonly Decision[];
  /** Why there is no content, if there is none. */
  readonly withheld: readonly [outcome: OutcomeName, reason: Reason] | undefined;
  /** For each finding how it is replaced; `null` leaves it as it stands. Undefined: all of them in the plan's style. */
  readonly styles: readonly (Style | null)[] | undefined;
  /** Parts of a tool call that are taken out. */
  readonly remove: readonly string[];
  /** Stretches of the content that are taken out. */
  readonly excise: readonly Stretch[];
}

export interface Terms {
  readonly style: Style;
  readonly otherwise: 'redact' | 'allow';
}

export function decide(said: readonly Decision[], findings: readonly Finding[], { style, otherwise }: Terms): Decided {
  let styles: (Style | null)[] | undefined;
  if (otherwise === 'allow') styles = findings.map(() => null);
  if (said.length === 0) return { decisions: NONE, withheld: undefined, styles, remove: NONE, excise: NONE };
  const decisions = ranked(said.some(allows) ? said.filter((one) => !allows(one)) : said);
  const remove = new Set<string>();
  const excise: Stretch[] = [];
  for (const decision of decisions) {
    if (decision.action !== 'redact') continue;
    const wanted = decision.style ?? style;
    if (wanted !== style) styles ??= findings.map(() => style);
    if (styles !== undefined)
      for (const at of decision.findings ?? NONE) styles[at] = stricter(styles[at], wanted, style);
    for (const pointer of decision.remove ?? []) remove.add(pointer);
    if (decision.excise !== undefined) excise.push(...decision.excise);
  }
  return { decisions, withheld: withheldBy(decisions), styles, remove: [...remove], excise };
}

/** The most severe first; of equal ones as they were said. */
export function ranked(decisions: readonly Decision[]): readonly Decision[] {
  for (let i = 1; i < decisions.length; i++) {
    const { action } = decisions[i];
    const before = decisions[i - 1].action;
    if (action !== before && RANK[action] > RANK[before])
      return [...decisions].sort((a, b) => RANK[b.action] - RANK[a.action]);
  }
  return decisions;
}

function allows({ action }: Decision): boolean {
  return action === 'allow';
}

/** Two rules that take the same thing out in two ways leave what neither of them minds: nothing of the finding. */
function stricter(before: Style | null, wanted: Style, own: Style): Style {
  if (before === null || before === wanted) return wanted;
  // A keyed hash is made from the identifier, which Safe Harbor does not let stand (164.514(c)); the others leave nothing.
  return own === 'hash' ? 'label' : before === 'safe-harbor' ? wanted : before;
}

/** By the first of them, which is the most severe. */
export function withheldBy(decisions: readonly Pick<Decision, 'action'>[]): Decided['withheld'] {
  return decisions.length === 0 ? undefined : WITHHOLDS[decisions[0].action];
}

/** What a person has to decide. */
export function asks({ action }: { readonly action: string }): boolean {
  return action === 'require_approval' || action === 'step_up';
}

/** What somebody has approved, by rule and reason, is told instead of held; all else stays as it was said. */
export function withApproved<D extends { readonly rule: string; readonly action: string; readonly code: string }>(
  decisions: readonly D[],
  approved: readonly string[] | undefined,
): readonly D[] {
  if (approved === undefined) return decisions;
  return decisions.map((one) =>
    asks(one) && approved.includes(`${one.rule} ${one.code}`) ? { ...one, action: 'alert' satisfies Action } : one,
  );
}

/** What a rule has done to a message that a person should know of. */
export function alerts({ action }: Decision): boolean {
  return action !== 'allow' && action !== 'redact';
}
