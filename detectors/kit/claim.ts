/**
 * The code that a label claims as its value: right behind it, behind a few words of the same sentence ("the record key
 * supplied with this referral is P5542"), in front of it ("4420-19 is her chart number"), or grown together with it
 * ("MRN-00482"). Bounded: a fixed number of tokens is looked at, and none across a JSON leaf or a redacted token.
 */
import { ALNUM, DIGITS, type Doc, type Emit, Flag, Gap, type Label, LETTERS, type Rule, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { digitsIn, hasDigit, isDigits, isWord, lengthOf, numberAt } from './read.js';
import { words } from './word-set.js';

/** How much a label alone proves. */
export const enum Trust {
  /** An ordinary word that can be a label ("chart", "account"): the code must follow at once and look like an id. */
  Word = 0,
  /** Says that an identifier follows ("medical record number"): nearly any code will do, also further on. */
  Label = 1,
}

/** A code as tokens and as code units; reused by the next call. */
export interface Claim {
  first: number;
  last: number;
  start: number;
  end: number;
  digits: number;
  letters: number;
  /** Nothing but connecting words and signs stood between label and code. */
  direct: boolean;
}

const REACH_WORDS = 8;
const CODE_TOKENS_MAX = 10;
const CODE_UNITS_MAX = 48;
const LIST_MAX = 6;
const ABBREVIATION_MAX = 4;
const ASIDE_TOKENS_MAX = 4;
const PREFIX_UNITS_MAX = 12;
/** Letters that may stand before a blank and digits within one code: "XEH 123 456". */
const BLANK_PREFIX_MAX = 4;

/** Words right before a code that say it is the one: "… is 4420", "… recorded as 4420". */
const COPULAS = words('is was are were be reads read shows show as equals gives lists states said being number no under with s');
const DETERMINERS = words('the his her my our your their this that patient patients s a an');
const AND = words('and or to into with');
/** Behind a small number, these make it an amount. */
const UNITS = words(
  'mg mcg g gm gms gram grams kg ml l cc dl units unit iu u meq mmol mol tab tabs tablet tablets cap caps capsule capsules puffs drops ' +
    'mm cm m in inch inches ft feet lb lbs oz percent bpm mmhg year years yr yrs yo y month months mo week weeks wk wks day days ' +
    'hour hours hr hrs h min mins minute minutes sec seconds times x dollars usd kcal calories patients people cases pages doses refills',
);

const HASH = 0x23;
const CLOSE = 0x29;
const CLOSE_SQUARE = 0x5d;
const DOLLAR = 0x24;
const PERCENT = 0x25;
const AT = 0x40;

const claimed: Claim = { first: 0, last: 0, start: 0, end: 0, digits: 0, letters: 0, direct: true };

/** The code of the label that ends at `at`, or null. The result is reused by the next call. */
export function claimOf(doc: Doc, at: number, proof: Trust): Claim | null {
  const trust = hasNumberSign(doc, at) ? Trust.Label : proof;
  const grown = grownCode(doc, at);
  if (grown >= 0 && codeFrom(doc, grown, false) && isGrown(doc) && isAcceptable(doc, Trust.Word)) return claimed;
  let direct = doc.value[at];
  if (direct < 0) return null;
  // "… is A-4820": the article that the engine passed over is the first part of the code.
  if (direct - 1 > at && doc.gap[direct] === Gap.Hyphen && isUpper(doc, direct - 1)) direct--;
  if (doc.gap[direct] === Gap.Open) direct = pastAside(doc, direct);
  if (isState(doc, direct)) direct++;
  const first = trust === Trust.Word ? (startsCode(doc, direct, false) ? direct : -1) : codeIn(doc, direct);
  if (first < 0) return null;
  if (trust === Trust.Word && isApart(doc, at, direct)) return null;
  if (!codeFrom(doc, first, trust === Trust.Label)) return null;
  claimed.direct = first === direct;
  return isAcceptable(doc, trust) ? claimed : null;
}

/**
 * The next code of a list such as "MRNs 48213 and 48214", behind a comma, slash or "and": as many digits as the last one,
 * unless two labels were named before. Takes what `claimOf` (or this) returned last.
 */
export function nextOf(doc: Doc, claim: Claim, paired: boolean): Claim | null {
  const { digits, letters } = claim;
  let t = claim.last + 1;
  if (digits < 5 || t >= doc.count) return null;
  const gap = doc.gap[t];
  if (gap === Gap.Blank && AND.has(doc.hash[t])) {
    t++;
    if (doc.gap[t] !== Gap.Blank) return null;
  } else if (gap !== Gap.Comma && gap !== Gap.Slash && gap !== Gap.Ampersand) return null;
  if (!startsCode(doc, t, false) || doc.owner[t] !== 0 || !codeFrom(doc, t, false)) return null;
  claimed.direct = false;
  return (paired || (claimed.digits === digits && claimed.letters === letters)) && isAcceptable(doc, Trust.Word) ? claimed : null;
}

/** "MRN/Acct: 48213 / 99120", "MRN and account number are 48213 and 99120": another label stands right before this one. */
function isPaired(doc: Doc, at: number): boolean {
  let head = at;
  while (head > 0 && at - head < 5 && doc.flags[head - 1] & Flag.InLabel && doc.label[head - 1] === 0) head--;
  const gap = doc.gap[head];
  if (head > 0 && (gap === Gap.Slash || gap === Gap.Ampersand || gap === Gap.Plus)) return doc.label[head - 1] !== 0;
  return head > 1 && AND.has(doc.hash[head - 1]) && doc.label[head - 2] !== 0;
}

/** "charts 48213 and H-4821": what is spoken of in the plural need not look alike. */
function isPlural(doc: Doc, at: number): boolean {
  return (doc.text[doc.end[at] - 1] | 0x20) === 0x73 && lengthOf(doc, at) > 3;
}

/** The code in front of a label: "4420-19 (MRN)", "4420-19 is his chart number". */
export function claimBefore(doc: Doc, at: number): Claim | null {
  let head = at;
  while (head > 0 && at - head < 5 && doc.flags[head - 1] & Flag.InLabel && doc.label[head - 1] === 0 && doc.gap[head] !== Gap.Leaf) head--;
  if (head === 0 || doc.gap[head] === Gap.Leaf) return null;
  let t = head - 1;
  if (doc.gap[head] === Gap.Open) {
    if (doc.text[doc.end[at]] !== CLOSE && doc.text[doc.end[at]] !== CLOSE_SQUARE) return null;
  } else {
    if (doc.gap[head] !== Gap.Blank) return null;
    for (let steps = 0; t > 0 && steps < 4 && DETERMINERS.has(doc.hash[t]); steps++, t--)
      if (doc.gap[t] !== Gap.Blank && doc.gap[t] !== Gap.Apostrophe) return null;
    if (t < 1 || (doc.hash[t] !== IS && doc.hash[t] !== AS) || doc.gap[t] !== Gap.Blank) return null;
    t--;
  }
  if (doc.shape[t] === Shape.Redacted || doc.flags[t] & Flag.InLabel) return null;
  let first = t;
  while (first > 0 && t - first < 5 && ((1 << doc.gap[first]) & TIGHT) !== 0 && doc.shape[first - 1] !== Shape.Redacted) first--;
  if (!codeFrom(doc, first, false) || claimed.last !== t) return null;
  claimed.direct = false;
  return isAcceptable(doc, Trust.Label) ? claimed : null;
}

const IS = hashOf('is');
const AS = hashOf('as');

/** A code that begins at a token by itself, without a label; null when it has no digit or looks like an amount or date. */
export function codeAtToken(doc: Doc, at: number, blanks = false): Claim | null {
  if (!codeFrom(doc, at, blanks)) return null;
  claimed.direct = true;
  return isAcceptable(doc, Trust.Word) ? claimed : null;
}

/** Signs that tie the parts of a code together. */
const TIGHT = (1 << Gap.Hyphen) | (1 << Gap.Slash) | (1 << Gap.Underscore) | (1 << Gap.Dot) | (1 << Gap.None);

/** MRN-00482: the label itself is the first part of the code. Returns where the code begins, or -1. */
function grownCode(doc: Doc, at: number): number {
  const gap = doc.gap[at + 1];
  if ((gap !== Gap.Hyphen && gap !== Gap.Underscore) || at + 1 >= doc.count || !hasDigit(doc, at + 1)) return -1;
  const alone = at === 0 || !(doc.flags[at - 1] & Flag.InLabel) || doc.label[at - 1] !== 0;
  return alone && gap === Gap.Hyphen ? at : at + 1;
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

/** "passport (USA) 4820193", "SSN (last 4 digits): 0193": the token behind the brackets, if they hold no code. */
function pastAside(doc: Doc, open: number): number {
  for (let t = open; t + 1 < doc.count && t - open < ASIDE_TOKENS_MAX; t++) {
    if (doc.shape[t] === Shape.Redacted || (hasDigit(doc, t) && lengthOf(doc, t) > 1)) return open;
    const sign = doc.text[doc.end[t]];
    if (sign === CLOSE || sign === CLOSE_SQUARE) return doc.gap[t + 1] === Gap.Leaf || doc.gap[t + 1] === Gap.Stop ? open : t + 1;
  }
  return open;
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
      if (label !== null && !isPassedOver(label) && !DETERMINERS.has(doc.hash[head - 1])) return -1;
    }
  }
  return -1;
}

