/**
 * The same call once more: what makes two calls one, and which rules mind. Judging sees one message; whether a call has
 * been seen before is known to whoever has the session's state, so the decision is prepared here and taken there.
 */
import type { Json } from '../engine/object.js';
import type { Decided } from '../message.js';
import type { Rule } from '../policy/rule.js';
import { ACTIONS } from '../policy/rule.js';
import { folded } from './data-categories.js';
import type { Case } from './scanner.js';
import { factsOf, governs } from './tool-call.js';

export interface Once {
  /** Equal for equal calls of one conversation, however their members are ordered. */
  readonly call: string;
  /** Whose conversation it is, where no session is stated. */
  readonly conversation: string;
  /** What is decided if it comes again. */
  readonly decisions: readonly Decided[];
}

/** Undefined where no rule minds. */
export function onceOf(rules: readonly Rule[], one: Case): Once | undefined {
  const { call, claims } = one;
  if (call === undefined || call === 'malformed') return undefined;
  const decisions = rules.flatMap((rule): Decided[] => {
    if (rule.scanner !== 'tool_call' || !rule.duplicates || rule.action === 'allow') return [];
    if (!governs(rule.tools, call.name)) return [];
    const action = rule.action === 'redact' ? 'block' : rule.action;
    return [{ rule: rule.name, action, code: 'call-repeated', facts: factsOf(rule, one) }];
  });
  if (decisions.length === 0) return undefined;
  const conversation = JSON.stringify([claims.agent, claims.patient, claims.provider]);
  const said = [claims.session ?? conversation, folded(call.name), ordered(call.parameters)];
  return {
    call: JSON.stringify(said),
    conversation,
    decisions: decisions.sort((a, b) => rank(b) - rank(a)),
  };
}

function rank({ action }: Decided): number {
  return (ACTIONS as readonly string[]).indexOf(action);
}

/** Members in one order. Its depth is bounded, or the call would be malformed. */
function ordered(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(ordered);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return members.map(([key, one]): Json => [key, ordered(one)]);
}
