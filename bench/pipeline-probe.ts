/**
 * One process of the pipeline bench: the gate, or a bare transactional copy by the same client, over records that are
 * there already or still arrive. Prints its figures as one line of JSON.
 */
import { copy } from '../src/commands/bench/copy.js';
import { quantile } from '../src/commands/bench/quantile.js';
import { openGate } from '../src/commands/run/gate.js';
import { settingsSchema } from '../src/settings.js';
import { events } from '../src/telemetry/events.js';

export interface Probe {
  readonly what: 'gate' | 'copy';
  readonly brokers: readonly string[];
  readonly group: string;
  readonly input: string;
  readonly partitions: number;
  readonly output: string;
  /** For the gate. */
  readonly topics: Readonly<Record<string, unknown>>;
  readonly threads: number;
  /** Settings of a policy, a directory and a roster; without, all that is found is redacted. */
  readonly deciding?: Readonly<Record<'policy' | 'directory' | 'roster' | 'rosterKey', string | undefined>>;
  /** Records before the clock starts, and those that it runs for. */
  readonly warm: number;
  readonly count: number;
}

export interface ProbeFigures {
  readonly recordsPerSecond: number;
  readonly mbPerSecond: number;
  readonly cpuSeconds: number;
  readonly rssMb: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

class Clock {
  private records = 0;
  private bytes = 0;
  private started = 0;
  private before = 0;
  private cpu = process.cpuUsage();
  private readonly latencies: number[] = [];
  private readonly stop = new AbortController();

  constructor(private readonly probe: Probe) {}

  get signal(): AbortSignal {
    return this.stop.signal;
  }

  committed(records: number, bytes: number, latencies: Float64Array | undefined): void {
    this.records += records;
    if (this.started === 0) {
      if (this.records < this.probe.warm) return;
      this.before = this.records;
      this.started = performance.now();
      this.cpu = process.cpuUsage();
      return;
    }
    this.bytes += bytes;
    if (latencies !== undefined) this.latencies.push(...latencies);
    if (this.records < this.probe.warm + this.probe.count || this.stop.signal.aborted) return;
    const seconds = (performance.now() - this.started) / 1000;
    const { user, system } = process.cpuUsage(this.cpu);
    const figures: ProbeFigures = {
      recordsPerSecond: (this.records - this.before) / seconds,
      mbPerSecond: this.bytes / seconds / 1e6,
      cpuSeconds: (user + system) / 1e6,
      rssMb: process.memoryUsage.rss() / 2 ** 20,
      p50Ms: quantile(this.latencies, 0.5),
      p99Ms: quantile(this.latencies, 0.99),
    };
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    this.stop.abort();
  }
}

const probe = JSON.parse(process.argv[2] ?? '{}') as Probe;
const clock = new Clock(probe);
await (probe.what === 'gate' ? runGate() : runCopy());
process.exit(0);

async function runGate(): Promise<void> {
  const { brokers, group, topics, threads, deciding } = probe;
  const key = 'a key of the bench, not of a gate';
  const settings = settingsSchema.parse({ brokers, group, key, threads, topics, logLevel: 'silent', ...deciding });
  const gate = await openGate(
    settings,
    events({ committed: ({ records, bytesIn, latenciesMs }) => clock.committed(records, bytesIn, latenciesMs) }),
  );
  await gate.run(clock.signal);
}

async function runCopy(): Promise<void> {
  const { brokers, group, input, output, partitions } = probe;
  await copy({
    client: { brokers, clientId: 'bench' },
    group,
    input,
    output,
    partitions,
    done: clock.signal,
    committed: (records, bytes) => clock.committed(records, bytes, undefined),
  });
}
