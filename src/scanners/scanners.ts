/** The rules of a plan with their scanners, sorted once by the surface that they apply to. */
import { SURFACES, type Surface } from '../message.js';
import type { CrossCheck, Rule, ToolCallRule } from '../policy/rule.js';
import type { Vocabulary } from './asked.js';
import { authorization } from './authorization.js';
import { holds } from './condition.js';
import { DATA_CATEGORIES, folded } from './data-categories.js';
import { pii } from './pii.js';
import { type Once, onceOf } from './repeat.js';
import type { Case, Claims, Decision } from './scanner.js';
import { toolCall } from './tool-call.js';

/** The rules that may apply to messages of one surface. */
interface Applying {
  readonly rules: readonly Rule[];
  /** Whether any of them asks what a tool call is, and not only what is found in it. */
  readonly calls: boolean;
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
    this.vocabulary = { words, names: new Map([...words].filter(([word, category]) => folded(category) === word)) };
    const of = (surface: Surface): Applying => {
      const all = rules.filter(({ surfaces }) => surfaces.includes(surface));
      const once = all.flatMap((rule) =>
        rule.scanner === 'tool_call' && rule.duplicates && rule.action !== 'allow' ? [rule] : [],
      );
      const calls = all.some(({ scanner, when }) => scanner !== 'pii' || (when?.tools ?? when?.verbs) !== undefined);
      return { rules: all, calls, once };
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

  rules(surface: Surface): readonly Rule[] {
    return this.bySurface[surface].rules;
  }

  scan(one: Case): Decision[] {
    const said: Decision[] = [];
    for (const rule of this.bySurface[one.claims.surface].rules) {
      if (holds(rule.when, one)) for (const decision of scanWith(rule, one)) said.push(decision);
    }
    return said;
  }

  /** What is to be said of this call if it has come before. */
  once(one: Case): Once | undefined {
    return onceOf(this.bySurface[one.claims.surface].once, one);
  }
}

function scanWith(rule: Rule, one: Case): readonly Decision[] {
  switch (rule.scanner) {
    case 'pii':
      return pii(rule, one);
    case 'tool_call':
      return toolCall(rule, one);
    case 'authorization':
      return authorization(rule, one);
  }
}
