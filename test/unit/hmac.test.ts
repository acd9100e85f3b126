/** The keyed hash behind references is HMAC-SHA-256 as the system's library makes it, for keys and texts of any length. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Hmac } from '../../src/fingerprint/hmac.js';

const theirs = (key: Uint8Array, text: string | Uint8Array): string =>
  createHmac('sha256', key).update(text).digest('hex');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('a text of every length about the ends of blocks, and about the end of what is kept for short ones', () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
  const hmac = new Hmac(key);
  const lengths = [
    ...Array.from({ length: 200 }, (_, i) => i),
    ...Array.from({ length: 100 }, (_, i) => 900 + i),
    5000,
  ];
  for (const length of lengths) {
    const text = 'abcdefghij'.repeat(Math.ceil(length / 10)).slice(0, length);
    assert.equal(hex(hmac.text(text)), theirs(key, text), `${length}`);
  }
});

test('any key, any text, in any order, as text and as bytes', () => {
  const keys = fc.uint8Array({ minLength: 1, maxLength: 200 });
  const texts = fc.array(fc.string({ unit: 'binary', maxLength: 1200 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(keys, texts, (key, all) => {
      const hmac = new Hmac(key);
      for (const text of all) {
        assert.equal(hex(hmac.text(text)), theirs(key, text));
        assert.equal(hex(hmac.bytes(Buffer.from(text))), theirs(key, text));
      }
    }),
  );
});
