/** The numbering plan's codes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isNanpCode, isNanpNumber, isTollFree } from '../../detectors/kit/phone/nanp.js';

const units = (text: string): Uint16Array => Uint16Array.from(text, (sign) => sign.charCodeAt(0));

describe('nanp', () => {
  it('admits codes from 200 and refuses service codes', () => {
    for (const code of ['200', '617', '999', '212']) assert.ok(isNanpCode(units(code), 0), code);
    for (const code of ['017', '117', '411', '911']) assert.ok(!isNanpCode(units(code), 0), code);
  });
  it('judges both codes of a number', () => {
    assert.ok(isNanpNumber(units('6175550142'), 0));
    assert.ok(!isNanpNumber(units('6171550142'), 0));
    assert.ok(!isNanpNumber(units('9115550142'), 0));
  });
  it('knows the toll-free codes', () => {
    for (const code of ['800', '833', '844', '855', '866', '877', '888']) assert.ok(isTollFree(units(code), 0), code);
    for (const code of ['801', '811', '822', '899', '700']) assert.ok(!isTollFree(units(code), 0), code);
  });
});
