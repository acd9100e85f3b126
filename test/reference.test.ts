/** REFERENCE.md is what the program says about itself: this fails when one has changed without the other. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { CATEGORIES } from '../detectors/contract.js';
import { ALL_ERRORS } from '../src/commands/failure.js';
import { referencePage } from '../src/commands/reference/page.js';

test('REFERENCE.md is up to date', () => {
  let committed = '';
  try {
    committed = readFileSync(new URL('../../REFERENCE.md', import.meta.url), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    // Missing is out of date.
  }
  assert.ok(committed === referencePage(), 'REFERENCE.md differs from the program: run `npm run docs` and commit it');
});

test('the reference names every category and every error code', () => {
  const page = referencePage();
  for (const category of CATEGORIES) assert.ok(page.includes(`\n### ${category}\n`), category);
  for (const code of Object.keys(ALL_ERRORS)) assert.ok(page.includes(`\`${code}\``), code);
});
