/**
 * Commits of one lane without transactions: records first, then the offset. Cheaper, and what stands between the two
 * when something breaks is written again; nothing is lost.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SluiceError } from '../errors.js';
import type { Outcome, Work } from '../pipeline/port.js';
import * as bounds from './kafka-bounds.js';
import { type Compression, faultOf, idempotentProducer, type Producer } from './kafka-client.js';
import type { Committer } from './kafka-lane.js';
import { piecesOf } from './kafka-pieces.js';
import { sendTo } from './kafka-send.js';
import { within } from './waiting.js';

export interface AtLeastOnceOptions {
  readonly kafka: Parameters<typeof idempotentProducer>[0];
  readonly compression: Compression;
  /** Most bytes that all topics take in one request. */
  readonly sendBytesMax: number;
  readCommitted(): Promise<number | undefined>;
  /** As a member of the group: refused when the group has gone on without us. */
  commitOffset(offset: number): Promise<void>;
  isOwner(): Promise<boolean | undefined>;
  readonly taken: AbortSignal;
  onFault(fault: string): void;
}

export class AtLeastOnce implements Committer {
  readonly #options: AtLeastOnceOptions;
  #producer: Producer | undefined;

  constructor(options: AtLeastOnceOptions) {
    this.#options = options;
  }

  async own(): Promise<number | undefined> {
    await this.#producerOf();
    return within(bounds.attemptMsMax, this.#options.readCommitted());
  }

  begin(offset: number): Promise<void> {
    return within(bounds.commitMsMax, this.#options.commitOffset(offset));
  }

  /** Never answers `aborted`: part of it may be visible, so it is done again here until all of it is. */
  async commit(work: Work): Promise<Outcome> {
    const { taken, isOwner, onFault } = this.#options;
    let fault = '';
    for (const deadline = Date.now() + bounds.ownMsMax; Date.now() < deadline; await pause(bounds.retryPauseMs)) {
      try {
        await within(bounds.commitMsMax, this.#write(work));
        return 'committed';
      } catch (error) {
        onFault((fault = faultOf(error)));
      }
      await this.close();
      const ours = taken.aborted ? false : await within(bounds.attemptMsMax, isOwner()).catch(() => undefined);
      if (ours === false) return 'lost';
    }
    throw new SluiceError('KAFKA_UNREACHABLE', { subject: fault });
  }

  async close(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    await producer?.disconnect().catch(() => {});
  }

  async #write({ sends, next }: Work): Promise<void> {
    const producer = await this.#producerOf();
    const { compression, sendBytesMax } = this.#options;
    for (const send of sends) {
      for (const messages of piecesOf(send, sendBytesMax)) await sendTo(producer, send.topic, messages, compression);
    }
    await this.#options.commitOffset(next);
  }

  async #producerOf(): Promise<Producer> {
    if (this.#producer !== undefined) return this.#producer;
    const producer = idempotentProducer(this.#options.kafka);
    await within(bounds.attemptMsMax, producer.connect());
    return (this.#producer = producer);
  }
}
