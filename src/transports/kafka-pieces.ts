/** Cuts what goes to one partition into requests that a broker takes, and into the client's words. */

import type { OutRecord, Send } from '../pipeline/port.js';
import { sendBytesMax } from './kafka-bounds.js';
import type { IHeaders } from './kafka-client.js';

export interface Message {
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
  readonly timestamp?: string;
}

/** What the format adds to a record at most, and to each header. */
const RECORD_BYTES = 40;
const HEADER_BYTES = 10;

/** In order; a record larger than a piece is a piece of its own. */
export function* piecesOf({ partition, records }: Send, bytesMax = sendBytesMax): Generator<Message[]> {
  let piece: Message[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = sizeOf(record);
    if (piece.length > 0 && bytes + size > bytesMax) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(messageOf(record, partition));
    bytes += size;
  }
  if (piece.length > 0) yield piece;
}

function sizeOf({ key, value, headers }: OutRecord): number {
  const of = headers.reduce((sum, [name, value]) => sum + HEADER_BYTES + 3 * name.length + (value?.length ?? 0), 0);
  return RECORD_BYTES + (key?.length ?? 0) + (value?.length ?? 0) + of;
}

function messageOf({ key, value, headers, timestamp }: OutRecord, partition: number): Message {
  const message = { partition, key, value, headers: headersOf(headers) };
  return timestamp === undefined ? message : { ...message, timestamp: String(timestamp) };
}

/** The client cannot write a header of no value: it becomes an empty one. */
function headersOf(headers: OutRecord['headers']): IHeaders {
  const object = Object.create(null) as Record<string, Buffer[]>;
  for (const [name, value] of headers) {
    const list = (object[name] ??= []);
    list.push(value ?? Buffer.alloc(0));
  }
  return object;
}
