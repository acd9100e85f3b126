/** Bytes in the base32 of RFC 4648, without padding: capitals and digits that nobody takes for a word. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Two signs for each ten bits: half as many strings are put together. */
const PAIRS = Array.from({ length: 1 << 10 }, (_, bits) => ALPHABET[bits >> 5] + ALPHABET[bits & 31]);

/** Of the first so many; bits that fill no sign are left out. */
export function base32(bytes: Uint8Array, count = bytes.length): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (let i = 0; i < count; i++) {
    buffer = ((buffer << 8) | bytes[i]) & 0x3ffff;
    bits += 8;
    if (bits < 10) continue;
    bits -= 10;
    out += PAIRS[(buffer >> bits) & 0x3ff];
  }
  return bits < 5 ? out : out + ALPHABET[(buffer >> (bits - 5)) & 31];
}
