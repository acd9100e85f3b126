/**
 * The policy of a gate or a shield: read, tested and compiled at the start, and again whenever its files change. What cannot
 * be put in force is told, and the last good one stays.
 */
import { SluiceError } from '../errors.js';
import { type PolicyPlace, type PolicyTexts, readPolicyFiles } from '../policy/files.js';
import type { Plan } from '../policy/plan.js';
import { PolicyError } from '../policy/problem.js';
import { type Watch, watchPolicy } from '../policy/watch.js';
import type { Events } from '../telemetry/events.js';
import { type PolicyOptions, testedPolicy } from './tested-policy.js';

export interface PolicyTerms {
  readonly place: PolicyPlace;
  readonly options: PolicyOptions;
  readonly referenceKey: Uint8Array;
  readonly events: Pick<Events, 'policyAdopted' | 'policyRefused'>;
  /** It only looks on. */
  readonly shadow: boolean;
  readonly lookMs?: number | undefined;
}

export class PolicyInForce {
  private inForce: Plan;
  private readonly fingerprint: string;

  /** Throws where there is no policy that may be put in force. */
  constructor(private readonly terms: PolicyTerms) {
    const texts = readPolicyFiles(terms.place);
    this.fingerprint = texts.fingerprint;
    this.inForce = this.load(texts);
    this.tell(this.inForce);
  }

  get plan(): Plan {
    return this.inForce;
  }

  watch(adopt: (plan: Plan) => void): Watch {
    const { place, events, shadow, lookMs } = this.terms;
    return watchPolicy(
      {
        place,
        load: (texts) => this.load(texts),
        adopt: (plan) => {
          // The same text again, after one that was refused: the same plan, so that nothing is judged anew.
          if (plan.digest !== this.inForce.digest) this.inForce = plan;
          this.tell(this.inForce);
          adopt(this.inForce);
        },
        refuse: (error) => events.policyRefused({ shadow, ...refusalOf(error) }),
        ...(lookMs !== undefined && { lookMs }),
      },
      this.fingerprint,
    );
  }

  private load(texts: PolicyTexts): Plan {
    return testedPolicy(texts, this.terms.options, this.terms.referenceKey).plan;
  }

  private tell({ digest, rules, tenants, without, undetected }: Plan): void {
    const count = rules.length + Object.values(tenants).reduce((sum, own) => sum + own.length, 0);
    this.terms.events.policyAdopted({ shadow: this.terms.shadow, digest, rules: count, without, undetected });
  }
}

/** Codes and places only. */
function refusalOf(error: unknown): { readonly code: string; readonly problems: readonly string[] } {
  if (error instanceof PolicyError)
    return { code: error.code, problems: error.problems.map(({ code, line, column }) => `${line}:${column} ${code}`) };
  return { code: error instanceof SluiceError ? error.code : 'ENGINE_FAILED', problems: [] };
}
