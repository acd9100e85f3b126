/**
 * Takes stretches out of a text: elements of JSON lists with the comma that goes with them, messages of a batch and rows of a
 * table as they stand. What is left is as it was written.
 */
import type { Stretch } from './scanner.js';

/** Undefined where a stretch does not lie in the text, or they lie over each other. `offset`: of the text in what they count. */
export function excised(text: string, stretches: readonly Stretch[], offset = 0): string | undefined {
  const isJson = /^\s*[[{]/.test(text);
  let out = '';
  let at = 0;
  for (const { start, end } of joined(text, stretches, offset, isJson)) {
    if (start < at || end > text.length) return undefined;
    out += text.slice(at, start);
    at = end;
    if (!isJson) continue;
    const behind = /^\s*,\s*/.exec(text.slice(end, end + SEPARATOR_UNITS_MAX))?.[0];
    // The last ones of a list: the comma in front of them goes.
    if (behind === undefined) out = withoutComma(out);
    else at += behind.length;
  }
  return out + text.slice(at);
}

/** More blanks than anybody writes between two elements; what is beyond stays, and is no JSON any more: refused by who reads it. */
const SEPARATOR_UNITS_MAX = 256;

function withoutComma(text: string): string {
  const end = text.length - SEPARATOR_UNITS_MAX;
  return text.slice(0, Math.max(0, end)) + text.slice(Math.max(0, end)).replace(/\s*,\s*$/, '');
}

/** In their order; of a list those with nothing but a comma between them as one. */
function joined(text: string, stretches: readonly Stretch[], offset: number, isJson: boolean): Stretch[] {
  const all: { start: number; end: number }[] = [];
  for (const one of [...stretches].sort((a, b) => a.start - b.start)) {
    const start = one.start - offset;
    const end = one.end - offset;
    const last = all.at(-1);
    // Two rules that take out the same take it out once.
    if (last !== undefined && end <= last.end) continue;
    if (last !== undefined && isJson && isSeparator(text, last.end, start)) last.end = end;
    else all.push({ start, end });
  }
  return all;
}

function isSeparator(text: string, from: number, to: number): boolean {
  return to >= from && to - from <= SEPARATOR_UNITS_MAX && /^\s*,\s*$/.test(text.slice(from, to));
}
