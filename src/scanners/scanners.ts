/**
 * The rules of a plan with their scanners, sorted once by the surface that they apply to. What rules say alike is one object
 * here, so that a case works it out once for all of them.
 */
import { SURFACES, type Surface } from '../message.js';
import { demandsOne } from '../policy/plan.js';
import type { AuthorizationRule, Condition, CrossCheck, PiiRule, Rule, ToolCallRule } from '../policy/rule.js';
import { authorization } from './authorization.js';
import { holds } from './condition.js';
import { DATA_CATEGORIES, folded } from './data-categories.js';
import { Vocabulary } from './glossary.js';
import { pii } from './pii.js';
import { type Once, onceOf } from './repeat.js';
import { type Case, type Claims, type Clause, type Decision, NONE, type Said } from './scanner.js';
import { type ToolCallClause, toolCall } from './tool-call.js';

/** A rule taken apart: which one, when, and which of the clauses it is. */
interface Compiled {
  readonly name: string;
  readonly when: Condition | undefined;
  readonly clause: number;
}

/** What rules look for and do, with the conditions of those that do: none if one of them does so always. */
interface Asking {
  readonly clause: AnyClause;
  readonly whens: readonly Condition[];
}

type AnyClause = Clause<PiiRule> | ToolCallClause | Clause<AuthorizationRule>;

/** The rules that may apply to messages of one surface. */
interface Applying {
  readonly rules: readonly Rule[];
  readonly compiled: readonly Compiled[];
  /** What all of these look for and do, each only once. */
  readonly clauses: readonly Asking[];
  /** Whether any of them asks what a tool call is, and not only what is found in it. */
  readonly calls: boolean;
  /** Whether any of them lets nothing pass without a roster. */
  readonly demandsRoster: boolean;
  /** Those that mind a call that comes again. */
  readonly once: readonly ToolCallRule[];
}

export class Scanners {
  private readonly bySurface: Readonly<Record<Surface, Applying>>;
  /** Words for kinds of data: those of the policy, then those that everybody knows. */
  readonly vocabulary: Vocabulary;

  /** Whether a rule wants to know what a session has seen before. */
  readonly remembers: boolean;

  private readonly trusted: readonly NonNullable<CrossCheck['learnFrom']>[];

  constructor(rules: readonly Rule[]) {
    const scopes = rules.flatMap((rule) => (rule.scanner === 'tool_call' ? Object.values(rule.scopeByTask ?? {}) : []));
    this.remembers = rules.some((rule) => rule.scanner === 'pii' && rule.crossPatient);
    this.trusted = rules.flatMap((rule) => (rule.scanner === 'pii' ? (rule.crossCheck?.learnFrom ?? []) : []));
    const words = new Map([...DATA_CATEGORIES, ...scopes.flat().map((one) => [folded(one), one] as const)]);
    this.vocabulary = new Vocabulary(words);
    const shared = sharing();
    const of = (surface: Surface): Applying => {
      const all = rules.filter(({ surfaces }) => surfaces.includes(surface));
      const once = all.flatMap((rule) =>
        rule.scanner === 'tool_call' && rule.duplicates && rule.action !== 'allow' ? [partsOf(rule, shared)] : [],
      );
      const calls = all.some(({ scanner, when }) => scanner !== 'pii' || (when?.tools ?? when?.verbs) !== undefined);
      return { rules: all, ...compile(all, surface, shared), calls, demandsRoster: all.some(demandsOne), once };
    };
    this.bySurface = Object.fromEntries(SURFACES.map((one) => [one, of(one)])) as Record<Surface, Applying>;
  }

  /** Whether what a message says of whose a value is may be believed in other sessions; who does not say is nobody's agent. */
  learnsFrom({ surface, agent }: Claims): boolean {
    return this.trusted.some(
      ({ surfaces, agents }) =>
        surfaces.includes(surface) && (agents === undefined || (agent !== undefined && agents.includes(agent))),
    );
  }

  /** Whether any rule looks at messages of a surface. */
  reads(surface: Surface): boolean {
    return this.bySurface[surface].rules.length > 0;
  }

  readsCalls(surface: Surface): boolean {
    return surface === 'tool_call' && this.bySurface[surface].calls;
  }

