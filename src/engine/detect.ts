/**
 * Calls each detector at its anchors and nowhere else. The anchors of all detectors are turned into tables of detector
 * bit masks once, so that one token costs a few loads, whatever the number of detectors.
 */
import type { Category, Detector } from '../../detectors/contract.js';
import type { Arena } from './arena.js';
import type { Spans } from './spans.js';

/** Tokens that are looked at before detectors are called for them. */
const BLOCK_TOKENS = 512;
const ROW = 1 + BLOCK_TOKENS;
const ALL = -1;

/** Where in the table of masks those of each shape behind each gap, of cues, tags, each byte of the classes, and labels begin. */
const FORMS = 0;
const CUES = FORMS + 32 * 32;
const TAGS = CUES + 32;
const CLASSES = TAGS + 256;
const LABELS = CLASSES + 4 * 256;

export interface Dispatch {
  readonly detectors: readonly Detector[];
  /** The detectors that each fact about a token calls, a bit each: one table, so that its place is looked up once. */
  readonly masks: Int32Array;
  /** The classes that call any detector; few words have one. */
  readonly classes: number;
  /** Working memory: how many tokens of a block each detector is to be called for, and behind that which. */
  readonly wanted: Int32Array;
}

/** `labelOwner[id]` is the index of the detector that owns a label, or -1. */
export function compileAnchors(
  detectors: readonly Detector[],
  labelOwner: readonly number[],
  wanted: ReadonlySet<Category>,
): Dispatch {
  const masks = new Int32Array(LABELS + labelOwner.length);
  let called = 0;
  const enter = (at: number, d: number): void => {
    masks[at] |= 1 << d;
  };
  detectors.forEach(({ category, anchors }, d) => {
    if (!wanted.has(category)) return;
    const { shapes = 0, gaps = 0, forms = [], cues = 0, tags = 0, classes = 0 } = anchors;
    called |= classes;
    const all = [...forms, { shapes, gaps: ALL }, { shapes: ALL, gaps }];
    for (let k = 0; k < 32; k++) {
      for (const form of all)
        if (((form.shapes ?? ALL) >>> k) & 1)
          for (let gap = 0; gap < 32; gap++) if ((form.gaps >>> gap) & 1) enter(FORMS + (k << 5) + gap, d);
      if (cues & (1 << k)) enter(CUES + k, d);
      if (k > 0 && tags & (1 << k)) enter(TAGS + k, d);
    }
    for (let byte = 0; byte < 4 * 256; byte++)
      if ((classes >>> ((byte >> 8) * 8)) & byte & 0xff) enter(CLASSES + byte, d);
  });
  labelOwner.forEach((owner, id) => {
    if (owner >= 0 && wanted.has(detectors[owner].category)) enter(LABELS + id, owner);
  });
  return {
    detectors,
    masks,
    classes: called,
    wanted: new Int32Array(detectors.length * ROW),
  };
}

/**
 * Block by block: first the tokens that each detector wants, then one detector after the other over its own. A detector's
 * code and tables stay near while it runs, which is worth more than calling all of them token by token.
 */
export function detect(arena: Arena, dispatch: Dispatch, spans: Spans): void {
  const { detectors, masks, wanted } = dispatch;
  const callers = dispatch.classes;
  const { count, shape, gap, lex, label, tags, cue } = arena;
  for (let from = 0; from < count; from += BLOCK_TOKENS) {
    const to = Math.min(count, from + BLOCK_TOKENS);
    for (let row = 0; row < wanted.length; row += ROW) wanted[row] = 0;
    for (let t = from; t < to; t++) {
      const classes = lex[t];
      let due = masks[FORMS + (shape[t] << 5) + gap[t]];
      if ((cue[t] | tags[t]) !== 0) due |= masks[CUES + cue[t]] | masks[TAGS + tags[t]];
      if ((classes & callers) !== 0)
        due |=
          masks[CLASSES + (classes & 0xff)] |
          masks[CLASSES + 256 + ((classes >>> 8) & 0xff)] |
          masks[CLASSES + 512 + ((classes >>> 16) & 0xff)] |
          masks[CLASSES + 768 + (classes >>> 24)];
      if (label[t] !== 0) due |= masks[LABELS + label[t]];
      while (due !== 0) {
        const d = 31 - Math.clz32(due);
        const row = d * ROW;
        wanted[row + ++wanted[row]] = t;
        due ^= 1 << d;
      }
    }
    for (let d = 0; d < detectors.length; d++) {
      const { read } = detectors[d];
      const row = d * ROW;
      const last = row + wanted[row];
      for (let i = row + 1; i <= last; i++) read(arena, wanted[i], spans.emit);
    }
  }
}
