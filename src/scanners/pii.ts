/**
 * The scanner `pii`: what a rule says of the identifiers that the engine found. `any` decides about all that the rule
 * selects; `unauthorized` only about what this recipient may not have: somebody else's, or anybody's as long as it is not
 * known who asks, for whom, and where it goes.
 */
import type { Finding } from '../engine/finding.js';
import type { PiiRule, Selector } from '../policy/rule.js';
import { agentOf } from './agent.js';
import { mixedRecords } from './mixed-records.js';
import { otherPatients } from './other-patients.js';
import { standingOf } from './recipient.js';
import type { Case, Scan } from './scanner.js';

export const pii: Scan<PiiRule> = (clause, one) => {
  const { findings } = one;
  const { action } = clause;
  if (findings.length === 0) return [];
  const said = [...otherPatients(clause, one), ...mixedRecords(clause, one)];
  if (action === 'allow') return said;
  const selected = one.askAbout(selectedBy, clause.select);
  if (selected.length === 0) return said;
  const facts = { categories: [...new Set(selected.map((i) => findings[i].category))], count: selected.length };
  const codes = clause.applies === 'any' ? ['identifier'] : one.ask(unauthorized);
  for (const code of codes) said.push({ action, code, facts, findings: selected });
  return said;
};

/** Why the subject's own data may not go to whoever this is; none if it may. */
function unauthorized(one: Case): string[] {
  const { claims } = one;
  const codes: string[] = [];
  if (claims.identity !== 'verified')
    codes.push(claims.identity === undefined ? 'identity-unknown' : 'identity-unverified');
  if (claims.patient === undefined) codes.push('patient-unstated');
  const refused = claims.recipient && standingOf(one, claims.recipient).contact;
  if (refused !== undefined) codes.push(refused);
  const agent = one.ask(agentOf);
  if (agent === 'expired' || agent === 'revoked') codes.push(`agent-${agent}`);
  else if (agent !== 'unknown' && claims.task !== undefined && !agent.tasks.includes(claims.task))
    codes.push('task-not-granted');
  return codes;
}

/** Positions of the findings that a rule is about. */
function selectedBy(select: readonly Selector[], { findings }: Case): readonly number[] {
  const positions: number[] = [];
  findings.forEach((finding, i) => {
    if (select.some((selector) => selects(selector, finding))) positions.push(i);
  });
  return positions;
}

function selects({ category, kinds }: Selector, finding: Finding): boolean {
  return finding.category === category && (kinds === undefined || kinds.includes(finding.kind));
}
