/** Label phrases belong to one label each, so that what a phrase means does not depend on the order of detectors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectors } from '../../detectors/index.js';
import { enterLabels } from '../../detectors/lexicon/labels.js';
import { forgetLabels, loadLexicon } from '../../detectors/lexicon/load.js';

test('no label phrase is claimed twice', () => {
  const lexicon = loadLexicon();
  forgetLabels(lexicon);
  assert.deepEqual(enterLabels(lexicon, detectors), []);
});

test('rules are filed under their category and named once for each kind', () => {
  const names = detectors.flatMap(({ category, rules }) => {
    for (const { name, confidence } of rules) {
      assert.ok(name.startsWith(`${category}.`), name);
      assert.ok(confidence > 0 && confidence <= 1, name);
    }
    return rules.map(({ name, kind }) => `${name} ${kind}`);
  });
  assert.equal(new Set(names).size, names.length);
});
