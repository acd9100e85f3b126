/**
 * Calls each detector at its anchors and nowhere else. The anchors of all detectors are turned into tables of detector
 * bit masks once, so that one token costs a few loads, whatever the number of detectors.
 */
import type { Category, Detector } from '../../detectors/contract.js';
import type { Arena } from './arena.js';
import type { Spans } from './spans.js';

/** Tokens that are looked at before detectors are called for them. */
const BLOCK_TOKENS = 512;

export interface Dispatch {
  readonly detectors: readonly Detector[];
  readonly byShape: Int32Array;
  readonly byGap: Int32Array;
  /** By each of the four bytes of a token's classes, 256 entries apiece. */
  readonly byClass: Int32Array;
  readonly byLabel: Int32Array;
  readonly byTag: Int32Array;
  readonly byCue: Int32Array;
  /** Working memory: the tokens of a block that each detector is to be called for. */
  readonly wanted: Int32Array;
  readonly wantedCount: Int32Array;
}

/** `labelOwner[id]` is the index of the detector that owns a label, or -1. */
export function compileAnchors(
  detectors: readonly Detector[],
  labelOwner: readonly number[],
  wanted: ReadonlySet<Category>,
): Dispatch {
  const byShape = new Int32Array(32);
  const byGap = new Int32Array(32);
  const byClass = new Int32Array(4 * 256);
  const byTag = new Int32Array(256);
  const byCue = new Int32Array(32);
  detectors.forEach(({ category, anchors }, d) => {
    if (!wanted.has(category)) return;
    const bit = 1 << d;
    for (let k = 0; k < 32; k++) {
      if ((anchors.shapes ?? 0) & (1 << k)) byShape[k] = byShape[k] | bit;
      if ((anchors.cues ?? 0) & (1 << k)) byCue[k] = byCue[k] | bit;
      if ((anchors.gaps ?? 0) & (1 << k)) byGap[k] = byGap[k] | bit;
    }
    for (let tag = 1; tag < 32; tag++) if ((anchors.tags ?? 0) & (1 << tag)) byTag[tag] = byTag[tag] | bit;
    for (let at = 0; at < byClass.length; at++)
      if (((anchors.classes ?? 0) >>> ((at >> 8) * 8)) & at & 0xff) byClass[at] = byClass[at] | bit;
  });
  const byLabel = new Int32Array(labelOwner.length);
  labelOwner.forEach((owner, id) => {
    if (owner >= 0 && wanted.has(detectors[owner].category)) byLabel[id] = 1 << owner;
  });
  return {
    detectors,
    byShape,
    byGap,
    byClass,
    byLabel,
    byTag,
    byCue,
    wanted: new Int32Array(detectors.length * BLOCK_TOKENS),
    wantedCount: new Int32Array(detectors.length),
  };
}

/**
 * Block by block: first the tokens that each detector wants, then one detector after the other over its own. A detector's
 * code and tables stay near while it runs, which is worth more than calling all of them token by token.
 */
export function detect(arena: Arena, dispatch: Dispatch, spans: Spans): void {
  const { detectors, byShape, byGap, byClass, byLabel, byTag, byCue, wanted, wantedCount } = dispatch;
  const { count, shape, gap, lex, label, tags, cue } = arena;
  for (let from = 0; from < count; from += BLOCK_TOKENS) {
    const to = Math.min(count, from + BLOCK_TOKENS);
    wantedCount.fill(0);
    for (let t = from; t < to; t++) {
      const classes = lex[t];
      let due =
        byShape[shape[t]] |
        byGap[gap[t]] |
        byLabel[label[t]] |
        byTag[tags[t]] |
        byCue[cue[t]] |
        byClass[classes & 0xff] |
        byClass[256 + ((classes >>> 8) & 0xff)] |
        byClass[512 + ((classes >>> 16) & 0xff)] |
        byClass[768 + (classes >>> 24)];
      while (due !== 0) {
        const d = 31 - Math.clz32(due);
        wanted[d * BLOCK_TOKENS + wantedCount[d]++] = t;
        due ^= 1 << d;
      }
    }
    for (let d = 0; d < detectors.length; d++) {
      const { read } = detectors[d];
      const end = d * BLOCK_TOKENS + wantedCount[d];
      for (let i = d * BLOCK_TOKENS; i < end; i++) read(arena, wanted[i], spans.emit);
    }
  }
}
