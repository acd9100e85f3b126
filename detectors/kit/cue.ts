/**
 * Whose code a code is, by the nearest word of a category within the clause: "the number printed on her insurance card is
 * XQH882019", "4402918 (trial id)". For wordings that are no label phrase. Whether a word is near enough depends on how much
 * the code looks like an identifier. Bounded: eight tokens before, five behind, none across a leaf, a sentence or a label.
 */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { CLOSE_BITS, CODE, CUE_WORDS, Cue, FIRM, IS, LEAD, LINK, NEUTRAL, NUMBER, TIGHT_BITS, TIGHT_SHIFT } from './cue-words.js';
import { hashOf } from './hash.js';
import { claimed, codeFrom, isAcceptable, isSuffix, isYear, TIGHT, Trust } from './id-code.js';
import { LONG_CODE_SHAPES } from './prefix.js';
import { hasDigit, isDigits, isWord, lengthOf, numberAt } from './read.js';
import { segmentCue } from './segment.js';
import { WordTable } from './words.js';

export { Cue } from './cue-words.js';

const BACK_MAX = 8;
const AHEAD_MAX = 7;
const HEAD_TOKENS_MAX = 4;
const ABBREVIATION_MAX = 4;
const PREFIX_UNITS_MAX = 12;
const LONG = LONG_CODE_SHAPES | (1 << Shape.DigitsLong);
/** Parts of a code in short groups, which count only behind a hyphen: A-24-017. */
const PARTS = (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4) | (1 << Shape.AlnumShort);
/** A sign that makes a field of the word before it. */
const SIGNED = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Pipe) | (1 << Gap.Other);
const LISTED = (1 << Gap.Other) | (1 << Gap.Comma) | (1 << Gap.Ampersand) | (1 << Gap.Slash) | (1 << Gap.Plus);
/** Groups of a code in blanks. */
const GROUPS = 1 << Shape.Digits4;
const LAST = 1;
const FOUR = 2;
const ENDS = 4;
const BEFORE = 8;
const ENDING = new WordTable([
  [LAST, 'last final'],
  [FOUR, 'four'],
  [ENDS, 'ending ends end ended'],
  [BEFORE, 'in with is are was as digits four'],
]);
const ENDING_WORDS_MAX = 5;
/** First letters of registered trials, articles, sequences and variants. */
const PUBLICATIONS = new Set(['nct', 'pmc', 'gse', 'gsm', 'vcv', 'rcv', 'scv', 'ens', 'chr'].map((name) => (name.charCodeAt(0) << 16) | (name.charCodeAt(1) << 8) | name.charCodeAt(2)));
/** First letters of HCPCS codes, as a mask. */
const PROCEDURES = [...'ABCDEGHJKLMPQRSTV'].reduce((mask, letter) => mask | (1 << (letter.charCodeAt(0) - 0x41)), 0);
const PIPE = 0x7c;
const STAR = 0x2a;
const OF = hashOf('of');
const ON = hashOf('on');
const DOT = 0x2e;
const HASH = 0x23;
const COLON = 0x3a;

/** How much the words prove: 3 right before the code, 2 with words between that lead up to it, 1 somewhere in the clause. */
let proof = 0;

/** How sure the last `cueOf` is. */
export function cueConfidence(): number {
  return proof >= 3 ? 0.86 : proof === 2 ? 0.8 : 0.66;
}

/**
 * The category of the code whose first telling part is the token; `claimed` holds the code. None if the token begins no
 * code, or nothing says what it is.
 */
export function cueOf(doc: Doc, at: number): Cue {
  const shape = 1 << doc.shape[at];
  if ((shape & (LONG | PARTS)) === 0) return Cue.None;
  const from = doc.start[at];
  const sign = from > 0 ? doc.text[from - 1] : 0;
  if (sign === PIPE || sign === STAR) {
    const field = segmentCue(doc, at);
    if (field !== Cue.None) return codeFrom(doc, at, false) && claimed.digits >= 4 && !(claimed.first === claimed.last && isCalendarDay(doc, at)) ? sure(field) : Cue.None;
  }
  if (shape & LONG) return cueOfCode(doc, at);
  if (doc.gap[at] === Gap.Hyphen) return isTelling(doc, at) ? cueOfCode(doc, at) : Cue.None;
  if (doc.gap[at + 1] === Gap.Blank && shape & GROUPS && (1 << doc.shape[at + 1]) & GROUPS) return cueOfGroups(doc, at);
  return doc.shape[at] === Shape.Digits4 && isEndingSaid(doc, at) ? cueOfEnding(doc, at) : Cue.None;
}

