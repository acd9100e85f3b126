/** Numbers in words: dates and telephone numbers as they are read out, and days by their names. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { namedDayStart } from '../../detectors/kit/date/named-day.js';
import { spokenDate, spokenYearEnd } from '../../detectors/kit/date/spoken-date.js';
import { Form, written } from '../../detectors/kit/date/written.js';
import { spokenAt } from '../../detectors/kit/phone/spoken-telephone.js';
import { dialled } from '../../detectors/kit/phone/telephone-parts.js';
import { stage } from '../kit/stages.js';

const docOf = (text: string) => stage(text).arena;

describe('spoken dates', () => {
  it('reads years', () => {
    for (const [text, last] of [
      ['nineteen eighty two', 2],
      ['two thousand and five', 3],
      ['twenty twenty four', 2],
      ['oh eight', 1],
      ['fifty six', 1],
      ['twelve', -1],
    ] as const)
      assert.equal(spokenYearEnd(docOf(text), 0), last, text);
  });
  it('reads month, day and year', () => {
    assert.equal(spokenDate(docOf('three fourteen fifty six'), 0), Form.Full);
    assert.deepEqual([written.month, written.day, written.last], [3, 14, 3]);
    assert.equal(spokenDate(docOf('three fourteen twenty four'), 0), Form.Full);
    assert.equal(spokenDate(docOf('two thirty fifty six'), 0), Form.None);
  });
});

describe('spoken telephone numbers', () => {
  it('reads ten digits that can be a number', () => {
    assert.ok(spokenAt(docOf('six one seven double five five oh one four two'), 0));
    assert.equal(dialled.last, 9);
    assert.ok(spokenAt(docOf('eight hundred five five five oh one four two'), 0));
    assert.ok(!spokenAt(docOf('one two three four five six seven eight nine'), 0));
  });
  it('wants a word about calling for seven', () => {
    assert.ok(!spokenAt(docOf('five five five oh one four two'), 0));
    assert.ok(spokenAt(docOf('call five five five oh one four two'), 1));
  });
});

describe('named days', () => {
  it('finds where the name begins', () => {
    for (const [text, year, first] of [
      ['on Thanksgiving 2025', 2, 1],
      ["on New Year's Eve 2024", 5, 1],
      ["on Mother's Day 2024", 4, 1],
      ['in the fall of 2019', 4, 2],
      ['a fall 2019', 2, -1],
      ['Summer 2021', 1, 0],
      ['Room 2021', 1, -1],
    ] as const)
      assert.equal(namedDayStart(docOf(text), year), first, text);
  });
});
