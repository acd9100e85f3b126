/**
 * Codes that are read out or spelled: "zero zero four one nine", "V-O-X 3 3 8 1 2", "D as in dog, K as in king, 4, 0", "november
 * papa six six". Says where one stands, not whose it is. Bounded: a fixed number of tokens before and behind its anchor.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isDigits, isWord, lengthOf, numberAt } from '../read.js';
import { claimed } from './claimed.js';
import {
  AS,
  DIGIT,
  FILLER,
  FOR,
  IN,
  LETTER,
  MEASURE,
  NAMED_LETTER,
  REPEAT,
  SOUNDS,
  TEEN,
  TENS,
} from './spoken-words.js';

const TOKENS_MAX = 40;
const BACK_MAX = 16;
const FIGURES_MAX = 4;
const SYMBOLS_MIN = 3;
/** Letters and digits of a code of which no word is read out, but its signs one by one. */
const SPELLED_MIN = 5;
/** Highest digit that the items of scales have. */
const SCALE_MAX = 5;
const NUMBER = DIGIT | TEEN | TENS | REPEAT;
const SYMBOL = NUMBER | LETTER | NAMED_LETTER;
const NEAR = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Comma) | (1 << Gap.Dash) | (1 << Gap.Other);
const ONE = (1 << Shape.UpperOne) | (1 << Shape.LowerOne);
/** Signs that stand in a pause: blanks, stops, commas, hyphens and dashes. */
const PAUSES = new Set([0x20, 0x09, 0x2e, 0x2c, 0x2d, 0x2013, 0x2014, 0x2026]);
const SMALL_A = 0x61;
const SMALL_I = 0x69;

/** What the code that was read last is made of. */
export const spoken = {
  /** Letters and digits. */
  symbols: 0,
  /** Digits and letters that were said in words. */
  words: 0,
  /** Digits only, one by one, that go up by one: somebody counts. */
  counted: false,
  /** Numbers over nine, which count and measure more often than they identify. */
  rounded: false,
  /** Whether a measure stands behind. */
  measured: false,
};

/** Whether a token may be the first digit that tells of a spoken code: a number word or a single digit, and more behind. */
export function isSpokenAnchor(doc: Doc, at: number): boolean {
  if (doc.shape[at] === Shape.Digits1) return isOneDigit(doc, at + 1) && !(at > 0 && isOneDigit(doc, at));
  if ((doc.lex[at] & Lex.NumberWord) === 0 || (sound(doc, at) & NUMBER) === 0) return false;
  return at + 1 < doc.count &&
    joins(doc, at + 1) &&
    !(at > 0 && joins(doc, at) && sound(doc, at - 1) & (DIGIT | REPEAT))
    ? (sound(doc, at + 1) & (SYMBOL | FILLER)) !== 0 || isDigits(doc, at + 1) || isOne(doc, at + 1)
    : false;
}

/** Two single digits, of which the second is the token. */
function isOneDigit(doc: Doc, t: number): boolean {
  return t < doc.count && doc.shape[t] === Shape.Digits1 && doc.shape[t - 1] === Shape.Digits1 && joins(doc, t);
}

const sound = (doc: Doc, t: number): number => SOUNDS.get(doc.hash[t] | 0);

const isOne = (doc: Doc, t: number): boolean => ((1 << doc.shape[t]) & ONE) !== 0;

/** Whether no more than a pause stands before a token. */
function joins(doc: Doc, t: number): boolean {
  const gap = doc.gap[t];
  if (((1 << gap) & NEAR) === 0 || doc.shape[t] === Shape.Redacted) return false;
  if (gap === Gap.Other) for (let i = doc.end[t - 1]; i < doc.start[t]; i++) if (!PAUSES.has(doc.text[i])) return false;
  return true;
}

/** "a" and "i" are words of the sentence unless more letters and digits go with them. */
function isLetter(doc: Doc, t: number): boolean {
  if (!isOne(doc, t) || doc.gap[t] === Gap.Apostrophe) return false;
  const unit = doc.text[doc.start[t]];
  if (unit === SMALL_A || unit === SMALL_I) return false;
  const small = unit | 0x20;
  return !(
    (small === SMALL_A || small === SMALL_I) &&
    doc.gap[t + 1] === Gap.Blank &&
    doc.shape[t + 1] === Shape.Lower &&
    (sound(doc, t + 1) & SYMBOL) === 0
  );
}

