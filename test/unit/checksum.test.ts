/** Published examples of each check digit, and the same with one digit changed. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aba, dea, gtin, iban, luhn, mod43, mod97, npi, vin } from '../../detectors/kit/code/checksum.js';

type Check = (units: Uint16Array, from: number, to: number) => boolean;

/** Runs a check over a string that stands in the middle of other text. */
const check = (test: Check, code: string): boolean => {
  const units = Uint16Array.from(`9${code}9`, (sign) => sign.charCodeAt(0));
  return test(units, 1, units.length - 1);
};

const cases: readonly [string, Check, readonly string[], readonly string[]][] = [
  ['luhn', luhn, ['4111 1111 1111 1111', '490154203237518', '79927398713'], ['4111111111111112', '0000', '41a1', '5']],
  ['npi', npi, ['1234567893', '1245319599'], ['1234567890', '3234567893', '123456789']],
  ['dea', dea, ['AB1234563', 'F91234563', 'ab1234563'], ['AB1234567', 'IB1234563', 'AB12345', 'AB12345631']],
  ['aba', aba, ['011000015', '021000021', '0710-0001-3'], ['021000022', '500000005', '02100002']],
  [
    'iban',
    iban,
    ['GB82 WEST 1234 5698 7654 32', 'DE89370400440532013000'],
    ['GB82WEST12345698765433', '1282WEST1234569876'],
  ],
  [
    'vin',
    vin,
    ['1M8GDM9AXKP042788', '11111111111111111', '1HGBH41JXMN109186'],
    ['1M8GDM9AXKP042789', '1O8GDM9AXKP042788', '1M8GDM9AXKP04278'],
  ],
  [
    'gtin',
    gtin,
    ['51022222233336', '4006381333931', '036000291452', '73513537'],
    ['51022222233337', '5102222223333A', '12345'],
  ],
  ['mod43', mod43, ['+A123BJC5D6E71G', '+H124ABCD01234/$$052021X1P'], ['+A123BJC5D6E71H', '+', 'a_b']],
];

describe('checksum', () => {
  for (const [name, test, right, wrong] of cases) {
    it(`${name} holds`, () => {
      for (const code of right) assert.equal(check(test, code), true, code);
    });
    it(`${name} fails`, () => {
      for (const code of wrong) assert.equal(check(test, code), false, code);
    });
  }

  it('mod97 leaves the remainder of the digits', () => {
    const units = Uint16Array.from('12345678901234', (sign) => sign.charCodeAt(0));
    assert.equal(mod97(units, 0, units.length), Number(12345678901234n % 97n));
  });
});
