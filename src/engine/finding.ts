/** What the engine reports: where an identifier stands in the input and what it is, never what it says. */
import { CATEGORIES, type Category, type Rule } from '../../detectors/contract.js';
import type { Arena } from './arena.js';
import { type Layout, NOWHERE, type Segment } from './layout.js';
import type { Spans } from './spans.js';

export interface Finding {
  /** UTF-16 code units of the input; of the leaf that `pointer` names, for an object. */
  readonly start: number;
  readonly end: number;
  readonly category: Category;
  readonly kind: string;
  readonly rule: string;
  readonly confidence: number;
  /** JSON pointer (RFC 6901) to the leaf; only for an object handed to the SDK. */
  readonly pointer?: string;
}

/** A finding with what redaction needs: its units in the normalised text, and the JSON leaf it stands in. */
export interface Located extends Finding {
  readonly unitStart: number;
  readonly unitEnd: number;
  readonly segment: Segment | undefined;
}

/** Raw positions of the resolved spans. A span over several leaves becomes one finding in each; context is left out. */
export function locate(arena: Arena, layout: Layout | null, spans: Spans, kept: readonly number[]): Located[] {
  const located: Located[] = [];
  for (const i of kept) {
    const start = spans.start[i];
    const end = spans.end[i];
    const rule = spans.rule[i];
    const confidence = spans.confidence[i];
    if (layout === null) {
      located.push(place(arena, rule, confidence, start, end, undefined));
      continue;
    }
    for (let u = start; u < end; ) {
      if (arena.from[u] === NOWHERE) {
        u++;
        continue;
      }
      const segment = layout.segmentAt(arena.from[u]);
      const limit = segment === undefined ? 0xfffffffe : segment.to;
      let v = u + 1;
      while (v < end && arena.from[v] < limit && arena.from[v] >= arena.from[u]) v++;
      located.push(place(arena, rule, confidence, u, v, segment));
      u = v;
    }
  }
  return located;
}

function place(
  arena: Arena,
  rule: Rule,
  confidence: number,
  unitStart: number,
  unitEnd: number,
  segment: Segment | undefined,
): Located {
  return {
    start: arena.mapped ? arena.from[unitStart] : unitStart,
    end: arena.mapped ? arena.to[unitEnd - 1] : unitEnd,
    category: categoryOf(rule),
    kind: rule.kind,
    rule: rule.name,
    confidence,
    unitStart,
    unitEnd,
    segment,
  };
}

/**
 * The category that a rule is filed under; rules are few, findings many. It is the very text of the list, since whoever compares
 * categories then compares addresses, and the letters of a piece of a name otherwise.
 */
function categoryOf(rule: Rule): Category {
  let category = filed.get(rule);
  if (category === undefined) {
    const filedUnder = rule.name.slice(0, rule.name.indexOf('.'));
    category = CATEGORIES.find((one) => one === filedUnder) ?? (filedUnder as Category);
    filed.set(rule, category);
  }
  return category;
}

const filed = new WeakMap<Rule, Category>();
