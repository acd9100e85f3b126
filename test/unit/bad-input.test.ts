/** Hostile and broken input: a verdict or a coded error, in time, and nothing of the input in any message. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine, SluiceError } from '../../src/index.js';
import { textUnitsMax } from '../../src/limits.js';

const engine = createEngine();
const CANARY = 'MRN: 00482913';
/** Generous for a busy machine; each of these takes well under a second on a quiet one. */
const MS_MAX = 10_000;

const INPUTS: [string, () => string][] = [
  ['lone surrogates', () => `\ud800 ${CANARY} \udc00`],
  ['NUL bytes', () => `\u0000${CANARY}\u0000`],
  ['a NUL behind each letter, as in UTF-16', () => [...`Pt Maya Ostrow, ${CANARY}`].join('\u0000')],
  ['a NUL before each letter of an odd length', () => [...`Pt. ${CANARY}`].map((c) => `\u0000${c}`).join('')],
  ['a backspace in a number', () => CANARY.replace('00482', '004\u000882')],
  ['noncharacters', () => `\uffff\ufffe ${CANARY} \uffff`],
  ['byte order mark', () => `\ufeff${CANARY}`],
  ['10 MB on one line', () => `${'lorem ipsum '.repeat(870_000)}${CANARY}`],
  ['10 MB in one word', () => `${'a'.repeat(10_000_000)} ${CANARY}`],
  ['10 MB of digits', () => `${'7'.repeat(10_000_000)} ${CANARY}`],
  ['a million combining marks', () => `e${'\u0301'.repeat(1_000_000)} ${CANARY}`],
  ['a million zero-width characters', () => `${'\u200b'.repeat(1_000_000)} ${CANARY}`],
  ['a million alternating marks', () => `${'e\u0323\u0301'.repeat(333_000)} ${CANARY}`],
  ['JSON 100,000 deep', () => `${'['.repeat(100_000)}"${CANARY}"${']'.repeat(100_000)}`],
  ['objects 100,000 deep', () => `${'{"a":'.repeat(100_000)}"${CANARY}"${'}'.repeat(100_000)}`],
  ['a number at every depth', () => `${'[1,'.repeat(50_000)}"${CANARY}"${']'.repeat(50_000)}`],
  ['unclosed JSON', () => `${'[{"a":'.repeat(50_000)} "${CANARY}"`],
  [
    'JSON in JSON in JSON',
    () =>
      [1, 2, 3, 4, 5, 6].reduce((inner) => JSON.stringify({ arguments: inner }), JSON.stringify({ mrn: '00482913' })),
  ],
  [
    '100,000 members',
    () => `{${Array.from({ length: 100_000 }, (_, i) => `"k${i}":${i}`).join(',')},"mrn":"00482913"}`,
  ],
  ['100,000 designations', () => `{${'"type":"MRN",'.repeat(100_000)}"value":"00482913"}`],
  ['control characters', () => `${Array.from({ length: 32 }, (_, i) => String.fromCharCode(i)).join('')}${CANARY}`],
];

describe('a verdict, in time', () => {
  for (const [name, make] of INPUTS)
    it(name, () => {
      const text = make();
      const start = performance.now();
      const { content, findings } = engine.redact(text);
      assert.ok(performance.now() - start < MS_MAX);
      assert.ok(
        findings.some(({ rule }) => rule === 'mrn.label'),
        'the identifier was missed',
      );
      assert.ok(!content.replace(/[\0\b]/g, '').includes('00482913'));
    });
});

describe('a coded error, without the input', () => {
  const refused = (work: () => unknown, code: string) =>
    assert.throws(work, (error: unknown) => {
      assert.ok(error instanceof SluiceError);
      assert.equal(error.code, code);
      assert.ok(!`${error.message} ${error.stack} ${String(error.cause)}`.includes('00482913'));
      return true;
    });

  it('too large', () => refused(() => engine.scan(`${CANARY}${' '.repeat(textUnitsMax)}`), 'INPUT_TOO_LARGE'));
  it('JSON deeper than the bound', () =>
    refused(() => engine.scan(`${'['.repeat(300_000)}${']'.repeat(300_000)}`), 'JSON_TOO_DEEP'));
  it('an object deeper than JSON can be written', () => {
    let value: unknown = CANARY;
    for (let i = 0; i < 100_000; i++) value = [value];
    refused(() => engine.scan(value as string[]), 'JSON_TOO_DEEP');
  });
  it('a cycle, a function, undefined, a bigint', () => {
    const cycle: unknown[] = [CANARY];
    cycle.push(cycle);
    for (const value of [cycle, () => CANARY, undefined, [10n]])
      refused(() => engine.scan(value as string[]), 'OPTION_INVALID');
  });
  it('a detector that throws what it read', () => {
    const broken = createEngine({
      detectors: [
        {
          category: 'mrn',
          citation: '',
          rules: [],
          anchors: { shapes: -1 },
          read: () => {
            throw new Error(CANARY);
          },
        },
      ],
    });
    refused(() => broken.scan(CANARY), 'ENGINE_FAILED');
  });
  it('an engine still works after it has failed', () => {
    assert.throws(() => engine.scan('x'.repeat(textUnitsMax + 1)));
    assert.equal(engine.redact(CANARY).content, 'MRN: [MRN-1]');
  });
});
