/** `sluice bench`: how fast the gate is on a cluster of one's own, beside a bare transactional copy of the same records. */

import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import { createCluster, deleteCluster, fill, messages } from './bench/cluster.js';
import { type Figures, measureCopy, measureGate, type Span } from './bench/measure.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { usage } from './failure.js';
import { clientOf } from './run/client.js';
import { readSettings, typed } from './run/read-settings.js';

const LATENCY_SECONDS = 10;

const OPTIONS = {
  brokers: { type: 'string', value: 'HOST:PORT,…', about: 'the cluster' },
  records: { type: 'string', value: 'N', about: 'in each run; 20000' },
  bytes: { type: 'string', value: 'N', about: 'of a record; 2048' },
  share: { type: 'string', value: 'N', about: 'percent of records with identifiers; 30' },
  pairs: { type: 'string', value: 'N', about: 'runs of copy and gate, in turn; the median counts; 3' },
  partitions: { type: 'string', value: 'N', about: 'of each topic; 6' },
  replicas: { type: 'string', value: 'N', about: 'copies of each; 1' },
  threads: { type: 'string', value: 'N', about: 'worker threads' },
  json: { type: 'boolean', about: 'the figures as one JSON object' },
  config: { type: 'string', short: 'c', value: 'FILE', about: 'settings in YAML; sluice.yaml if it is there' },
  ...HELP,
} as const satisfies Options;

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  if (positionals.length > 0) throw usage('bench takes no words');
  const { brokers, threads } = values;
  const flags = {
    ...(brokers && { brokers: typed('brokers', brokers) }),
    ...(threads && { threads: typed('threads', threads) }),
  };
  const settings = readSettings({ flags, env: process.env, file: values.config });
  if (settings.brokers.length === 0) throw usage('bench needs a cluster: --brokers HOST:PORT');
  const records = whole('records', values.records ?? '20000', 100, 10_000_000);
  const bytes = whole('bytes', values.bytes ?? '2048', 128, settings.messageBytesMax);
  const share = whole('share', values.share ?? '30', 0, 100);
  const pairs = whole('pairs', values.pairs ?? '3', 1, 99);
  const partitions = whole('partitions', values.partitions ?? '6', 1, 1024);
  const replicas = whole('replicas', values.replicas ?? '1', 1, 16);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);

  const cluster = await createCluster(clientOf(settings), partitions, replicas);
  const ended = (): void => void deleteCluster(cluster).finally(() => process.exit(EXIT.failed));
  process.once('SIGINT', ended);
  process.once('SIGTERM', ended);
  try {
    const source = messages(bytes, share);
    say(`filling ${cluster.input} with ${records} records`);
    await fill(cluster, source, { count: records });
    const warm = Math.floor(records / 4);
    const span: Span = { warm, count: Math.floor(records * 0.7), from: 'first' };
    const [gates, copies]: [Figures[], Figures[]] = [[], []];
    for (let pair = 1; pair <= pairs; pair++) {
      copies.push(await measureCopy(cluster, span));
      gates.push(await measureGate(cluster, settings, span));
      say(`pair ${pair} of ${pairs}: copy ${speed(copies.at(-1))}, gate ${speed(gates.at(-1))}`);
    }
    const rate = median(gates.map(({ recordsPerSecond }) => recordsPerSecond)) / 4;
    say(`latency at ${rate.toFixed(0)} records/s`);
    const stop = new AbortController();
    let sending: Promise<void> | undefined;
    const late = await measureGate(cluster, settings, {
      warm: Math.ceil(2 * rate),
      count: Math.ceil((LATENCY_SECONDS - 2) * rate),
      from: 'next',
      ready: () => {
        sending ??= fill(cluster, source, { count: Number.MAX_SAFE_INTEGER, perSecond: rate, stop: stop.signal });
      },
    });
    stop.abort();
    await sending;
    print(values.json === true, {
      records_per_s: 4 * rate,
      mb_per_s: median(gates.map(({ mbPerSecond }) => mbPerSecond)),
      copy_records_per_s: median(copies.map(({ recordsPerSecond }) => recordsPerSecond)),
      over_copy: median(gates.map((gate, i) => gate.recordsPerSecond / copies[i].recordsPerSecond)),
      p50_ms_quarter_rate: late.p50Ms,
      p99_ms_quarter_rate: late.p99Ms,
    });
  } finally {
    await deleteCluster(cluster);
  }
  // What is left of the client's retries and timers is nobody's business any more.
  process.exit(EXIT.clean);
}

function print(json: boolean, figures: Readonly<Record<string, number>>): void {
  const rounded = Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(4))] as const);
  if (json) process.stdout.write(`${JSON.stringify(Object.fromEntries(rounded))}\n`);
  else for (const [name, value] of rounded) process.stdout.write(`${name.padEnd(22)} ${value}\n`);
}

function speed(figures: Figures | undefined): string {
  return `${figures?.recordsPerSecond.toFixed(0)} records/s`;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function whole(name: string, text: string, min: number, max: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value < min || value > max) throw usage(`--${name} is a whole number from ${min} to ${max}`);
  return value;
}

function help(): string {
  return `sluice bench: how fast the gate is on your cluster

Usage: sluice bench --brokers HOST:PORT,… [options]

Makes topics of its own (sluice-bench-…), fills them with invented records, runs
a bare transactional copy and the gate over them in turn, measures latency at a
quarter of the gate's speed, and deletes the topics. Topics of yours are not
touched. The copy, by the same client and as safe, is the limit.

Options
${optionLines(OPTIONS)}
Example
  sluice bench --brokers kafka-1:9092 --replicas 3 --threads 2
`;
}
