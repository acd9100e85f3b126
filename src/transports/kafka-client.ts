/**
 * The only file through which anything reaches kafkajs. It takes the edges off: bounded decompression for all codecs, no
 * partition chosen by the library, no words of the library's in logs, errors as codes; what has to be mended inside the
 * library stands in kafkajs-mends.ts.
 */
import kafkajs, { type Admin, type Consumer, type Kafka, type KafkaConfig, type Producer } from 'kafkajs';
import { assignSlots, type Member } from './assigner.js';
import { CODEC_NUMBERS_UNKNOWN, CODECS, type CodecName, compressLz4, compressSnappy, decompress } from './codecs.js';
import * as bounds from './kafka-bounds.js';
import { mendClient } from './kafkajs-mends.js';

const {
  AssignerProtocol,
  CompressionCodecs,
  ConfigResourceTypes,
  CompressionTypes,
  KafkaJSNonRetriableError,
  logLevel,
} = kafkajs;

export type { Admin, Consumer, EachBatchPayload, IHeaders, KafkaMessage, Producer, Transaction } from 'kafkajs';

export type Sasl = {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
};

/** PEM text. `true` trusts what the system trusts; `cert` and `key` are our own, where brokers ask who we are. */
export type Tls = true | { readonly ca?: string; readonly cert?: string; readonly key?: string };

export interface KafkaOptions {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly tls?: Tls;
  readonly sasl?: Sasl;
}

export type Compression = 'none' | 'gzip' | 'snappy' | 'lz4';

const COMPRESSION = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
} as const;

const ASSIGNER = 'sluice-slots';

export function openKafka(options: KafkaOptions): Kafka {
  install();
  const { brokers, clientId, tls, sasl } = options;
  const config: KafkaConfig = {
    brokers: [...brokers],
    clientId,
    requestTimeout: bounds.requestMsMax,
    logLevel: logLevel.NOTHING, // Its messages quote records: what there is to say, our own events say.
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 10 },
  };
  if (tls !== undefined) config.ssl = tls === true ? true : { ...tls };
  // One object for each mechanism, since that is how the library's type tells them apart.
  if (sasl !== undefined) config.sasl = { ...sasl } as Exclude<KafkaConfig['sasl'], undefined>;
  return new kafkajs.Kafka(config);
}

/** Every record says its partition: left to itself, the library loses records when one of several brokers fails. */
function explicitPartition(): (args: { message: { partition?: number } }) => number {
  return ({ message: { partition } }) => {
    if (partition === undefined) throw new KafkaJSNonRetriableError('a record without a partition');
    return partition;
  };
}

export function transactionalProducer(kafka: Kafka, transactionalId: string): Producer {
  return kafka.producer({
    transactionalId,
    // One to a partition at a time: the committer sees to that, and the library for each broker. Offsets go beside.
    maxInFlightRequests: 2,
    transactionTimeout: bounds.transactionMsMax,
    createPartitioner: explicitPartition,
    allowAutoTopicCreation: false,
    // The coordinator is busy for some milliseconds after each commit; the library would wait for 300.
    retry: { initialRetryTime: 10, maxRetryTime: 1_000, retries: Number.MAX_SAFE_INTEGER },
  });
}

export function idempotentProducer(kafka: Kafka): Producer {
  return kafka.producer({
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: explicitPartition,
    allowAutoTopicCreation: false,
    retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: Number.MAX_SAFE_INTEGER },
  });
}

export interface GroupOptions {
  readonly groupId: string;
  /** Slots that this member holds now, so that it keeps them where that is fair. */
  readonly held: () => readonly number[];
  readonly fetchWaitMs?: number;
  readonly sessionMs?: number;
}

