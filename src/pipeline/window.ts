/**
 * One transaction: the records of a lane that are judged and in order, up to a bound, with all that comes of them. Pure:
 * it is built from verdicts and the sessions' state, and handed to the transport as it is, once or again.
 */
import { randomUUID } from 'node:crypto';
import { type AuditLane, auditWriter, gapEntry } from '../audit/entry.js';
import {
  approvalMs,
  quarantineOverheadBytes,
  recordBytesAlone,
  transactionBytesMax,
  transactionRecordsMax,
} from '../limits.js';
import { type Facts, type Source, sourceName } from '../message.js';
import { COULD_NOT_SCAN_RULE, type Plan, ruleOf } from '../policy/plan.js';
import { hasContent, type Verdict } from '../verdict.js';
import { APPROVAL_MISUSED_RULE, aboutHeld, isMisuse, withHeld } from './approval.js';
import { windowFailuresMax } from './breaker.js';
import { incident, incidentId, incidentRecord } from './incident.js';
import { type Learning, type Lesson, lessonRecords, type Pupil } from './learning.js';
import { bytesOfRecord, outcomeRecord } from './outcome.js';
import type { Headers, InRecord, OutRecord, Work } from './port.js';
import type { Quarantine, Sealed } from './quarantine.js';
import { withSurface } from './replay.js';
import { type Judged, settled } from './settle.js';
import type { Change, Delta, Sessions } from './state.js';
import { outcomeTopic, type Topics } from './topics.js';

export type { Judged } from './settle.js';

export interface WindowContext {
  readonly engine: string;
  readonly topics: Topics;
  readonly quarantine: Quarantine;
  /** Largest record that may be written, in bytes. */
  readonly recordBytesMax: number;
  readonly topic: string;
  readonly partition: number;
  /** None: nothing is learned. */
  readonly learning?: Learning;
}

/** What happened in a window, for metrics and the live view. */
export interface Tally {
  readonly judged: readonly Judged[];
  readonly incidents: readonly { readonly rule: string; readonly facts: Facts; readonly source: string }[];
}

export interface Window {
  readonly work: Work;
  readonly delta: Delta;
  readonly forgotten: readonly string[];
  readonly lesson: Lesson;
  readonly tally: Tally;
  readonly previous: number;
}

/** How many of these records go into one transaction: at least one. */
export function windowLength(judged: readonly Judged[], recordsMax: number): number {
  let bytes = 0;
  let failures = 0;
  const most = Math.min(judged.length, transactionRecordsMax, Math.max(1, recordsMax));
  for (let i = 0; i < most; i++) {
    // A transaction is of one plan, which its audit entries name.
    if (judged[i].plan !== judged[0].plan) return i;
    const size = bytesOfRecord(judged[i].record) + (judged[i].verdict.value?.length ?? 0);
    bytes += size;
    if (i > 0 && (bytes > transactionBytesMax || size > recordBytesAlone)) return i;
    if (size > recordBytesAlone) return 1;
    if (judged[i].verdict.outcome === 'could-not-scan' && ++failures === windowFailuresMax) return i + 1;
  }
  return most;
}

export function buildWindow(
  judged: readonly Judged[],
  first: number,
  previous: number,
  sessions: Sessions,
  context: WindowContext,
  now: number,
): Window {
  const builder = new Builder(sessions.begin(), context, now, previous, judged[0].plan);
  for (const one of judged) builder.add(one);
  const forgotten = sessions.overflow();
  const next = judged[judged.length - 1].record.offset + 1;
  const lesson = builder.pupil?.lesson(now) ?? new Map();
  return {
    work: { sends: builder.sends(forgotten, lesson), first, next },
    delta: builder.change.delta,
    forgotten,
    lesson,
    tally: builder.tally,
    previous: next - 1,
  };
}

/** After the commit. */
export function applyWindow({ delta, forgotten, lesson }: Window, sessions: Sessions, learning?: Learning): void {
  sessions.apply(delta);
  sessions.forget(forgotten);
  learning?.apply(lesson);
}

class Builder {
  readonly pupil: Pupil | undefined;
  private readonly outcomes: OutRecord[] = [];
  private readonly audit: OutRecord[] = [];
  private readonly incidents: OutRecord[] = [];
  private readonly quarantined: OutRecord[] = [];
  private readonly judged: Judged[] = [];
  private readonly raised: { rule: string; facts: Facts; source: string }[] = [];
  private readonly lane: AuditLane;
  private readonly write: ReturnType<typeof auditWriter>;
  private readonly digest: Buffer;
  private readonly time: Buffer;

  constructor(
    readonly change: Change,
    private readonly context: WindowContext,
    private readonly now: number,
    private previous: number,
    private readonly plan: Plan,
  ) {
    const { topic, partition, engine, learning } = context;
    this.pupil = learning?.begin();
    const { digest, without, undetected } = plan;
    this.lane = { topic, partition, plan: digest, engine, without, undetected };
    this.write = auditWriter(this.lane);
    this.digest = Buffer.from(digest.slice(0, 16));
    this.time = Buffer.from(new Date(now).toISOString());
  }

  get tally(): Tally {
    return { judged: this.judged, incidents: this.raised };
  }

