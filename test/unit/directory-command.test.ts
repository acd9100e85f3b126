/** `sluice directory` as a person runs it: what it prints, how it ends, and that nothing of a row is repeated. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/main.js', import.meta.url));
const EXAMPLE = fileURLToPath(new URL('../../../fixtures/directory/', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sluice-directory-command-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'Maya-Ostrow';

function directory(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'directory', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.ok(!`${stdout}${stderr}`.includes(SECRET));
  return { status, stdout, stderr };
}

test('check says all that is wrong, a line each, and ends with 1', () => {
  const bad = join(folder, 'bad.jsonl');
  writeFileSync(bad, `{"kind":"patient","id":1}\n{"kind":"care","provider":"${SECRET}"}\n`);
  const { status, stdout } = directory('check', bad);
  assert.equal(status, 1);
  assert.match(stdout, /^bad\.jsonl:1 patient\.id: not-text: .*\nbad\.jsonl:2 care\.patient: missing: .*\n$/);
  const told = JSON.parse(directory('check', bad, '--json').stdout) as { ok: boolean; faults: { line: number }[] };
  assert.deepEqual([told.ok, told.faults.map(({ line }) => line)], [false, [1, 2]]);
  const nowhere = directory('show', 'care', 'a', 'b', '--directory', bad);
  assert.equal(nowhere.status, 3);
  assert.match(nowhere.stderr, /DIRECTORY_INVALID.*bad\.jsonl:1/);
});

test('stats counts, and says what a person should look at', () => {
  const file = join(folder, 'agents.yaml');
  const agent = 'owner: IT, environment: production, purposes: [operations], tasks: [], tools: []';
  writeFileSync(
    file,
    `agents:\n  - {id: open, ${agent}}\n  - {id: over, ${agent}, expires: 2020-01-01}\ntools:\n  - {name: ehr, verbs: [read]}\n`,
  );
  const { status, stdout } = directory('stats', file);
  assert.equal(status, 0);
  assert.match(stdout, /^agent +2$/m);
  for (const note of [
    'open of default never expires',
    'over of default has expired',
    'ehr of default has no owner',
    'granted to no agent',
  ])
    assert.ok(stdout.includes(note), note);
});

test('show asks as the gate asks, at any time', () => {
  const ask = (...words: readonly string[]) =>
    directory('show', ...words, '--directory', EXAMPLE, '--tenant', 'north').stdout.trim();
  assert.equal(ask('care', 'dr-rao', 'p-1002', '--at', '2026-02-28T23:59:59Z'), 'active');
  assert.equal(ask('care', 'dr-rao', 'p-1002', '--at', '2026-03-01T00:00:00Z'), 'ended');
  assert.equal(ask('agent', 'scheduling-bot-2024'), 'revoked');
  assert.match(ask('agent', 'billing-coder'), /^vendor +Example Coding Services$/m);
  assert.equal(ask('recipient', 'fax', '(415) 555-0150'), 'verified');
  assert.equal(ask('recipient', 'fax', '(415) 555-0151'), 'unverified');
});

test('what is not understood is a matter of usage', () => {
  for (const args of [
    [],
    ['look'],
    ['check'],
    ['show', 'care', 'a'],
    ['show', 'address', 'p', 'pigeon', 'x', '--directory', '.'],
  ])
    assert.equal(directory(...args).status, 2, args.join(' '));
});
