/** The engine's stages one by one, for tests that look inside or call detectors themselves. */
import type { Detector } from '../../detectors/contract.js';
import { detectors as registered } from '../../detectors/index.js';
import { Arena } from '../../src/engine/arena.js';
import { findCues } from '../../src/engine/cues.js';
import { readDocument } from '../../src/engine/document.js';
import { classify, findLabels } from '../../src/engine/labels.js';
import { OPERATING_POINTS } from '../../src/engine/profile.js';
import type { Spans } from '../../src/engine/spans.js';
import { Tagger } from '../../src/engine/tagger/tagger.js';
import { tokenize } from '../../src/engine/tokens.js';
import { type Vocabulary, vocabularyOf } from '../../src/engine/vocabulary.js';

export interface Staged {
  readonly vocabulary: Vocabulary;
  readonly arena: Arena;
}

/** Everything up to the detectors. */
export function stage(raw: string, detectors: readonly Detector[] = registered): Staged {
  const vocabulary = vocabularyOf(detectors);
  const arena = new Arena(vocabulary.labels);
  arena.year = 2026;
  readDocument(arena, vocabulary.lexicon, raw);
  tokenize(arena, vocabulary.lexicon);
  classify(arena, vocabulary.lexicon);
  findLabels(arena, vocabulary);
  findCues(arena);
  new Tagger(vocabulary.lexicon.tagger, vocabulary.labels, OPERATING_POINTS.balanced.decide).tag(arena);
  return { vocabulary, arena };
}

/** What a detector reports, as `start-end rule`, sorted and without repeats. */
export function reports(spans: Spans): string[] {
  const all = new Set<string>();
  for (let i = 0; i < spans.count; i++) all.add(`${spans.start[i]}-${spans.end[i]} ${spans.rule[i].name}`);
  return [...all].sort();
}

/** The tokens of a text with their shapes and gaps: for failure messages and unit tests. */
export function tokensOf(arena: Arena): { text: string; shape: number; gap: number; flags: number }[] {
  return Array.from({ length: arena.count }, (_, t) => ({
    text: String.fromCharCode(...arena.text.subarray(arena.start[t], arena.end[t])),
    shape: arena.shape[t],
    gap: arena.gap[t],
    flags: arena.flags[t],
  }));
}
