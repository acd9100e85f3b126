/**
 * The embedded transport: a folder of NDJSON files, one for each partition of a topic, for a laptop and for tests. Agents
 * append lines to input files with whatever they have; how outputs come to count is in journal-writer.ts. One process at a
 * time works on a folder.
 */
import { setMaxListeners } from 'node:events';
import { mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Batch, Lane, Outcome, Run, Slot, Transport, TransportStatus, Work } from '../pipeline/port.js';
import { outputsOf, type Topics } from '../pipeline/topics.js';
import { syncFolder } from './journal-commits.js';
import { InputFile } from './journal-input.js';
import { lockFolder } from './journal-lock.js';
import { JournalWriter, partitionFile, type WriterOptions } from './journal-writer.js';

export interface JournalOptions extends Omit<WriterOptions, 'outputs'> {
  readonly topics: Topics;
  /** Files for each input topic; more, if there are more. */
  readonly partitions: number;
  /** End at the end of the input instead of waiting for more. */
  readonly once?: boolean;
}

export class Journal implements Transport {
  private writer: JournalWriter | undefined;
  private lanes = 0;

  constructor(private readonly options: JournalOptions) {}

  status(): TransportStatus {
    return { joined: this.writer !== undefined, lanes: this.lanes };
  }

  async run({ own, stop }: Run): Promise<void> {
    const { folder, topics } = this.options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const lock = await lockFolder(folder, stop).catch((error: unknown) => {
      if (stop.aborted) return undefined;
      throw error;
    });
    if (lock === undefined) return;
    try {
      await this.makeInputs();
      this.writer = await JournalWriter.open({ ...this.options, outputs: outputsOf(topics) }, lock);
      setMaxListeners(0, stop);
      const partitions = await this.partitionCount();
      const slots = Array.from({ length: partitions }, (_, partition) => this.slot(partition, stop));
      this.lanes = slots.reduce((sum, { lanes }) => sum + lanes.length, 0);
      await Promise.all(slots.map(own));
    } finally {
      this.lanes = 0;
      const { writer } = this;
      this.writer = undefined;
      await writer?.close();
      await lock.release();
    }
  }

  private async makeInputs(): Promise<void> {
    const { folder, topics, partitions } = this.options;
    for (const topic of Object.keys(topics.inputs)) {
      await mkdir(join(folder, topic), { recursive: true, mode: 0o700 });
      for (let p = 0; p < partitions; p++) await (await open(partitionFile(folder, topic, p), 'a', 0o600)).close();
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
    const writer = this.writer!;
    const lanes = Object.keys(this.options.topics.inputs).map((topic) => this.lane(topic, partition, revoked));
    return { partition, lanes, revoked, readState: (topic) => writer.readState(topic, partition) };
  }

  private lane(topic: string, partition: number, stop: AbortSignal): Lane {
    const { folder, clock, once } = this.options;
    const from = this.writer!.settled.in[`${topic}/${partition}`] ?? { next: 0, bytes: 0 };
    const input = new InputFile(partitionFile(folder, topic, partition), from, clock, once === true, stop);
    return {
      topic,
      partition,
      position: from.next,
      next: (): Promise<Batch | null> => input.next(),
      commit: (work) => this.commit(`${topic}/${partition}`, input, work),
    };
  }

  private async commit(name: string, input: InputFile, { sends, first, next }: Work): Promise<Outcome> {
    if (this.writer === undefined) return 'lost';
    await this.writer.commit({ name, first, sends, extent: () => input.extentAt(next) });
    return 'committed';
  }
}
