/**
 * From overlapping spans to findings that do not overlap. A span that contains another wins; of two equal ones the
 * surer wins; a span that sticks out behind a winner keeps what sticks out. Nothing that any detector covered is left bare.
 */
import type { Arena } from './arena.js';
import type { Lexicon } from './lexicon.js';
import type { Spans } from './spans.js';

/**
 * Indices into `spans` in reading order; `start` of the survivors may have been trimmed. The spans that were sorted and
 * those that came later (which are in order by themselves) are merged on the way.
 */
export function resolve(arena: Arena, lexicon: Lexicon, spans: Spans, confidenceMin: number): number[] {
  const { start, end, confidence, count, order, sorted } = spans;
  const kept: number[] = [];
  let reach = 0;
  let early = 0;
  let late = sorted;
  while (early < sorted || late < count) {
    const i = late >= count || (early < sorted && !spans.before(late, order[early])) ? order[early++] : late++;
    if (confidence[i] < confidenceMin || end[i] <= reach) continue;
    if (start[i] < reach) {
      const rest = firstLetterOrDigit(arena, lexicon, reach, end[i]);
      if (rest < 0) continue;
      start[i] = rest;
    }
    kept.push(i);
    reach = end[i];
  }
  return kept;
}

function firstLetterOrDigit(arena: Arena, lexicon: Lexicon, from: number, to: number): number {
  for (let i = from; i < to; i++) {
    const kind = lexicon.charClass[arena.text[i]];
    if (kind > 0 && kind <= 4) return i;
  }
  return -1;
}
