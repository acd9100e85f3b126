/**
 * The same call once more: what makes two calls one, and which rules mind. Judging sees one message; whether a call has
 * been seen before is known to whoever has the session's state, so the decision is prepared here and taken there.
 */
import type { Json } from '../engine/object.js';
import type { Decided } from '../message.js';
import { ACTIONS, type ToolCallRule } from '../policy/rule.js';
import { holds } from './condition.js';
import { folded } from './data-categories.js';
import type { Case } from './scanner.js';
import { factsOf, governs } from './tool-call.js';

export interface Once {
  /** Equal for equal calls of one conversation, however their members are ordered. */
  readonly call: string;
  /** Whose conversation it is, where no session is stated. */
  readonly conversation?: string;
  /** What is decided if it comes again. */
  readonly decisions: readonly Decided[];
}

/** Of the rules that mind, those that apply; undefined where none does. */
export function onceOf(rules: readonly ToolCallRule[], one: Case): Once | undefined {
  const { call, claims } = one;
  if (rules.length === 0 || call === undefined || call === 'malformed') return undefined;
  const decisions: Decided[] = [];
  for (const rule of rules) {
    if (!holds(rule.when, one) || !governs(rule.tools, one)) continue;
    const action = rule.action === 'redact' ? 'block' : rule.action;
    decisions.push({ rule: rule.name, action, code: 'call-repeated', facts: factsOf(rule, one) });
  }
  if (decisions.length === 0) return undefined;
  const conversation =
    claims.session === undefined ? JSON.stringify([claims.agent, claims.patient, claims.provider]) : undefined;
  const whose = claims.session ?? conversation ?? '';
  const text = written(whose) + written(folded(call.name)) + written(call.parameters);
  if (decisions.length > 1) decisions.sort((a, b) => rank(b) - rank(a));
  return conversation === undefined ? { call: text, decisions } : { call: text, conversation, decisions };
}

function rank({ action }: Decided): number {
  return (ACTIONS as readonly string[]).indexOf(action);
}

/**
 * One text for each value, its members in one order; texts with their lengths, so that none can be taken for another. Its depth
 * is bounded, or the call would be malformed.
 */
function written(value: Json): string {
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (typeof value !== 'object' || value === null) return `${value};`;
  let out = '';
  if (Array.isArray(value)) {
    for (const one of value) out += written(one);
    return `[${out}]`;
  }
  const members = value as { readonly [key: string]: Json };
  for (const key of inOrder(Object.keys(members))) out += written(key) + written(members[key]);
  return `{${out}}`;
}

function inOrder(keys: string[]): string[] {
  for (let i = 1; i < keys.length; i++) if (keys[i] < keys[i - 1]) return keys.sort();
  return keys;
}
