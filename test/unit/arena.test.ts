/** One arena serves one document after the other: nothing of an earlier one may be seen in a later one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectors } from '../../detectors/index.js';
import { generate } from '../../fixtures/corpus/index.js';
import { Arena } from '../../src/engine/arena.js';
import { readDocument } from '../../src/engine/document.js';
import { tokenize } from '../../src/engine/tokens.js';
import { vocabularyOf } from '../../src/engine/vocabulary.js';

const { lexicon, labels } = vocabularyOf(detectors);

function tokensOf(arena: Arena, text: string): string[] {
  readDocument(arena, lexicon, text);
  tokenize(arena, lexicon);
  return Array.from({ length: arena.count }, (_, t) =>
    String.fromCharCode(...arena.text.subarray(arena.start[t], arena.end[t])),
  );
}

test('a document has the same tokens in a fresh arena and in a used one', () => {
  const used = new Arena(labels);
  const texts = [...generate({ seed: 3, half: 'training', count: 200 })].map(({ text }) => text);
  for (const text of texts) tokensOf(used, text);
  for (const text of texts) assert.deepEqual(tokensOf(used, text), tokensOf(new Arena(labels), text));
});
