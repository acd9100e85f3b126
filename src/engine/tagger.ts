/**
 * Where a trained tagger for names, places and dates plugs in: it fills `Doc.tags` between the labels and the
 * detectors. Until one is trained, no token has a tag and the detectors' lexicon and context rules stand alone.
 */
import type { Arena } from './arena.js';

export interface Tagger {
  /** Goes into records and reports, so that a figure can be traced to the weights that made it. */
  readonly version: string;
  tag(arena: Arena): void;
}

export const untrained: Tagger = {
  version: 'none',
  tag: () => {},
};
