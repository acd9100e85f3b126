/**
 * The laws of the house, checked on the source itself: which way imports point, what files are called and how long they
 * grow, and what a committed file must not contain. A failure names the line and the law.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CATEGORIES } from '../detectors/contract.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

const LINES_MAX = 250;

/** Files that are tables of data rather than logic, and may be longer. */
const TABLES = new Set<string>([]);

/** Bottom first: a file imports from its own unit and from those below. Units of one row do not know each other. */
const LAYERS = [
  ['detectors'],
  ['src/engine', 'src/fingerprint'],
  ['src/policy', 'src/audit'],
  ['src/roster', 'src/directory'],
  ['src/scanners'],
  ['src/envelope'],
  ['src/judge.ts'],
  ['src/pool'],
  ['src/in-force'],
  ['src/pipeline'],
  ['src/transports', 'src/http'],
  ['src/shield'],
  ['src/engine-only.ts'],
  ['src/index.ts'],
  ['src/commands'],
  ['src/main.ts'],
  ['fixtures'],
  ['test/kit'],
  ['bench'],
  ['test'],
];

/** Nouns, imported by all of src; they know the words of the detectors and each other. */
const NOUNS = ['message', 'verdict', 'limits', 'errors', 'settings', 'version', 'package-file', 'nearest'].map(
  (name) => `src/${name}.ts`,
);

const DETECTORS = new RegExp(`^detectors/((${CATEGORIES.join('|')})\\.ts|(clinical|threats)/)`);

interface Line {
  readonly path: string;
  readonly number: number;
  readonly text: string;
}

const paths = listFiles();
const contents = new Map(paths.map((path) => [path, readFileSync(root + path, 'utf8')]));
const code = paths.filter((path) => /\.(ts|mjs)$/.test(path));
const hot = [...under('detectors/'), ...under('src/engine/')].filter((path) => !path.endsWith('/compile.ts'));
/** Without the data, where anything may stand. */
const prose = paths.filter(
  (path) =>
    !/^(fixtures\/.*(?<!\.ts)|fixtures\/corpus\/training\/written\/.*|detectors\/lexicon\/words\/.*)$/.test(path),
);
const imports = code.flatMap(importsOf);

law(
  'imports point down: see LAYERS in test/tidy.test.ts',
  imports.filter(({ path, to }) => to.startsWith('.') && !mayImport(path, resolve(path, to))),
);

law(
  'detectors are pure: they import no package, and only the lexicon imports Node (node:module loads what is rarely wanted)',
  imports.filter(
    ({ path, to }) =>
      path.startsWith('detectors/') &&
      !to.startsWith('.') &&
      to !== 'libphonenumber-js' &&
      !(to.startsWith('node:') && path.startsWith('detectors/lexicon/')) &&
      to !== 'node:module',
  ),
);

law(
  'a detector never imports a detector: what two need belongs in detectors/kit',
  imports.filter(({ path, to }) => DETECTORS.test(path) && DETECTORS.test(resolve(path, to))),
);

law(
  'only src/transports/kafka-client.ts imports kafkajs, and what mends it',
  imports.filter(
    ({ path, to }) => to === 'kafkajs' && !/^src\/transports\/(kafka-client|kafkajs-mends)\.ts$/.test(path),
  ),
);

law(
  'file names say what a thing is: not utils, helpers, common, manager, base',
  prose.filter((path) => /(^|[/.-])(utils?|helpers?|common|managers?|base)([/.-]|$)/i.test(path)).map(firstLine),
);

