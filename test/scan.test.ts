/**
 * The command line from outside, as a shell sees it: what `sluice scan` prints, what it refuses, and how it ends. Only
 * medical record numbers are counted on; whatever else is found may change as detectors do.
 */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CATEGORIES } from '../detectors/contract.js';
import { readOptions } from '../src/commands/scan/options.js';
import { readDocument, readLines } from '../src/commands/scan/reading.js';
import { Threads } from '../src/commands/scan/threads.js';
import { firstBadByte } from '../src/commands/scan/utf8.js';
import { inputBytesMax } from '../src/limits.js';

interface Finding {
  readonly start: number;
  readonly end: number;
  readonly category: string;
}

interface Output {
  readonly id: unknown;
  readonly findings?: readonly Finding[];
  readonly text?: string;
  readonly error?: string;
}

const main = fileURLToPath(new URL('../src/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sluice-scan-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const MRN = '00482913';
const KEY = 'an invented key of some length';
const { NODE_TEST_CONTEXT: _context, SLUICE_KEY: _key, ...environment } = process.env;

function sluice(args: readonly string[], input: string | Uint8Array = '', env: NodeJS.ProcessEnv = {}) {
  const settings = {
    input,
    env: { ...environment, ...env },
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], settings);
  return { status, stdout, stderr };
}

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return path;
}

function records(stdout: string): Output[] {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Output);
}

function mrns(output: Output | undefined): [number, number][] {
  return (output?.findings ?? []).filter(({ category }) => category === 'mrn').map(({ start, end }) => [start, end]);
}

