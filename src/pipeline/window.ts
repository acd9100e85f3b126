/**
 * One transaction: the records of a lane that are judged and in order, up to a bound, with all that comes of them. Pure:
 * it is built from verdicts and the sessions' state, and handed to the transport as it is, once or again.
 */
import { auditEntry, type Circumstances, gapEntry } from '../audit/entry.js';
import { quarantineOverheadBytes, recordBytesAlone, transactionBytesMax, transactionRecordsMax } from '../limits.js';
import { type Facts, type Source, sourceName } from '../message.js';
import { COULD_NOT_SCAN_RULE, type Plan, ruleOf } from '../policy/plan.js';
import { factsOf, hasContent, type Verdict } from '../verdict.js';
import { incident, incidentId } from './incident.js';
import { bytesOfRecord, outcomeRecord } from './outcome.js';
import type { InRecord, OutRecord, Work } from './port.js';
import type { Quarantine } from './quarantine.js';
import type { Change, Delta, Sessions } from './state.js';
import { outcomeTopic, type Topics } from './topics.js';

export interface Judged {
  readonly record: InRecord;
  readonly verdict: Verdict;
  /** Offsets before this record that retention took. */
  readonly gap?: { readonly from: number; readonly to: number };
}

export interface WindowContext {
  readonly plan: Plan;
  readonly engine: string;
  readonly topics: Topics;
  readonly quarantine: Quarantine;
  /** Largest record that may be written, in bytes. */
  readonly recordBytesMax: number;
  readonly topic: string;
  readonly partition: number;
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
  readonly tally: Tally;
  readonly previous: number;
}

