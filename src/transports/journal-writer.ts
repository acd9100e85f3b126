/**
 * The writing half of a journal: outputs are written and synced, then one line in the commit file makes them count, all of
 * them or none. Whoever has the folder's lock may write: the transport for what it reads there, the SDK for what it judges.
 */
import { type FileHandle, mkdir, open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../errors.js';
import { Lock } from '../pipeline/lock.js';
import type { Send } from '../pipeline/port.js';
import { Commits, type Extent, type Settled, syncFolder } from './journal-commits.js';
import { readLine, writeLine } from './journal-line.js';
import type { FolderLock } from './journal-lock.js';

export interface WriterOptions {
  readonly folder: string;
  /** Every topic that may be written to. */
  readonly outputs: readonly string[];
  readonly clock: () => number;
  /** For tests: called after each step of a commit; what it throws is a crash at that point. */
  readonly step?: (step: Step) => void;
}

/** In the order in which a commit takes them. */
export const STEPS = ['begun', 'half-written', 'written', 'synced', 'committed'] as const;
export type Step = (typeof STEPS)[number];

export interface Commit {
  /** `topic/partition` of the input that moves on. */
  readonly name: string;
  /** Where it has to stand before. */
  readonly first: number;
  readonly sends: readonly Send[];
  /** How far the input counts afterwards. */
  readonly extent: () => Extent;
}

export function partitionFile(folder: string, topic: string, partition: number): string {
  return join(folder, topic, `${partition}.ndjson`);
}

export class JournalWriter {
  private readonly turn = new Lock();
  private readonly outputs = new Map<string, FileHandle>();

  private constructor(
    private readonly options: WriterOptions,
    private readonly lock: FolderLock,
    private readonly commits: Commits,
  ) {}

  /** Makes what is missing, and cuts off what was not committed. */
  static async open(options: WriterOptions, lock: FolderLock): Promise<JournalWriter> {
    const { folder, outputs } = options;
    const commits = await Commits.open(folder);
    try {
      for (const topic of outputs) {
        await mkdir(join(folder, topic), { recursive: true, mode: 0o700 });
        for (const name of await readdir(join(folder, topic))) {
          const partition = /^(\d+)\.ndjson$/.exec(name)?.[1];
          if (partition === undefined) continue;
          const extent = commits.last.out[`${topic}/${partition}`] ?? { next: 0, bytes: 0 };
          await cutOff(partitionFile(folder, topic, Number(partition)), extent, commits.fresh);
        }
        await syncFolder(join(folder, topic));
      }
      await syncFolder(folder);
    } catch (error) {
      await commits.close();
      throw error;
    }
    return new JournalWriter(options, lock, commits);
  }

  get settled(): Settled {
    return this.commits.last;
  }

  /** Durable when it resolves; when it rejects, nothing of it counts. */
  commit(work: Commit): Promise<void> {
    return this.turn.run(() => this.write(work));
  }

  private async write({ name, first, sends, extent }: Commit): Promise<void> {
    const { commits } = this;
    const { clock, step } = this.options;
    const settled = commits.last;
    if ((settled.in[name]?.next ?? 0) !== first) throw new SluiceError('LANE_OUT_OF_ORDER');
    await this.lock.check();
    step?.('begun');
    const out: Record<string, Extent> = {};
    const handles: FileHandle[] = [];
    try {
      for (const { topic, partition, records } of sends) {
        const file = `${topic}/${partition}`;
        const before = out[file] ?? settled.out[file] ?? { next: 0, bytes: 0 };
        const now = clock();
        const lines = Buffer.from(records.map((record, i) => writeLine(record, before.next + i, now)).join(''));
        const handle = await this.output(topic, partition);
        await writeAt(handle, lines, before.bytes);
        handles.push(handle);
        out[file] = { next: before.next + records.length, bytes: before.bytes + lines.length };
        step?.('half-written');
      }
      step?.('written');
      await Promise.all(handles.map((handle) => handle.datasync()));
      step?.('synced');
      await this.lock.check();
      await commits.append({ in: { [name]: extent() }, out });
    } catch (error) {
      if (error instanceof SluiceError || step !== undefined) throw error;
      throw new SluiceError('FILE_UNWRITABLE', { subject: 'the journal' });
    }
    step?.('committed');
  }

  private async output(topic: string, partition: number): Promise<FileHandle> {
    const name = `${topic}/${partition}`;
    let handle = this.outputs.get(name);
    if (handle === undefined) {
      const path = partitionFile(this.options.folder, topic, partition);
      handle = await open(path, 'r+', 0o600).catch(() => open(path, 'w+', 0o600));
      await syncFolder(join(this.options.folder, topic));
      this.outputs.set(name, handle);
    }
    return handle;
  }

  /** The last record of each key in a compacted topic, as far as it is committed. */
  async readState(topic: string, partition: number): Promise<ReadonlyMap<string, Buffer>> {
    const state = new Map<string, Buffer>();
    const bytes = this.commits.last.out[`${topic}/${partition}`]?.bytes ?? 0;
    if (bytes === 0) return state;
    const file = await open(partitionFile(this.options.folder, topic, partition), 'r');
    try {
      for await (const line of file.readLines({ end: bytes - 1, autoClose: false })) {
        const { key, value } = readLine(Buffer.from(line), 0, 0);
        if (key === null) throw new SluiceError('JOURNAL_CORRUPT', { subject: topic });
        if (value === null) state.delete(key.toString());
        else state.set(key.toString(), value);
      }
    } finally {
      await file.close();
    }
    return state;
  }

  async close(): Promise<void> {
    await this.commits.close();
    for (const handle of this.outputs.values()) await handle.close();
    this.outputs.clear();
  }
}

async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; )
    at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
}

/** A file that is shorter than its committed length has lost something; outputs without a commit file have lost that. */
async function cutOff(path: string, extent: Extent, fresh: boolean): Promise<void> {
  const { size } = await stat(path);
  if (size < extent.bytes || (fresh && size > 0)) {
    throw new SluiceError('JOURNAL_CORRUPT', {
      subject: 'a file is shorter than what was committed, or the commits are gone',
    });
  }
  if (size > extent.bytes) await truncate(path, extent.bytes);
}
