/**
 * One message before the rules: the engine's findings and the sender's claims make a case, every rule that applies says
 * what it has to, and what is decided says how each finding is replaced.
 */
import type { Directory } from '../directory/directory.js';
import type { Finding } from '../engine/finding.js';
import type { Style } from '../engine/styles.js';
import { type Plan, rulesOf } from '../policy/plan.js';
import { askedOf } from './asked.js';
import { readCall } from './call.js';
import { type Decided, decide, ranked, withheldBy } from './decide.js';
import { cut } from './json-cut.js';
import { Remembered } from './remembered.js';
import { type Once, onceOf } from './repeat.js';
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
  /** Of a tool call that passes, where a rule asks whether it came before. */
  readonly once?: Once;
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

  hear(text: string, claims: Claims, asked: Directory, now: number, redact: Redact, range?: Range): Heard {
    const scanners = this.byTenant.get(claims.tenant) ?? this.scanners;
    const directory = new Remembered(asked);
    const hear = (content: string, within: Range | undefined): Heard => {
      const called = callOf(content, claims, directory, scanners, within);
      let decided: Decided | undefined;
      let once: Once | undefined;
      const passed = redact(content, (all) => {
        const findings = within === undefined ? all : all.filter(isWithin(within));
        const one: Case = { claims, directory, now, content, findings, ...called };
        decided = decide(scanners.scan(one), findings, this.plan);
        once = decided.withheld === undefined ? onceOf(scanners.asked(one), one) : undefined;
        return within === undefined ? decided.styles : around(all, findings, decided.styles, this.plan.style);
      });
      if (decided === undefined) throw new Error('the rules were not asked');
      return { ...decided, content: passed, ...(once && { once }) };
    };
    const first = hear(text, range);
    return first.remove.length === 0 || first.withheld !== undefined ? first : narrowed(text, first, range, hear);
  }
}

/** A call without what is beyond its task is another message, and heard as that; what was said of the first stands. */
function narrowed(
  text: string,
  first: Heard,
  range: Range | undefined,
  hear: (text: string, range: Range | undefined) => Heard,
): Heard {
  const { start, end } = range ?? { start: 0, end: text.length };
  const call = cut(text.slice(start, end), first.remove);
  if (call === undefined) return refused(first, first);
  const whole = text.slice(0, start) + call + text.slice(end);
  const second = hear(whole, range && { start, end: start + call.length });
  // Whatever is left to take out was not to be seen the first time.
  return second.remove.length > 0 ? refused(first, second) : together(first, second);
}

function together(first: Heard, second: Heard): Heard {
  const known = new Set(first.decisions.map(({ rule, code }) => `${rule} ${code}`));
  const more = second.decisions.filter(({ rule, code }) => !known.has(`${rule} ${code}`));
  return { ...second, decisions: ranked([...first.decisions, ...more]) };
}

function refused(first: Heard, second: Heard): Heard {
  const decisions = first.decisions.map((one) =>
    one.remove === undefined ? one : { ...one, action: 'block' as const, code: 'not-narrowed' },
  );
  const all = together({ ...first, decisions: ranked(decisions) }, second);
  return { ...all, withheld: withheldBy(all.decisions) };
}

function callOf(
  text: string,
  { surface, tenant }: Claims,
  directory: Directory,
  scanners: Scanners,
  range: Range | undefined,
): Pick<Case, 'call' | 'asked' | 'tool'> {
  if (surface !== 'tool_call' || !scanners.reads(surface)) return {};
  const call = readCall(range === undefined ? text : unquoted(text.slice(range.start, range.end)));
  if (call === 'malformed') return { call };
  const tool = directory.tool(tenant, call.name);
  return { call, asked: askedOf(call, tool, scanners.vocabulary), ...(tool && { tool }) };
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