law(
  'a source file opens with one to three sentences in a comment: what it is and why',
  code.filter((path) => !/^(#!.*\n)?\/[*/]/.test(textOf(path))).map(firstLine),
);

law(
  `a file of logic has at most ${LINES_MAX} lines: a table of data may be declared in TABLES in test/tidy.test.ts`,
  code
    .filter((path) => !/^(test|fixtures)\//.test(path) && !TABLES.has(path))
    .filter((path) => textOf(path).trimEnd().split('\n').length > LINES_MAX)
    .map(firstLine),
);

law('detectors and engine do not print', find(hot, /\bconsole\.log\(/));
law('no regular expression repeats a repeat: that takes exponential time', find(hot, /[+*]\)[+*]/));
law(
  'the engine normalises code point by code point: String.normalize on a text moves offsets',
  find(under('src/engine/'), /(?<!from(CodePoint|CharCode)\([^()]*\))\.normalize\(/),
);
law('nothing is left to do', find(code, new RegExp(`\\b(TO${'DO'}|FIX${'ME'})\\b`)));

law('no file names a folder of the machine it was written on', find(prose, /(?<![\w.])\/work\//));
law(
  'no file names the folder for temporary files: os.tmpdir() does',
  find(prose, /(?<![\w.])\/tmp\//).filter(
    ({ path }) => !(path.startsWith('test/') && textOf(path).includes('tmpdir(')),
  ),
);
law('no file refers to a folder outside the repository', find(prose, /(?<![\w./-])shared\/\w/));
law('no file says by number what it can say in words', find(prose, /\b(issue|fixes|closes|PR) #\d/i));
law('the lock file pins no registry', find(['package-lock.json'], /"resolved": "http/));
law('the settings for npm pin no registry', find(['.npmrc'], /registry\s*=\s*http/));

function law(name: string, broken: readonly Line[]): void {
  const list = broken.slice(0, 20).map(({ path, number, text }) => `  ${path}:${number}  ${text.trim().slice(0, 100)}`);
  test(name, () => assert.ok(broken.length === 0, `${broken.length} against the law\n${list.join('\n')}`));
}

function find(where: readonly string[], what: RegExp): Line[] {
  return where.flatMap((path) => (what.test(textOf(path)) ? linesOf(path) : [])).filter(({ text }) => what.test(text));
}

function under(folder: string): string[] {
  return code.filter((path) => path.startsWith(folder));
}

function mayImport(from: string, to: string): boolean {
  if (NOUNS.includes(to)) return from.startsWith('src/') || rank(from) > rank('src/main.ts');
  if (NOUNS.includes(from)) return unitOf(to) === 'detectors';
  if (to.startsWith('src/telemetry/')) return !/^(detectors|src\/engine)\//.test(from);
  if (from.startsWith('src/telemetry/')) return unitOf(to) === 'detectors';
  return unitOf(from) === unitOf(to) || rank(to) < rank(from);
}

function unitOf(path: string): string | undefined {
  return LAYERS.flat().find((unit) => path === unit || path.startsWith(`${unit}/`));
}

/** A file outside all layers is its own law: it may be imported by none, until it is given a place. */
function rank(path: string): number {
  const unit = unitOf(path);
  return unit === undefined ? Number.NaN : LAYERS.findIndex((layer) => layer.includes(unit));
}

function resolve(from: string, to: string): string {
  return to.startsWith('.') ? posix.join(posix.dirname(from), to).replace(/\.js$/, '.ts') : to;
}

function importsOf(path: string): (Line & { readonly to: string })[] {
  return linesOf(path).flatMap((line) => {
    const to = /(?:^\s*(?:import|export|\})[^'"`]*\bfrom\s*|^\s*import\s*|\bimport\()['"]([^'"]+)['"]/.exec(
      line.text,
    )?.[1];
    return to === undefined ? [] : [{ ...line, to }];
  });
}

function linesOf(path: string): Line[] {
  return textOf(path)
    .split('\n')
    .map((text, index) => ({ path, number: index + 1, text }));
}

function firstLine(path: string): Line {
  return { path, number: 1, text: textOf(path).split('\n', 1)[0] ?? '' };
}

function textOf(path: string): string {
  return contents.get(path) ?? '';
}

/** What git keeps or is about to; without git, as in an unpacked archive, what is there. Text files only. */
function listFiles(): string[] {
  const git = spawnSync('git', ['ls-files', '-coz', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
  const ours = git.status === 0 && git.stdout.includes('package.json\0');
  const all = ours ? git.stdout.split('\0').filter((path) => path !== '' && existsSync(root + path)) : walk('');
  return all
    .filter(
      (path) =>
        !readFileSync(root + path)
          .subarray(0, 8000)
          .includes(0),
    )
    .sort();
}

function walk(folder: string): string[] {
  return readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const path = folder + entry.name;
    if (!entry.isDirectory()) return entry.isFile() && !path.endsWith('.log') ? [path] : [];
    return /^(node_modules|dist(\..*)?|\.git|\.sluice)$/.test(entry.name) ? [] : walk(`${path}/`);
  });
}
