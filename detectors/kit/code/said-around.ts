/**
 * What is said around a code at all: for most codes no word of any category, so that nothing further need be read; and whether
 * what follows makes it the code of a thing. Reads a fixed number of tokens.
 */
import { type Doc, Gap } from '../../contract.js';
import { claimed } from './claimed.js';
import { CUE_FILTER, CUE_WORDS, cueSlot, IS, LINK, NEUTRAL } from './cue-words.js';

/** How far a word may be from the part of a code that is asked. */
const BEFORE_MAX = 12;
const BEHIND_MAX = 11;
const HEAD_TOKENS_MAX = 4;
const DISCLAIMED_MAX = 2;

/** Bits of the categories that may have words around a token: for most codes none has, and they need not be read. */
export function saidAround(doc: Doc, at: number): number {
  const { gap, hash } = doc;
  let bits = 0;
  const from = Math.max(0, at - BEFORE_MAX);
  for (let t = at - 1; t >= from; t--) {
    const behind = gap[t + 1];
    if (behind === Gap.Leaf || (behind === Gap.Line && t < at - HEAD_TOKENS_MAX)) break;
    bits |= CUE_FILTER[cueSlot(hash[t])];
  }
  const to = Math.min(doc.count, at + BEHIND_MAX);
  for (let t = at + 1; t < to && gap[t] !== Gap.Leaf && gap[t] !== Gap.Line && gap[t] !== Gap.Stop; t++)
    bits |= CUE_FILTER[cueSlot(hash[t])];
  return bits;
}

/** "5076-52 is the model": what is said of a code makes it that of a thing. */
export function isDisclaimed(doc: Doc): boolean {
  let t = claimed.last + 1;
  if (t >= doc.count || doc.gap[t] !== Gap.Blank || (CUE_WORDS.get(doc.hash[t]) & IS) === 0) return false;
  for (let steps = 0; steps < DISCLAIMED_MAX && ++t < doc.count && doc.gap[t] === Gap.Blank; steps++) {
    const bits = CUE_WORDS.get(doc.hash[t]);
    if (bits & NEUTRAL) return true;
    if ((bits & LINK) === 0) return false;
  }
  return false;
}