describe('help', () => {
  test('--help, help scan and scan --help explain', () => {
    assert.match(sluice(['--help']).stdout, /Usage: sluice COMMAND/);
    const page = sluice(['help', 'scan']);
    assert.equal(page.status, 0);
    assert.match(page.stdout, /Examples[\s\S]*--fail-on-findings[\s\S]*Exit codes/);
    assert.equal(sluice(['scan', '--help']).stdout, page.stdout);
    for (const line of page.stdout.split('\n')) assert.ok(line.length <= 80, line);
  });

  test('--version says the version', () => {
    assert.match(sluice(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});

describe('a command line that is not understood ends with 2 and prints nothing', () => {
  const cases: [string, string[], RegExp][] = [
    ['no command', [], /Usage/],
    ['an unknown command', ['scna'], /did you mean scan\?/],
    ['an unknown flag', ['scan', '--findngs'], /--findngs: did you mean --findings\?/],
    ['a missing value', ['scan', '--style'], /--style needs a value/],
    ['a flag for a value', ['scan', '--style', '--quiet'], /--style needs a value/],
    ['a value for a switch', ['scan', '--quiet=yes'], /--quiet takes no value/],
    ['an unknown style', ['scan', '--style', 'invisible'], /--style takes label/],
    ['an unknown category', ['scan', '--categories', 'mrn,shoe-size'], /--categories takes name/],
    ['an unknown unit', ['scan', '--offsets', 'bits'], /--offsets takes utf16/],
    ['a confidence above 1', ['scan', '--min-confidence', '1.5'], /from 0 to 1/],
    ['no threads', ['scan', '--threads', '0'], /from 1 to 64/],
    ['two outputs', ['scan', '--findings', '--report'], /one of the two/],
    ['hash without a key', ['scan', '--style', 'hash'], /KEY_MISSING.*--key-file or SLUICE_KEY/],
  ];
  for (const [name, args, expected] of cases) {
    test(name, () => {
      const { status, stdout, stderr } = sluice(args, `MRN: ${MRN}`);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, expected);
    });
  }

  test('a key that is too short', () => {
    const { status, stderr } = sluice(['scan', '--style', 'hash'], '', { SLUICE_KEY: 'short' });
    assert.equal(status, 2);
    assert.match(stderr, /KEY_TOO_SHORT/);
  });
});

describe('text', () => {
  test('from a pipe, redacted, byte for byte the same around it', () => {
    const { status, stdout, stderr } = sluice(['scan'], `MRN: ${MRN}\r\n\tstable`);
    assert.deepEqual({ status, stdout, stderr }, { status: 0, stdout: 'MRN: [MRN-1]\r\n\tstable', stderr: '' });
    assert.equal(sluice(['scan', '-'], `MRN: ${MRN}`).stdout, 'MRN: [MRN-1]');
    assert.equal(sluice(['scan'], '').stdout, '');
  });

  test('a byte order mark stays, and JSON behind it is still JSON', () => {
    assert.equal(sluice(['scan'], `\ufeff{"mrn": 482913}`).stdout, '\ufeff{"mrn": "[MRN-1]"}');
  });

  test('--fail-on-findings ends with 1 if there are any, with 0 if not', () => {
    assert.equal(sluice(['scan', '--fail-on-findings'], `MRN: ${MRN}`).status, 1);
    assert.equal(sluice(['scan', '--fail-on-findings'], 'stable').status, 0);
  });

  test('--style mask and hash; a hash depends on key and tenant alone, whether from a file or the environment', () => {
    assert.equal(sluice(['scan', '--style', 'mask'], `MRN: ${MRN}`).stdout, 'MRN: ********');
    const hash = (args: string[], env: NodeJS.ProcessEnv = {}): string =>
      sluice(['scan', '--style', 'hash', ...args], `MRN: ${MRN}`, env).stdout;
    const ours = hash(['--key-file', file('key', `${KEY}\n`)]);
    assert.match(ours, /^MRN: \[MRN:[A-Z2-7]{16}\]$/);
    assert.equal(hash([], { SLUICE_KEY: KEY }), ours);
    assert.notEqual(hash(['--tenant', 'north'], { SLUICE_KEY: KEY }), ours);
  });

  test('--categories and --min-confidence narrow what is found', () => {
    assert.equal(sluice(['scan', '--categories', 'ssn'], `MRN: ${MRN}`).stdout, `MRN: ${MRN}`);
    assert.equal(sluice(['scan', '--categories', 'ssn, mrn'], `MRN: ${MRN}`).stdout, 'MRN: [MRN-1]');
    assert.equal(sluice(['scan', '--min-confidence', '1'], `MRN: ${MRN}`).stdout, `MRN: ${MRN}`);
  });

  test('--findings says where, and never what', () => {
    const text = `line one\nMRN: ${MRN}`;
    assert.match(sluice(['scan', '--findings'], text).stdout, /^WHERE.*\nstdin:2:6 +mrn +mrn +mrn\.\S+ +0\.\d\d\n$/);
    const { stdout } = sluice(['scan', '--findings', '--json'], text);
    const { rule, confidence, ...rest } = JSON.parse(stdout);
    assert.deepEqual(rest, { file: 'stdin', line: 2, column: 6, start: 14, end: 22, category: 'mrn', kind: 'mrn' });
    assert.ok(rule.startsWith('mrn.') && confidence > 0.5);
    assert.ok(!stdout.includes(MRN));
  });

  test('--format json takes nothing but JSON', () => {
    assert.equal(sluice(['scan', '--format', 'json'], `{"mrn": "${MRN}"}`).stdout, '{"mrn": "[MRN-1]"}');
    const { status, stdout, stderr } = sluice(['scan', '--format', 'json'], `{"mrn": "${MRN}"`);
    assert.deepEqual([status, stdout], [3, '']);
    assert.match(stderr, /stdin: INPUT_NOT_JSON/);
  });
});

describe('files', () => {
  test('a folder, in order; hidden, dependencies, links and binary files are passed by', () => {
    file('tree/b.txt', `MRN: ${MRN}\n`);
    file('tree/a/z.jsonl', `{"mrn": "${MRN}"}\n{"mrn": "stable"}\nMRN: ${MRN}`);
    file('tree/c.json', '{"id": 1}');
    for (const name of ['.git/x', 'node_modules/x/y.txt']) file(`tree/${name}`, 'MRN: 11111111\n');
    file('tree/d.bin', 'MRN: 22222222\0');
    symlinkSync('b.txt', join(folder, 'tree', 'link'));
    const { status, stdout, stderr } = sluice(['scan', 'tree']);
    assert.equal(stdout, '{"mrn": "[MRN-1]"}\n{"mrn": "stable"}\nMRN: [MRN-1]\nMRN: [MRN-1]\n{"id": 1}');
    assert.equal(stderr, 'sluice: passed by: 1 binary file\nsluice: passed by: 1 link\n');
    assert.equal(status, 0);
    assert.equal(sluice(['scan', '-q', 'tree']).stderr, '');
  });

  test('--report counts by file and in all', () => {
    const lines = sluice(['scan', '--report', '--json', 'tree']).stdout.trimEnd().split('\n');
    const [first, ...rest] = lines.map((line) => JSON.parse(line));
    assert.deepEqual(
      [first.file, first.documents, first.categories.mrn, first.failed],
      [join('tree', 'a', 'z.jsonl'), 3, 2, 0],
    );
    const { files, documents, categories, failed } = rest.at(-1);
    assert.deepEqual({ files, documents, mrn: categories.mrn, failed }, { files: 3, documents: 5, mrn: 3, failed: 0 });
    assert.match(sluice(['scan', '--report', 'tree']).stdout, /^FILE[\s\S]*MB\/s\)\n[\s\S]* mrn +3 {2}█+/);
  });

  test('what cannot be scanned prints nothing of itself, and the rest is printed', () => {
    const good = file('good.txt', `MRN: ${MRN}\n`);
    const { status, stdout, stderr } = sluice(['scan', 'missing.txt', good]);
    assert.deepEqual([status, stdout], [3, 'MRN: [MRN-1]\n']);
    assert.equal(stderr, 'sluice: missing.txt: FILE_UNREADABLE: A file could not be read\n');
  });

  test('invalid UTF-8 is refused with its place', () => {
    const bytes = Buffer.concat([Buffer.from(`é MRN: ${MRN} `), Buffer.from([0xc3, 0x28])]);
    const { status, stdout, stderr } = sluice(['scan'], bytes);
    assert.deepEqual([status, stdout], [3, '']);
    assert.equal(stderr, 'sluice: stdin: INPUT_NOT_UTF8: The input is not valid UTF-8, at byte 17\n');
  });

  test('more bytes than the bound are refused', () => {
    const path = file('large.txt', `MRN: ${MRN} `);
    truncateSync(path, inputBytesMax + 1);
    const { status, stdout, stderr } = sluice(['scan', path]);
    assert.deepEqual([status, stdout], [3, '']);
    assert.match(stderr, /INPUT_TOO_LARGE/);
  });

  test('no error repeats its input: not the text, not a name of a file, not an argument', () => {
    const bad = file(`MRN ${MRN}.txt`, Buffer.concat([Buffer.from(`canary MRN: ${MRN}`), Buffer.from([0xff])]));
    const runs = [
      sluice(['scan', bad]),
      sluice(['scan', `canary text, MRN: ${MRN}`]),
      sluice(['scan', '--format', 'json'], `{"canary": ${MRN}`),
      sluice(['scan', '--format', 'jsonl'], `{"id": 1, "canary": "${MRN}"\n`),
      sluice(['scan', '--style', `canary ${MRN}`]),
      sluice(['scan', `--canary=${MRN}`]),
      sluice(['scan', `--${MRN}`]),
      sluice([`canary ${MRN}`]),
      sluice(['scan', '--style', 'hash', '--key-file', `canary ${MRN}`]),
    ];
    for (const { status, stdout, stderr } of runs) {
      assert.ok(status === 2 || status === 3);
      assert.ok(!`${stdout}${stderr}`.includes(MRN), stderr);
      assert.notEqual(stderr, '');
    }
  });
});

describe('--format jsonl', () => {
  test('a record for a record, in order, ids as they were written', () => {
    const ids = ['"a\\u0062"', '7', '12345678901234567890', '1.50', '""', '-0'];
    const lines = ids.map((id) => `{"x": {"id": 1}, "id": ${id}, "text": "MRN: ${MRN}"}`);
    const { status, stdout, stderr } = sluice(['scan', '--format', 'jsonl'], lines.join('\n'));
    assert.deepEqual([status, stderr], [0, '']);
    assert.deepEqual(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => /^\{"id":(.*?),"findings":\[/.exec(line)?.[1]),
      ['"ab"', ...ids.slice(1)],
    );
    for (const record of records(stdout)) {
      assert.deepEqual(Object.keys(record), ['id', 'findings']);
      assert.deepEqual(mrns(record), [[5, 13]]);
      assert.deepEqual(Object.keys(record.findings?.[0] ?? {}), [
        'start',
        'end',
        'category',
        'kind',
        'rule',
        'confidence',
      ]);
    }
  });

  test('--redact adds the redacted text', () => {
    const { stdout } = sluice(['scan', '--format', 'jsonl', '--redact'], `{"id": 1, "text": "MRN: ${MRN}\\n"}\n`);
    assert.equal(records(stdout)[0].text, 'MRN: [MRN-1]\n');
  });

  test('a bad line is a coded record and an error with its number; the others are scanned', () => {
    const lines = [
      `{"id":1,"text":"MRN: ${MRN}"}`,
      '{"id":2,',
      '{"id":"3"}',
      '',
      '[]',
      'null',
      '{"id":{},"text":"x"}',
      '{"text":"x"}',
    ];
    const bad = Buffer.concat([
      Buffer.from(`${lines.join('\n')}\n{"id":9,"text":"`),
      Buffer.from([0xff]),
      Buffer.from('"}\n'),
    ]);
    const { status, stdout, stderr } = sluice(['scan', '--format', 'jsonl'], bad);
    assert.equal(status, 3);
    assert.deepEqual(
      records(stdout).map(({ id, error }) => [id, error]),
      [
        [1, undefined],
        [null, 'INPUT_NOT_JSON'],
        ['3', 'RECORD_INVALID'],
        [null, 'RECORD_INVALID'],
        [null, 'RECORD_INVALID'],
        [null, 'RECORD_INVALID'],
        [null, undefined],
        [null, 'INPUT_NOT_UTF8'],
      ],
    );
    assert.deepEqual(
      stderr
        .trimEnd()
        .split('\n')
        .map((line) => /^sluice: stdin:(\d+): ([A-Z_0-9]+): /.exec(line)?.slice(1).join(' ')),
      [
        '2 INPUT_NOT_JSON',
        '3 RECORD_INVALID',
        '5 RECORD_INVALID',
        '6 RECORD_INVALID',
        '7 RECORD_INVALID',
        '9 INPUT_NOT_UTF8',
      ],
    );
  });

  test('positions in all three units, past emoji and combining signs', () => {
    const before = '\u{1f600} cafe\u0301 \u00e9 \u4f60 \ud83d MRN: ';
    const input = `${JSON.stringify({ id: 1, text: `${before}${MRN}` })}\n`;
    const at = (unit: string) =>
      mrns(records(sluice(['scan', '--format', 'jsonl', '--offsets', unit], input).stdout)[0]);
    const starts = { utf16: before.length, codepoint: [...before].length, byte: Buffer.byteLength(before) };
    for (const [unit, start] of Object.entries(starts)) assert.deepEqual(at(unit), [[start, start + 8]], unit);
    const text = `\ufeff\u{1f600}\n\u{1f600}\u00e9 MRN: ${MRN}`;
    const place = (unit: string) =>
      JSON.parse(sluice(['scan', '--findings', '--json', '--offsets', unit], text).stdout);
    for (const [unit, start, column] of [
      ['utf16', 13, 10],
      ['codepoint', 11, 9],
      ['byte', 20, 13],
    ] as const) {
      const { line, ...found } = place(unit);
      assert.deepEqual([line, found.start, found.column], [2, start, column], unit);
    }
  });

  test('threads change nothing: not the order, not a byte', () => {
    const lines = Array.from({ length: 6_000 }, (_, i) => {
      if (i % 997 === 5) return `{"id":${i}, broken MRN: ${MRN}`;
      return JSON.stringify({ id: i, text: `${'stable '.repeat(i % 40)}MRN: ${String(i).padStart(8, '0')} \u{1f600}` });
    });
    const path = file('many.jsonl', `${lines.join('\n')}\n`);
    const run = (threads: string) => sluice(['scan', '--format', 'jsonl', '--redact', '--threads', threads, path]);
    const [one, two] = [run('1'), run('2')];
    assert.equal(one.status, 3);
    assert.equal(records(one.stdout).length, lines.length);
    assert.ok(one.stdout === two.stdout && one.stderr === two.stderr && two.status === 3);
    const auto = (threads: string) => sluice(['scan', '--threads', threads, path]);
    assert.equal(auto('1').stdout, auto('2').stdout);
  });

  for (const threads of ['1', '2']) {
    test(`a line is answered before the next one comes, with --threads ${threads}`, async () => {
      const child = spawn(process.execPath, [main, 'scan', '--format', 'jsonl', '--threads', threads], {
        env: environment,
      });
      for (const id of [1, 2]) {
        child.stdin.write(`{"id":${id},"text":"MRN: ${MRN}"}\n`);
        const answer = await new Promise<Buffer>((resolve) => child.stdout.once('data', resolve));
        assert.equal(records(String(answer))[0].id, id);
      }
      child.stdin.end();
      assert.equal(await new Promise((resolve) => child.once('close', resolve)), 0);
    });
  }

  test('a reader that goes away ends it without a word', () => {
    const command = '"$0" "$1" scan "$2" | head -n 1';
    const shell = spawnSync('sh', ['-c', command, process.execPath, main, 'many.jsonl'], {
      cwd: folder,
      env: environment,
      encoding: 'utf8',
    });
    assert.deepEqual([shell.stdout.split('\n').length, shell.stderr], [2, '']);
  });
});

describe('within', () => {
  test('a line longer than the bound is passed over, and the lines around it keep their numbers', async () => {
    const path = file('long.jsonl', `a\n${'b'.repeat(600_000)}\nc\n${'d'.repeat(600_000)}`);
    const runs: (string | number)[] = [];
    for await (const { bytes, line } of readLines({ path, file: path, found: false, reading: 'lines' }, 10_000)) {
      runs.push(line, bytes === undefined ? 'too long' : Buffer.from(bytes).toString());
    }
    assert.deepEqual(runs, [1, 'a\n', 2, 'too long', 3, 'c\n', 4, 'too long']);
  });

  test('a document longer than the bound is refused', async () => {
    const path = file('document.txt', 'x'.repeat(11));
    const read = readDocument({ path, file: path, found: false, reading: 'document' }, 10);
    await assert.rejects(read, { failure: { code: 'INPUT_TOO_LARGE' } });
  });

  test('a thread that dies fails all that was handed in, and whatever comes after', async () => {
    const { plan } = readOptions(['--categories', CATEGORIES.join(',')], {}, false);
    for (const script of ['throw new Error()', 'process.exit(0)', 'setTimeout(() => process.exit(1), 50)']) {
      const threads = new Threads(plan, 2, new URL(`data:text/javascript,${encodeURIComponent(script)}`));
      const job = () => ({ bytes: new Uint8Array(), pieces: [] });
      const submitted = [threads.submit(job()), threads.submit(job()), threads.submit(job())];
      for (const one of submitted) await assert.rejects(one, { failure: { code: 'THREAD_DIED' } });
      await assert.rejects(threads.submit(job()), { failure: { code: 'THREAD_DIED' } });
      await threads.close();
    }
  });

  test('the first bad byte is where the strict decoder of Node begins to disagree', () => {
    const bad = [
      [0x80],
      [0xc0, 0x80],
      [0xe0, 0x80, 0x80],
      [0xed, 0xa0, 0x80],
      [0xf0, 0x80, 0x80, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
      [0xf5],
      [0xe2, 0x82],
      [0xc3, 0x28],
    ];
    for (const bytes of bad)
      assert.equal(firstBadByte(Uint8Array.from([0x61, 0xc3, 0xa9, ...bytes, 0x62])), 3, String(bytes));
    assert.equal(firstBadByte(Buffer.from('aé你\u{1f600}\u{10ffff}')), 14);
  });
});

describe('demo', () => {
  test('is plain off a terminal, the same every time but for the speed, and as narrow as it has to be', () => {
    const [first, second] = [sluice(['demo']), sluice(['demo'])];
    assert.deepEqual([first.status, first.stderr], [0, '']);
    const untimed = ({ stdout }: { stdout: string }): string => stdout.replace(/[\d.]+ MB\/s/, '');
    assert.equal(untimed(first), untimed(second));
    assert.ok(!first.stdout.includes('\x1b'));
    assert.match(first.stdout, /My\s+MRN:\s+\[MRN-1\]/);
    for (const line of first.stdout.split('\n')) assert.ok(line.length <= 80, line);
  });
});
