/**
 * Unique device identifiers (21 CFR 830) in the three forms that the FDA accredits: GS1 with its application identifiers
 * in brackets or bare, HIBCC (`+…/…`) and ICCBBA (`=/…=,…`). Each reader says where the whole string ends, or -1.
 */
import { gtin, mod43 } from '../code/checksum.js';
import { isDigitUnit, isPlainUnit } from '../units.js';

const UDI_MAX = 160;
const GTIN_DIGITS = 14;
const OPEN = 0x28;
const CLOSE = 0x29;
const SPACE = 0x20;
/** FNC1 as scanners transmit it. */
const GROUP_SEPARATOR = 0x1d;

/** `(01)14digits(11)…`: `from` is at the bracket before 01. Blanks around the brackets are allowed. */
export function gs1End(text: Uint16Array, from: number, length: number): number {
  const edge = Math.min(length, from + UDI_MAX);
  let end = -1;
  let i = from;
  while (i < edge && text[i] === OPEN) {
    let digits = 0;
    for (i++; i < edge && isDigitUnit(text[i]); i++) digits++;
    if (digits < 2 || digits > 4 || text[i] !== CLOSE) return end;
    i++;
    if (text[i] === SPACE) i++;
    const value = i;
    while (i < edge && isValueUnit(text[i])) i++;
    while (i > value && !isPlainUnit(text[i - 1])) i--;
    if (i === value) return end;
    end = i;
    if (text[i] === GROUP_SEPARATOR) i++;
    if (text[i] === SPACE && text[i + 1] === OPEN) i++;
  }
  return end;
}

/** Whether `01` and a GTIN of 14 digits stand at `from`, with something behind that can only be a UDI. */
export function isBareGs1(text: Uint16Array, from: number, to: number): boolean {
  if (to - from < 2 + GTIN_DIGITS || text[from] !== 0x30 || text[from + 1] !== 0x31) return false;
  for (let i = from + 2; i < from + 2 + GTIN_DIGITS; i++) if (!isDigitUnit(text[i])) return false;
  return gtin(text, from + 2, from + 2 + GTIN_DIGITS);
}

/** End of a run of the characters that a machine-readable GS1 string has. */
export function bareGs1End(text: Uint16Array, from: number, length: number): number {
  const edge = Math.min(length, from + UDI_MAX);
  let i = from;
  while (i < edge && (isPlainUnit(text[i]) || text[i] === GROUP_SEPARATOR || text[i] === 0x2d)) i++;
  while (i > from && !isPlainUnit(text[i - 1])) i--;
  return i;
}

/** `+` and a labeler code (a letter, then three characters), the rest up to a blank; the check character may be a sign. */
export function hibccEnd(text: Uint16Array, from: number, length: number): number {
  if (text[from] !== 0x2b || !isCapital(text[from + 1])) return -1;
  const end = runEnd(text, from, length);
  if (end - from < 8) return -1;
  for (let i = from + 2; i < from + 5; i++) if (!isPlainUnit(text[i])) return -1;
  return end;
}

/** Whether a HIBCC string proves itself: by its check character, or by its form of two parts. */
export function isSureHibcc(text: Uint16Array, from: number, to: number): boolean {
  let slash = from;
  while (slash < to && text[slash] !== 0x2f) slash++;
  let digits = 0;
  for (let i = from; i < to; i++) if (isDigitUnit(text[i])) digits++;
  return digits > 2 && ((slash < to && slash - from >= 7) || mod43(text, from, to));
}

/** `=/` and a device identifier of 16 characters, then further parts up to a blank. */
export function iccbbaEnd(text: Uint16Array, from: number, length: number): number {
  if (text[from] !== 0x3d || text[from + 1] !== 0x2f) return -1;
  let i = from + 2;
  while (i < length && i - from <= 18 && isPlainUnit(text[i])) i++;
  return i - from >= 10 ? runEnd(text, from, length) : -1;
}

function runEnd(text: Uint16Array, from: number, length: number): number {
  const edge = Math.min(length, from + UDI_MAX);
  let i = from;
  while (i < edge && text[i] > SPACE && text[i] < 0x7f && text[i] !== 0x22 && text[i] !== 0x3c && text[i] !== 0x5c) i++;
  while (i > from && !isPlainUnit(text[i - 1])) i--;
  return i;
}

function isCapital(unit: number): boolean {
  return unit >= 0x41 && unit <= 0x5a;
}

/** Values of application identifiers: GS1's character set, without what separates in a text. */
function isValueUnit(unit: number): boolean {
  return (
    isPlainUnit(unit) ||
    unit === 0x2d ||
    unit === 0x2e ||
    unit === 0x2f ||
    unit === 0x5f ||
    unit === 0x2b ||
    unit === 0x25 ||
    unit === 0x26 ||
    unit === 0x3a ||
    unit === 0x2a
  );
}
