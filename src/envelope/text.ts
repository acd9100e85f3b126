/** Whether bytes are text in UTF-8. */
import { isUtf8 } from 'node:buffer';

/** One NUL in so many bytes is no text: UTF-16 passes for UTF-8 as long as its letters are plain. */
const NUL_SHARE = 8;

export function isText(value: Buffer): boolean {
  if (!isUtf8(value)) return false;
  let nuls = 0;
  for (let at = value.indexOf(0); at >= 0; at = value.indexOf(0, at + 1)) nuls++;
  return nuls === 0 || nuls * NUL_SHARE < value.length;
}
