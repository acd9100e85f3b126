/** Templates, embeddings and ids against words, dates and doses. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMade, isTemplateHeader, vectorEnd } from '../../detectors/kit/biometric/template-value.js';

const units = (text: string): Uint16Array => Uint16Array.from([...text, '\0'], (sign) => sign.charCodeAt(0));

test('a hash and an id are made by a machine, a word and an amount are not', () => {
  const made = (text: string, id = true): boolean => isMade(units(text), 0, text.length, id, false, false);
  for (const text of ['9f86d081884c7d659a2feaa0c55ad015', 'FP-48213', '4471', '88-2019']) assert.ok(made(text), text);
  for (const text of ['enrollment', '12th', '2024', '120/80']) assert.ok(!made(text), text);
});

test('an embedding ends with its last number', () => {
  const text = '0.0182, -0.2291, 4.4e-1] cosine';
  assert.equal(vectorEnd(units(text), 0, text.length), text.indexOf(']'));
  assert.equal(vectorEnd(units('512'), 0, 3), -1);
});

test('templates begin as ISO/IEC 19794 says', () => {
  assert.ok(isTemplateHeader(units('Rk1SACAyMAAA'), 0));
  assert.ok(!isTemplateHeader(units('Rk9PQkFS'), 0));
});
