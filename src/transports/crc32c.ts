/** The checksum of a record batch: CRC-32C (RFC 3720, appendix B.4), eight bytes at a step, which takes a third of the time of one. */

const POLYNOMIAL = 0x82f63b78;
const WORD = 4;
const ROW = 256;
const ROWS = 8;

const NONE = new Int32Array(0);

/** Row n: what a byte comes to with n more bytes behind it. */
const TABLE = table();

export function crc32c(bytes: Buffer): number {
  const t = TABLE;
  // Words are read where they are whole in memory, little-endian as all of Node is.
  const before = Math.min(-bytes.byteOffset & (WORD - 1), bytes.length);
  const count = ((bytes.length - before) >>> 3) * 2;
  const words = count === 0 ? NONE : new Int32Array(bytes.buffer, bytes.byteOffset + before, count);
  let crc = bytewise(-1, bytes, 0, before);
  for (let i = 0; i < words.length; i += 2) {
    const a = crc ^ words[i];
    const b = words[i + 1];
    crc =
      t[7 * ROW + (a & 0xff)] ^
      t[6 * ROW + ((a >>> 8) & 0xff)] ^
      t[5 * ROW + ((a >>> 16) & 0xff)] ^
      t[4 * ROW + (a >>> 24)] ^
      t[3 * ROW + (b & 0xff)] ^
      t[2 * ROW + ((b >>> 8) & 0xff)] ^
      t[ROW + ((b >>> 16) & 0xff)] ^
      t[b >>> 24];
  }
  crc = bytewise(crc, bytes, before + words.byteLength, bytes.length);
  return ~crc >>> 0;
}

function bytewise(from: number, bytes: Buffer, start: number, end: number): number {
  let crc = from;
  for (let at = start; at < end; at++) crc = TABLE[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
  return crc;
}

function table(): Int32Array {
  const rows = new Int32Array(ROWS * ROW);
  for (let i = 0; i < ROW; i++) {
    let crc = i;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    rows[i] = crc;
  }
  for (let i = ROW; i < rows.length; i++) rows[i] = rows[rows[i - ROW] & 0xff] ^ (rows[i - ROW] >>> 8);
  return rows;
}
