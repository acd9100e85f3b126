/**
 * What a decision says behind the name of its rule (action, code and facts), made once for all rules that say the same, together
 * with how it stands in the audit entry. What comes again with message after message is kept.
 */
import type { Action } from '../policy/rule.js';
import type { DecisionFacts, Said } from './scanner.js';
import { write } from './written.js';

/** What a check has found: a code, what it rests on, and what would have to be taken out for the call to stand. */
export interface Refusal {
  readonly code: string;
  readonly facts?: DecisionFacts;
  readonly remove?: readonly string[];
  /** One object for all messages of which it is said. */
  readonly lasting?: true;
}

/** When more are kept, it begins anew. */
const KEPT_MAX = 256;
/** Smaller numbers come again. */
const COUNTS_MAX = 64;

/** What calls are about, for all refusals of such calls. */
export class About {
  private readonly kept = new Map<Refusal, Told>();
  private readonly byTool = new Map<string, About>();

  constructor(private readonly facts: DecisionFacts) {}

  /** The same, of a tool that a rule of the policy names. */
  of(tool: string): About {
    let about = this.byTool.get(tool);
    if (about === undefined) this.byTool.set(tool, (about = new About({ tool, ...this.facts })));
    return about;
  }

  /** `own`: what is kept for the message in hand alone, where the refusal is. */
  told(refusal: Refusal, own?: Map<Refusal, Told>): Told {
    const kept = refusal.lasting === undefined && own !== undefined ? own : this.kept;
    let told = kept.get(refusal);
    if (told === undefined) {
      if (kept.size >= KEPT_MAX) kept.clear();
      // Not spread one behind the other: that takes six times as long.
      kept.set(refusal, (told = new Told(refusal.code, Object.assign({}, this.facts, refusal.facts))));
    }
    return told;
  }
}

/** A code and its facts, by whichever action it is answered. */
export class Told {
  private readonly by = new Map<Action, Said>();

  constructor(
    private readonly code: string,
    readonly facts: DecisionFacts,
  ) {}

  as(action: Action): Said {
    let said = this.by.get(action);
    if (said === undefined) {
      const { code, facts } = this;
      this.by.set(action, (said = { action, code, facts, written: write(action, code, facts) }));
    }
    return said;
  }
}

/** What rests on nothing but its code. */
export function bare(code: string, action: Action): Said {
  let told = codes.get(code);
  if (told === undefined) codes.set(code, (told = new Told(code, {})));
  return told.as(action);
}

/** Codes are the scanners' own: there are a few dozen. */
const codes = new Map<string, Told>();

export function lasting(code: string, facts?: DecisionFacts): Refusal {
  return facts === undefined ? { code, lasting: true } : { code, facts, lasting: true };
}

/** Refusals of one code that say how many. */
export function counting(code: string): (count: number) => Refusal {
  const kept: Refusal[] = Array.from({ length: COUNTS_MAX }, (_, count) => lasting(code, { count }));
  return (count) => (count < COUNTS_MAX ? kept[count] : { code, facts: { count } });
}
