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
  /** Asked as often as the rules want: it remembers its answers for as long as the case lasts. */
  readonly directory: Directory;
  readonly now: number;
  /** The content as text, and what the engine found in it (offsets into it). */
  readonly content: string;
  readonly findings: readonly Finding[];
  /** On the surface `tool_call`; `malformed` if it cannot be read as one. */
  readonly call?: ToolCall | 'malformed';
  /** What the call asks for, and what the directory knows of the tool. */
  readonly asked?: Asked;
  readonly tool?: Tool;
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
  /** How those findings are replaced at least, if the plan's own style leaves more standing. */
  readonly style?: Style;
}

/** What one rule says of a case; several decisions if it has several reasons. */
export type Scan<R extends Rule> = (rule: R, one: Case) => readonly Decision[];
