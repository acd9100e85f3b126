/** Where the engine's time goes: each stage and each detector alone, in nanoseconds a byte of dense notes. */
import { CATEGORIES } from '../detectors/contract.js';
import { detectors } from '../detectors/index.js';
import { Arena } from '../src/engine/arena.js';
import { findCues } from '../src/engine/cues.js';
import { compileAnchors, detect } from '../src/engine/detect.js';
import { readDocument } from '../src/engine/document.js';
import { echo } from '../src/engine/echo.js';
import { classify, findLabels } from '../src/engine/labels.js';
import { OPERATING_POINTS } from '../src/engine/profile.js';
import { Spans } from '../src/engine/spans.js';
import { Tagger } from '../src/engine/tagger/tagger.js';
import { tokenize } from '../src/engine/tokens.js';
import { vocabularyOf } from '../src/engine/vocabulary.js';
import { createEngine } from '../src/index.js';
import { stage } from '../test/kit/stages.js';
import { type Bench, print, speedOf, utf8Bytes } from './harness.js';
import { denseNotes } from './workload.js';

const SEED = 11;
const BYTES = 500_000;
const CONFIDENCE_MIN = 0.5;

export const stages: Bench = {
  name: 'stages',
  about: 'nanoseconds a byte of each stage and each detector on dense notes',
  run() {
    const texts = denseNotes(SEED, BYTES);
    const bytes = utf8Bytes(texts);
    const vocabulary = vocabularyOf(detectors);
    const { lexicon, labelOwner } = vocabulary;
    const figures: Record<string, number> = {};
    const report = (name: string, work: () => void, repeats: number, less = 0): number => {
      const cost = 1000 / speedOf(bytes * repeats, work).mbPerCpuSecond - less;
      figures[`stage_${name.replaceAll('-', '_').replaceAll(' ', '_')}_ns_per_byte`] = cost;
      print(name, cost, 'ns/byte');
      return cost;
    };

    const arena = new Arena(vocabulary.labels);
    arena.year = 2026;
    const each = (work: (text: string) => void) => () => {
      for (const text of texts) work(text);
    };
    const document = report(
      'document',
      each((text) => readDocument(arena, lexicon, text)),
      1,
    );
    const upToTokens = (text: string) => {
      readDocument(arena, lexicon, text);
      tokenize(arena, lexicon);
    };
    const tokens = report('tokens', each(upToTokens), 1, document);
    const upToLexicon = (text: string) => {
      upToTokens(text);
      classify(arena, lexicon);
    };
    const words = report('lexicon', each(upToLexicon), 1, document + tokens);
    const upToLabels = (text: string) => {
      upToLexicon(text);
      findLabels(arena, vocabulary);
    };
    const labels = report('labels', each(upToLabels), 1, document + tokens + words);
    const upToCues = (text: string) => {
      upToLabels(text);
      findCues(arena);
    };
    const cues = report('cues', each(upToCues), 1, document + tokens + words + labels);
    const tagger = new Tagger(lexicon.tagger, vocabulary.labels, OPERATING_POINTS.balanced.decide);
    const upToTags = (text: string) => {
      upToCues(text);
      tagger.tag(arena);
    };
    const tags = report('tagger', each(upToTags), 1, document + tokens + words + labels + cues);

    // Each detector alone over documents that are ready, several times, so that only its own work counts.
    const ready = texts.map((text) => stage(text).arena);
    const spans = new Spans();
    const detecting = (categories: readonly (typeof CATEGORIES)[number][]) => {
      const dispatch = compileAnchors(detectors, labelOwner, new Set(categories));
      return () => {
        for (const own of ready) {
          detect(own, dispatch, spans);
          spans.clear();
        }
      };
    };
    const loop = report('dispatch alone', detecting([]), 1);
    for (const category of CATEGORIES) report(category, detecting([category]), 1, loop);
    const all = report('all detectors', detecting(CATEGORIES), 1);
    const dispatch = compileAnchors(detectors, labelOwner, new Set(CATEGORIES));
    report(
      'sort and echo',
      () => {
        for (const own of ready) {
          detect(own, dispatch, spans);
          spans.sort();
          echo(own, spans, CONFIDENCE_MIN);
          spans.clear();
        }
      },
      1,
      all,
    );
    const engine = createEngine();
    const scan = report(
      'engine scan',
      each((text) => engine.scan(text)),
      1,
    );
    report(
      'engine redact',
      each((text) => engine.redact(text)),
      1,
    );
    print(
      'overlap, findings',
      scan - document - tokens - words - labels - cues - tags - all,
      'ns/byte',
      'scan less the stages above',
    );
    return figures;
  },
};
