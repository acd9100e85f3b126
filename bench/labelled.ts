/**
 * Reads labelled text from JSON lines: `{"id","text","spans":[{"start","end","category"}],"not_phi"?}`, offsets in Unicode
 * code points, end exclusive. Categories may be written as ours or in capitals with underscores.
 */
import { readFileSync } from 'node:fs';
import { CATEGORIES } from '../detectors/contract.js';
import type { Labelled } from './score.js';

/** Other common words for our categories. */
const ALIASES: Readonly<Record<string, string>> = { geo: 'geography', age90: 'date' };

export function readLabelled(path: string): Labelled[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line, index) => {
      const { id = index + 1, text, spans = [], not_phi = [] } = JSON.parse(line);
      const units = unitsOfPoints(text);
      const move = <T extends { start: number; end: number }>(span: T): T => ({
        ...span,
        start: units[span.start],
        end: units[span.end],
      });
      return {
        id,
        text,
        spans: spans.map(move).map((span: { category: string }) => ({ ...span, category: ours(span.category) })),
        neutral: not_phi.map(move),
      };
    });
}

function ours(category: string): string {
  const word = category.toLowerCase().replaceAll('_', '-');
  const known = ALIASES[word] ?? word;
  if (!CATEGORIES.some((one) => one === known)) throw new Error(`unknown category in a labelled file: ${known}`);
  return known;
}

function unitsOfPoints(text: string): number[] {
  const units: number[] = [];
  let unit = 0;
  for (const point of text) {
    units.push(unit);
    unit += point.length;
  }
  units.push(unit);
  return units;
}
