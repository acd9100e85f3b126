/** What each redaction style writes, and what it must not leave. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createEngine, SluiceError, type Style } from '../../src/index.js';

const now = () => new Date('2026-01-15');
const key = 'sixteen bytes at least';
const redact = (text: string, style: Style, tenant = '') =>
  createEngine({ now, style, key }).redact(text, { tenant }).content;

describe('label', () => {
  it('numbers distinct values, and gives one value one number however it is written', () => {
    assert.equal(
      redact('MRN: 00482913. Other MRN: 00-771203. Again MRN 00-482913.', 'label'),
      'MRN: [MRN-1]. Other MRN: [MRN-2]. Again MRN [MRN-1].',
    );
  });

  it('starts anew with each message', () => {
    const engine = createEngine();
    assert.equal(engine.redact('MRN: 00482913').content, engine.redact('MRN: 00771203').content);
  });

  it('recognises exactly its own two forms as redacted', () => {
    const engine = createEngine();
    assert.deepEqual(engine.scan('MRN: [MRN-1] and [MRN:ABCDEFGHIJKLMNOP]').findings, []);
    for (const forged of ['MRN: [MRN-00482913]', 'MRN: [MRNX-00482913]', 'MRN: [MRN:00482913]'])
      assert.equal(engine.scan(forged).findings.length, 1, forged);
  });
});

describe('mask', () => {
  it('keeps the length and nothing else', () => {
    assert.equal(redact('MRN: 00-482913 stays', 'mask'), 'MRN: ********* stays');
  });
});

describe('hash', () => {
  it('is stable within a tenant, differs between tenants and between keys', () => {
    const one = redact('MRN: 00482913', 'hash', 'a');
    assert.match(one, /^MRN: \[MRN:[A-Z2-7]{16}\]$/);
    assert.equal(one, redact('MRN: 00-482913', 'hash', 'a'));
    assert.notEqual(one, redact('MRN: 00482913', 'hash', 'b'));
    assert.notEqual(
      one,
      createEngine({ style: 'hash', key: 'another key of sixteen' }).redact('MRN: 00482913', { tenant: 'a' }).content,
    );
  });

  it('refuses to work without a key, or with a short one', () => {
    const refused = (code: string) => (error: unknown) => error instanceof SluiceError && error.code === code;
    assert.throws(() => createEngine({ style: 'hash' }).redact('MRN: 00482913'), refused('KEY_MISSING'));
    assert.throws(
      () => createEngine({ style: 'hash', key: 'short' }).redact('MRN: 00482913'),
      refused('KEY_TOO_SHORT'),
    );
  });
});

describe('safe-harbor', () => {
  const cases: [string, string][] = [
    ['Seen on 03/14/2024 for cough.', 'Seen on 2024 for cough.'],
    ['DOB: 02/21/1992', 'DOB: 1992'],
    ['DOB: 02/21/1931', 'DOB: [DATE-1]'],
    ['The patient is a 94-year-old woman.', 'The patient is a 90+-year-old woman.'],
    ['ZIP code: 02139', 'ZIP code: 021'],
    ['ZIP code: 03601', 'ZIP code: 000'],
    ['ZIP code: 02139-4307', 'ZIP code: 021'],
    ['MRN: 00482913', 'MRN: [MRN-1]'],
  ];
  for (const [text, wanted] of cases) it(text, () => assert.equal(redact(text, 'safe-harbor'), wanted));
});

it('an unknown style is refused', () => {
  assert.throws(() => createEngine({ style: 'none' as Style }), SluiceError);
});
