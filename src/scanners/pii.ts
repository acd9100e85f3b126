/**
 * The scanner `pii`: what a rule says of the identifiers that the engine found. `any` decides about all that the rule
 * selects; `unauthorized` only about what this recipient may not have: somebody else's, or anybody's as long as it is not
 * known who asks, for whom, and where it goes.
 */
import type { Finding } from '../engine/finding.js';
import type { PiiRule, Selector } from '../policy/rule.js';
import { standingOf } from './recipient.js';
import type { Case, Decision, Scan } from './scanner.js';
import { ofOthers } from './subject.js';

export const pii: Scan<PiiRule> = (rule, one) => {
  const { claims, findings } = one;
  const action = rule.perSurface[claims.surface] ?? rule.action;
  if (findings.length === 0 || action === 'allow') return [];
  const selected = positions(findings, (finding) => rule.select.some((selector) => selects(selector, finding)));
  const others = rule.crossPatient ? ofOthers(one) : [];
  const said: Decision[] = [];
  const say = (code: string, which: readonly number[]): void => {
    if (which.length === 0) return;
    const facts = { categories: [...new Set(which.map((i) => findings[i].category))], count: which.length };
    said.push({ rule: rule.name, action, code, facts, findings: which });
  };
  say('other-patient', others);
  if (rule.applies === 'any') say('identifier', selected);
  else for (const code of selected.length === 0 ? [] : unauthorized(one)) say(code, selected);
  return said;
};

/** Why the subject's own data may not go to whoever this is; none if it may. */
function unauthorized(one: Case): string[] {
  const { claims, directory, now } = one;
  const codes: string[] = [];
  if (claims.identity !== 'verified')
    codes.push(claims.identity === undefined ? 'identity-unknown' : 'identity-unverified');
  if (claims.patient === undefined) codes.push('patient-unstated');
  const refused = claims.recipient && standingOf(one, claims.recipient).contact;
  if (refused !== undefined) codes.push(refused);
  const agent = claims.agent === undefined ? 'unknown' : directory.agent(claims.tenant, claims.agent, now);
  if (agent === 'expired' || agent === 'revoked') codes.push(`agent-${agent}`);
  else if (agent !== 'unknown' && claims.task !== undefined && !agent.tasks.includes(claims.task))
    codes.push('task-not-granted');
  return codes;
}

function selects({ category, kinds }: Selector, finding: Finding): boolean {
  return finding.category === category && (kinds === undefined || kinds.includes(finding.kind));
}

function positions(findings: readonly Finding[], is: (finding: Finding) => boolean): number[] {
  return findings.flatMap((finding, i) => (is(finding) ? [i] : []));
}
