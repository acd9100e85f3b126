/** Settings: which place wins, what is refused, and that a secret is neither printed nor repeated. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Failed } from '../../src/commands/failure.js';
import { topicsOf } from '../../src/commands/run/gate.js';
import { keysOf } from '../../src/commands/run/keys.js';
import { type RunValues, refuseConflicts, surfaceOf } from '../../src/commands/run/options.js';
import { readSettings } from '../../src/commands/run/read-settings.js';
import { masked } from '../../src/settings.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-settings-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'a secret that nobody may see';
const fileOf = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const empty = fileOf('empty.yaml', '');
const read = (env: Record<string, string> = {}, flags: Record<string, unknown> = {}, file = empty) =>
  readSettings({ flags, env, file });

test('a flag wins over the environment, the environment over the file, the file over the default', () => {
  const file = fileOf('a.yaml', 'threads: 3\ndeadlineMs: 900\ngroup: from-file\ntls: {caFile: ca.pem}\n');
  const settings = read(
    { SLUICE_DEADLINE_MS: '800', SLUICE_GROUP: 'from-env', SLUICE_TLS__CERT_FILE: 'cert.pem' },
    { group: 'from-flag' },
    file,
  );
  assert.deepEqual(
    [settings.threads, settings.deadlineMs, settings.group, settings.partitions],
    [3, 800, 'from-flag', 1],
  );
  assert.deepEqual(settings.tls, { caFile: 'ca.pem', certFile: 'cert.pem' });
  assert.deepEqual(read({ SLUICE_BROKERS: 'a:1, b:2' }).brokers, ['a:1', 'b:2']);
  assert.deepEqual(read({ SLUICE_ACCEPT_GAP: 'agent.prompts/3:10-20' }).acceptGap, [
    { topic: 'agent.prompts', partition: 3, from: 10, to: 20 },
  ]);
});

test('what is not known or not fitting is refused by name, and no value is repeated', () => {
  const cases: readonly (readonly [Record<string, string>, string, string])[] = [
    [{ SLUICE_THREAD: '2' }, 'SETTING_UNKNOWN', 'thread'],
    [{ SLUICE_SASL__PASWORD: SECRET }, 'SETTING_INVALID', 'sasl'],
    [{ SLUICE_THREADS: SECRET }, 'SETTING_INVALID', 'threads'],
    [{ SLUICE_KEY: 'short' }, 'SETTING_INVALID', 'key'],
    [{ SLUICE_BROKERS: SECRET }, 'SETTING_INVALID', 'brokers'],
    [{ SLUICE_DELIVERY: 'at-most-once' }, 'SETTING_INVALID', 'delivery'],
    [{ SLUICE_QUARANTINE_SHARE_MAX: '1.5' }, 'SETTING_INVALID', 'quarantineShareMax'],
  ];
  for (const [env, code, subject] of cases) {
    assert.throws(
      () => read(env),
      (error: Error & { code: string }) =>
        error.code === code && error.message.includes(subject) && !error.message.includes(SECRET),
      JSON.stringify(env),
    );
  }
  for (const text of ['- a list', 'a: &x 1\nb: *x', 'threads: 1\nthreads: 2', `key: "${SECRET}`, `${SECRET}: 1`]) {
    const file = fileOf('bad.yaml', text);
    assert.throws(
      () => read({}, {}, file),
      (error: Error) => !error.message.includes(SECRET),
      text,
    );
  }
});

test('what would be accepted and then not do is refused', () => {
  const production = { SLUICE_PRODUCTION: 'true', SLUICE_BROKERS: 'a:1', SLUICE_KEY: SECRET };
  const sasl = { SLUICE_SASL__MECHANISM: 'plain', SLUICE_SASL__USERNAME: 'u', SLUICE_SASL__PASSWORD: SECRET };
  const cases: readonly (readonly [Record<string, string>, string])[] = [
    [{ SLUICE_KEY: ' '.repeat(40) }, 'key'],
    [{ SLUICE_KEY: `a${'\n'.repeat(40)}` }, 'key'],
    [{ SLUICE_BROKERS: 'a:1,b:99999' }, 'brokers'],
    [{ SLUICE_BROKERS: 'a:0' }, 'brokers'],
    [{ SLUICE_METRICS_PORT: '65536' }, 'metricsPort'],
    [{ SLUICE_ACCEPT_GAP: 'a/0:9-3' }, 'acceptGap'],
    [{ SLUICE_ACCEPT_GAP: 'a/0:9-9' }, 'acceptGap'],
    [{ SLUICE_GROUP: 'a\nb' }, 'group'],
    [{ SLUICE_TENANT: '  ' }, 'tenant'],
    [{ ...production, SLUICE_THREADS: '0' }, 'threads'],
    [{ ...production, ...sasl }, 'tls'],
  ];
  for (const [env, subject] of cases) {
    assert.throws(
      () => read(env),
      (error: Error & { code: string }) => error.code === 'SETTING_INVALID' && error.message.includes(`(${subject}`),
      JSON.stringify(env),
    );
  }
  assert.throws(() => read({}, {}, fileOf('none.yaml', 'topics: {inputs: {}}\n')), { code: 'SETTING_INVALID' });
  assert.equal(read({ ...production, ...sasl, SLUICE_TLS: 'true' }).production, true);
  assert.deepEqual(read({ SLUICE_BROKERS: '[::1]:9092' }).brokers, ['[::1]:9092']);
});

test('flags that would do nothing are refused', () => {
  const refused: readonly (readonly [RunValues, readonly string[]])[] = [
    [{ demo: true, stdio: true }, []],
    [{ demo: true }, ['a:1']],
    [{ stdio: true }, ['a:1']],
    [{ once: true }, ['a:1']],
    [{ once: true, stdio: true }, []],
    [{ once: true, demo: true }, []],
    [{ seconds: '3' }, ['a:1']],
    [{ seconds: '3' }, []],
    [{ surface: 'output' }, []],
    [{ journal: 'j' }, ['a:1']],
    [{ partitions: '2' }, ['a:1']],
    [{ 'accept-gap': 'a/0:1-2' }, []],
    [{ group: 'g' }, []],
    [{ delivery: 'at-least-once' }, []],
  ];
  for (const [values, brokers] of refused)
    assert.throws(() => refuseConflicts(values, { brokers: [...brokers] }), Failed, JSON.stringify(values));
  for (const values of [
    { demo: true, seconds: '3', journal: 'j' },
    { once: true, journal: 'j' },
    { stdio: true },
    { stdio: true, surface: 'output' },
  ] as const)
    refuseConflicts(values, { brokers: [] });
  refuseConflicts({ brokers: 'a:1', group: 'g', 'accept-gap': 'a/0:1-2' }, { brokers: ['a:1'] });
});

test('a pipe says what its messages are by a word that is known', () => {
  assert.deepEqual([surfaceOf({}), surfaceOf({ surface: 'tool_call' })], ['prompt', 'tool_call']);
  assert.throws(() => surfaceOf({ surface: 'outputs' }), Failed);
});

test('secrets come from files too, and are masked', () => {
  const secret = fileOf('secret', `${SECRET}\n`);
  const env = {
    SLUICE_KEY_FILE: secret,
    SLUICE_SASL__MECHANISM: 'scram-sha-512',
    SLUICE_SASL__USERNAME: 'sluice',
    SLUICE_SASL__PASSWORD_FILE: secret,
  };
  const settings = read(env);
  assert.equal(settings.key, SECRET);
  assert.equal(settings.sasl?.password, SECRET);
  const shown = JSON.stringify(masked(settings));
  assert.ok(!shown.includes(SECRET));
  assert.ok(shown.includes('"username":"sluice"'));
  assert.equal(read({}, {}, fileOf('k.yaml', `keyFile: ${secret}\n`)).key, SECRET);
});

test('a cluster has to be given a key; the journal makes itself one and keeps it', () => {
  assert.throws(() => keysOf(read({ SLUICE_BROKERS: 'a:1' })), { code: 'KEY_MISSING' });
  const settings = read({ SLUICE_JOURNAL: join(folder, 'journal') });
  assert.deepEqual(keysOf(settings), keysOf(settings));
  const { references, quarantine } = keysOf(settings);
  assert.notDeepEqual(references, quarantine);
});

test('two topics of one name are refused', () => {
  assert.throws(() => topicsOf(read({}, {}, fileOf('t.yaml', 'topics: {audit: phi.incidents}\n'))), {
    code: 'SETTING_INVALID',
  });
  assert.throws(() => topicsOf(read({}, {}, fileOf('u.yaml', 'topics: {inputs: {a: prompt, a.redacted: output}}\n'))), {
    code: 'SETTING_INVALID',
  });
});
