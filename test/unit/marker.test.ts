/** Marks of texts in parts: what they hang on is the text and the key, not the parts; and both halves say something. */
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { Marker } from '../../src/fingerprint/marker.js';
import { SipHash } from '../../src/fingerprint/siphash.js';
import { KEY } from '../kit/tasks.js';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** From the definition: each half a SipHash of the whole text, under its half of a key that is made from the key. */
function theirs(key: Uint8Array, text: string): string {
  const keys = createHmac('sha256', key).update('sluice marks\0').digest();
  const half = (of: Uint8Array): string => {
    const hash = new SipHash(of);
    hash.bytes(Buffer.from(text));
    return [hash.high, hash.low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  };
  return half(keys.subarray(0, 16)) + half(keys.subarray(16));
}

test('any text in any parts has the mark of the whole', () => {
  const marker = new Marker(KEY);
  const parts = fc.array(fc.string({ unit: 'grapheme', maxLength: 700 }), { maxLength: 6 });
  fc.assert(
    fc.property(parts, fc.nat(), (all, number) => {
      marker.begin();
      for (const part of all) marker.add(part);
      const mark = hex(marker.addWhole(number).end());
      assert.equal(mark, theirs(KEY, all.join('') + String(number)));
      assert.equal(
        hex(
          marker
            .begin()
            .add(`${all.join('')}${number}`)
            .end(),
        ),
        mark,
      );
    }),
  );
});

test('another key makes another mark, in both halves', () => {
  const [one, other] = [KEY, Buffer.alloc(32, 7)].map((key) => hex(new Marker(key).begin().add('a').end()));
  assert.notEqual(one.slice(0, 16), other.slice(0, 16));
  assert.notEqual(one.slice(16), other.slice(16));
  assert.notEqual(one.slice(0, 16), one.slice(16));
});
