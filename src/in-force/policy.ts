/** The policy of a gate or a shield from its files: read at the start, and again whenever they change. */
import { type PolicyPlace, readPolicyFiles } from '../policy/files.js';
import type { Plan } from '../policy/plan.js';
import { type Watch, watchPolicy } from '../policy/watch.js';
import { Adoption, type HeldPolicy, type PolicyTerms } from './adoption.js';

export interface PolicyFileTerms extends PolicyTerms {
  readonly place: PolicyPlace;
  readonly lookMs?: number | undefined;
}

export class PolicyInForce implements HeldPolicy {
  private readonly adoption: Adoption;
  private readonly fingerprint: string;

  /** Throws where there is no policy that may be put in force. */
  constructor(private readonly terms: PolicyFileTerms) {
    const texts = readPolicyFiles(terms.place);
    this.fingerprint = texts.fingerprint;
    this.adoption = new Adoption(terms, texts);
  }

  get plan(): Plan {
    return this.adoption.plan;
  }

  watch(adopt: (plan: Plan) => void): Watch {
    const { adoption } = this;
    const { place, lookMs } = this.terms;
    return watchPolicy(
      {
        place,
        load: (texts) => adoption.load(texts),
        adopt: (plan) => adopt(adoption.adopt(plan)),
        refuse: (error) => adoption.refuse(error),
        ...(lookMs !== undefined && { lookMs }),
      },
      this.fingerprint,
    );
  }
}
