/** A test file's process that starts a gate, says its process id and waits: `node gate-starter.js FOLDER`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GateProcess, MAIN } from './gate-process.js';

const [folder = '.'] = process.argv.slice(2);
const gate = new GateProcess([MAIN, 'run', '--journal', join(folder, 'journal'), '--threads', '0'], folder, 0);
await gate.says(/"event":"started"/);
writeFileSync(join(folder, 'pid'), String(gate.pid));
setInterval(() => {}, 1_000);
