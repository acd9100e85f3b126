/**
 * Judges by their plans: the few that are asked for together while one policy follows another, and one that only looks on.
 * Making one takes milliseconds, so that going to and fro between plans must not make them anew.
 */
import { createJudge, type Judge } from '../judge.js';
import type { Plan } from '../policy/plan.js';

/** The plan in force, the one before, and those of a shadow. */
const KEPT = 4;

export interface Planned {
  readonly judge: Judge;
  /** Of the plan that it judges by. */
  readonly digest: string;
}

export class Judges {
  private readonly kept = new Map<string, Planned>();

  constructor(private readonly make: (plan: Plan) => Judge = createJudge) {}

  /** `name` is the plan's digest or the beginning of it; the plan itself is read only if its judge is not at hand. */
  of(name: string, read: () => Plan): Planned {
    const { kept } = this;
    const planned = kept.get(name) ?? this.made(read());
    // The one that was asked for longest ago goes first.
    kept.delete(name);
    kept.set(name, planned);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return planned;
  }

  private made(plan: Plan): Planned {
    return { judge: this.make(plan), digest: plan.digest };
  }
}
