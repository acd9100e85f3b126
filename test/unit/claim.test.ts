/** What a label claims, seen through the engine with one toy detector, so that tokens, labels and values are real. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Detector, Rule } from '../../detectors/contract.js';
import { emitClaims } from '../../detectors/kit/code/claim.js';
import { Trust } from '../../detectors/kit/code/id-code.js';
import { labelAt } from '../../detectors/kit/read.js';
import { createEngine } from '../../src/index.js';

const RULE: Rule = { name: 'mrn.test', kind: 'test', confidence: 0.9, about: 'A test' };
const toy: Detector<'mrn'> = {
  category: 'mrn',
  citation: '',
  rules: [RULE],
  anchors: { labels: { sure: ['record number'], word: ['chart', 'charts'] } },
  read(doc, at, emit) {
    const label = labelAt(doc, at);
    if (label?.category === 'mrn') emitClaims(doc, at, label.kind === 'sure' ? Trust.Label : Trust.Word, RULE, emit);
  },
};
const engine = createEngine({ detectors: [toy] });
const claims = (text: string): string[] => engine.scan(text).findings.map(({ start, end }) => text.slice(start, end));

describe('claim', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['record number 48-20-19', ['48-20-19']],
    ['record number: 00 48 20 19', ['00 48 20 19']],
    ['record number XEH 482 019', ['XEH 482 019']],
    ['record number in this letter sent yesterday is A-48201', ['A-48201']],
    ['record number (new one): 48201', ['48201']],
    ['48201-7 is her record number', ['48201-7']],
    ['48201 (record number)', ['48201']],
    ['charts 48201 and H-4820', ['48201', 'H-4820']],
    ['chart-48201', ['chart-48201']],
    ['chart # 4820', ['4820']],
    ['chart 482019', ['482019']],
    ['chart 12', []],
    ['chart 120/80', []],
    ['chart 03/14/2024', []],
    ['chart 12400 patients', []],
    ['record number unknown. 482019 beds', []],
    ['record number [MRN-1] and 48', []],
    ['record number 14:30', []],
  ];
  for (const [text, wanted] of cases) it(text, () => assert.deepEqual(claims(text), wanted));
});
