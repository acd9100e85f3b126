/** The tagger: learning repeats bit for bit, haste loses next to nothing, foreign weights are refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exampleOf } from '../../bench/train/examples.js';
import { learn, quantise } from '../../bench/train/learn.js';
import { Tag } from '../../detectors/contract.js';
import { detectors } from '../../detectors/index.js';
import { generate } from '../../fixtures/corpus/index.js';
import { OPERATING_POINTS } from '../../src/engine/profile.js';
import { Tagger } from '../../src/engine/tagger/tagger.js';
import { vocabularyOf } from '../../src/engine/vocabulary.js';
import { stage } from '../kit/stages.js';

const DOCUMENTS = 150;
/** Of all tokens taken for something, those that are given up after the first features. */
const LOST_MAX = 0.001;

const vocabulary = vocabularyOf(detectors);
const quiet = { epochs: 1, seed: 7, say: () => {} };
const train = (): Uint8Array =>
  quantise(learn([...generate({ seed: 3, half: 'training', count: DOCUMENTS })].map(exampleOf), quiet));

test('the same seed gives the same weights, bit for bit', () => {
  assert.deepEqual(train(), train());
});

test('weights of other features than these are refused', () => {
  assert.throws(() => new Tagger(new Int32Array(16), vocabulary.labels, 0), { code: 'LEXICON_CORRUPT' });
});

test('giving up after the first features loses next to nothing', () => {
  const tagger = new Tagger(vocabulary.lexicon.tagger, vocabulary.labels, OPERATING_POINTS.balanced.decide);
  let everywhere = 0;
  let lost = 0;
  for (const { text } of generate({ seed: 11, half: 'open', count: 400 })) {
    const { arena } = stage(text);
    const asked = arena.tags.slice(0, arena.count);
    tagger.tag(arena, true);
    for (let t = 0; t < arena.count; t++) {
      if (arena.tags[t] === Tag.None) continue;
      everywhere++;
      if (asked[t] === Tag.None) lost++;
    }
  }
  assert.ok(everywhere > 1000, `${everywhere}`);
  assert.ok(lost / everywhere <= LOST_MAX, `${lost} of ${everywhere}`);
});
