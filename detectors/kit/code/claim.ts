/**
 * The code that a label claims as its value: right behind it, behind a few words of the same sentence ("the record key
 * supplied with this referral is P5542"), in front of it ("4420-19 is her chart number"), or grown together with it
 * ("MRN-00482"). Bounded: a fixed number of tokens is looked at, and none across a JSON leaf or a redacted token.
 */
import { type Doc, type Emit, Flag, Gap, type Label, type Rule, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { digitsIn, hasDigit, isDigits, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { answerTo } from './answer.js';
import { isBracketed, pastAside } from './aside.js';
import { claimBefore, DETERMINERS } from './claim-before.js';
import { isPaired, isPlural, listStart, nextOf, sharedLabel } from './claim-list.js';
import { groupRunEnd, isLettered } from './group-run.js';
import { type Claim, claimed, codeFrom, isAcceptable, isUpper, isYear, startsCode, Trust } from './id-code.js';
import { isDirect, opaqueEnd } from './opaque.js';
import { emitBelow, isColumnHead } from './roster.js';

export { claimBefore } from './claim-before.js';
export { type Claim, codeAtToken, Trust } from './id-code.js';

const REACH_WORDS = 8;
const LIST_MAX = 6;
const ABBREVIATION_MAX = 4;

/** Words right before a code that say it is the one: "… is 4420", "… recorded as 4420". */
const COPULAS = words(
  'is was are were be reads read shows show as equals gives lists states said being number no under with s see now given',
);
/** "MRN was changed to 4820193" */
const TO = hashOf('to');
const CHANGED = words(
  'changed updated corrected reassigned switched set moved transferred merged mapped linked renewed',
);
const PLACED = words('on from');
/** The answer to a question for a mere word has so many digits. */
const STRAY_DIGITS_MIN = 6;
/** The first of two labels that share a value is a little surer. */
const SHARED = 0.005;
/** Groups behind a mere word are one code if they have so many digits. */
const GROUPED_DIGITS_MIN = 8;
/** A field with so many digits is as good as one behind a label. */
const CERTAIN_DIGITS_MIN = 7;
const HASH = 0x23;
const CLOSE = 0x29;
const CLOSE_SQUARE = 0x5d;
/** The code of the label that ends at `at`, or null. The result is reused by the next call. */
export function claimOf(doc: Doc, at: number, proof: Trust): Claim | null {
  const trust = hasNumberSign(doc, at) ? Trust.Label : proof;
  const grown = grownCode(doc, at);
  if (grown >= 0 && codeFrom(doc, grown, false) && isGrown(doc) && isAcceptable(doc, Trust.Word)) return claimed;
  let direct = valueAt(doc, at);
  if (direct < 0) return null;
  if (doc.gap[direct] === Gap.Open || isBracketed(doc, direct)) direct = pastAside(doc, direct);
  // "MRN 1: 4820193"
  if (doc.shape[direct] === Shape.Digits1 && doc.gap[direct + 1] === Gap.Colon && direct + 1 < doc.count) direct++;
  if (isState(doc, direct)) direct++;
  const lettered = isLettered(doc, direct);
  let first = lettered
    ? direct
    : trust === Trust.Word
      ? startsCode(doc, direct, direct > at + 1 || isField(doc, at, direct))
        ? direct
        : -1
      : codeIn(doc, direct);
  if (first < 0 && trust === Trust.Label) first = listStart(doc, at);
  if (first < 0) return null;
  if (trust === Trust.Word && isApart(doc, at, direct)) return null;
  const field = trust === Trust.Label || direct > at + 1 || isField(doc, at, direct);
  const run = first === direct ? groupRunEnd(doc, first) : -1;
  if (!codeFrom(doc, first, true, lettered && run < 0 ? first + 1 : -1)) return null;
  if (run > claimed.last) codeFrom(doc, first, true, run);
  else if (
    !field &&
    !(run > 0 && claimed.letters > 0) &&
    (claimed.digits < GROUPED_DIGITS_MIN || isYear(doc, first)) &&
    !codeFrom(doc, first, false)
  )
    return null;
  claimed.direct = first === direct;
  return isAcceptable(doc, field && claimed.digits >= CERTAIN_DIGITS_MIN ? Trust.Label : trust) ? claimed : null;
}

/**
 * Where the value of a label begins, or -1. In "… is A-4820" and "pt_4820" the first part of the code looks like one of
 * the words that the engine passes over on the way.
 */
export function valueAt(doc: Doc, at: number): number {
  const first = doc.value[at];
  if (first - 1 <= at) return first;
  const gap = doc.gap[first];
  return gap === Gap.Underscore || (gap === Gap.Hyphen && isUpper(doc, first - 1)) ? first - 1 : first;
}

/** MRN-00482: the label itself is the first part of the code. Returns where the code begins, or -1. */
function grownCode(doc: Doc, at: number): number {
  const gap = doc.gap[at + 1];
  if ((gap !== Gap.Hyphen && gap !== Gap.Underscore) || at + 1 >= doc.count || !hasDigit(doc, at + 1)) return -1;
  const alone = at === 0 || !(doc.flags[at - 1] & Flag.InLabel) || doc.label[at - 1] !== 0;
  return alone && gap === Gap.Hyphen ? at : at + 1;
}

/** "DL: D 123 456": behind the sign of a field, blanks may stand within a code. */
function isField(doc: Doc, at: number, first: number): boolean {
  const gap = doc.gap[first];
  if (gap === Gap.Stop || gap === Gap.Dot) return lengthOf(doc, at) <= ABBREVIATION_MAX;
  return gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Hash || gap === Gap.Pipe;
}

/** "chart #": the sign makes a label of a word. */
function hasNumberSign(doc: Doc, at: number): boolean {
  if (doc.gap[at + 1] !== Gap.Hash && doc.gap[at + 1] !== Gap.Other) return false;
  const from = doc.end[at];
  for (let i = from; i < from + 2; i++) if (doc.text[i] === HASH) return true;
  return false;
}

/** Behind a word, a code does not begin a new sentence or line, unless the stop is that of an abbreviation: "acct. 4820". */
function isApart(doc: Doc, at: number, first: number): boolean {
  const gap = doc.gap[first];
  if (gap === Gap.Line) return (doc.flags[at] & Flag.LineStart) === 0 || first !== at + 1;
  return gap === Gap.Comma || (gap === Gap.Stop && lengthOf(doc, at) > ABBREVIATION_MAX);
}

/** "license OH RT48201": a state before the code. */
function isState(doc: Doc, at: number): boolean {
  return (
    (doc.lex[at] & Lex.StateCode) !== 0 &&
    doc.shape[at] === Shape.Upper &&
    doc.gap[at + 1] === Gap.Blank &&
    at + 1 < doc.count &&
    hasDigit(doc, at + 1) &&
    !isDigits(doc, at + 1)
  );
}

/** A label grown together with a code has to be told from "case-2019" and "visit-12". */
function isGrown(doc: Doc): boolean {
  return claimed.digits > 4 || (claimed.digits === 4 && !isYear(doc, claimed.last));
}

/** The first code at or behind a token, behind words that lead up to it; -1 if there is none. */
function codeIn(doc: Doc, direct: number): number {
  let head = direct;
  for (let t = direct; t < doc.count && t - direct <= REACH_WORDS; t++) {
    if (doc.shape[t] === Shape.Redacted) return -1;
    const gap = doc.gap[t];
    if (t > direct && (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop)) return -1;
    if (startsCode(doc, t, true)) return t === direct || isIntroduced(doc, t) ? t : -1;
    if (hasDigit(doc, t)) return -1;
    if (doc.flags[t] & Flag.InLabel) {
      if (t === direct || doc.label[t - 1] !== 0 || !(doc.flags[t - 1] & Flag.InLabel)) head = t;
      // Another identifier's label claims what follows, unless it is only mentioned: "supplied with this referral is …".
      const label = doc.label[t] === 0 ? null : doc.labels[doc.label[t]];
      if (label !== null && !isPassedOver(label) && !isMentioned(doc, head, label)) return -1;
    }
  }
  return -1;
}

/** "… supplied with this referral is …", "MRN on specimen reads …": a label that is only spoken of. */
function isMentioned(doc: Doc, head: number, label: Label): boolean {
  const before = doc.hash[head - 1];
  return DETERMINERS.has(before) || (label.kind === 'word' && PLACED.has(before));
}

/** Labels whose value is no code. */
function isPassedOver(label: Label): boolean {
  return label.category === 'name' || label.category === 'date' || label.category === 'geography';
}

function isIntroduced(doc: Doc, at: number): boolean {
  const gap = doc.gap[at];
  if (gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe || gap === Gap.Hash || gap === Gap.Other) return true;
  if (gap !== Gap.Blank && gap !== Gap.Quote) return false;
  return COPULAS.has(doc.hash[at - 1]) || (doc.hash[at - 1] === TO && CHANGED.has(doc.hash[at - 2]));
}

/**
 * "serial KQXW7R": a value right behind the label with too few digits for a code, but no word either. Behind a word that may
 * mean something else it needs a digit.
 */
export function opaqueClaim(doc: Doc, at: number, trust: Trust): Claim | null {
  const value = doc.value[at];
  const claim = value >= 0 && isDirect(doc, at, value) ? opaqueAt(doc, value) : null;
  return claim !== null && (trust === Trust.Label || claim.digits > 0) ? claim : null;
}

/** The opaque value that begins at a token, or null. */
export function opaqueAt(doc: Doc, value: number): Claim | null {
  const last = opaqueEnd(doc, value);
  if (last < 0) return null;
  claimed.first = value;
  claimed.last = last;
  claimed.start = doc.start[value];
  claimed.end = doc.end[last];
  claimed.digits = 0;
  for (let t = value; t <= last; t++) claimed.digits += hasDigit(doc, t) ? digitsIn(doc, t) : 0;
  claimed.letters = claimed.end - claimed.start - claimed.digits;
  return claimed;
}

/**
 * Emits what a label claims, with the further codes of a list; or else the code in front of the label. Says whether
 * there was any.
 */
export function emitClaims(doc: Doc, at: number, trust: Trust, rule: Rule, emit: Emit): boolean {
  if (isColumnHead(doc, at) && emitBelow(doc, at, rule, emit)) return true;
  // "48201 (MRN) / 04-11-67": what stands in brackets speaks of what is before them.
  const sign = doc.text[doc.end[at]];
  let claim = sign === CLOSE || sign === CLOSE_SQUARE ? claimBefore(doc, at) : null;
  if (claim !== null) {
    emit(claim.start, claim.end, rule);
    return true;
  }
  const shared = sharedLabel(doc, at);
  if (shared > 0) {
    // The first of two labels has the first code, and the only one.
    claim = claimOf(doc, shared, trust);
    if (claim !== null) emit(claim.start, claim.end, rule, rule.confidence + SHARED);
    return claim !== null;
  }
  claim = claimOf(doc, at, trust);
  if (claim === null) {
    claim = (trust === Trust.Label ? (opaqueClaim(doc, at, trust) ?? claimBefore(doc, at)) : null) ?? answerTo(doc, at);
    if (claim !== null && trust === Trust.Word && claim.digits < STRAY_DIGITS_MIN) return false;
    if (claim !== null) emit(claim.start, claim.end, rule);
    return claim !== null;
  }
  const paired = isPaired(doc, at) || isPlural(doc, at);
  for (let count = 0; claim !== null && count < LIST_MAX; count++) {
    emit(claim.start, claim.end, rule);
    claim = nextOf(doc, claim, paired);
  }
  return true;
}
