/** `sluice policy` and `sluice run --policy` as processes: what is printed, how they end, and a decision explained from the audit. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { partitionFile } from '../src/transports/journal-writer.js';
import { CANARY, envelope } from './kit/tasks.js';

const MAIN = fileURLToPath(new URL('../src/main.js', import.meta.url));
const repository = fileURLToPath(new URL('../../', import.meta.url));
const SHIPPED = join(repository, 'policy.yaml');
const HEALTHCARE = join(repository, 'fixtures/policies/valid/healthcare.yaml');
const TENANTS = join(repository, 'fixtures/policies/tenants');
const WITHOUT = ['--without', 'clinical_safety'] as const;

const folder = mkdtempSync(join(tmpdir(), 'sluice-policy-'));
after(() => rmSync(folder, { recursive: true, force: true }));

function sluice(args: readonly string[], input = '') {
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env,
    input,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

const fileOf = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return name;
};

const REDACT =
  'version: "1.0"\nrules:\n  - {name: chart-numbers, scanner: pii, action: redact, config: {phi_categories: [mrn]}}\n';

test('the shipped policy is one, with and without a tenant of its own, and its tests come out as they say', () => {
  const checked = sluice(['policy', 'check', SHIPPED]);
  assert.equal(checked.status, 0, checked.stderr);
  assert.match(checked.stdout, /^hipaa: 7 rules, 20 tests, [0-9a-f]{64}$/m);
  assert.deepEqual(sluice(['policy', 'test', SHIPPED, '--tenants', TENANTS]), {
    status: 0,
    stdout: '21 tests, all as they say\n',
    stderr: '',
  });
});

test('a policy that goes without a scanner says so aloud', () => {
  const refused = sluice(['policy', 'check', HEALTHCARE]);
  assert.equal(refused.status, 1);
  assert.match(
    refused.stdout,
    /healthcare\.yaml:43:14 scanner-not-built at rules\[2\]\.scanner: .*--without clinical_safety/,
  );
  const checked = sluice(['policy', 'check', HEALTHCARE, ...WITHOUT]);
  assert.equal(checked.status, 0);
  assert.match(checked.stdout, /^note: goes without clinical_safety/m);
  const built = sluice(['policy', 'check', HEALTHCARE, '--without', 'pii']);
  assert.deepEqual([built.status, built.stdout], [2, '']);
});

test('problems are told with their places, for people and for programs, and a test that fails is one', () => {
  const file = fileOf('misspelt.yaml', REDACT.replace('action', 'acton'));
  assert.deepEqual(sluice(['policy', 'check', file]), {
    status: 1,
    stdout: 'misspelt.yaml:3:41 key-unknown at rules[0]: There is no such key (did you mean action?)\n',
    stderr: '',
  });
  const { ok, problems } = JSON.parse(sluice(['policy', 'check', file, '--json']).stdout) as {
    ok: boolean;
    problems: { line: number }[];
  };
  assert.deepEqual([ok, problems.length, problems[0].line], [false, 1, 3]);
  const failing = fileOf(
    'failing.yaml',
    `${REDACT}tests:\n  - {name: Jane Sample, scope: output, content: "MRN: ${CANARY}", expect: block}\n`,
  );
  const tested = sluice(['policy', 'test', failing]);
  assert.equal(tested.status, 1);
  assert.match(
    tested.stdout,
    /failing\.yaml:5:5 test-failed at tests\[0\]: .*expected block, it is redact: identifier/,
  );
  assert.ok(!tested.stdout.includes('Jane') && !tested.stdout.includes(CANARY));
  const run = sluice(['run', '--stdio', '--policy', failing]);
  assert.deepEqual([run.status, run.stdout], [2, '']);
  assert.match(run.stderr, /POLICY_INVALID: .*5:5 test-failed/);
});

test('a comparison ends with 1 where they differ, and says what may allow more', () => {
  const before = fileOf('before.yaml', REDACT);
  assert.deepEqual(sluice(['policy', 'diff', before, before]), {
    status: 0,
    stdout: 'they say the same\n',
    stderr: '',
  });
  const looser = sluice(['policy', 'diff', before, fileOf('alert.yaml', REDACT.replace('redact', 'alert'))]);
  assert.equal(looser.status, 1);
  assert.match(looser.stdout, /^! chart-numbers: output: redact → alert$/m);
  const stricter = sluice(['policy', 'diff', before, fileOf('block.yaml', REDACT.replace('redact', 'block'))]);
  assert.match(stricter.stdout, /the new one allows no more than the old one\n$/);
});

test('the language is printed as JSON Schema', () => {
  const { status, stdout } = sluice(['policy', 'schema']);
  const schema = JSON.parse(stdout) as { required: string[]; additionalProperties: boolean };
  assert.deepEqual([status, schema.required, schema.additionalProperties], [0, ['version', 'rules'], false]);
});

test('what would do nothing is refused', () => {
  for (const args of [
    ['--without', 'injection'],
    ['--shadow-policy', SHIPPED],
    ['--policy-tenants', TENANTS],
  ]) {
    assert.equal(sluice(['run', '--stdio', ...args]).status, 2, args[0]);
  }
  assert.equal(sluice(['policy', 'diff', SHIPPED]).status, 2);
  assert.equal(sluice(['policy', 'chek']).status, 2);
  assert.equal(sluice(['policy', 'check', 'not-there.yaml']).status, 3);
});

test('a decision is explained from the audit, and comes out the same when it is judged again', () => {
  const journal = join(folder, 'journal');
  mkdirSync(join(journal, 'agent.outputs'), { recursive: true });
  const content = `Patient: Jane Sample, MRN: ${CANARY}.`;
  const lines = [envelope(content, { patient_id: CANARY }), envelope('Open at eight.', { id: 'm-2' })];
  writeFileSync(partitionFile(journal, 'agent.outputs', 0), `${lines.join('\n')}\n`);
  const place = ['--journal', journal];
  const run = sluice(['run', '--once', '--threads', '0', '--policy', HEALTHCARE, ...WITHOUT, ...place]);
  assert.equal(run.status, 0, run.stderr);
  assert.match(run.stderr, /^sluice: without clinical_safety: /m);
  const config = fileOf('sluice-explain.yaml', `policy: ${HEALTHCARE}\nwithout: [clinical_safety]\n`);
  const why = (source: string, ...args: string[]) => sluice(['policy', 'explain', source, ...place, ...args]);
  const told = why('agent.outputs/0/0', '--config', config);
  assert.equal(told.status, 0, told.stderr);
  assert.match(told.stdout, /^agent\.outputs\/0\/0 at .*: blocked \(policy\)$/m);
  assert.match(told.stdout, /^ {2}block: block-phi-in-unauthorized-output, identity-unknown \(Block PHI/m);
  assert.match(told.stdout, /^judged again: the same$/m);
  assert.ok(!told.stdout.includes(CANARY) && !told.stdout.includes('Jane'));
  assert.match(why('agent.outputs/0/1', '--config', config).stdout, /^no rule decided$/m);
  const other = fileOf('sluice-other.yaml', `policy: ${SHIPPED}\n`);
  assert.match(why('agent.outputs/0/0', '--config', other).stdout, /^the policy at hand is another: [0-9a-f]{16}$/m);
  assert.equal(why('agent.outputs/0/9', '--config', config).status, 3);
  assert.match(
    sluice(['policy', 'explain', 'enforce-minimum-necessary', '--config', config]).stdout,
    /^ {2}asks for: a care relationship$/m,
  );
});