  add(one: Judged): void {
    const { context, now, lane } = this;
    const { record, gap } = one;
    const source: Source = { topic: context.topic, partition: context.partition, offset: record.offset };
    const name = sourceName(source);
    const nameBytes = Buffer.from(name);
    if (gap !== undefined) {
      this.note(
        Buffer.from(`${sourceName({ ...source, offset: gap.from })}/gap`),
        gapEntry(lane, gap, now, this.previous),
      );
      this.previous = gap.to - 1;
    }
    const { verdict, outcome, facts, rules, incidents, kept } = this.settle(one, source, name, nameBytes);
    this.outcomes.push(outcome);
    const quarantine = kept ? `${context.topics.quarantine}/${context.partition}` : undefined;
    const about = { plan: this.plan, source, name, time: now, verdict, facts, quarantine };
    rules.forEach((rule, i) => {
      this.incidents.push(incidentRecord(incident(rule, { ...about, uid: incidents[i] }), this.time));
      this.raised.push({ rule: rule.name, facts, source: name });
    });
    this.note(
      nameBytes,
      this.write(verdict, { time: now, offset: record.offset, previous: this.previous, incidents, kept }),
    );
    this.previous = record.offset;
    if (verdict.outcome !== 'clean' && verdict.outcome !== 'tombstone') {
      this.change.add(verdict, facts, incidents.length, now);
    }
    this.judged.push({ ...one, verdict, facts });
  }

  /** The verdict that holds in the end, and what comes of it: a redacted record that grew over the bound is blocked. */
  private settle(one: Judged, source: Source, name: string, nameBytes: Buffer) {
    const { recordBytesMax } = this.context;
    const { record } = one;
    let { verdict, facts: read, plain } = settled(one, this.change, { name, now: this.now, pupil: this.pupil });
    const asked = plain ? [] : (read().rules ?? []);
    const rules = asked.flatMap((rule) => ruleOf(this.plan, rule) ?? []);
    if (verdict.outcome === 'could-not-scan') rules.push(COULD_NOT_SCAN_RULE);
    if (isMisuse(verdict.reason)) rules.push(APPROVAL_MISUSED_RULE);
    const incidents = rules.map((rule) => incidentId(name, rule.name));
    let kept: boolean | undefined;
    if (verdict.outcome === 'pending') {
      const held = this.hold(record, source, name, verdict, read());
      kept = held !== undefined;
      if (held !== undefined) {
        const facts: Facts = { ...read(), approval: held };
        verdict = { ...verdict, facts: JSON.stringify(facts) };
        read = () => facts;
      }
    }
    const { approval, releasedFrom: from = approval?.from } = plain ? NO_FACTS : read();
    const headers = { source: nameBytes, plan: this.digest, incidents, approval, from, now: this.now };
    let outcome = outcomeRecord(record, verdict, read, headers);
    if (hasContent(verdict) && bytesOfRecord(outcome) > recordBytesMax) {
      const { facts: written, key } = verdict;
      verdict = { outcome: 'blocked', reason: 'output-too-large', facts: written, headers: [], ...(key && { key }) };
      outcome = outcomeRecord(record, verdict, read, headers);
    }
    if (verdict.outcome === 'could-not-scan' || verdict.reason === 'output-too-large')
      kept = this.quarantine(withSurface(record, read().surface), source, verdict);
    const wanted = !plain || rules.length > 0;
    return { verdict, outcome, facts: wanted ? read() : NO_FACTS, rules, incidents, kept };
  }

  /** A message that waits for somebody is kept with what is to be decided; without an approval to wait for if it cannot be. */
  private hold(record: InRecord, source: Source, name: string, verdict: Verdict, facts: Facts): Facts['approval'] {
    if (this.context.topics.quarantine === '') return undefined;
    const id = randomUUID();
    const expires = this.now + approvalMs;
    const about = aboutHeld(facts, this.plan.digest, id, expires);
    if (!this.change.approvals.wait(about, name, this.now)) return undefined;
    if (this.quarantine(withHeld(record, about), source, verdict)) return { id, expires };
    this.change.approvals.forget(id);
    return undefined;
  }

  /** False if it cannot be kept. */
  private quarantine(record: Sealed, source: Source, verdict: Verdict): boolean {
    const { quarantine, topics, recordBytesMax } = this.context;
    if (topics.quarantine === '') return false;
    const sealed = quarantine.record(record, source, verdict.reason, this.now);
    const kept = bytesOfRecord(sealed) <= (quarantine.bytesMax ?? recordBytesMax + quarantineOverheadBytes);
    // Too large for the topic: the place is kept, the record stays at its source for as long as that keeps it.
    const headers: Headers = [...sealed.headers, ['sluice-not-kept', Buffer.from('too-large')]];
    this.quarantined.push(kept ? sealed : { ...sealed, value: null, headers });
    return kept;
  }

  private note(key: Buffer, entry: string): void {
    this.audit.push({ key, value: Buffer.from(entry), headers: [] });
  }

  sends(forgotten: readonly string[], lesson: Lesson): Work['sends'] {
    const { topics, topic, partition } = this.context;
    return [
      { topic: outcomeTopic(topics, topic), partition, records: this.outcomes },
      { topic: topics.audit, partition, records: this.audit },
      { topic: topics.incidents, partition, records: this.incidents },
      { topic: topics.quarantine, partition, records: this.quarantined },
      { topic: topics.state, partition, records: this.change.records(forgotten) },
      { topic: topics.learned, partition, records: lessonRecords(lesson) },
    ].filter(({ records }) => records.length > 0);
  }
}

/** For records that nothing is asked of. */
const NO_FACTS: Facts = { tenant: '', surface: 'prompt' };
