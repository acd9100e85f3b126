/**
 * Whose a code is, as its detector asks: what the words around prove is kept by the engine, which has asked each code once.
 */
import type { Cue, Doc } from '../../contract.js';
import { claimed } from './claimed.js';
import { cueAt, SPOKEN_SHAPES } from './cue.js';
import { recallProof } from './cue-reach.js';

export { cueConfidence, isGuess } from './cue-reach.js';

/** Whether the code at a token is one of a category; `claimed` then holds where it begins and ends. */
export function isCued(doc: Doc, at: number, own: Cue): boolean {
  if (doc.cue[at] !== own) return false;
  // A guess depends on the code that was asked before it, so that it is asked again among those of its detector.
  if (doc.cueProof[at] === 0) return cueAt(doc, at) === own;
  claimed.start = doc.cueStart[at];
  claimed.end = doc.cueEnd[at];
  recallProof(doc.cueProof[at]);
  return true;
}

/** The same for a code that is read out. */
export function isSpokenCue(doc: Doc, at: number, own: Cue): boolean {
  return ((1 << doc.shape[at]) & SPOKEN_SHAPES) !== 0 && isCued(doc, at, own);
}
