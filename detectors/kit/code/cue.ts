/**
 * Whose code a code is, by the nearest word of a category within the clause: "the number printed on her insurance card is
 * XQH882019", "4402918 (trial id)". For wordings that are no label phrase. Whether a word is near enough depends on how much
 * the code looks like an identifier. Bounded: eight tokens before, seven behind, none across a leaf, a sentence or a label.
 */
import { Cue, type Doc, Gap, LETTERS, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hasDigit } from '../read.js';
import { askedBefore, cueOfLabel } from './asked.js';
import { isChartNumber } from './chart-number.js';
import { headOf, isNeutral, isSettled, LONG, PART_SHAPES, prefixOf } from './cue-head.js';
import {
  certain,
  cueBefore,
  cueBehind,
  cueOfPrefix,
  guessed,
  isBesideWord,
  isCertain,
  near,
  SIGNED,
} from './cue-reach.js';
import { CUE_WORDS } from './cue-words.js';
import { boxCue } from './form-box.js';
import { groupRunEnd } from './group-run.js';
import { isGroup, opensGroups, opensPair } from './groups.js';
import { claimed, codeFrom, isAcceptable, isLastLetter, isSuffix, TIGHT, Trust } from './id-code.js';
import { endingFrom, isEndingSaid } from './last-digits.js';
import { letteredRun, opensLettered } from './lettered-run.js';
import { machineRun } from './machine-run.js';
import { inPlanBlock } from './plan-block.js';
import { isDisclaimed, saidAround } from './said-around.js';
import { segmentCue } from './segment.js';
import { siblingBefore } from './sibling.js';
import { isSpokenAnchor } from './spoken-code.js';
import { cueOfSpoken } from './spoken-cue.js';
import { isAmongWords, isTold, isUnexplained } from './unexplained.js';
import { isCalendarDay, isPhone, isTellingPart, weightOf } from './weight.js';

export { PART_SHAPES } from './cue-head.js';
export { cueProof } from './cue-reach.js';

const HEAD_TOKENS_MAX = 4;
/** Shapes of the tokens for which `cueAt` may have an answer. */
export const CUED_SHAPES = LONG | PART_SHAPES;
/** Shapes of the words and single digits that codes are read out in. */
export const SPOKEN_SHAPES = LETTERS | (1 << Shape.Digits1);
const PIPE = 0x7c;
const STAR = 0x2a;
const THINGS = (1 << Cue.Device) | (1 << Cue.Biometric);
const RUN_WEIGHT = 3;
const SIBLINGS_MAX = 4;
/** Digits of a number in the box of a form. */
const BOXED_MIN = 4;
const AT = 0x40;

/** Whether groups that blanks set apart begin with a token, none of which is a code by itself. */
export function opensRun(doc: Doc, at: number): boolean {
  return opensGroups(doc, at) || opensPair(doc, at) || opensLettered(doc, at);
}

/**
 * Whose the code is whose first telling part is the token; `claimed` then holds the code. Nobody's, if the token begins no
 * code, or nothing says what it is.
 */
export function cueAt(doc: Doc, at: number): Cue {
  const shape = 1 << doc.shape[at];
  if (shape & SPOKEN_SHAPES) return isSpokenAnchor(doc, at) ? cueOfSpoken(doc, at) : Cue.None;
  const lettered = cueOfLettered(doc, at);
  if (lettered !== Cue.None) return lettered;
  if (shape & LONG) return isBare(doc, at) || isNeutral(doc, at) ? Cue.None : cueOfLong(doc, at);
  if (doc.gap[at] === Gap.Hyphen || (doc.gap[at] === Gap.Underscore && doc.shape[at] === Shape.Digits4)) {
    if ((shape & PART_SHAPES) === 0 || !isTellingPart(doc, at)) return Cue.None;
    return backed(doc, at);
  }
  if (doc.shape[at] === Shape.Digits3)
    return opensGroups(doc, at) || opensPair(doc, at) ? cueOfGroups(doc, at) : Cue.None;
  if (doc.shape[at] === Shape.AlnumShort) return opensGroups(doc, at) ? cueOfGroups(doc, at) : Cue.None;
  return doc.shape[at] === Shape.Digits4 ? cueOfFour(doc, at) : Cue.None;
}

