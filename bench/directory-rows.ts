/** An invented directory of any size for the bench: who treats whom, as JSON lines. */
import { closeSync, openSync, writeSync } from 'node:fs';

export const PATIENTS = 250_000;
export const PROVIDERS = 2_000;
const LINES_AT_ONCE = 10_000;

/** Spread so that no two rows are the same, up to as many rows as there are pairs. */
export function providerOf(row: number): number {
  return (row * 31 + Math.floor(row / PATIENTS)) % PROVIDERS;
}

export function writeCare(path: string, rows: number): number {
  const file = openSync(path, 'w');
  let bytes = 0;
  for (let from = 0; from < rows; from += LINES_AT_ONCE) {
    let text = '';
    for (let row = from; row < Math.min(rows, from + LINES_AT_ONCE); row++) {
      const day = String(1 + (row % 28)).padStart(2, '0');
      text += `{"kind":"care","provider":"dr-${providerOf(row)}","patient":"p-${row % PATIENTS}","from":"2026-01-${day}","until":"2026-12-31"}\n`;
    }
    bytes += writeSync(file, text);
  }
  closeSync(file);
  return bytes;
}
