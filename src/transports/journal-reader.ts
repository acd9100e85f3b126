/** Reads a topic of a journal as its readers should: what is committed and nothing beyond; follows it if asked to. */
import { appendFile, mkdir, open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { lastSettled } from './journal-commits.js';
import { InputFile } from './journal-input.js';
import { readLine, writeLine } from './journal-line.js';
import { partitionFile } from './journal-writer.js';
import type { Follow, Placed, TopicReader } from './topic-reader.js';

const POLL_MS = 200;
const CHUNK_BYTES = 1024 * 1024;
const NEWLINE = 0x0a;

export function journalReader(folder: string): TopicReader {
  return {
    follow: (topic, how) => (how.follow ? followTopic(folder, topic, how) : readTopic(folder, topic, how)),
    // As an agent would: lines at the end of an input file.
    append: async (topic, partition, records) => {
      await mkdir(join(folder, topic), { recursive: true, mode: 0o700 });
      const lines = records.map((record) => writeLine(record, 0, Date.now()).replace('"offset":0,', ''));
      await appendFile(partitionFile(folder, topic, partition), lines.join(''), { mode: 0o600 });
    },
    close: async () => {},
  };
}

/** Also an input topic, which is not ours to commit: all lines that stand there. */
async function* readTopic(folder: string, topic: string, how: Follow): AsyncGenerator<Placed> {
  const { in: inputs } = await lastSettled(folder);
  const partitions = (await partitionsOf(folder, topic)).filter(
    (p) => how.input === true || inputs[`${topic}/${p}`] !== undefined,
  );
  if (partitions.length === 0) yield* followTopic(folder, topic, how);
  for (const partition of partitions) {
    const stop = how.stop ?? new AbortController().signal;
    const input = new InputFile(partitionFile(folder, topic, partition), { next: 0, bytes: 0 }, Date.now, true, stop);
    for (let batch = await input.next(); batch !== null; batch = await input.next()) {
      for (const record of batch.records) {
        yield { source: { topic, partition, offset: record.offset }, record };
        // What lies behind is not asked for again.
        input.extentAt(record.offset + 1);
      }
    }
  }
}

export async function* followTopic(folder: string, topic: string, { follow, stop }: Follow): AsyncGenerator<Placed> {
  const at = new Map<string, { bytes: number; next: number }>();
  while (stop?.aborted !== true) {
    const settled = await lastSettled(folder);
    for (const partition of await partitionsOf(folder, topic)) {
      const name = `${topic}/${partition}`;
      const place = at.get(name) ?? { bytes: 0, next: 0 };
      at.set(name, place);
      const end = settled.out[name]?.bytes ?? 0;
      if (end > place.bytes) yield* read(folder, topic, partition, place, end);
    }
    if (!follow) return;
    await sleep(POLL_MS, undefined, stop && { signal: stop }).catch(() => {});
  }
}

async function* read(
  folder: string,
  topic: string,
  partition: number,
  place: { bytes: number; next: number },
  end: number,
): AsyncGenerator<Placed> {
  const file = await open(partitionFile(folder, topic, partition), 'r');
  try {
    let rest = Buffer.alloc(0);
    while (place.bytes < end) {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, end - place.bytes));
      const { bytesRead } = await file.read(chunk, 0, chunk.length, place.bytes);
      if (bytesRead === 0) return;
      place.bytes += bytesRead;
      rest = Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      for (let to = rest.indexOf(NEWLINE); to >= 0; to = rest.indexOf(NEWLINE)) {
        const offset = place.next++;
        yield { source: { topic, partition, offset }, record: readLine(rest.subarray(0, to), offset, 0) };
        rest = rest.subarray(to + 1);
      }
    }
  } finally {
    await file.close();
  }
}

async function partitionsOf(folder: string, topic: string): Promise<number[]> {
  const names = await readdir(join(folder, topic)).catch(() => []);
  return names
    .flatMap((name) => (/^\d{1,4}\.ndjson$/.test(name) ? [Number.parseInt(name, 10)] : []))
    .sort((a, b) => a - b);
}
