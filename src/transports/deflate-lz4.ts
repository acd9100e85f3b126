/**
 * LZ4 as brokers take it: a frame of independent blocks. The package's own frames say that blocks depend on each other,
 * which Kafka refuses.
 */
import lz4 from 'lz4js';

const BLOCK_BYTES = 64 * 1024;
const TABLE_SLOTS = 1 << 16;

/** Magic; version 1, independent blocks; blocks of 64 KiB; the checksum of these two. */
const HEAD = Buffer.from([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82]);
const STORED = 0x80000000;

export function deflateLz4(bytes: Buffer): Buffer {
  const table = new Uint32Array(TABLE_SLOTS);
  const room = new Uint8Array(BLOCK_BYTES + BLOCK_BYTES / 255 + 16);
  const parts: Buffer[] = [HEAD];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
    const block = bytes.subarray(at, at + BLOCK_BYTES);
    const length = lz4.compressBlock(block, room, 0, block.length, table.fill(0));
    const smaller = length > 0 && length < block.length;
    parts.push(int32(smaller ? length : (STORED | block.length) >>> 0));
    parts.push(smaller ? Buffer.from(room.subarray(0, length)) : block);
  }
  parts.push(int32(0));
  return Buffer.concat(parts);
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
