/**
 * The verdict that holds in the end, once the state of the slot is asked: whether an approval is still good, whether a call has
 * come before, what the session has seen of other patients.
 */
import type { Facts } from '../message.js';
import { hasRules, type Plan } from '../policy/plan.js';
import { withApproved } from '../scanners/decide.js';
import { factsOf, type Reason, type Verdict } from '../verdict.js';
import { approvedBy, type Grant, noteOf } from './approval.js';
import { decidedLater } from './later.js';
import type { Pupil } from './learning.js';
import type { InRecord } from './port.js';
import { onceKnown } from './repeats.js';
import type { Change } from './state.js';

export interface Judged {
  readonly record: InRecord;
  /** The plan that it was judged by. */
  readonly plan: Plan;
  readonly verdict: Verdict;
  /** What somebody has decided about it before. */
  readonly grant?: Grant;
  /** Where it came from before it was handed in again. */
  readonly from?: string;
  /** Read once a window is built, where something is to be done about them. */
  readonly facts?: Facts;
  /** Offsets before this record that retention took. */
  readonly gap?: { readonly from: number; readonly to: number };
}

export interface Standing {
  /** Of the record. */
  readonly name: string;
  readonly now: number;
  /** None: nothing is learned. */
  readonly pupil: Pupil | undefined;
}

export interface Settled {
  readonly verdict: Verdict;
  /** Read when somebody asks: of most records nobody does. */
  readonly facts: () => Facts;
  /** Nothing is to be said of it: no rules were asked, nothing was found. */
  readonly plain: boolean;
}

export function settled({ record, verdict: first, plan, grant, from }: Judged, change: Change, at: Standing): Settled {
  let verdict = grant === undefined ? first : redeemed(first, grant, change, at);
  let facts: Facts | undefined;
  const read = (): Facts => (facts ??= factsOf(verdict));
  const then = (next: Verdict): void => {
    verdict = next;
    facts = undefined;
  };
  // Without rules a clean one has no findings: the judge says so, and the frame is refused otherwise.
  const plain = verdict.outcome === 'clean' && !hasRules(plan) && grant === undefined && from === undefined;
  if (plain) return { verdict, facts: read, plain };
  const { approved } = approvedBy(grant, plan.digest);
  // The message's own time, so that a backlog that is worked off in one go counts as it came.
  const time = record.timestamp > 0 ? record.timestamp : at.now;
  if (read().once !== undefined) then(onceKnown(verdict, read(), change.repeats(read(), time, at.now), approved));
  if (read().sighted !== undefined) {
    const { sighted: _, ...rest } = read();
    const held = change.sights(read(), time, at.now);
    at.pupil?.hear(read(), held, time);
    then(decidedLater(verdict, rest, withApproved(held, approved)));
  }
  if (grant !== undefined) then({ ...verdict, facts: JSON.stringify({ ...read(), approval: noteOf(grant) }) });
  if (from !== undefined) then({ ...verdict, facts: JSON.stringify({ ...read(), releasedFrom: from }) });
  return { verdict, facts: read, plain };
}

/** An approval is good once, in time, and only where the message was held: nowhere else is it known. */
function redeemed(verdict: Verdict, grant: Grant, change: Change, at: Standing): Verdict {
  if (verdict.reason === 'approval-elsewhere') return verdict;
  // Whoever comes after it comes after the end; that it has ended is told once.
  if (verdict.reason === 'approval-expired' || grant.expires < at.now)
    change.approvals.use(grant.id, grant.from, at.name);
  if (verdict.reason === 'approval-expired') return verdict;
  const refused = (reason: Reason): Verdict => {
    const { facts, key, headers } = verdict;
    return { outcome: 'blocked', reason, facts, ...(key && { key }), ...(headers && { headers }) };
  };
  if (grant.expires < at.now) return refused('approval-expired');
  const use = change.approvals.use(grant.id, grant.from, at.name);
  return use === 'good' ? verdict : refused(use === 'used' ? 'approval-used' : 'approval-invalid');
}
