/**
 * The scanners' contract: a case (one message with everything that is known about it) and a rule in, what was decided and
 * why out. Pure; the facts were gathered before. Codes and ids only: no decision quotes the message.
 */

import type { Directory, Tool } from '../directory/directory.js';
import type { Finding } from '../engine/finding.js';
import type { Json } from '../engine/object.js';
import type { Style } from '../engine/styles.js';
import type { Surface } from '../message.js';
import type { Action, Rule } from '../policy/rule.js';
import type { Rosters } from '../roster/rosters.js';
import type { Asked } from './asked.js';

export const IDENTITIES = ['verified', 'unverified'] as const;
export type Identity = (typeof IDENTITIES)[number];

/** What the sender says about a message, beside its content. */
export interface Claims {
  readonly tenant: string;
  readonly surface: Surface;
  readonly agent?: string;
  readonly session?: string;
  readonly patient?: string;
  readonly task?: string;
  readonly purpose?: string;
  readonly provider?: string;
  readonly recipient?: Recipient;
  /** How sure it is whom the agent talks with. */
  readonly identity?: Identity;
  /** Break-glass: the reason that a person gave for reaching past the rules. */
  readonly breakGlass?: string;
  /** What somebody has approved of it before: `rule code`. Never the sender's word. */
  readonly approved?: readonly string[];
}

export interface Recipient {
  readonly id?: string;
  readonly channel?: string;
  readonly address?: string;
}

export interface ToolCall {
  readonly name: string;
  readonly parameters: Json;
  /** Where in the content the parameters stand: a JSON pointer. */
  readonly at: string;
}

export interface Case {
  readonly claims: Claims;
  readonly directory: Directory;
  readonly now: number;
  /** The content as text, and what the engine found in it (offsets into it). */
  readonly content: string;
  readonly findings: readonly Finding[];
  readonly rosters: Rosters | undefined;
  /** On the surface `tool_call`; `malformed` if it cannot be read as one. */
  readonly call?: ToolCall | 'malformed';
  /** What the call asks for, and what the directory knows of the tool. */
  readonly asked?: Asked;
  readonly tool?: Tool;
  /** What does not depend on the rule is worked out once, when the first rule asks. */
  ask<T>(question: Question<T>): T;
}

export type Question<T> = (one: Case) => T;

export function caseOf(about: Omit<Case, 'ask'>): Case {
  const answers = new Map<Question<unknown>, unknown>();
  const one: Case = {
    ...about,
    ask<T>(question: Question<T>): T {
      if (answers.has(question)) return answers.get(question) as T;
      const answer = question(one);
      answers.set(question, answer);
      return answer;
    },
  };
  return one;
}

/** Offsets in the content. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Names from policy and directory, codes, counts: never a word of the message. */
export type DecisionFacts = Readonly<Record<string, string | number | readonly string[]>>;

export interface Decision {
  readonly rule: string;
  readonly action: Action;
  /** Why, of the scanner's own codes: `care-relationship-none`, `scope-exceeded`. */
  readonly code: string;
  /** Ids and codes that it rests on: task, tool, data categories, counts. */
  readonly facts: DecisionFacts;
  /** For `redact`: which findings, by their position in the case, and which parts of a tool call are taken out (JSON pointers). */
  readonly findings?: readonly number[];
  readonly remove?: readonly string[];
  /** Stretches of the content that are taken out as a whole. */
  readonly excise?: readonly Stretch[];
  /** How those findings are replaced at least, if the plan's own style leaves more standing. */
  readonly style?: Style;
}

/** What one rule says of a case; several decisions if it has several reasons. */
export type Scan<R extends Rule> = (rule: R, one: Case) => readonly Decision[];