/** How many of these records go into one transaction: at least one. */
export function windowLength(judged: readonly Judged[], recordsMax: number): number {
  let bytes = 0;
  const most = Math.min(judged.length, transactionRecordsMax, Math.max(1, recordsMax));
  for (let i = 0; i < most; i++) {
    const size = bytesOfRecord(judged[i].record) + (judged[i].verdict.value?.length ?? 0);
    bytes += size;
    if (i > 0 && (bytes > transactionBytesMax || size > recordBytesAlone)) return i;
    if (size > recordBytesAlone) return 1;
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
  const builder = new Builder(sessions.begin(), context, now, previous);
  for (const one of judged) builder.add(one);
  const forgotten = sessions.overflow();
  const next = judged[judged.length - 1].record.offset + 1;
  return {
    work: { sends: builder.sends(forgotten), first, next },
    delta: builder.change.delta,
    forgotten,
    tally: builder.tally,
    previous: next - 1,
  };
}

class Builder {
  private readonly outcomes: OutRecord[] = [];
  private readonly audit: OutRecord[] = [];
  private readonly incidents: OutRecord[] = [];
  private readonly quarantined: OutRecord[] = [];
  private readonly judged: Judged[] = [];
  private readonly raised: { rule: string; facts: Facts; source: string }[] = [];

  constructor(
    readonly change: Change,
    private readonly context: WindowContext,
    private readonly now: number,
    private previous: number,
  ) {}

  get tally(): Tally {
    return { judged: this.judged, incidents: this.raised };
  }

  add(one: Judged): void {
    const { context, now } = this;
    const { record } = one;
    const source: Source = { topic: context.topic, partition: context.partition, offset: record.offset };
    const name = sourceName(source);
    const about = { name, time: now, source, plan: context.plan.digest, engine: context.engine };
    if (one.gap !== undefined) {
      this.note(`${name}/gap`, gapEntry(one.gap.from, one.gap.to, { ...about, previous: this.previous }));
      this.previous = one.gap.to - 1;
    }
    const { verdict, outcome, facts, rules, incidents } = this.settle(one, name);
    const quarantined = verdict.outcome === 'could-not-scan' || verdict.reason === 'output-too-large';
    this.outcomes.push(outcome);
    if (quarantined) this.quarantined.push(this.seal(record, source, verdict));
    rules.forEach((rule, i) => {
      const event = incident(rule, {
        plan: context.plan,
        source,
        name,
        time: now,
        verdict,
        facts,
        quarantine: quarantined ? `${context.topics.quarantine}/${context.partition}` : undefined,
      });
      this.incidents.push({
        key: Buffer.from(incidents[i]),
        value: json(event),
        headers: eventHeaders(incidents[i], now),
      });
      this.raised.push({ rule: rule.name, facts, source: name });
    });
    this.note(
      name,
      auditEntry(verdict, { ...about, previous: this.previous, incidents, quarantined } satisfies Circumstances),
    );
    this.previous = record.offset;
    if (verdict.outcome !== 'clean' && verdict.outcome !== 'tombstone') {
      this.change.add(verdict, facts, incidents.length, now);
    }
    this.judged.push({ ...one, verdict });
  }

  /** The verdict that holds in the end: a redacted record that grew over the bound is blocked. */
  private settle(one: Judged, name: string) {
    const { plan, recordBytesMax } = this.context;
    let { verdict } = one;
    let facts: Facts | undefined;
    const read = (): Facts => (facts ??= factsOf(verdict));
    const asked = verdict.outcome === 'clean' || verdict.outcome === 'tombstone' ? [] : (read().rules ?? []);
    const rules = asked.flatMap((rule) => ruleOf(plan, rule) ?? []);
    if (verdict.outcome === 'could-not-scan') rules.push(COULD_NOT_SCAN_RULE);
    const incidents = rules.map((rule) => incidentId(name, rule.name));
    const headers = { source: name, plan: plan.digest.slice(0, 16), incidents };
    let outcome = outcomeRecord(one.record, verdict, read, headers);
    if (hasContent(verdict) && bytesOfRecord(outcome) > recordBytesMax) {
      const { facts: written, key } = verdict;
      verdict = { outcome: 'blocked', reason: 'output-too-large', facts: written, headers: [], ...(key && { key }) };
      outcome = outcomeRecord(one.record, verdict, read, headers);
    }
    return {
      verdict,
      outcome,
      facts: rules.length > 0 || verdict.outcome !== 'clean' ? read() : NO_FACTS,
      rules,
      incidents,
    };
  }

  private seal(record: InRecord, source: Source, verdict: Verdict): OutRecord {
    const sealed = this.context.quarantine.record(record, source, verdict.reason, this.now);
    if (bytesOfRecord(sealed) <= this.context.recordBytesMax + quarantineOverheadBytes) return sealed;
    // Too large for the topic: the place is kept, the record stays at its source for as long as that keeps it.
    return { ...sealed, value: null, headers: [...sealed.headers, ['sluice-not-kept', Buffer.from('too-large')]] };
  }

  private note(name: string, entry: string): void {
    this.audit.push({ key: Buffer.from(name), value: Buffer.from(entry), headers: [] });
  }

  sends(forgotten: readonly string[]): Work['sends'] {
    const { topics, topic, partition } = this.context;
    return [
      { topic: outcomeTopic(topics, topic), partition, records: this.outcomes },
      { topic: topics.audit, partition, records: this.audit },
      { topic: topics.incidents, partition, records: this.incidents },
      { topic: topics.quarantine, partition, records: this.quarantined },
      { topic: topics.state, partition, records: this.change.records(forgotten) },
    ].filter(({ records }) => records.length > 0);
  }
}

/** For records that nothing is asked of. */
const NO_FACTS: Facts = { tenant: '', surface: 'prompt' };

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value));
}

/** CloudEvents in binary mode. */
function eventHeaders(id: string, time: number): OutRecord['headers'] {
  return Object.entries({
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: '/sluice',
    ce_type: 'org.sluice.incident.created.v1',
    ce_time: new Date(time).toISOString(),
    'content-type': 'application/json',
  }).map(([name, text]) => [name, Buffer.from(text)]);
}