/** Tokens of "as in dog" or "for dog" behind the letter at a token, 0 if there are none. */
function spelling(doc: Doc, t: number): number {
  const sign = doc.gap[t + 1];
  if (t + 2 >= doc.count || (sign !== Gap.Blank && sign !== Gap.Hyphen) || doc.gap[t + 2] !== sign) return 0;
  const bits = sound(doc, t + 1);
  if (bits & FOR) return isWord(doc, t + 2) ? 2 : 0;
  if ((bits & AS) === 0 || (sound(doc, t + 2) & IN) === 0 || t + 3 >= doc.count) return 0;
  return doc.gap[t + 3] === sign && isWord(doc, t + 3) ? 3 : 0;
}

/** Where the code begins that a token is a part of: over letters, their words, and single digits before. */
function headOf(doc: Doc, at: number): number {
  let head = at;
  for (let t = at; t > 0 && at - t < BACK_MAX; ) {
    if (!joins(doc, t)) break;
    const k = t - 1;
    // "K as in king": the word says no letter of its own.
    const letter = [k - 3, k - 2].find((l) => l >= 0 && isOne(doc, l) && spelling(doc, l) === k - l);
    if (letter !== undefined) t = letter;
    else if (isLetter(doc, k) || doc.shape[k] === Shape.Digits1 || sound(doc, k) & (SYMBOL | FILLER)) t = k;
    else break;
    if ((sound(doc, t) & FILLER) === 0) head = t;
  }
  // "Adam, seven two": one name before digits is nobody's letter.
  while (head < at && sound(doc, head) & NAMED_LETTER && (sound(doc, head + 1) & (LETTER | NAMED_LETTER)) === 0) head++;
  return head;
}

/** Reads the code that the token belongs to into `claimed` and `spoken`; false if there is none. */
export function spokenCode(doc: Doc, at: number): boolean {
  const head = headOf(doc, at);
  let last = -1;
  let digits = 0;
  let letters = 0;
  let words = 0;
  let spelled = 0;
  let singles = 0;
  let highest = 0;
  let repeat = 1;
  let previous = -2;
  let steps = 0;
  spoken.rounded = false;
  claimed.digits = 0;
  for (let t = head; t < doc.count && t - head < TOKENS_MAX; t++) {
    if (t > head && !joins(doc, t)) break;
    const bits = isWord(doc, t) ? sound(doc, t) : 0;
    let firm = true;
    if (isDigits(doc, t) && lengthOf(doc, t) <= FIGURES_MAX) {
      digits += lengthOf(doc, t) * repeat;
      if (doc.shape[t] === Shape.Digits1) {
        singles++;
        highest = Math.max(highest, numberAt(doc, t));
        if (numberAt(doc, t) === previous + 1) steps++;
        previous = numberAt(doc, t);
      }
    } else if (bits & REPEAT) {
      repeat = bits & DIGIT;
      continue;
    } else if (bits & DIGIT) {
      const value = (bits & DIGIT) - 1;
      if (value === previous + 1) steps++;
      previous = value;
      digits += repeat;
      words++;
    } else if (bits & (TEEN | TENS)) {
      digits += bits & TENS && t + 1 < doc.count && joins(doc, t + 1) && sound(doc, t + 1) & DIGIT ? 1 : 2;
      words++;
      spoken.rounded = true;
    } else if (isOne(doc, t) || bits & (LETTER | NAMED_LETTER)) {
      letters++;
      const more = isOne(doc, t) ? spelling(doc, t) : 0;
      if (more > 0 || bits & LETTER) words++;
      else if (bits === 0) spelled++;
      t += more;
      firm = more > 0 || (bits & LETTER) !== 0 || (bits === 0 && isLetter(doc, t));
    } else if (bits & FILLER && last >= head) continue;
    else break;
    repeat = 1;
    if (!firm) continue;
    last = t;
    claimed.digits = digits;
    claimed.letters = letters;
    spoken.words = words;
  }
  const symbols = claimed.digits + claimed.letters;
  if (last < head || claimed.digits === 0 || symbols < SYMBOLS_MIN) return false;
  // 7 5 2 2 0 3, but not the items of a scale: 0 0 1 0 2 0.
  const written = singles >= SPELLED_MIN && highest > SCALE_MAX;
  if (spoken.words < 2 && !written && !(spelled > 0 && spoken.words + spelled + claimed.digits >= SPELLED_MIN))
    return false;
  claimed.first = head;
  claimed.last = last;
  claimed.start = doc.start[head];
  claimed.end = doc.end[last];
  claimed.direct = false;
  spoken.symbols = symbols;
  spoken.counted = claimed.letters === 0 && steps === claimed.digits - 1 && words + singles === claimed.digits;
  spoken.measured = last + 1 < doc.count && (sound(doc, last + 1) & MEASURE) !== 0;
  return true;
}
