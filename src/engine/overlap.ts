/**
 * From overlapping spans to findings that do not overlap. A span that contains another wins; of two equal ones the
 * surer wins; a span that sticks out behind a winner keeps what sticks out. Nothing that any detector covered is left bare.
 */
import type { Arena } from './arena.js';
import type { Lexicon } from './lexicon.js';
import type { Spans } from './spans.js';

/** Indices into `spans` in reading order; `start` and `end` of the survivors may have been trimmed. */
export function resolve(arena: Arena, lexicon: Lexicon, spans: Spans, confidenceMin: number): number[] {
  const { start, end, confidence, count } = spans;
  const order: number[] = [];
  let sorted = true;
  for (let i = 0; i < count; i++) {
    if (confidence[i] < confidenceMin) continue;
    const last = order[order.length - 1];
    if (last !== undefined && before(spans, i, last)) sorted = false;
    order.push(i);
  }
  if (!sorted) order.sort((a, b) => (before(spans, a, b) ? -1 : before(spans, b, a) ? 1 : a - b));

  const kept: number[] = [];
  let reach = 0;
  for (const i of order) {
    const s = start[i];
    const e = end[i];
    if (e <= reach) continue;
    if (s < reach) {
      const rest = firstLetterOrDigit(arena, lexicon, reach, e);
      if (rest < 0) continue;
      start[i] = rest;
    }
    kept.push(i);
    reach = e;
  }
  return kept;
}

/** Reading order: by start, then the longer, then the surer. */
function before(spans: Spans, a: number, b: number): boolean {
  const byStart = spans.start[a] - spans.start[b];
  if (byStart !== 0) return byStart < 0;
  const byEnd = spans.end[a] - spans.end[b];
  if (byEnd !== 0) return byEnd > 0;
  return spans.confidence[a] > spans.confidence[b];
}

function firstLetterOrDigit(arena: Arena, lexicon: Lexicon, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const kind = lexicon.charClass[arena.text[i]];
    if (kind > 0 && kind <= 4) return i;
  }
  return -1;
}
