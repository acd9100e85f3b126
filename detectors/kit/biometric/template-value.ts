/** Tells what a machine made (templates, hashes, ids of them) from words, dates, doses and ordinals. */
import { isDigitUnit } from '../units.js';

/** Longest template and embedding that is read. */
export const TEMPLATE_UNITS_MAX = 4096;
/** How templates of ISO/IEC 19794 begin: base64 of "FMR", "FIR", "FAC", "IIR" with the zero behind, and the first in hexadecimal. */
const HEADERS = ['Rk1SA', 'RklSA', 'RkFDA', 'SUlSA', '464D52', '464d52'];

const MIXED_MIN = 16;
const WHOLES_MIN = 7;

/** Tells a template, a hash or an id from words, dates, doses and ordinals. */
export function isMade(
  text: Uint16Array,
  from: number,
  to: number,
  id: boolean,
  field: boolean,
  trait: boolean,
): boolean {
  const size = to - from;
  let digits = 0;
  let upper = 0;
  let lower = 0;
  let signs = 0;
  let slashes = 0;
  let turns = 0;
  for (let i = from; i < to; i++) {
    const c = text[i];
    if (isDigitUnit(c)) digits++;
    else if (c >= 0x61) {
      lower++;
      if (i > from && text[i - 1] >= 0x41 && text[i - 1] <= 0x5a) turns++;
    } else if (c >= 0x41 && c !== 0x5f) {
      upper++;
      if (i > from && text[i - 1] >= 0x61) turns++;
    } else if (c === 0x2f) slashes++;
    else signs++;
  }
  const letters = upper + lower;
  if (
    size >= 24 &&
    letters > 0 &&
    (digits > 1 || (upper > 2 && lower > 2 && (text[to - 1] === 0x3d || signs + slashes === 0)))
  )
    return true;
  // Cases change in base64 more often than in any word of a program.
  if (size >= MIXED_MIN && turns * 5 >= size * 2) return true;
  if (field) return size >= 16 && digits > 3 && letters > 0;
  if (size >= 12 && digits > 1 && letters > 1 && slashes === 0) return true;
  // FACE/48213
  if (slashes > 0 && slashes <= 3 && digits >= 4 && letters > 0 && (id || (digits >= 5 && lower === 0))) return true;
  if (slashes > 0 || size < 4) return false;
  if (letters === 0) return id && digits >= 4 && (signs <= 1 || digits === 7 || digits > 8) && !isYear(text, from, to);
  if (digits < 2) return false;
  // 10am, 12th, 100mg
  if (isDigitUnit(text[from]) && upper === 0 && signs === 0 && size < 6) return id && size > 4;
  // 3-day, 20-minute
  if (isDigitUnit(text[from]) && lower > 2 && signs === 1 && upper === 0) return false;
  return id || !trait || (digits >= 3 && size >= 5);
}

function isYear(text: Uint16Array, from: number, to: number): boolean {
  return (
    to - from === 4 &&
    ((text[from] === 0x32 && text[from + 1] === 0x30) || (text[from] === 0x31 && text[from + 1] === 0x39))
  );
}

/** Whether a template's header stands at `from`. */
export function isTemplateHeader(text: Uint16Array, from: number): boolean {
  const first = text[from];
  if (first !== 0x52 && first !== 0x53 && first !== 0x34) return false;
  return HEADERS.some((head) => {
    for (let i = 0; i < head.length; i++) if (text[from + i] !== head.charCodeAt(i)) return false;
    return true;
  });
}

/** End of the numbers of an embedding that begin at `from`, with what separates them; -1 when they are no decimals. */
export function vectorEnd(text: Uint16Array, from: number, length: number): number {
  const edge = Math.min(length, from + TEMPLATE_UNITS_MAX);
  let to = from;
  let dots = 0;
  for (let i = from; i < edge; i++) {
    const c = text[i];
    if (isDigitUnit(c)) to = i + 1;
    else if (c === 0x2e) dots++;
    else if (c === 0x0a || c === 0x0d) {
      if (!isDecimalLine(text, i + 1, edge)) break;
    } else if (!SEPARATORS.has(c)) break;
  }
  return dots === 0 || to === from ? -1 : to;
}

/** Blank, comma, signs, exponent, and what else parts the numbers of a row. */
const SEPARATORS = new Set([0x2c, 0x20, 0x2d, 0x2b, 0x65, 0x45, 0x3b, 0x7c, 0x2f, 0x09]);

/** Whether a line goes on with a decimal. */
function isDecimalLine(text: Uint16Array, from: number, edge: number): boolean {
  let i = from;
  while (i < edge && (text[i] === 0x20 || text[i] === 0x0a || text[i] === 0x2d || text[i] === 0x2b)) i++;
  const head = i;
  while (i < edge && isDigitUnit(text[i])) i++;
  return i > head && i - head < 4 && text[i] === 0x2e && isDigitUnit(text[i + 1]);
}

/** End of whole numbers with commas between that begin at `from`, as quantised embeddings are written; -1 if they are few. */
export function wholesEnd(text: Uint16Array, from: number, length: number): number {
  const edge = Math.min(length, from + TEMPLATE_UNITS_MAX);
  let to = from;
  let commas = 0;
  for (let i = from; i < edge; i++) {
    const c = text[i];
    if (isDigitUnit(c)) to = i + 1;
    else if (c === 0x2c) commas++;
    else if (c !== 0x20 && c !== 0x2d) break;
  }
  return commas < WHOLES_MIN ? -1 : to;
}
