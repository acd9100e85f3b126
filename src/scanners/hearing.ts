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
  /** Of tenants with rules of their own, made when the first message of one comes. */
  private readonly ofTenants = new Map<string, Scanners>();

  constructor(private readonly plan: Plan) {
    this.scanners = new Scanners(plan.rules);
  }

  hear(text: string, claims: Claims, directory: Directory, now: number, redact: Redact, range?: Range): Heard {
    let decided: Decided | undefined;
    const content = redact(text, (all) => {
      const within =
        range === undefined ? all : all.filter(({ start, end }) => start >= range.start && end <= range.end);
      const one: Case = { claims, directory, now, content: text, findings: within };
      decided = decide(this.scannersOf(claims.tenant).scan(one), within, this.plan);
      if (within.length === all.length) return decided.styles;
      const styles = new Map(within.map((finding, i) => [finding, decided?.styles[i]]));
      return all.map((finding) => styles.get(finding) ?? (styles.has(finding) ? null : this.plan.style));
    });
    if (decided === undefined) throw new Error('the rules were not asked');
    return { ...decided, content };
  }
  private scannersOf(tenant: string): Scanners {
    const { plan, ofTenants } = this;
    if (!Object.hasOwn(plan.tenants, tenant)) return this.scanners;
    let own = ofTenants.get(tenant);
    if (own === undefined) ofTenants.set(tenant, (own = new Scanners(rulesOf(plan, tenant))));
    return own;
  }
}
