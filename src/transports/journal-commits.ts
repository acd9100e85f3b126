/**
 * The journal's memory of what is settled: one line for each transaction, with the length of every file that belongs to it.
 * What a file holds beyond the last whole line's word does not exist, and is cut off when the journal is opened.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../errors.js';

const FILE = 'commits.ndjson';
/** Longer than this, the file is begun anew with its last line. */
const BYTES_MAX = 8 * 1024 * 1024;

/** How far a file counts: its records and its bytes. */
export interface Extent {
  readonly next: number;
  readonly bytes: number;
}

export interface Settled {
  readonly seq: number;
  /** Of input files what has been read, of output files what has been written; by `topic/partition`. */
  readonly in: Readonly<Record<string, Extent>>;
  readonly out: Readonly<Record<string, Extent>>;
}

const NOTHING: Settled = { seq: 0, in: {}, out: {} };

export class Commits {
  private constructor(
    private readonly folder: string,
    private file: FileHandle,
    private bytes: number,
    private settled: Settled,
    /** There was no commit file: then there must be no outputs either. */
    readonly fresh: boolean,
  ) {}

  static async open(folder: string): Promise<Commits> {
    const fresh = !existsSync(join(folder, FILE));
    const settled = await lastSettled(folder);
    const file = await rewritten(folder, settled);
    return new Commits(folder, file, (await file.stat()).size, settled, fresh);
  }

  get last(): Settled {
    return this.settled;
  }

  /** Durable when it resolves. */
  async append(change: Pick<Settled, 'in' | 'out'>): Promise<void> {
    const next: Settled = {
      seq: this.settled.seq + 1,
      in: { ...this.settled.in, ...change.in },
      out: { ...this.settled.out, ...change.out },
    };
    const line = lineOf(next);
    if (this.bytes + line.length > BYTES_MAX) {
      await this.file.close();
      this.file = await rewritten(this.folder, this.settled);
      this.bytes = (await this.file.stat()).size;
    }
    await this.file.appendFile(line);
    await this.file.datasync();
    this.bytes += line.length;
    this.settled = next;
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

/** The last line that is whole; for readers too. A damaged line before the last is not a crash but a changed file. */
export async function lastSettled(folder: string): Promise<Settled> {
  const text = await readFile(join(folder, FILE), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw new SluiceError('FILE_UNREADABLE', { subject: FILE });
  });
  const lines = text.split('\n');
  // What stands behind the last line break was not finished.
  lines.pop();
  for (let i = lines.length - 1; i >= 0; i--) {
    const settled = readLine(lines[i]);
    if (settled !== undefined) return settled;
    if (i < lines.length - 1) break;
  }
  if (lines.length > 0) throw new SluiceError('JOURNAL_CORRUPT', { subject: FILE });
  return NOTHING;
}

function lineOf(settled: Settled): string {
  const body = JSON.stringify(settled);
  return `{"sum":"${sumOf(body)}","commit":${body}}\n`;
}

function readLine(line: string): Settled | undefined {
  const parts = /^\{"sum":"([0-9a-f]{16})","commit":(.*)\}$/.exec(line);
  return parts !== null && parts[1] === sumOf(parts[2]) ? (JSON.parse(parts[2]) as Settled) : undefined;
}

function sumOf(body: string): string {
  return createHash('sha256').update(body).digest('hex').slice(0, 16);
}

async function rewritten(folder: string, settled: Settled): Promise<FileHandle> {
  const next = join(folder, `${FILE}.next`);
  const file = await open(next, 'w', 0o600);
  if (settled !== NOTHING) await file.appendFile(lineOf(settled));
  await file.sync();
  await rename(next, join(folder, FILE));
  await syncFolder(folder);
  return file;
}

/** A new name in a folder is durable once the folder is; not every file system can do that to a folder. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (CANNOT_SYNC.has((error as NodeJS.ErrnoException).code ?? '')) return;
    throw new SluiceError('FILE_UNWRITABLE', { subject: 'the journal' });
  }
}

/** What systems say that have no such thing, rather than a disk that has failed. */
const CANNOT_SYNC = new Set(['EINVAL', 'ENOTSUP', 'EISDIR', ...(process.platform === 'win32' ? ['EPERM'] : [])]);