/** Labels whose value is no code. */
function isPassedOver(label: Label): boolean {
  return label.category === 'name' || label.category === 'date' || label.category === 'geography';
}

function isIntroduced(doc: Doc, at: number): boolean {
  const gap = doc.gap[at];
  if (gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe || gap === Gap.Hash || gap === Gap.Other) return true;
  return COPULAS.has(doc.hash[at - 1]) && (gap === Gap.Blank || gap === Gap.Quote);
}

/** Whether a code can begin here: a digit, or letters that are tied to digits. */
function startsCode(doc: Doc, at: number, blanks: boolean): boolean {
  if (at >= doc.count) return false;
  if (hasDigit(doc, at)) return true;
  if (!isWord(doc, at) || lengthOf(doc, at) > PREFIX_UNITS_MAX) return false;
  const next = at + 1;
  if (next >= doc.count) return false;
  const gap = doc.gap[next];
  if (gap === Gap.Hyphen || gap === Gap.Underscore) {
    if (hasDigit(doc, next)) return true;
    return next + 1 < doc.count && doc.gap[next + 1] === gap && hasDigit(doc, next + 1) && lengthOf(doc, next) <= PREFIX_UNITS_MAX;
  }
  if (gap === Gap.Slash) return hasDigit(doc, next) && isUpper(doc, at) && lengthOf(doc, at) <= BLANK_PREFIX_MAX;
  return (
    blanks &&
    gap === Gap.Blank &&
    isUpper(doc, at) &&
    lengthOf(doc, at) <= BLANK_PREFIX_MAX &&
    isDigits(doc, next) &&
    (lengthOf(doc, next) >= 3 || (lengthOf(doc, next) === 2 && doc.gap[next + 1] === Gap.Blank && isDigits(doc, next + 1))) &&
    !(doc.flags[at] & Flag.InLabel) &&
    (doc.lex[at] & (Lex.Month | Lex.Common)) === 0
  );
}

