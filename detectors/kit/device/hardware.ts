/** Hardware (MAC) addresses, IEEE 802: six pairs with colons or hyphens, three groups of four with dots, two of six, or twelve digits. */
import { isDigitUnit, isHexUnit, isPlainUnit } from '../units.js';

const PAIRS_MIN = 6;
const PAIRS_MAX = 8;

/** End of the address that begins at `from`, or -1; all zeros and all ones are nobody's. */
export function macEnd(text: Uint16Array, from: number, length: number): number {
  const size = hexRun(text, from, length);
  const sign = text[from + size];
  let i = from + size;
  let groups = 1;
  if (size === 2 && (sign === 0x3a || sign === 0x2d)) {
    while (groups < PAIRS_MAX && text[i] === sign && hexRun(text, i + 1, length) === 2) {
      i += 3;
      groups++;
    }
    if (groups !== PAIRS_MIN && groups !== PAIRS_MAX) return -1;
  } else if (size === 4 && sign === 0x2e) {
    while (groups < 3 && text[i] === sign && hexRun(text, i + 1, length) === 4) {
      i += 5;
      groups++;
    }
    if (groups !== 3) return -1;
  } else if (size === 6 && (sign === 0x2e || sign === 0x2d || sign === 0x3a)) {
    if (hexRun(text, i + 1, length) !== 6) return -1;
    i += 7;
    groups = 2;
  } else if (size !== 12) return -1;
  const goes = groups > 1 ? text[i] === sign : text[i] === 0x2d || text[i] === 0x3a;
  if (isPlainUnit(text[i]) || text[i] === 0x5f || (goes && isPlainUnit(text[i + 1]))) return -1;
  return isUniform(text, from, i) ? -1 : i;
}

/** Whether an address has letters, and (where words could stand, between dots) digits too. */
export function isTelling(text: Uint16Array, from: number, to: number): boolean {
  let letters = 0;
  let digits = 0;
  for (let i = from; i < to; i++) {
    if (isDigitUnit(text[i])) digits++;
    else if (isHexUnit(text[i])) letters++;
  }
  return letters > 0 && (digits > 0 || text[from + 2] === 0x2d);
}

function hexRun(text: Uint16Array, from: number, length: number): number {
  let i = from;
  while (i < length && i - from < 13 && isHexUnit(text[i])) i++;
  return isPlainUnit(text[i]) ? 0 : i - from;
}

function isUniform(text: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (isPlainUnit(text[i]) && (text[i] | 0x20) !== (text[from] | 0x20)) return false;
  return true;
}
