/**
 * One policy after the other, wherever their texts come from: what loads and passes its own tests is in force, what does not
 * is told, and the last good one stays.
 */
import { SluiceError } from '../errors.js';
import { policyProblemsMax } from '../limits.js';
import type { PolicyTexts } from '../policy/files.js';
import type { Plan } from '../policy/plan.js';
import { PolicyError } from '../policy/problem.js';
import type { Events } from '../telemetry/events.js';
import { type PolicyOptions, testedPolicy } from './tested-policy.js';

export interface PolicyTerms {
  readonly options: PolicyOptions;
  readonly referenceKey: Uint8Array;
  readonly events: Pick<Events, 'policyAdopted' | 'policyRefused'>;
  /** It only looks on. */
  readonly shadow: boolean;
}

/** A policy that is in force, and may be another in a moment. */
export interface HeldPolicy {
  readonly plan: Plan;
  /** What is in force from now on is handed over, until it is closed. */
  watch(adopt: (plan: Plan) => void): { close(): void };
}

export class Adoption {
  private inForce: Plan;

  /** Throws where the first one may not be put in force. */
  constructor(
    private readonly terms: PolicyTerms,
    first: PolicyTexts,
  ) {
    this.inForce = this.load(first);
    this.tell();
  }

  get plan(): Plan {
    return this.inForce;
  }

  load(texts: PolicyTexts): Plan {
    return testedPolicy(texts, this.terms.options, this.terms.referenceKey).plan;
  }

  adopt(plan: Plan): Plan {
    // The same text again, after one that was refused: the same plan, so that nothing is judged anew.
    if (plan.digest !== this.inForce.digest) this.inForce = plan;
    this.tell();
    return this.inForce;
  }

  /** Codes and places only; of which record, where there are several. */
  refuse(error: unknown, record?: string): void {
    const { events, shadow } = this.terms;
    const places =
      error instanceof PolicyError ? error.problems.map(({ code, line, column }) => `${line}:${column} ${code}`) : [];
    const all = record === undefined ? places : places.length === 0 ? [record] : places.map((at) => `${record} ${at}`);
    const problems = all.slice(0, policyProblemsMax);
    events.policyRefused({
      shadow,
      code: error instanceof SluiceError ? error.code : 'ENGINE_FAILED',
      problems,
    });
  }

  private tell(): void {
    const { digest, rules, tenants, without, undetected } = this.inForce;
    const count = rules.length + Object.values(tenants).reduce((sum, own) => sum + own.length, 0);
    const { events, shadow } = this.terms;
    events.policyAdopted({ shadow, digest, rules: count, without, undetected });
  }
}
