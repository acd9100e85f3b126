/** The directory's files: what is read, what is refused and where, and how a change comes into force while others go on. */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { DirectoryRefused, faultLine } from '../../src/directory/fault.js';
import { DirectoryFiles } from '../../src/directory/files.js';
import { attachDirectory, composeAll } from '../../src/directory/image.js';
import { LiveDirectory } from '../../src/directory/live.js';
import { type Watch, watchFiles } from '../../src/directory/watch.js';
import { directoryFileBytesMax, directoryFilesMax, directoryLineBytesMax } from '../../src/limits.js';
import type { DirectoryTold } from '../../src/telemetry/events.js';

const root = mkdtempSync(join(tmpdir(), 'sluice-directory-'));
after(() => rmSync(root, { recursive: true, force: true }));

const T = 'north';
const KEY = new Uint8Array(16).fill(7);
const NOW = Date.parse('2026-06-15T12:00:00Z');
const SECRET = 'Maya-Ostrow';
let folders = 0;

function folderOf(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = join(root, String(folders++));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function read(path: string) {
  const parts = await new DirectoryFiles(path, KEY, T).changed();
  return attachDirectory(composeAll(parts ?? [], KEY, T));
}

async function faultsOf(path: string): Promise<readonly string[]> {
  try {
    await read(path);
  } catch (error) {
    assert.ok(error instanceof DirectoryRefused);
    assert.ok(!error.message.includes(SECRET));
    for (const fault of error.faults) assert.ok(!faultLine(fault).includes(SECRET));
    return error.faults.map(({ file = '', line = '', member = '', code }) => `${file}:${line} ${member} ${code}`);
  }
  return [];
}

const care = (provider: string, patient: string, more = ''): string =>
  `{"kind":"care","provider":"${provider}","patient":"${patient}"${more}}\n`;

test('a folder is read as one directory: YAML, JSON and JSON lines, each with its tenant', async () => {
  const folder = folderOf({
    'people.yaml': 'version: "1.0"\nproviders:\n  - id: dr-rao\n  - {id: dr-lund, tenant: south}\n',
    'south.json': '{"tenant": "south", "care": [{"provider": "dr-lund", "patient": "p-9"}]}',
    'care.jsonl': `${care('dr-rao', 'p-1')}\n${care('dr-rao', 'p-2', ', "until": "2026-01-01"')}{"kind":"patient","id":"p-\\u00fc"}`,
    'README.md': 'not ours',
    '.hidden.yaml': 'not: ours',
  });
  const directory = await read(folder);
  const says = (tenant: string, provider: string, patient: string) => directory.care(tenant, provider, patient, NOW);
  assert.deepEqual(
    [says(T, 'dr-rao', 'p-1'), says(T, 'dr-rao', 'p-2'), says(T, 'dr-rao', 'p-ü'), says('south', 'dr-lund', 'p-9')],
    ['active', 'ended', 'none', 'active'],
  );
  assert.equal(says(T, 'dr-lund', 'p-9'), 'unknown');
});

test('one file may be all of it', async () => {
  const file = join(
    folderOf({ 'all.yaml': 'providers: [{id: a}]\ncare: [{provider: a, patient: b}]\nagents:\n' }),
    'all.yaml',
  );
  assert.equal((await read(file)).care(T, 'a', 'b', NOW), 'active');
});

test('what is wrong is said by file, line and member', async () => {
  const cases: readonly (readonly [string, string | Buffer, readonly string[]])[] = [
    [
      'a.yaml',
      `care:\n  - provider: a\n    patient: b\n  - provider: a\n    patient: ${SECRET}\n    ${SECRET}: x\n`,
      ['a.yaml:4 care[1] unknown-member'],
    ],
    ['a.yaml', 'care:\n  - {provider: a, patient: 00482913}\n', ['a.yaml:2 care[0].patient not-text']],
    ['a.yaml', 'care: []\ncare: []\n', ['a.yaml:2  repeated-member']],
    ['a.yaml', 'care: &all\n  - {provider: a, patient: b}\n', ['a.yaml:2  not-yaml']],
    ['a.yaml', 'care:\n  - {provider: a, patient: *b}\n', ['a.yaml:2  not-yaml']],
    ['a.yaml', 'care:\n  - !!js/function "x"\n', ['a.yaml:2  not-yaml']],
    ['a.yaml', `${SECRET}\n`, ['a.yaml:1  wrong-type']],
    ['a.yaml', `care: []\n${SECRET}: []\n`, ['a.yaml:2  unknown-list']],
    ['a.yaml', 'care: 7\n', ['a.yaml:1 care not-a-list']],
    ['a.yaml', 'version: "2.0"\ncare: []\n', ['a.yaml:1 version not-one-of']],
    ['a.yaml', '['.repeat(100_000), ['a.yaml:1  not-yaml']],
    ['a.yaml', Buffer.from([0x61, 0xff, 0xfe]), ['a.yaml:1  not-utf8']],
    ['a.yaml', ' '.repeat(directoryFileBytesMax + 1), ['a.yaml:  too-large']],
    ['a.jsonl', `${care('a', 'b')}${care('a', SECRET, ',"patient":"x"')}`, ['a.jsonl:2  repeated-member']],
    ['a.jsonl', `${care('a', 'b')}{"kind":"care","provider":"${SECRET}"\n`, ['a.jsonl:2  not-json']],
    [
      'a.jsonl',
      `[]\n{"id":"x"}\n{"kind":"${SECRET}"}\n`,
      ['a.jsonl:1  not-json', 'a.jsonl:2 kind missing', 'a.jsonl:3 kind unknown-kind'],
    ],
    ['a.jsonl', care('a', 'b', ',"until":"2026-02-29"'), ['a.jsonl:1 care.until not-a-date']],
    ['a.jsonl', care(' a', 'b'), ['a.jsonl:1 care.provider not-a-name']],
    ['a.jsonl', Buffer.concat([Buffer.from(care('a', 'b')), Buffer.from([0xff, 0x0a])]), ['a.jsonl:2  not-utf8']],
    ['a.jsonl', `{"kind":"patient","id":"${'x'.repeat(directoryLineBytesMax)}"}`, ['a.jsonl:1  too-large']],
  ];
  for (const [name, text, wanted] of cases) {
    assert.deepEqual(await faultsOf(folderOf({ [name]: text })), wanted, String(text).slice(0, 80));
  }
});

test('nothing there, too much there, and a folder in place of a file are refused', async () => {
  assert.match(String(await faultsOf(join(root, 'nowhere'))), /the directory unreadable/);
  assert.match(String(await faultsOf(folderOf({}))), /the directory unreadable/);
  const many = Object.fromEntries(Array.from({ length: directoryFilesMax + 1 }, (_, i) => [`${i}.yaml`, 'care: []']));
  assert.match(String(await faultsOf(folderOf(many))), /files too-many/);
});

test('a line that stands across two pieces of the file is read as one', async () => {
  const rows = Array.from({ length: 9_000 }, (_, i) => care('dr-rao', `p-${i}-${'x'.repeat(i % 90)}`));
  const directory = await read(folderOf({ 'care.jsonl': rows.join(''), 'p.yaml': 'providers: [{id: dr-rao}]' }));
  for (let i = 0; i < rows.length; i++) {
    assert.equal(directory.care(T, 'dr-rao', `p-${i}-${'x'.repeat(i % 90)}`, NOW), 'active');
  }
});

test('only what has changed is read again, and equal files have equal digests', async () => {
  const folder = folderOf({ 'a.yaml': 'patients: [{id: a}]', 'b.jsonl': care('a', 'b') });
  const files = new DirectoryFiles(folder, KEY, T);
  const first = await files.changed();
  assert.equal(await files.changed(), undefined);
  writeFileSync(join(folder, 'a.yaml'), 'patients: [{id: a}, {id: c}]');
  const second = await files.changed();
  assert.deepEqual([first?.length, second?.length], [2, 2]);
  assert.equal(second?.[1], first?.[1]);
  const other = await new DirectoryFiles(folder, KEY, T).changed();
  assert.equal(composeAll(second ?? [], KEY, T).digest, composeAll(other ?? [], KEY, T).digest);
  assert.notEqual(composeAll(second ?? [], KEY, T).digest, composeAll(first ?? [], KEY, T).digest);
  assert.notEqual(composeAll(second ?? [], KEY, T).digest, composeAll(second ?? [], KEY, 'south').digest);
});

for (const thread of [false, true]) {
  const where = thread ? 'in a thread of its own' : 'here';
  test(`watched ${where}: a change is soon in force, a bad one is told and the last good stays`, async (t) => {
    const folder = folderOf({ 'p.yaml': 'providers: [{id: dr-rao}]', 'care.jsonl': care('dr-rao', 'p-1') });
    const told: DirectoryTold[] = [];
    const live = new LiveDirectory({ key: KEY, tenant: T, told: (event) => told.push(event) });
    const watch: Watch = watchFiles({ path: folder, key: KEY, tenant: T }, live, { thread });
    t.after(() => watch.close());
    await watch.begun;
    const says = (patient: string) => attachDirectory(live.image!).care(T, 'dr-rao', patient, NOW);
    assert.deepEqual([says('p-1'), says('p-2')], ['active', 'unknown']);

    appendFileSync(join(folder, 'care.jsonl'), care('dr-rao', 'p-2'));
    await within(3_000, () => says('p-2') === 'active');
    const good = live.image;

    appendFileSync(join(folder, 'care.jsonl'), `{"kind":"care","provider":"${SECRET}"}\n`);
    await within(5_000, () => told.some(({ outcome }) => outcome === 'refused'));
    const alarm = told.find(({ outcome }) => outcome === 'refused');
    assert.ok(alarm?.outcome === 'refused' && alarm.first?.startsWith('care.jsonl:3 care.patient: missing'));
    assert.equal(live.image, good);
    assert.equal(live.status().stale, true);

    const beside = join(root, `beside-${thread}`);
    writeFileSync(beside, care('dr-rao', 'p-3'));
    renameSync(beside, join(folder, 'care.jsonl'));
    await within(5_000, () => says('p-3') === 'active');
    assert.deepEqual([says('p-1'), live.status().stale], ['unknown', false]);
    assert.equal(told.filter(({ outcome }) => outcome === 'refused').length, 1);
  });
}

test('a directory that is bad from the start is no directory', async () => {
  const live = new LiveDirectory({ key: KEY, tenant: T });
  const folder = folderOf({ 'a.yaml': 'agents: [{id: a}]' });
  const watch = watchFiles({ path: folder, key: KEY, tenant: T }, live, { thread: false });
  await assert.rejects(watch.begun, { code: 'DIRECTORY_INVALID' });
  assert.equal(live.image, undefined);
  await watch.close();
});

async function within(ms: number, holds: () => boolean): Promise<void> {
  const begun = performance.now();
  while (!holds()) {
    assert.ok(performance.now() - begun < ms, `not within ${ms} ms`);
    await pause(10);
  }
}
