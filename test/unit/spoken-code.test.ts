/** Codes that are read out or spelled: where they begin and end, and what only counts or measures. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { claimed } from '../../detectors/kit/code/claimed.js';
import { isSpokenAnchor, spoken, spokenCode } from '../../detectors/kit/code/spoken-code.js';
import { createEngine } from '../../src/index.js';
import { stage } from '../kit/stages.js';

/** The code that the first anchor of a text belongs to. */
function codeIn(text: string): string {
  const doc = stage(text).arena;
  for (let t = 0; t < doc.count; t++)
    if (isSpokenAnchor(doc, t) && spokenCode(doc, t)) return text.slice(claimed.start, claimed.end);
  return '';
}

describe('spoken codes', () => {
  for (const [text, code] of [
    ['it is zero zero four one nine, I think', 'zero zero four one nine'],
    ['says V-O-X 3 3 8 1 2 on it', 'V-O-X 3 3 8 1 2'],
    ['tag K as in king, D like dog, 4, 0, 8', 'K as in king, D like dog, 4, 0, 8'],
    ['read november papa six six two', 'november papa six six two'],
    ['call Adam, seven two four one', 'seven two four one'],
    ['double oh seven, four five dash two ok', 'double oh seven, four five dash two'],
    ['take one or two', ''],
    ['it is a 4 and a 5', ''],
  ] as const)
    it(text, () => assert.equal(codeIn(text), code));
  it('tells counting and measures', () => {
    assert.equal(codeIn('one two three four'), 'one two three four');
    assert.ok(spoken.counted);
    assert.notEqual(codeIn('give one two five units'), '');
    assert.ok(spoken.measured && !spoken.counted);
  });
  it('is bounded, and the same on any length', () => {
    const found = createEngine().scan(`member id ${'four two oh nine '.repeat(400)}`).findings;
    assert.ok(found.length > 0 && found.every(({ start, end }) => end - start < 400));
  });
});
