/**
 * The default sink: a journal's folder, as `sluice run` writes it, so that `sluice incidents` reads it. A folder belongs to one
 * process at a time; within it, any number of shields share it.
 */
import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { messageBytesMaxMax } from '../limits.js';
import { outputsOf, TOPICS, type Topics } from '../pipeline/topics.js';
import { type FolderLock, lockFolder } from '../transports/journal-lock.js';
import { JournalWriter } from '../transports/journal-writer.js';
import { folderSecret } from '../transports/keys.js';
import type { Entries, Place, Sink } from './sink.js';

export const JOURNAL_FOLDER = '.sluice/journal';

/** The source that audit entries name; it is no topic that anybody reads. */
const SOURCE = 'shield';
const PARTITION = 0;
const NAME = `${SOURCE}/${PARTITION}`;
/** Outcomes are returned, not written. */
const JOURNAL_TOPICS: Topics = { ...TOPICS, inputs: {} };

interface Open {
  readonly lock: FolderLock;
  readonly writer: JournalWriter;
}

class JournalSink implements Sink {
  readonly topics = JOURNAL_TOPICS;
  readonly recordBytesMax = messageBytesMaxMax;
  private opening: Promise<Open> | undefined;

  constructor(readonly folder: string) {}

  secret(): Uint8Array {
    return folderSecret(this.folder);
  }

  async open(): Promise<Place> {
    this.opening ??= this.take();
    try {
      const { writer } = await this.opening;
      const next = writer.settled.in[NAME]?.next ?? 0;
      return { topic: SOURCE, partition: PARTITION, next, state: await writer.readState(this.topics.state, PARTITION) };
    } catch (error) {
      this.opening = undefined;
      throw error;
    }
  }

  async write({ sends, first, next }: Entries): Promise<void> {
    const { writer } = await this.opening!;
    await writer.commit({ name: NAME, first, sends, extent: () => ({ next, bytes: 0 }) });
  }

  async close(): Promise<void> {
    const open = await this.opening?.catch(() => undefined);
    this.opening = undefined;
    await open?.writer.close();
    await open?.lock.release();
  }

  private async take(): Promise<Open> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(this.folder);
    try {
      const options = { folder: this.folder, outputs: outputsOf(this.topics), clock: Date.now };
      return { lock, writer: await JournalWriter.open(options, lock) };
    } catch (error) {
      await lock.release();
      throw error;
    }
  }
}

const sinks = new Map<string, JournalSink>();

/** One for each folder in this process. */
export function journalSink(folder: string = JOURNAL_FOLDER): Sink {
  const path = resolve(folder);
  let sink = sinks.get(path);
  if (sink === undefined) sinks.set(path, (sink = new JournalSink(path)));
  return sink;
}
