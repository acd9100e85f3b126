/**
 * House numbers, and the way back to them: from a street's last word, or from a town or state, so that streets of any name
 * and language are covered. All steps are bounded; none crosses a JSON leaf or what is already redacted.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { digitsIn, hasDigit, isCapitalised, isDigits, isOrdinal, isWord, lengthOf } from '../read.js';
import { words as wordSet } from '../word-set.js';
import { Place, partOf } from './grammar.js';
import { isWall } from './words.js';

const STREET_WORDS_MAX = 5;

/** "11842 at Ann Arbor Path" */
const LINKS = wordSet('at for and of on upon');
const OF = hashOf('of');
const BLOCKS = wordSet('blk blks block');

const LINES_MAX = 3;

const BACK_TOKENS_MAX = 18;

/** "?" for "St." and the like: longest word after which a full stop does not end a sentence. */
const ABBREVIATION_MAX = 4;

/**
 * The first token of the house number whose last token is `at`: 123, 4B, 12-34, 123 1/2, N6W23001; -1 if it is none (a
 * decimal, a date, a time, a number of more than six digits).
 */
export function houseStart(doc: Doc, at: number): number {
  const shape = doc.shape[at];
  if (isDigits(doc, at)) {
    if (shape > Shape.Digits6) return -1;
  } else if (shape === Shape.AlnumShort || shape === Shape.Alnum) {
    const first = doc.text[doc.start[at]];
    const lettered = first >= 0x30 && first <= 0x39 && digitsIn(doc, at) === lengthOf(doc, at) - 1;
    // Wisconsin's grid: N6W23001.
    const grid =
      (first === 0x4e || first === 0x53 || first === 0x45 || first === 0x57) &&
      digitsIn(doc, at) >= 4 &&
      digitsIn(doc, at) <= lengthOf(doc, at) - 2;
    if (!lettered && !grid) return -1;
  } else return -1;
  let first = at;
  if (
    at >= 2 &&
    doc.gap[at] === Gap.Slash &&
    shape === Shape.Digits1 &&
    doc.gap[at - 1] === Gap.Blank &&
    isDigits(doc, at - 2)
  )
    first = at - 2;
  else if (at >= 1 && doc.gap[at] === Gap.Hyphen && isDigits(doc, at - 1) && lengthOf(doc, at - 1) <= 5) first = at - 1;
  const gap = doc.gap[first];
  if (
    first > 0 &&
    hasDigit(doc, first - 1) &&
    (gap === Gap.Dot || gap === Gap.Slash || gap === Gap.Colon || gap === Gap.Hyphen)
  )
    return -1;
  return doc.shape[first] === Shape.Redacted || gap === Gap.Apostrophe || gap === Gap.Underscore || gap === Gap.None
    ? -1
    : first;
}

/** Gaps inside a street's name. */
const IN_STREET = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Apostrophe) | (1 << Gap.Dot);

export function inStreet(doc: Doc, at: number): boolean {
  if ((1 << doc.gap[at]) & IN_STREET) return true;
  return doc.gap[at] === Gap.Stop && isWord(doc, at - 1) && lengthOf(doc, at - 1) <= 2;
}

/**
 * The first token of the house number of the street whose suffix is at a token ("123 N Old Mill Rd" with `at` on Rd), or -1.
 * Lower-case words are part of the name only if the suffix is itself in lower case or a name of several words needs them.
 */
export function houseBefore(doc: Doc, suffix: number): number {
  const lower = !isCapitalised(doc, suffix);
  let words = 0;
  for (let t = suffix - 1; t >= 0 && suffix - t <= STREET_WORDS_MAX + 1; t--) {
    if (!inStreet(doc, t + 1) || doc.shape[t] === Shape.Redacted) return -1;
    if (hasDigit(doc, t)) {
      if (isOrdinal(doc, t)) {
        words++;
        continue;
      }
      const beyond = numberedStreet(doc, t);
      if (beyond >= 0) return beyond;
      if (
        words === 0 ||
        LINKS.has(doc.hash[t + 1]) ||
        doc.gap[t + 1] === Gap.Hyphen ||
        doc.gap[t + 1] === Gap.Apostrophe
      )
        return -1;
      return houseStart(doc, t);
    }
    if (!isWord(doc, t)) return -1;
    const part = partOf(doc, t);
    const lex = doc.lex[t];
    // "2700 blk Quarry Rd", "1100 blk of Harmon Rd"
    const block = doc.hash[t] === OF ? t - 1 : t;
    if (BLOCKS.has(doc.hash[block]) && isDigits(doc, block - 1) && words > 0) return houseStart(doc, block - 1);
    if (isCapitalised(doc, t)) {
      if (lex & Lex.Function && !(part & (Place.Inside | Place.Saint)) && lengthOf(doc, t) > 1) return -1;
    } else if (part & Place.Measure || (lex & Lex.Function && !(part & Place.Inside))) return -1;
    else if (!lower && !(part & (Place.Inside | Place.Compass | Place.Lead))) {
      // "12 main Street" is careless writing, "3 visits to Dr" is not an address.
      if (lex & (Lex.Common | Lex.Medical | Lex.Role | Lex.Relation) || lex === 0) return -1;
    } else if (lower && lex & (Lex.Medical | Lex.Drug | Lex.Role | Lex.Relation) && !(lex & (Lex.City | Lex.Surname)))
      return -1;
    words++;
  }
  return -1;
}

