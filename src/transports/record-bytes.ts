/** Writes records as they lie in a batch of format 2, for those that we put in place of what could not be read. */

export interface RecordParts {
  /** Offset, counted from the first of the batch. */
  readonly delta: number;
  readonly value: Buffer | null;
  readonly headers: readonly (readonly [string, Buffer])[];
}

export function encodeRecords(records: readonly RecordParts[]): Buffer {
  return Buffer.concat(
    records.flatMap(({ delta, value, headers }) => {
      const parts = [
        Buffer.from([0, 0]), // Attributes, and no time since the first record.
        varint(delta),
        varint(-1), // No key.
        ...bytesOf(value),
        varint(headers.length),
        ...headers.flatMap(([name, content]) => [...bytesOf(Buffer.from(name)), ...bytesOf(content)]),
      ];
      return [varint(parts.reduce((sum, part) => sum + part.length, 0)), ...parts];
    }),
  );
}

function bytesOf(bytes: Buffer | null): Buffer[] {
  return bytes === null ? [varint(-1)] : [varint(bytes.length), bytes];
}

/** Zigzag, seven bits at a time, the lowest first. */
function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest >= 0x80; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80);
  bytes.push(rest);
  return Buffer.from(bytes);
}
