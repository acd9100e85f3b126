/**
 * Recall on our own corpus: nothing that was found before may be missed now, and the held-out half, which nobody reads
 * while writing detectors, stays above its bars.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Figures } from '../bench/score.js';
import { CATEGORIES } from '../detectors/contract.js';

/** The bar for every category. */
const RECALL_MIN = 0.97;
/** Categories that are still below the bar: what they have reached, less a little, so that they can only rise. */
const RECALL_MIN_OF: Partial<Record<string, number>> = {
  name: 0.925,
  geography: 0.95,
  date: 0.955,
  'other-id': 0.965,
  vehicle: 0.9,
  device: 0.95,
  biometric: 0.945,
};
const PRECISION_MIN = 0.95;

const script = fileURLToPath(new URL('../bench/accuracy.js', import.meta.url));
const json = fileURLToPath(new URL('../accuracy.json', import.meta.url));
const { status, stdout, stderr } = spawnSync(process.execPath, [script, '--no-record', '--json', json], {
  encoding: 'utf8',
});

test('no finding of the baseline is lost', () => {
  assert.equal(status, 0, stdout + stderr);
  assert.equal(stdout.match(/baseline: 0 lost/g)?.length, 4, stdout);
});

const sets = Object.entries(JSON.parse(readFileSync(json, 'utf8')) as Record<string, Figures>);

for (const [name, figures] of sets.filter(([set]) => set.startsWith('held-out'))) {
  test(`${name}: precision`, () => {
    assert.ok((figures.charPrecision ?? 0) >= PRECISION_MIN, `${figures.charPrecision}`);
  });
  if (!name.includes('cases')) continue;
  for (const category of CATEGORIES)
    test(`${name}: ${category}`, () => {
      const { spans, charRecall } = figures.categories[category];
      assert.ok(spans >= 300);
      assert.ok((charRecall ?? 0) >= (RECALL_MIN_OF[category] ?? RECALL_MIN), `${charRecall}`);
    });
}
