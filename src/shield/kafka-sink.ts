/**
 * A cluster as a sink: audit entries, incidents and what is quarantined, in one transaction each time, on the topics that
 * `sluice run` writes too. Sessions' state is not among them: it belongs to the gate that owns the partition.
 */
import { TOPICS, type Topics } from '../pipeline/topics.js';
import type { KafkaOptions, Sasl, Tls } from '../transports/kafka-client.js';
import type { KafkaWriter } from '../transports/kafka-writer.js';
import { type Entries, newSource, type Place, type Sink } from './sink.js';

export interface KafkaSinkOptions {
  readonly brokers: readonly string[];
  readonly clientId?: string;
  readonly tls?: Tls;
  readonly sasl?: Sasl;
  readonly compression?: 'none' | 'gzip' | 'snappy' | 'lz4';
  /** Largest record that the topics take; below their `max.message.bytes`. */
  readonly recordBytesMax?: number;
  /** Other names than the usual ones. */
  readonly topics?: Partial<Pick<Topics, 'incidents' | 'audit' | 'quarantine'>>;
}

/** What topics take unless told otherwise, with room for the rest of the request. */
const RECORD_BYTES_MAX = 1_000_000;

class KafkaSink implements Sink {
  readonly topics: Topics;
  readonly recordBytesMax: number;
  private readonly id = newSource();
  private writer: KafkaWriter | undefined;

  constructor(private readonly options: KafkaSinkOptions) {
    this.topics = { ...TOPICS, inputs: {}, ...options.topics };
    this.recordBytesMax = options.recordBytesMax ?? RECORD_BYTES_MAX;
  }

  secret(): undefined {
    return undefined;
  }

  async open(): Promise<Place> {
    await this.close();
    const { brokers, clientId = 'sluice-shield', tls, sasl, compression = 'none' } = this.options;
    const client: KafkaOptions = { brokers, clientId, ...(tls && { tls }), ...(sasl && { sasl }) };
    const { incidents, audit, quarantine } = this.topics;
    // The client is large, and most shields do without it.
    const { KafkaWriter } = await import('../transports/kafka-writer.js');
    this.writer = await KafkaWriter.open({ id: this.id, client, compression, topics: [incidents, audit, quarantine] });
    return { topic: newSource(), partition: this.writer.partition, next: 0, state: new Map() };
  }

  async write({ sends }: Entries): Promise<void> {
    await this.writer!.write(sends.filter(({ topic }) => topic !== this.topics.state));
  }

  async close(): Promise<void> {
    const { writer } = this;
    this.writer = undefined;
    await writer?.close();
  }
}

export function kafkaSink(options: KafkaSinkOptions): Sink {
  return new KafkaSink(options);
}
