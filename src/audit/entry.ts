/**
 * One audit entry for each record that came in: what was decided, by which plan and engine, and what came of it. No text
 * of the message, no value of a finding. A later step makes a tamper-evident log of these; `previous` lets it prove that no
 * offset was passed over.
 */
import { type Source, sourceName } from '../message.js';
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
  /** Scanners that the policy goes without, since they are not built, and its words that nothing finds yet. */
  readonly without?: readonly string[];
  readonly undetected?: readonly string[];
  readonly incidents?: readonly string[];
  readonly quarantined?: true;
  /** The message is in no quarantine of ours, which has none or takes none so large: only its source has it. */
  readonly kept?: false;
  /** `Facts` of message.ts. */
  readonly facts: unknown;
}

/** What is the same for all entries of a lane, written once. */
export interface AuditLane {
  readonly topic: string;
  readonly partition: number;
  readonly plan: string;
  readonly engine: string;
  readonly without: readonly string[];
  readonly undetected: readonly string[];
}

export interface Circumstances {
  readonly time: number;
  readonly offset: number;
  readonly previous: number;
  readonly incidents: readonly string[];
  /** Whether quarantine has it, where it has to. */
  readonly kept: boolean | undefined;
}

type Judgement = Pick<Verdict, 'outcome' | 'reason' | 'facts'>;

/** Written by hand, since there is one for each message and the facts are JSON already. All strings in it are ours. */
export function auditWriter({
  topic,
  partition,
  plan,
  engine,
  ...gaps
}: AuditLane): (verdict: Judgement, about: Circumstances) => string {
  const quoted = JSON.stringify(topic);
  const id = `${quoted.slice(0, -1)}/${partition}/`;
  const where = `,"source":{"topic":${quoted},"partition":${partition},"offset":`;
  const judgedBy = `,"plan":"${plan}","engine":"${engine}"${listed('without', gaps.without)}${listed('undetected', gaps.undetected)}`;
  return ({ outcome, reason, facts }, { time, offset, previous, incidents, kept }) => {
    const why = reason === 'none' ? '' : `,"reason":"${reason}"`;
    const raised = listed('incidents', incidents);
    const sealed = kept === undefined ? '' : kept ? ',"quarantined":true' : ',"kept":false';
    return `{"v":${AUDIT_VERSION},"id":${id}${offset}","time":${time}${where}${offset}},"previous":${previous},"outcome":"${outcome}"${why}${judgedBy}${raised}${sealed},"facts":${facts}}`;
  };
}

function listed(name: string, list: readonly string[]): string {
  return list.length === 0 ? '' : `,"${name}":${JSON.stringify(list)}`;
}

/** Retention took these offsets before they were read, and an operator accepted exactly that. */
export function gapEntry(
  { topic, partition, plan, engine }: AuditLane,
  gap: { from: number; to: number },
  time: number,
  previous: number,
): string {
  const source: Source = { topic, partition, offset: gap.from };
  return JSON.stringify({
    v: AUDIT_VERSION,
    id: `${sourceName(source)}/gap`,
    time,
    source,
    previous,
    outcome: 'gap',
    plan,
    engine,
    facts: gap,
  });
}
