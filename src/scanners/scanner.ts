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

/** What a case is made of. */
export interface About {
  readonly claims: Claims;
  readonly directory: Directory;
  readonly now: number;
  /** The content as text, and what the engine found in it (offsets into it). */
  readonly content: string;
  readonly findings: readonly Finding[];
  readonly rosters: Rosters | undefined;
  readonly called: Called;
}

/** On the surface `tool_call`. */
export interface Called {
  /** `malformed` if it cannot be read as one. */
  readonly call: ToolCall | 'malformed' | undefined;
  /** What the call asks for, and what the directory knows of the tool. */
  readonly asked: Asked | undefined;
  readonly tool: Tool | undefined;
}

export type Question<T> = (one: Case) => T;
export type QuestionAbout<P, T> = (part: P, one: Case) => T;

/** All members are there in every case, in one order: rules read them for each message, and a guess at their place has to hold. */
export class Case {
  readonly claims: Claims;
  readonly directory: Directory;
  readonly now: number;
  readonly content: string;
  readonly findings: readonly Finding[];
  readonly rosters: Rosters | undefined;
  readonly call: Called['call'];
  readonly asked: Asked | undefined;
  readonly tool: Tool | undefined;
  private readonly answers = new Map<unknown, unknown>();

  constructor({ claims, directory, now, content, findings, rosters, called }: About) {
    this.claims = claims;
    this.directory = directory;
    this.now = now;
    this.content = content;
    this.findings = findings;
    this.rosters = rosters;
    this.call = called.call;
    this.asked = called.asked;
    this.tool = called.tool;
  }

  /** What does not depend on the rule is worked out once, when the first rule asks. */
  ask<T>(question: Question<T>): T {
    const known = this.answers.get(question) as T | undefined;
    if (known !== undefined || this.answers.has(question)) return known as T;
    const answer = question(this);
    this.answers.set(question, answer);
    return answer;
  }

  /** What depends on a part of a rule is worked out once for all rules that share that part. */
  askAbout<P extends object, T>(question: QuestionAbout<P, T>, part: P): T {
    let answers = this.answers.get(question) as Map<P, T> | undefined;
    if (answers === undefined) this.answers.set(question, (answers = new Map()));
    const known = answers.get(part);
    if (known !== undefined || answers.has(part)) return known as T;
    const answer = question(part, this);
    answers.set(part, answer);
    return answer;
  }
}

/** Offsets in the content. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Names from policy and directory, codes, counts: never a word of the message. */
export type DecisionFacts = Readonly<Record<string, string | number | readonly string[]>>;

/** What is said of a case, whichever rule says it. */
export interface Said {
  readonly action: Action;
  /** Why, of the scanner's own codes: `care-relationship-none`, `scope-exceeded`. */
  readonly code: string;
  /** Ids and codes that it rests on: task, tool, data categories, counts. */
  readonly facts: DecisionFacts;
  /** For `redact`: which findings, by their position in the case, and which parts of a tool call are taken out (JSON pointers). */
  readonly findings?: readonly number[] | undefined;
  readonly remove?: readonly string[] | undefined;
  /** Stretches of the content that are taken out as a whole. */
  readonly excise?: readonly Stretch[] | undefined;
  /** How those findings are replaced at least, if the plan's own style leaves more standing. */
  readonly style?: Style | undefined;
}

export interface Decision extends Said {
  readonly rule: string;
}

/** What a rule looks for and does on one surface: all of it but its name and where it applies. Rules with equal ones say the same. */
export type Clause<R extends Rule> = Omit<
  R,
  'name' | 'title' | 'severity' | 'surfaces' | 'when' | 'perSurface' | 'duplicates'
>;

/** What one clause says of a case; more than one thing if it has several reasons. */
export type Scan<R extends Rule> = (clause: Clause<R>, one: Case) => readonly Said[];
