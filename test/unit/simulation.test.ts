/**
 * A thousand seeds of a cluster that goes wrong, through the real pipeline: nothing lost, nothing twice, in order, one
 * outcome and one audit entry for each offset, sessions as they should be. A failure names its seed.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { simulate } from '../kit/simulate.js';

const SEEDS = 1000;
/** A quarter of that on a machine that does nothing else. */
const TIMEOUT_MS = 180_000;

test(`${SEEDS} seeds of a cluster that goes wrong: every offset exactly once`, () => {
  const program = fileURLToPath(new URL('../kit/simulate.js', import.meta.url));
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const args = ['--enable-source-maps', program, '1', String(SEEDS)];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: TIMEOUT_MS });
  assert.equal(status, 0, stderr);
  assert.equal(stdout, `${SEEDS} seeds\n`);
});

test('the checker sees a pipeline that commits behind its offsets', async () => {
  await assert.rejects(simulate(3, (cluster) => void cluster.outputs.get('agent.prompts.redacted/0')?.pop()));
  await assert.rejects(
    simulate(3, (cluster) => {
      const records = cluster.outputs.get('phi.audit/0')!;
      records.push(records[0]);
    }),
  );
});
