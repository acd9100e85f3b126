/**
 * What the question before a code asks for: "What's on the chart label?" "K-4471". The nearest word of a category in the
 * question counts, or its label. Bounded: sixteen tokens back, across one question mark, never across a leaf or a
 * redacted token.
 */
import { type Category, Cue, type Doc, Gap, Shape } from '../../contract.js';
import { hasDigit } from '../read.js';
import { near } from './cue-reach.js';
import { CLOSE_BITS, CUE_WORDS, NEUTRAL, TIGHT_BITS, TIGHT_SHIFT } from './cue-words.js';

const REACH = 16;
const ANSWER_WORDS_MAX = 8;
const QUESTION = 0x3f;

const CUES: Partial<Record<Category, Cue>> = {
  ssn: Cue.Ssn,
  mrn: Cue.Mrn,
  'health-plan': Cue.HealthPlan,
  account: Cue.Account,
  license: Cue.License,
  'other-id': Cue.OtherId,
  device: Cue.Device,
  vehicle: Cue.Vehicle,
  biometric: Cue.Biometric,
};

/** The cue of a label's category; none for those that claim no codes. */
export function cueOfLabel(doc: Doc, id: number): Cue {
  const { category } = doc.labels[id];
  return category === null ? Cue.None : (CUES[category] ?? Cue.None);
}

/** Whose the code is that begins at `head`, by the question before it; `weight` says how much it looks like one. */
export function askedBefore(doc: Doc, head: number, weight: number): Cue {
  let asked = false;
  let tight = 0;
  for (let t = head - 1; t >= 0 && head - t <= REACH; t--) {
    const behind = doc.gap[t + 1];
    if (behind === Gap.Leaf || doc.shape[t] === Shape.Redacted) return Cue.None;
    const question = doc.text[doc.end[t]] === QUESTION;
    if (!asked) {
      asked = question;
      if (!asked && (hasDigit(doc, t) || head - t > ANSWER_WORDS_MAX)) return Cue.None;
      if (!asked) continue;
    } else if (question || behind === Gap.Stop || behind === Gap.Line) break;
    const bits = CUE_WORDS.get(doc.hash[t]);
    if (bits & NEUTRAL) return Cue.None;
    const label = doc.label[t] === 0 ? Cue.None : cueOfLabel(doc, doc.label[t]);
    if (label !== Cue.None) return near(1 << label, weight, 3);
    if (bits & CLOSE_BITS) return near(bits & CLOSE_BITS, weight, 3);
    if (tight === 0) tight = (bits & TIGHT_BITS) >> TIGHT_SHIFT;
  }
  return tight === 0 ? Cue.None : near(tight, weight, 2);
}
