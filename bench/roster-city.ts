/**
 * Run in a process of its own by the roster bench, with a number of people, a seed and a path: writes that city as CSV, as a stream.
 * What making it takes, in time and in garbage, is then none of the roster's.
 */
import { closeSync, openSync, writeSync } from 'node:fs';
import { COLUMNS, city, csvLine } from '../fixtures/roster/city.js';

const PIECE_LINES = 5_000;
const [count = '0', seed = '1', path = ''] = process.argv.slice(2);

const file = openSync(path, 'wx', 0o600);
let lines = [COLUMNS];
for (const one of city(Number(count), Number(seed))) {
  lines.push(csvLine(one));
  if (lines.length < PIECE_LINES) continue;
  writeSync(file, `${lines.join('\n')}\n`);
  lines = [];
}
if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
closeSync(file);
