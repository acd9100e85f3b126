/**
 * The labels of all detectors as entries of the lexicon: each phrase becomes a chain of token hashes, so that finding labels
 * costs nothing beyond the lexicon pass. Done when the lexicon is compiled; at run time only the ids are given out anew.
 */
import type { Detector, Label, Phrases } from '../contract.js';
import { hashOf } from '../kit/hash.js';
import { NEUTRAL_LABELS } from '../kit/labels.js';
import { addPhrase, type Lexicon } from './load.js';

export interface LabelSet {
  /** By id; 0 is no label. */
  readonly labels: readonly Label[];
  /** Index of the detector that owns a label, or -1. */
  readonly owners: readonly number[];
  /** Tells whether a compiled lexicon holds these labels. */
  readonly digest: number;
}

interface Group {
  readonly label: Label;
  readonly owner: number;
  readonly phrases: Phrases;
}

/** Words in a phrase that is also known run together, as program code writes it: `medicalrecordnumber`. */
const JOINED_WORDS_MAX = 3;
const JOINED_LETTERS_MIN = 4;

export function labelSet(detectors: readonly Detector[]): LabelSet {
  const groups = groupsOf(detectors);
  let digest = 1;
  for (const { label } of groups)
    digest = Math.imul(digest ^ hashOf(`${label.category} ${label.kind} ${label.field}`), 0x01000193);
  return {
    labels: [NONE, ...groups.map(({ label }) => label)],
    owners: [-1, ...groups.map(({ owner }) => owner)],
    digest: digest >>> 0 || 1,
  };
}

/** Enters all phrases; returns those that two labels claim, of which the first keeps them. */
export function enterLabels(lexicon: Lexicon, detectors: readonly Detector[]): string[] {
  const conflicts: string[] = [];
  const claimed = new Map<string, Label>();
  groupsOf(detectors).forEach(({ label, phrases }, index) => {
    for (const phrase of typeof phrases === 'function' ? phrases() : phrases)
      for (const words of variants(phrase)) {
        const key = words.join(' ');
        const holder = claimed.get(key);
        if (holder === undefined) {
          claimed.set(key, label);
          addPhrase(lexicon, words.map(hashOf), index + 1);
        } else if (holder !== label && (holder.category !== label.category || holder.kind !== label.kind))
          conflicts.push(`${phrase}: ${holder.category}/${holder.kind}, ${label.category}/${label.kind}`);
      }
  });
  return conflicts;
}

const NONE: Label = { category: null, kind: 'none' };

function groupsOf(detectors: readonly Detector[]): Group[] {
  const groups: Group[] = detectors.flatMap(({ category, anchors }, owner) => [
    ...Object.entries(anchors.labels ?? {}).map(([kind, phrases]) => ({ label: { category, kind }, owner, phrases })),
    ...Object.entries(anchors.fields ?? {}).map(([kind, phrases]) => ({
      label: { category, kind, field: true },
      owner,
      phrases,
    })),
  ]);
  for (const [kind, phrases] of Object.entries(NEUTRAL_LABELS))
    groups.push({ label: { category: null, kind }, owner: -1, phrases });
  return groups;
}

function variants(phrase: string): string[][] {
  const words = phrase.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const joined = words.join('');
  return words.length > 1 && words.length <= JOINED_WORDS_MAX && joined.length >= JOINED_LETTERS_MIN
    ? [words, [joined]]
    : [words];
}
