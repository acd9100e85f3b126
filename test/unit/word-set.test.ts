/** A set of words is asked by the hash that tokens have. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashOf } from '../../detectors/kit/hash.js';
import { words } from '../../detectors/kit/word-set.js';

describe('word set', () => {
  const set = words('the his her');
  it('has its words in any case', () => {
    for (const word of ['the', 'His', 'HER']) assert.ok(set.has(hashOf(word)), word);
  });
  it('has no other', () => {
    for (const word of ['th', 'hers', '']) assert.ok(!set.has(hashOf(word)), word);
  });
});
