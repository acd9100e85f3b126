/** An age as it stands behind a name or before one: "is a pleasant 45-year-old", "(45F", "70yo". */
import { type Doc, Gap, Shape } from '../contract.js';
import { hashOf } from './hash.js';
import { Says, says } from './name-words.js';

const NEWBORN = hashOf('newborn');
/** Tokens between a name and an age. */
const AGE_TOKENS_MAX = 6;
const LETTER_F = 0x66;
const LETTER_M = 0x6d;
const LETTER_Y = 0x79;

/** Whether an age follows: "is a pleasant 45-year-old", ", 45", "(45F", "aged 12". */
export function isAged(doc: Doc, at: number): boolean {
  for (let t = at; t - at < AGE_TOKENS_MAX; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || (gap === Gap.Line && t > at)) return false;
    const shape = doc.shape[t];
    if (shape >= Shape.Digits1 && shape <= Shape.Digits3) {
      const unit = says(doc, t + 1);
      if (unit & Says.Year && doc.gap[t + 1] !== Gap.Leaf && (t > at || (unit & Says.Day) === 0)) return true;
      return (
        t === at &&
        shape < Shape.Digits3 &&
        (gap === Gap.Comma || gap === Gap.Open) &&
        (doc.gap[t + 1] === Gap.Comma || doc.gap[t + 1] === Gap.Close)
      );
    }
    if (shape === Shape.AlnumShort) return isAge(doc, t);
    // "M/72"
    if (shape === Shape.UpperOne && t === at && says(doc, t) & Says.Sex)
      return doc.gap[t + 1] === Gap.Slash && doc.shape[t + 1] === Shape.Digits2;
    if (doc.hash[t] === NEWBORN) return t > at;
    if ((says(doc, t) & Says.AgeBridge) === 0) return false;
  }
  return false;
}

/** 45yo, 70M, 3F: up to three digits, then the sex or what years are counted in. */
export function isAge(doc: Doc, at: number): boolean {
  const end = doc.end[at];
  let i = doc.start[at];
  while (i < end && doc.text[i] >= 0x30 && doc.text[i] <= 0x39) i++;
  if (i === doc.start[at] || i >= end) return false;
  const first = doc.text[i] | 32;
  if (first === LETTER_F || first === LETTER_M) return i + 1 === end;
  return first === LETTER_Y;
}
