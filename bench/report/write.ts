/** Writes the accuracy report where the repository keeps it: a page for people, figures for programs. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fingerprint } from '../harness.js';
import { measureReport } from './measure.js';
import { pageOf } from './page.js';

const FOLDER = fileURLToPath(new URL('../../../bench/report/', import.meta.url));

/** Answers the path of the page. */
export function writeReport(): string {
  const report = measureReport();
  const { cpu, node } = fingerprint();
  const made = `${new Date().toISOString().slice(0, 10)}, Node ${node}, ${cpu}`;
  writeFileSync(`${FOLDER}accuracy.html`, pageOf(report, made));
  // Text of the corpus stands on the page alone.
  writeFileSync(`${FOLDER}accuracy.json`, `${JSON.stringify({ made, ...report, examples: undefined }, null, 1)}\n`);
  return `${FOLDER}accuracy.html`;
}
