/** The stored weights of the tagger: what is packed comes back, and rows that say nothing take a bit each. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NOTHING, pack, unpack } from '../../detectors/lexicon/sparse.js';

const ROWS = 1000;

test('packed weights come back as they were', () => {
  const weights = new Uint8Array(ROWS * 4).fill(NOTHING);
  for (let row = 0; row < ROWS; row += 7) weights[row * 4 + (row % 4)] = row & 0xff;
  assert.deepEqual(unpack(pack(weights)), weights);
});

test('rows that say nothing take a bit each', () => {
  const weights = new Uint8Array(ROWS * 4).fill(NOTHING);
  assert.equal(pack(weights).length, 4 + ROWS / 8);
  weights[3999] = 0;
  assert.equal(pack(weights).length, 4 + ROWS / 8 + 4);
});
