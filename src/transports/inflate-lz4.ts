/**
 * LZ4 in frames, every length checked before it is used: the package that writes it trusts them when it reads. Checksums
 * are passed over, since the broker has checked the batch's own.
 */
import { Damaged, repeat, TooLarge } from './inflate-bounds.js';

const MAGIC = 0x184d2204;
const MATCH_BYTES_MIN = 4;

/** Where the reading stands in the frame, and the writing in what comes out. */
interface State {
  readonly bytes: Buffer;
  from: number;
  into: Buffer;
  at: number;
}

export function inflateLz4(bytes: Buffer, bytesMax: number): Buffer {
  if (bytes.readUInt32LE(0) !== MAGIC) throw new Damaged();
  const flags = bytes.readUInt8(4);
  if (flags >> 6 !== 1) throw new Damaged();
  const blockSumBytes = flags & 0x10 ? 4 : 0;
  const contentSizeBytes = flags & 0x08 ? 8 : 0;
  const dictionaryBytes = flags & 0x01 ? 4 : 0;
  const state: State = { bytes, from: 7 + contentSizeBytes + dictionaryBytes, into: Buffer.allocUnsafe(0), at: 0 };
  for (;;) {
    const head = bytes.readUInt32LE(state.from);
    state.from += 4;
    if (head === 0) return state.into.subarray(0, state.at);
    const length = head & 0x7fffffff;
    if (length > bytes.length - state.from) throw new Damaged();
    const end = state.from + length;
    if (head >>> 31) copy(state, length, bytesMax);
    else inflateBlock(state, end, bytesMax);
    state.from = end + blockSumBytes;
  }
}

function inflateBlock(state: State, end: number, bytesMax: number): void {
  while (state.from < end) {
    const token = state.bytes[state.from++] as number;
    const literals = lengthOf(state, token >> 4, end);
    if (literals > end - state.from) throw new Damaged();
    copy(state, literals, bytesMax);
    if (state.from === end) return; // The last sequence of a block has literals alone.
    if (end - state.from < 2) throw new Damaged();
    const distance = state.bytes.readUInt16LE(state.from);
    state.from += 2;
    const length = lengthOf(state, token & 15, end) + MATCH_BYTES_MIN;
    makeRoom(state, length, bytesMax);
    repeat(state.into, state.at, distance, length);
    state.at += length;
  }
}

/** Fifteen means that more follows, a byte at a time for as long as it is 255. */
function lengthOf(state: State, nibble: number, end: number): number {
  let length = nibble;
  if (nibble < 15) return length;
  for (let byte = 255; byte === 255; ) {
    if (state.from >= end) throw new Damaged();
    byte = state.bytes[state.from++] as number;
    length += byte;
  }
  return length;
}

function copy(state: State, length: number, bytesMax: number): void {
  makeRoom(state, length, bytesMax);
  state.bytes.copy(state.into, state.at, state.from, state.from + length);
  state.from += length;
  state.at += length;
}

/** The frame need not say how large it gets: room doubles, up to the bound. */
function makeRoom(state: State, length: number, bytesMax: number): void {
  const needed = state.at + length;
  if (needed > bytesMax) throw new TooLarge();
  if (needed <= state.into.length) return;
  const larger = Buffer.allocUnsafe(Math.min(bytesMax, Math.max(2 * needed, 4 * state.bytes.length)));
  state.into.copy(larger, 0, 0, state.at);
  state.into = larger;
}
