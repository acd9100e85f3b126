/** Cuts what goes to one partition into requests that a broker takes. */
import type { Headers, OutRecord, Send } from '../pipeline/port.js';
import { sendBytesMax } from './kafka-bounds.js';

export interface Message {
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  /** As the mended client takes them: an object, as it has them by itself, costs more than all the rest of a message. */
  readonly headers: Headers;
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
  let bytes = RECORD_BYTES + (key?.length ?? 0) + (value?.length ?? 0);
  for (const [name, content] of headers) bytes += HEADER_BYTES + 3 * name.length + (content?.length ?? 0);
  return bytes;
}

function messageOf({ key, value, headers, timestamp }: OutRecord, partition: number): Message {
  const list = headers.some(([, content]) => content === null) ? headers.map(written) : headers;
  if (timestamp === undefined) return { partition, key, value, headers: list };
  return { partition, key, value, headers: list, timestamp: String(timestamp) };
}

/** A client writes no header of no value: it becomes an empty one. */
function written([name, content]: Headers[number]): Headers[number] {
  return [name, content ?? Buffer.alloc(0)];
}
