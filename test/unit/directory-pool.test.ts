/** The directory at work: worker threads judge by the one in force, and by another as soon as its files say something else. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openDirectory } from '../../src/in-force/directory.js';
import { inlinePool } from '../../src/pool/inline.js';
import type { KnownSource, Pool } from '../../src/pool/pool.js';
import { ThreadPool } from '../../src/pool/threads.js';
import type { DirectoryTold } from '../../src/telemetry/events.js';
import { factsOf } from '../../src/verdict.js';
import { planOf, toolCallRule } from '../kit/rules.js';
import { envelope, task } from '../kit/tasks.js';
import { untilWithin } from '../kit/until.js';

const until = untilWithin(5_000);

const EXAMPLE = fileURLToPath(new URL('../../../fixtures/directory/', import.meta.url));
const KEY = new Uint8Array(16).fill(1);
const root = mkdtempSync(join(tmpdir(), 'sluice-directory-pool-'));
after(() => rmSync(root, { recursive: true, force: true }));

const plan = planOf([toolCallRule({ careRelationship: true })]);

const POOLS = {
  threads: (known: KnownSource): Pool => new ThreadPool({ plan, known, threads: 1, deadlineMs: 30_000 }),
  inline: (known: KnownSource): Pool => inlinePool(plan, known),
};

for (const [name, make] of Object.entries(POOLS)) {
  test(`${name}: the next message is judged by what the directory says now`, async (t) => {
    const folder = join(root, name);
    cpSync(EXAMPLE, folder, { recursive: true });
    const told: DirectoryTold[] = [];
    const settings = { directory: folder, tenant: 'north' };
    const directory = await openDirectory(settings, KEY, { directory: (event) => told.push(event) });
    const pool = make(() => ({ directory: directory.image() }));
    t.after(() => Promise.all([directory.close(), pool.close()]));

    const ask = async (provider: string, patient: string): Promise<string> => {
      const said = { agent: 'clinical-scribe', patient_id: patient, requesting_provider: provider };
      const content = { name: 'ehr_query', parameters: { patient_id: patient, fields: ['medications'] } };
      const before = directory.image()?.digest;
      const [verdict] = await pool.judge([task(envelope(content, said), { surface: 'tool_call' })], Date.now());
      const { decisions = [], directory: digest } = factsOf(verdict);
      // It may have changed while the message was judged.
      assert.ok([before, directory.image()?.digest].some((one) => one?.slice(0, 16) === digest));
      return verdict.outcome === 'blocked' ? decisions.map(({ code }) => code).join() : 'passes';
    };
    assert.deepEqual(
      [
        await ask('dr-rao', 'p-1001'),
        await ask('dr-rao', 'p-1002'),
        await ask('dr-rao', 'p-1003'),
        await ask('dr-voss', 'p-1003'),
        await ask('dr-nobody', 'p-1001'),
        await ask('dr-rao', 'p-9999'),
      ],
      [
        'passes',
        'care-relationship-ended',
        'care-relationship-none',
        'care-relationship-ended',
        'care-relationship-unknown',
        'care-relationship-unknown',
      ],
    );

    const care = join(folder, 'care.jsonl');
    const rows = readFileSync(care, 'utf8');
    writeFileSync(care, `${rows}{"kind":"care","provider":"dr-rao","patient":"p-1003"}\n`);
    await until(async () => (await ask('dr-rao', 'p-1003')) === 'passes');
    writeFileSync(care, `${rows}{"kind":"care","provider":"dr-rao","patient":"p-1003","until":"soon"}\n`);
    await until(async () => told.some(({ outcome }) => outcome === 'refused'));
    assert.equal(await ask('dr-rao', 'p-1003'), 'passes');
    writeFileSync(care, rows);
    await until(async () => (await ask('dr-rao', 'p-1003')) === 'care-relationship-none');
  });
}
