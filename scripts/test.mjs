/**
 * Runs the compiled tests, all or those whose path contains one of the arguments (`npm test -- detectors unit/tokens`),
 * and closes with the count alone on a line. Fails when a test failed, and when none ran.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const FILES_AT_ONCE = 2;

const folder = fileURLToPath(new URL('../dist/test/', import.meta.url));
const wanted = process.argv.slice(2).map((word) => word.replace(/^(dist\/)?test\//, '').replace(/\.[jt]s$/, ''));
const files = (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
  .filter((name) => /\.test\.js$/.test(name))
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort()
  .map((name) => join(folder, name));

let passed = 0;
let failed = 0;
if (files.length > 0) {
  const events = run({ files, concurrency: FILES_AT_ONCE });
  events.on('test:pass', ({ name, details, skip, todo }) => {
    const counts = details.type !== 'suite' && !files.includes(name) && skip === undefined && todo === undefined;
    if (counts) passed += 1;
  });
  events.on('test:fail', ({ details, todo }) => {
    // A parent that fails only because a child did is not a failure of its own.
    if (todo === undefined && details.error?.failureType !== 'subtestsFailed') failed += 1;
  });
  for await (const chunk of events.compose(new Spec())) process.stdout.write(chunk);
} else {
  console.log(`No test file matches: ${wanted.join(' ')}`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
