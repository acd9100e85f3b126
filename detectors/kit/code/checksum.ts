/**
 * Check digits of the identifiers that have one. Each function reads `units[from..to)` of a document, passes over signs
 * and blanks within it ("4111 1111 …"), takes small letters for capitals, and says whether the check holds; a wrong
 * length or a foreign character makes it false. A check only ever raises confidence: what a label claims needs none.
 */

const SKIP = -1;

/** 0 to 9 for digits, 10 to 35 for letters, `SKIP` for everything else. */
function worthOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x7a && unit < 0x7b ? letter - 0x61 + 10 : SKIP;
}

/** How many letters and digits the range holds. */
function lengthIn(units: Uint16Array, from: number, to: number): number {
  let length = 0;
  for (let i = from; i < to; i++) if (worthOf(units[i]) !== SKIP) length++;
  return length;
}

/** Sum of the Luhn algorithm (ISO/IEC 7812-1, annex B), or -1 when there is a letter or fewer than two digits. */
function luhnSum(units: Uint16Array, from: number, to: number): number {
  let sum = 0;
  let digits = 0;
  for (let i = to - 1; i >= from; i--) {
    const value = worthOf(units[i]);
    if (value === SKIP) continue;
    if (value > 9) return -1;
    const doubled = digits++ & 1 ? 2 * value : value;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits < 2 ? -1 : sum;
}

/** Luhn: payment cards, IMEI, ICCID. All zeros fail. */
export function luhn(units: Uint16Array, from: number, to: number): boolean {
  const sum = luhnSum(units, from, to);
  return sum > 0 && sum % 10 === 0;
}

/** National Provider Identifier (45 CFR 162.406): ten digits, first 1 or 2, Luhn with the prefix 80840 (which adds 24). */
export function npi(units: Uint16Array, from: number, to: number): boolean {
  const first = firstValue(units, from, to);
  if ((first !== 1 && first !== 2) || lengthIn(units, from, to) !== 10) return false;
  const sum = luhnSum(units, from, to);
  return sum >= 0 && (sum + 24) % 10 === 0;
}

function firstValue(units: Uint16Array, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const value = worthOf(units[i]);
    if (value !== SKIP) return value;
  }
  return SKIP;
}

/** Registrant types that the DEA gives out: practitioners A B F G, mid-level M, distributors P R and so on. */
const DEA_TYPES = new Set([...'ABCDEFGHJKLMPRSTUX'].map((letter) => worthOf(letter.charCodeAt(0))));

/** DEA registration number: two letters (the second may be 9) and seven digits, (d1+d3+d5) + 2(d2+d4+d6) ends in d7. */
export function dea(units: Uint16Array, from: number, to: number): boolean {
  let place = 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const value = worthOf(units[i]);
    if (value === SKIP) continue;
    if (place === 0 && !DEA_TYPES.has(value)) return false;
    if (place === 1 && value < 9) return false;
    if (place > 1 && value > 9) return false;
    if (place === 8) return sum % 10 === value && isLastValue(units, i, to);
    if (place > 1) sum += place & 1 ? 2 * value : value;
    place++;
  }
  return false;
}

function isLastValue(units: Uint16Array, at: number, to: number): boolean {
  return firstValue(units, at + 1, to) === SKIP;
}

/** ABA routing number: nine digits, weights 3 7 1, and a prefix that the Federal Reserve has given out. */
export function aba(units: Uint16Array, from: number, to: number): boolean {
  let place = 0;
  let sum = 0;
  let prefix = 0;
  for (let i = from; i < to; i++) {
    const value = worthOf(units[i]);
    if (value === SKIP) continue;
    if (value > 9 || place > 8) return false;
    if (place < 2) prefix = prefix * 10 + value;
    sum += value * (place % 3 === 0 ? 3 : place % 3 === 1 ? 7 : 1);
    place++;
  }
  const given = prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix === 80;
  return place === 9 && sum > 0 && sum % 10 === 0 && given;
}

/** Remainder of the range by 97, letters counting 10 to 35 (ISO 7064, MOD 97-10). */
export function mod97(units: Uint16Array, from: number, to: number, start = 0): number {
  let rest = start;
  for (let i = from; i < to; i++) {
    const value = worthOf(units[i]);
    if (value === SKIP) continue;
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest;
}

/** IBAN (ISO 13616): two letters, two check digits, 11 to 30 characters; the first four moved to the end leave 1. */
export function iban(units: Uint16Array, from: number, to: number): boolean {
  const length = lengthIn(units, from, to);
  if (length < 15 || length > 34) return false;
  let head = from;
  for (let place = 0; place < 4; head++) {
    const value = worthOf(units[head]);
    if (value === SKIP) continue;
    if (place < 2 ? value < 10 : value > 9) return false;
    place++;
  }
  return mod97(units, from, head, mod97(units, head, to)) === 1;
}

/** Value of a letter within a VIN, from A on; I, O and Q do not occur (49 CFR 565.15). */
const VIN_LETTERS = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];
const VIN_WEIGHTS = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];

/** Vehicle identification number: 17 characters whose weighted sum by 11 is the ninth (X for ten). */
export function vin(units: Uint16Array, from: number, to: number): boolean {
  let place = 0;
  let sum = 0;
  let check = 0;
  for (let i = from; i < to; i++) {
    const value = worthOf(units[i]);
    if (value === SKIP) continue;
    const worth = value < 10 ? value : VIN_LETTERS[value - 10];
    if (place > 16 || (value > 9 && worth === 0)) return false;
    if (place === 8) {
      if (value > 9 && value !== 33) return false;
      check = value === 33 ? 10 : value;
    }
    sum += worth * VIN_WEIGHTS[place];
    place++;
  }
  return place === 17 && sum > 0 && sum % 11 === check;
}

/** GTIN of 8, 12, 13 or 14 digits (GS1): weights 3 and 1 from the right. A UDI's device identifier is a GTIN-14. */
export function gtin(units: Uint16Array, from: number, to: number): boolean {
  let sum = 0;
  let place = 0;
  for (let i = to - 1; i >= from; i--) {
    const value = worthOf(units[i]);
    if (value === SKIP) continue;
    if (value > 9) return false;
    sum += place & 1 ? 3 * value : value;
    place++;
  }
  return (place === 8 || (place >= 12 && place <= 14)) && sum > 0 && sum % 10 === 0;
}

/** Alphabet of Code 39, in the order of its values. */
const CODE39 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** HIBC (ANSI/HIBC 2): the last character is the sum of all before it by 43; every character counts, signs too. */
export function mod43(units: Uint16Array, from: number, to: number): boolean {
  if (to - from < 2) return false;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const value = CODE39.indexOf(String.fromCharCode(units[i]).toUpperCase());
    if (value < 0) return false;
    if (i === to - 1) return sum % 43 === value;
    sum += value;
  }
  return false;
}
