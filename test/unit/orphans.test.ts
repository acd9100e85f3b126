/** A runner that is killed leaves no gate behind. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const STARTER = fileURLToPath(new URL('../kit/gate-starter.js', import.meta.url));

test('a gate ends with the runner that its test belongs to', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-orphan-'));
  try {
    // Stays between, as the runner does between us and a test file.
    const between = 'require("node:child_process").spawn(process.execPath, process.argv.slice(1), { stdio: "ignore" })';
    const runner = spawn(process.execPath, ['-e', between, STARTER, folder], {
      stdio: 'ignore',
      env: { ...process.env, NODE_TEST_CONTEXT: 'child-v8' },
    });
    const file = join(folder, 'pid');
    assert.ok(await within(30_000, () => existsSync(file) && readFileSync(file, 'utf8') !== ''), 'no gate started');
    const pid = Number(readFileSync(file, 'utf8'));
    assert.ok(lives(pid));
    runner.kill('SIGKILL');
    assert.ok(await within(10_000, () => !lives(pid)), 'the gate is still there');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

async function within(msMax: number, done: () => boolean): Promise<boolean> {
  for (const deadline = Date.now() + msMax; Date.now() < deadline; await pause(50)) if (done()) return true;
  return done();
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
