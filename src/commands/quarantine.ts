/** `sluice quarantine`: what could not be scanned: which it is and why, what it says (to who has the key), and back in once more. */

import { SluiceError } from '../errors.js';
import { type Source, sourceName } from '../message.js';
import type { InRecord } from '../pipeline/port.js';
import { Quarantine } from '../pipeline/quarantine.js';
import { replayRecord, surfaceIn } from '../pipeline/replay.js';
import { RELEASES, type Topics } from '../pipeline/topics.js';
import type { TopicReader } from '../transports/topic-reader.js';
import type { Reason } from '../verdict.js';
import { AWAITED } from './approvals/read.js';
import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { Failed, usage } from './failure.js';
import { printable, printableJson, printableLines } from './printable.js';
import { topicsOf } from './run/gate.js';
import { keysOf } from './run/keys.js';
import { openReader, READER_OPTIONS, readerSettings } from './run/open-reader.js';

const OPTIONS = {
  reveal: { type: 'boolean', about: 'show the record itself: that is patients’ data, in clear' },
  json: { type: 'boolean', about: 'list as JSON lines' },
  ...READER_OPTIONS,
  ...HELP,
} as const satisfies Options;

/** The first record of such a batch holds all of it as it came, the others nothing: none of them is a message. */
const UNREADABLE: ReadonlySet<string> = new Set<Reason>(['batch-too-large', 'batch-damaged', 'codec-unknown']);

export const command: Command = { help, run };

interface Kept {
  readonly source: Source;
  readonly reason: string;
  readonly at: string;
  readonly bytes: number;
  readonly record: InRecord;
}

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [what, id, ...rest] = positionals;
  const known = (what === 'list' && id === undefined) || ((what === 'show' || what === 'replay') && id !== undefined);
  if (!known || rest.length > 0)
    throw usage('quarantine takes "list", or "show" or "replay" and a source: TOPIC/PARTITION/OFFSET');
  const settings = readerSettings(values);
  const topics = topicsOf(settings);
  const reader = await openReader(settings);
  try {
    if (what === 'list') {
      await list(reader, topics, values.json === true);
      return EXIT.clean;
    }
    const kept = await find(reader, topics, id!);
    const quarantine = new Quarantine(keysOf(settings).quarantine);
    if (what === 'show') show(kept, quarantine, values.reveal === true);
    else await replay(reader, topics, kept, quarantine);
    return EXIT.clean;
  } finally {
    await reader.close();
  }
}

async function list(reader: TopicReader, topics: Topics, json: boolean): Promise<void> {
  let count = 0;
  for await (const { source, reason, at, bytes } of keptIn(reader, topics)) {
    count++;
    const name = sourceName(source);
    process.stdout.write(
      json
        ? `${printableJson({ source: name, reason, at, bytes })}\n`
        : `${printable(`${at}  ${reason.padEnd(20)} ${String(bytes).padStart(9)} B  ${name}`)}\n`,
    );
  }
  if (count === 0 && !json) process.stdout.write('nothing is in quarantine\n');
}

function show({ source, reason, at, record }: Kept, quarantine: Quarantine, reveal: boolean): void {
  const write = (name: string, text: string): void =>
    void process.stdout.write(`${name.padEnd(12)}${printable(text)}\n`);
  write('source', sourceName(source));
  write('reason', reason);
  write('since', at);
  if (record.value === null) {
    write('record', 'was too large to be kept; it stands at its source for as long as that keeps it');
    return;
  }
  const { surface, message } = surfaceIn(quarantine.open(record.value, source));
  const { key, value, headers } = message;
  if (surface !== undefined) write('surface', surface);
  write('record', `key ${key?.length ?? 0} B, value ${value?.length ?? 0} B, ${headers.length} headers`);
  if (!reveal) {
    write('', 'sealed; --reveal shows it');
    return;
  }
  write('key', key?.toString() ?? '');
  for (const [name, one] of headers) write('header', `${name}: ${one?.toString() ?? ''}`);
  process.stdout.write(`${printableLines(value?.toString() ?? '')}\n`);
}

/** It comes back in as what it was, still sealed, is judged as strictly as any, and gets its outcome on the releases' topic. */
async function replay(
  reader: TopicReader,
  topics: Topics,
  { source, reason, record }: Kept,
  quarantine: Quarantine,
): Promise<void> {
  // Where the gate does not read, nothing would ever come of it.
  if (!Object.hasOwn(topics.inputs, RELEASES))
    throw new SluiceError('SETTING_INVALID', { subject: `topics.inputs has no ${RELEASES}` });
  if (record.value === null) throw new Failed({ code: 'NOT_FOUND', subject: 'the record was too large to be kept' });
  if (UNREADABLE.has(reason))
    throw new Failed({ code: 'NOT_FOUND', subject: 'the batch that it came in could not be read: nothing to hand in' });
  // Handed in without its approval it would be another message, on another surface.
  if (AWAITED.has(reason))
    throw new Failed({ code: 'NOT_FOUND', subject: 'it waits for a person: sluice approvals decides about it' });
  // Another key's, or one that was changed, is refused here and not only by the gate.
  quarantine.open(record.value, source);
  await reader.append(RELEASES, source.partition, [replayRecord(record.value, source, quarantine)]);
  process.stdout.write(
    `${printable(sourceName(source))} was handed in again on ${RELEASES}, partition ${source.partition}\n`,
  );
}

async function find(reader: TopicReader, topics: Topics, id: string): Promise<Kept> {
  for await (const kept of keptIn(reader, topics)) if (sourceName(kept.source) === id) return kept;
  throw new Failed({ code: 'NOT_FOUND', subject: 'nothing in quarantine is of this source' });
}

async function* keptIn(reader: TopicReader, { quarantine }: Topics): AsyncGenerator<Kept> {
  for await (const { record } of reader.follow(quarantine, { follow: false })) {
    const header = (name: string): string => record.headers.find(([one]) => one === name)?.[1]?.toString() ?? '';
    const source = {
      topic: header('__connect.errors.topic'),
      partition: Number(header('__connect.errors.partition')),
      offset: Number(header('__connect.errors.offset')),
    };
    const reason = header('__connect.errors.exception.message');
    yield { source, reason, at: header('sluice-quarantined-at'), bytes: record.value?.length ?? 0, record };
  }
}

function help(): string {
  return `sluice quarantine: what could not be scanned, and is kept encrypted

Usage: sluice quarantine list [options]
       sluice quarantine show|replay SOURCE [options]

list     what is there and why, without opening it
show     one of them; with --reveal, what it says
replay   hand it in again, on ${RELEASES}: after an update, or with larger limits,
         it may pass. It is judged as what it was, like any other. What came in a batch
         that could not be read cannot be handed in; show --reveal has the batch.

${optionLines(OPTIONS)}
`;
}
