/** `sluice run` as a process: on the journal, killed again and again; told to stop; as a pipe; as the demo; with too much memory. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { AuditEntry } from '../src/audit/entry.js';
import { followTopic } from '../src/transports/journal-reader.js';
import { partitionFile } from '../src/transports/journal-writer.js';
import { CANARY, envelope } from './kit/tasks.js';
import { untilWithin } from './kit/until.js';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
const TIMEOUT_MS = 60_000;
const until = untilWithin(TIMEOUT_MS);
const KILLS = 3;

const root = mkdtempSync(join(tmpdir(), 'sluice-run-'));
after(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;

function folder(): string {
  const path = join(root, String(folders++));
  mkdirSync(join(path, 'agent.prompts'), { recursive: true });
  return path;
}

/** In a folder of its own, so that no settings file of ours is read. */
function environment(): NodeJS.ProcessEnv {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return env;
}

function start(...args: readonly string[]): ChildProcess & { readonly said: () => string } {
  const child = spawn(process.execPath, [MAIN, 'run', ...args], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  return Object.assign(child, { said: () => said });
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once('exit', resolve));
}

async function entries(journal: string): Promise<AuditEntry[]> {
  const list: AuditEntry[] = [];
  for await (const { record } of followTopic(journal, 'phi.audit', { follow: false })) {
    list.push(JSON.parse(record.value!.toString()) as AuditEntry);
  }
  return list;
}

function send(journal: string, from: number, count: number): void {
  const lines = Array.from({ length: count }, (_, i) => envelope(`MRN ${CANARY} again`, { id: `m-${from + i}` }));
  appendFileSync(partitionFile(journal, 'agent.prompts', 0), `${lines.join('\n')}\n`);
}

test('killed again and again on the journal, it loses nothing and repeats nothing', {
  timeout: 3 * TIMEOUT_MS,
}, async () => {
  const journal = folder();
  let sent = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    send(journal, sent, 2000);
    sent += 2000;
    const before = (await entries(journal)).length;
    const child = start('--journal', journal, '--threads', '1');
    await until(async () => child.exitCode !== null || (await entries(journal)).length > before);
    child.kill('SIGKILL');
    await ended(child);
    assert.ok(!child.said().includes(CANARY));
  }
  const last = start('--journal', journal, '--once');
  assert.equal(await ended(last), 0, last.said());
  const ids = (await entries(journal)).map(({ id }) => id);
  assert.deepEqual(
    ids,
    Array.from({ length: sent }, (_, i) => `agent.prompts/0/${i}`),
  );
  const outcomes: unknown[] = [];
  for await (const { record } of followTopic(journal, 'agent.prompts.redacted', { follow: false })) {
    assert.ok(!record.value!.includes(CANARY));
    outcomes.push((JSON.parse(record.value!.toString()) as { id: string }).id);
  }
  assert.deepEqual(
    outcomes,
    Array.from({ length: sent }, (_, i) => `m-${i}`),
  );
});

test('told to stop, it settles what is in hand and ends with 0', { timeout: 2 * TIMEOUT_MS }, async () => {
  const journal = folder();
  send(journal, 0, 500);
  const child = start('--journal', journal, '--threads', '1');
  await until(async () => (await entries(journal)).length > 0);
  child.kill('SIGTERM');
  assert.equal(await ended(child), 0, child.said());
  const done = (await entries(journal)).length;
  const again = start('--journal', journal, '--once');
  assert.equal(await ended(again), 0);
  assert.equal((await entries(journal)).length, 500);
  assert.ok(done > 0);
});

