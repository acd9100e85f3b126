/**
 * The scanners' contract: a case (one message with everything that is known about it) and a rule in, what was decided and
 * why out. Pure; the facts were gathered before. Codes and ids only: no decision quotes the message.
 */

import type { Directory } from '../directory/directory.js';
import type { Finding } from '../engine/finding.js';
import type { Json } from '../engine/object.js';
import type { Surface } from '../message.js';
import type { Action, Rule } from '../policy/rule.js';

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
  readonly identity?: 'verified' | 'unverified';
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
}

export interface Case {
  readonly claims: Claims;
  readonly directory: Directory;
  readonly now: number;
  /** The content as text, and what the engine found in it (offsets into it). */
  readonly content: string;
  readonly findings: readonly Finding[];
  /** On the surface `tool_call`; `malformed` if it cannot be read as one. */
  readonly call?: ToolCall | 'malformed';
  /** The same call of this session was seen a moment ago. */
  readonly repeated: boolean;
}

export interface Decision {
  readonly rule: string;
  readonly action: Action;
  /** Why, of the scanner's own codes: `care-relationship-none`, `scope-exceeded`. */
  readonly code: string;
  /** Ids and codes that it rests on: task, tool, data categories, counts. */
  readonly facts: Readonly<Record<string, string | number | readonly string[]>>;
  /** For `redact`: which findings, by their position in the case, and which parts of a tool call are taken out (JSON pointers). */
  readonly findings?: readonly number[];
  readonly remove?: readonly string[];
}

/** What one rule says of a case; several decisions if it has several reasons. */
export type Scan<R extends Rule> = (rule: R, one: Case) => readonly Decision[];
