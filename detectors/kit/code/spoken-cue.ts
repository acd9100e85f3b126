/**
 * Whose a code is that is read out: the label or word before it says so, or the question that it answers. Card numbers and
 * long runs of digits are somebody's without any. Counting ("one two three") and measures are nobody's.
 */
import { Cue, type Doc, Gap } from '../../contract.js';
import { askedBefore, cueOfLabel } from './asked.js';
import { claimed } from './claimed.js';
import { certain, cueBefore, cueBehind, guessed } from './cue-reach.js';
import { CUE_WORDS, NEUTRAL } from './cue-words.js';
import { spoken, spokenCode } from './spoken-code.js';
import { FILLER, SOUNDS } from './spoken-words.js';

const PAUSES_MAX = 3;
const TOLD_BACK = 4;
/** Letters and digits of a code that words far from it claim, and of one that no word claims. */
const LONG_MIN = 6;
const MIDDLE_MIN = 4;
const CARD_MIN = 15;
const CARD_MAX = 16;

/** The cue of the spoken code that a token is the first digit of; `claimed` then holds the code. */
export function cueOfSpoken(doc: Doc, at: number): Cue {
  if (!spokenCode(doc, at)) return Cue.None;
  const { first, digits, letters } = claimed;
  const { symbols, counted, measured, rounded, words } = spoken;
  const owner = ownerBefore(doc, first);
  if (counted && symbols < CARD_MIN) return Cue.None;
  if (owner !== 0 && !measured && symbols >= MIDDLE_MIN) {
    const cue = cueOfLabel(doc, owner);
    if (cue !== Cue.None) return certain(cue);
    if (!isSpeaker(doc, owner)) return Cue.None;
  }
  if (letters === 0 && digits >= CARD_MIN && digits <= CARD_MAX) return certain(Cue.Account);
  if (measured) return Cue.None;
  const weight = (symbols >= LONG_MIN ? 3 : symbols >= MIDDLE_MIN ? 2 : 1) - (rounded && symbols >= MIDDLE_MIN ? 1 : 0);
  const cue = cueBefore(doc, first, weight) || askedBefore(doc, first, weight);
  if (cue !== Cue.None) return cue;
  if (isTold(doc, first) || rounded || symbols < LONG_MIN || words < LONG_MIN - 1) return Cue.None;
  return cueBehind(doc, weight) || guessed(Cue.OtherId);
}

/** The label whose value begins here, or at a pause before: "the MRN is, uh, four …". */
function ownerBefore(doc: Doc, first: number): number {
  for (let t = first; t > 0 && first - t <= PAUSES_MAX; t--) {
    if (doc.owner[t] !== 0) return doc.owner[t];
    // "the tag's seven four …"
    if (doc.gap[t - 1] === Gap.Apostrophe) continue;
    if ((SOUNDS.get(doc.hash[t - 1] | 0) & FILLER) === 0) return 0;
  }
  return 0;
}

/** "Nurse: seven seven oh …": the label of a name says who speaks. */
function isSpeaker(doc: Doc, id: number): boolean {
  const { category, kind } = doc.labels[id];
  return category === 'name' || category === 'geography' || kind === 'none';
}

/** A word before the code says that it is no person's. */
function isTold(doc: Doc, first: number): boolean {
  for (let t = first - 1; t >= 0 && first - t <= TOLD_BACK; t--) if (CUE_WORDS.get(doc.hash[t]) & NEUTRAL) return true;
  return false;
}
