/**
 * Commits of one lane, each one transaction of a producer that belongs to that lane alone: taking the lane fences
 * whoever had it. After anything but a clear success the producer is thrown away, ownership is taken anew, and the
 * committed offset says what became of the transaction.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { SluiceError } from '../errors.js';
import type { Outcome, Send, Work } from '../pipeline/port.js';
import * as bounds from './kafka-bounds.js';
import { type Compression, faultOf, type Producer, type Transaction, transactionalProducer } from './kafka-client.js';
import type { Committer } from './kafka-lane.js';
import { piecesOf } from './kafka-pieces.js';
import { type Sender, sendTo } from './kafka-send.js';
import { announce, retire } from './kafkajs-transactions.js';
import { within } from './waiting.js';

/** So often in a row the same work may be aborted before we stop trying: a broker that refuses a record does not change its mind. */
const ABORTS_MAX = 5;

export interface ExactlyOnceOptions {
  readonly kafka: Parameters<typeof transactionalProducer>[0];
  readonly groupId: string;
  readonly topic: string;
  readonly partition: number;
  readonly compression: Compression;
  /** Most bytes that all topics take in one request. */
  readonly sendBytesMax: number;
  readCommitted(): Promise<number | undefined>;
  /** What the group's coordinator says; `undefined` while it rebalances. */
  isOwner(): Promise<boolean | undefined>;
  /** Set when the lane has been given to another member. */
  readonly taken: AbortSignal;
  onFault(fault: string): void;
}

export class ExactlyOnce implements Committer {
  readonly #options: ExactlyOnceOptions;
  #producer: Producer | undefined;
  /** What the coordinator said when the lane was taken, until a commit has looked once more. */
  #told: { readonly committed: number | undefined } | undefined;
  #aborts = 0;
  /** Settles when nothing of the last transaction is on its way any more. */
  #ended: Promise<unknown> = Promise.resolve();

  constructor(options: ExactlyOnceOptions) {
    this.#options = options;
  }

  async own(): Promise<number | undefined> {
    this.#discard();
    await within(bounds.closeMsMax, this.#ended).catch(() => {});
    const { kafka, readCommitted } = this.#options;
    const producer = transactionalProducer(kafka, this.#transactionalId);
    try {
      await within(
        bounds.attemptMsMax,
        (async () => {
          await producer.connect();
          await this.#catchUp(producer);
        })(),
      );
      const committed = await within(bounds.attemptMsMax, readCommitted());
      this.#producer = producer;
      this.#told = { committed };
      return committed;
    } catch (error) {
      producer.disconnect().catch(() => {});
      throw error;
    }
  }

  async begin(offset: number): Promise<void> {
    await within(bounds.commitMsMax, this.#transact({ sends: [], first: offset, next: offset }));
  }

  async commit(work: Work): Promise<Outcome> {
    try {
      await within(bounds.commitMsMax, this.#transact(work));
      this.#aborts = 0;
      return 'committed';
    } catch (error) {
      this.#options.onFault(faultOf(error));
      const outcome = await this.#settle(work);
      this.#aborts = outcome === 'aborted' ? this.#aborts + 1 : 0;
      if (this.#aborts >= ABORTS_MAX) throw new SluiceError('KAFKA_FAILED', { subject: faultOf(error) });
      return outcome;
    }
  }

  async close(): Promise<void> {
    await this.#discard();
  }

  async #transact({ sends, next }: Work): Promise<void> {
    const producer = this.#producer;
    if (producer === undefined) throw new Error('NOT_OWNED');
    const transaction = await producer.transaction();
    const topics = sends.map((send) => ({ topic: send.topic, partitions: [send.partition] }));
    const { added, end } = announce(this.#transactionalId, topics);
    const sendOffsets = (): Promise<void> => this.#sendOffset(transaction, next);
    // The coordinator takes one change of a transaction at a time; all else goes on side by side.
    const offsets = sends.length === 0 ? sendOffsets() : added.then(sendOffsets);
    const written = sends.map((send) => this.#send(transaction, send));
    this.#ended = Promise.allSettled(written);
    try {
      await Promise.all([...written, offsets]);
    } catch (error) {
      // The others may connect once more before they are refused: what they leave open is closed behind them.
      void this.#ended.then(() => producer.disconnect().catch(() => {}));
      throw error;
    } finally {
      end();
    }
    await this.#lookAgain();
    await transaction.commit();
  }

  /**
   * Before the first commit after a lane was taken, as late as can be: whoever answered for the group then may have been
   * behind, or not the one who speaks for it any more. Who finds another offset now does not commit, and settles that.
   */
  async #lookAgain(): Promise<void> {
    if (this.#told === undefined) return;
    const committed = await this.#options.readCommitted();
    if (committed !== this.#told.committed) throw Object.assign(new Error('OFFSET_MOVED'), { type: 'OFFSET_MOVED' });
    this.#told = undefined;
  }

  /**
   * One transaction that comes to nothing. The client asks for its epoch, which fences the owner before, only when one
   * begins. And a coordinator of the group that has just taken over from another one answers for some moments with what
   * was committed before the last: it has everything, but does not know yet that its copies do. Once it has said that an
   * offset is written, it knows that of all offsets before.
   */
  async #catchUp(producer: Producer): Promise<void> {
    const transaction = await producer.transaction();
    await this.#sendOffset(transaction, 0);
    await transaction.abort();
  }

  #sendOffset(transaction: Transaction, offset: number): Promise<void> {
    const { groupId, topic, partition } = this.#options;
    const partitions = [{ partition, offset: String(offset) }];
    return transaction.sendOffsets({ consumerGroupId: groupId, topics: [{ topic, partitions }] });
  }

  /** To one partition, piece after piece: never two requests at once, which may change places. */
  async #send(transaction: Sender, send: Send): Promise<void> {
    const { compression, sendBytesMax } = this.#options;
    for (const messages of piecesOf(send, sendBytesMax)) {
      await sendTo(transaction, send.topic, messages, compression);
    }
  }

  get #transactionalId(): string {
    const { groupId, topic, partition } = this.#options;
    return `${groupId}-${topic}-${partition}`;
  }

  async #settle({ first, next }: Work): Promise<Outcome> {
    const { topic, partition, taken, isOwner, onFault } = this.#options;
    this.#discard();
    let fault = 'REBALANCING';
    for (const deadline = Date.now() + bounds.ownMsMax; Date.now() < deadline; await pause(bounds.retryPauseMs)) {
      // To take what is another's would fence it for nothing.
      if (taken.aborted) return 'lost';
      try {
        const ours = await within(bounds.attemptMsMax, isOwner());
        if (ours === false) return 'lost';
        if (ours === undefined) continue;
        const committed = await this.own();
        if (committed === next) return 'committed';
        if (committed === first) return 'aborted';
        if ((await within(bounds.attemptMsMax, isOwner())) !== true) return 'lost';
      } catch (error) {
        onFault((fault = faultOf(error)));
        continue;
      }
      throw new SluiceError('OFFSET_AMBIGUOUS', { subject: `${topic}/${partition}`, position: first });
    }
    throw new SluiceError('KAFKA_UNREACHABLE', { subject: fault });
  }

  async #discard(): Promise<void> {
    const producer = this.#producer;
    this.#producer = undefined;
    if (producer !== undefined) retire(this.#transactionalId);
    await producer?.disconnect().catch(() => {});
  }
}
