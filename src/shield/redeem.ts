/**
 * A call with a token: what the token says of it, before it is judged. That it has not been used before, and was asked for by
 * this shield, is known to who records it.
 */
import type { Task } from '../message.js';
import { decidedBefore } from '../pipeline/admission.js';
import { approvedBy, type Grant, grantIn, inputDigest } from '../pipeline/approval.js';
import type { Verdict } from '../verdict.js';
import type { Judging } from './judging.js';

export interface Redeemed {
  /** Nothing is to be judged. */
  readonly verdict?: Verdict;
  readonly grant?: Grant;
  readonly approved?: Pick<Task, 'approved'>;
}

export function redeem(
  token: string | undefined,
  task: Task,
  tenant: string,
  { plan, quarantine }: Judging,
  now: number,
): Redeemed {
  if (token === undefined) return {};
  const { surface } = task;
  const grant = grantIn(token, quarantine.approvalKey);
  const fits =
    grant?.decision === 'approved' && grant.surface === surface && grant.input === inputDigest(surface, task);
  // A token of another call says nothing of this one, also in its audit entry.
  if (!fits) return { verdict: decidedBefore('approval-invalid', tenant, surface) };
  if (grant.expires < now) return { verdict: decidedBefore('approval-expired', tenant, surface), grant };
  return { grant, approved: approvedBy(grant, plan.digest) };
}