function isUpper(doc: Doc, at: number): boolean {
  return doc.shape[at] === Shape.Upper || doc.shape[at] === Shape.UpperOne;
}

/** Reads the code that begins at a token into `claimed`. */
function codeFrom(doc: Doc, at: number, blanks: boolean): boolean {
  let digits = 0;
  let letters = 0;
  let last = -1;
  let lastDigits = 0;
  let lastLetters = 0;
  for (let t = at; t < doc.count && t - at < CODE_TOKENS_MAX; t++) {
    if (doc.shape[t] === Shape.Redacted || (t > at && !joins(doc, t, blanks))) break;
    const length = lengthOf(doc, t);
    const shape = 1 << doc.shape[t];
    if (shape & DIGITS) digits += length;
    else if (shape & ALNUM) {
      const figures = digitsIn(doc, t);
      digits += figures;
      letters += length - figures;
    } else letters += length;
    // A trailing word hangs on only if it is short capitals: 4420-A, but not 4420-right.
    if (shape & LETTERS && t > at && !(isUpper(doc, t) && length <= 3 && doc.gap[t] === Gap.Hyphen)) continue;
    last = t;
    lastDigits = digits;
    lastLetters = letters;
  }
  if (last < 0 || lastDigits === 0 || doc.end[last] - doc.start[at] > CODE_UNITS_MAX) return false;
  claimed.first = at;
  claimed.last = last;
  claimed.start = doc.start[at];
  claimed.end = doc.end[last];
  claimed.digits = lastDigits;
  claimed.letters = lastLetters;
  return true;
}

