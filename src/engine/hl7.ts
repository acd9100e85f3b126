/**
 * Lays an HL7 version 2 message out for scanning: each field that identifies somebody stands behind the words that say
 * what it is; all other fields are scanned as they are.
 */
import { IDENTIFIER_TYPES } from '../../detectors/kit/hl7.js';
import type { Arena } from './arena.js';
import { type Fields, SEGMENTS, wordsFor } from './hl7-fields.js';
import { Layout } from './layout.js';

/** Segments that only open a message or a batch; excerpts may begin with any other. */
const OPENERS = new Set(['MSH', 'FHS', 'BHS', ...SEGMENTS]);
const FIELD_SEPARATOR = 0x7c;
const REPEAT_SEPARATOR = 0x7e;

export function isHl7(text: Uint16Array, length: number): boolean {
  const at = length > 0 && text[0] === 0x0b ? 1 : 0;
  if (length < at + 5) return false;
  return text[at + 3] === FIELD_SEPARATOR && OPENERS.has(String.fromCharCode(text[at], text[at + 1], text[at + 2]));
}

/** Lays the arena's text out anew; the segments of the layout stay empty, since nothing in HL7 is quoted. */
export function layoutHl7(arena: Arena): Layout {
  const units = arena.text.slice(0, arena.length);
  const layout = new Layout(arena);
  let line = 0;
  while (line < units.length) {
    let end = line;
    while (end < units.length && units[end] !== 0x0d && units[end] !== 0x0a) end++;
    layoutSegment(layout, units, line, end);
    line = end + 1;
  }
  layout.finish();
  return layout;
}

function layoutSegment(layout: Layout, units: Uint16Array, from: number, to: number): void {
  const name = String.fromCharCode(...units.subarray(from, Math.min(to, from + 3)));
  // MSH-1 is the separator itself, so its fields count from two.
  const starts = name === 'MSH' || name === 'FHS' || name === 'BHS' ? [from] : [];
  for (let at = from; at <= to; at++) {
    starts.push(at);
    while (at < to && units[at] !== FIELD_SEPARATOR) at++;
  }
  starts.push(to + 1);
  const fields: Fields = { name, units, starts };
  for (let field = 0; field + 1 < starts.length; field++) {
    const end = starts[field + 1] - 1;
    if (end <= starts[field]) continue;
    const words = wordsFor(fields, field);
    for (let start = starts[field]; start < end; ) {
      let stop = words === undefined ? end : start;
      while (stop < end && units[stop] !== REPEAT_SEPARATOR) stop++;
      write(layout, units, start, stop, words === undefined ? undefined : meaningOf(words, units, start, stop));
      start = stop + 1;
    }
  }
}

function write(layout: Layout, units: Uint16Array, from: number, to: number, words: string | undefined): void {
  layout.mark();
  if (words !== undefined) {
    layout.context(words);
    layout.key();
  }
  layout.reserve(to - from);
  for (let i = from; i < to; i++) layout.copy(units[i], i, i + 1);
}

/** What a field says, or for an identifier what its own type code says. */
function meaningOf(words: string, units: Uint16Array, from: number, to: number): string {
  return /(?:number|id)$/.test(words) ? (typeCode(units, from, to) ?? words) : words;
}

/** The meaning of the fifth component of an extended id (CX), where it is one. */
function typeCode(units: Uint16Array, from: number, to: number): string | undefined {
  let component = 1;
  let start = from;
  for (let i = from; i <= to; i++) {
    if (i < to && units[i] !== 0x5e) continue;
    if (component === 5)
      return i - start > 5 ? undefined : IDENTIFIER_TYPES.get(String.fromCharCode(...units.subarray(start, i)));
    component++;
    start = i + 1;
  }
  return undefined;
}
