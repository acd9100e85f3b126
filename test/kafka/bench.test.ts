/** `sluice bench` on a real broker: its figures, and that nothing of it stays on the cluster. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { administer } from '../../src/transports/kafka-topics.js';
import { brokers } from '../kit/test-topics.js';
import { untilWithin } from '../kit/until.js';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const TIMEOUT_MS = 180_000;
const GONE_MS_MAX = 30_000;

test('it measures copy and gate, and deletes its topics', { timeout: TIMEOUT_MS }, async () => {
  const args = [
    'bench',
    '--brokers',
    brokers.join(','),
    '--json',
    '--pairs',
    '1',
    '--partitions',
    '2',
    '--threads',
    '1',
  ];
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const child = spawn(process.execPath, [MAIN, ...args, '--records', '2000', '--bytes', '512'], { cwd: tmpdir(), env });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()));
  const code = await new Promise((resolve) => child.once('exit', resolve));
  assert.equal(code, 0, said.err);
  const figures = JSON.parse(said.out) as Record<string, number>;
  for (const name of ['records_per_s', 'mb_per_s', 'copy_records_per_s', 'over_copy', 'p50_ms_quarter_rate']) {
    assert.ok((figures[name] ?? 0) > 0, name);
  }
  // Who is asked may not have heard of it yet.
  await administer({ brokers, clientId: 'test' }, (admin) =>
    untilWithin(GONE_MS_MAX)(
      async () => !(await admin.listTopics()).some((topic) => topic.startsWith('sluice-bench-')),
    ),
  );
});
