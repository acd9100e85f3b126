/** The policy language: what compiles to what, and what is refused, where and with which suggestion. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compare } from '../../src/policy/compare.js';
import { loadPolicy, type PolicySettings } from '../../src/policy/load.js';
import { ruleOf, rulesOf } from '../../src/policy/plan.js';
import { PolicyError } from '../../src/policy/problem.js';

const root = new URL('../../../fixtures/policies/', import.meta.url);
const read = (name: string): string => readFileSync(fileURLToPath(new URL(name, root)), 'utf8');

const SETTINGS: PolicySettings = { messageBytesMax: 1 << 20, tenant: 'default', referenceKey: new Uint8Array(32) };
const WITHOUT: PolicySettings = { ...SETTINGS, without: ['clinical_safety'] };
const HEALTHCARE = read('valid/healthcare.yaml');
const NORTH = read('tenants/north.yaml');

function refusals(text: string | Uint8Array, settings = WITHOUT) {
  try {
    loadPolicy(text, settings);
  } catch (error) {
    assert.ok(error instanceof PolicyError);
    assert.ok(error.problems.length > 0);
    return error.problems;
  }
  return assert.fail('it was taken');
}

test('the healthcare policy compiles as it is printed', () => {
  const { rules, without, undetected } = loadPolicy(HEALTHCARE, WITHOUT);
  assert.deepEqual(without, ['clinical_safety']);
  assert.deepEqual(undetected, ['diagnosis', 'lab_results', 'medication']);
  const [pii, tool, authorization] = rules;
  assert.ok(pii.scanner === 'pii' && tool.scanner === 'tool_call' && authorization.scanner === 'authorization');
  assert.equal(pii.applies, 'unauthorized');
  assert.equal(pii.crossPatient, true);
  assert.deepEqual(pii.select[0], { category: 'name', kinds: ['patient', 'unknown'] });
  assert.deepEqual(tool.scopeByTask?.billing, ['demographics', 'insurance', 'procedure_codes']);
  assert.ok(tool.careRelationship && tool.samePatient && tool.wildcards && tool.duplicates);
  assert.ok(authorization.identityVerification && !authorization.consent);
});

test('every form of the language compiles to what it says', () => {
  const { name, style, confidenceMin, otherwise, rules } = loadPolicy(read('valid/small.yaml'), SETTINGS);
  assert.deepEqual([name, style, confidenceMin, otherwise], ['small', 'hash', 0.6, 'redact']);
  const [identifiers, reading, narrow] = rules;
  assert.ok(identifiers.scanner === 'pii' && reading.scanner === 'tool_call' && narrow.scanner === 'tool_call');
  assert.deepEqual(identifiers.when, {
    agents: ['portal-bot'],
    tasks: ['scheduling', 'billing'],
    environments: ['production'],
  });
  assert.deepEqual(identifiers.select, [
    { category: 'name', kinds: ['patient', 'unknown', 'clinician'] },
    { category: 'date', kinds: ['birth'] },
    { category: 'mrn' },
  ]);
  assert.deepEqual([identifiers.applies, identifiers.severity], ['any', 'medium']);
  assert.deepEqual(identifiers.perSurface, { output: 'block' });
  assert.deepEqual(
    [reading.verbs, reading.recordsMax, reading.wildcards, reading.samePatient],
    [['read'], 1, true, false],
  );
  assert.equal(reading.when?.unstated, 'passes');
  assert.deepEqual([narrow.narrow, narrow.duplicates, narrow.careRelationship], [true, false, true]);
});

for (const name of readdirSync(fileURLToPath(new URL('invalid/', root)))) {
  test(`refused: ${name}`, () => {
    const text = read(`invalid/${name}`);
    const [{ line, column, code, hint }] = refusals(text, SETTINGS);
    assert.equal(`${line}:${column} ${code}${hint === undefined ? '' : ` ${hint}`}`, text.split('\n')[0].slice(2));
  });
}

test('a scanner that is not built is refused by name unless one goes without it aloud', () => {
  assert.deepEqual(refusals(HEALTHCARE, SETTINGS), [
    {
      code: 'scanner-not-built',
      line: 43,
      column: 14,
      path: 'rules[2].scanner',
      hint: '--without clinical_safety',
    },
  ]);
});

test('all problems are told, in the order in which they stand there, and nothing of what stands there', () => {
  const text = HEALTHCARE.replace('scope_by_task', 'scope_by_taks')
    .replace('- diagnosis', '- 219-09-9999')
    .replace('scheduling:', 'Jane Sample:');
  const problems = refusals(text);
  assert.deepEqual(
    problems.map(({ code, line }) => [code, line]),
    [
      ['value-invalid', 13],
      ['key-unknown', 26],
    ],
  );
  assert.ok(!JSON.stringify(problems).includes('219-09-9999'));
  const [{ path }] = refusals(HEALTHCARE.replace('scheduling:', 'Jane Sample:'));
  assert.equal(path, 'rules[1].config.scope_by_task.*');
});

test('bytes that are no text, and too many of them, are refused', () => {
  assert.equal(refusals(Buffer.from([0x76, 0xff, 0xfe]))[0].code, 'not-utf8');
  assert.equal(refusals(`${HEALTHCARE}# ${'x'.repeat(256 * 1024)}`)[0].code, 'too-large');
});

test('the digest is of what the policy says, not of how it is written, and never of the key', () => {
  const { digest } = loadPolicy(HEALTHCARE, WITHOUT);
  const rewritten = HEALTHCARE.replaceAll('  - name', '  # what follows is a rule\n  - name').replace(/$/, '\n\n');
  assert.equal(loadPolicy(rewritten, WITHOUT).digest, digest);
  assert.equal(loadPolicy(HEALTHCARE, { ...WITHOUT, referenceKey: new Uint8Array(32).fill(1) }).digest, digest);
  assert.notEqual(loadPolicy(HEALTHCARE.replace('          - medications\n', ''), WITHOUT).digest, digest);
  assert.notEqual(loadPolicy(HEALTHCARE, { ...WITHOUT, overlays: [NORTH] }).digest, digest);
});

test('a tenant adds rules under its own name, and only for itself', () => {
  const plan = loadPolicy(HEALTHCARE, { ...WITHOUT, overlays: [NORTH] });
  const name = 'north/no-insurance-for-scheduling';
  assert.deepEqual(
    rulesOf(plan, 'north').map((rule) => rule.name),
    [...plan.rules.map((rule) => rule.name), name],
  );
  assert.equal(rulesOf(plan, 'south'), plan.rules);
  assert.equal(rulesOf(plan, 'constructor'), plan.rules);
  assert.equal(ruleOf(plan, name)?.severity, 'high');
  assert.equal(ruleOf(plan, 'south/no-insurance-for-scheduling'), undefined);
});

test('a tenant cannot say anything but rules, and not twice', () => {
  const settings = (...overlays: string[]): PolicySettings => ({ ...WITHOUT, overlays });
  const [problem] = refusals(HEALTHCARE, settings(NORTH, NORTH.replace('rules:', 'otherwise: allow\nrules:')));
  assert.deepEqual([problem.code, problem.line, problem.overlay], ['key-unknown', 5, 1]);
  assert.equal(refusals(HEALTHCARE, settings(NORTH, NORTH))[0].code, 'name-duplicate');
});

test('a comparison tells what may allow more from what cannot', () => {
  const plan = (text: string) => loadPolicy(text, WITHOUT);
  const told = (from: string, to: string) =>
    compare(plan(from), plan(to)).map(({ rule, what, allowsMore }) => `${allowsMore ? '!' : ' '} ${rule}: ${what}`);
  const looser = HEALTHCARE.replace('        scheduling:\n', '        scheduling:\n          - medications\n');
  assert.deepEqual(told(HEALTHCARE, looser), ['! enforce-minimum-necessary: now allowed: scheduling: medications']);
  assert.deepEqual(told(looser, HEALTHCARE), [
    '  enforce-minimum-necessary: no longer allowed: scheduling: medications',
  ]);
  assert.deepEqual(told(HEALTHCARE, HEALTHCARE), []);
  const everywhere = HEALTHCARE.replace('      tool_name: ehr_query\n', '');
  assert.deepEqual(told(HEALTHCARE, everywhere), [
    '  enforce-minimum-necessary: no longer: governs ehr_query',
    '  enforce-minimum-necessary: now: governs *',
  ]);
});
