/**
 * Canonical forms as bytes: what canonical.ts makes of plain ASCII, written from the message straight to where it is hashed, since
 * nearly all values are plain and a text for each costs more than its look-up. A test holds the two to be the same.
 */
import { codeSignsMax, codeSignsMin, emailUnitsMax, phoneDigitsMax, phoneDigitsMin } from './canonical.js';
import { Domain, type LookedUp } from './domain.js';

/** It is not plain: canonical.ts has to read it. */
export const NOT_PLAIN = -1;

/** A stretch of a text. */
export interface Written {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Writes a form behind `at` and returns where it ends: at `at` itself if there is nothing to look up, `NOT_PLAIN` if it is for
 * others to read.
 */
export function writeForm(domain: LookedUp, written: Written, out: Uint8Array, at: number): number {
  switch (domain) {
    case Domain.Chart:
      return writeChart(written, out, at);
    case Domain.Member: {
      const to = writeCode(written, written.start, out, at);
      return to >= 0 && isUniform(out, at, to) ? at : to;
    }
    case Domain.Ssn:
      return writeSsn(written, out, at);
    case Domain.Phone:
      return writePhone(written, out, at);
    case Domain.Email:
      return writeEmail(written, out, at);
    default:
      return NOT_PLAIN;
  }
}

function writeChart(written: Written, out: Uint8Array, at: number): number {
  const { text, start, end } = written;
  let from = end;
  while (from > start && text.charCodeAt(from - 1) !== SLASH) from--;
  const to = writeCode(written, from, out, at);
  if (to <= at || out[at] !== ZERO) return to;
  for (let i = at; i < to; i++) if (out[i] > NINE) return to;
  let zeros = at;
  while (zeros < to && out[zeros] === ZERO) zeros++;
  return moved(out, zeros, to, at);
}

/** Letters and digits, in capitals. */
function writeCode({ text, end }: Written, from: number, out: Uint8Array, at: number): number {
  let to = at;
  for (let i = from; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit > LAST_PLAIN || unit < FIRST_PLAIN) return NOT_PLAIN;
    const capital = unit >= SMALL_A && unit <= SMALL_Z ? unit - 0x20 : unit;
    if (!((unit >= ZERO && unit <= NINE) || (capital >= CAPITAL_A && capital <= CAPITAL_Z))) continue;
    if (to - at === codeSignsMax) return at;
    out[to++] = capital;
  }
  return to - at < codeSignsMin ? at : to;
}

function writeSsn({ text, start, end }: Written, out: Uint8Array, at: number): number {
  const to = writeDigits({ text, start, end }, out, at);
  if (to < 0 || to - at !== 9 || isUniform(out, at, to)) return to < 0 ? to : at;
  let number = 0;
  for (let i = at; i < to; i++) number = number * 10 + out[i] - ZERO;
  const area = Math.floor(number / 1e6);
  const given = area !== 0 && area !== 666 && Math.floor(number / 1e4) !== 99_999;
  const isWhole = Math.floor(number / 1e4) % 100 !== 0 && number % 1e4 !== 0;
  return given && isWhole && number !== 123_456_789 && number !== 78_051_120 ? to : at;
}

function writePhone({ text, start, end }: Written, out: Uint8Array, at: number): number {
  let stop = start;
  for (; stop < end; stop++) {
    const unit = text.charCodeAt(stop);
    if ((unit > LAST_PLAIN || unit < FIRST_PLAIN) && !isDash(unit)) return NOT_PLAIN;
    if ((unit | 0x20) === SMALL_E || (unit | 0x20) === SMALL_X || unit === NUMBER_SIGN) break;
  }
  for (let i = stop; i < end; i++) if (text.charCodeAt(i) > LAST_PLAIN) return NOT_PLAIN;
  let to = writeDigits({ text, start, end: stop }, out, at);
  let from = at;
  if (to - at >= 2 && out[at] === ZERO && out[at + 1] === ZERO) from += 2;
  if (to - from === 11 && out[from] === ONE) from++;
  if (to - from < phoneDigitsMin || to - from > phoneDigitsMax) return at;
  if (from > at) to = moved(out, from, to, at);
  return isUniform(out, at, to) ? at : to;
}

/** Of more digits than any number has, the first. */
function writeDigits({ text, start, end }: Written, out: Uint8Array, at: number): number {
  let to = at;
  for (let i = start; i < end && to - at < codeSignsMax; i++) {
    const unit = text.charCodeAt(i);
    if ((unit > LAST_PLAIN || unit < FIRST_PLAIN) && !isDash(unit)) return NOT_PLAIN;
    if (unit >= ZERO && unit <= NINE) out[to++] = unit;
  }
  return to;
}

/** In small letters, and without a tag behind +. */
function writeEmail({ text, start, end }: Written, out: Uint8Array, at: number): number {
  if (end - start > emailUnitsMax) return NOT_PLAIN;
  let to = at;
  let sign = -1;
  let dot = -1;
  let isTag = false;
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit === AT_SIGN) {
      if (sign >= 0 || to === at) return NOT_PLAIN;
      sign = i;
      isTag = false;
    } else if (unit === FULL_STOP) dot = i;
    else if (unit === PLUS && sign < 0) isTag = true;
    else if (!isOfEmail(unit)) return NOT_PLAIN;
    if (!isTag) out[to++] = unit >= CAPITAL_A && unit <= CAPITAL_Z ? unit + (SMALL_A - CAPITAL_A) : unit;
  }
  // Providers that ignore dots.
  const isOther = (text.charCodeAt(sign + 1) | 0x20) !== SMALL_G;
  return sign >= 0 && dot > sign && isOther ? to : NOT_PLAIN;
}

function isOfEmail(unit: number): boolean {
  const small = unit | 0x20;
  return (
    (small >= SMALL_A && small <= SMALL_Z) || (unit >= ZERO && unit <= NINE) || unit === HYPHEN || unit === LOW_LINE
  );
}

/** Hyphens and dashes of print, as word processors put them between the digits of a telephone. */
function isDash(unit: number): boolean {
  return unit >= FIRST_DASH && unit <= LAST_DASH;
}

/** Moves a few bytes forward: where they end then. */
function moved(bytes: Uint8Array, from: number, to: number, at: number): number {
  for (let i = from; i < to; i++) bytes[at + i - from] = bytes[i];
  return at + to - from;
}

function isUniform(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from + 1; i < to; i++) if (bytes[i] !== bytes[from]) return false;
  return true;
}

const FIRST_PLAIN = 0x20;
const LAST_PLAIN = 0x7e;
const NUMBER_SIGN = 0x23;
const PLUS = 0x2b;
const HYPHEN = 0x2d;
const FULL_STOP = 0x2e;
const SLASH = 0x2f;
const ZERO = 0x30;
const ONE = 0x31;
const NINE = 0x39;
const AT_SIGN = 0x40;
const CAPITAL_A = 0x41;
const CAPITAL_Z = 0x5a;
const LOW_LINE = 0x5f;
const SMALL_A = 0x61;
const SMALL_E = 0x65;
const SMALL_G = 0x67;
const SMALL_X = 0x78;
const SMALL_Z = 0x7a;
const FIRST_DASH = 0x2010;
const LAST_DASH = 0x2015;
