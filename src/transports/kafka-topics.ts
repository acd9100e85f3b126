/**
 * The topics that the gate needs on a cluster: how they have to be, creating those that are missing, and checking all of
 * them before the first record is read. What exists is never changed.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SluiceError } from '../errors.js';
import { quarantineOverheadBytes, timestampAheadMsMax, timestampBehindMsMax } from '../limits.js';
import { outcomeTopic, type Topics } from '../pipeline/topics.js';
import { attemptMsMax, batchOverheadBytes, ownMsMax, retryPauseMs } from './kafka-bounds.js';
import { type Admin, configOf, faultOf, type KafkaOptions, openKafka } from './kafka-client.js';
import { within } from './waiting.js';

const DAY_MS = 86_400_000;

/** 45 CFR 164.316(b)(2)(i): six years, of which two may be leap years; and a month in which to notice. */
const AUDIT_RETENTION_MS = (6 * 365 + 2 + 30) * DAY_MS;
const RETENTION_MS = 7 * DAY_MS;
const QUARANTINE_RETENTION_MS = 30 * DAY_MS;

/** What Kafka takes unless told otherwise. */
const BROKER_BYTES_MAX = 1_048_588;
const REPLICAS_MIN = 3;
const INSYNC_MIN = 2;

export interface Shape {
  readonly topic: string;
  readonly partitions: number;
  readonly config: Readonly<Record<string, string>>;
}

export interface Requirements {
  readonly topics: Topics;
  /** Largest record that the pipeline writes. */
  readonly recordBytesMax: number;
  /** One lost broker must lose nothing. */
  readonly production: boolean;
  /** Told the largest record that the quarantine topic takes. */
  readonly onQuarantineBytes?: (bytesMax: number) => void;
}

/** As they are created: everything with the partitions of the inputs, since an outcome keeps its partition. */
export function shapesOf(topics: Topics, partitions: number, recordBytesMax: number): Shape[] {
  const inputBytesMax = Math.max(BROKER_BYTES_MAX, recordBytesMax + batchOverheadBytes);
  const shape = (topic: string, retentionMs: number, bytesMax: number, more: Shape['config'] = {}): Shape => ({
    topic,
    partitions,
    config: { 'retention.ms': String(retentionMs), 'max.message.bytes': String(bytesMax), ...more },
  });
  const inputs = Object.keys(topics.inputs);
  return [
    ...inputs.map((topic) => shape(topic, RETENTION_MS, inputBytesMax)),
    ...inputs.map((topic) => shape(outcomeTopic(topics, topic), RETENTION_MS, inputBytesMax)),
    shape(topics.incidents, AUDIT_RETENTION_MS, inputBytesMax),
    shape(topics.audit, AUDIT_RETENTION_MS, inputBytesMax),
    shape(topics.quarantine, QUARANTINE_RETENTION_MS, inputBytesMax + quarantineOverheadBytes),
    shape(topics.state, -1, inputBytesMax, { 'cleanup.policy': 'compact' }),
    shape(topics.learned, -1, inputBytesMax, { 'cleanup.policy': 'compact' }),
  ];
}

/** A topic that says what is in force: few records, kept for good, so compacted; one partition keeps them in order. */
export function compactedShape(topic: string): Shape {
  return { topic, partitions: 1, config: { 'retention.ms': '-1', 'cleanup.policy': 'compact' } };
}

/** Creates what is missing; answers the names. */
export async function createTopics(
  client: KafkaOptions,
  shapes: readonly Shape[],
  replicas: number,
): Promise<readonly string[]> {
  return administer(client, async (admin) => {
    const known = new Set(await admin.listTopics());
    const missing = shapes.filter(({ topic }) => !known.has(topic));
    if (missing.length === 0) return [];
    await admin.createTopics({
      waitForLeaders: false, // The client gives up at the first broker that has not heard of them yet.
      topics: missing.map(({ topic, partitions, config }) => ({
        topic,
        numPartitions: partitions,
        replicationFactor: replicas,
        configEntries: Object.entries({ ...config, 'min.insync.replicas': String(Math.min(INSYNC_MIN, replicas)) }).map(
          ([name, value]) => ({ name, value }),
        ),
      })),
    });
    const names = missing.map(({ topic }) => topic);
    await leadersOf(admin, names);
    return names;
  });
}

/** Waits until every partition has a leader, as far as one broker knows. */
export async function leadersOf(admin: Admin, topics: readonly string[]): Promise<void> {
  let fault = 'LEADER_NOT_AVAILABLE';
  for (const deadline = Date.now() + attemptMsMax; Date.now() < deadline; await pause(retryPauseMs)) {
    try {
      const { topics: found } = await admin.fetchTopicMetadata({ topics: [...topics] });
      if (found.every(({ partitions }) => partitions.every(({ leader }) => leader >= 0))) return;
    } catch (error) {
      fault = faultOf(error);
    }
  }
  throw new SluiceError('KAFKA_FAILED', { subject: fault });
}

