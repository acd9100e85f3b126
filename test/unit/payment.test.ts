/** Ranges of card issuers and forms of wallets. All numbers are published samples. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isIssued, isWallet } from '../../detectors/kit/code/payment.js';

const units = (text: string): Uint16Array => Uint16Array.from(text, (sign) => sign.charCodeAt(0));
const issued = (text: string): boolean => isIssued(units(text), 0, text.length);
const wallet = (text: string): boolean => isWallet(units(text), 0, text.length);

describe('payment', () => {
  it('knows the networks by first digits and length', () => {
    for (const card of [
      '4111111111111111',
      '5555555555554444',
      '378282246310005',
      '6011111111111117',
      '30569309025904',
      '3530111333300000',
    ])
      assert.ok(issued(card), card);
  });
  it('knows no other', () => {
    for (const card of ['1111111111111111', '411111111111111', '9999999999999995', '37828224631000'])
      assert.ok(!issued(card), card);
  });
  it('knows wallets by their alphabets', () => {
    for (const address of [
      '1BoatSLRHtKNngkdXEeobR76b53LETtpyT',
      'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq',
      `0x${'52908400098527886E0F7030069857D2E4169EE7'}`,
    ])
      assert.ok(wallet(address), address);
  });
  it('takes no other long word for one', () => {
    for (const text of [
      '1boatslrhtknngkdxeeobr76b53letpyt',
      '1BoatSLRHtKNngkdXEeobR76b53LETtpy0',
      '2BoatSLRHtKNngkdXEeobR76b53LETtpyT',
      `0x${'5'.repeat(39)}`,
    ])
      assert.ok(!wallet(text), text);
  });
});
