/**
 * The SDK in a program that was put together with a bundler: its dependencies stay outside, and the lexicon is found beside
 * the bundle or in the installed package.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { VERSION } from '../src/version.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sluice-bundle-'));
const program = join(folder, 'program.mjs');
after(() => rmSync(folder, { recursive: true, force: true }));

const SOURCE = `
import { Shield } from 'phi-sluice';
const kept = [];
const sink = async ({ audit }) => void kept.push(...audit);
const threads = Number(process.argv[2]);
const shield = new Shield({ agentId: 'bundled-bot', key: 'a key for tests, and for nothing', sink, threads });
const content = 'MRN 00482913, call 617-555-0142 or +44 20 7946 0123';
const result = await shield.scanOutput({ content });
await shield.close();
console.log(result.blocked ? result.reason : result.content, kept.length);
`;

interface Rollup {
  rollup(options: object): Promise<{ write(options: object): Promise<unknown>; close(): Promise<void> }>;
}

before(async () => {
  const { rollup } = createRequire(import.meta.url)('@rollup/wasm-node') as Rollup;
  const entry = join(folder, 'source.mjs');
  writeFileSync(entry, SOURCE);
  const bundle = await rollup({
    input: entry,
    external: (id: string) => !/^[./]/.test(id) && id !== 'phi-sluice',
    plugins: [
      { name: 'ours', resolveId: (id: string) => (id === 'phi-sluice' ? join(root, 'dist/src/index.js') : null) },
    ],
    onLog: () => {},
  });
  await bundle.write({ file: program, format: 'es', inlineDynamicImports: true });
  await bundle.close();
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
});

/** The bundle in a folder of its own, with what stands beside it. */
function run(name: string, threads: number, prepare: (beside: string) => void): string {
  const beside = join(folder, name, 'out');
  mkdirSync(beside, { recursive: true });
  copyFileSync(program, join(beside, 'program.mjs'));
  prepare(beside);
  const { stdout, stderr } = spawnSync(process.execPath, [join(beside, 'program.mjs'), String(threads)], {
    encoding: 'utf8',
    cwd: folder,
  });
  return stdout + stderr;
}

const EXPECTED = 'MRN [MRN-1], call [PHONE-1] or [PHONE-2] 1\n';

function install(beside: string): void {
  const modules = join(dirname(beside), 'node_modules');
  mkdirSync(modules);
  symlinkSync(root, join(modules, 'phi-sluice'), 'junction');
}

test('a bundle finds the lexicon beside itself', () => {
  const lexicon = join(root, 'dist/detectors/lexicon/lexicon.bin');
  assert.equal(
    run('beside', 0, (beside) => copyFileSync(lexicon, join(beside, 'lexicon.bin'))),
    EXPECTED,
  );
});

test('a bundle finds the lexicon and the worker in the installed package', () => {
  assert.equal(run('installed', 0, install), EXPECTED);
  assert.equal(run('installed-threads', 1, install), EXPECTED);
});

test('without a lexicon nothing passes', () => {
  assert.match(
    run('alone', 0, () => {}),
    /LEXICON_CORRUPT/,
  );
});

test('the version that is compiled in is the package’s', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  assert.equal(VERSION, version);
});
