/** What has the form of a VIN, and where one begins in a token that a form ran together. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gluedVin, isVin, isVinForm } from '../../detectors/kit/vehicle/vin.js';

const units = (text: string): Uint16Array => Uint16Array.from([...text, '\0'], (sign) => sign.charCodeAt(0));
const judge = (text: string, read: (text: Uint16Array, from: number, to: number) => boolean): boolean =>
  read(units(text), 0, text.length);

test('a VIN proves itself by its check digit', () => {
  assert.ok(judge('1M8GDM9AXKP042788', isVin));
  assert.ok(!judge('1M8GDM9A1KP042788', isVin));
});

test('a VIN has neither I, O nor Q, and ends in digits', () => {
  assert.ok(judge('1M8GDM9A1KP042788', isVinForm));
  assert.ok(!judge('1M8GDM9O1KP042788', isVinForm));
  assert.ok(!judge('1M8GDM9A1KP04278A', isVinForm));
  assert.ok(!judge('12345678901234567', isVinForm));
});

test('a VIN is found behind the label that it hangs on to', () => {
  const text = 'VIN1M8GDM9AXKP042788YR';
  assert.equal(gluedVin(units(text), 0, text.length), 3);
  assert.equal(gluedVin(units('VINCRISTINE'), 0, 11), 0);
});
