/**
 * The pipeline on a real broker, from produced to redacted, beside a bare transactional copy of the same records by the
 * same client in the same run, which is the limit. `SLUICE_BENCH_FULL=1` measures all sizes, shares and thread counts.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { TOPICS, type Topics } from '../src/pipeline/topics.js';
import { idempotentProducer, openKafka } from '../src/transports/kafka-client.js';
import { sendTo } from '../src/transports/kafka-send.js';
import { administer, createTopics, shapesOf } from '../src/transports/kafka-topics.js';
import { startTestBrokers } from '../test/kit/test-brokers.js';
import { type Bench, median, print } from './harness.js';
import type { Probe, ProbeFigures } from './pipeline-probe.js';
import { smallRoster } from './small-roster.js';
import { messagesOf } from './workload.js';

const PARTITIONS = 6;
const PAIRS = 5;
/** Of content, in each run: after what the threads have seen before they join, before the clock starts, and while it runs. */
const WARM_BYTES = 24_000_000;
const BYTES = 30_000_000;
const RATE_SECONDS = 10;
/** Until what piled up while the threads warmed up is gone. */
const RATE_WARM_SECONDS = 25;
const RECORD_BYTES_MAX = 1_000_000;
const ROOT = new URL('../../', import.meta.url);
const DECIDING = {
  policy: fileURLToPath(new URL('policy.yaml', ROOT)),
  directory: fileURLToPath(new URL('fixtures/directory', ROOT)),
};
const PROBE = fileURLToPath(new URL('./pipeline-probe.js', import.meta.url));

interface Condition {
  readonly bytes: number;
  /** Share of records with identifiers. */
  readonly share: number;
  readonly threads: number;
  /** Judged by the shipped policy and an invented hospital's directory. */
  readonly policy?: true;
  /** And a roster of 100,000, one of whose patients each message is about; beside the gate without any of these. */
  readonly roster?: true;
}

const DECIDED: Condition = { bytes: 2048, share: 0.3, threads: 2, policy: true };
const KNOWING: Condition = { ...DECIDED, roster: true };
const SHORT: readonly Condition[] = [
  { bytes: 2048, share: 0.3, threads: 1 },
  { bytes: 2048, share: 0.3, threads: 2 },
  DECIDED,
  KNOWING,
];
const FULL: readonly Condition[] = [
  ...[512, 2048, 8192].flatMap((bytes) =>
    [0, 0.3, 1].flatMap((share) => [1, 2].map((threads) => ({ bytes, share, threads }))),
  ),
  DECIDED,
  KNOWING,
];

export const pipeline: Bench = {
  name: 'pipeline',
  about: `gate over bare transactional copy, ${PARTITIONS} partitions, median of ${PAIRS} pairs`,
  async run() {
    const { brokers, stop } = await startTestBrokers();
    try {
      const figures: Record<string, number> = {};
      for (const condition of process.env['SLUICE_BENCH_FULL'] ? FULL : SHORT) {
        Object.assign(figures, await throughput(brokers, condition));
      }
      const rate = (figures['pipeline_records_per_s_2k_30'] ?? 0) / 4;
      Object.assign(figures, await latency(brokers, rate));
      return figures;
    } finally {
      await stop();
    }
  },
};

async function throughput(brokers: readonly string[], condition: Condition): Promise<Record<string, number>> {
  const { bytes, share, threads, policy } = condition;
  const roster = condition.roster && smallRoster();
  const count = Math.round(BYTES / bytes);
  const warm = Math.round(WARM_BYTES / bytes);
  const topics = await makeTopics(brokers);
  await fill(brokers, topics, messagesOf(condition, warm + count, roster?.patients));
  const without: ProbeFigures[] = [];
  const gates: ProbeFigures[] = [];
  const copies: ProbeFigures[] = [];
  for (let pair = 0; pair < PAIRS; pair++) {
    copies.push(await probe(brokers, topics, { what: 'copy', threads, warm, count }));
    const deciding = policy && { ...DECIDING, roster: undefined, rosterKey: undefined, ...roster?.settings };
    if (roster) without.push(await probe(brokers, topics, { what: 'gate', threads, warm, count }));
    gates.push(await probe(brokers, topics, { what: 'gate', threads, warm, count, ...(deciding && { deciding }) }));
  }
  roster?.remove();
  const of = (list: readonly ProbeFigures[], name: keyof ProbeFigures): number => median(list.map((one) => one[name]));
  const ratio = median(gates.map((gate, i) => gate.recordsPerSecond / (copies[i]?.recordsPerSecond ?? 0)));
  const size = bytes < 1024 ? `${bytes}b` : `${bytes / 1024}k`;
  const label = `${size}, ${share * 100} % with identifiers, ${threads} threads${policy ? ', policy' : ''}${roster ? ', roster' : ''}`;
  print(
    label,
    of(gates, 'recordsPerSecond'),
    'records/s',
    `${ratio.toFixed(2)} of the copy's ${of(copies, 'recordsPerSecond').toFixed(0)}`,
  );
  print(
    '',
    of(gates, 'mbPerSecond'),
    'MB/s',
    `${of(gates, 'rssMb').toFixed(0)} MB, ${of(gates, 'cpuSeconds').toFixed(1)} CPU s`,
  );
  const name = `${size}_${share * 100}${threads === 1 ? '_1t' : ''}${policy ? '_policy' : ''}${roster ? '_roster' : ''}`;
  const plain = median(gates.map((gate, i) => gate.recordsPerSecond / (without[i]?.recordsPerSecond ?? 0)));
  if (roster) print('', plain, 'of the gate without roster and policy');
  return {
    ...(roster && { pipeline_with_roster_over_without: plain }),
    [`pipeline_over_copy_${name}`]: ratio,
    [`pipeline_records_per_s_${name}`]: of(gates, 'recordsPerSecond'),
    [`pipeline_mb_per_s_${name}`]: of(gates, 'mbPerSecond'),
    [`pipeline_cpu_s_${name}`]: of(gates, 'cpuSeconds'),
    [`pipeline_copy_records_per_s_${name}`]: of(copies, 'recordsPerSecond'),
    ...(name === '2k_30' && { pipeline_rss_mb: Math.max(...gates.map(({ rssMb }) => rssMb)) }),
  };
}

