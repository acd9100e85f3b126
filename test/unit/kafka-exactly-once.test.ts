/** Where a lane begins that is taken over: behind a group's coordinator that has itself only just taken over. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExactlyOnce, type ExactlyOnceOptions } from '../../src/transports/kafka-exactly-once.js';

const FIRST = 10;
const NEXT = 11;

/** Answers with the offset before the last until something has been written to it since it took over, as real ones do. */
class YoungCoordinator {
  readonly steps: string[] = [];
  #written = false;
  #committed = NEXT;
  /** How many answers more are behind, and whether the answer to the next commit is lost. */
  behind = 0;
  mute = false;

  readonly kafka = {
    producer: () => ({
      connect: async () => {},
      disconnect: async () => {},
      transaction: async () => ({
        sendOffsets: async () => {
          this.steps.push('offset');
          this.#written = true;
        },
        commit: async () => {
          this.steps.push('commit');
          this.#committed = NEXT;
          if (!this.mute) return;
          this.mute = false;
          throw new Error('no answer');
        },
        abort: async () => this.steps.push('abort'),
      }),
    }),
  } as unknown as ExactlyOnceOptions['kafka'];

  /** Where a lane stands whose work is not done yet. */
  reset(): void {
    this.#committed = FIRST;
    this.steps.length = 0;
  }

  committed(): number {
    if (this.behind > 0) {
      this.behind -= 1;
      return FIRST;
    }
    return this.#written ? this.#committed : FIRST;
  }
}

function committerOf(coordinator: YoungCoordinator): ExactlyOnce {
  return new ExactlyOnce({
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
}

test('the offset that a lane begins at is the last that was committed, whoever answers for the group', async () => {
  const coordinator = new YoungCoordinator();
  const committer = committerOf(coordinator);
  assert.equal(await committer.own(), 11);
  assert.deepEqual(coordinator.steps, ['offset', 'abort'], 'and what was written never counts');
});

test('an answer that is behind for longer lets nothing be committed twice', async () => {
  const coordinator = new YoungCoordinator();
  const committer = committerOf(coordinator);
  coordinator.reset();
  assert.equal(await committer.own(), FIRST);
  coordinator.mute = true;
  const work = { sends: [], first: FIRST, next: NEXT };
  // Its first look is its last look: the commit has been taken in, its answer is lost, and who is asked then is behind.
  const looking = committer.commit(work);
  coordinator.behind = 2;
  assert.equal(await looking, 'aborted');
  assert.equal(await committer.commit(work), 'committed');
  assert.equal(coordinator.steps.filter((step) => step === 'commit').length, 1);
});

test('a lane that was taken behind where it stands commits nothing', async () => {
  const coordinator = new YoungCoordinator();
  const committer = committerOf(coordinator);
  coordinator.behind = 1;
  assert.equal(await committer.own(), FIRST);
  await assert.rejects(committer.commit({ sends: [], first: FIRST, next: FIRST + 5 }), { code: 'OFFSET_AMBIGUOUS' });
  assert.ok(!coordinator.steps.includes('commit'));
});
