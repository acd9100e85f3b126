/**
 * Runs the compiled tests, all or those whose path contains one of the arguments (`npm test -- detectors unit/tokens`),
 * and closes with the count alone on a line. Fails when a test failed, and when none ran. For tests under test/kafka it
 * starts a broker; `--unit` leaves them out, `--fault` runs those under test/fault, which start brokers of their own;
 * `--all` runs both, one after the other. `--name=REGEXP` runs the tests of that name.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from 'node:test';
import { spec as Spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';

const FILES_AT_ONCE = 2;

const folder = fileURLToPath(new URL('../dist/test/', import.meta.url));
const args = process.argv.slice(2);
const unit = args.includes('--unit');
const all = args.includes('--all');
const fault = args.includes('--fault');
const pattern = args.find((arg) => arg.startsWith('--name='))?.slice('--name='.length);
const wanted = args
  .filter((arg) => !arg.startsWith('--'))
  .map((word) => word.replace(/^(dist\/)?test\//, '').replace(/\.[jt]s$/, ''));
const names = (existsSync(folder) ? readdirSync(folder, { recursive: true }) : [])
  .filter((name) => /\.test\.js$/.test(name))
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => all || name.startsWith('fault/') === fault)
  .filter((name) => !(unit && name.startsWith('kafka/')))
  .filter((name) => wanted.length === 0 || wanted.some((word) => name.includes(word)))
  .sort();

let passed = 0;
let failed = 0;
const faults = names.filter((name) => name.startsWith('fault/'));
const others = names.filter((name) => !name.startsWith('fault/'));
if (names.length === 0) console.log(`No test file matches: ${wanted.join(' ')}`);
if (others.length > 0) await runWithBroker(others);
// Faults need the machine's whole attention, and three brokers each.
if (faults.length > 0) await runFiles(faults, 1);

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

async function runWithBroker(chosen) {
  let brokers;
  try {
    brokers = chosen.some((name) => name.startsWith('kafka/')) ? await startBrokers() : undefined;
    await runFiles(chosen, FILES_AT_ONCE);
  } catch (error) {
    console.error(error.message);
    failed += 1;
  } finally {
    await brokers?.stop();
  }
}

/** Tests run in processes of their own, which find the broker by its name in the environment. */
async function startBrokers() {
  const { startTestBrokers } = await import('../dist/test/kit/test-brokers.js');
  const started = await startTestBrokers();
  process.env.SLUICE_TEST_BROKERS = started.brokers.join(',');
  return started;
}

async function runFiles(chosen, concurrency) {
  const files = chosen.map((name) => join(folder, name));
  const events = run({
    files,
    concurrency,
    // A test that fails may leave something open: it is red then, and does not hold up the rest.
    forceExit: true,
    ...(pattern !== undefined && { testNamePatterns: [new RegExp(pattern)] }),
  });
  events.on('test:pass', ({ name, details, skip, todo }) => {
    const counts = details.type !== 'suite' && !files.includes(name) && skip === undefined && todo === undefined;
    if (counts) passed += 1;
  });
  events.on('test:fail', ({ details, todo }) => {
    // A parent that fails only because a child did is not a failure of its own.
    if (todo === undefined && details.error?.failureType !== 'subtestsFailed') failed += 1;
  });
  for await (const chunk of events.compose(new Spec())) process.stdout.write(chunk);
}
