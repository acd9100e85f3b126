/** The policy language: what compiles to what, and what is refused, where and with which suggestion. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { loadPolicy, type PolicySettings } from '../../src/policy/load.js';
import { PolicyError } from '../../src/policy/problem.js';

const SETTINGS: PolicySettings = { messageBytesMax: 1 << 20, tenant: 'default', referenceKey: new Uint8Array(32) };
const HEALTHCARE = readFileSync(
  fileURLToPath(new URL('../../../fixtures/policies/valid/healthcare.yaml', import.meta.url)),
  'utf8',
);
const WITHOUT: PolicySettings = { ...SETTINGS, without: ['clinical_safety'] };

function refusal(text: string, settings = WITHOUT) {
  try {
    loadPolicy(text, settings);
  } catch (error) {
    assert.ok(error instanceof PolicyError);
    return error.problems[0];
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
  assert.ok(tool.careRelationship && tool.samePatient);
  assert.ok(authorization.identityVerification && !authorization.consent);
});

test('a scanner that is not built is refused by name unless one goes without it aloud', () => {
  assert.deepEqual(refusal(HEALTHCARE, SETTINGS), {
    code: 'scanner-not-built',
    line: 43,
    column: 14,
    path: 'rules[2].scanner',
    hint: '--without clinical_safety',
  });
});

test('a misspelt key is refused where it stands, and the right one is named', () => {
  const { code, line, column, hint } = refusal(HEALTHCARE.replace('scope_by_task', 'scopeByTask'));
  assert.deepEqual(
    { code, line, column, hint },
    { code: 'key-unknown', line: 26, column: 7, hint: 'did you mean scope_by_task?' },
  );
});
