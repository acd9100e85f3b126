/**
 * Reads US addresses, token by token and in both directions: forward from a street over unit, town, state and ZIP, and
 * backward from a state or ZIP to the house number, so that streets of any name and language are covered. After USPS
 * Publication 28. All steps are bounded; none crosses a JSON leaf or what is already redacted.
 */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { endsLikeTown, fieldFollows, isTown, isWall, partOf, Place, townEnd } from './place-words.js';
import { digitsIn, hasDigit, isCapitalised, isDigits, isMixed, isWord, lengthOf } from './read.js';

/** What confirms that something is an address; `Tail.proof` is their sum. */
export const enum Proof {
  Unit = 1,
  Town = 2,
  State = 4,
  Zip = 8,
}

export interface Tail {
  /** Last token of the address. */
  last: number;
  proof: number;
}

const UNITS_MAX = 3;
const STREET_WORDS_MAX = 5;
const BACK_TOKENS_MAX = 18;
const LINES_MAX = 3;
/** "?" for "St." and the like: longest word after which a full stop does not end a sentence. */
const ABBREVIATION_MAX = 4;

const tail: Tail = { last: 0, proof: 0 };

/** The last token of the ZIP or ZIP+4 at a token, or -1. */
export function zipEnd(doc: Doc, at: number): number {
  if (at >= doc.count || doc.gap[at] === Gap.Leaf) return -1;
  // Nine digits in a row are a ZIP in HL7 only: elsewhere they are somebody's number.
  if (doc.shape[at] === Shape.Digits9)
    return doc.gap[at] === Gap.Other && doc.text[doc.start[at] - 1] === 0x5e ? at : -1;
  if (doc.shape[at] !== Shape.Digits5) return -1;
  const gap = doc.gap[at + 1];
  if ((gap === Gap.Hyphen || gap === Gap.Dash) && doc.shape[at + 1] === Shape.Digits4) return at + 1;
  // A decimal, a date or a code that goes on is no ZIP.
  return (gap === Gap.Dot || gap === Gap.Hyphen || gap === Gap.Slash) && hasDigit(doc, at + 1) ? -1 : at;
}

/** Gaps that may stand between town and state, or state and ZIP. `^` of HL7 and `, ` with quotes are `Other`. */
const BETWEEN =
  (1 << Gap.Blank) |
  (1 << Gap.Comma) |
  (1 << Gap.Line) |
  (1 << Gap.Other) |
  (1 << Gap.Dash) |
  (1 << Gap.Hyphen) |
  (1 << Gap.Stop) |
  (1 << Gap.Quote);

const isBetween = (doc: Doc, at: number): boolean => ((1 << doc.gap[at]) & BETWEEN) !== 0;

/**
 * The last token of the state at a token, or -1. Codes are capitals, unless a ZIP follows or `lower` allows them; two
 * letters that are no known code count before a ZIP.
 */
export function stateEnd(doc: Doc, at: number, lower = false): number {
  if (at >= doc.count || !isWord(doc, at) || doc.gap[at] === Gap.Leaf) return -1;
  const length = lengthOf(doc, at);
  if (length === 2) {
    const known = (partOf(doc, at) & Place.Code) !== 0;
    const zip = isBetween(doc, at + 1) && zipEnd(doc, at + 1) >= 0;
    if (doc.shape[at] === Shape.Upper) return known || zip ? at : -1;
    return known && (zip || lower) ? at : -1;
  }
  if (length === 1) {
    const dotted =
      doc.shape[at] === Shape.UpperOne &&
      doc.shape[at + 1] === Shape.UpperOne &&
      doc.gap[at + 1] <= Gap.Stop &&
      doc.gap[at + 1] >= Gap.Dot;
    return dotted ? at + 1 : -1;
  }
  if ((doc.lex[at] & Lex.State) === 0 || !(isCapitalised(doc, at) || lower)) return -1;
  let last = at;
  while (
    last - at < 2 &&
    doc.gap[last + 1] === Gap.Blank &&
    doc.lex[last + 1] & Lex.State &&
    lengthOf(doc, last + 1) > 2
  )
    last++;
  return last;
}

/**
 * Reads on from the last token of a street: compass point, units, town, state, ZIP, each if it is there. The result is
 * reused by the next call.
 */