function joins(doc: Doc, t: number, blanks: boolean): boolean {
  const gap = doc.gap[t];
  if (gap === Gap.Hyphen || gap === Gap.Underscore || gap === Gap.None) return true;
  if (gap === Gap.Slash) return hasDigit(doc, t) && doc.start[t] - doc.end[t - 1] === 1;
  if (gap === Gap.Dot) return isDigits(doc, t) && hasDigit(doc, t - 1);
  if (!blanks || gap !== Gap.Blank || doc.start[t] - doc.end[t - 1] !== 1) return false;
  return isGroup(doc, t) && isGroupBefore(doc, t - 1);
}

/** Two to four digits (and a letter) that go on after a blank, unless they begin a date, a time or an amount. */
function isGroup(doc: Doc, t: number): boolean {
  const length = lengthOf(doc, t);
  if (length === 1) return doc.shape[t] === Shape.Digits1 && doc.shape[t - 1] === Shape.Digits1;
  if (length > 5 || !hasDigit(doc, t)) return isWord(doc, t - 1) && isDigits(doc, t);
  if (!isDigits(doc, t)) return doc.text[doc.start[t]] <= 0x39 && doc.text[doc.end[t] - 1] <= 0x5a && digitsIn(doc, t) >= length - 1;
  const after = doc.gap[t + 1];
  if ((after === Gap.Slash || after === Gap.Colon || after === Gap.Dot || after === Gap.Comma) && t + 1 < doc.count && isDigits(doc, t + 1)) return after === Gap.Comma && doc.text[doc.end[t] + 1] === 0x20;
  return !isUnitBehind(doc, t) && doc.text[doc.end[t]] !== PERCENT;
}

function isGroupBefore(doc: Doc, t: number): boolean {
  const length = lengthOf(doc, t);
  return isWord(doc, t) ? length <= BLANK_PREFIX_MAX : length <= 5;
}

function isUnitBehind(doc: Doc, t: number): boolean {
  const next = t + 1;
  return next < doc.count && (doc.gap[next] === Gap.Blank || doc.gap[next] === Gap.Hyphen || doc.gap[next] === Gap.Slash) && UNITS.has(doc.hash[next]);
}

