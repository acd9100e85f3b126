/**
 * Quarantine: the record that could not be scanned, as it came, encrypted with AES-256-GCM. Each record has a key of its
 * own, made from the configured one and a random salt; where it came from is authenticated with it, so a record cannot be
 * passed off as another. Headers in clear are codes and places only, in the form that Kafka Connect's tools know.
 *
 *   value    "SLQ1" · key id (8) · salt (16) · nonce (12) · tag (16) · sealed: key length, headers length, key, headers, value
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { SluiceError } from '../errors.js';
import { type Source, sourceName, type Task } from '../message.js';
import { bytesOfHeaders, readHeaders, writeHeaders } from '../pool/wire-headers.js';
import type { Reason } from '../verdict.js';
import type { Headers, OutRecord } from './port.js';

const MAGIC = Buffer.from('SLQ1');
const KEY_ID_BYTES = 8;
const SALT_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEAD_BYTES = MAGIC.length + KEY_ID_BYTES + SALT_BYTES + NONCE_BYTES + TAG_BYTES;
const ABSENT = 0xffffffff;

export type Sealed = Pick<Task, 'key' | 'value' | 'headers'>;

export class Quarantine {
  private readonly keyId: Buffer;
  /** Of the tokens that release what is held: another one than what seals it. */
  readonly approvalKey: Buffer;
  /** Largest record that the topic takes, once the transport has looked. */
  bytesMax: number | undefined;

  constructor(private readonly key: Uint8Array) {
    this.keyId = createHash('sha256')
      .update('sluice quarantine key id\0')
      .update(key)
      .digest()
      .subarray(0, KEY_ID_BYTES);
    this.approvalKey = createHmac('sha256', key).update('sluice approvals\0').digest();
  }

  record(task: Sealed, source: Source, reason: Reason, time: number): OutRecord {
    return {
      key: Buffer.from(sourceName(source)),
      value: this.seal(task, source),
      headers: errorHeaders(source, reason, time),
    };
  }

  seal(task: Sealed, source: Source): Buffer {
    const salt = randomBytes(SALT_BYTES);
    const nonce = randomBytes(NONCE_BYTES);
    const head = Buffer.concat([MAGIC, this.keyId, salt, nonce]);
    const cipher = createCipheriv('aes-256-gcm', this.keyFor(salt), nonce);
    cipher.setAAD(Buffer.concat([head, Buffer.from(sourceName(source))]));
    const sealed = Buffer.concat([cipher.update(packed(task)), cipher.final()]);
    return Buffer.concat([head, cipher.getAuthTag(), sealed]);
  }

  /** The record as it came. Throws QUARANTINE_SEALED if the key or the source is another, or a bit has changed. */
  open(value: Buffer, source: Source): Sealed {
    const head = value.subarray(0, HEAD_BYTES - TAG_BYTES);
    if (value.length < HEAD_BYTES || !head.subarray(0, MAGIC.length).equals(MAGIC)) throw sealed('not a sealed record');
    if (!head.subarray(MAGIC.length, MAGIC.length + KEY_ID_BYTES).equals(this.keyId)) throw sealed('another key');
    const salt = head.subarray(MAGIC.length + KEY_ID_BYTES, MAGIC.length + KEY_ID_BYTES + SALT_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', this.keyFor(salt), head.subarray(-NONCE_BYTES));
    decipher.setAAD(Buffer.concat([head, Buffer.from(sourceName(source))]));
    decipher.setAuthTag(value.subarray(HEAD_BYTES - TAG_BYTES, HEAD_BYTES));
    try {
      return unpack(Buffer.concat([decipher.update(value.subarray(HEAD_BYTES)), decipher.final()]));
    } catch {
      throw sealed('changed, or of another source');
    }
  }

  private keyFor(salt: Uint8Array): Buffer {
    return createHmac('sha256', this.key).update('sluice quarantine record\0').update(salt).digest();
  }
}

function sealed(subject: string): SluiceError {
  return new SluiceError('QUARANTINE_SEALED', { subject });
}

/** Kafka Connect's names, so that its tools and people find their way; codes only. */
function errorHeaders({ topic, partition, offset }: Source, reason: Reason, time: number): Headers {
  const headers: Readonly<Record<string, string>> = {
    '__connect.errors.topic': topic,
    '__connect.errors.partition': String(partition),
    '__connect.errors.offset': String(offset),
    '__connect.errors.connector.name': 'sluice',
    '__connect.errors.stage': 'TRANSFORMATION',
    '__connect.errors.exception.message': reason,
    'sluice-quarantined-at': new Date(time).toISOString(),
  };
  return Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)]);
}

/** Each part behind its length, so that no two records are packed alike. */
export function packed({ key, value, headers }: Sealed): Buffer {
  const headerBytes = bytesOfHeaders(headers);
  const bytes = Buffer.alloc(12 + (key?.length ?? 0) + headerBytes + (value?.length ?? 0));
  bytes.writeUInt32LE(key === null ? ABSENT : key.length, 0);
  bytes.writeUInt32LE(headerBytes, 4);
  bytes.writeUInt32LE(value === null ? ABSENT : value.length, 8);
  let at = 12;
  if (key !== null) at += key.copy(bytes, at);
  at = writeHeaders(bytes, at, headers);
  if (value !== null) value.copy(bytes, at);
  return bytes;
}

function unpack(bytes: Buffer): Sealed {
  const keyBytes = bytes.readUInt32LE(0);
  const headersAt = 12 + (keyBytes === ABSENT ? 0 : keyBytes);
  const valueAt = headersAt + bytes.readUInt32LE(4);
  return {
    key: keyBytes === ABSENT ? null : bytes.subarray(12, headersAt),
    headers: readHeaders(bytes.subarray(headersAt, valueAt)),
    value: bytes.readUInt32LE(8) === ABSENT ? null : bytes.subarray(valueAt),
  };
}
