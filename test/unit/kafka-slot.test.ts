/** A slot is taken over by what brokers say, asked again where the client fails, and never by what they do not say. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Admin } from '../../src/transports/kafka-client.js';
import { committedOf } from '../../src/transports/kafka-offsets.js';
import { KafkaSlot, type SlotOptions } from '../../src/transports/kafka-slot.js';

function slotWith(options: Partial<SlotOptions>): KafkaSlot {
  return new KafkaSlot({
    partition: 0,
    topics: ['in'],
    acceptGaps: [],
    fetching: { pause() {}, resume() {}, seek() {} },
    committerOf: () => ({
      own: async () => 7,
      begin: async () => {},
      commit: async () => 'committed',
      close: async () => {},
    }),
    edgesOf: async () => ({ low: 0, high: 9 }),
    hasOutput: async () => false,
    readState: async () => new Map(),
    onFault: () => {},
    ...options,
  });
}

test('a client that fails while the state is read is asked again', async () => {
  const faults: string[] = [];
  let asked = 0;
  const slot = slotWith({
    readState: async () => {
      asked += 1;
      if (asked === 1) throw new TypeError('Cannot destructure property of undefined');
      return new Map([['k', Buffer.from('v')]]);
    },
    onFault: (fault) => void faults.push(fault),
  });
  assert.ok(await slot.prepare());
  assert.equal((await slot.readState('state')).size, 1);
  assert.deepEqual([asked, faults], [2, ['TypeError']]);
});

test('nobody asks on for a slot that was given up', async () => {
  const slot = slotWith({ readState: () => Promise.reject(new Error('away')) });
  assert.ok(await slot.prepare());
  const state = slot.readState('state');
  slot.take();
  assert.equal((await state).size, 0);
});

test('an answer without the partition does not mean that nothing is committed there', async () => {
  const answering = (partitions: readonly { partition: number; offset: string }[]): Admin =>
    ({ fetchOffsets: async () => [{ topic: 'in', partitions }] }) as unknown as Admin;
  assert.equal(await committedOf(answering([{ partition: 0, offset: '7' }]), 'g', 'in', 0), 7);
  assert.equal(await committedOf(answering([{ partition: 0, offset: '-1' }]), 'g', 'in', 0), undefined);
  await assert.rejects(committedOf(answering([]), 'g', 'in', 0));
});
