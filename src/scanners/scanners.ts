/**
 * The rules of a plan with their scanners, sorted once by the surface that they apply to. What rules say alike is one object
 * here, so that a case works it out once for all of them.
 */
import { SURFACES, type Surface } from '../message.js';
import { demandsOne } from '../policy/plan.js';
import type { Condition, Rule, ToolCallRule } from '../policy/rule.js';
import type { Vocabulary } from './asked.js';
import { authorization } from './authorization.js';
import { holds } from './condition.js';
import { DATA_CATEGORIES, folded } from './data-categories.js';
import { pii } from './pii.js';
import { type Once, onceOf } from './repeat.js';
import type { Case, Clause, Decision, Said } from './scanner.js';
import { toolCall } from './tool-call.js';

/** A rule taken apart: which one, when, and what it looks for and does. */
interface Compiled {
  readonly name: string;
  readonly when: Condition | undefined;
  readonly clause: AnyClause;
}

type AnyClause = { readonly [S in Rule['scanner']]: Clause<Extract<Rule, { scanner: S }>> }[Rule['scanner']];

/** The rules that may apply to messages of one surface. */
interface Applying {
  readonly rules: readonly Rule[];
  readonly compiled: readonly Compiled[];
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

  constructor(rules: readonly Rule[]) {
    const scopes = rules.flatMap((rule) => (rule.scanner === 'tool_call' ? Object.values(rule.scopeByTask ?? {}) : []));
    this.remembers = rules.some((rule) => rule.scanner === 'pii' && rule.crossPatient);
    const words = new Map([...DATA_CATEGORIES, ...scopes.flat().map((one) => [folded(one), one] as const)]);
    this.vocabulary = { words, names: new Map([...words].filter(([word, category]) => folded(category) === word)) };
    const compiled = compile(rules);
    const of = (surface: Surface): Applying => {
      const all = rules.filter(({ surfaces }) => surfaces.includes(surface));
      const once = all.flatMap((rule) =>
        rule.scanner === 'tool_call' && rule.duplicates && rule.action !== 'allow' ? [rule] : [],
      );
      const calls = all.some(({ scanner, when }) => scanner !== 'pii' || (when?.tools ?? when?.verbs) !== undefined);
      const applying = compiled.filter((_, i) => rules[i].surfaces.includes(surface));
      return { rules: all, compiled: applying, calls, demandsRoster: all.some(demandsOne), once };
    };
    this.bySurface = Object.fromEntries(SURFACES.map((one) => [one, of(one)])) as Record<Surface, Applying>;
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

  scan(one: Case): Decision[] {
    const decisions: Decision[] = [];
    for (const { name, when, clause } of this.bySurface[one.claims.surface].compiled) {
      if (when !== undefined && !holds(when, one)) continue;
      for (const said of one.askAbout(scan, clause)) decisions.push(decisionOf(name, said));
    }
    return decisions;
  }

  /** What is to be said of this call if it has come before. */
  once(one: Case): Once | undefined {
    return onceOf(this.bySurface[one.claims.surface].once, one);
  }
}

/** Clauses that say the same are one object, and so are their parts, which may be alike where the whole is not. */
function compile(rules: readonly Rule[]): readonly Compiled[] {
  const known = new Map<string, unknown>();
  const shared = <T>(part: T): T => {
    const text = JSON.stringify(part);
    if (!known.has(text)) known.set(text, part);
    return known.get(text) as T;
  };
  return rules.map((rule) => {
    const { name, title: _, severity: __, surfaces: ___, when, ...clause } = rule;
    const parts = Object.entries(clause).map(([key, part]) => [key, typeof part === 'object' ? shared(part) : part]);
    return { name, when: when && shared(when), clause: shared(Object.fromEntries(parts) as AnyClause) };
  });
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
function decisionOf(rule: string, { action, code, facts, findings, remove, excise, style }: Said): Decision {
  return { rule, action, code, facts, findings, remove, excise, style };
}
