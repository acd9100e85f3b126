/**
 * A fetched record on its way to be judged. What no thread has to look at has its verdict here: what the transport could not
 * read, and what comes under a token that releases nothing. Under one that does, it is the message that was held.
 */
import { type Source, type Surface, sourceName, type Task } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { Pool } from '../pool/pool.js';
import { couldNotScan, type Reason, type Verdict } from '../verdict.js';
import { APPROVAL_HEADER, approvedBy, type Grant, grantIn, heldIn, inputDigest } from './approval.js';
import type { InRecord, Unreadable } from './port.js';
import type { Quarantine, Sealed } from './quarantine.js';
import { RELEASES, type Topics } from './topics.js';

export interface Admitted {
  readonly record: InRecord;
  readonly task: Task;
  /** Without the judge. */
  readonly verdict?: Verdict;
  /** What has been decided about it before. */
  readonly grant?: Grant;
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

const SOURCE = /^([A-Za-z0-9._-]+)\/(\d+)\/(\d+)$/;

/** All of a batch, for the plan that is in force now. */
export function admit(records: readonly InRecord[], plan: Plan, now: number, lane: Admitting): readonly Admitted[] {
  const surface = lane.topics.inputs[lane.topic] ?? 'output';
  return records.map((record): Admitted => {
    const { key, value, headers, unreadable } = record;
    if (unreadable !== undefined) {
      const verdict = couldNotScan(UNREADABLE[unreadable], { tenant: plan.tenant, surface });
      return { record, task: { surface, key, value, headers }, verdict };
    }
    const tokens = lane.topic === RELEASES ? headers.filter(([name]) => name === APPROVAL_HEADER) : [];
    if (tokens.length === 0) return { record, task: { surface, key, value, headers } };
    const token = tokens.length === 1 ? (tokens[0][1]?.toString() ?? '') : '';
    return released(record, grantIn(token, lane.quarantine.approvalKey), { plan, now, surface, lane });
  });
}

interface Circumstances {
  readonly plan: Plan;
  readonly now: number;
  readonly surface: Surface;
  readonly lane: Admitting;
}

function released(record: InRecord, grant: Grant | undefined, { plan, now, surface, lane }: Circumstances): Admitted {
  const none = { key: null, value: null, headers: [] };
  const withheld = (reason: Reason, given?: Grant): Admitted => ({
    // Nothing of what came under it is passed on.
    record: { ...record, ...none },
    task: { surface: given?.surface ?? surface, ...none },
    verdict: decidedBefore(reason, plan.tenant, given?.surface ?? surface),
    ...(given && { grant: given }),
  });
  const source = grant && sourceOf(grant.from);
  if (grant === undefined || source === undefined) return withheld('approval-invalid');
  if (!Object.hasOwn(lane.topics.inputs, source.topic)) return withheld('approval-elsewhere', grant);
  if (grant.decision !== 'approved') return withheld(`approval-${grant.decision}`, grant);
  if (grant.expires < now) return withheld('approval-expired', grant);
  const message = heldMessage(record.value, source, grant, lane.quarantine);
  if (message === undefined) return withheld('approval-invalid');
  const task = { surface: grant.surface, ...message, ...approvedBy(grant, plan.digest) };
  return { record: { ...record, ...message }, task, grant };
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

export function sourceOf(name: string): Source | undefined {
  const [, topic, partition, offset] = SOURCE.exec(name) ?? [];
  const source = { topic, partition: Number(partition), offset: Number(offset) };
  return topic !== undefined && sourceName(source) === name ? source : undefined;
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
