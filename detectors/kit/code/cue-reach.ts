/**
 * The nearest word of a category before or behind a code in the same clause, and whether it is near enough for a code of its
 * weight. Asks about the code that `claimed` holds; looks at a fixed number of tokens.
 */
import { Cue, type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { isCapitalised, isWord, lengthOf } from '../read.js';
import { words as wordSet } from '../word-set.js';
import { isCatalogue, isCount, isUnit } from './cue-thing.js';
import {
  CLOSE_BITS,
  CODE,
  CUE_WORDS,
  FIRM,
  IS,
  LEAD,
  LINK,
  NEUTRAL,
  NUMBER,
  TIGHT_BITS,
  TIGHT_SHIFT,
} from './cue-words.js';
import { claimed } from './id-code.js';

const BACK_MAX = 8;
const AHEAD_MAX = 7;
const ABBREVIATION_MAX = 4;
const MODEL_MAX = 2;
const PROCEDURE_DIGITS = 5;

/** A sign that makes a field of the word before it. */
export const SIGNED = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Pipe) | (1 << Gap.Other);
const LISTED = (1 << Gap.Other) | (1 << Gap.Comma) | (1 << Gap.Ampersand) | (1 << Gap.Slash) | (1 << Gap.Plus);
const SET_OFF = (1 << Gap.Comma) | (1 << Gap.Colon) | (1 << Gap.Dash);

/** "4820193, that's the account number" */
const POINTERS = wordSet('that which this thats');

const ON = hashOf('on');
const DOT = 0x2e;
const HASH = 0x23;
const COLON = 0x3a;
const STAR = 0x2a;
const ARROW = 0x2192;

/** How much the words prove: 3 right before the code, 2 with words between that lead up to it, 1 somewhere in the clause, 0 nothing. */
let proof = 0;

/** What the last `cueOf` proves, and what one did that was kept. */
export const cueProof = (): number => proof;
export const recallProof = (kept: number): void => {
  proof = kept;
};

/** How sure the last `cueOf` is. */
export function cueConfidence(): number {
  return proof > 3 ? 0.9 : proof === 3 ? 0.86 : proof === 2 ? 0.8 : proof === 1 ? 0.66 : 0.55;
}

/** Whether no word claims the code that was asked last, and only its form speaks for it. */
export function isGuess(): boolean {
  return proof === 0;
}

export function cueBefore(doc: Doc, head: number, weight: number): Cue {
  let signed = ((1 << doc.gap[head]) & SIGNED) !== 0 && hasSign(doc, head);
  let numbered = false;
  let coded = false;
  let named = false;
  // "8 visits, 92507": a procedure's code.
  if (doc.gap[head] === Gap.Comma && claimed.letters === 0 && claimed.digits === PROCEDURE_DIGITS) return Cue.None;
  let words = 0;
  let links = 0;
  // Nothing but words that lead up to the code so far: "his number, it is C 0022-685".
  let led = true;
  // Signs that make no field set the code apart: "(path) > 4820".
  let plain = doc.gap[head] === Gap.Other && !signed && !isArrow(doc, head) ? 1 : 0;
  // "telemetry box TB-4481": one word that says nothing, before a code with letters.
  const spare = claimed.letters > 0 ? 1 : 0;
  for (let t = head; t > 0 && head - t < BACK_MAX; ) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.None || (gap === Gap.Pipe && t < head)) break;
    if (gap === Gap.Line && (t < head || !isHeading(doc, t))) break;
    t--;
    if (doc.shape[t] === Shape.Redacted) break;
    if (gap === Gap.Stop && (doc.text[doc.end[t]] !== DOT || lengthOf(doc, t) > ABBREVIATION_MAX)) break;
    const bits = CUE_WORDS.get(doc.hash[t]);
    // What may be a count has to stand right behind its word.
    if (plain > spare && weight < 3) break;
    if (bits === 0 && !isWord(doc, t)) {
      // "HeartMate 3 482913", "Dexcom G6 482913": the number of a model.
      if (lengthOf(doc, t) <= MODEL_MAX && gap === Gap.Blank && t > 0 && doc.gap[t] === Gap.Blank) continue;
      // The codes of a list have one word before them: "claims 4420A, 4421A and 4422B".
      if (words > 0 || ((1 << gap) & LISTED) === 0) plain++;
      continue;
    }
    // "licensed in Ohio, number M22918": what follows the comma goes on.
    if (gap === Gap.Comma && words > (numbered ? 1 : 0) && !named && !(led && weight > 1)) plain++;
    if (bits & NEUTRAL || (bits !== 0 && (isCount(doc, t) || isCatalogue(doc, t)))) return Cue.None;
    if (bits & CLOSE_BITS)
      return near(bits & CLOSE_BITS, weight, plain > spare ? 1 : words === 0 || signed || numbered ? 3 : 2);
    // "card on file": where it is kept does not say whose it is.
    const onFile = t > 0 && doc.hash[t - 1] === ON;
    if (onFile) links = 2;
    if (bits & TIGHT_BITS && plain === 0 && !onFile && !isUnit(doc, t) && words <= (numbered ? 2 : 1) + links) {
      const cue = near(
        (bits & TIGHT_BITS) >> TIGHT_SHIFT,
        weight,
        signed || numbered || (bits & FIRM && words === 0) ? 3 : 2,
      );
      if (cue !== Cue.None) return cue;
    }
    if (bits & NUMBER) {
      if (words === 0 || (led && weight > 1)) {
        numbered = true;
        coded = (bits & CODE) !== 0;
      }
    } else {
      if (words === 0 && gap === Gap.Hash) signed = true;
      // "Member Pilar Moss, ID 4820": a name between says whose it is, not what it is.
      if ((numbered || signed) && bits === 0 && isCapitalised(doc, t) && (doc.flags[t] & Flag.SentenceStart) === 0) {
        named = true;
        continue;
      }
      if ((bits & LINK) === 0 && !onFile && (doc.lex[t] & (Lex.Function | Lex.State)) === 0) {
        if (plain === 0 && ((numbered && !coded) || (signed && isNumberSign(doc, head))))
          return near(1 << Cue.OtherId, weight, 2);
        plain++;
        if (weight < 3 && claimed.letters === 0 && doc.lex[t] & (Lex.Drug | Lex.Medical)) return Cue.None;
      }
    }
    led &&= (bits & (LINK | LEAD | IS)) !== 0;
    words++;
  }
  // A sign that stands for "number", and no word that says of what.
  return (signed && isNumberSign(doc, head)) || (named && !coded && plain === 0)
    ? near(1 << Cue.OtherId, weight, 2)
    : Cue.None;
}

