/**
 * Poison among five hundred messages, of every kind that takes a worker thread with it, through a whole gate in a process
 * of its own: its neighbours pass, in order; it is quarantined; and nothing of it is in any output or on stderr.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { AuditEntry } from '../src/audit/entry.js';
import { followTopic } from '../src/transports/journal-reader.js';
import { partitionFile } from '../src/transports/journal-writer.js';
import type { Fault } from './kit/faults.js';
import { CANARY, envelope } from './kit/tasks.js';

const GATE = fileURLToPath(new URL('./kit/faulty-gate.js', import.meta.url));
const COUNT = 500;
const POISON_AT = 321;
const TIMEOUT_MS = 120_000;
const RSS_MB = 700;
const KINDS: readonly Fault[] = ['exit', 'throw', 'loop', 'heap', 'external', 'wrong-hash', 'cut'];

const root = mkdtempSync(join(tmpdir(), 'sluice-faults-'));
after(() => rmSync(root, { recursive: true, force: true }));

for (const fault of KINDS) {
  for (const count of [1, COUNT]) {
    test(`${fault}, ${count === 1 ? 'alone' : `among ${count}`}`, { timeout: TIMEOUT_MS }, () => poison(fault, count));
  }
}

async function poison(fault: Fault, count: number): Promise<void> {
  const journal = join(root, `${fault}-${count}`);
  const at = count === 1 ? 0 : POISON_AT;
  mkdirSync(join(journal, 'agent.prompts'), { recursive: true });
  const lines = Array.from({ length: count }, (_, i) => {
    const content = `note ${i}, MRN ${CANARY}`;
    return envelope(i === at ? `fault:${fault}; ${content}` : content, { id: `m-${i}` });
  });
  writeFileSync(partitionFile(journal, 'agent.prompts', 0), `${lines.join('\n')}\n`);
  // A thread that takes memory outside of its heap is met by the watch over it, before its time is up.
  const deadlineMs = fault === 'external' ? 20_000 : 1_000;
  const { code, said } = await run(journal, deadlineMs);
  assert.equal(code, 0, said);
  assert.ok(!said.includes(CANARY), 'an identifier on stderr');
  if (fault === 'external') assert.ok(said.includes('"event":"memory"'), 'the watch over memory was what met it');
  const audit: AuditEntry[] = [];
  for await (const { record } of followTopic(journal, 'phi.audit', { follow: false })) {
    audit.push(JSON.parse(record.value!.toString()) as AuditEntry);
  }
  assert.deepEqual(
    audit.map(({ id }) => id),
    lines.map((_, i) => `agent.prompts/0/${i}`),
  );
  assert.deepEqual(
    audit.flatMap(({ outcome }, i) => (outcome === 'redacted' ? [] : [[i, outcome]])),
    [[at, 'could-not-scan']],
  );
  for (const topic of readdirSync(journal)) {
    if (
      topic === 'agent.prompts' ||
      !readdirSync(journal, { withFileTypes: true }).some((one) => one.name === topic && one.isDirectory())
    )
      continue;
    for (const file of readdirSync(join(journal, topic))) {
      assert.ok(!readFileSync(join(journal, topic, file)).includes(CANARY), `an identifier in clear on ${topic}`);
    }
  }
}

function run(journal: string, deadlineMs: number): Promise<{ code: number | null; said: string }> {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const file = `${journal}.yaml`;
  const settings = { journal, rssMbMax: RSS_MB, deadlineMs, threads: 2, quarantineShareMax: 1, logLevel: 'debug' };
  writeFileSync(file, JSON.stringify(settings));
  const child = spawn(process.execPath, [GATE, file, '--once'], {
    cwd: root,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  }
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, said })));
}
