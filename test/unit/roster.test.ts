/** Codes below a column's head within other text, seen through the engine with one toy detector. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Detector, Rule } from '../../detectors/contract.js';
import { emitBelow, isColumnHead } from '../../detectors/kit/code/roster.js';
import { labelAt } from '../../detectors/kit/read.js';
import { createEngine } from '../../src/index.js';

const RULE: Rule = { name: 'mrn.test', kind: 'test', confidence: 0.9, about: 'A test' };
const toy: Detector<'mrn'> = {
  category: 'mrn',
  citation: '',
  rules: [RULE],
  anchors: { labels: { mrn: ['mrn'] } },
  read(doc, at, emit) {
    if (labelAt(doc, at)?.kind === 'mrn' && isColumnHead(doc, at)) emitBelow(doc, at, RULE, emit);
  },
};
const engine = createEngine({ detectors: [toy] });
const below = (text: string): string[] => engine.scan(text).findings.map(({ start, end }) => text.slice(start, end));

describe('roster', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['Seen today.\nmrn,unit\n48201,MICU\n48202,SICU\nThanks', ['48201', '48202']],
    ['Seen today.\nunit,mrn\nMICU,48201', ['48201']],
    ['Roster:\nMRN       NAME        RM\n4820177   Lund, K     401\n4820178   Voss, I     402', ['4820177', '4820178']],
    ['MRN, then the name\n48201 doses', []],
    ['MRN pending\n48201 doses', []],
    ['mrn,unit\n48201 doses of it', []],
  ];
  for (const [text, wanted] of cases) it(text, () => assert.deepEqual(below(text), wanted));
});