/** Whether a short part behind a hyphen can belong to a code, and not to a range, a date or a phone number. */
function isTelling(doc: Doc, at: number): boolean {
  const before = at > 0 ? doc.shape[at - 1] : Shape.LowerOne;
  switch (doc.shape[at]) {
    case Shape.Digits2:
      return before === Shape.Digits4 || before === Shape.Upper || before === Shape.UpperOne;
    case Shape.Digits3:
      return before !== Shape.Digits1 && before !== Shape.Digits3;
    case Shape.Digits4:
      return before !== Shape.Digits3 && !isYear(doc, at);
    default:
      return true;
  }
}

/** Whether what stands before four digits can say that they are the last ones: "… in 4402", "… = 4402". */
function isEndingSaid(doc: Doc, at: number): boolean {
  const gap = doc.gap[at];
  if (at === 0) return false;
  if (gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Close || gap === Gap.Other) return true;
  return gap === Gap.Blank && (ENDING.get(doc.hash[at - 1]) & BEFORE) !== 0;
}

function sure(cue: Cue): Cue {
  proof = 3;
  return cue;
}

function cueOfCode(doc: Doc, at: number): Cue {
  if (isSettled(doc, at)) return Cue.None;
  const head = headOf(doc, at);
  if (head < 0 || (head < at && isSettled(doc, head)) || !codeFrom(doc, head, false)) return Cue.None;
  const weight = weightOf(doc);
  if (weight === 0) return Cue.None;
  const from = prefixOf(doc, head);
  const cue = cueBefore(doc, from, weight);
  if (cue === Cue.None) return weight > 1 ? cueBehind(doc, weight) : Cue.None;
  if (claimed.last + 1 < doc.count && isSuffix(doc, claimed.last + 1)) codeFrom(doc, head, true);
  claimed.start = doc.start[from];
  return cue;
}

/** 6620 1938 */
function cueOfGroups(doc: Doc, at: number): Cue {
  if (at > 0 && doc.gap[at] !== Gap.Line && hasDigit(doc, at - 1)) return Cue.None;
  if (isSettled(doc, at) || !codeFrom(doc, at, true)) return Cue.None;
  claimed.direct = false;
  if (claimed.letters > 0 || claimed.digits < 6 || !isAcceptable(doc, Trust.Word) || isPhone(doc)) return Cue.None;
  return cueBefore(doc, at, claimed.digits >= 8 ? 2 : 1);
}

/** "MRN ending in 4402", "card: last four = 4471" */
function cueOfEnding(doc: Doc, at: number): Cue {
  const from = endingFrom(doc, at);
  if (from < 0 || !codeFrom(doc, at, false) || claimed.last !== at) return Cue.None;
  return cueBefore(doc, from, 2);
}

/** The first word of "ending in", "ends with" or "last 4 digits are" before a token, or -1. */
function endingFrom(doc: Doc, at: number): number {
  for (let t = at - 1; t >= 0 && at - t <= ENDING_WORDS_MAX; t--) {
    const gap = doc.gap[t + 1];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || doc.shape[t] === Shape.Redacted) return -1;
    const bits = ENDING.get(doc.hash[t]);
    if (bits & ENDS && t === at - 2 && gap === Gap.Blank) return t;
    if (bits & FOUR || (isDigits(doc, t) && lengthOf(doc, t) === 1)) return t > 0 && ENDING.get(doc.hash[t - 1]) & LAST ? t - 1 : -1;
    if (hasDigit(doc, t)) return -1;
  }
  return -1;
}

/** Capitals that stand before the digits of a code: of "licence RPH 48820" the RPH. */
function prefixOf(doc: Doc, head: number): number {
  const t = head - 1;
  if (t < 1 || claimed.letters > 0 || doc.gap[head] !== Gap.Blank || doc.shape[t] !== Shape.Upper || lengthOf(doc, t) > ABBREVIATION_MAX) return head;
  if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || doc.flags[t] & Flag.InLabel || CUE_WORDS.get(doc.hash[t]) & ~((CLOSE_BITS << TIGHT_SHIFT) | CLOSE_BITS)) return head;
  if (doc.lex[t] & (Lex.Word | Lex.Common | Lex.Function | Lex.Month | Lex.StateCode | Lex.Medical)) return head;
  const before = CUE_WORDS.get(doc.hash[t - 1]);
  return before & NUMBER || before & (CLOSE_BITS | TIGHT_BITS) ? t : head;
}

