/**
 * The pipe: a line in on one stream, its outcome as a line out on the other, in order; incidents as lines on a third. There
 * is nothing to commit to, so what a reader did not get is gone with the process; who has to keep things uses the journal.
 */
import type { Readable, Writable } from 'node:stream';
import { SluiceError } from '../errors.js';
import { journalLineBytesMax } from '../limits.js';
import { outcomeTopic, type Topics } from '../pipeline/topics.js';
import { readLine } from './journal-line.js';
import type { Batch, InRecord, Lane, Outcome, Run, Slot, Transport, TransportStatus, Work } from './port.js';

export const STDIO_TOPIC = 'stdio';
const NEWLINE = 0x0a;
const RETURN = 0x0d;

export interface StdioOptions {
  readonly input: Readable;
  readonly output: Writable;
  readonly incidents: Writable;
  readonly topics: Topics;
  readonly clock: () => number;
}

export class Stdio implements Transport {
  private open = false;
  private committed = 0;

  constructor(private readonly options: StdioOptions) {}

  status(): TransportStatus {
    return { joined: this.open, lanes: this.open ? 1 : 0 };
  }

  async run({ own, stop }: Run): Promise<void> {
    const { input } = this.options;
    const end = (): void => void input.destroy();
    stop.addEventListener('abort', end, { once: true });
    this.open = true;
    // Taken away is never said: what was read is answered, also after a stop.
    const revoked = new AbortController().signal;
    const slot: Slot = { partition: 0, lanes: [this.lane()], revoked, readState: async () => new Map() };
    try {
      await own(slot);
    } finally {
      this.open = false;
      stop.removeEventListener('abort', end);
    }
  }

  private lane(): Lane {
    const batches = this.batches();
    return {
      topic: STDIO_TOPIC,
      partition: 0,
      position: 0,
      next: async () => (await batches.next()).value ?? null,
      commit: (work) => this.commit(work),
    };
  }

  private async *batches(): AsyncGenerator<Batch, undefined> {
    const { input, clock } = this.options;
    let rest: Buffer = Buffer.alloc(0);
    let offset = 0;
    const take = (bytes: Buffer): Batch => {
      const records: InRecord[] = [];
      for (let from = 0; from < bytes.length; ) {
        const end = bytes.indexOf(NEWLINE, from);
        const to = end > from && bytes[end - 1] === RETURN ? end - 1 : end;
        records.push(readLine(bytes.subarray(from, to), offset++, clock()));
        from = end + 1;
      }
      return { records, highWatermark: offset };
    };
    try {
      for await (const chunk of input as AsyncIterable<Buffer>) {
        const end = chunk.lastIndexOf(NEWLINE) + 1;
        if (rest.length + chunk.length > journalLineBytesMax && end === 0)
          throw new SluiceError('JOURNAL_LINE_TOO_LONG');
        if (end > 0) {
          yield take(Buffer.concat([rest, chunk.subarray(0, end)]));
          rest = Buffer.from(chunk.subarray(end));
        } else rest = Buffer.concat([rest, chunk]);
      }
    } catch (error) {
      if (error instanceof SluiceError) throw error;
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE' && !input.destroyed) {
        throw new SluiceError('FILE_UNREADABLE', { subject: 'stdin' });
      }
    }
    // The end of the stream ends its last line.
    if (rest.length > 0) yield take(Buffer.concat([rest, Buffer.from('\n')]));
    return undefined;
  }

  private async commit({ sends, first, next }: Work): Promise<Outcome> {
    if (first !== this.committed) throw new SluiceError('LANE_OUT_OF_ORDER');
    const { output, incidents, topics } = this.options;
    for (const { topic, records } of sends) {
      const to =
        topic === outcomeTopic(topics, STDIO_TOPIC) ? output : topic === topics.incidents ? incidents : undefined;
      if (to === undefined) continue;
      await written(to, Buffer.concat(records.flatMap(({ value }) => [value ?? Buffer.alloc(0), LINE_END])));
    }
    this.committed = next;
    return 'committed';
  }
}

const LINE_END = Buffer.from('\n');

function written(stream: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) =>
      error ? reject(new SluiceError('FILE_UNWRITABLE', { subject: 'stdout' })) : resolve(),
    );
  });
}