/** A member of a group in which partition i of all topics belongs to one member. */
export function groupConsumer(kafka: Kafka, { groupId, held, fetchWaitMs, sessionMs }: GroupOptions): Consumer {
  const sessionTimeout = sessionMs ?? bounds.sessionMs;
  return kafka.consumer({
    groupId,
    sessionTimeout,
    heartbeatInterval: sessionTimeout / bounds.heartbeatsPerSession,
    rebalanceTimeout: bounds.rebalanceMsMax,
    maxBytesPerPartition: bounds.partitionFetchBytesMax,
    maxBytes: bounds.fetchBytesMax,
    maxWaitTimeInMs: fetchWaitMs ?? bounds.fetchWaitMsMax,
    minBytes: 1,
    readUncommitted: false,
    allowAutoTopicCreation: false,
    // Lost connections are worth another try, for as long as the watchdog allows; the library itself knows which these are.
    retry: { initialRetryTime: 100, maxRetryTime: 3_000, retries: 20, restartOnFailure: async () => true },
    partitionAssigners: [
      ({ cluster }) => ({
        name: ASSIGNER,
        version: 1,
        protocol: ({ topics }) => ({
          name: ASSIGNER,
          metadata: AssignerProtocol.MemberMetadata.encode({ version: 1, topics, userData: encodeHeld(held()) }),
        }),
        assign: async ({ members, topics }) => {
          const partitions = new Map(
            topics.map((topic) => [topic, cluster.findTopicPartitionMetadata(topic).map((p) => p.partitionId)]),
          );
          return [...assignSlots(members.map(memberOf), partitions)].map(([memberId, assignment]) => ({
            memberId,
            memberAssignment: AssignerProtocol.MemberAssignment.encode({
              version: 1,
              assignment: Object.fromEntries([...assignment].map(([topic, list]) => [topic, [...list]])),
              userData: Buffer.alloc(0),
            }),
          }));
        },
      }),
    ],
  });
}

/** Whether the coordinator counts this member in, with this partition: `undefined` while the group makes up its mind. */
export async function isOwner(
  admin: Admin,
  groupId: string,
  memberId: string,
  topic: string,
  partition: number,
): Promise<boolean | undefined> {
  const group = (await admin.describeGroups([groupId])).groups[0];
  if (group === undefined || !['Stable', 'Dead', 'Empty'].includes(group.state)) return undefined;
  const member = group.members.find((candidate) => candidate.memberId === memberId);
  const assignment = member && AssignerProtocol.MemberAssignment.decode(member.memberAssignment)?.assignment;
  return assignment?.[topic]?.includes(partition) ?? false;
}

/** The settings of topics, by topic and name. */
export async function configOf(
  admin: Admin,
  topics: readonly string[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, string>>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      new Map(configEntries.map(({ configName, configValue }) => [configName, configValue])),
    ]),
  );
}

export function compressionOf(name: Compression): (typeof COMPRESSION)[Compression] {
  return COMPRESSION[name];
}

/** What may be said of a foreign error: words from the protocol's and the system's tables, and no message. */
export function faultOf(error: unknown): string {
  const words: string[] = [];
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    for (const key of ['type', 'code', 'name'] as const) {
      const word: unknown = (at as unknown as Record<string, unknown>)[key];
      if (typeof word === 'string' && /^[A-Za-z_]{3,60}$/.test(word) && !words.includes(word)) words.push(word);
    }
  }
  return words.join(' ') || 'UNKNOWN';
}

function memberOf({ memberId, memberMetadata }: { memberId: string; memberMetadata: Buffer }): Member {
  const metadata = AssignerProtocol.MemberMetadata.decode(memberMetadata);
  return { memberId, topics: metadata?.topics ?? [], held: decodeHeld(metadata?.userData) };
}

function encodeHeld(slots: readonly number[]): Buffer {
  return Buffer.from(Uint32Array.from(slots).buffer);
}

function decodeHeld(bytes: Buffer | null | undefined): number[] {
  const length = Math.floor((bytes?.length ?? 0) / 4);
  return Array.from({ length }, (_, i) => bytes?.readUInt32LE(4 * i) ?? 0);
}

let installed = false;

function install(): void {
  if (installed) return;
  for (const [name, number] of Object.entries(CODECS) as [CodecName, number][]) codec(number, name);
  for (const number of CODEC_NUMBERS_UNKNOWN) codec(number, undefined);
  mendClient();
  installed = true;
}

function codec(number: number, name: CodecName | undefined): void {
  const original = name === 'gzip' ? CompressionCodecs[CompressionTypes.GZIP]() : undefined;
  const compress = { gzip: original?.compress, snappy: compressSnappy, lz4: compressLz4, zstd: undefined };
  const table = CompressionCodecs as Record<number, () => unknown>;
  table[number] = () => ({
    decompress: (bytes: Buffer) => decompress(name, bytes),
    compress: (name && compress[name]) ?? (() => Promise.reject(new KafkaJSNonRetriableError('no such compression'))),
  });
}
