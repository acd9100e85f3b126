/**
 * Run in a fresh process by the directory bench, with the path of a directory and the number of its rows: loads it, and says
 * what that took and what it left in memory, and what one question costs.
 */
import { randomBytes } from 'node:crypto';
import { DirectoryFiles } from '../src/directory/files.js';
import { attachDirectory, composeAll } from '../src/directory/image.js';
import { PATIENTS, PROVIDERS, providerOf } from './directory-rows.js';

const [path = '', rows = '0'] = process.argv.slice(2);
const QUESTIONS = 200_000;
const BATCH = 100;
const NOW = Date.parse('2026-06-15T12:00:00Z');
const MB = 1e6;

const key = randomBytes(16);
const files = new DirectoryFiles(path, key, 'north');
// What the code itself takes is not the directory's.
const before = process.memoryUsage.rss();
const cpuBefore = process.cpuUsage();
const begun = performance.now();
const parts = (await files.changed()) ?? [];
const image = composeAll(parts, key, 'north');
const loadS = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(cpuBefore);
const peakMb = (process.resourceUsage().maxRSS * 1024 - before) / MB;
const factsMb = parts.reduce((sum, { facts }) => sum + facts.bytes, 0) / MB;

const attaching = performance.now();
const directory = attachDirectory(structuredClone(image));
const attachMs = performance.now() - attaching;
const times: number[] = [];
let active = 0;
for (let i = 0; i < QUESTIONS; i += BATCH) {
  const from = performance.now();
  for (let j = i; j < i + BATCH; j++) {
    const row = (j * 7919) % Number(rows);
    if (directory.care('north', `dr-${providerOf(row)}`, `p-${row % PATIENTS}`, NOW) === 'active') active++;
  }
  times.push(((performance.now() - from) * 1e6) / BATCH);
}
if (active !== QUESTIONS) throw new Error(`${active} of ${QUESTIONS} relationships were found`);
if (directory.care('north', 'dr-0', `p-${PATIENTS + 1}`, NOW) !== 'unknown') throw new Error('a stranger is known');
times.sort((a, b) => a - b);
const rssMb = process.memoryUsage.rss() / MB;
const result = {
  loadS,
  cpuS: (user + system) / 1e6,
  peakMb,
  factsMb,
  rssMb,
  attachMs,
  questionNs: times[times.length >> 1],
  providers: PROVIDERS,
};
console.log(JSON.stringify(result));
