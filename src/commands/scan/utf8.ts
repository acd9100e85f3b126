/**
 * Bytes to text, strictly: what is not UTF-8 is refused with the position of the first bad byte, never patched with
 * replacement signs. A byte order mark stays in the text, so that positions count it and the output has it again.
 */
import { SluiceError } from '../../errors.js';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function decode(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new SluiceError('INPUT_NOT_UTF8', { position: firstBadByte(bytes) });
  }
}

/** Where the first sequence that is not UTF-8 (RFC 3629) begins; the length if all are. */
export function firstBadByte(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const length = sequenceLength(bytes, i);
    if (length === 0) return i;
    i += length;
  }
  return bytes.length;
}

/** Bytes of the sequence that begins here, or 0 if it is not one: cut short, overlong, a surrogate, past U+10FFFF. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1];
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (!(second >= least && second <= most)) return 0;
  for (let k = 2; k < length; k++) if ((bytes[at + k] & 0xc0) !== 0x80) return 0;
  return length;
}
