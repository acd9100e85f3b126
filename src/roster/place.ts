/**
 * An address as bytes: what canonical.ts makes of house number, street and flat where the line is written in plain letters, digits
 * and spaces, word by word. A test holds the two to be the same.
 */
import { isUnitWord, streetWord } from './canonical.js';
import type { Written } from './form.js';
import { Spelled } from './spelled.js';

/** Longer lines are for others to read: words grow when they are written in full. */
const LINE_UNITS_MAX = 96;
const SPACE = 0x20;
const ZERO = 0x30;
const NINE = 0x39;
const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
const SMALL_A = 0x61;
const SMALL_Z = 0x7a;

interface Word {
  /** In full, as ASCII. */
  readonly signs: Uint8Array;
  readonly isUnit: boolean;
}

export class PlaceWriter {
  /** Of what was written last: where the house ends; `from` if there is none. */
  house = 0;
  /** Where it ends with its flat. */
  home = 0;
  readonly #words = new Spelled<Word>((text) => {
    const word = text.toLowerCase();
    return { signs: Buffer.from(streetWord(word), 'latin1'), isUnit: isUnitWord(word) };
  });

  /** Writes house and flat behind `from`; false if the line is for others to read. */
  write({ text, start, end }: Written, zip5: string, out: Uint8Array, from: number): boolean {
    if (end - start > LINE_UNITS_MAX) return false;
    let number = -1;
    let behind = -1;
    for (let i = start; i < end; i++) {
      const unit = text.charCodeAt(i);
      const isDigit = unit >= ZERO && unit <= NINE;
      if (number < 0 && isDigit) number = i;
      else if (unit === SPACE) behind = number >= 0 && behind < 0 ? i : behind;
      else if (!isDigit && number >= 0 && !isLetter(unit)) return false;
    }
    this.house = this.home = from;
    if (behind < 0 || zip5 === '') return true;
    let to = from;
    for (let i = number; i < behind; i++) out[to++] = small(text.charCodeAt(i));
    const street = to;
    let flat = -1;
    let flatEnd = -1;
    let unit = -1;
    for (let at = behind; at < end; ) {
      if (text.charCodeAt(at) === SPACE) {
        at++;
        continue;
      }
      const word = at;
      while (at < end && text.charCodeAt(at) !== SPACE) at++;
      if (unit >= 0) {
        if (flat < 0) {
          flat = flatAt(text, word, at);
          flatEnd = at;
        }
        unit = -1;
        continue;
      }
      const { signs, isUnit } = this.#words.of(text, word, at);
      if (isUnit && hasMore(text, at, end)) {
        unit = word;
        continue;
      }
      out[to++] = SPACE;
      out.set(signs, to);
      to += signs.length;
    }
    if (to === street) return true;
    out[to++] = SPACE;
    for (let i = 0; i < zip5.length; i++) out[to++] = zip5.charCodeAt(i);
    this.house = to;
    out[to++] = SPACE;
    for (let i = flat; i < flatEnd; i++) out[to++] = small(text.charCodeAt(i));
    this.home = to;
    return true;
  }
}

/** Where a flat's own signs begin: at its first digit, or with its last letter. */
function flatAt(text: string, from: number, to: number): number {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) <= NINE) return i;
  return to - 1;
}

function hasMore(text: string, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (text.charCodeAt(i) !== SPACE) return true;
  return false;
}

function small(unit: number): number {
  return unit >= CAPITAL_A && unit <= CAPITAL_Z ? unit + (SMALL_A - CAPITAL_A) : unit;
}

function isLetter(unit: number): boolean {
  return (unit >= SMALL_A && unit <= SMALL_Z) || (unit >= CAPITAL_A && unit <= CAPITAL_Z);
}
