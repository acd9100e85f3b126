/**
 * Writes to a cluster what belongs together, in one transaction, for who reads no topic there. After anything but a clear
 * success it is of no more use: the next one of the same id closes what it left open, and whether that is visible nobody
 * can tell.
 */
import { randomInt } from 'node:crypto';
import { SluiceError } from '../errors.js';
import type { Send } from '../pipeline/port.js';
import * as bounds from './kafka-bounds.js';
import {
  type Compression,
  faultOf,
  type KafkaOptions,
  openKafka,
  type Producer,
  transactionalProducer,
} from './kafka-client.js';
import { piecesOf } from './kafka-pieces.js';
import { sendTo } from './kafka-send.js';
import { announce } from './kafkajs-transactions.js';
import { within } from './waiting.js';

export interface KafkaWriterOptions {
  /** Whoever opens the same id again fences the writer before. */
  readonly id: string;
  readonly client: KafkaOptions;
  readonly compression: Compression;
  /** Everything that is written to. */
  readonly topics: readonly string[];
}

export class KafkaWriter {
  private constructor(
    private readonly producer: Producer,
    private readonly id: string,
    private readonly compression: Compression,
    /** One that all topics have: what is written by one writer stays in order. */
    readonly partition: number,
  ) {}

  static async open({ id, client, compression, topics }: KafkaWriterOptions): Promise<KafkaWriter> {
    const kafka = openKafka(client);
    const producer = transactionalProducer(kafka, id);
    const admin = kafka.admin();
    try {
      await within(bounds.attemptMsMax, Promise.all([admin.connect(), producer.connect()]));
      const metadata = await within(bounds.attemptMsMax, admin.fetchTopicMetadata({ topics: [...topics] }));
      const counts = metadata.topics.map(({ partitions }) => partitions.length);
      if (counts.length < topics.length || counts.includes(0)) throw new SluiceError('TOPIC_UNFIT');
      // The client takes its epoch only when a transaction begins.
      await within(
        bounds.attemptMsMax,
        producer.transaction().then((first) => first.abort()),
      );
      return new KafkaWriter(producer, id, compression, randomInt(Math.min(...counts)));
    } catch (error) {
      producer.disconnect().catch(() => {});
      throw failed(error);
    } finally {
      admin.disconnect().catch(() => {});
    }
  }

  /** All of it is committed when it resolves. */
  async write(sends: readonly Send[]): Promise<void> {
    try {
      await within(bounds.commitMsMax, this.transact(sends));
    } catch (error) {
      throw failed(error);
    }
  }

  async close(): Promise<void> {
    await within(bounds.closeMsMax, this.producer.disconnect()).catch(() => {});
  }

  private async transact(sends: readonly Send[]): Promise<void> {
    const transaction = await this.producer.transaction();
    const topics = sends.map(({ topic, partition }) => ({ topic, partitions: [partition] }));
    const { end } = announce(this.id, topics);
    try {
      await Promise.all(
        sends.map(async (send) => {
          for (const messages of piecesOf(send)) await sendTo(transaction, send.topic, messages, this.compression);
        }),
      );
    } finally {
      end();
    }
    await transaction.commit();
  }
}

function failed(error: unknown): SluiceError {
  return error instanceof SluiceError ? error : new SluiceError('KAFKA_FAILED', { subject: faultOf(error) });
}
