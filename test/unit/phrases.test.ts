/** Label phrases from patterns: alternatives, optional parts, the limit on tokens, and lists kept apart. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { phrases, without } from '../../detectors/kit/phrases.js';

describe('phrases', () => {
  it('takes words as they are', () => assert.deepEqual(phrases('chart number', 'mrn'), ['chart number', 'mrn']));
  it('expands alternatives of one or several words', () =>
    assert.deepEqual(phrases('(chart|medical record) (no|id)'), [
      'chart no',
      'chart id',
      'medical record no',
      'medical record id',
    ]));
  it('expands optional parts', () => assert.deepEqual(phrases('npi [number|id]'), ['npi', 'npi number', 'npi id']));
  it('makes each phrase once', () => assert.deepEqual(phrases('npi', 'npi [no]'), ['npi', 'npi no']));
  it('leaves out what is longer than the engine takes, an apostrophe parting tokens', () => {
    assert.deepEqual(phrases('a b c d e f'), ['a b c d e f']);
    assert.deepEqual(phrases('a b c d e f g', "a b c d e f's"), []);
  });
  it('keeps a phrase out of a second list, also run together', () =>
    assert.deepEqual(without(['chart no', 'chartno', 'rec no'], ['chart no']), ['rec no']));
});
