/** The rules of a plan with their scanners, sorted once by the surface that they apply to. */
import { SURFACES, type Surface } from '../message.js';
import type { Rule } from '../policy/rule.js';
import { holds } from './condition.js';
import { pii } from './pii.js';
import type { Case, Decision } from './scanner.js';

export class Scanners {
  private readonly bySurface: Readonly<Record<Surface, readonly Rule[]>>;

  constructor(readonly rules: readonly Rule[]) {
    const of = (surface: Surface) => rules.filter(({ surfaces }) => surfaces.includes(surface));
    this.bySurface = Object.fromEntries(SURFACES.map((surface) => [surface, of(surface)])) as Record<Surface, Rule[]>;
  }

  /** Whether any rule of this scanner applies to a surface. */
  has(surface: Surface, scanner: Rule['scanner']): boolean {
    return this.bySurface[surface].some((rule) => rule.scanner === scanner);
  }

  scan(one: Case): Decision[] {
    return this.bySurface[one.claims.surface].flatMap((rule) => (holds(rule.when, one) ? scanWith(rule, one) : []));
  }
}

function scanWith(rule: Rule, one: Case): readonly Decision[] {
  switch (rule.scanner) {
    case 'pii':
      return pii(rule, one);
    case 'tool_call':
    case 'authorization':
      return [];
  }
}
