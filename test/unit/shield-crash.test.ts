/** A process that is killed has recorded every call that it has answered, and the next one goes on behind them. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type AuditEntry, type Incident, journalSink, Shield } from '../../src/index.js';
import { followTopic } from '../../src/transports/journal-reader.js';

const PROGRAM = fileURLToPath(new URL('../kit/shield-until-killed.js', import.meta.url));
const KILLS = 3;
const ANSWERS_MIN = 20;

const folder = mkdtempSync(join(tmpdir(), 'sluice-killed-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('whatever was answered before a kill is on record, in order and once', async () => {
  const answered: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) answered.push(...(await answersUntilKilled(kill * 7)));
  const audit = await readJson<AuditEntry>('phi.audit');
  const ids = audit.map(({ id }) => id);
  assert.deepEqual(
    ids,
    ids.map((_, i) => `shield/0/${i}`),
  );
  assert.deepEqual(
    answered.filter((id) => !ids.includes(id)),
    [],
  );
  assert.equal(new Set(answered).size, answered.length);
  const raised = new Set((await readJson<Incident>('phi.incidents')).map(({ unmapped }) => unmapped.sluice.audit));
  assert.equal(raised.size, ids.length);
  const shield = new Shield({ agentId: 'next-bot', sink: journalSink(folder) });
  assert.equal((await shield.scanInput({ content: 'hello' })).auditId, `shield/0/${ids.length}`);
  await shield.close();
});

/** Ids that were said, of lines that are whole. */
function answersUntilKilled(ms: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [PROGRAM, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      const before = said.split('\n').length;
      said += chunk.toString();
      const lines = said.split('\n').length;
      if (before <= ANSWERS_MIN && lines > ANSWERS_MIN) setTimeout(() => child.kill('SIGKILL'), ms);
    });
    child.once('error', reject);
    child.once('close', () => resolve(said.split('\n').slice(0, -1)));
  });
}

async function readJson<T>(topic: string): Promise<T[]> {
  const all: T[] = [];
  for await (const { record } of followTopic(folder, topic, { follow: false })) {
    all.push(JSON.parse(record.value!.toString()) as T);
  }
  return all;
}
