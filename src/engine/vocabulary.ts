/**
 * The lexicon together with the labels of a set of detectors, once per process. For the shipped detectors the labels were
 * compiled in; for others they are entered here.
 */
import type { Detector, Label } from '../../detectors/contract.js';
import { enterLabels, labelSet } from '../../detectors/lexicon/labels.js';
import { forgetLabels, type Lexicon, labelsIn, loadLexicon } from './lexicon.js';

export interface Vocabulary {
  readonly lexicon: Lexicon;
  readonly detectors: readonly Detector[];
  readonly labels: readonly Label[];
  /** Index of the detector that owns a label, or -1. */
  readonly labelOwner: readonly number[];
}

const known = new Map<readonly Detector[], Vocabulary>();

export function vocabularyOf(detectors: readonly Detector[]): Vocabulary {
  let vocabulary = known.get(detectors);
  if (vocabulary === undefined) {
    const { labels, owners, digest } = labelSet(detectors);
    const lexicon = loadLexicon();
    if (labelsIn(lexicon) !== digest) {
      forgetLabels(lexicon);
      enterLabels(lexicon, detectors);
    }
    vocabulary = { lexicon, detectors, labels, labelOwner: owners };
    known.set(detectors, vocabulary);
  }
  return vocabulary;
}
