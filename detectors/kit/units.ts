/** What a single code unit can be part of. Tests over units, for readers that look at the signs between tokens. */

export const isDigitUnit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

/** An ASCII letter or digit. */
export function isPlainUnit(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 0x61 && lower <= 0x7a && unit < 0x7b) || (unit >= 0x30 && unit <= 0x39);
}

export function isHexUnit(unit: number): boolean {
  const lower = unit | 0x20;
  return (unit >= 0x30 && unit <= 0x39) || (lower >= 0x61 && lower <= 0x66 && unit < 0x67);
}

/** A letter or digit of any script, near enough: beyond ASCII, all but the blocks of signs and the surrogates. */
export function isWordUnit(unit: number): boolean {
  if (unit < 0x80) return isPlainUnit(unit);
  if (unit < 0xc0 || unit === 0xd7 || unit === 0xf7) return false;
  return (
    !(unit >= 0x2000 && unit < 0x2c00) &&
    !(unit >= 0x3000 && unit < 0x3040) &&
    !(unit >= 0xd800 && unit < 0xf900) &&
    unit < 0xfff0
  );
}

/** Letters, digits and the signs of both base64 alphabets (RFC 4648), with the padding. */
export function isBase64Unit(unit: number): boolean {
  return isPlainUnit(unit) || unit === 0x2b || unit === 0x2f || unit === 0x3d || unit === 0x2d || unit === 0x5f;
}