/** Whether what `claimed` holds can be an identifier, seen how it was reached. */
function isAcceptable(doc: Doc, trust: Trust): boolean {
  const { first, last, digits, letters, direct, start, end } = claimed;
  const before = start > 0 ? doc.text[start - 1] : 0;
  const after = doc.text[end];
  if (before === DOLLAR || after === PERCENT || after === AT) return false;
  const certain = trust === Trust.Label && direct;
  if (isDecimal(doc) && !(certain && digits >= 7)) return false;
  if (letters === 0 && isDate(doc, !certain)) return false;
  if (digits < 7 && isUnitBehind(doc, last)) return false;
  if (doc.gap[last + 1] === Gap.Colon && after === 0x3a && isDigits(doc, last + 1) && digits <= 2) return false;
  if (certain) return digits >= 3 || (letters > 0 && digits >= 2 && letters + digits >= 5);
  if (letters === 0) return digits >= 5 && !(trust === Trust.Word && (isDotted(doc) || isPressure(doc)));
  if (trust === Trust.Word && (isOrdinary(doc, first) || isHex(doc, first))) return false;
  return digits >= 3 && letters + digits >= 5;
}

/** 0x80000: a number of a program. */
function isHex(doc: Doc, t: number): boolean {
  return doc.text[doc.start[t]] === 0x30 && (doc.text[doc.start[t] + 1] | 0x20) === 0x78;
}

/** 120/80: two short numbers around a slash. */
function isPressure(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && doc.gap[last] === Gap.Slash && lengthOf(doc, first) <= 3 && lengthOf(doc, last) <= 3;
}

/** 2.16.840.1.113883: four numbers and more with dots between are an object identifier, an address or a version. */
function isDotted(doc: Doc): boolean {
  const { first, last } = claimed;
  if (last - first < 3) return false;
  for (let t = first + 1; t <= last; t++) if (doc.gap[t] !== Gap.Dot) return false;
  return true;
}

/** 12th, 2024a, 100mg: digits with letters that spell no code. */
function isOrdinary(doc: Doc, t: number): boolean {
  const from = doc.start[t];
  const to = doc.end[t];
  if (doc.text[from] > 0x39) return false;
  let i = from;
  while (i < to && doc.text[i] <= 0x39) i++;
  // Digits, then lower-case letters to the end: an ordinal or an amount.
  for (let k = i; k < to; k++) if (doc.text[k] < 0x61) return false;
  return i < to && to - i <= 3;
}

/** 3.5, 12.75: two groups of digits around one dot. */
function isDecimal(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && doc.gap[last] === Gap.Dot && isDigits(doc, first) && isDigits(doc, last);
}

/** 01/02/2024, 2024-01-02; with `short` also 1/2/24 and a span of years such as 2019-2021. */
function isDate(doc: Doc, short: boolean): boolean {
  const { first, last } = claimed;
  if (last - first === 1 && short) return isYear(doc, first) && isYear(doc, last);
  if (last - first !== 2 || doc.gap[first + 1] !== doc.gap[last] || doc.gap[last] === Gap.Blank) return false;
  if (!isDigits(doc, first) || !isDigits(doc, first + 1) || !isDigits(doc, last)) return false;
  const middle = lengthOf(doc, first + 1) <= 2 ? numberAt(doc, first + 1) : 99;
  if (middle === 0 || middle > 31) return false;
  if (isYear(doc, first)) return lengthOf(doc, last) <= 2 && numberAt(doc, last) <= 31;
  const head = lengthOf(doc, first) <= 2 ? numberAt(doc, first) : 99;
  if (head === 0 || head > 31 || (head > 12 && middle > 12)) return false;
  return isYear(doc, last) || (short && lengthOf(doc, last) === 2);
}

function isYear(doc: Doc, t: number): boolean {
  if (lengthOf(doc, t) !== 4) return false;
  const year = numberAt(doc, t);
  return year >= 1900 && year < 2100;
}

/**
 * Emits what a label claims, with the further codes of a list; or else the code in front of the label. Says whether
 * there was any.
 */
export function emitClaims(doc: Doc, at: number, trust: Trust, rule: Rule, emit: Emit): boolean {
  let claim = claimOf(doc, at, trust);
  if (claim === null) {
    claim = trust === Trust.Label ? claimBefore(doc, at) : null;
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