/** From a record's timestamp to its commit, at a fixed rate of arrival. */
async function latency(brokers: readonly string[], rate: number): Promise<Record<string, number>> {
  const condition = { bytes: 2048, share: 0.3, threads: 2 };
  const topics = await makeTopics(brokers);
  const warm = Math.round(RATE_WARM_SECONDS * rate);
  const count = Math.round(RATE_SECONDS * rate);
  const running = probe(brokers, topics, { what: 'gate', threads: condition.threads, warm, count: count * 0.9 });
  await pause(8_000);
  const values = messagesOf(condition, warm + count);
  const producer = idempotentProducer(openKafka({ brokers, clientId: 'bench' }));
  await producer.connect();
  const begun = performance.now();
  for (let sent = 0; sent < values.length; ) {
    const due = Math.min(values.length, Math.floor(((performance.now() - begun) / 1000) * rate));
    const messages = values.slice(sent, due).map((value, i) => ({ value, partition: (sent + i) % PARTITIONS }));
    if (messages.length > 0) await producer.send({ topic: inputOf(topics), acks: -1, messages });
    sent = Math.max(sent, due);
    await pause(5);
  }
  const { p50Ms, p99Ms } = await running;
  await producer.disconnect();
  print(`at ${rate.toFixed(0)} records/s, p50`, p50Ms, 'ms', `p99 ${p99Ms.toFixed(0)} ms`);
  return { pipeline_p50_ms_quarter_rate: p50Ms, pipeline_p99_ms_quarter_rate: p99Ms };
}

async function makeTopics(brokers: readonly string[]): Promise<Topics> {
  const name = `b${randomBytes(4).toString('hex')}`;
  const topics: Topics = {
    inputs: { [`${name}.prompts`]: 'prompt' },
    suffix: TOPICS.suffix,
    incidents: `${name}.incidents`,
    audit: `${name}.audit`,
    quarantine: `${name}.quarantine`,
    state: `${name}.state`,
    learned: `${name}.learned`,
  };
  await createTopics({ brokers, clientId: 'bench' }, shapesOf(topics, PARTITIONS, RECORD_BYTES_MAX), 1);
  const copy = shapesOf({ ...topics, inputs: { [`${name}.copy`]: 'prompt' } }, PARTITIONS, RECORD_BYTES_MAX)[0];
  if (copy !== undefined) await createTopics({ brokers, clientId: 'bench' }, [copy], 1);
  return topics;
}

function inputOf(topics: Topics): string {
  return Object.keys(topics.inputs)[0] as string;
}

async function fill(brokers: readonly string[], topics: Topics, values: readonly string[]): Promise<void> {
  const producer = idempotentProducer(openKafka({ brokers, clientId: 'bench' }));
  await producer.connect();
  const topic = inputOf(topics);
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const mine = values.filter((_, i) => i % PARTITIONS === partition);
    for (let at = 0; at < mine.length; at += 80) {
      const messages = mine.slice(at, at + 80).map((value) => ({ value, partition }));
      await sendTo(producer, topic, messages);
    }
  }
  await producer.disconnect();
}

/** A group of its own that begins at the beginning, told so: to find output without an offset is an error to the gate. */
async function newGroup(brokers: readonly string[], topic: string): Promise<string> {
  const groupId = `bench-${randomBytes(4).toString('hex')}`;
  const partitions = Array.from({ length: PARTITIONS }, (_, partition) => ({ partition, offset: '0' }));
  await administer({ brokers, clientId: 'bench' }, (admin) => admin.setOffsets({ groupId, topic, partitions }));
  return groupId;
}

async function probe(
  brokers: readonly string[],
  topics: Topics,
  { what, threads, warm, count, deciding }: Pick<Probe, 'what' | 'threads' | 'warm' | 'count' | 'deciding'>,
): Promise<ProbeFigures> {
  const input = inputOf(topics);
  const { suffix: _, ...named } = topics;
  const all: Probe = {
    what,
    brokers,
    group: await newGroup(brokers, input),
    input,
    partitions: PARTITIONS,
    output: input.replace(/prompts$/, 'copy'),
    topics: named,
    threads,
    warm,
    count,
    ...(deciding && { deciding }),
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROBE, JSON.stringify(all)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('exit', (code) => {
      if (code === 0) resolve(JSON.parse(said) as ProbeFigures);
      else reject(new Error(`the ${what} ended with ${code}`));
    });
  });
}
