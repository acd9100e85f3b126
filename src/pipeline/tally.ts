/** What a committed window comes to, in counts: for metrics, logs and the live view. */
import type { Category } from '../../detectors/contract.js';
import type { Committed, Stage } from '../telemetry/events.js';
import type { OutcomeName, Reason } from '../verdict.js';
import { bytesOfRecord } from './outcome.js';
import type { Window } from './window.js';

export interface TallyContext {
  readonly topic: string;
  readonly partition: number;
  readonly end: number;
  readonly highWatermark: number;
  readonly stagesMs: Readonly<Record<Stage, number>>;
}

export function tallied(window: Window, { topic, partition, end, highWatermark, stagesMs }: TallyContext): Committed {
  const { judged, incidents } = window.tally;
  const outcomes: Partial<Record<OutcomeName, number>> = {};
  const reasons: Partial<Record<Reason, number>> = {};
  const findings: Partial<Record<Category, number>> = {};
  const latenciesMs = new Float64Array(judged.length);
  let bytesIn = 0;
  let bytesOut = 0;
  for (const [i, { record, verdict, facts }] of judged.entries()) {
    outcomes[verdict.outcome] = (outcomes[verdict.outcome] ?? 0) + 1;
    if (verdict.reason !== 'none') reasons[verdict.reason] = (reasons[verdict.reason] ?? 0) + 1;
    // A record may say that it was made in the future, or nothing at all.
    latenciesMs[i] = record.timestamp > 0 ? Math.max(0, end - record.timestamp) : 0;
    bytesIn += bytesOfRecord(record);
    if (verdict.outcome === 'redacted') bytesOut += (verdict.value ?? record.value)?.length ?? 0;
    const found = facts?.findings;
    if (found === undefined) continue;
    for (const category of Object.keys(found) as Category[])
      findings[category] = (findings[category] ?? 0) + (found[category] ?? 0);
  }
  const last = judged[judged.length - 1].record;
  return {
    topic,
    partition,
    records: judged.length,
    bytesIn,
    bytesOut,
    outcomes,
    reasons,
    findings,
    incidents,
    latenciesMs,
    stagesMs,
    lagRecords: Math.max(0, highWatermark - window.work.next),
    lagMs: Math.max(0, end - last.timestamp),
  };
}
