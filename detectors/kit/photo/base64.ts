/**
 * Where a run of base64 ends. Read over units, because the tokeniser cuts such runs at `+` and `/`; wrapped lines (MIME,
 * PEM) are followed. A run is read once, from its beginning, so that a message of many runs costs linear time.
 */
import { isBase64Unit, isPlainUnit } from '../units.js';

/** Shortest line that can be one of a wrapped run: MIME wraps at 76, PEM at 64. */
const WRAP_MIN = 60;
const BREAK_UNITS = 0x0a;

/** End (exclusive) of the run that begins at `from`, without trailing signs other than the padding. */
export function base64End(text: Uint16Array, from: number, length: number): number {
  let end = lineEnd(text, from, length);
  let line = from;
  while (end - line >= WRAP_MIN) {
    let next = end;
    if (text[next] === 0x0d) next++;
    if (text[next] !== BREAK_UNITS || next >= length) break;
    next++;
    const stop = lineEnd(text, next, length);
    const closed =
      stop >= length || !(text[stop] === 0x20 || text[stop] === 0x2c || text[stop] === 0x2e || text[stop] === 0x3a);
    if (stop === next || !closed) break;
    line = next;
    end = stop;
  }
  while (end > from && !isPlainUnit(text[end - 1]) && text[end - 1] !== 0x3d) end--;
  return end;
}

/** Whether a run can begin at `at`: what stands before is no part of it, nor a wrapped line of it. */
export function isBase64Start(text: Uint16Array, at: number): boolean {
  if (at === 0) return true;
  const before = text[at - 1];
  if (before === 0x3d) return true;
  if (isBase64Unit(before)) return false;
  if (before !== BREAK_UNITS) return true;
  let i = at - 2;
  if (text[i] === 0x0d) i--;
  const edge = i - WRAP_MIN;
  while (i > edge && i >= 0 && isBase64Unit(text[i])) i--;
  return i > edge;
}

function lineEnd(text: Uint16Array, from: number, length: number): number {
  let end = from;
  while (end < length && isBase64Unit(text[end])) end++;
  return end;
}
