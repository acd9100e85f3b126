/**
 * `npm run bench`: runs all benches or those named, prints them, keeps a record. `history` draws the records over time;
 * `--compare REF` builds another revision beside this one, runs the two in turn and fails under 0.85 of its speed.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { compare } from './compare.js';
import { directory } from './directory.bench.js';
import { engine } from './engine.bench.js';
import { type Bench, record } from './harness.js';
import { history } from './history.js';
import { pipeline } from './pipeline.bench.js';
import { policy } from './policy.bench.js';
import { pool } from './pool.bench.js';
import { roster } from './roster.bench.js';
import { shield } from './shield.bench.js';
import { stages } from './stages.bench.js';

const BENCHES: readonly Bench[] = [engine, stages, pool, pipeline, directory, policy, roster, shield];

const { values: options, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'string' }, compare: { type: 'string' }, 'no-record': { type: 'boolean', default: false } },
});

if (names[0] === 'history') history();
else if (options.compare !== undefined) process.exitCode = compare(options.compare, names[0] ?? 'engine');
else await runAll();

async function runAll(): Promise<void> {
  const unknown = names.filter((name) => !BENCHES.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(
      `There is no bench of that name; there are: ${BENCHES.map((bench) => bench.name).join(', ')}, and history.`,
    );
    process.exitCode = 2;
    return;
  }
  const all: Record<string, number> = {};
  for (const bench of BENCHES) {
    if (names.length > 0 && !names.includes(bench.name)) continue;
    console.log(`${bench.name}: ${bench.about}`);
    const figures = await bench.run();
    Object.assign(all, figures);
    if (!options['no-record']) record(bench.name, figures);
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`);
}
