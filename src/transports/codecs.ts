/**
 * Decompression of record batches within bounds. What cannot be inflated (a bomb, a damaged stream, an unknown codec)
 * becomes the records that its header counts, each marked as unreadable: so each offset still gets its outcome, where an
 * error would stop the partition for good.
 */
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import snappy from 'snappyjs';
import type { Unreadable } from '../pipeline/port.js';
import { deflateLz4 } from './deflate-lz4.js';
import { TooLarge } from './inflate-bounds.js';
import { inflateLz4 } from './inflate-lz4.js';
import { inflateSnappy } from './inflate-snappy.js';
import { inflatedBytesMax, inflatedResponseBytesMax, recordCostBytes, unreadableRecordsMax } from './kafka-bounds.js';
import { encodeRecords } from './record-bytes.js';

/** By their number in a batch's attributes; the last three are not assigned, and unreadable. */
export const CODECS = { gzip: 1, snappy: 2, lz4: 3, zstd: 4 } as const;
export const CODEC_NUMBERS_UNKNOWN: readonly number[] = [5, 6, 7];

export type CodecName = keyof typeof CODECS;

/** Marks a record that we wrote in place of one that could not be read. A sender cannot know the value. */
export const UNREADABLE_HEADER = 'sluice-unreadable';
const SECRET = randomBytes(16).toString('hex');

/** Lengths within a batch, format 2: offset 8, length 4, epoch 4, magic 1, checksum 4, attributes 2, … count 4. */
const HEADER_BYTES = 61;
const MAGIC_AT = 16;
const MAGIC = 2;
const LAST_DELTA_AT = 23;

const inflateGzip = promisify(gunzip);

type Inflate = (bytes: Buffer, bytesMax: number) => Promise<Buffer> | Buffer;

const INFLATE: Readonly<Record<CodecName, Inflate>> = {
  gzip: (bytes, bytesMax) => inflateGzip(bytes, { maxOutputLength: bytesMax }),
  snappy: inflateSnappy,
  lz4: inflateLz4,
  zstd: inflateZstd,
};

/** What the responses that are being decoded have inflated to, so that many small bombs are one large one. */
const spent = new WeakMap<ArrayBufferLike, number>();

/** For kafkajs, which hands over the compressed part of a batch and decodes as many records as the header counts. */
export async function decompress(codec: CodecName | undefined, bytes: Buffer): Promise<Buffer> {
  const header = headerBefore(bytes);
  if (codec === undefined) return unreadable(header, bytes, 'CODEC_UNKNOWN');
  const before = spent.get(bytes.buffer) ?? 0;
  const cost = header.count * recordCostBytes;
  const bytesMax = Math.min(inflatedBytesMax, inflatedResponseBytesMax - before - cost);
  if (bytesMax <= 0) return unreadable(header, bytes, 'BATCH_TOO_LARGE');
  let inflated: Buffer;
  try {
    inflated = await INFLATE[codec](bytes, bytesMax);
  } catch (error) {
    return unreadable(header, bytes, isTooLarge(error) ? 'BATCH_TOO_LARGE' : 'BATCH_DAMAGED');
  }
  spent.set(bytes.buffer, (spent.get(bytes.buffer) ?? 0) + inflated.length + cost);
  return holds(inflated, header.count) ? inflated : unreadable(header, bytes, 'BATCH_DAMAGED');
}

/** Why a record is unreadable, if it is one that we wrote ourselves. */
export function unreadableReason(header: Buffer | undefined): Unreadable | undefined {
  const [secret, reason] = header?.toString('latin1').split(' ') ?? [];
  return secret === SECRET ? (reason as Unreadable) : undefined;
}

interface BatchHeader {
  readonly count: number;
  readonly bytes: Buffer;
}

/** The compressed part is a view of the whole response, in which the batch's header stands in front of it. */
function headerBefore(bytes: Buffer): BatchHeader {
  if (bytes.byteOffset < HEADER_BYTES) throw new RangeError('BATCH_DAMAGED');
  const header = Buffer.from(bytes.buffer, bytes.byteOffset - HEADER_BYTES, HEADER_BYTES);
  const count = header.readInt32BE(HEADER_BYTES - 4);
  const plausible = header[MAGIC_AT] === MAGIC && count > 0 && count <= header.readInt32BE(LAST_DELTA_AT) + 1;
  if (!plausible) throw new RangeError('BATCH_DAMAGED');
  return { count, bytes: header };
}

/** The first of them carries the batch as it came, so that nothing is thrown away. Its 0xff is in no UTF-8. */
function unreadable({ count, bytes: header }: BatchHeader, bytes: Buffer, reason: Unreadable): Buffer {
  if (count > unreadableRecordsMax) throw new RangeError(reason);
  const headers = [[UNREADABLE_HEADER, Buffer.from(`${SECRET} ${reason}`, 'latin1')]] as const;
  const original = Buffer.concat([Buffer.from([0xff]), header, bytes]);
  return encodeRecords(
    Array.from({ length: count }, (_, delta) => ({
      delta,
      value: delta === 0 ? original : Buffer.from([0xff]),
      headers,
    })),
  );
}

/** Whether the bytes are as many records as promised, by their lengths alone: past this, decoding cannot run out. */
function holds(bytes: Buffer, count: number): boolean {
  let at = 0;
  for (let i = 0; i < count; i++) {
    let length = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length || shift > 28) return false;
      const byte = bytes[at++] as number;
      length |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    const size = (length >>> 1) ^ -(length & 1);
    if (size < 0 || size > bytes.length - at) return false;
    at += size;
  }
  return true;
}

function isTooLarge(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return error instanceof TooLarge || code === 'ERR_BUFFER_TOO_LARGE';
}

/** Piece by piece, since a frame need not say how long it gets; a block is at most 128 KiB. */
function inflateZstd(bytes: Buffer, bytesMax: number): Buffer {
  const pieces: Uint8Array[] = [];
  let total = 0;
  const stream = new Decompress((piece) => {
    total += piece.length;
    if (total > bytesMax) throw new TooLarge();
    pieces.push(piece.slice());
  });
  stream.push(bytes, true);
  return Buffer.concat(pieces);
}

/** For kafkajs, which hands over an encoder of the records. Raw snappy: every client reads it. */
export async function compressSnappy({ buffer }: { buffer: Buffer }): Promise<Buffer> {
  return snappy.compress(buffer);
}

export async function compressLz4({ buffer }: { buffer: Buffer }): Promise<Buffer> {
  return deflateLz4(buffer);
}
