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
import type { Written } from './written.js';

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

/** On the surface `tool_call`. */
export interface Called {
  /** `malformed` if it cannot be read as one. */
  readonly call: ToolCall | 'malformed' | undefined;
  /** What the call asks for, and what the directory knows of the tool. */
  readonly asked: Asked | undefined;
  readonly tool: Tool | undefined;
}

/** Something that rules ask of a case. Each has a place of its own among the answers. */
export class Question<T> {
  static #asked = 0;
  /** How many there are. */
  static get count(): number {
    return Question.#asked;
  }

  readonly place = Question.#asked++;

  constructor(readonly answer: (one: Case) => T) {}
}

/** The same about a part of a rule. */
export class QuestionAbout<P extends object, T> {
  readonly answers: Question<Answers<P, T>>;

  constructor(readonly answer: (part: P, one: Case) => T) {
    this.answers = new Question(() => new Answers<P, T>());
  }
}

/** By part of a rule: most are asked about one alone. */
class Answers<P extends object, T> {
  private part: P | undefined;
  private first: T | undefined;
  private others: Map<P, T> | undefined;

  of(part: P, { answer }: QuestionAbout<P, T>, one: Case): T {
    if (this.part === part) return this.first as T;
    if (this.part === undefined) {
      this.part = part;
      return (this.first = answer(part, one));
    }
    this.others ??= new Map();
    let known = this.others.get(part);
    if (known === undefined) this.others.set(part, (known = answer(part, one)));
    return known;
  }
}

/** Stands for an answer that is undefined. */
const NOTHING = Symbol('nothing');

/** One message with everything that is known about it. */
export class Case {
  private readonly answers: unknown[] = new Array(Question.count);

  constructor(
    readonly claims: Claims,
    readonly directory: Directory,
    readonly now: number,
    /** As text, and what the engine found in it (offsets into it). */
    readonly content: string,
    readonly findings: readonly Finding[],
    readonly rosters: Rosters | undefined,
    readonly called: Called,
  ) {}

  get call(): Called['call'] {
    return this.called.call;
  }

  get asked(): Asked | undefined {
    return this.called.asked;
  }

  get tool(): Tool | undefined {
    return this.called.tool;
  }

  /** What does not depend on the rule is worked out once, when the first rule asks. */
  ask<T>({ place, answer }: Question<T>): T {
    const known = this.answers[place];
    if (known !== undefined) return (known === NOTHING ? undefined : known) as T;
    const found = answer(this);
    this.answers[place] = found === undefined ? NOTHING : found;
    return found;
  }

  /** What depends on a part of a rule is worked out once for all rules that share that part. */
  askAbout<P extends object, T>(question: QuestionAbout<P, T>, part: P): T {
    return this.ask(question.answers).of(part, question, this);
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
  /** These three as they are written, where that was prepared. */
  readonly written?: Written | undefined;
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
  /** Its place among the rules. */
  readonly at: number;
}

/** What a rule looks for and does on one surface: all of it but its name and where it applies. Rules with equal ones say the same. */
export type Clause<R extends Rule> = Omit<
  R,
  'name' | 'title' | 'severity' | 'surfaces' | 'when' | 'perSurface' | 'duplicates'
>;

/** Nothing to say. */
export const NONE: readonly never[] = [];

/** What one clause says of a case; more than one thing if it has several reasons. */
export type Scan<R extends Rule> = (clause: Clause<R>, one: Case) => readonly Said[];
