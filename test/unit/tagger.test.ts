/** The tagger: learning repeats bit for bit, haste loses next to nothing, foreign weights are refused. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { type Example, exampleOf } from '../../bench/train/examples.js';
import { learn, quantise } from '../../bench/train/learn.js';
import { Tag } from '../../detectors/contract.js';
import { detectors } from '../../detectors/index.js';
import { generate } from '../../fixtures/corpus/index.js';
import { Random } from '../../fixtures/corpus/random.js';
import { OPERATING_POINTS } from '../../src/engine/profile.js';
import { Gate } from '../../src/engine/tagger/gate.js';
import { Keys, PAD } from '../../src/engine/tagger/keys.js';
import { Tagger } from '../../src/engine/tagger/tagger.js';
import { ZERO } from '../../src/engine/tagger/weights.js';
import { vocabularyOf } from '../../src/engine/vocabulary.js';
import { stage } from '../kit/stages.js';

const DOCUMENTS = 150;
/** Of all tokens taken for something, those that are given up after the first features. */
const LOST_MAX = 0.001;

/** What is learned of invented examples; another figure means that learning has changed, and the weights want to be trained anew. */
const LEARNED = 'fee9df2686afa3c94a26829c80af4d70c5792cbc970d5b316f1010ad6348631b';

const vocabulary = vocabularyOf(detectors);
const quiet = { epochs: 1, seed: 7, say: () => {} };
const train = (): Uint8Array =>
  quantise(learn([...generate({ seed: 3, half: 'training', count: DOCUMENTS })].map(exampleOf), quiet));

test('the same seed gives the same weights, bit for bit', () => {
  assert.deepEqual(train(), train());
});

test('the same examples give the same weights on every machine, bit for bit', () => {
  const learned = quantise(learn(made(new Random(7), 400), { ...quiet, epochs: 2 }));
  assert.ok(learned.some((weight) => weight !== ZERO));
  assert.equal(createHash('sha256').update(learned).digest('hex'), LEARNED);
});

/** Examples of invented keys, so that what is learned of them depends on no word list: a word that says its type, now and then. */
function made(random: Random, count: number): Example[] {
  return Array.from({ length: count }, () => {
    const tokens = random.int(5, 30);
    const keys = new Keys();
    const types = Uint8Array.from({ length: tokens + 1 }, (_, t) =>
      t < tokens && random.chance(0.4) ? random.int(1, 3) : 0,
    );
    for (let t = 0; t < tokens; t++) {
      const told = random.chance(0.8) ? types[t] : random.int(0, 3);
      for (const field of ['word', 'kind', 'rough', 'form', 'suffix'] as const)
        keys[field][t + PAD] = 1 + told * 8 + random.int(0, 7);
    }
    const begins = types.map((type, t) => (type !== 0 && types[t - 1] !== type ? 1 : 0));
    return { count: tokens, keys, types, begins, gates: new Uint8Array(tokens).fill(Gate.Begin) };
  });
}

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
