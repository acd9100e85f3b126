/** A lane hands records on in order, without holes, and never reads on where it was not asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partitionFetchBytesMax } from '../../src/transports/kafka-bounds.js';
import type { KafkaMessage } from '../../src/transports/kafka-client.js';
import { type Committer, KafkaLane } from '../../src/transports/kafka-lane.js';

const committer: Committer = {
  own: () => Promise.reject(new Error('unused')),
  begin: () => Promise.reject(new Error('unused')),
  commit: () => Promise.resolve('committed'),
  close: () => Promise.resolve(),
};

function laneAt(position: number, to = position): { lane: KafkaLane; orders: string[] } {
  const orders: string[] = [];
  const lane = new KafkaLane('t', 0, committer, {
    pause: () => orders.push('pause'),
    resume: () => orders.push('resume'),
    seek: (_, offset) => orders.push(`seek ${offset}`),
  });
  lane.start(position, to);
  return { lane, orders };
}

test('it seeks before it resumes, and what waits is one batch', async () => {
  const { lane, orders } = laneAt(5);
  assert.deepEqual(orders, ['seek 5', 'resume']);
  assert.ok(lane.offer(5, 8, messages(5, 6)));
  assert.ok(lane.offer(7, 8, messages(7)));
  assert.deepEqual(await offsets(lane), [5, 6, 7]);
});

test('what was seen before is not seen again', async () => {
  const { lane } = laneAt(5);
  lane.offer(5, 9, messages(5, 6));
  assert.ok(lane.offer(5, 9, messages(5, 6)), 'the client may go on');
  lane.offer(5, 9, messages(6, 7));
  assert.deepEqual(await offsets(lane), [5, 6, 7]);
});

test('a fetch from beyond is refused and sought back; what the broker does not give then is told as a gap', async () => {
  const { lane, orders } = laneAt(5);
  for (let i = 0; i < 3; i++) assert.equal(lane.offer(9, 12, messages(9)), false);
  assert.deepEqual(orders.slice(2), ['seek 5', 'seek 5', 'seek 5']);
  assert.ok(lane.offer(9, 12, messages(9)));
  assert.ok(lane.offer(10, 12, messages(10)));
  const batch = await lane.next();
  assert.deepEqual([batch?.records.map(({ offset }) => offset), batch?.gap], [[9, 10], { from: 5, to: 9 }]);
});

test('a gap is never lost among batches that go together', async () => {
  const { lane } = laneAt(5);
  lane.offer(5, 12, messages(5));
  for (let i = 0; i < 3; i++) lane.offer(9, 12, messages(9));
  lane.offer(9, 12, messages(9));
  assert.deepEqual((await lane.next())?.gap, undefined);
  assert.deepEqual((await lane.next())?.gap, { from: 6, to: 9 });
});

test('what nobody may see is passed over, but only from where we stand', async () => {
  const { lane } = laneAt(5);
  lane.skip(8, 9);
  assert.equal(lane.expected, 5);
  lane.skip(5, 7);
  assert.equal(lane.expected, 8);
  assert.ok(lane.offer(8, 9, messages(8)));
});

test('enough that waits pauses the fetch, and taking it resumes', async () => {
  const { lane, orders } = laneAt(0);
  for (const offset of [0, 1, 2]) {
    assert.ok(lane.offer(offset, 9, [{ ...messages(offset)[0], value: Buffer.alloc(900_000) } as KafkaMessage]));
  }
  assert.equal(orders.at(-1), 'pause');
  await offsets(lane);
  assert.equal(orders.at(-1), 'pause', 'there is enough still');
  await offsets(lane);
  assert.equal(orders.at(-1), 'resume');
});

test('what one fetch brings goes on as one batch, with nothing left over for another', async () => {
  const { lane } = laneAt(0);
  const count = Math.floor(partitionFetchBytesMax / 2_060);
  const whole = messages(...Array(count).keys()).map((message) => ({ ...message, value: Buffer.alloc(2_048) }));
  lane.offer(0, count, whole as KafkaMessage[]);
  assert.equal((await offsets(lane))?.length, count);
});

test('very many small records are handed on in pieces', async () => {
  const { lane, orders } = laneAt(0);
  const count = 60_000;
  assert.ok(lane.offer(0, count, messages(...Array(count).keys())));
  assert.equal(orders.at(-1), 'pause');
  const seen: number[] = [];
  while (seen.length < count) {
    const piece = (await offsets(lane)) ?? [];
    assert.ok(piece.length > 0 && piece.length < 24_000, String(piece.length));
    seen.push(...piece);
  }
  assert.deepEqual(seen, [...Array(count).keys()]);
});

test('once stopped it answers null, to those who wait too, and takes nothing more', async () => {
  const { lane } = laneAt(0);
  const waiting = lane.next();
  lane.stop();
  assert.equal(await waiting, null);
  assert.equal(lane.offer(0, 1, messages(0)), false);
  assert.equal(await lane.next(), null);
});

test('the gap that was accepted is told with the first batch, once', async () => {
  const { lane } = laneAt(3, 6);
  assert.equal(lane.position, 3);
  lane.offer(6, 9, messages(6));
  assert.deepEqual((await lane.next())?.gap, { from: 3, to: 6 });
  lane.offer(7, 9, messages(7));
  assert.equal((await lane.next())?.gap, undefined);
});

test('an offset beyond what a number holds is refused', () => {
  const { lane } = laneAt(0);
  const [message] = messages(0);
  assert.throws(() => lane.offer(0, 1, [{ ...message, offset: '9007199254740993' } as KafkaMessage]), /KAFKA_FAILED/);
});

async function offsets(lane: KafkaLane): Promise<number[] | undefined> {
  return (await lane.next())?.records.map(({ offset }) => offset);
}

function messages(...offsets: number[]): KafkaMessage[] {
  return offsets.map((offset) => ({
    key: null,
    value: Buffer.from('v'),
    timestamp: '0',
    attributes: 0,
    offset: String(offset),
    headers: {},
  }));
}
