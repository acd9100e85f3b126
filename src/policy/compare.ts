/**
 * What one policy says that another does not, rule by rule, and whether it may allow more. It may say so of a change that
 * in fact does not (another rule may catch it), never the other way round.
 */
import { covered, facetsOf, rank } from './facets.js';
import type { Plan } from './plan.js';
import type { Rule } from './rule.js';

export interface Difference {
  /** The rule's name; none for what holds of the whole policy. */
  readonly rule?: string;
  readonly what: string;
  readonly allowsMore: boolean;
}

export function compare(before: Plan, after: Plan): readonly Difference[] {
  const old = byName(before);
  const now = byName(after);
  const names = [...new Set([...old.keys(), ...now.keys()])];
  return [...wholeOf(before, after), ...names.flatMap((name) => ofRule(name, old.get(name), now.get(name)))];
}

function byName({ rules, tenants }: Plan): ReadonlyMap<string, Rule> {
  return new Map([...rules, ...Object.values(tenants).flat()].map((rule) => [rule.name, rule]));
}

function wholeOf(before: Plan, after: Plan): readonly Difference[] {
  const differences: Difference[] = [];
  const say = (what: string, allowsMore: boolean): void => void differences.push({ what, allowsMore });
  if (before.otherwise !== after.otherwise)
    say(`otherwise: ${before.otherwise} → ${after.otherwise}`, after.otherwise === 'allow');
  if (before.confidenceMin !== after.confidenceMin)
    say(`confidence_min: ${before.confidenceMin} → ${after.confidenceMin}`, after.confidenceMin > before.confidenceMin);
  if (before.style !== after.style) say(`style: ${before.style} → ${after.style}`, after.style === 'safe-harbor');
  for (const one of after.without) if (!before.without.includes(one)) say(`goes without ${one}`, true);
  for (const one of before.without) if (!after.without.includes(one)) say(`no longer goes without ${one}`, false);
  return differences;
}

function ofRule(name: string, before: Rule | undefined, after: Rule | undefined): readonly Difference[] {
  if (before === undefined) return [{ rule: name, what: 'is new', allowsMore: false }];
  if (after === undefined) return [{ rule: name, what: 'is gone', allowsMore: before.action !== 'allow' }];
  if (before.scanner !== after.scanner)
    return [{ rule: name, what: `scanner: ${before.scanner} → ${after.scanner}`, allowsMore: true }];
  const differences: Difference[] = [];
  const say = (what: string, allowsMore: boolean): void => void differences.push({ rule: name, what, allowsMore });
  const [old, now] = [facetsOf(before), facetsOf(after)];
  for (const surface of new Set([...Object.keys(old.actions), ...Object.keys(now.actions)])) {
    const [was, is] = [old.actions[surface], now.actions[surface]];
    if (was !== is) say(`${surface}: ${was ?? 'nothing'} → ${is ?? 'nothing'}`, rank(is) < rank(was));
  }
  for (const ask of old.asks) if (!now.asks.includes(ask)) say(`no longer: ${ask}`, !covered(ask, now.asks));
  for (const ask of now.asks) if (!old.asks.includes(ask)) say(`now: ${ask}`, false);
  for (const grant of now.grants) if (!old.grants.includes(grant)) say(`now allowed: ${grant}`, true);
  for (const grant of old.grants) if (!now.grants.includes(grant)) say(`no longer allowed: ${grant}`, false);
  for (const limit of new Set([...Object.keys(old.limits), ...Object.keys(now.limits)])) {
    const [was = Number.POSITIVE_INFINITY, is = Number.POSITIVE_INFINITY] = [old.limits[limit], now.limits[limit]];
    if (was !== is) say(`at most ${limit}: ${numeral(was)} → ${numeral(is)}`, is > was);
  }
  if (before.severity !== after.severity) say(`severity: ${before.severity} → ${after.severity}`, false);
  return differences;
}

function numeral(value: number): string {
  return Number.isFinite(value) ? String(value) : 'any';
}