export function readTail(doc: Doc, street: number): Tail {
  tail.last = street;
  tail.proof = 0;
  let t = street + 1;
  if (
    doc.gap[t] === Gap.Blank &&
    partOf(doc, t) & Place.Compass &&
    doc.shape[t] === Shape.Upper &&
    lengthOf(doc, t) <= 2
  )
    tail.last = t++;
  else if (doc.gap[t] === Gap.Blank && doc.shape[t] === Shape.UpperOne && partOf(doc, t) & Place.Compass)
    tail.last = t++;
  for (let k = 0; k < UNITS_MAX; k++) {
    const end = unitEnd(doc, t);
    if (end < 0) break;
    tail.last = end;
    tail.proof |= Proof.Unit;
    t = end + 1;
  }
  return readTown(doc, t);
}

/** The number of a numbered road whose kind is at a token ("County Road 12", "Hwy 7"), or the token itself. */
export function roadEnd(doc: Doc, at: number): number {
  const numbered = doc.gap[at + 1] === Gap.Blank || doc.gap[at + 1] === Gap.Hyphen;
  const next = doc.gap[at + 2];
  return numbered &&
    isDigits(doc, at + 1) &&
    lengthOf(doc, at + 1) <= 4 &&
    !(next === Gap.Slash || next === Gap.Dot || next === Gap.Hyphen)
    ? at + 1
    : at;
}

/** Whether a `#` stands right before a token. */
function afterHash(doc: Doc, at: number): boolean {
  return doc.start[at] > 0 && doc.text[doc.start[at] - 1] === 0x23;
}

function isUnitName(doc: Doc, at: number): boolean {
  return at < doc.count && (hasDigit(doc, at) || lengthOf(doc, at) <= 2 || (doc.lex[at] & Lex.NumberWord) !== 0);
}

/** The last token of "Apt 4-B", "#12", "3rd Floor", "Rear" at a token, or -1. */
export function unitEnd(doc: Doc, at: number): number {
  if (at >= doc.count || isWall(doc, at)) return -1;
  const part = partOf(doc, at);
  if (afterHash(doc, at) && isUnitName(doc, at)) return joined(doc, at);
  if (part & Place.Unit) {
    const gap = doc.gap[at + 1];
    const near =
      gap === Gap.Blank ||
      gap === Gap.Stop ||
      gap === Gap.Dot ||
      gap === Gap.Hash ||
      gap === Gap.Hyphen ||
      gap === Gap.Other;
    if (near && isUnitName(doc, at + 1) && doc.shape[at + 1] !== Shape.Redacted) return joined(doc, at + 1);
    return -1;
  }
  if (part & Place.UnitAlone) return at;
  if (hasDigit(doc, at) && doc.gap[at + 1] === Gap.Blank && partOf(doc, at + 1) & Place.Unit && !isDigits(doc, at))
    return at + 1;
  return -1;
}

/** A number with what a hyphen or stroke ties to it: 4-B, 12/3. */
function joined(doc: Doc, at: number): number {
  const gap = doc.gap[at + 1];
  return (gap === Gap.Hyphen || gap === Gap.Slash) && isUnitName(doc, at + 1) ? at + 1 : at;
}

/** Town, state and ZIP at a token, into `tail`. */
function readTown(doc: Doc, at: number): Tail {
  if (at >= doc.count || !isBetween(doc, at) || doc.shape[at] === Shape.Redacted) return tail;
  const zip = zipEnd(doc, at);
  if (zip >= 0 && doc.gap[at] !== Gap.Line && doc.gap[at] !== Gap.Stop) {
    // "75001 Paris": abroad the code stands first.
    const after =
      doc.gap[zip + 1] === Gap.Blank && isTown(doc, zip + 1) && isCapitalised(doc, zip + 1)
        ? townEnd(doc, zip + 1)
        : -1;
    return take(Math.max(zip, after), Proof.Zip);
  }
  const direct = stateEnd(doc, at);
  if (direct >= 0) {
    const end = isBetween(doc, direct + 1) ? zipEnd(doc, direct + 1) : -1;
    if (end >= 0) return take(end, Proof.State | Proof.Zip);
    if (doc.gap[at] === Gap.Comma && doc.gap[direct + 1] !== Gap.Blank) return take(direct, Proof.State);
  }
  // The state may be any of the next words; the town is what stands before it.
  const lower = !isCapitalised(doc, at);
  const town = townEnd(doc, at, lower);
  const listed = lower ? town : -1;
  for (let s = at + 1; s < doc.count && s - at <= 4 && s <= Math.max(town, listed) + 1; s++) {
    if (!isBetween(doc, s)) break;
    const end = stateEnd(doc, s, lower);
    if (end < 0 || (doc.gap[s] === Gap.Stop && doc.gap[at] !== Gap.Line && lengthOf(doc, s) !== 2)) continue;
    const after = isBetween(doc, end + 1) ? zipEnd(doc, end + 1) : -1;
    if (after >= 0) return take(after, Proof.Town | Proof.State | Proof.Zip);
    // "San Francisco" has no state in it, but "Iowa City" and "Virginia Beach" do.
    if (end >= town || doc.shape[s] === Shape.Upper) return take(end, Proof.Town | Proof.State);
  }
  if (town < 0) return tail;
  const code = isBetween(doc, town + 1) && doc.gap[town + 1] !== Gap.Line ? zipEnd(doc, town + 1) : -1;
  if (code >= 0) return take(code, Proof.Town | Proof.Zip);
  if (doc.gap[at] === Gap.Line || doc.gap[at] === Gap.Stop) return tail;
  if (isListedTown(doc, at, town)) return take(townPart(doc, at, town), Proof.Town);
  // After a comma a name that nobody lists is a town too, if nothing of a sentence follows it.
  const ends = doc.gap[town + 1] !== Gap.Blank && !fieldFollows(doc, at);
  if (doc.gap[at] === Gap.Comma && ends && !hasPlainWord(doc, at, town)) take(town, 0);
  return tail;
}

