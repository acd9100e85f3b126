/**
 * A fetched record on its way to be judged. What no thread has to look at has its verdict here: what the transport could not
 * read, and what comes under a token that releases nothing. Under one that does, it is the message that was held, or could not be
 * scanned.
 */
import type { Headers, Source, Surface, Task } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { Pool } from '../pool/pool.js';
import { couldNotScan, type Reason, type Verdict } from '../verdict.js';
import { APPROVAL_HEADER, approvedBy, type Grant, grantIn, heldIn, inputDigest } from './approval.js';
import type { InRecord, Unreadable } from './port.js';
import type { Quarantine, Sealed } from './quarantine.js';
import { REPLAY_HEADER, replayedIn } from './replay.js';
import { sourceOf } from './source-name.js';
import { RELEASES, type Topics } from './topics.js';

export interface Admitted {
  readonly record: InRecord;
  readonly task: Task;
  /** Without the judge. */
  readonly verdict?: Verdict;
  /** What has been decided about it before. */
  readonly grant?: Grant;
  /** Where it came from before it was handed in again. */
  readonly from?: string;
}

export interface Admitting {
  readonly topic: string;
  readonly topics: Topics;
  readonly quarantine: Quarantine;
}

const UNREADABLE: { readonly [U in Unreadable]: Reason } = {
  BATCH_TOO_LARGE: 'batch-too-large',
  BATCH_DAMAGED: 'batch-damaged',
  CODEC_UNKNOWN: 'codec-unknown',
};

/** All of a batch, for the plan that is in force now. */
export function admit(records: readonly InRecord[], plan: Plan, now: number, lane: Admitting): readonly Admitted[] {
  const surface = lane.topics.inputs[lane.topic] ?? 'output';
  return records.map((record): Admitted => {
    const { key, value, headers, unreadable } = record;
    if (unreadable !== undefined) {
      const verdict = couldNotScan(UNREADABLE[unreadable], { tenant: plan.tenant, surface });
      return { record, task: { surface, key, value, headers }, verdict };
    }
    const given = (header: string): Headers =>
      lane.topic === RELEASES ? headers.filter(([name]) => name === header) : [];
    const tokens = given(APPROVAL_HEADER);
    const proofs = given(REPLAY_HEADER);
    if (tokens.length + proofs.length === 0) return { record, task: { surface, key, value, headers } };
    if (tokens.length + proofs.length > 1) return withheld(record, 'approval-invalid', plan, surface);
    if (proofs.length === 1) return replayed(record, proofs[0][1], { plan, now, surface, lane });
    const token = tokens[0][1]?.toString() ?? '';
    return released(record, grantIn(token, lane.quarantine.approvalKey), { plan, now, surface, lane });
  });
}

interface Circumstances {
  readonly plan: Plan;
  readonly now: number;
  readonly surface: Surface;
  readonly lane: Admitting;
}

/** It comes back as what it was, and is judged as strictly as any. */
function replayed(record: InRecord, proof: Buffer | null, { plan, surface, lane }: Circumstances): Admitted {
  const known = replayedIn(record, proof, lane.topics.inputs, lane.quarantine);
  if (known === undefined) return withheld(record, 'approval-invalid', plan, surface);
  const { from, message } = known;
  return { record: { ...record, ...message }, task: { surface: known.surface ?? surface, ...message }, from };
}

function released(record: InRecord, grant: Grant | undefined, { plan, now, surface, lane }: Circumstances): Admitted {
  const source = grant && sourceOf(grant.from);
  if (grant === undefined || source === undefined) return withheld(record, 'approval-invalid', plan, surface);
  const not = (reason: Reason): Admitted => ({ ...withheld(record, reason, plan, grant.surface), grant });
  if (!Object.hasOwn(lane.topics.inputs, source.topic)) return not('approval-elsewhere');
  if (grant.decision !== 'approved') return not(`approval-${grant.decision}`);
  if (grant.expires < now) return not('approval-expired');
  const message = heldMessage(record.value, source, grant, lane.quarantine);
  if (message === undefined) return withheld(record, 'approval-invalid', plan, surface);
  const task = { surface: grant.surface, ...message, ...approvedBy(grant, plan.digest) };
  return { record: { ...record, ...message }, task, grant };
}

/** Nothing of what came under it is passed on. */
function withheld(record: InRecord, reason: Reason, { tenant }: Plan, surface: Surface): Admitted {
  const none = { key: null, value: null, headers: [] };
  return {
    record: { ...record, ...none },
    task: { surface, ...none },
    verdict: decidedBefore(reason, tenant, surface),
  };
}

/** As it came; undefined if it is another than the approved one. */
function heldMessage(value: Buffer | null, source: Source, grant: Grant, quarantine: Quarantine): Sealed | undefined {
  try {
    const message = value === null ? undefined : heldIn(quarantine.open(value, source))?.message;
    return message && inputDigest(grant.surface, message) === grant.input ? message : undefined;
  } catch {
    return undefined;
  }
}

/** A verdict that rests on an approval alone, or on the lack of one. */
export function decidedBefore(reason: Reason, tenant: string, surface: Surface): Verdict {
  const outcome = reason === 'approval-elsewhere' ? 'held' : 'blocked';
  return { outcome, reason, facts: JSON.stringify({ tenant, surface }) };
}

/** Verdicts in order: those that are there, and the pool's. */
export async function judgeAdmitted(
  admitted: readonly Admitted[],
  pool: Pool,
  now: number,
  plan: Plan,
): Promise<readonly Verdict[]> {
  const asked = admitted.filter(({ verdict }) => verdict === undefined).map(({ task }) => task);
  const verdicts = asked.length === 0 ? [] : await pool.judge(asked, now, plan);
  let at = 0;
  return admitted.map(({ verdict }) => verdict ?? verdicts[at++]);
}