test('told to stop while no broker can be reached, it ends with 0, at once', { timeout: TIMEOUT_MS }, async () => {
  const child = spawn(process.execPath, [MAIN, 'run', '--brokers', '127.0.0.1:1', '--threads', '1'], {
    cwd: root,
    env: { ...environment(), SLUICE_KEY: 'a key of the tests of the gate' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  await until(() => said.includes('"started"'));
  await sleep(2_000);
  const told = Date.now();
  child.kill('SIGTERM');
  assert.equal(await ended(child), 0, said);
  assert.ok(Date.now() - told < 8_000, `${Date.now() - told} ms`);
  assert.ok(!said.includes('DRAIN_TIMEOUT'));
});

test('over its memory it ends with 3, says so, and the next one goes on', { timeout: 2 * TIMEOUT_MS }, async () => {
  const journal = folder();
  const child = spawn(process.execPath, [MAIN, 'run', '--journal', journal], {
    cwd: root,
    env: { ...environment(), SLUICE_RSS_MB_MAX: '128', SLUICE_THREADS: '4' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  assert.equal(await ended(child), 3);
  assert.ok(said.includes('MEMORY_EXCEEDED'));
  send(journal, 0, 1);
  const next = start('--journal', journal, '--once');
  assert.equal(await ended(next), 0, next.said());
  assert.equal((await entries(journal)).length, 1);
});

test('as a pipe: a line out for each line in, in order', () => {
  const lines = [envelope(`MRN ${CANARY}`), 'plain', '{"content":1,"content":2}', ''];
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, 'run', '--stdio', '--threads', '1'], {
    cwd: root,
    env: environment(),
    input: `${lines.join('\n')}\nlast SSN 123-45-6789`,
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
  });
  assert.equal(status, 0, stderr);
  const out = stdout.trimEnd().split('\n');
  assert.equal(out.length, 5);
  assert.equal((JSON.parse(out[0]) as { content: string }).content, 'MRN [MRN-1]');
  assert.deepEqual([out[1], out[3], out[4]], ['plain', '', 'last SSN [SSN-1]']);
  assert.equal((JSON.parse(out[2]) as { sluice: { reason: string } }).sluice.reason, 'envelope-ambiguous');
  assert.ok(!(stdout + stderr).includes(CANARY));
  assert.equal(stderr.trimEnd().split('\n').length, 3, 'one incident a line');
  assert.ok(!existsSync(join(root, '.sluice')), 'a pipe leaves nothing behind');
});

test('the demo shows messages, categories and incidents, and what it leaves can be looked into', () => {
  const cwd = folder();
  const sluice = (...args: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, ...args], { cwd, env: environment(), encoding: 'utf8', timeout: TIMEOUT_MS });
  const demo = sluice('run', '--demo', '--seconds', '4');
  assert.equal(demo.status, 0, demo.stderr);
  for (const word of [
    'messages',
    'redacted',
    'latency p50',
    'mrn',
    'strong-identifier',
    '[NAME-1]',
    'Invented traffic',
  ]) {
    assert.ok(demo.stdout.includes(word), word);
  }
  assert.equal(demo.stderr, '');
  const journal = ['--journal', '.sluice/demo'];
  const [first] = sluice('incidents', 'tail', '-n', '1', '--json', ...journal).stdout.split('\n');
  const { uid } = (JSON.parse(first) as { metadata: { uid: string } }).metadata;
  const shown = sluice('incidents', 'show', uid.slice(0, 12), ...journal).stdout;
  for (const word of [uid, 'strong-identifier', 'audit', 'session', 'Modified, Corrected'])
    assert.ok(shown.includes(word), word);
});

test('quarantine: listed by reason, sealed unless revealed, and handed in again', () => {
  const journal = folder();
  appendFileSync(partitionFile(journal, 'agent.prompts', 0), `{"content":"a","content":"MRN ${CANARY}"}\n`);
  const sluice = (...args: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, ...args, '--journal', journal], {
      cwd: root,
      env: environment(),
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
    });
  assert.equal(sluice('run', '--once').status, 0);
  assert.match(sluice('quarantine', 'list').stdout, /envelope-ambiguous .* agent\.prompts\/0\/0\n$/);
  assert.ok(!sluice('quarantine', 'show', 'agent.prompts/0/0').stdout.includes(CANARY));
  assert.ok(sluice('quarantine', 'show', 'agent.prompts/0/0', '--reveal').stdout.includes(CANARY));
  assert.equal(sluice('quarantine', 'show', 'agent.prompts/0/1').status, 3);
  assert.equal(sluice('quarantine', 'replay', 'agent.prompts/0/0').status, 0);
  assert.equal(sluice('run', '--once').status, 0);
  assert.match(sluice('quarantine', 'list').stdout, /phi\.releases\/0\/0\n$/);
});

test('control characters in what agents say of themselves reach no terminal', () => {
  const journal = folder();
  const evil = '\u001b]0;pwn\u0007\u009b2J\u202e\nFAKE LINE\r\u001b[2K';
  const sent = { content: `SSN 123-45-6789 ${evil}`, agent: evil, session: evil, id: evil };
  const twice = `{"text":${JSON.stringify(`{"content":"a","content":"b"}${evil}`)},"headers":{"h":${JSON.stringify(evil)}},"key":${JSON.stringify(evil)}}`;
  appendFileSync(
    partitionFile(journal, 'agent.prompts', 0),
    `${JSON.stringify(sent)}\n${twice}\n{"content":"a","content":"b\u001b\u202e"}\n`,
  );
  const sluice = (...args: readonly string[]) =>
    spawnSync(process.execPath, [MAIN, ...args, '--journal', journal], {
      cwd: root,
      env: environment(),
      encoding: 'utf8',
      timeout: TIMEOUT_MS,
    });
  assert.equal(sluice('run', '--once', '--threads', '0').status, 0);
  const [first] = sluice('incidents', 'tail', '--json').stdout.split('\n');
  const { uid } = (JSON.parse(first) as { metadata: { uid: string } }).metadata;
  const shown = [
    ['incidents', 'tail'],
    ['incidents', 'tail', '--json'],
    ['incidents', 'show', uid],
    ['incidents', 'show', uid, '--json'],
    ['quarantine', 'show', 'agent.prompts/0/1', '--reveal'],
    ['quarantine', 'show', 'agent.prompts/0/2', '--reveal'],
  ].map((args) => [args.join(' '), sluice(...args).stdout] as const);
  for (const [command, text] of shown) {
    assert.ok(!/[^\P{Cc}\n]|\u202e/u.test(text), command);
    assert.ok(!/^FAKE/m.test(text), command);
  }
  assert.match(shown[5][1], /b\\u001b\\u202e/);
});
