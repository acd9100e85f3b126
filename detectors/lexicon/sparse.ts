/**
 * How the tagger's weights are stored: most rows of the table say nothing, so the file has one bit for each row and then only
 * the rows that say something. The build lays them out again for fast look-up.
 */

/** Bytes of a row, and what each of them is in a row that says nothing. */
const ROW_BYTES = 4;
export const NOTHING = 128;
const COUNT_BYTES = 4;

const speaks = (weights: Uint8Array, row: number): boolean => {
  for (let i = row * ROW_BYTES; i < (row + 1) * ROW_BYTES; i++) if (weights[i] !== NOTHING) return true;
  return false;
};

/** The number of rows, a bit for each, and those whose bit is set. */
export function pack(weights: Uint8Array): Uint8Array {
  const rows = weights.length / ROW_BYTES;
  const head = new Uint8Array(COUNT_BYTES + Math.ceil(rows / 8));
  new DataView(head.buffer).setUint32(0, rows, true);
  const told: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (!speaks(weights, row)) continue;
    head[COUNT_BYTES + (row >> 3)] |= 1 << (row & 7);
    told.push(row);
  }
  const packed = new Uint8Array(head.length + told.length * ROW_BYTES);
  packed.set(head);
  told.forEach((row, i) => {
    packed.set(weights.subarray(row * ROW_BYTES, (row + 1) * ROW_BYTES), head.length + i * ROW_BYTES);
  });
  return packed;
}

export function unpack(packed: Uint8Array): Uint8Array {
  const rows = new DataView(packed.buffer, packed.byteOffset).getUint32(0, true);
  const weights = new Uint8Array(rows * ROW_BYTES).fill(NOTHING);
  let at = COUNT_BYTES + Math.ceil(rows / 8);
  for (let row = 0; row < rows; row++) {
    if ((packed[COUNT_BYTES + (row >> 3)] & (1 << (row & 7))) === 0) continue;
    weights.set(packed.subarray(at, at + ROW_BYTES), row * ROW_BYTES);
    at += ROW_BYTES;
  }
  return weights;
}
