/**
 * How messages travel to a worker thread and verdicts back: many in one transferred buffer. A frame is a header, a table
 * with one row for each record, and the records' bytes; every number is a 32-bit word, little-endian as all of Node is.
 *
 *   header   magic · version · batch · count · digests of plan (2 words), engine (2), directory (2) · clock (2) · bytes · checksum
 *   row      ordinal · input hash (2) · state · key · value · headers · facts (bytes, or ABSENT) · offset · verdict hash (2)
 *   bytes    of one record, from its offset: key, value, headers, facts; each record begins at a whole word
 *
 * The checksum is over header and table. A record's bytes are covered by its hash: the input hash goes there and comes
 * back with the verdict, so a verdict belongs to exactly one input; the verdict hash covers what the verdict brings.
 */
import type { Headers } from '../message.js';
import { WireError } from './wire-error.js';
import { writeHeaders } from './wire-headers.js';

const MAGIC = 0x534c5543;
const VERSION = 2;
const ABSENT = 0xffffffff;
const WORD = 4;

const enum Head {
  Magic,
  Version,
  Batch,
  Count,
  Plan,
  Plan2,
  Engine,
  Engine2,
  Directory,
  Directory2,
  Clock,
  Clock2,
  Bytes,
  Checksum,
  Words,
}

export const enum Row {
  Ordinal,
  Hash,
  Hash2,
  State,
  Key,
  Value,
  Headers,
  Facts,
  Offset,
  Sum,
  Sum2,
  Words,
}

/** What both sides have to agree on, or a verdict means nothing. */
export interface Terms {
  readonly batch: number;
  /** 64 bits of a digest in hex. */
  readonly plan: string;
  readonly engine: string;
  readonly directory: string;
}

/** A frame while it is written: one buffer of exactly its size. */
export class Frame {
  readonly words: Uint32Array;
  private readonly bytes: Buffer;
  private at: number;
  private from = 0;

  constructor(terms: Terms, now: number, count: number, payload: number) {
    this.at = (Head.Words + count * Row.Words) * WORD;
    const buffer = new ArrayBuffer(this.at + payload);
    this.words = new Uint32Array(buffer);
    this.bytes = Buffer.from(buffer);
    const { words } = this;
    words[Head.Magic] = MAGIC;
    words[Head.Version] = VERSION;
    words[Head.Batch] = terms.batch;
    words[Head.Count] = count;
    const digest = (cell: Head, hex: string): void => {
      words[cell] = Number.parseInt(hex.slice(0, 8), 16);
      words[cell + 1] = Number.parseInt(hex.slice(8, 16), 16);
    };
    digest(Head.Plan, terms.plan);
    digest(Head.Engine, terms.engine);
    digest(Head.Directory, terms.directory);
    new Float64Array(buffer, Head.Clock * WORD, 1)[0] = now;
    words[Head.Bytes] = buffer.byteLength;
  }

  begin(ordinal: number): number {
    const row = Head.Words + ordinal * Row.Words;
    this.from = this.at;
    this.words[row + Row.Ordinal] = ordinal;
    this.words[row + Row.Offset] = this.at;
    return row;
  }

  put(cell: number, bytes: Buffer | null | undefined): void {
    if (bytes === null || bytes === undefined) {
      this.words[cell] = ABSENT;
      return;
    }
    this.words[cell] = bytes.length;
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  putText(cell: number, text: string): void {
    const length = this.bytes.write(text, this.at);
    this.words[cell] = length;
    this.at += length;
  }

  putHeaders(cell: number, headers: Headers | undefined): void {
    if (headers === undefined) {
      this.words[cell] = ABSENT;
      return;
    }
    const end = writeHeaders(this.bytes, this.at, headers);
    this.words[cell] = end - this.at;
    this.at = end;
  }

  /** Ends a record and writes the hash of its bytes. */
  end(row: number, cell: Row): void {
    this.at = rounded(this.at);
    hash(this.words, this.from / WORD, this.at / WORD, this.words[row + Row.State], this.words, row + cell);
  }

  close(): ArrayBuffer {
    this.words[Head.Checksum] = checksum(this.words);
    return this.words.buffer as ArrayBuffer;
  }
}

/** A frame while it is read: nothing is believed. */
export class OpenedFrame {
  readonly words: Uint32Array;
  readonly count: number;
  private readonly bytes: Buffer;
  private starts: readonly number[] = [];

