/** Findings as lines: a table for a person, or JSON for a program. They say where and what kind, never what it says. */
import type { Finding } from '../../engine/finding.js';
import { inkOf, lookOf } from '../ink.js';
import { placesOf } from './offsets.js';
import type { Plan } from './options.js';

const WIDTHS = { where: 28, category: 12, kind: 14, rule: 24 };

export function findingHeader(plan: Plan): string {
  const { where, category, kind, rule } = WIDTHS;
  const titles = ['WHERE'.padEnd(where), 'CATEGORY'.padEnd(category), 'KIND'.padEnd(kind), 'RULE'.padEnd(rule), 'SURE'];
  return `${inkOf(plan.colour)(titles.join(' '), 'dim')}\n`;
}

/** `firstLine` is the number of the document's first line in its file. */
export function findingRows(
  plan: Plan,
  file: string,
  firstLine: number,
  text: string,
  findings: readonly Finding[],
): string {
  if (findings.length === 0) return '';
  const places = placesOf(text, findings, plan.unit);
  const ink = inkOf(plan.colour);
  let rows = '';
  for (const { start, end, category, kind, rule, confidence } of findings) {
    const from = places.get(start)!;
    const to = places.get(end)!;
    const line = from.line + firstLine - 1;
    if (plan.json) {
      const place = { file, line, column: from.column, start: from.offset, end: to.offset };
      rows += `${JSON.stringify({ ...place, category, kind, rule, confidence })}\n`;
    } else {
      const where = `${file}:${line}:${from.column}`.padEnd(WIDTHS.where);
      const what = ink(category.padEnd(WIDTHS.category), lookOf(category));
      const rest = `${kind.padEnd(WIDTHS.kind)} ${rule.padEnd(WIDTHS.rule)} ${confidence.toFixed(2)}`;
      rows += `${where} ${what} ${rest}\n`;
    }
  }
  return rows;
}
