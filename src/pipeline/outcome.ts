/**
 * The outcome record: exactly one for each input offset, on the same partition. With content it is the message, redacted;
 * without, it says why in the same words as the audit entry. The verdict headers are a documented contract.
 */
import { OWN_PREFIX } from '../envelope/record-headers.js';
import { timestampAheadMsMax, timestampBehindMsMax } from '../limits.js';
import type { Approval, Facts } from '../message.js';
import { hasContent, OUTCOMES, type OutcomeName, type Verdict } from '../verdict.js';
import type { Headers, InRecord, OutRecord } from './port.js';

/** What a record takes beside its key, value and headers, generously. */
const RECORD_OVERHEAD_BYTES = 64;
const WITHHELD_TYPE = Buffer.from('application/vnd.sluice.withheld+json');

/** Made once: there is one of these on every record. */
const ACTIONS = Object.fromEntries(OUTCOMES.map((name) => [name, Buffer.from(name)])) as Record<OutcomeName, Buffer>;

export interface VerdictHeaders {
  /** `topic/partition/offset` of the input: the same input has the same source, whoever delivers it again. */
  readonly source: Buffer;
  /** First 16 hex digits of the plan's digest. */
  readonly plan: Buffer;
  readonly incidents: readonly string[];
  /** It waits for an approval, or comes of one. */
  readonly approval?: Approval | undefined;
  /** What was released: the source that it had before. */
  readonly from?: string | undefined;
  /** When the transaction is made: the time of an outcome whose own would have it refused, or taken away at once. */
  readonly now: number;
}

export function outcomeRecord(
  record: InRecord,
  verdict: Verdict,
  facts: () => Facts,
  about: VerdictHeaders,
): OutRecord {
  const ours: [string, Buffer][] = [
    [`${OWN_PREFIX}action`, ACTIONS[verdict.outcome]],
    [`${OWN_PREFIX}policy`, about.plan],
    [`${OWN_PREFIX}source`, about.source],
  ];
  const { timestamp } = record;
  const fits = timestamp >= about.now - timestampBehindMsMax && timestamp <= about.now + timestampAheadMsMax;
  const when = fits ? timestamp : about.now;
  if (!fits) ours.push([`${OWN_PREFIX}timestamp`, Buffer.from(String(timestamp))]);
  const { approval } = about;
  if (approval !== undefined) ours.push([`${OWN_PREFIX}approval`, Buffer.from(approval.id)]);
  if (about.from !== undefined) ours.push([`${OWN_PREFIX}released-from`, Buffer.from(about.from)]);
  for (const id of about.incidents) ours.push([`${OWN_PREFIX}incident`, Buffer.from(id)]);
  // A verdict without content passes nothing on that nobody has scanned: no headers, and only a key that was looked at.
  const kept: Headers = verdict.outcome === 'could-not-scan' ? [] : (verdict.headers ?? record.headers);
  const key = verdict.key ?? (verdict.outcome === 'could-not-scan' ? null : record.key);
  if (hasContent(verdict)) {
    return { key, value: verdict.value ?? record.value, headers: [...kept, ...ours], timestamp: when };
  }
  if (verdict.outcome === 'tombstone') return { key, value: null, headers: [...kept, ...ours], timestamp: when };
  ours.push([`${OWN_PREFIX}reason`, Buffer.from(verdict.reason)]);
  const headers: Headers = [
    ...kept.filter(([name]) => name !== 'content-type'),
    ['content-type', WITHHELD_TYPE],
    ...ours,
  ];
  return { key, value: withheld(verdict, facts(), about), headers, timestamp: when };
}

/** What stands in place of the content. */
function withheld(verdict: Verdict, facts: Facts, about: VerdictHeaders): Buffer {
  const { outcome, reason } = verdict;
  const { source: name, incidents, approval } = about;
  const source = name.toString();
  const { id, tenant, agent, session, surface } = facts;
  return Buffer.from(
    JSON.stringify({
      id: id ?? source,
      tenant,
      agent,
      session,
      surface,
      sluice: { outcome, reason, source, incidents, ...(approval && { approval: approval.id }) },
    }),
  );
}

export function bytesOfRecord({ key, value, headers }: OutRecord | InRecord): number {
  let bytes = RECORD_OVERHEAD_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, one] of headers) bytes += name.length + (one?.length ?? 0) + 8;
  return bytes;
}
