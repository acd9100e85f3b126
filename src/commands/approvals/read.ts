/** What waits for an approval, and what was decided, as it stands in the quarantine and on the releases' topic. */

import type { Source } from '../../message.js';
import { APPROVAL_HEADER, type Grant, grantIn, type Held, heldIn, NOTE_HEADER } from '../../pipeline/approval.js';
import type { InRecord } from '../../pipeline/port.js';
import type { Quarantine, Sealed } from '../../pipeline/quarantine.js';
import { sourceOf } from '../../pipeline/source-name.js';
import { RELEASES, type Topics } from '../../pipeline/topics.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import type { Reason } from '../../verdict.js';

/** Of records in quarantine that wait for somebody. */
export const AWAITED: ReadonlySet<string> = new Set<Reason>(['approval-required', 'step-up-required']);

export interface Waiting {
  readonly source: Source;
  readonly since: string;
  readonly held: Held;
  readonly message: Sealed;
  /** As it stands in quarantine. */
  readonly sealed: Buffer;
  readonly decided: Decision | undefined;
}

export interface Decision {
  readonly grant: Grant;
  /** Who and why, for who has the key. */
  readonly note: { readonly approver: string; readonly reason: string } | undefined;
}

export type Standing = 'waiting' | 'expired' | Grant['decision'];

export function standingOf({ decided, held }: Waiting, now: number): Standing {
  return decided?.grant.decision ?? (held.expires < now ? 'expired' : 'waiting');
}

/** In the order in which they were held. */
export async function* waitingIn(reader: TopicReader, topics: Topics, quarantine: Quarantine): AsyncGenerator<Waiting> {
  const decisions = await decisionsIn(reader, quarantine);
  for await (const { record } of reader.follow(topics.quarantine, { follow: false })) {
    if (!AWAITED.has(headerOf(record, '__connect.errors.exception.message')?.toString() ?? '')) continue;
    const source = sourceOf(record.key?.toString() ?? '');
    if (source === undefined || record.value === null) continue;
    const found = opened(record.value, source, quarantine);
    if (found === undefined) {
      // One of them must not hide the others.
      process.stderr.write('sluice: what is held under another key, or was changed, cannot be shown\n');
      continue;
    }
    const since = headerOf(record, 'sluice-quarantined-at')?.toString() ?? '';
    yield { source, since, ...found, sealed: record.value, decided: decisions.get(found.held.id) };
  }
}

function opened(sealed: Buffer, source: Source, quarantine: Quarantine): ReturnType<typeof heldIn> {
  try {
    return heldIn(quarantine.open(sealed, source));
  } catch {
    return undefined;
  }
}

/** The first about each: the gate takes no other. */
async function decisionsIn(reader: TopicReader, quarantine: Quarantine): Promise<ReadonlyMap<string, Decision>> {
  const decisions = new Map<string, Decision>();
  for await (const { record } of reader.follow(RELEASES, { follow: false, input: true })) {
    const token = headerOf(record, APPROVAL_HEADER);
    const grant = token && grantIn(token.toString(), quarantine.approvalKey);
    if (grant && !decisions.has(grant.id)) decisions.set(grant.id, { grant, note: noteIn(record, grant, quarantine) });
  }
  return decisions;
}

function noteIn(record: InRecord, { from }: Grant, quarantine: Quarantine): Decision['note'] {
  const sealed = headerOf(record, NOTE_HEADER);
  const source = sourceOf(from);
  if (!sealed || source === undefined) return undefined;
  try {
    return JSON.parse(quarantine.open(sealed, source).value?.toString() ?? '') as Decision['note'];
  } catch {
    return undefined;
  }
}

function headerOf({ headers }: InRecord, name: string): Buffer | null | undefined {
  return headers.find(([one]) => one === name)?.[1];
}
