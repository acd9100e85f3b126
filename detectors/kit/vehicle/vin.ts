/**
 * Vehicle identification numbers (49 CFR 565, ISO 3779): seventeen characters without I, O and Q, the ninth a check digit in
 * North America. Vehicles before 1981, engines and boats have shorter ones.
 */
import { type Doc, Gap, LETTERS, Shape } from '../../contract.js';
import { vin as checkDigitHolds } from '../code/checksum.js';
import { digitsIn, hasDigit, lengthOf } from '../read.js';
import { isDigitUnit } from '../units.js';

export const VIN_LENGTH = 17;
const VIN_SHORTEST = 11;
/** The last four of every VIN are digits. */
const TAIL_DIGITS = 4;
const LETTERS_OF_VIN = 'VIN';

/** Whether seventeen characters have the form of a VIN and its check digit holds. */
export function isVin(text: Uint16Array, from: number, to: number): boolean {
  return isVinForm(text, from, to) && checkDigitHolds(text, from, to);
}

/** Enough letters and digits: a hash of seventeen hexadecimal digits passes the check digit now and then. */
export function isVinForm(text: Uint16Array, from: number, to: number): boolean {
  let digits = 0;
  for (let i = from; i < to; i++) {
    const unit = text[i] & 0xdf;
    if (isDigitUnit(text[i])) digits++;
    else if (i >= to - TAIL_DIGITS || unit === 0x49 || unit === 0x4f || unit === 0x51) return false;
  }
  return digits >= 5 && digits < VIN_LENGTH;
}

/** Where the VIN begins in a token that a form ran together with its label: VIN1HG…; else 0. */
export function gluedVin(text: Uint16Array, from: number, to: number): number {
  for (let i = 0; i < LETTERS_OF_VIN.length; i++)
    if ((text[from + i] & 0xdf) !== LETTERS_OF_VIN.charCodeAt(i)) return 0;
  const begin = from + LETTERS_OF_VIN.length;
  return to - begin >= VIN_LENGTH && isVin(text, begin, begin + VIN_LENGTH) ? begin : 0;
}

/** Last token of a VIN behind its label: one token, or groups with blanks or hyphens, 11 to 17 characters in all; else -1. */
export function vinEnd(doc: Doc, from: number): number {
  let size = 0;
  let digits = 0;
  let whole = -1;
  for (let t = from; t < doc.count && t - from < VIN_LENGTH; t++) {
    const gap = doc.gap[t];
    if (doc.shape[t] === Shape.Redacted || (t > from && gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.None))
      break;
    size += lengthOf(doc, t);
    if (hasDigit(doc, t)) digits += digitsIn(doc, t);
    if (size > VIN_LENGTH + 1) break;
    if (size >= VIN_SHORTEST && digits > 3 && (t === from || size === VIN_LENGTH)) whole = t;
    if (size >= VIN_LENGTH) break;
    if (((1 << doc.shape[t]) & LETTERS) !== 0 && doc.shape[t] !== Shape.Upper && doc.shape[t] !== Shape.UpperOne) break;
  }
  return whole;
}
