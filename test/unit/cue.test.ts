/** Whose code a code is by the words around it, seen through the engine with one toy detector per category asked for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ALNUM, Cue, type Detector, DIGITS, Gap, type Rule } from '../../detectors/contract.js';
import { isCued } from '../../detectors/kit/code/cued.js';
import { claimed } from '../../detectors/kit/code/id-code.js';
import { createEngine } from '../../src/index.js';

const names: Readonly<Record<number, string>> = {
  [Cue.Ssn]: 'ssn',
  [Cue.Mrn]: 'mrn',
  [Cue.HealthPlan]: 'plan',
  [Cue.Account]: 'account',
  [Cue.License]: 'license',
  [Cue.OtherId]: 'other',
};
const rules: Readonly<Record<number, Rule>> = Object.fromEntries(
  Object.entries(names).map(([cue, kind]) => [cue, { name: `mrn.${kind}`, kind, confidence: 0.9, about: 'A test' }]),
);
const toy: Detector<'mrn'> = {
  category: 'mrn',
  citation: '',
  rules: Object.values(rules),
  anchors: { shapes: DIGITS | ALNUM, gaps: 1 << Gap.Hyphen },
  read(doc, at, emit) {
    for (let cue = Cue.Ssn; cue <= Cue.OtherId; cue++)
      if (isCued(doc, at, cue)) emit(claimed.start, claimed.end, rules[cue]);
  },
};
const engine = createEngine({ detectors: [toy] });
const cues = (text: string): string[] =>
  engine.scan(text).findings.map(({ start, end, kind }) => `${kind} ${text.slice(start, end)}`);

describe('cue', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['the number printed on her insurance card is XQH882019', ['account XQH882019']],
    ['the number on the front of her policy is XQH882019', ['plan XQH882019']],
    ['enrolled, member W204881937 01', ['plan W204881937 01']],
    ['4402918 (trial id)', ['other 4402918']],
    ['77-20193 is the account on my bill', ['account 77-20193']],
    ['MRN ending in 4402', ['mrn 4402']],
    ['card on file ending in 4402', ['account 4402']],
    ['claims 2203918A, 2203918B and 2203921A', ['account 2203918A', 'account 2203918B', 'account 2203921A']],
    ['furnishing number 2203918', ['other 2203918']],
    ['licence RPH 448820', ['license RPH 448820']],
    ['REF*1L*7720993A~', ['plan 7720993A']],
    ['see\nIN1|1|PPO|0042|ACME||||GR88201', ['plan GR88201']],
    ['part number 418-62-709', []],
    ['number of claims: 10293', []],
    ['licence for 10293 users', []],
    ['glucose 110 mg/dL (70-110)', []],
    ['trial NCT02720449', []],
    ['member since 20240102', []],
    ['call the member at 555-0142', []],
    ['order J3490', []],
    ['member, then nothing. 4402918 doses', []],
    ['member [NAME-1] 4402918', []],
  ];
  for (const [text, wanted] of cases) it(text, () => assert.deepEqual(cues(text), wanted));
});