/** MLK 5293 47 R, by the words around it or, if it spells nothing, by its form alone. */
function cueOfLettered(doc: Doc, at: number): Cue {
  if (!opensLettered(doc, at) || isSettled(doc, at)) return Cue.None;
  const weight = letteredRun(doc, at);
  if (weight === 0 || isSettled(doc, claimed.first) || isNeutral(doc, claimed.first)) return Cue.None;
  const { first } = claimed;
  const cue =
    cueBefore(doc, first, weight) ||
    cueBehind(doc, weight) ||
    cueOfSibling(doc, weight) ||
    askedBefore(doc, first, weight);
  if (cue !== Cue.None || weight < RUN_WEIGHT) return cue;
  return isAmongWords(doc) && !isTold(doc, first) ? guessed(Cue.OtherId) : Cue.None;
}

/**
 * The cue of a code, if its category is said around; other identifiers need a number sign alone. A code that nothing
 * explains is one of them too, if its form is hardly anything else's.
 */
function backed(doc: Doc, at: number): Cue {
  const boxed = cueOfBox(doc, at);
  if (boxed !== Cue.None) return boxed;
  const around = saidAround(doc, at);
  if (around & THINGS && machineRun(doc, at)) return cueOfRun(doc);
  if (around !== 0 || isSigned(doc, at)) {
    const cue = cueOfCode(doc, at);
    if (cue !== Cue.None && isDisclaimed(doc)) return Cue.None;
    if ((1 << cue) & around || isCertain() || (cue === Cue.OtherId && isSigned(doc, at))) return cue;
  }
  if (isChartNumber(doc, at)) return guessed(Cue.Mrn);
  return isUnexplained(doc, at, (around & THINGS) !== 0) ? guessed(Cue.OtherId) : Cue.None;
}

/** "box 1a W4820193" */
function cueOfBox(doc: Doc, at: number): Cue {
  const head = doc.gap[at] === Gap.Hyphen ? headOf(doc, at) : at;
  const cue = head < 0 || isSettled(doc, head) ? Cue.None : boxCue(doc, head);
  return cue !== Cue.None && codeFrom(doc, head, false) && claimed.digits >= BOXED_MIN ? certain(cue) : Cue.None;
}

/** A hash or template may be one of a device or a biometric, and otherwise is somebody's without saying whose. */
function cueOfRun(doc: Doc): Cue {
  const cue = cueBefore(doc, claimed.first, RUN_WEIGHT);
  return cue >= Cue.Device ? cue : guessed(Cue.OtherId);
}

/** Whether a number sign may stand before the code that the token belongs to. */
function isSigned(doc: Doc, at: number): boolean {
  let t = at;
  for (let steps = 0; steps < HEAD_TOKENS_MAX && t > 0 && ((1 << doc.gap[t]) & TIGHT) !== 0; steps++) t--;
  return doc.gap[t] === Gap.Hash || doc.gap[t] === Gap.Other;
}

/** An e-mail's user, or five digits that no word claims, as most are of a ZIP code or a house number. */
function isBare(doc: Doc, at: number): boolean {
  if (doc.text[doc.end[at]] === AT) return true;
  const sign = doc.start[at] > 0 ? doc.text[doc.start[at] - 1] : 0;
  if (sign === STAR || sign === PIPE) return false;
  if (doc.shape[at] !== Shape.Digits5 || at === 0) return false;
  const gap = doc.gap[at];
  if (((1 << gap) & (TIGHT | SIGNED)) !== 0 || ((1 << doc.gap[at + 1]) & TIGHT) !== 0) return false;
  if (doc.shape[at - 1] === Shape.UpperOne) return false;
  if (doc.shape[at - 1] === Shape.Upper) return (doc.lex[at - 1] & Lex.StateCode) !== 0;
  return CUE_WORDS.get(doc.hash[at - 1]) === 0;
}

function cueOfLong(doc: Doc, at: number): Cue {
  const from = doc.start[at];
  const sign = from > 0 ? doc.text[from - 1] : 0;
  if (sign === PIPE || sign === STAR) {
    const field = segmentCue(doc, at);
    if (field !== Cue.None) {
      if (!codeFrom(doc, at, false) || claimed.digits < 4 || (claimed.first === claimed.last && isCalendarDay(doc, at)))
        return Cue.None;
      return certain(field);
    }
  }
  return backed(doc, at);
}

