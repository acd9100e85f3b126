/** One run of a bench: the gate, or a bare transactional copy by the same client, over the same records of a cluster. */
import { randomBytes } from 'node:crypto';
import type { Settings } from '../../settings.js';
import { events } from '../../telemetry/events.js';
import { openGate } from '../run/gate.js';
import { type Cluster, newGroup } from './cluster.js';
import { copy } from './copy.js';
import { quantile } from './quantile.js';

export interface Figures {
  readonly recordsPerSecond: number;
  readonly mbPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Runs from the first commit past `warm` to the one that reaches `count` more. */
class Clock {
  private records = 0;
  private bytes = 0;
  private started: { readonly at: number; readonly records: number } | undefined;
  private readonly latencies: number[] = [];
  private readonly ended = new AbortController();
  figures: Figures | undefined;

  constructor(
    private readonly warm: number,
    private readonly count: number,
  ) {}

  get done(): AbortSignal {
    return this.ended.signal;
  }

  committed(records: number, bytes: number, latencies: Iterable<number>): void {
    this.records += records;
    if (this.started === undefined) {
      if (this.records >= this.warm) this.started = { at: performance.now(), records: this.records };
      return;
    }
    this.bytes += bytes;
    for (const ms of latencies) this.latencies.push(ms);
    if (this.records < this.warm + this.count || this.figures !== undefined) return;
    const seconds = (performance.now() - this.started.at) / 1000;
    this.figures = {
      recordsPerSecond: (this.records - this.started.records) / seconds,
      mbPerSecond: this.bytes / seconds / 1e6,
      p50Ms: quantile(this.latencies, 0.5),
      p99Ms: quantile(this.latencies, 0.99),
    };
    this.ended.abort();
  }
}

export interface Span {
  readonly warm: number;
  readonly count: number;
  /** What is there already, or what comes from now on. */
  readonly from: 'first' | 'next';
  /** Called once it reads. */
  readonly ready?: () => void;
}

export async function measureGate(cluster: Cluster, settings: Settings, span: Span): Promise<Figures> {
  const clock = new Clock(span.warm, span.count);
  const group = await newGroup(cluster, span.from);
  // Its references and its quarantine are deleted with the topics.
  const key = randomBytes(32).toString('base64');
  const gate = await openGate(
    { ...settings, group, key },
    events({
      assigned: () => span.ready?.(),
      committed: ({ records, bytesIn, latenciesMs }) => clock.committed(records, bytesIn, latenciesMs),
    }),
    { topics: cluster.topics },
  );
  await gate.run(clock.done);
  return clock.figures!;
}

export async function measureCopy(cluster: Cluster, span: Span): Promise<Figures> {
  const { client, input, copy: output, partitions } = cluster;
  const clock = new Clock(span.warm, span.count);
  const group = await newGroup(cluster, span.from);
  const committed = (records: number, bytes: number) => clock.committed(records, bytes, []);
  await copy({ client, group, input, output, partitions, done: clock.done, committed });
  return clock.figures!;
}
