/** The rules of a plan with their scanners, sorted once by the surface that they apply to. */
import { SURFACES, type Surface } from '../message.js';
import type { Rule } from '../policy/rule.js';
import type { Vocabulary } from './asked.js';
import { authorization } from './authorization.js';
import { holds } from './condition.js';
import { DATA_CATEGORIES, folded } from './data-categories.js';
import { pii } from './pii.js';
import type { Case, Decision } from './scanner.js';
import { toolCall } from './tool-call.js';

export class Scanners {
  private readonly bySurface: Readonly<Record<Surface, readonly Rule[]>>;

  /** Words for kinds of data: those of the policy, then those that everybody knows. */
  readonly vocabulary: Vocabulary;

  constructor(rules: readonly Rule[]) {
    const scopes = rules.flatMap((rule) => (rule.scanner === 'tool_call' ? Object.values(rule.scopeByTask ?? {}) : []));
    this.vocabulary = new Map([...DATA_CATEGORIES, ...scopes.flat().map((one) => [folded(one), one] as const)]);
    const of = (surface: Surface) => rules.filter(({ surfaces }) => surfaces.includes(surface));
    this.bySurface = Object.fromEntries(SURFACES.map((surface) => [surface, of(surface)])) as Record<Surface, Rule[]>;
  }

  /** Whether any rule looks at what messages of a surface say beside their identifiers. */
  reads(surface: Surface): boolean {
    return this.bySurface[surface].length > 0;
  }

  scan(one: Case): Decision[] {
    return this.asked(one).flatMap((rule) => scanWith(rule, one));
  }

  /** The rules that apply. */
  asked(one: Case): readonly Rule[] {
    return this.bySurface[one.claims.surface].filter(({ when }) => holds(when, one));
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