/** The same for four digits, which by themselves are the first of several groups, or the last of a longer number. */
function cueOfFour(doc: Doc, at: number): Cue {
  if (isGroup(doc, at + 1) && (doc.shape[at + 1] === Shape.Digits4 || groupRunEnd(doc, at) > at))
    return cueOfGroups(doc, at);
  return isEndingSaid(doc, at) ? cueOfEnding(doc, at) : Cue.None;
}

function cueOfCode(doc: Doc, at: number): Cue {
  if (isSettled(doc, at)) return Cue.None;
  const head = headOf(doc, at);
  if (head < 0 || (head < at && isSettled(doc, head)) || !codeFrom(doc, head, false)) return Cue.None;
  const lettered = isLastLetter(doc, claimed.last + 1);
  const weight = lettered ? RUN_WEIGHT : weightOf(doc);
  if (weight === 0) return Cue.None;
  const from = prefixOf(doc, head);
  const cue = cueInside(doc, weight) || cueBefore(doc, from, weight);
  if ((cue === Cue.None || cue === Cue.OtherId) && inPlanBlock(doc, from, claimed.last)) {
    claimed.start = doc.start[from];
    return certain(Cue.HealthPlan);
  }
  if (cue === Cue.None)
    return weight > 1
      ? cueBehind(doc, weight) || cueOfSibling(doc, weight) || askedBefore(doc, from, weight)
      : Cue.None;
  const last = claimed.last;
  const run = isBesideWord() ? groupRunEnd(doc, from) : -1;
  if (run > last) codeFrom(doc, from, true, run);
  else if (
    last + 1 < doc.count &&
    (isSuffix(doc, last + 1) || doc.text[doc.end[last]] === STAR || (isGroup(doc, last + 1) && isGroup(doc, last + 2)))
  )
    codeFrom(doc, head, true);
  claimed.start = doc.start[from];
  if (lettered && from < head) claimed.end = doc.end[++claimed.last];
  return cue;
}

/** palmvein-48201: the code begins with the word that says whose it is. */
function cueInside(doc: Doc, weight: number): Cue {
  const { first, last } = claimed;
  return first === last || hasDigit(doc, first) ? Cue.None : cueOfPrefix(doc.hash[first], weight);
}

/** "iris codes: right 20391A, left 20392A" */
function cueOfSibling(doc: Doc, weight: number): Cue {
  let before = claimed.first;
  for (let count = 0; count < SIBLINGS_MAX; count++) {
    before = siblingBefore(doc, before);
    const label = before > 0 && doc.owner[before] !== 0 ? cueOfLabel(doc, doc.owner[before]) : Cue.None;
    if (label !== Cue.None) return near(1 << label, weight, 2);
    const cue = before > 0 ? cueBefore(doc, before, weight) : Cue.None;
    if (cue !== Cue.None || before < 0) return cue;
  }
  return Cue.None;
}

/** 6620 1938 */
function cueOfGroups(doc: Doc, at: number): Cue {
  if (at > 0 && doc.gap[at] !== Gap.Line && hasDigit(doc, at - 1)) return Cue.None;
  const owner = isSettled(doc, at) ? cueOfLabel(doc, doc.owner[at]) : Cue.OtherId;
  if (owner === Cue.None || !codeFrom(doc, at, true, groupRunEnd(doc, at))) return Cue.None;
  claimed.direct = false;
  if (claimed.letters > 1 || claimed.digits < 6 || !isAcceptable(doc, Trust.Word) || isPhone(doc)) return Cue.None;
  if (isSettled(doc, at)) return near(1 << owner, 2, 2);
  const from = prefixOf(doc, at);
  const cue = cueBefore(doc, from, claimed.digits >= 8 ? 2 : 1);
  claimed.start = doc.start[from];
  return cue;
}

/** "MRN ending in 4402", "card: last four = 4471" */
function cueOfEnding(doc: Doc, at: number): Cue {
  const from = endingFrom(doc, at);
  if (from < 0 || !codeFrom(doc, at, false) || claimed.last !== at) return Cue.None;
  // "the last four digits of the serial are 4471"
  return cueBefore(doc, from, 3) || cueBefore(doc, at, 3);
}