/** What is wrong with the topics, one sentence for each, in an order that does not change. */
export async function faultsOf(admin: Admin, requirements: Requirements): Promise<string[]> {
  const { topics } = requirements;
  const inputs = Object.keys(topics.inputs);
  const outcomes = inputs.map((topic) => outcomeTopic(topics, topic));
  const all = [...inputs, ...outcomes, topics.incidents, topics.audit, topics.quarantine, topics.state, topics.learned];
  const known = new Set(await admin.listTopics());
  const missing = all.filter((topic) => !known.has(topic));
  if (missing.length > 0) return missing.map((topic) => `${topic}: missing`);
  const { topics: found } = await admin.fetchTopicMetadata({ topics: all });
  const partitionsOf = new Map(found.map(({ name, partitions }) => [name, partitions]));
  const count = partitionsOf.get(inputs[0] ?? '')?.length ?? 0;
  const faults: string[] = [];
  for (const topic of inputs) {
    if (partitionsOf.get(topic)?.length !== count) faults.push(`${topic}: not the ${count} partitions of ${inputs[0]}`);
  }
  for (const topic of all.slice(inputs.length)) {
    if ((partitionsOf.get(topic)?.length ?? 0) < count) faults.push(`${topic}: fewer than ${count} partitions`);
  }
  const configs = await configOf(admin, all);
  const bytesOf = (topic: string): number => bytesIn(configs, topic);
  // A request is cut to what one record may take; on the quarantine topic each may be larger by what sealing adds.
  const written = requirements.recordBytesMax + batchOverheadBytes;
  for (const topic of [...outcomes, topics.incidents, topics.audit, topics.state, topics.learned]) {
    if (bytesOf(topic) < written) faults.push(`${topic}: max.message.bytes too small`);
  }
  const largest = Math.max(written, ...inputs.map(bytesOf)) + quarantineOverheadBytes;
  if (bytesOf(topics.quarantine) < largest) faults.push(`${topics.quarantine}: max.message.bytes below ${largest}`);
  for (const topic of outcomes) {
    const allowed = (side: string): number =>
      Number(configs.get(topic)?.get(`message.timestamp.${side}.max.ms`) ?? Number.POSITIVE_INFINITY);
    if (allowed('after') < timestampAheadMsMax || allowed('before') < timestampBehindMsMax)
      faults.push(`${topic}: message.timestamp.before.max.ms or after.max.ms too small`);
  }
  for (const topic of [topics.state, topics.learned])
    if (!configs.get(topic)?.get('cleanup.policy')?.includes('compact')) faults.push(`${topic}: not compacted`);
  if (!requirements.production) return faults;
  for (const topic of all) {
    const replicas = Math.min(...(partitionsOf.get(topic) ?? []).map((partition) => partition.replicas.length));
    const config = configs.get(topic);
    if (replicas < REPLICAS_MIN) faults.push(`${topic}: fewer than ${REPLICAS_MIN} replicas`);
    if (Number(config?.get('min.insync.replicas') ?? 1) < INSYNC_MIN)
      faults.push(`${topic}: min.insync.replicas below 2`);
    if (config?.get('unclean.leader.election.enable') === 'true') faults.push(`${topic}: unclean leaders`);
  }
  return faults;
}

function bytesIn(configs: Awaited<ReturnType<typeof configOf>>, topic: string): number {
  return Number(configs.get(topic)?.get('max.message.bytes') ?? BROKER_BYTES_MAX);
}

/** Before the first record is read. */
export async function checkTopics(admin: Admin, requirements: Requirements): Promise<void> {
  const [fault, ...more] = await faultsOf(admin, requirements);
  if (fault === undefined) {
    const { quarantine } = requirements.topics;
    const bytesMax = bytesIn(await configOf(admin, [quarantine]), quarantine);
    requirements.onQuarantineBytes?.(bytesMax - batchOverheadBytes);
    return;
  }
  const others = more.length > 0 ? `, and ${more.length} more: sluice topics check names them` : '';
  throw new SluiceError('TOPIC_UNFIT', { subject: `${fault}${others}` });
}

/** With an admin of its own, and foreign errors turned into codes. */
export async function administer<T>(client: KafkaOptions, work: (admin: Admin) => Promise<T>): Promise<T> {
  const admin = openKafka(client).admin();
  try {
    await within(ownMsMax, admin.connect());
    return await work(admin);
  } catch (error) {
    if (error instanceof SluiceError) throw error;
    throw new SluiceError('KAFKA_FAILED', { subject: faultOf(error) });
  } finally {
    await admin.disconnect().catch(() => {});
  }
}
