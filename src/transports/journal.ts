/**
 * The embedded transport: a folder of NDJSON files, one for each partition of a topic, for a laptop and for tests. Agents
 * append lines to input files with whatever they have; outputs are written and synced, then one line in the commit file
 * makes them count. One process at a time works on a folder.
 */
import { setMaxListeners } from 'node:events';
import { type FileHandle, mkdir, open, readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { SluiceError } from '../errors.js';
import { Lock } from '../pipeline/lock.js';
import type { Batch, Lane, Outcome, Run, Slot, Transport, TransportStatus, Work } from '../pipeline/port.js';
import { outputsOf, type Topics } from '../pipeline/topics.js';
import { Commits, type Extent, syncFolder } from './journal-commits.js';
import { InputFile } from './journal-input.js';
import { readLine, writeLine } from './journal-line.js';
import { type FolderLock, lockFolder } from './journal-lock.js';

export interface JournalOptions {
  readonly folder: string;
  readonly topics: Topics;
  /** Files for each input topic; more, if there are more. */
  readonly partitions: number;
  readonly clock: () => number;
  /** End at the end of the input instead of waiting for more. */
  readonly once?: boolean;
  /** For tests: called after each step of a commit; what it throws is a crash at that point. */
  readonly step?: (step: Step) => void;
}

/** In the order in which a commit takes them. */
export const STEPS = ['begun', 'half-written', 'written', 'synced', 'committed'] as const;
export type Step = (typeof STEPS)[number];

export function partitionFile(folder: string, topic: string, partition: number): string {
  return join(folder, topic, `${partition}.ndjson`);
}

export class Journal implements Transport {
  private readonly turn = new Lock();
  private readonly outputs = new Map<string, FileHandle>();
  private commits: Commits | undefined;
  private lock: FolderLock | undefined;
  private lanes = 0;

  constructor(private readonly options: JournalOptions) {}

  status(): TransportStatus {
    return { joined: this.commits !== undefined, lanes: this.lanes };
  }

  async run({ own, stop }: Run): Promise<void> {
    const { folder } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(folder, stop).catch((error: unknown) => {
      if (stop.aborted) return undefined;
      throw error;
    });
    if (lock === undefined) return;
    this.lock = lock;
    try {
      this.commits = await Commits.open(folder);
      await this.prepare();
      setMaxListeners(0, stop);
      const partitions = await this.partitionCount();
      const slots = Array.from({ length: partitions }, (_, partition) => this.slot(partition, stop));
      this.lanes = slots.reduce((sum, { lanes }) => sum + lanes.length, 0);
      await Promise.all(slots.map(own));
    } finally {
      this.lanes = 0;
      await this.commits?.close();
      this.commits = undefined;
      for (const handle of this.outputs.values()) await handle.close();
      this.outputs.clear();
      await lock.release();
    }
  }

  /** Makes what is missing, and cuts off what was not committed. */
  private async prepare(): Promise<void> {
    const { folder, topics, partitions } = this.options;
    for (const topic of Object.keys(topics.inputs)) {
      await mkdir(join(folder, topic), { recursive: true, mode: 0o700 });
      for (let p = 0; p < partitions; p++) await (await open(partitionFile(folder, topic, p), 'a', 0o600)).close();
    }
    const { last, fresh } = this.commits!;
    for (const topic of outputsOf(topics)) {
      await mkdir(join(folder, topic), { recursive: true, mode: 0o700 });
      for (const name of await readdir(join(folder, topic))) {
        const partition = /^(\d+)\.ndjson$/.exec(name)?.[1];
        if (partition === undefined) continue;
        const extent = last.out[`${topic}/${partition}`] ?? { next: 0, bytes: 0 };
        await cutOff(partitionFile(folder, topic, Number(partition)), extent, fresh);
      }
      await syncFolder(join(folder, topic));
    }
    await syncFolder(folder);
  }

  private async partitionCount(): Promise<number> {
    let count = this.options.partitions;
    for (const topic of Object.keys(this.options.topics.inputs)) {
      for (const name of await readdir(join(this.options.folder, topic))) {
        const partition = /^(\d{1,4})\.ndjson$/.exec(name)?.[1];
        if (partition !== undefined) count = Math.max(count, Number(partition) + 1);
      }
    }
    return count;
  }

  private slot(partition: number, revoked: AbortSignal): Slot {
    const lanes = Object.keys(this.options.topics.inputs).map((topic) => this.lane(topic, partition, revoked));
    return { partition, lanes, revoked, readState: (topic) => this.readState(topic, partition) };
  }

  private lane(topic: string, partition: number, stop: AbortSignal): Lane {
    const { folder, clock, once } = this.options;
    const from = this.commits!.last.in[`${topic}/${partition}`] ?? { next: 0, bytes: 0 };
    const input = new InputFile(partitionFile(folder, topic, partition), from, clock, once === true, stop);
    return {
      topic,
      partition,
      position: from.next,
      next: (): Promise<Batch | null> => input.next(),
      commit: (work) => this.turn.run(() => this.commit(`${topic}/${partition}`, input, work)),
    };
  }

  private async commit(name: string, input: InputFile, work: Work): Promise<Outcome> {
    const commits = this.commits;
    if (commits === undefined) return 'lost';
    const { clock, step } = this.options;
    const settled = commits.last;
    if ((settled.in[name]?.next ?? 0) !== work.first) throw new SluiceError('LANE_OUT_OF_ORDER');
    await this.lock?.check();
    step?.('begun');
    const out: Record<string, Extent> = {};
    const handles: FileHandle[] = [];
    try {
      for (const { topic, partition, records } of work.sends) {
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
      await this.lock?.check();
      await commits.append({ in: { [name]: input.extentAt(work.next) }, out });
    } catch (error) {
      if (error instanceof SluiceError || step !== undefined) throw error;
      throw new SluiceError('FILE_UNWRITABLE', { subject: 'the journal' });
    }
    step?.('committed');
    return 'committed';
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

  private async readState(topic: string, partition: number): Promise<ReadonlyMap<string, Buffer>> {
    const state = new Map<string, Buffer>();
    const bytes = this.commits!.last.out[`${topic}/${partition}`]?.bytes ?? 0;
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
