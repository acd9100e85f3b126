/** Records are cut into requests below the broker's bound, in order and with nothing missing. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sendBytesMax } from '../../src/transports/kafka-bounds.js';
import { piecesOf } from '../../src/transports/kafka-pieces.js';

test('pieces joined are the whole, and only a single large record makes a large piece', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1_200_000 }), { maxLength: 20 }), (sizes) => {
      const records = sizes.map((size) => ({ key: null, value: Buffer.alloc(size), headers: [] }));
      const pieces = [...piecesOf({ topic: 't', partition: 3, records })];
      assert.deepEqual(
        pieces.flat().map(({ value }) => value?.length),
        sizes,
      );
      for (const piece of pieces) {
        assert.ok(piece.every(({ partition }) => partition === 3));
        const bytes = piece.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
        assert.ok(piece.length === 1 || bytes <= sendBytesMax);
      }
    }),
    { numRuns: 50 },
  );
});

test('topics that take less get less at once', () => {
  const records = Array.from({ length: 40 }, () => ({ key: null, value: Buffer.alloc(20_000), headers: [] }));
  const pieces = [...piecesOf({ topic: 't', partition: 0, records }, 262_144)];
  assert.equal(pieces.flat().length, 40);
  for (const piece of pieces) assert.ok(piece.reduce((sum, { value }) => sum + (value?.length ?? 0), 0) <= 262_144);
});

test('headers keep their order and repetitions, whatever they are called', () => {
  const headers = [
    ['b', Buffer.from('1')],
    ['__proto__', Buffer.from('2')],
    ['b', null],
  ] as const;
  const [[message] = []] = [...piecesOf({ topic: 't', partition: 0, records: [{ key: null, value: null, headers }] })];
  assert.deepEqual(message?.headers, [
    ['b', Buffer.from('1')],
    ['__proto__', Buffer.from('2')],
    ['b', Buffer.alloc(0)],
  ]);
});
