/** The judge of fault tests sees what it is there for. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLEAN, holdsAny, judge } from '../kit/history.js';
import type { ReadRecord } from '../kit/kafka-io.js';

const inputs = [0, 1, 2].map((offset) => ({ topic: 'in', partition: 0, offset }));

function output(offset: number, source: number, more: Partial<ReadRecord> = {}): ReadRecord {
  const headers = [['source', Buffer.from(`in/0/${source}`)]] as const;
  return { topic: 'out', partition: 0, offset, key: null, value: Buffer.from('v'), headers, timestamp: 0, ...more };
}

const outcomeOf = ({ headers }: ReadRecord): string | undefined => headers[0]?.[1]?.toString();

test('a clean run', () => {
  const outputs = [output(0, 0), output(1, 1), output(3, 2)];
  assert.deepEqual(judge({ inputs, outputs, outcomeOf, canaries: ['219-09-9999'] }), CLEAN);
});

test('lost, twice, invented, out of order', () => {
  const outputs = [output(0, 1), output(1, 0), output(2, 1), output(3, 9)];
  const verdict = judge({ inputs, outputs, outcomeOf });
  assert.deepEqual(verdict.lost, ['in/0/2']);
  assert.deepEqual(verdict.duplicated, ['in/0/1']);
  assert.deepEqual(verdict.invented, ['in/0/9']);
  assert.deepEqual(verdict.disordered, ['in/0/0']);
});

test('canaries are seen in every part and every coat', () => {
  const canary = 'MRN 00482913';
  const coats = [
    Buffer.from(`x${canary}y`),
    Buffer.from(canary, 'utf16le'),
    Buffer.from(Buffer.from(canary).toString('hex')),
    ...['', 'a', 'ab', 'abc'].map((before) => Buffer.from(Buffer.from(`${before}${canary} tail`).toString('base64'))),
  ];
  for (const coat of coats) assert.ok(holdsAny(coat, [canary]), coat.toString('latin1'));
  assert.ok(!holdsAny(Buffer.from('MRN 00482914'), [canary]));
  const outputs = [output(0, 0, { key: coats[0] ?? null }), output(1, 1, { value: coats[4] ?? null }), output(2, 2)];
  assert.deepEqual(judge({ inputs, outputs, outcomeOf, canaries: [canary] }).leaked, ['out/0/0 key', 'out/0/1 value']);
});
