/** The lock of a journal: between processes, between worlds of process ids, and after deaths of all kinds. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { lockFolder } from '../../src/transports/journal-lock.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-lock-'));
after(() => rmSync(root, { recursive: true, force: true }));

const WATCH_MS = 1_500;
const MODULE = new URL('../../src/transports/journal-lock.js', import.meta.url).href;
/** Takes the lock, says so, and holds it. */
const HOLDER = `
  const { lockFolder } = await import(${JSON.stringify(MODULE)});
  await lockFolder(process.argv[1], undefined, ${WATCH_MS});
  console.log('held');
  setInterval(() => {}, 1000);
`;
const NODE = [process.execPath, '--input-type=module', '-e', HOLDER];
const UNSHARE = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--mount-proc', '--kill-child'];
const hasNamespaces = spawnSync(UNSHARE[0], [...UNSHARE.slice(1), 'true']).status === 0;

function folder(): string {
  return mkdtempSync(join(root, 'j'));
}

async function holder(where: string, before: readonly string[] = []) {
  const [command, ...args] = [...before, ...NODE, where];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  after(() => child.kill('SIGKILL'));
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('it could not take the lock')));
  });
  return async (): Promise<void> => {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
  };
}

test('one at a time within a process, also at once; given back, it leaves nothing', async () => {
  const where = folder();
  const [one, two] = await Promise.allSettled([lockFolder(where), lockFolder(where)]);
  assert.equal(two.status, 'rejected');
  assert.ok(one.status === 'fulfilled');
  await one.value.check();
  await one.value.release();
  assert.ok(!existsSync(join(where, 'lock')));
  await (await lockFolder(where)).release();
});

test('a process that lives is refused at once; one that was killed is taken over at once', async () => {
  const where = folder();
  const kill = await holder(where);
  const begun = Date.now();
  await assert.rejects(lockFolder(where), { code: 'JOURNAL_LOCKED' });
  await kill();
  await (await lockFolder(where)).release();
  assert.ok(Date.now() - begun < WATCH_MS);
});

test('a process id that another process has by now does not count', {
  skip: process.platform !== 'linux',
}, async () => {
  const where = folder();
  const kill = await holder(where);
  const owner = JSON.parse(readFileSync(join(where, 'lock'), 'utf8')) as { pid: number; start: string };
  await kill();
  writeFileSync(join(where, 'lock'), JSON.stringify({ ...owner, pid: process.ppid, start: '1' }));
  await (await lockFolder(where)).release();
});

test('the owner of another world is watched: refused while it touches its file, taken over when it does not', async () => {
  const where = folder();
  const path = join(where, 'lock');
  for (const text of [JSON.stringify({ world: 'elsewhere', pid: process.pid, start: '1' }), '1', '']) {
    writeFileSync(path, text);
    const touching = setInterval(() => utimesSync(path, new Date(), new Date()), 100);
    await assert.rejects(lockFolder(where, undefined, WATCH_MS), { code: 'JOURNAL_LOCKED' });
    clearInterval(touching);
    await (await lockFolder(where, undefined, WATCH_MS)).release();
  }
});

test('a stop ends the watching', async () => {
  const where = folder();
  writeFileSync(join(where, 'lock'), '1');
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 50);
  const begun = Date.now();
  await assert.rejects(lockFolder(where, stop.signal, 60_000), { code: 'JOURNAL_LOCKED' });
  assert.ok(Date.now() - begun < 5_000);
});

test('who was taken over while it slept finds out, and leaves the new lock alone', async () => {
  const where = folder();
  const lock = await lockFolder(where);
  rmSync(join(where, 'lock'));
  writeFileSync(join(where, 'lock'), 'another');
  await assert.rejects(lock.check(), { code: 'JOURNAL_LOCKED' });
  await lock.release();
  assert.equal(readFileSync(join(where, 'lock'), 'utf8'), 'another');
});

test('two namespaces of process ids: the second is refused until the first is dead', {
  skip: !hasNamespaces,
  timeout: 60_000,
}, async () => {
  const where = folder();
  const kill = await holder(where, UNSHARE);
  await assert.rejects(holder(where, UNSHARE), /could not take/);
  await assert.rejects(lockFolder(where, undefined, WATCH_MS), { code: 'JOURNAL_LOCKED' });
  await kill();
  await sleep(200);
  await (await holder(where, UNSHARE))();
});
