/** Where base64 ends: at the first foreign sign, behind its padding, over wrapped lines, and never into prose. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { base64End, isBase64Start } from '../../detectors/kit/photo/base64.js';

const units = (text: string): Uint16Array => Uint16Array.from(`${text}\0`, (sign) => sign.charCodeAt(0));
const read = (text: string): string => text.slice(0, base64End(units(text), 0, text.length));
const line = 'iVBORw0KGgo/AAAA'.repeat(4);

it('base64 ends at a foreign sign and keeps its padding', () => {
  assert.equal(read('AAAA/+BB==, and more'), 'AAAA/+BB==');
  assert.equal(read('AAAA- then'), 'AAAA');
});

it('base64 goes on over wrapped lines only', () => {
  assert.equal(read(`${line}\n${line}\nAA==\n`), `${line}\n${line}\nAA==`);
  assert.equal(read(`${line}\r\nAA==`), `${line}\r\nAA==`);
  assert.equal(read('AAAA\nBBBB'), 'AAAA');
  assert.equal(read(`${line}\nThe patient`), line);
});

it('a run begins once', () => {
  const text = units(`x ${line}\n${line}`);
  assert.equal(isBase64Start(text, 2), true);
  assert.equal(isBase64Start(text, 3), false);
  assert.equal(isBase64Start(text, 2 + line.length + 1), false);
});
