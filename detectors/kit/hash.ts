/**
 * The one hash of the engine: FNV-1a over folded code units, and the chaining that makes a phrase of several words one
 * state. Tokens, lexicon, labels and detectors' constants must all agree on it.
 */
import { foldUnit } from './fold.js';

/** Hashes are signed: V8 keeps a small integer of 32 bits with its sign, and boxes what is larger. */
const OFFSET = 0x811c9dc5 | 0;
const PRIME = 0x01000193;

/** Hash of `units[from..to)`, which must already be folded. */
export function hashUnits(units: Uint16Array, from: number, to: number): number {
  let hash = OFFSET;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ units[i], PRIME);
  return hash;
}

/** The same for ASCII letters in any case. */
export function hashLetters(units: Uint16Array, from: number, to: number): number {
  let hash = OFFSET;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ (units[i] | 0x20), PRIME);
  return hash;
}

/** Hash of a single word in any case, as the tokens of a document have it. For constants, not for the hot path. */
export function hashOf(word: string): number {
  let hash = OFFSET;
  for (let i = 0; i < word.length; i++) {
    const unit = word.charCodeAt(i);
    // A start hashes tens of thousands of words before anything is compiled: no call for what folds to itself.
    hash = Math.imul(hash ^ (unit >= 0x61 && unit <= 0x7a ? unit : foldUnit(unit)), PRIME);
  }
  return hash;
}

/** State of a phrase after one more token. The order of tokens matters: "birth date" is not "date birth". */
export function mixHash(state: number, next: number): number {
  return Math.imul(((state << 13) | (state >>> 19)) ^ next, 0x9e3779b1);
}