/** A label that is more than a word has had its say about the token. */
function isSettled(doc: Doc, at: number): boolean {
  const id = doc.owner[at];
  if (id === 0) return false;
  const { category, kind } = doc.labels[id];
  if (category === null) return kind !== 'none';
  // The field of a name or place ("Customer #") with a code in it is the field of the code.
  return category !== 'name' && category !== 'geography' && category !== 'date' && kind !== 'word' && kind !== 'generic' && kind !== 'payer';
}

/** First token of the code, or -1 if an earlier token of it has been asked, or none can begin there. */
function headOf(doc: Doc, at: number): number {
  let t = at;
  for (let steps = 0; t > 0 && ((1 << doc.gap[t]) & TIGHT) !== 0; steps++) {
    if (steps === HEAD_TOKENS_MAX) return -1;
    t--;
    const shape = 1 << doc.shape[t];
    if (doc.shape[t] === Shape.Redacted || shape & LONG) return -1;
    if (shape & PARTS && doc.gap[t] === Gap.Hyphen) return -1;
    if (!hasDigit(doc, t) && (lengthOf(doc, t) > PREFIX_UNITS_MAX || doc.text[doc.start[t]] > 0x5a)) return doc.gap[t + 1] === Gap.Slash ? t + 1 : -1;
  }
  return t;
}

/** 0 for what is no identifier, 1 for what may be a count, 3 for what is hardly anything else. */
function weightOf(doc: Doc): number {
  claimed.direct = false;
  const { first, last, digits, letters } = claimed;
  if (digits < 3 || !isAcceptable(doc, Trust.Word) || isPhone(doc)) return 0;
  if (letters > 0) {
    if (isPublicCode(doc)) return 0;
    return digits >= 5 ? 3 : digits === 4 && !isYear(doc, last) ? 2 : 1;
  }
  if (first < last) return digits < 6 || isZip(doc) || isTimes(doc) ? 1 : digits === 6 ? 2 : 3;
  if (digits === 8 && isCalendarDay(doc, first)) return 1;
  return digits >= 8 ? 3 : digits >= 6 ? 2 : 1;
}

/** 555-0142, 617-555-0142. */
function isPhone(doc: Doc): boolean {
  const { first, last, digits, letters } = claimed;
  if (letters > 0 || first === last) return false;
  return lengthOf(doc, last) === 4 && lengthOf(doc, last - 1) === 3 && (digits === 7 || digits === 10 || digits === 11);
}

/** 45402-1127 */
function isZip(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && lengthOf(doc, first) === 5 && lengthOf(doc, last) === 4;
}

/** 0200-0400 */
function isTimes(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && doc.gap[last] === Gap.Hyphen && lengthOf(doc, first) === 4 && lengthOf(doc, last) === 4 && numberAt(doc, first) <= 2400 && numberAt(doc, last) <= 2400;
}

/** Codes of diagnoses, procedures and taxonomies: E11.65, J3490, 207Q00000X. */
function isPublicCode(doc: Doc): boolean {
  const { first, last, digits, letters } = claimed;
  const length = lengthOf(doc, first);
  if (last > first) return last === first + 1 && doc.gap[last] === Gap.Dot && length === 3 && doc.text[doc.start[first]] > 0x39;
  if (letters === 1 && digits === 4) return (PROCEDURES & (1 << ((doc.text[doc.start[first]] & 0xdf) - 0x41))) !== 0;
  if (isPublication(doc, first)) return true;
  return length === 10 && letters === 2 && doc.text[doc.start[first]] <= 0x39 && (doc.text[doc.end[first] - 1] | 0x20) === 0x78;
}

/** NCT02720449, PMC7745181, rs429358 */
function isPublication(doc: Doc, at: number): boolean {
  const { text } = doc;
  const i = doc.start[at];
  if (text[i + 2] <= 0x39) return (text[i] | 0x20) === 0x72 && (text[i + 1] | 0x20) === 0x73 && text[i + 2] >= 0x30;
  return text[i + 3] <= 0x39 && PUBLICATIONS.has(((text[i] | 0x20) << 16) | ((text[i + 1] | 0x20) << 8) | (text[i + 2] | 0x20));
}

