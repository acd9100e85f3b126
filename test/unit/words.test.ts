/** The table from words to bits: what it holds, and what it does not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashOf } from '../../detectors/kit/hash.js';
import { WordTable } from '../../detectors/kit/words.js';

describe('WordTable', () => {
  const table = new WordTable([
    [1, 'street  ave'],
    [2, 'ave\nhospital'],
  ]);

  it('gives a word the bits of all its groups', () => {
    assert.equal(table.get(hashOf('street')), 1);
    assert.equal(table.get(hashOf('Ave')), 3);
    assert.equal(table.get(hashOf('hospital')), 2);
  });

  it('takes a hash signed or unsigned', () => {
    for (const word of ['street', 'ave', 'hospital'])
      assert.equal(table.get(hashOf(word) | 0), table.get(hashOf(word)));
  });

  it('gives 0 to words it does not hold', () => {
    for (const word of ['', 'streets', 'clinic', 'x']) assert.equal(table.get(hashOf(word)), 0);
  });
});
