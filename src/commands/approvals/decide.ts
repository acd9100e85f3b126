/**
 * A decision about a held message, on the releases' topic: the gate that held it makes an outcome of it. A call of the SDK is
 * made again by its agent, with the token that is printed.
 */

import { sourceName } from '../../message.js';
import {
  APPROVAL_HEADER,
  approverReference,
  type Grant,
  inputDigest,
  NOTE_HEADER,
  tokenOf,
} from '../../pipeline/approval.js';
import type { Headers } from '../../pipeline/port.js';
import type { Quarantine } from '../../pipeline/quarantine.js';
import { RELEASES, type Topics } from '../../pipeline/topics.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import type { Waiting } from './read.js';

export interface By {
  readonly approver: string;
  readonly reason: string;
}

export interface Decided {
  readonly token: string;
  /** A gate reads the decision and makes the outcome; otherwise the token is for the agent. */
  readonly gate: boolean;
}

export async function decide(
  reader: TopicReader,
  topics: Topics,
  quarantine: Quarantine,
  { source, held, message, sealed }: Waiting,
  decision: Grant['decision'],
  by: By | undefined,
): Promise<Decided> {
  const { id, surface, plan, expires, asked } = held;
  const key = quarantine.approvalKey;
  const from = sourceName(source);
  const approver = by && approverReference(by.approver, key);
  const input = inputDigest(surface, message);
  const token = tokenOf(
    { id, surface, plan, expires, asked, decision, from, input, ...(approver && { approver }) },
    key,
  );
  const note = by && quarantine.seal({ key: null, value: Buffer.from(JSON.stringify(by)), headers: [] }, source);
  const gate = Object.hasOwn(topics.inputs, source.topic);
  const headers: Headers = [
    [APPROVAL_HEADER, Buffer.from(token)],
    ...(note === undefined ? [] : [[NOTE_HEADER, note] as const]),
  ];
  const value = gate && decision === 'approved' ? sealed : null;
  await reader.append(RELEASES, source.partition, [{ key: Buffer.from(id), value, headers }]);
  return { token, gate };
}
