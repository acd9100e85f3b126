/**
 * Where the SDK's audit entries and incidents go. A call is answered only once its sink has them; a sink that fails, or takes
 * too long, withholds the message. Three are shipped: a journal's folder (the default), Kafka, and a function.
 */
import { randomBytes } from 'node:crypto';
import type { AuditEntry } from '../audit/entry.js';
import type { Incident } from '../pipeline/incident.js';
import type { OutRecord, Send } from '../pipeline/port.js';
import { TOPICS, type Topics } from '../pipeline/topics.js';

/** Which source the entries of this sink name, and from which number on. */
export interface Place {
  readonly topic: string;
  readonly partition: number;
  readonly next: number;
  /** What is remembered of sessions from before. */
  readonly state: ReadonlyMap<string, Buffer>;
}

export interface Entries {
  readonly place: Place;
  /** The number of the first message, and the one behind the last. */
  readonly first: number;
  readonly next: number;
  readonly sends: readonly Send[];
}

export interface Sink {
  /** Without a quarantine, what could not be scanned is only withheld: the caller still has it. */
  readonly topics: Topics;
  /** Largest record that it takes: what could not be scanned and is larger is not kept. */
  readonly recordBytesMax: number;
  /** A secret of its own, where none is set. */
  secret(): Uint8Array | undefined;
  /** Called before the first write, and again after each that failed: what became of that one is not known. */
  open(): Promise<Place>;
  /** All of it is durable when it resolves. */
  write(entries: Entries): Promise<void>;
  close(): Promise<void>;
}

export interface SinkRecords {
  readonly audit: readonly AuditEntry[];
  readonly incidents: readonly Incident[];
}

/** Keeps the records, durably, before it resolves. What it throws withholds the messages that they are about. */
export type SinkFunction = (records: SinkRecords) => Promise<void>;

const SOURCE_BYTES = 8;

/** A source that nobody else has. */
export function newSource(): string {
  return `shield.${randomBytes(SOURCE_BYTES).toString('hex')}`;
}

const NOTHING_KEPT: Topics = { ...TOPICS, quarantine: '' };

export function functionSink(keep: SinkFunction): Sink {
  return {
    topics: NOTHING_KEPT,
    recordBytesMax: Number.POSITIVE_INFINITY,
    secret: () => undefined,
    open: async () => ({ topic: newSource(), partition: 0, next: 0, state: new Map() }),
    async write({ sends }) {
      const recordsOf = (topic: string): readonly OutRecord[] =>
        sends.find((send) => send.topic === topic)?.records ?? [];
      const valuesOf = (topic: string): unknown[] =>
        recordsOf(topic).map(({ value }) => JSON.parse(value!.toString()) as unknown);
      await keep({
        audit: valuesOf(NOTHING_KEPT.audit) as AuditEntry[],
        incidents: valuesOf(NOTHING_KEPT.incidents) as Incident[],
      });
    },
    close: async () => {},
  };
}
