/** Writes records as they lie in a batch of format 2, into one buffer of exactly their size. */

export interface RecordParts {
  /** Offset, counted from the first of the batch. */
  readonly delta: number;
  /** Milliseconds since the first of the batch. */
  readonly sinceFirst?: number;
  readonly key?: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [string, Buffer | null])[];
}

/** Behind room for what the caller writes there. */
export function encodeRecords(records: readonly RecordParts[], room = 0): Buffer {
  const sizes = records.map(bytesOfBody);
  const bytes = Buffer.allocUnsafe(sizes.reduce((sum, size) => sum + bytesOfInt(size) + size, room));
  let at = room;
  records.forEach((record, i) => {
    at = writeBody(bytes, writeInt(bytes, at, sizes[i]), record);
  });
  return bytes;
}

function bytesOfBody({ delta, sinceFirst = 0, key = null, value, headers }: RecordParts): number {
  let bytes = 1 + bytesOfInt(sinceFirst) + bytesOfInt(delta) + bytesOfPart(key) + bytesOfPart(value);
  bytes += bytesOfInt(headers.length);
  for (const [name, content] of headers) {
    const length = Buffer.byteLength(name);
    bytes += bytesOfInt(length) + length + bytesOfPart(content);
  }
  return bytes;
}

function writeBody(into: Buffer, from: number, { delta, sinceFirst = 0, key = null, value, headers }: RecordParts) {
  into[from] = 0; // No attributes are in use.
  let at = writeInt(into, from + 1, sinceFirst);
  at = writeInt(into, at, delta);
  at = writePart(into, at, key);
  at = writePart(into, at, value);
  at = writeInt(into, at, headers.length);
  for (const [name, content] of headers) {
    const length = Buffer.byteLength(name);
    at = writeInt(into, at, length);
    at += into.write(name, at);
    at = writePart(into, at, content);
  }
  return at;
}

function bytesOfPart(bytes: Buffer | null): number {
  return bytes === null ? 1 : bytesOfInt(bytes.length) + bytes.length;
}

function writePart(into: Buffer, at: number, bytes: Buffer | null): number {
  if (bytes === null) return writeInt(into, at, -1);
  const to = writeInt(into, at, bytes.length);
  into.set(bytes, to);
  return to + bytes.length;
}

/** Zigzag, seven bits at a time, the lowest first. By arithmetic, since times need more than 32 bits. */
function writeInt(into: Buffer, from: number, value: number): number {
  let at = from;
  let rest = zigzag(value);
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) into[at++] = (rest % 0x80) | 0x80;
  into[at++] = rest;
  return at;
}

function bytesOfInt(value: number): number {
  let bytes = 1;
  for (let rest = zigzag(value); rest >= 0x80; rest /= 0x80) bytes += 1;
  return bytes;
}

function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value;
}