  demandsRoster(surface: Surface): boolean {
    return this.bySurface[surface].demandsRoster;
  }

  rules(surface: Surface): readonly Rule[] {
    return this.bySurface[surface].rules;
  }

  scan(one: Case): readonly Decision[] {
    const { compiled, clauses } = this.bySurface[one.claims.surface];
    // Most clauses have nothing to say: only where one has, it matters which rules say it.
    let said: (readonly Said[])[] | undefined;
    for (let i = 0; i < clauses.length; i++) {
      const { clause, whens } = clauses[i];
      if (whens.length > 0 && !someHolds(whens, one)) continue;
      const says = scan(clause, one);
      if (says.length > 0) (said ??= new Array<readonly Said[]>(clauses.length).fill(NONE))[i] = says;
    }
    return said === undefined ? NONE : decisionsOf(compiled, said, one);
  }

  /** What is to be said of this call if it has come before. */
  once(one: Case): Once | undefined {
    return onceOf(this.bySurface[one.claims.surface].once, one);
  }
}

type Sharing = <T>(part: T) => T;

/** Parts of rules that are equal become one object: a case is asked about it once. */
function sharing(): Sharing {
  const known = new Map<string, unknown>();
  return <T>(part: T): T => {
    const text = JSON.stringify(part);
    if (!known.has(text)) known.set(text, part);
    return known.get(text) as T;
  };
}

/** The same of shared parts. */
function partsOf<T extends object>(one: T, shared: Sharing): T {
  const parts = Object.entries(one).map(([key, part]) => [key, typeof part === 'object' ? shared(part) : part]);
  return Object.fromEntries(parts) as T;
}

function compile(rules: readonly Rule[], surface: Surface, shared: Sharing): Pick<Applying, 'compiled' | 'clauses'> {
  const clauses: AnyClause[] = [];
  const compiled = rules.map((rule): Compiled => {
    const { name } = rule;
    const when = rule.when && shared(rule.when);
    const clause = shared(partsOf(clauseOf(rule, surface, shared), shared));
    if (!clauses.includes(clause)) clauses.push(clause);
    return { name, when, clause: clauses.indexOf(clause) };
  });
  const asking = clauses.map((clause, i): Asking => {
    const whens = compiled.filter((rule) => rule.clause === i).map(({ when }) => when);
    return { clause, whens: whens.includes(undefined) ? [] : [...new Set(whens.filter((when) => when !== undefined))] };
  });
  return { compiled, clauses: asking };
}

function someHolds(whens: readonly Condition[], one: Case): boolean {
  for (const when of whens) if (holds(when, one)) return true;
  return false;
}

/** In the order of the rules. */
function decisionsOf(compiled: readonly Compiled[], said: readonly (readonly Said[])[], one: Case): Decision[] {
  const decisions: Decision[] = [];
  for (let at = 0; at < compiled.length; at++) {
    const { name, when, clause } = compiled[at];
    const says = said[clause];
    if (says.length === 0 || !holds(when, one)) continue;
    for (const each of says) decisions.push(decisionOf(name, at, each));
  }
  return decisions;
}

function clauseOf(
  { name: _, title: __, severity: ___, surfaces: ____, when: _____, ...rest }: Rule,
  surface: Surface,
  shared: Sharing,
): AnyClause {
  switch (rest.scanner) {
    case 'pii': {
      const { perSurface, ...clause } = rest;
      return { ...clause, action: perSurface[surface] ?? clause.action };
    }
    case 'tool_call': {
      // Whether a call came before is not asked of the case.
      const { duplicates: _, recordsMax, ...core } = rest;
      return { scanner: rest.scanner, recordsMax, core: partsOf(core, shared) };
    }
    case 'authorization':
      return rest;
  }
}

function scan(clause: AnyClause, one: Case): readonly Said[] {
  switch (clause.scanner) {
    case 'pii':
      return pii(clause, one);
    case 'tool_call':
      return toolCall(clause, one);
    case 'authorization':
      return authorization(clause, one);
  }
}

/** Member by member, so that all decisions are of one form, whatever was said. */
function decisionOf(
  rule: string,
  at: number,
  { action, code, facts, written, findings, remove, excise, style }: Said,
): Decision {
  return { rule, at, action, code, facts, written, findings, remove, excise, style };
}
