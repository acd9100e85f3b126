/** The three forms of a UDI with the examples that their agencies publish, and where each ends within a text. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bareGs1End, gs1End, hibccEnd, iccbbaEnd, isBareGs1, isSureHibcc } from '../../detectors/kit/device/udi.js';

const units = (text: string): Uint16Array => Uint16Array.from(`${text}\0`, (sign) => sign.charCodeAt(0));
const read = (reader: (text: Uint16Array, from: number, length: number) => number, text: string): string => {
  const end = reader(units(text), 0, text.length);
  return end < 0 ? '' : text.slice(0, end);
};

describe('udi', () => {
  it('reads GS1 with brackets to its end', () => {
    const udi = '(01)51022222233336(11)141231(17)150707(10)A213B1(21)1234';
    assert.equal(read(gs1End, `${udi}, left knee`), udi);
    assert.equal(read(gs1End, `${udi}.`), udi);
    assert.equal(read(gs1End, '(01) 51022222233336 (21) 1234 placed'), '(01) 51022222233336 (21) 1234');
    assert.equal(read(gs1End, '(a) first'), '');
  });

  it('reads GS1 without brackets', () => {
    const udi = '0151022222233336111412311715070710A213B1\u001d211234';
    assert.equal(isBareGs1(units(udi), 0, udi.length), true);
    assert.equal(read(bareGs1End, `${udi}; next`), udi);
    assert.equal(isBareGs1(units('0151022222233337'), 0, 16), false);
  });

  it('reads HIBCC and proves it', () => {
    assert.equal(read(hibccEnd, '+A123BJC5D6E71G was scanned'), '+A123BJC5D6E71G');
    assert.equal(isSureHibcc(units('+A123BJC5D6E71G'), 0, 15), true);
    assert.equal(isSureHibcc(units('+A123BJC5D6E71H'), 0, 15), false);
    assert.equal(read(hibccEnd, '+44 20 7946'), '');
  });

  it('reads ICCBBA', () => {
    const udi = '=/A9999XYZ100T0944=,000025=>014032=}013032&,1000000000000XYZ123';
    assert.equal(read(iccbbaEnd, `${udi} ok`), udi);
    assert.equal(read(iccbbaEnd, '=/a'), '');
  });
});
