/**
 * The lexicon together with the labels of a set of detectors, once per process. For the shipped detectors the labels were
 * compiled in; for others they are entered here.
 */
import type { Detector, Label } from '../../detectors/contract.js';
import { enterLabels, labelSet } from '../../detectors/lexicon/labels.js';
import { SluiceError } from '../errors.js';
import { packageFile } from '../package-file.js';
import {
  attachLexicon,
  forgetLabels,
  LEXICON_FILE,
  type Lexicon,
  labelsIn,
  loadLexicon,
  PHRASE_ENTRY,
} from './lexicon.js';

export interface Vocabulary {
  readonly lexicon: Lexicon;
  readonly detectors: readonly Detector[];
  readonly labels: readonly Label[];
  /** Index of the detector that owns a label, or -1. */
  readonly labelOwner: readonly number[];
  /**
   * Two bits in one word for each phrase state that the lexicon may know: most tokens start none, and this is small enough
   * to stay near.
   */
  readonly phraseFilter: Int32Array;
}

const FILTER_WORDS_LOG2 = 14;

/** Whether the filter has a state: if not, neither has the lexicon. */
export function mayKnow(filter: Int32Array, state: number): boolean {
  const mixed = Math.imul(state, 0x9e3779b1);
  const word = filter[mixed >>> (32 - FILTER_WORDS_LOG2)];
  return ((word >>> (mixed & 31)) & (word >>> ((mixed >> 5) & 31)) & 1) !== 0;
}

const known = new Map<readonly Detector[], Vocabulary>();

export function vocabularyOf(detectors: readonly Detector[]): Vocabulary {
  let vocabulary = known.get(detectors);
  if (vocabulary === undefined) {
    const { labels, owners, digest } = labelSet(detectors);
    const lexicon = loaded();
    if (labelsIn(lexicon) !== digest) {
      forgetLabels(lexicon);
      enterLabels(lexicon, detectors);
    }
    vocabulary = { lexicon, detectors, labels, labelOwner: owners, phraseFilter: filterOf(lexicon) };
    known.set(detectors, vocabulary);
  }
  return vocabulary;
}

let adopted: SharedArrayBuffer | undefined;

/** Uses the lexicon that another thread has loaded, instead of reading it again. Called before the first engine is made. */
export function adoptLexicon(buffer: SharedArrayBuffer): void {
  adopted = buffer;
}

function loaded(): Lexicon {
  try {
    if (adopted !== undefined) return attachLexicon(adopted);
    return loadLexicon(packageFile(LEXICON_FILE, 'dist/detectors/lexicon/lexicon.bin'));
  } catch {
    throw new SluiceError('LEXICON_CORRUPT');
  }
}

function filterOf(lexicon: Lexicon): Int32Array {
  const filter = new Int32Array(1 << FILTER_WORDS_LOG2);
  const { phrases } = lexicon;
  for (let at = 0; at < phrases.length; at += PHRASE_ENTRY) {
    if (phrases[at] === 0) continue;
    const mixed = Math.imul(phrases[at], 0x9e3779b1);
    filter[mixed >>> (32 - FILTER_WORDS_LOG2)] |= (1 << (mixed & 31)) | (1 << ((mixed >> 5) & 31));
  }
  return filter;
}
