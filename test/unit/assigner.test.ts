/** Who gets which slot: all of a slot to one member, equal shares, and as little moved as that allows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { assignSlots, type Member, slotsOf } from '../../src/transports/assigner.js';

const TOPICS = ['a', 'b'];

const scenes = fc.record({
  count: fc.integer({ min: 1, max: 6 }),
  partitions: fc.integer({ min: 1, max: 24 }),
  held: fc.array(fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 24 }), { minLength: 6, maxLength: 6 }),
});

test('every slot has one owner, who gets it in all topics, and shares differ by one at most', () => {
  fc.assert(
    fc.property(scenes, ({ count, partitions, held }) => {
      const members = Array.from({ length: count }, (_, i) => member(i, held[i] ?? []));
      const slots = ownersOf(members, partitions);
      const all = [...slots.values()].flat();
      assert.deepEqual(
        [...all].sort((a, b) => a - b),
        range(partitions),
      );
      const sizes = [...slots.values()].map((list) => list.length);
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1);
    }),
  );
});

test('the order in which members are listed changes nothing', () => {
  fc.assert(
    fc.property(scenes, ({ count, partitions, held }) => {
      const members = Array.from({ length: count }, (_, i) => member(i, held[i] ?? []));
      assert.deepEqual(
        [...ownersOf(members, partitions)].sort(),
        [...ownersOf([...members].reverse(), partitions)].sort(),
      );
    }),
  );
});

test('nothing moves when nothing changes, and a leaving member moves only its own', () => {
  const three = [0, 1, 2].map((i) => member(i, []));
  const before = ownersOf(three, 9);
  const again = ownersOf(
    three.map((one) => ({ ...one, held: before.get(one.memberId) ?? [] })),
    9,
  );
  assert.deepEqual(again, before);
  const two = three.slice(0, 2).map((one) => ({ ...one, held: before.get(one.memberId) ?? [] }));
  const after = ownersOf(two, 9);
  for (const { memberId } of two) {
    for (const slot of before.get(memberId) ?? []) assert.ok(after.get(memberId)?.includes(slot), `${slot} moved`);
  }
});

test('a slot that two claim goes to one of them', () => {
  const owners = ownersOf([member(0, [3]), member(1, [3])], 4);
  assert.equal([...owners.values()].flat().filter((slot) => slot === 3).length, 1);
});

test('who does not know all topics gets nothing', () => {
  const old: Member = { memberId: 'old', topics: ['a'], held: [0, 1] };
  const partitions = new Map(TOPICS.map((topic) => [topic, range(2)]));
  const assigned = assignSlots([old, member(1, [])], partitions);
  assert.equal(assigned.get('old')?.size, 0);
  assert.deepEqual(assigned.get('m1')?.get('b'), [0, 1]);
});

test('an assignment by topic is turned into slots', () => {
  assert.deepEqual(
    [...slotsOf({ a: [0, 2], b: [0] })],
    [
      [0, ['a', 'b']],
      [2, ['a']],
    ],
  );
});

function member(i: number, held: readonly number[]): Member {
  return { memberId: `m${i}`, topics: TOPICS, held };
}

/** Slots by member, after making sure that both topics agree. */
function ownersOf(members: readonly Member[], partitions: number): Map<string, readonly number[]> {
  const assigned = assignSlots(members, new Map(TOPICS.map((topic) => [topic, range(partitions)])));
  return new Map(
    [...assigned].map(([memberId, topics]) => {
      assert.deepEqual(topics.get('a'), topics.get('b'));
      return [memberId, topics.get('a') ?? []];
    }),
  );
}

function range(length: number): number[] {
  return Array.from({ length }, (_, i) => i);
}
