/** The table of words by hash: what is in it has its points, what is not has none. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashOf } from '../../detectors/kit/hash.js';
import { WordTable, wordSet } from '../../detectors/kit/word-table.js';

describe('WordTable', () => {
  const table = new WordTable([
    [15, 'by with'],
    [-28, 'the'],
  ]);

  it('gives each word its points, in any case', () => {
    assert.equal(table.get(hashOf('by')), 15);
    assert.equal(table.get(hashOf('The')), -28);
  });

  it('gives other words none', () => {
    for (const word of ['', 'b', 'withh', 'of']) assert.equal(table.get(hashOf(word)), 0, word);
  });

  it('holds every word of a long list', () => {
    const words = Array.from({ length: 500 }, (_, i) => `w${i.toString(36)}`);
    const set = wordSet(words.join(' '));
    for (const word of words) assert.ok(set.has(hashOf(word)), word);
    assert.ok(!set.has(hashOf('missing')));
  });
});
