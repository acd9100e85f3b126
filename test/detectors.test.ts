/**
 * Runs every fixture line of every category through the whole engine, so that a detector is tested behind its own
 * anchors, labels and overlaps. Only findings of the fixture's category count.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CATEGORIES } from '../detectors/contract.js';
import { createEngine } from '../src/index.js';

const OPEN = '⟦';
const CLOSE = '⟧';
/** Fewest lines of each verdict that a category owes. */
const LINES_MIN = 30;

const engine = createEngine({ now: () => new Date('2026-01-15') });

for (const category of CATEGORIES) {
  const path = fileURLToPath(new URL(`../../fixtures/detectors/${category}.txt`, import.meta.url));
  const lines = readFileSync(path, 'utf8').split('\n');
  describe(category, () => {
    lines.forEach((line, index) => {
      const verdict = line[0];
      if (line.trim() === '' || verdict === '#') return;
      it(`${category}.txt:${index + 1}`, () => {
        assert.ok(verdict === '+' || verdict === '-' || verdict === '?', 'a line begins with +, - or ?');
        const { text, spans } = parse(line.slice(2));
        const found = engine.scan(text).findings.filter((finding) => finding.category === category);
        const said = found.map(({ start, end }) => text.slice(start, end));
        const wanted = spans.map(([start, end]) => text.slice(start, end));
        const same = JSON.stringify(found.map(({ start, end }) => [start, end])) === JSON.stringify(spans);
        if (verdict === '?') assert.ok(!same, 'a known gap has closed: make it a + line');
        else assert.ok(same, `wanted ${JSON.stringify(wanted)}, found ${JSON.stringify(said)} in: ${line}`);
      });
    });
    it(`has at least ${LINES_MIN} lines that must be found and as many that must not`, () => {
      for (const verdict of ['+', '-'])
        assert.ok(lines.filter((line) => line.startsWith(verdict)).length >= LINES_MIN, `lines with ${verdict}`);
    });
  });
}

/** Takes the marks out of a line (`\n` stands for a line break) and says where they were. */
function parse(line: string): { text: string; spans: [number, number][] } {
  const spans: [number, number][] = [];
  let text = '';
  let start = -1;
  for (const piece of line.replaceAll('\\n', '\n').split(/([⟦⟧])/)) {
    if (piece === OPEN) start = text.length;
    else if (piece === CLOSE) spans.push([start, text.length]);
    else text += piece;
  }
  return { text, spans };
}
