/** IPv6 addresses as text (RFC 4291, RFC 5952): where one ends, with its IPv4 tail and its zone. */
import { isDigitUnit, isHexUnit, isPlainUnit, isWordUnit } from '../units.js';

const ZONE_MAX = 16;
const COLON = 0x3a;
const DOT = 0x2e;
const PERCENT = 0x25;

/** End of the IPv6 address (with its zone) that begins at `from`, or -1. */
export function v6End(text: Uint16Array, from: number, length: number): number {
  let i = from;
  let count = 0;
  let squeezed = false;
  if (text[i] === COLON && text[i + 1] === COLON) {
    squeezed = true;
    i += 2;
  }
  while (i < length && isHexUnit(text[i])) {
    const group = i;
    while (i < length && isHexUnit(text[i])) i++;
    if (text[i] === DOT && isDigitUnit(text[i + 1])) {
      i = v4End(text, group, length);
      if (i < 0) return -1;
      count += 2;
      break;
    }
    if (i - group > 4) return -1;
    count++;
    if (text[i] !== COLON) break;
    if (text[i + 1] === COLON) {
      if (squeezed) return -1;
      squeezed = true;
      i += 2;
    } else if (isHexUnit(text[i + 1])) i++;
    else break;
  }
  if (isWordUnit(text[i]) || (text[i] === COLON && text[i + 1] === COLON)) return -1;
  if (squeezed ? count === 0 || count > 7 : count !== 8) return -1;
  if (text[i] === PERCENT && isPlainUnit(text[i + 1])) {
    let zone = i + 1;
    while (zone < length && zone - i <= ZONE_MAX && isPlainUnit(text[zone])) zone++;
    return zone;
  }
  return i;
}

function v4End(text: Uint16Array, from: number, length: number): number {
  let i = from;
  for (let octet = 0; octet < 4; octet++) {
    if (octet > 0 && text[i++] !== DOT) return -1;
    let value = 0;
    const begin = i;
    while (i < length && i - begin < 4 && isDigitUnit(text[i])) value = value * 10 + text[i++] - 0x30;
    if (i === begin || value > 255) return -1;
  }
  return i;
}
