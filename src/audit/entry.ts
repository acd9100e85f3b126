/**
 * One audit entry for each record that came in: what was decided, by which plan and engine, and what came of it. No text
 * of the message, no value of a finding. A later step makes a tamper-evident log of these; `previous` lets it prove that no
 * offset was passed over.
 */
import type { Source } from '../message.js';
import type { OutcomeName, Reason, Verdict } from '../verdict.js';

export const AUDIT_VERSION = 1;

export interface AuditEntry {
  readonly v: typeof AUDIT_VERSION;
  /** The source's name: an entry is found by it, and a second one for the same offset would have the same id. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly source: Source;
  /** The offset that this lane accounted for before; -1 at the beginning. Offsets between hold no record. */
  readonly previous: number;
  readonly outcome: OutcomeName | 'gap';
  readonly reason?: Reason;
  readonly plan: string;
  readonly engine: string;
  readonly incidents?: readonly string[];
  readonly quarantined?: true;
  /** `Facts` of message.ts. */
  readonly facts: unknown;
}

export interface Circumstances {
  readonly name: string;
  readonly time: number;
  readonly source: Source;
  readonly previous: number;
  readonly plan: string;
  readonly engine: string;
  readonly incidents: readonly string[];
  readonly quarantined: boolean;
}

/** Written by hand, since there is one for each message and the facts are JSON already. All strings in it are ours. */
export function auditEntry(verdict: Pick<Verdict, 'outcome' | 'reason' | 'facts'>, about: Circumstances): string {
  const { name, time, source, previous, plan, engine, incidents, quarantined } = about;
  const id = JSON.stringify(name);
  const where = `{"topic":${JSON.stringify(source.topic)},"partition":${source.partition},"offset":${source.offset}}`;
  const reason = verdict.reason === 'none' ? '' : `,"reason":"${verdict.reason}"`;
  const raised = incidents.length === 0 ? '' : `,"incidents":${JSON.stringify(incidents)}`;
  const kept = quarantined ? ',"quarantined":true' : '';
  return `{"v":${AUDIT_VERSION},"id":${id},"time":${time},"source":${where},"previous":${previous},"outcome":"${verdict.outcome}"${reason},"plan":"${plan}","engine":"${engine}"${raised}${kept},"facts":${verdict.facts}}`;
}

/** Retention took these offsets before they were read, and an operator accepted exactly that. */
export function gapEntry(from: number, to: number, about: Omit<Circumstances, 'incidents' | 'quarantined'>): string {
  return JSON.stringify({
    v: AUDIT_VERSION,
    id: `${about.name}/gap`,
    time: about.time,
    source: about.source,
    previous: about.previous,
    outcome: 'gap',
    plan: about.plan,
    engine: about.engine,
    facts: { from, to },
  });
}
