/**
 * Runs the README: every snippet with `<!-- test -->` on the line above (`<!-- test exit=1 -->` where it ends so), from
 * the repository's folder as a reader would. What it prints must be the ```text block that follows, if one does. TypeScript
 * is compiled, strictly, beside the files of the quick start, and runs there.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const TIMEOUT_MS = 60_000;
const SNIPPET =
  /^<!-- test(?: exit=(?<exit>\d+))? -->\n+```(?<language>ts|js|sh)\n(?<code>[\s\S]*?)^```\n(?:\n*```text\n(?<output>[\s\S]*?)^```$)?/gm;

const root = fileURLToPath(new URL('../../', import.meta.url));
const readme = readFileSync(join(root, 'README.md'), 'utf8').replaceAll('\r\n', '\n');
// Within the package, so that a snippet's `import … from 'phi-sluice'` finds this one.
const folder = mkdtempSync(join(root, 'dist', 'readme-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const snippets = [...readme.matchAll(SNIPPET)];

test('the README has tested snippets, and none that is marked but not understood', () => {
  assert.notEqual(snippets.length, 0);
  assert.equal(snippets.length, readme.match(/^<!-- test\b/gm)?.length);
});

for (const { index, groups } of snippets) {
  const { exit = '0', language, code = '', output } = groups ?? {};
  const line = readme.slice(0, index).split('\n').length;
  test(`README.md:${line}`, () => {
    const result = language === 'sh' ? runShell(code) : language === 'ts' ? runTypeScript(code) : runModule(code, line);
    assert.equal(
      result.status,
      Number(exit),
      `ended with ${result.status ?? result.signal}\n${result.stdout}${result.stderr}`,
    );
    if (output !== undefined) assert.equal(result.stdout.trimEnd(), output.trimEnd());
  });
}

function runModule(code: string, line: number) {
  const file = join(folder, `line-${line}.mjs`);
  writeFileSync(file, code);
  return run(process.execPath, [file]);
}

function runTypeScript(code: string) {
  const beside = join(folder, 'quick-start');
  cpSync(join(root, 'fixtures', 'quick-start'), beside, { recursive: true });
  copyFileSync(join(root, 'fixtures', 'policies', 'valid', 'healthcare.yaml'), join(beside, 'hipaa-policy.yaml'));
  writeFileSync(join(beside, 'program.mts'), code);
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const options = [
    '--ignoreConfig',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2023',
    '--types',
    'node',
    '--skipLibCheck',
  ];
  const compiled = run(process.execPath, [compiler, ...options, join(beside, 'program.mts')]);
  if (compiled.status !== 0) return compiled;
  return run(process.execPath, [join(beside, 'program.mjs')], process.env.PATH, beside);
}

/** `sluice` is the command that an installed package would put on the path. */
function runShell(code: string) {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const main = join(root, 'dist', 'src', 'main.js');
  writeFileSync(join(bin, 'sluice'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`, { mode: 0o755 });
  return run('sh', ['-e', '-c', code], `${bin}${delimiter}${process.env.PATH}`);
}

function run(command: string, args: readonly string[], path = process.env.PATH, cwd = root) {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  return spawnSync(command, args, { cwd, encoding: 'utf8', timeout: TIMEOUT_MS, env: { ...env, PATH: path } });
}
