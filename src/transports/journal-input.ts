/**
 * An input file of the journal: whole lines from where the last commit stopped, in batches; waits for more at the end. A
 * line that is not finished yet is not there yet; one past the bound is passed over, and stands as one record.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { SluiceError } from '../errors.js';
import { journalLineBytesMax } from '../limits.js';
import type { Batch, InRecord } from '../pipeline/port.js';
import type { Extent } from './journal-commits.js';
import { overLong, readLine } from './journal-line.js';

const CHUNK_BYTES = 256 * 1024;
const POLL_MS = 25;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

export class InputFile {
  private offset: number;
  private at: number;
  private file: FileHandle | undefined;
  /** Up to where the file was searched for the end of the line at `at`. */
  private searched = 0;
  /** Where each line ends that was read and not committed: what a commit up to there means in bytes. */
  private readonly ends = new Map<number, number>();

  constructor(
    private readonly path: string,
    from: Extent,
    private readonly clock: () => number,
    private readonly once: boolean,
    private readonly stop: AbortSignal,
  ) {
    this.offset = from.next;
    this.at = from.bytes;
  }

  /** The extent that ends in front of offset `next`. */
  extentAt(next: number): Extent {
    const bytes = this.ends.get(next);
    if (bytes === undefined) throw new SluiceError('LANE_OUT_OF_ORDER');
    for (const one of this.ends.keys()) {
      if (one >= next) break;
      this.ends.delete(one);
    }
    return { next, bytes };
  }

  async next(): Promise<Batch | null> {
    for (;;) {
      if (this.stop.aborted) return this.end();
      const batch = await this.read();
      if (batch !== null) return batch;
      if (this.once) return this.end();
      await sleep(POLL_MS, undefined, { signal: this.stop }).catch(() => {});
    }
  }

  private async read(): Promise<Batch | null> {
    this.file ??= await open(this.path, 'r').catch(() => undefined);
    if (this.file === undefined) return null;
    const { size } = await this.file.stat();
    if (size < this.at) throw new SluiceError('JOURNAL_CORRUPT', { subject: 'an input file became shorter' });
    if (size <= Math.max(this.at, this.searched)) return null;
    // A line longer than a chunk makes the chunk grow, up to the bound.
    for (let want = CHUNK_BYTES; this.searched - this.at <= journalLineBytesMax; want *= 2) {
      const length = Math.min(want, size - this.at, journalLineBytesMax + 1);
      const bytes = await this.readAt(this.at, length);
      const last = bytes.lastIndexOf(NEWLINE);
      if (last >= 0) return this.batch(bytes.subarray(0, last + 1), size);
      this.searched = this.at + bytes.length;
      if (this.searched >= size || bytes.length < length) return null;
    }
    return this.passOver(size);
  }

  /** Nothing of a line past the bound is held: it is read to its end, and a record of its length takes its place. */
  private async passOver(size: number): Promise<Batch | null> {
    while (this.searched < size) {
      const bytes = await this.readAt(this.searched, Math.min(CHUNK_BYTES, size - this.searched));
      if (bytes.length === 0) return null;
      const end = bytes.indexOf(NEWLINE);
      this.searched += end < 0 ? bytes.length : end;
      if (end < 0) continue;
      const record = overLong(this.searched - this.at, this.offset, this.clock());
      this.at = this.searched + 1;
      this.offset++;
      this.ends.set(this.offset, this.at);
      return { records: [record], highWatermark: this.offset + (size > this.at ? 1 : 0) };
    }
    return null;
  }

  private batch(bytes: Buffer, size: number): Batch {
    const records: InRecord[] = [];
    const now = this.clock();
    for (let from = 0; from < bytes.length; ) {
      const end = bytes.indexOf(NEWLINE, from);
      const to = end > from && bytes[end - 1] === RETURN ? end - 1 : end;
      records.push(readLine(bytes.subarray(from, to), this.offset, now));
      this.offset++;
      this.ends.set(this.offset, this.at + end + 1);
      from = end + 1;
    }
    this.at += bytes.length;
    // How many lines the rest holds is not known; as many as there were in as many bytes, say.
    const rest = Math.ceil(((size - this.at) * records.length) / bytes.length);
    return { records, highWatermark: this.offset + rest };
  }

  private async readAt(position: number, length: number): Promise<Buffer> {
    const bytes = Buffer.allocUnsafe(length);
    let got = 0;
    while (got < length) {
      const { bytesRead } = await this.file!.read(bytes, got, length - got, position + got);
      if (bytesRead === 0) break;
      got += bytesRead;
    }
    return bytes.subarray(0, got);
  }

  private async end(): Promise<null> {
    await this.file?.close();
    this.file = undefined;
    return null;
  }
}
