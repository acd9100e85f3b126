/**
 * Snappy, raw and as Java's clients frame it, every length checked before it is used: the package that writes it loops
 * for ever on some damaged streams when it reads.
 */
import { Damaged, repeat, TooLarge } from './inflate-bounds.js';

const JAVA_MAGIC = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0]);
const JAVA_HEADER_BYTES = 16;

export function inflateSnappy(bytes: Buffer, bytesMax: number): Buffer {
  if (!bytes.subarray(0, JAVA_MAGIC.length).equals(JAVA_MAGIC)) return inflateBlock(bytes, bytesMax);
  const blocks: Buffer[] = [];
  let total = 0;
  for (let at = JAVA_HEADER_BYTES; at < bytes.length; ) {
    const length = bytes.readInt32BE(at);
    at += 4;
    if (length <= 0 || length > bytes.length - at) throw new Damaged();
    const block = inflateBlock(bytes.subarray(at, at + length), bytesMax - total);
    blocks.push(block);
    total += block.length;
    at += length;
  }
  return Buffer.concat(blocks);
}

function inflateBlock(bytes: Buffer, bytesMax: number): Buffer {
  let size = 0;
  let from = 0;
  for (let byte = 0x80; byte >= 0x80; ) {
    if (from === 5) throw new Damaged();
    byte = bytes.readUInt8(from);
    size += (byte & 0x7f) * 2 ** (7 * from++);
  }
  if (size > bytesMax) throw new TooLarge();
  const into = Buffer.allocUnsafe(size);
  let at = 0;
  while (from < bytes.length) {
    const tag = bytes[from++] as number;
    const kind = tag & 3;
    let length = (tag >> 2) + 1;
    if (kind === 0) {
      const more = Math.max(0, length - 60);
      if (more > 0) length = bytes.readUIntLE(from, more) + 1;
      from += more;
      if (length > bytes.length - from || length > size - at) throw new Damaged();
      bytes.copy(into, at, from, from + length);
      from += length;
    } else {
      let distance: number;
      if (kind === 1) {
        length = ((tag >> 2) & 7) + 4;
        distance = ((tag >> 5) << 8) | bytes.readUInt8(from);
      } else distance = kind === 2 ? bytes.readUInt16LE(from) : bytes.readUInt32LE(from);
      from += kind === 3 ? 4 : kind;
      if (length > size - at) throw new Damaged();
      repeat(into, at, distance, length);
    }
    at += length;
  }
  if (at !== size) throw new Damaged();
  return into;
}
