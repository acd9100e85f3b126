/** The SDK, inline and pooled, the journal and the pipe judge one table of messages alike. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Answer, DECIDING, ENGINE_CASES, type FaceCase, POLICY_CASES } from './cases.js';
import { askJournal, askPipe, askShield, type Deciding, type Setting, withSetting } from './faces.js';

type Face = (cases: readonly FaceCase[], setting: Setting) => Promise<Answer[]> | Answer[];

const FACES: Readonly<Record<string, Face>> = {
  'the SDK': askShield,
  'the SDK with a thread': (cases, setting) => askShield(cases, setting, 1),
  'the journal': askJournal,
  'the pipe': askPipe,
};

const TABLES: Readonly<Record<string, readonly [Deciding, readonly FaceCase[]]>> = {
  'without a policy': [{}, ENGINE_CASES],
  'by the healthcare policy': [DECIDING, POLICY_CASES],
};

for (const [name, face] of Object.entries(FACES)) {
  for (const [table, [deciding, cases]] of Object.entries(TABLES)) {
    test(`${name} judges ${table} as the table says`, () =>
      withSetting(deciding, async (setting) => {
        const answers = await face(cases, setting);
        cases.forEach((one, i) => void assert.deepEqual(answers[i], one.answer, `${one.surface}: ${one.name}`));
        assert.equal(answers.length, cases.length);
      }));
  }
}
