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
import { statedStanding } from './recipient.js';
import { NONE, Question, QuestionAbout, type Said, type Scan } from './scanner.js';

export const pii: Scan<PiiRule> = (clause, one) => {
  const { findings } = one;
  const { action } = clause;
  if (findings.length === 0) return NONE;
  const others = otherPatients(clause, one);
  const mixed = mixedRecords(clause, one);
  const before = others.length === 0 ? mixed : mixed.length === 0 ? others : [...others, ...mixed];
  if (action === 'allow') return before;
  const codes = clause.applies === 'any' ? ANY : one.ask(unauthorized);
  if (codes.length === 0) return before;
  const selected = one.askAbout(selectedBy, clause.select);
  if (selected.length === 0) return before;
  const facts = { categories: [...new Set(selected.map((i) => findings[i].category))], count: selected.length };
  return [...before, ...codes.map((code): Said => ({ action, code, facts, findings: selected }))];
};

const ANY = ['identifier'];

/** Why the subject's own data may not go to whoever this is; none if it may. */
const unauthorized = new Question((one): readonly string[] => {
  const { claims } = one;
  const codes: string[] = [];
  if (claims.identity !== 'verified')
    codes.push(claims.identity === undefined ? 'identity-unknown' : 'identity-unverified');
  if (claims.patient === undefined) codes.push('patient-unstated');
  const refused = one.ask(statedStanding)?.contact;
  if (refused !== undefined) codes.push(refused);
  const agent = one.ask(agentOf);
  if (agent === 'expired' || agent === 'revoked') codes.push(`agent-${agent}`);
  else if (agent !== 'unknown' && claims.task !== undefined && !agent.tasks.includes(claims.task))
    codes.push('task-not-granted');
  return codes;
});

/** Positions of the findings that a rule is about. */
const selectedBy = new QuestionAbout((select: readonly Selector[], { findings }): readonly number[] => {
  let positions: number[] | undefined;
  for (let i = 0; i < findings.length; i++) {
    for (const selector of select) {
      if (!selects(selector, findings[i])) continue;
      (positions ??= []).push(i);
      break;
    }
  }
  return positions ?? NONE;
});

function selects({ category, kinds }: Selector, finding: Finding): boolean {
  return finding.category === category && (kinds === undefined || kinds.includes(finding.kind));
}