  constructor(buffer: ArrayBuffer) {
    if (!(buffer instanceof ArrayBuffer) || buffer.byteLength < Head.Words * WORD || buffer.byteLength % WORD !== 0) {
      throw new WireError('cut short');
    }
    const words = new Uint32Array(buffer);
    if (words[Head.Magic] !== MAGIC || words[Head.Version] !== VERSION) throw new WireError('not a frame');
    if (words[Head.Bytes] !== buffer.byteLength) throw new WireError('cut short');
    this.count = words[Head.Count];
    if ((Head.Words + this.count * Row.Words) * WORD > buffer.byteLength) throw new WireError('cut short');
    if (words[Head.Checksum] !== checksum(words)) throw new WireError('checksum');
    this.words = words;
    this.bytes = Buffer.from(buffer);
  }

  get terms(): Terms {
    const { words } = this;
    const hex = (cell: number): string => words[cell].toString(16).padStart(8, '0');
    const digest = (cell: Head): string => hex(cell) + hex(cell + 1);
    return {
      batch: words[Head.Batch],
      plan: digest(Head.Plan),
      engine: digest(Head.Engine),
      directory: digest(Head.Directory),
    };
  }

  get now(): number {
    return new Float64Array(this.words.buffer, Head.Clock * WORD, 1)[0];
  }

  /** Checks a row, its bounds and the hash of its bytes. */
  row(ordinal: number, cell: Row): number {
    const { words } = this;
    const row = Head.Words + ordinal * Row.Words;
    if (words[row + Row.Ordinal] !== ordinal) throw new WireError('ordinal');
    const from = words[row + Row.Offset];
    const starts: number[] = [];
    let at = from;
    for (const part of [Row.Key, Row.Value, Row.Headers, Row.Facts]) {
      starts.push(at);
      if (words[row + part] !== ABSENT) at += words[row + part];
    }
    at = rounded(at);
    if (from % WORD !== 0 || from < (Head.Words + this.count * Row.Words) * WORD || !(at <= this.bytes.length)) {
      throw new WireError('bounds');
    }
    const found = new Uint32Array(2);
    hash(words, from / WORD, at / WORD, words[row + Row.State], found, 0);
    if (found[0] !== words[row + cell] || found[1] !== words[row + cell + 1]) throw new WireError('hash');
    this.starts = starts;
    return row;
  }

  /** A part of the record whose row was checked last. It shares the frame's memory. */
  take(cell: number, part: number): Buffer | null {
    const length = this.words[cell];
    if (length === ABSENT) return null;
    return this.bytes.subarray(this.starts[part], this.starts[part] + length);
  }
}

/** 64 bits over whole words, two lanes of multiply and rotate: against mistakes, not against forgery. */
function hash(words: Uint32Array, from: number, to: number, seed: number, out: Uint32Array, at: number): void {
  let a = 0x9e3779b1 ^ seed;
  let b = 0x85ebca77 ^ (to - from);
  for (let i = from; i < to; i++) {
    const word = words[i];
    a = Math.imul(a ^ word, 0x27d4eb2f);
    a ^= a >>> 15;
    b = Math.imul(((b << 13) | (b >>> 19)) ^ word, 0x165667b1);
  }
  out[at] = Math.imul(a ^ (b >>> 13), 0xc2b2ae3d);
  out[at + 1] = Math.imul(b ^ (a >>> 16), 0x9e3779b1);
}

function checksum(words: Uint32Array): number {
  const out = new Uint32Array(2);
  const end = Head.Words + words[Head.Count] * Row.Words;
  hash(words, Head.Words, Math.min(end, words.length), 0, out, 0);
  let sum = out[0] ^ out[1];
  for (let i = 0; i < Head.Checksum; i++) sum = Math.imul(sum ^ words[i], 0x27d4eb2f) ^ (sum >>> 15);
  return sum >>> 0;
}

/** A record begins at a whole word. */
export function rounded(bytes: number): number {
  return (bytes + WORD - 1) & ~(WORD - 1);
}