function isCalendarDay(doc: Doc, at: number): boolean {
  const value = numberAt(doc, at);
  const month = Math.floor(value / 100) % 100;
  const day = value % 100;
  return value > 19000000 && value < 21000000 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

function cueBefore(doc: Doc, head: number, weight: number): Cue {
  let signed = ((1 << doc.gap[head]) & SIGNED) !== 0 && hasSign(doc, head);
  let numbered = false;
  let coded = false;
  let words = 0;
  let plain = 0;
  for (let t = head; t > 0 && head - t < BACK_MAX; ) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.None || (gap === Gap.Pipe && t < head)) break;
    if (gap === Gap.Line && (t < head || !isHeading(doc, t))) break;
    t--;
    if (doc.shape[t] === Shape.Redacted) break;
    if (gap === Gap.Stop && (doc.text[doc.end[t]] !== DOT || lengthOf(doc, t) > ABBREVIATION_MAX)) break;
    const bits = CUE_WORDS.get(doc.hash[t]);
    // What may be a count has to stand right behind its word.
    if (plain > 0 && weight < 3) break;
    if (bits === 0 && !isWord(doc, t)) {
      // The codes of a list have one word before them: "claims 4420A, 4421A and 4422B".
      if (words > 0 || ((1 << gap) & LISTED) === 0) plain++;
      continue;
    }
    if (gap === Gap.Comma && words > 0) plain++;
    if (bits & NEUTRAL || (bits !== 0 && isCount(doc, t))) return Cue.None;
    if (bits & CLOSE_BITS) return near(bits & CLOSE_BITS, weight, plain > 0 ? 1 : words === 0 || signed || numbered ? 3 : 2);
    const onFile = t > 0 && doc.hash[t - 1] === ON;
    if (bits & TIGHT_BITS && plain === 0 && !onFile && words <= (numbered ? 2 : 1)) {
      const cue = near((bits & TIGHT_BITS) >> TIGHT_SHIFT, weight, signed || numbered || (bits & FIRM && words === 0) ? 3 : 2);
      if (cue !== Cue.None) return cue;
    }
    if (bits & NUMBER) {
      if (words === 0) {
        numbered = true;
        coded = (bits & CODE) !== 0;
      }
    } else {
      if (words === 0 && gap === Gap.Hash) signed = true;
      if ((bits & LINK) === 0 && !onFile && (doc.lex[t] & Lex.Function) === 0) {
        if (plain === 0 && ((numbered && !coded) || (signed && isNumberSign(doc, head)))) return near(1 << Cue.OtherId, weight, 2);
        plain++;
        if (weight < 3 && claimed.letters === 0 && doc.lex[t] & (Lex.Drug | Lex.Medical)) return Cue.None;
      }
    }
    words++;
  }
  return Cue.None;
}

/** "number of claims: 10293": of many, without an article. */
function isCount(doc: Doc, at: number): boolean {
  return at > 1 && claimed.letters === 0 && doc.hash[at - 1] === OF && (CUE_WORDS.get(doc.hash[at - 2]) & NUMBER) !== 0 && (doc.text[doc.end[at] - 1] | 0x20) === 0x73;
}

/** The category of a bit, if word and code together prove enough. */
function near(bits: number, weight: number, nearness: number): Cue {
  if (weight + nearness < 4) return Cue.None;
  proof = nearness;
  return 31 - Math.clz32(bits & 0xff);
}

/** Quotes and blanks alone make no field. */
function hasSign(doc: Doc, at: number): boolean {
  if (doc.gap[at] !== Gap.Other || at === 0) return true;
  for (let i = doc.end[at - 1]; i < doc.start[at]; i++) if (doc.text[i] === COLON || doc.text[i] === HASH) return true;
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
function cueBehind(doc: Doc, weight: number): Cue {
  let aside = false;
  let copula = false;
  const from = claimed.last + 1;
  for (let t = from; t < doc.count && t - from < AHEAD_MAX; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Stop || doc.shape[t] === Shape.Redacted || !isWord(doc, t)) break;
    if (gap === Gap.Open || gap === Gap.Equals) aside = true;
    else if (gap === Gap.Close || gap === Gap.Pipe || gap === Gap.Comma) break;
    const bits = CUE_WORDS.get(doc.hash[t]);
    if (bits & NEUTRAL) break;
    if (t === from && !aside && (bits & LEAD) === 0 && doc.gap[t + 1] !== Gap.Open) break;
    if (bits & IS) copula = true;
    if (bits & (CLOSE_BITS | TIGHT_BITS) && (t > from || aside)) {
      const firm = aside || bits & CLOSE_BITS || isNumberWord(doc, t + 1);
      if (firm) return near(bits & CLOSE_BITS ? bits & CLOSE_BITS : (bits & TIGHT_BITS) >> TIGHT_SHIFT, weight, aside || copula ? 2 : 1);
    }
    if (!aside && (bits & (LINK | NUMBER | LEAD)) === 0 && (doc.lex[t] & Lex.Function) === 0 && t - from > 2) break;
  }
  return Cue.None;
}

function isNumberWord(doc: Doc, at: number): boolean {
  return at < doc.count && doc.gap[at] === Gap.Blank && (CUE_WORDS.get(doc.hash[at]) & NUMBER) !== 0;
}
