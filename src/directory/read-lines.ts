/** Rows by the million: JSON lines, read piece by piece, so that memory is that of the facts and the event loop goes on turning. */
import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { directoryFaultsMax, directoryLineBytesMax, directoryRowsMax } from '../limits.js';
import { DirectoryRefused, type Fault } from './fault.js';
import { type Part, PartBuilder } from './part.js';
import { PlainCare } from './plain-care.js';
import { readJsonRow } from './read-json.js';

/** A few milliseconds' work. */
const PIECE_BYTES = 256 * 1024;
const NEWLINE = 0x0a;

export async function readLines(path: string, file: string, key: Uint8Array, tenant: string): Promise<Part> {
  const lines = new Lines(file, key, tenant);
  const digest = createHash('sha256');
  const handle = await open(path);
  try {
    for await (const piece of pieces(handle)) {
      digest.update(piece.fresh);
      lines.read(piece);
    }
  } finally {
    await handle.close();
  }
  return lines.part(digest.digest('hex'));
}

interface Piece {
  /** From the beginning of a line. */
  readonly bytes: Buffer;
  /** What of it was not seen before. */
  readonly fresh: Buffer;
  readonly last: boolean;
  /** How much of it was read as lines. */
  taken: number;
}

/** One buffer is filled again and again; what is left of a line moves to its front. */
async function* pieces(handle: FileHandle): AsyncGenerator<Piece> {
  const buffer = Buffer.allocUnsafe(PIECE_BYTES + directoryLineBytesMax);
  let kept = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, kept, PIECE_BYTES);
    const end = kept + bytesRead;
    const piece: Piece = {
      bytes: buffer.subarray(0, end),
      fresh: buffer.subarray(kept, end),
      last: bytesRead === 0,
      taken: 0,
    };
    yield piece;
    if (piece.last) return;
    buffer.copyWithin(0, piece.taken, end);
    kept = end - piece.taken;
  }
}

class Lines {
  private readonly builder: PartBuilder;
  private readonly plain: PlainCare;
  private readonly faults: Fault[] = [];
  private line = 0;

  constructor(
    private readonly file: string,
    key: Uint8Array,
    tenant: string,
  ) {
    this.builder = new PartBuilder(key, tenant);
    this.plain = new PlainCare(this.builder, tenant);
  }

  read(piece: Piece): void {
    const { bytes, last } = piece;
    let start = 0;
    for (;;) {
      let end = bytes.indexOf(NEWLINE, start);
      if (end < 0) {
        if (bytes.length - start > directoryLineBytesMax) this.refuse({ ...this.place(1), code: 'too-large' }, true);
        if (!last || start === bytes.length) break;
        end = bytes.length;
      }
      this.take(bytes, start, end);
      start = Math.min(end + 1, bytes.length);
    }
    piece.taken = start;
  }

  part(digest: string): Part {
    if (this.faults.length > 0) throw new DirectoryRefused(this.faults);
    return this.builder.part(digest);
  }

  private take(bytes: Buffer, start: number, end: number): void {
    this.line++;
    if (this.line > directoryRowsMax) this.refuse({ ...this.place(), code: 'too-many' }, true);
    if (this.plain.take(bytes, start, end) || blank(bytes, start, end)) return;
    if (end - start > directoryLineBytesMax) {
      this.refuse({ ...this.place(), code: 'too-large' });
      return;
    }
    const read = readJsonRow(bytes.subarray(start, end), this.place());
    if ('faults' in read) for (const fault of read.faults) this.refuse(fault);
    else this.builder.enter(read.kind, read.row, this.place());
  }

  private place(ahead = 0) {
    return { file: this.file, line: this.line + ahead };
  }

  private refuse(fault: Fault, end = false): void {
    this.faults.push(fault);
    if (end || this.faults.length >= directoryFaultsMax) throw new DirectoryRefused(this.faults);
  }
}

function blank(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] !== 0x20 && bytes[i] !== 0x09 && bytes[i] !== 0x0d) return false;
  return true;
}