/** "350 W 42 St", "1200 County Road 12": the house before a bare street number; -1 if there is none. */
function numberedStreet(doc: Doc, at: number): number {
  if (at < 1 || doc.gap[at] !== Gap.Blank || !isDigits(doc, at)) return -1;
  let t = at - 1;
  for (
    let k = 0;
    k < 3 &&
    t > 0 &&
    partOf(doc, t) & (Place.Compass | Place.Lead | Place.Suffix | Place.County) &&
    doc.gap[t] === Gap.Blank;
    k++
  )
    t--;
  return isDigits(doc, t) && lengthOf(doc, t) >= 2 ? houseStart(doc, t) : -1;
}

/** Gaps over which an address goes on, reading backward. */
const IN_ADDRESS =
  IN_STREET |
  (1 << Gap.Comma) |
  (1 << Gap.Line) |
  (1 << Gap.Stop) |
  (1 << Gap.Hash) |
  (1 << Gap.Slash) |
  (1 << Gap.Dash) |
  (1 << Gap.Other) |
  (1 << Gap.Quote);

/**
 * The first token of the address that goes on before a token `at` of its town or state: its house number or box, or -1.
 * `sure` says that a ZIP has been seen: then any name can be the street's.
 */
export function addressStart(doc: Doc, at: number, sure: boolean): number {
  let lines = 0;
  let street = false;
  const lower = !isCapitalised(doc, at);
  for (let t = at - 1; t >= 0 && at - t <= BACK_TOKENS_MAX; t--) {
    const gap = doc.gap[t + 1];
    if (!((1 << gap) & IN_ADDRESS) || doc.shape[t] === Shape.Redacted) return -1;
    if (gap === Gap.Line && ++lines > LINES_MAX) return -1;
    if (gap === Gap.Stop && !(isWord(doc, t) && lengthOf(doc, t) <= ABBREVIATION_MAX) && !hasDigit(doc, t)) return -1;
    const part = partOf(doc, t);
    if (hasDigit(doc, t)) {
      if (isOrdinal(doc, t)) {
        street = true;
        continue;
      }
      if (t > 0 && afterHash(doc, t)) continue;
      if (t > 0 && !isWall(doc, t)) {
        const before = partOf(doc, t - 1);
        if (before & Place.Box) {
          const box = boxStart(doc, t - 1);
          if (box >= 0) return box;
        }
        const beyond = numberedStreet(doc, t);
        if (beyond >= 0) return beyond;
        // "State Hwy 7": the number is the street's.
        if (before & (Place.Lead | Place.Suffix) && doc.gap[t] === Gap.Blank && t > 1 && isWord(doc, t - 1)) {
          street = true;
          continue;
        }
        if (before & (Place.Unit | Place.BoxLead) && doc.gap[t] !== Gap.Line && doc.gap[t] !== Gap.Comma) continue;
      }
      const next = doc.gap[t + 1];
      const first = houseStart(doc, t);
      if (first < 0) {
        if (next === Gap.Slash || next === Gap.Hyphen || doc.gap[t] === Gap.Hyphen) continue;
        return -1;
      }
      if (next !== Gap.Blank || !isStreetWord(doc, t + 1)) {
        if (next === Gap.Slash || next === Gap.Hyphen) continue;
        return -1;
      }
      if (first > 0 && doc.lex[first - 1] & Lex.Month && doc.gap[first] === Gap.Blank) return -1;
      return sure || street ? first : -1;
    }
    if (!isWord(doc, t)) return -1;
    if (part & (Place.Suffix | Place.SuffixLoose | Place.SuffixWeak | Place.Lead)) street = true;
    const lex = doc.lex[t];
    if (isCapitalised(doc, t)) {
      if (
        lex & Lex.Function &&
        !(part & (Place.Inside | Place.Saint | Place.Compass | Place.Unit | Place.Lead)) &&
        lengthOf(doc, t) > 2
      )
        return -1;
    } else if (!(part & (Place.Inside | Place.Unit)) && !(lower && !(lex & Lex.Function))) return -1;
  }
  return -1;
}

/** A word or rank that a street's name can begin with, right behind the house number. */
function isStreetWord(doc: Doc, at: number): boolean {
  if (isOrdinal(doc, at)) return true;
  if (!isWord(doc, at)) return isDigits(doc, at);
  const part = partOf(doc, at);
  return isCapitalised(doc, at) ? !(doc.lex[at] & Lex.Month) : (part & Place.Measure) === 0;
}

/** The first token of "PO Box", "RR 2 Box", "PSC 12 Box" whose last word is at a token, or -1. */
export function boxStart(doc: Doc, box: number): number {
  const before = box - 1;
  if (before < 0 || isWall(doc, box)) return -1;
  const gap = doc.gap[box];
  if (isDigits(doc, before) && before > 0 && partOf(doc, before - 1) & Place.BoxLead && !isWall(doc, before)) {
    const rural = before > 1 && partOf(doc, before - 2) & Place.BoxLead && doc.gap[before - 1] === Gap.Blank;
    return rural ? before - 2 : before - 1;
  }
  if (gap !== Gap.Blank && gap !== Gap.Stop && gap !== Gap.Dot) return -1;
  // P.O. and PO, Post Office.
  if (lengthOf(doc, before) === 2 && (doc.text[doc.start[before]] | 32) === 0x70) return before;
  if (
    lengthOf(doc, before) === 1 &&
    before > 0 &&
    lengthOf(doc, before - 1) === 1 &&
    (doc.text[doc.start[before - 1]] | 32) === 0x70
  )
    return before - 1;
  if (
    lengthOf(doc, before) === 6 &&
    before > 0 &&
    lengthOf(doc, before - 1) === 4 &&
    (doc.text[doc.start[before - 1]] | 32) === 0x70
  )
    return before - 1;
  return -1;
}

/** Whether a `#` stands right before a token. */
export function afterHash(doc: Doc, at: number): boolean {
  return doc.start[at] > 0 && doc.text[doc.start[at] - 1] === 0x23;
}
