/**
 * Where a URL ends within a text: at a blank, a quote or an angle bracket, but before the punctuation of the sentence and
 * before the next item of a list; and where its host begins and ends.
 */
import { isPlainUnit, isWordUnit } from '../units.js';

const COLON = 0x3a;
const SLASH = 0x2f;

/** End of the URL that begins at `from`: at a blank, a quote or an angle bracket, without the punctuation of the sentence. */
export function urlEnd(text: Uint16Array, from: number, limit: number): number {
  let round = 0;
  let square = 0;
  let i = from;
  for (; i < limit; i++) {
    const c = text[i];
    if (
      c <= 0x20 ||
      c === 0x22 ||
      c === 0x3c ||
      c === 0x3e ||
      c === 0x60 ||
      c === 0x7c ||
      c === 0x7b ||
      c === 0x7d ||
      c === 0x5e
    )
      break;
    if (c === 0x5c && text[i + 1] !== SLASH) break;
    if (c === 0x28) round++;
    else if (c === 0x29 && --round < 0) break;
    else if (c === 0x5b) {
      // Not the label of something redacted.
      if (i > from && text[i - 1] !== SLASH && text[i + 1] >= 0x41 && text[i + 1] <= 0x5a) break;
      square++;
    } else if (c === 0x5d && --square < 0) break;
    // A list without blanks: a,https://b or a;203.0.113.9
    else if ((c === 0x2c || c === 0x3b) && (isNewItem(text, i + 1, limit) || text[i + 1] === 0x5b)) break;
    else if (c > 0x7f && !isWordUnit(c)) break;
  }
  while (i > from && !isPlainUnit(text[i - 1]) && !isWordUnit(text[i - 1]) && !isClosing(text[i - 1])) i--;
  return i;
}

/** Signs that a URL may well end in: `/ = & % - _ ~ # + $ ) ]`. */
function isClosing(unit: number): boolean {
  return (
    unit === 0x2f ||
    unit === 0x3d ||
    unit === 0x26 ||
    unit === 0x25 ||
    unit === 0x23 ||
    unit === 0x29 ||
    unit === 0x5d ||
    unit === 0x2b
  );
}

/** Whether a value of its own follows a comma or semicolon: an address of numbers, a scheme, `www.`, a name with an @. */
function isNewItem(text: Uint16Array, from: number, edge: number): boolean {
  if (text[from] === 0x77 && text[from + 1] === 0x77 && text[from + 2] === 0x77) return true;
  let dots = 0;
  let i = from;
  for (; i < edge && i - from < 64; i++) {
    const c = text[i];
    if (c === 0x2e && isWordUnit(text[i + 1])) dots++;
    else if (c === COLON) return text[i + 1] === SLASH && text[i + 2] === SLASH;
    else if (c === 0x40) return true;
    else if (!isWordUnit(c) && c !== 0x2d && c !== 0x5f) break;
  }
  return dots === 3 && text[from] <= 0x39;
}

/** Behind `user:password@`, `[` and `www.`. */
export function hostStart(text: Uint16Array, from: number, to: number): number {
  for (let i = from; i < to && text[i] !== SLASH && text[i] !== 0x3f; i++) if (text[i] === 0x40) return i + 1;
  return from;
}

export function hostStop(text: Uint16Array, from: number, to: number): number {
  let i = from;
  while (i < to && (isWordUnit(text[i]) || text[i] === 0x2e || text[i] === 0x2d)) i++;
  return i;
}
