/** What people's commands ask of a transport: read a topic as any reader would, and hand records in. */
import type { Source } from '../message.js';
import type { InRecord, OutRecord } from '../pipeline/port.js';

export interface Placed {
  readonly source: Source;
  readonly record: InRecord;
}

export interface Follow {
  /** Go on at the end instead of returning. */
  readonly follow: boolean;
  readonly stop?: AbortSignal;
  /** It is an input topic, also where no gate has read it yet. */
  readonly input?: boolean;
}

export interface TopicReader {
  /** Committed records in the order of each partition. */
  follow(topic: string, how: Follow): AsyncGenerator<Placed>;
  append(topic: string, partition: number, records: readonly OutRecord[]): Promise<void>;
  close(): Promise<void>;
}