function take(last: number, proof: number): Tail {
  tail.last = last;
  tail.proof |= proof;
  return tail;
}

function isListedTown(doc: Doc, from: number, to: number): boolean {
  const lex = doc.lex[from];
  if (lex & Lex.City || (from === to && endsLikeTown(doc, from))) return true;
  return from < to && (partOf(doc, from) & Place.Saint) !== 0 && isTown(doc, from + 1);
}

/** The listed words at the front of a run of capitalised words: "Boise Idaho Phone". */
function townPart(doc: Doc, from: number, to: number): number {
  let last = from;
  while (last < to && (doc.lex[last + 1] & (Lex.City | Lex.PlaceWord) || isTown(doc, last + 1))) last++;
  return last;
}

function hasPlainWord(doc: Doc, from: number, to: number): boolean {
  for (let t = from; t <= to; t++)
    if (doc.lex[t] & (Lex.Medical | Lex.Drug | Lex.Role | Lex.Title | Lex.Credential | Lex.Month)) return true;
  return false;
}

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

/** 5th, 103rd: a number with the two letters that make it a rank. */
export function isOrdinal(doc: Doc, at: number): boolean {
  return (
    isMixed(doc, at) &&
    lengthOf(doc, at) <= 5 &&
    digitsIn(doc, at) === lengthOf(doc, at) - 2 &&
    doc.text[doc.end[at] - 2] > 0x3a
  );
}

/** Gaps inside a street's name. */
const IN_STREET = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Apostrophe) | (1 << Gap.Dot);

function inStreet(doc: Doc, at: number): boolean {
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
      if (words === 0 || doc.gap[t + 1] === Gap.Hyphen || doc.gap[t + 1] === Gap.Apostrophe) return -1;
      return houseStart(doc, t);
    }
    if (!isWord(doc, t)) return -1;
    const part = partOf(doc, t);
    const lex = doc.lex[t];
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

/** The last token of the name of the street that begins at a token (right behind a house number), or -1. */
export function streetEnd(doc: Doc, at: number): number {
  let last = -1;
  for (let t = at; t < doc.count && t - at <= STREET_WORDS_MAX; t++) {
    if (!inStreet(doc, t) || doc.shape[t] === Shape.Redacted) break;
    if (t > at && unitEnd(doc, t) >= 0) break;
    if (isDigits(doc, t) && t > at && !(partOf(doc, t - 1) & (Place.Lead | Place.Suffix | Place.Compass))) break;
    if (
      isWord(doc, t) &&
      doc.lex[t] & Lex.Function &&
      !(partOf(doc, t) & (Place.Inside | Place.Saint | Place.Compass | Place.Lead))
    )
      break;
    if (t > at && doc.flags[t] & Flag.InLabel && fieldFollows(doc, t)) break;
    last = t;
    if (t > at && partOf(doc, t) & (Place.Suffix | Place.SuffixLoose)) {
      const next = partOf(doc, t + 1);
      const more =
        doc.gap[t + 1] === Gap.Blank &&
        (next & (Place.Suffix | Place.SuffixLoose | Place.SuffixWeak) || isDigits(doc, t + 1));
      if (!more || unitEnd(doc, t + 1) >= 0) break;
    }
  }
  return last;
}
