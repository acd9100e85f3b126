/**
 * One message before the rules: the engine's findings and the sender's claims make a case, every rule that applies says
 * what it has to, and what is decided says how each finding is replaced.
 */
import type { Directory } from '../directory/directory.js';
import type { Finding } from '../engine/finding.js';
import type { Style } from '../engine/styles.js';
import type { Sighted } from '../message.js';
import { type Plan, rulesOf } from '../policy/plan.js';
import type { Rosters } from '../roster/rosters.js';
import { askedOf } from './asked.js';
import { readCall } from './call.js';
import { type Decided, decide, ranked, withApproved, withheldBy } from './decide.js';
import { excised } from './excise.js';
import { cut } from './json-cut.js';
import type { Once } from './repeat.js';
import { type Called, Case, type Claims } from './scanner.js';
import { Scanners } from './scanners.js';
import { Sighting } from './sighting.js';

/** Redacts a text, asking how each finding is replaced. */
export type Redact = (text: string, choose: (findings: readonly Finding[]) => Decided['styles']) => string;

/** Where the content stands in the text that is redacted; what is found around it is always taken out. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What is known beside the message. */
export interface Knowledge {
  readonly directory: Directory;
  readonly rosters: Rosters | undefined;
  readonly now: number;
}

export interface Heard extends Decided {
  readonly content: string;
  /** Of a tool call that passes, where a rule asks whether it came before. */
  readonly once: Once | undefined;
  /** For the session's memory, where a rule wants one. */
  readonly sighted: Sighted | undefined;
}

export class Hearing {
  private readonly scanners: Scanners;
  private readonly sighting: Sighting;
  /** Of tenants with rules of their own. */
  private readonly byTenant: ReadonlyMap<string, Scanners>;

  constructor(private readonly plan: Plan) {
    this.scanners = new Scanners(plan.rules);
    this.sighting = new Sighting(plan.referenceKey);
    const tenants = Object.keys(plan.tenants);
    this.byTenant = new Map(tenants.map((tenant) => [tenant, new Scanners(rulesOf(plan, tenant))]));
  }

  /** False where what is decided is what the engine does anyway. */
  concerns({ tenant, surface }: Pick<Claims, 'tenant' | 'surface'>): boolean {
    return this.plan.otherwise === 'allow' || (this.byTenant.get(tenant) ?? this.scanners).reads(surface);
  }

  /** Whether a rule asks for a roster that is not there: then nothing may pass. */
  lacksRoster({ tenant, surface }: Claims, rosters: Rosters | undefined): boolean {
    const scanners = this.byTenant.get(tenant) ?? this.scanners;
    return scanners.demandsRoster(surface) && rosters?.of(tenant) === undefined;
  }

  hear(text: string, claims: Claims, { directory, rosters, now }: Knowledge, redact: Redact, range?: Range): Heard {
    const scanners = this.byTenant.get(claims.tenant) ?? this.scanners;
    const hear = (content: string, within: Range | undefined): Heard => {
      const called = callOf(content, claims, directory, scanners, within);
      let said: Said | undefined;
      const passed = redact(content, (all) => {
        const findings = within === undefined ? all : all.filter(isWithin(within));
        said = this.judged(new Case(claims, directory, now, content, findings, rosters, called), scanners);
        const { styles } = said.decided;
        return within === undefined || styles === undefined ? styles : around(all, findings, styles, this.plan.style);
      });
      if (said === undefined) throw new Error('the rules were not asked');
      const { decisions, withheld, styles, remove, excise } = said.decided;
      return { decisions, withheld, styles, remove, excise, content: passed, once: said.once, sighted: said.sighted };
    };
    const first = hear(text, range);
    return (first.remove.length === 0 && first.excise.length === 0) || first.withheld !== undefined
      ? first
      : narrowed(text, first, range, hear);
  }

  private judged(one: Case, scanners: Scanners): Said {
    const { claims, findings } = one;
    const decided = decide(withApproved(scanners.scan(one), claims.approved), findings, this.plan);
    const sighted = scanners.remembers
      ? this.sighting.of(scanners.rules(claims.surface), one, decided.styles, scanners.learnsFrom(claims))
      : undefined;
    return { decided, sighted, once: decided.withheld === undefined ? scanners.once(one) : undefined };
  }
}

interface Said extends Pick<Heard, 'once' | 'sighted'> {
  readonly decided: Decided;
}

/**
 * A call without what is beyond its task, or a result without what is another patient's, is another message, and heard as that;
 * what was said of the first stands.
 */
function narrowed(
  text: string,
  first: Heard,
  range: Range | undefined,
  hear: (text: string, range: Range | undefined) => Heard,
): Heard {
  const { start, end } = range ?? { start: 0, end: text.length };
  const kept = excised(text.slice(start, end), first.excise, start);
  const left = first.remove.length === 0 ? kept : kept && cut(kept, first.remove);
  if (left === undefined) return refused(first, first);
  const whole = text.slice(0, start) + left + text.slice(end);
  const second = hear(whole, range && { start, end: start + left.length });
  // Whatever is left to take out was not to be seen the first time.
  return second.remove.length > 0 || second.excise.length > 0 ? refused(first, second) : together(first, second);
}

function together(first: Heard, second: Heard): Heard {
  const known = new Set(first.decisions.map(({ rule, code }) => `${rule} ${code}`));
  const more = second.decisions.filter(({ rule, code }) => !known.has(`${rule} ${code}`));
  // What was cut came with somebody too; what is left is what may stand.
  const { binds, learn } = first.sighted ?? {};
  const sighted = binds && { ...second.sighted, binds, ...(learn && { learn }) };
  return { ...second, decisions: ranked([...first.decisions, ...more]), sighted: sighted ?? second.sighted };
}

function refused(first: Heard, second: Heard): Heard {
  const decisions = first.decisions.map((one) =>
    (one.remove ?? one.excise) === undefined ? one : { ...one, action: 'block' as const, code: 'not-narrowed' },
  );
  const all = together({ ...first, decisions: ranked(decisions) }, second);
  return { ...all, withheld: withheldBy(all.decisions) };
}

const NO_CALL: Called = { call: undefined, asked: undefined, tool: undefined };

function callOf(
  text: string,
  { surface, tenant }: Claims,
  directory: Directory,
  scanners: Scanners,
  range: Range | undefined,
): Called {
  if (!scanners.readsCalls(surface)) return NO_CALL;
  const call = readCall(range === undefined ? text : unquoted(text.slice(range.start, range.end)));
  if (call === 'malformed') return { ...NO_CALL, call };
  const tool = directory.tool(tenant, call.name);
  return { call, asked: askedOf(call, tool, scanners.vocabulary), tool };
}

/** Beside members that are not known, content that is a string stands there as JSON writes it. */
function unquoted(raw: string): string {
  if (!raw.startsWith('"')) return raw;
  try {
    return JSON.parse(raw) as string;
  } catch {
    return raw;
  }
}

function isWithin(range: Range): (finding: Finding) => boolean {
  return ({ start, end }) => start >= range.start && end <= range.end;
}

/** What stands around the content is taken out, whatever was decided about the content. */
function around(
  all: readonly Finding[],
  within: readonly Finding[],
  styles: readonly (Style | null)[],
  otherwise: Style,
): readonly (Style | null)[] {
  const decided = new Map(within.map((finding, i) => [finding, styles[i]]));
  return all.map((finding) => {
    const style = decided.get(finding);
    return style === undefined ? otherwise : style;
  });
}
