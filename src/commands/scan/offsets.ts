/**
 * Positions as other languages count them, and as an editor shows them. One pass over the text serves all findings of
 * a document, so many findings in a long text still take linear time.
 */
export const UNITS = ['utf16', 'codepoint', 'byte'] as const;
export type Unit = (typeof UNITS)[number];

export interface Place {
  /** In the asked unit, from the beginning of the text. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
  /** In the asked unit, from 1. */
  readonly column: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the UTF-16 positions of spans lie. */
export function placesOf(text: string, spans: readonly Span[], unit: Unit): ReadonlyMap<number, Place> {
  const marks = new Uint32Array(spans.length * 2);
  spans.forEach(({ start, end }, i) => {
    marks[2 * i] = start;
    marks[2 * i + 1] = end;
  });
  marks.sort();
  const places = new Map<number, Place>();
  let at = 0;
  let offset = 0;
  let line = 1;
  let lineOffset = 0;
  for (const mark of marks) {
    for (; at < mark; at++) {
      const c = text.charCodeAt(at);
      offset += unit === 'utf16' ? 1 : width(text, at, c, unit);
      if (c === 0x0a) {
        line++;
        lineOffset = offset;
      }
    }
    places.set(mark, { offset, line, column: offset - lineOffset + 1 });
  }
  return places;
}

/** A pair of surrogates counts at its first half. One alone (JSON can write it) is what UTF-8 writes for it: U+FFFD. */
function width(text: string, at: number, c: number, unit: 'codepoint' | 'byte'): number {
  if (c < 0x80) return 1;
  if (isLow(c) && isHigh(text.charCodeAt(at - 1))) return 0;
  if (unit === 'codepoint') return 1;
  if (c < 0x800) return 2;
  return isHigh(c) && isLow(text.charCodeAt(at + 1)) ? 4 : 3;
}

function isHigh(c: number): boolean {
  return (c & 0xfc00) === 0xd800;
}

function isLow(c: number): boolean {
  return (c & 0xfc00) === 0xdc00;
}
