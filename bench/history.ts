/** Draws each figure of the records over time, one line a figure, so that a drift is seen before it is a fall. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { RECORDS } from './harness.js';

const BARS = '▁▂▃▄▅▆▇█';

export function history(): void {
  const series = new Map<string, number[]>();
  const files = existsSync(RECORDS)
    ? readdirSync(RECORDS)
        .filter((file) => /^\d{4}-.*\.json$/.test(file))
        .sort()
    : [];
  for (const file of files) {
    const { figures } = JSON.parse(readFileSync(RECORDS + file, 'utf8')) as { figures: Record<string, number> };
    for (const [name, value] of Object.entries(figures)) series.set(name, [...(series.get(name) ?? []), value]);
  }
  if (series.size === 0) console.log('No records yet: run `npm run bench`.');
  for (const [name, values] of series) {
    const least = Math.min(...values);
    const most = Math.max(...values);
    const drawn = values
      .map((value) => BARS[most === least ? 3 : Math.round(((value - least) / (most - least)) * (BARS.length - 1))])
      .join('');
    console.log(
      `  ${name.padEnd(40)}${values[values.length - 1].toFixed(2).padStart(10)}  ${drawn}  (${least.toFixed(2)} to ${most.toFixed(2)})`,
    );
  }
}
