/**
 * Metrics for Prometheus: counted by event in plain numbers, handed to prom-client when somebody scrapes. No label comes
 * from a message; all are names of ours or of the operator's topics.
 */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Buckets, STAGE_SECONDS } from './buckets.js';
import { type Committed, type DirectoryTold, type Events, type Lag, type RosterTold, STAGES } from './events.js';
import { KnownMetrics } from './known-metrics.js';
import { type PolicyStanding, policyGauges } from './policy-gauges.js';

/** What is read at the moment of a scrape. */
export interface Gauges {
  readonly inFlightBytes: number;
  readonly queuedPacks: number;
  readonly runningPacks: number;
  readonly threads: number;
  readonly workerRestarts: number;
  readonly retries: number;
  readonly slots: number;
  readonly lanes: number;
  readonly paused: boolean;
  /** How far behind lanes are now, where the transport can tell; what the last commit saw counts otherwise. */
  readonly lags?: readonly Lag[];
  /** What worker threads have counted, and how long they took over the stages of a pack. */
  readonly workers: Readonly<Record<string, number>>;
  readonly workerStages: ReadonlyMap<string, Buckets>;
}

const LATENCY_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export class Metrics implements Partial<Events> {
  readonly registry = new Registry();
  private readonly lag = new Map<string, { records: number; seconds: number }>();
  private readonly counts = new Map<string, Map<string, number>>();
  private readonly known = new KnownMetrics(this.registry);
  private readonly latency = new Buckets(LATENCY_SECONDS);
  private readonly queue = new Buckets(STAGE_SECONDS);
  private readonly policies = new Map<string, PolicyStanding>();
  private readonly stages = new Map(STAGES.map((stage) => [stage, new Buckets(STAGE_SECONDS)]));

  constructor(private readonly gauges: () => Gauges) {
    collectDefaultMetrics({ register: this.registry, prefix: 'sluice_' });
    this.counter('messages_total', 'Records by input topic and outcome', ['topic', 'outcome']);
    this.counter('bytes_total', 'Bytes of records that came in, and of redacted values', ['direction']);
    this.counter('findings_total', 'Identifiers by category', ['category']);
    this.counter('withheld_total', 'Records without content, by reason', ['reason']);
    this.counter('incidents_total', 'Incidents by rule', ['rule']);
    this.counter('transactions_total', 'Transactions by result', ['result']);
    this.counter('rebalances_total', 'Slots that came and went', ['event']);
    this.counter('pack_failures_total', 'Packs that came back without verdicts', ['reason']);
    this.counter('policy_loads_total', 'Policies that were put in force, and that were not', ['policy', 'result']);
    this.counter('shadow_messages_total', 'Messages that the second policy has judged, or had no time for', ['result']);
    this.counter('shadow_differences_total', 'Where the second policy would have decided otherwise, by rule', [
      'rule',
      'was',
      'would',
    ]);
    this.counter('gap_offsets_total', 'Offsets that retention took unread', ['topic']);
    const latency = new Map([['', this.latency]]);
    this.histogram('end_to_end_seconds', 'From the timestamp of a record to its commit', () => latency);
    this.histogram(
      'stage_seconds',
      'A pack: queue, unpack, judge, pack. A batch of them: pool, turn. A transaction: build, commit.',
      () => new Map<string, Buckets>([['queue', this.queue], ...this.gauges().workerStages, ...this.stages]),
    );
    this.lagGauges();
    policyGauges(this.registry, this.policies);
    this.scraped();
  }

  committed(event: Committed): void {
    for (const [outcome, count] of Object.entries(event.outcomes))
      this.add('messages_total', [event.topic, outcome], count);
    for (const [reason, count] of Object.entries(event.reasons)) this.add('withheld_total', [reason], count);
    for (const [category, count] of Object.entries(event.findings)) this.add('findings_total', [category], count);
    for (const { rule } of event.incidents) this.add('incidents_total', [rule], 1);
    this.known.committed(event);
    this.add('bytes_total', ['in'], event.bytesIn);
    this.add('bytes_total', ['redacted'], event.bytesOut);
    this.add('transactions_total', ['committed'], 1);
    for (const ms of event.latenciesMs) this.latency.observe(ms / 1000);
    for (const stage of STAGES) this.stages.get(stage)?.observe(event.stagesMs[stage] / 1000);
    const { lagRecords, lagMs } = event;
    this.lag.set(`${event.topic}\0${event.partition}`, {
      records: lagRecords,
      seconds: lagRecords === 0 ? 0 : lagMs / 1000,
    });
  }

  aborted(): void {
    this.add('transactions_total', ['aborted'], 1);
  }

  assigned(): void {
    this.add('rebalances_total', ['assigned'], 1);
  }

  revoked({ partition }: { readonly partition: number }): void {
    this.add('rebalances_total', ['revoked'], 1);
    for (const key of this.lag.keys()) if (key.endsWith(`\0${partition}`)) this.lag.delete(key);
  }

  packQueued({ ms }: { readonly ms: number }): void {
    this.queue.observe(ms / 1000);
  }

  packFailed({ reason }: { readonly reason: string }): void {
    this.add('pack_failures_total', [reason], 1);
  }

  gap({ topic, from, to }: { readonly topic: string; readonly from: number; readonly to: number }): void {
    this.add('gap_offsets_total', [topic], to - from);
  }

  directory(told: DirectoryTold): void {
    this.known.directory(told);
  }

  roster(told: RosterTold): void {
    this.known.roster(told);
  }

  readonly learned: Events['learned'] = (event) => this.known.learned(event);

  policyAdopted({ shadow, digest }: { readonly shadow: boolean; readonly digest: string }): void {
    this.add('policy_loads_total', [shadow ? 'shadow' : 'main', 'adopted'], 1);
    this.policies.set(shadow ? 'shadow' : 'main', { digest, refused: false });
  }

  policyRefused({ shadow }: { readonly shadow: boolean }): void {
    const policy = shadow ? 'shadow' : 'main';
    this.add('policy_loads_total', [policy, 'refused'], 1);
    this.policies.set(policy, { digest: this.policies.get(policy)?.digest ?? '', refused: true });
  }

  shadowed({ messages, skipped, differences }: Parameters<Events['shadowed']>[0]): void {
    this.add('shadow_messages_total', ['judged'], messages);
    this.add('shadow_messages_total', ['skipped'], skipped);
    for (const { rule, was, would, count } of differences)
      this.add('shadow_differences_total', [rule, was, would], count);
  }

  private add(name: string, labels: readonly string[], by: number): void {
    const counts = this.counts.get(name)!;
    const key = labels.join('\0');
    counts.set(key, (counts.get(key) ?? 0) + by);
  }

  private counter(name: string, help: string, labelNames: readonly string[]): void {
    const counts = new Map<string, number>();
    this.counts.set(name, counts);
    new Counter({
      name: `sluice_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [key, count] of counts) {
          const labels = key.split('\0');
          this.inc(Object.fromEntries(labelNames.map((label, i) => [label, labels[i]])), count);
        }
      },
    });
  }

  /** prom-client's own histogram cannot be set, only observed; so the three series are given as gauges are. */
  private histogram(name: string, help: string, series: () => ReadonlyMap<string, Buckets>): void {
    const full = `sluice_${name}`;
    this.registry.registerMetric({
      name: full,
      help,
      type: 'histogram',
      aggregator: 'sum',
      get: async () => ({ name: full, help, type: 'histogram', aggregator: 'sum', values: valuesOf(full, series()) }),
      reset: () => {},
    } as never);
  }

  private lagGauges(): void {
    const { lag, gauges } = this;
    for (const unit of ['records', 'seconds'] as const) {
      new Gauge({
        name: `sluice_lag_${unit}`,
        help:
          unit === 'records'
            ? 'Records behind the end of the partition'
            : 'Age of the record committed last, while behind',
        labelNames: ['topic', 'partition'],
        registers: [this.registry],
        collect() {
          this.reset();
          const now = new Map(lag);
          for (const { topic, partition, records, stillMs } of gauges().lags ?? []) {
            const before = lag.get(`${topic}\0${partition}`)?.seconds ?? 0;
            const seconds = records === 0 ? 0 : before + stillMs / 1000;
            now.set(`${topic}\0${partition}`, { records, seconds });
          }
          for (const [key, value] of now) {
            const [topic, partition] = key.split('\0');
            this.set({ topic, partition }, value[unit]);
          }
        },
      });
    }
  }

  private scraped(): void {
    const gauge = (name: string, help: string, read: (now: Gauges) => number): void => {
      const { gauges } = this;
      new Gauge({
        name: `sluice_${name}`,
        help,
        registers: [this.registry],
        collect() {
          this.set(read(gauges()));
        },
      });
    };
    gauge('in_flight_bytes', 'Bytes that are fetched and not committed', (now) => now.inFlightBytes);
    gauge('queued_packs', 'Packs that wait for a worker thread', (now) => now.queuedPacks);
    gauge('running_packs', 'Packs at a worker thread', (now) => now.runningPacks);
    gauge('worker_threads', 'Worker threads', (now) => now.threads);
    gauge('worker_restarts', 'Worker threads that were replaced since the start', (now) => now.workerRestarts);
    gauge('messages_alone', 'Messages that were judged alone because their pack failed', (now) => now.retries);
    gauge('slots', 'Slots that are ours', (now) => now.slots);
    gauge('lanes', 'Input partitions that are ours', (now) => now.lanes);
    gauge('paused', '1 while too much could not be scanned', (now) => (now.paused ? 1 : 0));
    for (const counter of ['records', 'bytes']) {
      gauge(`worker_${counter}`, `Counted by the worker threads: ${counter}`, (now) => now.workers[counter] ?? 0);
    }
  }
}

function valuesOf(name: string, series: ReadonlyMap<string, Buckets>): unknown[] {
  return [...series].flatMap(([stage, { bounds, counts, sum, count }]) => {
    const labels = stage === '' ? {} : { stage };
    let total = 0;
    const buckets = [...bounds, '+Inf'].map((le, i) => {
      total += counts[i];
      return { metricName: `${name}_bucket`, labels: { ...labels, le }, value: total };
    });
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels, value: sum },
      { metricName: `${name}_count`, labels, value: count },
    ];
  });
}
