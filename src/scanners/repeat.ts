/**
 * The same call once more: what makes two calls one, and which rules mind. Judging sees one message; whether a call has
 * been seen before is known to whoever has the session's state, so the decision is prepared here and taken there.
 */
import type { Json } from '../engine/object.js';
import type { Marker } from '../fingerprint/marker.js';
import type { Decided } from '../message.js';
import { ACTIONS, type ToolCallRule } from '../policy/rule.js';
import { holds } from './condition.js';
import { folded } from './data-categories.js';
import type { Case } from './scanner.js';
import { lasting } from './told.js';
import { aboutOf, governs } from './tool-call.js';
import type { Written } from './written.js';

export interface Once {
  /** Writes a text that is equal for equal calls of one conversation, however their members are ordered. */
  readonly call: (into: Marker) => void;
  /** Whose conversation it is, where no session is stated. */
  readonly conversation?: string;
  /** What is decided if it comes again. */
  readonly decisions: readonly Repeated[];
}

export interface Repeated extends Decided {
  readonly written: Written | undefined;
}

const REPEATED = lasting('call-repeated');

/** Of the rules that mind, those that apply; undefined where none does. */
export function onceOf(rules: readonly ToolCallRule[], one: Case): Once | undefined {
  const { call, claims } = one;
  if (rules.length === 0 || call === undefined || call === 'malformed') return undefined;
  const decisions: Repeated[] = [];
  for (const rule of rules) {
    if (!holds(rule.when, one) || !governs(rule.tools, one)) continue;
    const action = rule.action === 'redact' ? 'block' : rule.action;
    const { code, facts, written } = aboutOf(rule, one).told(REPEATED).as(action);
    decisions.push({ rule: rule.name, action, code, facts, written });
  }
  if (decisions.length === 0) return undefined;
  const conversation =
    claims.session === undefined ? JSON.stringify([claims.agent, claims.patient, claims.provider]) : undefined;
  const whose = claims.session ?? conversation ?? '';
  const { name, parameters } = call;
  const write = (into: Marker): void => {
    into.addMeasured(whose);
    into.addMeasured(folded(name));
    writeValue(parameters, into);
  };
  if (decisions.length > 1) decisions.sort((a, b) => rank(b) - rank(a));
  return conversation === undefined ? { call: write, decisions } : { call: write, conversation, decisions };
}

function rank({ action }: Decided): number {
  return (ACTIONS as readonly string[]).indexOf(action);
}

/**
 * One text for each value, its members in one order; texts with their lengths, so that none can be taken for another. Its depth
 * is bounded, or the call would be malformed.
 */
function writeValue(value: Json, into: Marker): void {
  if (typeof value === 'string') into.addMeasured(value);
  else if (typeof value !== 'object' || value === null) {
    into.add(String(value)).add(';');
  } else if (Array.isArray(value)) {
    into.add('[');
    for (const one of value) writeValue(one, into);
    into.add(']');
  } else {
    const members = value as { readonly [key: string]: Json };
    into.add('{');
    for (const key of inOrder(Object.keys(members))) {
      into.addMeasured(key);
      writeValue(members[key], into);
    }
    into.add('}');
  }
}

/** A call has few members, and a sort of its own costs more than to put one behind the other. */
const FEW = 16;

function inOrder(keys: string[]): string[] {
  if (keys.length > FEW) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i];
    let at = i;
    for (; at > 0 && keys[at - 1] > key; at--) keys[at] = keys[at - 1];
    keys[at] = key;
  }
  return keys;
}