/** A category that is known for certain. */
export function certain(cue: Cue): Cue {
  proof = 4;
  return cue;
}

/** A category for a code that no word claims. */
export function guessed(cue: Cue): Cue {
  proof = 0;
  return cue;
}

/** Whether the word stands right before the code, or a sign makes a field of it. */
export function isBesideWord(): boolean {
  return proof > 2;
}

export function isCertain(): boolean {
  return proof > 3;
}

/** The category of a bit, if word and code together prove enough. */
export function near(bits: number, weight: number, nearness: number): Cue {
  if (weight + nearness < 4) return Cue.None;
  const cue = 31 - Math.clz32(bits & CLOSE_BITS);
  // Things have models too: "pump 670G", "Chevy 1500".
  if ((cue === Cue.Device || cue === Cue.Vehicle) && weight < 2) return Cue.None;
  proof = nearness;
  return cue;
}

/** Whose a code is that begins with a word and a sign. */
export function cueOfPrefix(hash: number, weight: number): Cue {
  const bits = CUE_WORDS.get(hash);
  return bits & CLOSE_BITS ? near(bits & CLOSE_BITS, weight, 2) : Cue.None;
}

/** Quotes and blanks alone make no field. */
function hasSign(doc: Doc, at: number): boolean {
  if (doc.gap[at] !== Gap.Other || at === 0) return true;
  for (let i = doc.end[at - 1]; i < doc.start[at]; i++) if (doc.text[i] === COLON || doc.text[i] === HASH) return true;
  return false;
}

/** "44201 → 144201" */
function isArrow(doc: Doc, at: number): boolean {
  for (let i = doc.end[at - 1]; i < doc.start[at]; i++) if (doc.text[i] === ARROW || doc.text[i] === STAR) return true;
  return false;
}

function isNumberSign(doc: Doc, at: number): boolean {
  for (let i = doc.end[at - 1]; i < doc.start[at]; i++) if (doc.text[i] === HASH) return true;
  return false;
}

/** The line before ends with a colon, or is one word: "Encounter", then the number. */
function isHeading(doc: Doc, at: number): boolean {
  return doc.text[doc.end[at - 1]] === COLON || (doc.flags[at - 1] & Flag.LineStart) !== 0;
}

/** "… is her member id", "… (trial id)", "… = Medicaid no.", "… on the consent is the donor number". */
export function cueBehind(doc: Doc, weight: number): Cue {
  let aside = false;
  let copula = false;
  const from = claimed.last + 1;
  for (let t = from; t < doc.count && t - from < AHEAD_MAX; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || doc.shape[t] === Shape.Redacted || !isWord(doc, t))
      break;
    if (gap === Gap.Open || gap === Gap.Equals) aside = true;
    else if (gap === Gap.Close || gap === Gap.Pipe || (gap === Gap.Comma && t > from)) break;
    const bits = CUE_WORDS.get(doc.hash[t]);
    if (bits & NEUTRAL) break;
    // "FP-48213: palm vein", "4820193 - member", "FP-48213, fingerprint on file"
    if (t === from && ((1 << gap) & SET_OFF) !== 0 && bits & CLOSE_BITS)
      return near(bits & CLOSE_BITS, weight, gap === Gap.Comma ? 1 : 2);
    if (t === from && gap === Gap.Comma && !POINTERS.has(doc.hash[t])) break;
    if (t === from && !aside && gap !== Gap.Comma && (bits & LEAD) === 0 && doc.gap[t + 1] !== Gap.Open) break;
    if (bits & IS) copula = true;
    if (bits & (CLOSE_BITS | TIGHT_BITS) && (t > from || aside)) {
      const firm = aside || bits & CLOSE_BITS || isNumberWord(doc, t + 1);
      if (firm)
        return near(
          bits & CLOSE_BITS ? bits & CLOSE_BITS : (bits & TIGHT_BITS) >> TIGHT_SHIFT,
          weight,
          aside || copula ? 2 : 1,
        );
    }
    if (!aside && (bits & (LINK | NUMBER | LEAD)) === 0 && (doc.lex[t] & Lex.Function) === 0 && t - from > 2) break;
  }
  return Cue.None;
}

function isNumberWord(doc: Doc, at: number): boolean {
  return at < doc.count && doc.gap[at] === Gap.Blank && (CUE_WORDS.get(doc.hash[at]) & NUMBER) !== 0;
}
