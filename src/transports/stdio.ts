/**
 * The pipe: a line in on one stream, its outcome as a line out on the other, in order; incidents as lines on a third. There
 * is nothing to commit to, so what a reader did not get is gone with the process; who has to keep things uses the journal.
 */
import type { Readable, Writable } from 'node:stream';
import { SluiceError } from '../errors.js';
import { journalLineBytesMax } from '../limits.js';
import type { Batch, InRecord, Lane, Outcome, Run, Slot, Transport, TransportStatus, Work } from '../pipeline/port.js';
import { outcomeTopic, type Topics } from '../pipeline/topics.js';
import { overLong, readLine } from './journal-line.js';

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
    const lines = new Lines(clock);
    try {
      for await (const chunk of input as AsyncIterable<Buffer>) {
        const records = lines.take(chunk);
        if (records.length > 0) yield { records, highWatermark: lines.next };
      }
    } catch (error) {
      if (error instanceof SluiceError) throw error;
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE' && !input.destroyed) {
        throw new SluiceError('FILE_UNREADABLE', { subject: 'stdin' });
      }
    }
    // The end of the stream ends its last line. Where we were told to stop, half a line is no message.
    const records = input.readableEnded ? lines.end() : [];
    if (records.length > 0) yield { records, highWatermark: lines.next };
    return undefined;
  }

  private async commit({ sends, first, next }: Work): Promise<Outcome> {
    if (first !== this.committed) throw new SluiceError('LANE_OUT_OF_ORDER');
    const { output, incidents, topics } = this.options;
    for (const { topic, records } of sends) {
      const to =
        topic === outcomeTopic(topics, STDIO_TOPIC) ? output : topic === topics.incidents ? incidents : undefined;
      if (to === undefined) continue;
      await written(to, Buffer.concat(records.flatMap(({ value }) => [lineOf(value), LINE_END])));
    }
    this.committed = next;
    return 'committed';
  }
}

const LINE_END = Buffer.from('\n');

/** The value as it is; what would not be one line stands in the form that a line may come in, as in the journal. */
function lineOf(value: Buffer | null): Buffer {
  if (value === null) return Buffer.from('{"value":null}');
  if (!value.includes(NEWLINE) && !value.includes(RETURN)) return value;
  return Buffer.from(JSON.stringify({ text: value.toString() }));
}

/** Lines out of chunks. Of one past the bound nothing is held but its length. */
class Lines {
  next = 0;
  private rest: Buffer[] = [];
  private bytes = 0;

  constructor(private readonly clock: () => number) {}

  take(chunk: Buffer): InRecord[] {
    const records: InRecord[] = [];
    let from = 0;
    for (let to = chunk.indexOf(NEWLINE); to >= 0; to = chunk.indexOf(NEWLINE, from)) {
      this.hold(chunk.subarray(from, to));
      records.push(this.record());
      from = to + 1;
    }
    this.hold(chunk.subarray(from));
    return records;
  }

  end(): InRecord[] {
    return this.bytes > 0 ? [this.record()] : [];
  }

  private hold(part: Buffer): void {
    this.bytes += part.length;
    if (this.bytes > journalLineBytesMax) this.rest = [];
    else if (part.length > 0) this.rest.push(part);
  }

  private record(): InRecord {
    const { bytes, rest } = this;
    this.rest = [];
    this.bytes = 0;
    if (bytes > journalLineBytesMax) return overLong(bytes, this.next++, this.clock());
    const line = rest.length === 1 ? rest[0] : Buffer.concat(rest);
    return readLine(line.at(-1) === RETURN ? line.subarray(0, -1) : line, this.next++, this.clock());
  }
}

function written(stream: Writable, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(bytes, (error) =>
      error ? reject(new SluiceError('FILE_UNWRITABLE', { subject: 'stdout' })) : resolve(),
    );
  });
}
