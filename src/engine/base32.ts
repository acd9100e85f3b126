/** Bytes in the base32 of RFC 4648, without padding: capitals and digits that nobody takes for a word. */
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Of the first so many. */
export function base32(bytes: Uint8Array, count = bytes.length): string {
  let out = '';
  let buffer = 0;
  let bits = 0;
  for (let i = 0; i < count; i++) {
    buffer = ((buffer << 8) | bytes[i]) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(buffer >> bits) & 31];
    }
  }
  return out;
}
