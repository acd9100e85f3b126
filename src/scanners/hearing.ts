/**
 * One message before the rules: the engine's findings and the sender's claims make a case, every rule that applies says
 * what it has to, and what is decided says how each finding is replaced.
 */
import type { Directory } from '../directory/directory.js';
import type { Finding } from '../engine/finding.js';
import type { Style } from '../engine/styles.js';
import { type Plan, rulesOf } from '../policy/plan.js';
import { type Decided, decide } from './decide.js';
import type { Case, Claims } from './scanner.js';
import { Scanners } from './scanners.js';

/** Redacts a text, asking how each finding is replaced. */
export type Redact = (text: string, choose: (findings: readonly Finding[]) => readonly (Style | null)[]) => string;

/** Where the content stands in the text that is redacted; what is found around it is always taken out. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Heard extends Decided {
  readonly content: string;
}

export class Hearing {
  private readonly scanners: Scanners;
  /** Of tenants with rules of their own. */
  private readonly byTenant: ReadonlyMap<string, Scanners>;

  constructor(private readonly plan: Plan) {
    this.scanners = new Scanners(plan.rules);
    const tenants = Object.keys(plan.tenants);
    this.byTenant = new Map(tenants.map((tenant) => [tenant, new Scanners(rulesOf(plan, tenant))]));
  }

  hear(text: string, claims: Claims, directory: Directory, now: number, redact: Redact, range?: Range): Heard {
    const scanners = this.byTenant.get(claims.tenant) ?? this.scanners;
    let decided: Decided | undefined;
    const content = redact(text, (all) => {
      const within =
        range === undefined ? all : all.filter(({ start, end }) => start >= range.start && end <= range.end);
      const one: Case = { claims, directory, now, content: text, findings: within };
      decided = decide(scanners.scan(one), within, this.plan);
      if (within.length === all.length) return decided.styles;
      const styles = new Map(within.map((finding, i) => [finding, decided?.styles[i]]));
      return all.map((finding) => styles.get(finding) ?? (styles.has(finding) ? null : this.plan.style));
    });
    if (decided === undefined) throw new Error('the rules were not asked');
    return { ...decided, content };
  }
}
