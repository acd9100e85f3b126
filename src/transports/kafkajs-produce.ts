/**
 * What kafkajs sends when it produces, written in one go. The library makes a buffer of a kilobyte for each record and each
 * header, lays them together five times over and sums them byte by byte: most of what a transaction costs is spent there.
 * The bytes are the same.
 */
import type { Headers } from '../message.js';
import { crc32c } from './crc32c.js';
import { encodeRecords, type RecordParts } from './record-bytes.js';

/** From this version of the request on, batches are of format 2. */
const VERSION_MIN = 3;

const MAGIC = 2;
const COMPRESSION_MASK = 7;
const TRANSACTIONAL = 16;

/**
 * Where things stand in a batch: first offset 8, length 4, epoch of the leader 4, magic 1, checksum 4 over what follows it:
 * attributes 2, last delta 4, first and last time 8 each, producer 8, its epoch 2, first sequence 4, count 4.
 */
const LENGTH_AT = 8;
const MAGIC_AT = 16;
const CHECKSUM_AT = 17;
const SUMMED_FROM = 21;
const RECORDS_AT = 61;

type HeadersByName = Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;

/** A message of the library's, or one with headers as a list, which stay in their order. */
export interface Produced {
  readonly key?: Buffer | string | null;
  readonly value: Buffer | string | null;
  readonly headers?: HeadersByName | Headers;
  readonly timestamp?: string;
}

export interface ProduceRequest {
  readonly transactionalId?: string | undefined;
  readonly producerId?: { toString(): string };
  readonly producerEpoch?: number;
  readonly acks: number;
  readonly timeout: number;
  readonly compression?: number;
  readonly topicData: readonly {
    readonly topic: string;
    readonly partitions: readonly {
      readonly partition: number;
      readonly firstSequence?: number;
      readonly messages: readonly Produced[];
    }[];
  }[];
}

/** What the library takes for one of its encoders. */
interface Encoded {
  readonly buf: Buffer;
  readonly buffer: Buffer;
  size(): number;
}

/** By the numbers of compressions, of which the first is none. */
export type Codecs = Readonly<
  Record<number, () => { compress(encoder: { readonly buffer: Buffer }): Promise<Buffer> }>
>;

interface Made {
  readonly request: { readonly encode: () => Promise<Encoded> };
  readonly response: unknown;
}

export interface ProduceProtocol {
  protocol(of: { readonly version: number | string }): (request: ProduceRequest) => Made;
}

export interface Encoder {
  buf: Buffer;
  readonly offset: number;
  ensureAvailable(length: number): void;
}

/** Into which the library copies a request twice more: zeros that are written over at once, up to twice its size, are spared. */
export function growAsNeeded(encoder: Encoder): void {
  encoder.ensureAvailable = function (this: Encoder, length) {
    const { buf, offset } = this;
    if (offset + length <= buf.length) return;
    this.buf = Buffer.allocUnsafe(Math.max(offset + length, 2 * buf.length));
    buf.copy(this.buf, 0, 0, offset);
  };
}

export function writeAtOnce(produce: ProduceProtocol, codecs: Codecs): void {
  const { protocol } = produce;
  produce.protocol = (of) => {
    const make = protocol(of);
    if (Number(of.version) < VERSION_MIN) return make;
    return (asked) => {
      const { request, response } = make(asked);
      return { request: { ...request, encode: () => encodeProduce(asked, codecs) }, response };
    };
  };
}

async function encodeProduce(request: ProduceRequest, codecs: Codecs): Promise<Encoded> {
  const { transactionalId, acks, timeout, topicData } = request;
  const head = Buffer.allocUnsafe(6);
  head.writeInt32BE(timeout, head.writeInt16BE(acks));
  const parts = [text(transactionalId), head, int32(topicData.length)];
  for (const { topic, partitions } of topicData) {
    parts.push(text(topic), int32(partitions.length));
    for (const { partition, firstSequence = 0, messages } of partitions) {
      const batch = await batchOf(request, messages, firstSequence, codecs);
      parts.push(int32(partition), int32(batch.length), batch);
    }
  }
  const buffer = Buffer.concat(parts);
  return { buf: buffer, buffer, size: () => buffer.length };
}

async function batchOf(
  request: ProduceRequest,
  messages: readonly Produced[],
  firstSequence: number,
  codecs: Codecs,
): Promise<Buffer> {
  const { transactionalId, producerId = -1, producerEpoch = 0, compression = 0 } = request;
  const now = Date.now();
  const times = messages.map(({ timestamp }) => (timestamp ? Number(timestamp) : now));
  const first = times.reduce((least, time) => Math.min(least, time), times[0] ?? now);
  const last = times.reduce((most, time) => Math.max(most, time), first);
  const records = messages.map((message, delta) => partsOf(message, delta, times[delta] - first));
  const batch = await written(records, compression & COMPRESSION_MASK, codecs);
  batch.fill(0, 0, RECORDS_AT);
  batch.writeInt32BE(batch.length - LENGTH_AT - 4, LENGTH_AT);
  batch[MAGIC_AT] = MAGIC;
  let at = batch.writeInt16BE((compression & COMPRESSION_MASK) | (transactionalId ? TRANSACTIONAL : 0), SUMMED_FROM);
  at = batch.writeInt32BE(messages.length - 1, at);
  at = batch.writeBigInt64BE(BigInt(first), at);
  at = batch.writeBigInt64BE(BigInt(last), at);
  at = batch.writeBigInt64BE(BigInt(producerId.toString()), at);
  at = batch.writeInt16BE(producerEpoch, at);
  at = batch.writeInt32BE(firstSequence, at);
  batch.writeInt32BE(messages.length, at);
  batch.writeUInt32BE(crc32c(batch.subarray(SUMMED_FROM)), CHECKSUM_AT);
  return batch;
}

/** The records, behind room for what stands before them. */
async function written(records: readonly RecordParts[], compression: number, codecs: Codecs): Promise<Buffer> {
  if (compression === 0) return encodeRecords(records, RECORDS_AT);
  const compressed = await codecs[compression]().compress({ buffer: encodeRecords(records) });
  return Buffer.concat([Buffer.alloc(RECORDS_AT), compressed]);
}

function partsOf({ key, value, headers }: Produced, delta: number, sinceFirst: number): RecordParts {
  return { delta, sinceFirst, key: bytesOf(key ?? null), value: bytesOf(value), headers: headersOf(headers) };
}

function headersOf(headers: HeadersByName | Headers | undefined): Headers {
  if (isList(headers)) return headers;
  const list: [string, Buffer | null][] = [];
  for (const name in headers) {
    const value = headers[name] ?? null;
    if (Array.isArray(value)) for (const one of value) list.push([name, bytesOf(one)]);
    else list.push([name, bytesOf(value)]);
  }
  return list;
}

function isList(headers: HeadersByName | Headers | undefined): headers is Headers {
  return Array.isArray(headers);
}

function bytesOf(value: Buffer | string | null): Buffer | null {
  return typeof value === 'string' ? Buffer.from(value) : value;
}

function text(value: string | undefined): Buffer {
  const bytes = Buffer.from(value ?? '');
  const length = Buffer.allocUnsafe(2);
  length.writeInt16BE(value === undefined ? -1 : bytes.length);
  return Buffer.concat([length, bytes]);
}

function int32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4);
  bytes.writeInt32BE(value);
  return bytes;
}
