/** Where a lane begins that is taken over: behind a group's coordinator that has itself only just taken over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExactlyOnce, type ExactlyOnceOptions } from '../../src/transports/kafka-exactly-once.js';

/** Answers with the offset before the last until something has been written to it since it took over, as real ones do. */
class YoungCoordinator {
  readonly steps: string[] = [];
  #written = false;

  readonly kafka = {
    producer: () => ({
      connect: async () => {},
      disconnect: async () => {},
      transaction: async () => ({
        sendOffsets: async () => {
          this.steps.push('offset');
          this.#written = true;
        },
        commit: async () => this.steps.push('commit'),
        abort: async () => this.steps.push('abort'),
      }),
    }),
  } as unknown as ExactlyOnceOptions['kafka'];

  committed(): number {
    return this.#written ? 11 : 10;
  }
}

test('the offset that a lane begins at is the last that was committed, whoever answers for the group', async () => {
  const coordinator = new YoungCoordinator();
  const committer = new ExactlyOnce({
    kafka: coordinator.kafka,
    groupId: 'g',
    topic: 't',
    partition: 0,
    compression: 'none',
    sendBytesMax: 1_000,
    readCommitted: async () => coordinator.committed(),
    isOwner: async () => true,
    taken: new AbortController().signal,
    onFault: () => {},
  });
  assert.equal(await committer.own(), 11);
  assert.deepEqual(coordinator.steps, ['offset', 'abort'], 'and what was written never counts');
});
