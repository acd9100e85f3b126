/**
 * The lexicon with the labels of all detectors in it. Built once per process and set of detectors, and shared: label
 * phrases become chains of token hashes, so that finding them costs nothing beyond the lexicon pass.
 */
import type { Detector, Label } from '../../detectors/contract.js';
import { NEUTRAL_LABELS } from '../../detectors/kit/labels.js';
import { hashOf } from '../../detectors/kit/hash.js';
import { addPhrase, type Lexicon, loadLexicon } from './lexicon.js';

export interface Vocabulary {
  readonly lexicon: Lexicon;
  readonly detectors: readonly Detector[];
  readonly labels: readonly Label[];
  /** Index of the detector that owns a label, or -1. */
  readonly labelOwner: readonly number[];
  /** Phrases that two labels claim: the first keeps them. A test holds this empty for the shipped detectors. */
  readonly conflicts: readonly string[];
}

const compiled = new Map<readonly Detector[], Vocabulary>();

export function compileLabels(detectors: readonly Detector[]): Vocabulary {
  let vocabulary = compiled.get(detectors);
  if (vocabulary === undefined) compiled.set(detectors, (vocabulary = compile(detectors)));
  return vocabulary;
}

function compile(detectors: readonly Detector[]): Vocabulary {
  const lexicon = loadLexicon();
  const labels: Label[] = [{ category: null, kind: 'none' }];
  const labelOwner: number[] = [-1];
  const conflicts: string[] = [];
  const claimed = new Map<string, string>();
  const add = (label: Label, owner: number, phrases: readonly string[]): void => {
    const id = labels.push(label) - 1;
    labelOwner.push(owner);
    for (const phrase of phrases) {
      for (const words of variants(phrase)) {
        const key = words.join(' ');
        const holder = claimed.get(key);
        if (holder !== undefined) {
          // The joined form of one label may be the plain form of another of the same kind: "chart no", "chartno".
          if (holder !== `${label.category}/${label.kind}`) conflicts.push(`${phrase}: ${holder}, ${label.category}/${label.kind}`);
          continue;
        }
        claimed.set(key, `${label.category}/${label.kind}`);
        addPhrase(lexicon, words.map(hashOf), id);
      }
    }
  };
  detectors.forEach(({ category, anchors }, owner) => {
    for (const [kind, phrases] of Object.entries(anchors.labels ?? {})) add({ category, kind }, owner, phrases);
    for (const [kind, phrases] of Object.entries(anchors.fields ?? {})) add({ category, kind, field: true }, owner, phrases);
  });
  for (const [kind, phrases] of Object.entries(NEUTRAL_LABELS)) add({ category: null, kind }, -1, phrases);
  return { lexicon, detectors, labels, labelOwner, conflicts };
}

/** A phrase as its words, and run together as program code writes it: `medical record`, `medicalrecord`. */
function variants(phrase: string): string[][] {
  const words = phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length > 1 && words.join('').length > 3 ? [words, [words.join('')]] : [words];
}
