/**
 * Reads US addresses on from a street: unit, town, state and ZIP, each if it is there, after USPS Publication 28. All steps
 * are bounded; none crosses a JSON leaf or what is already redacted.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hasDigit, isCapitalised, isDigits, isWord, lengthOf } from '../read.js';
import { isBetween, stateEnd, zipEnd } from './code.js';
import { Place, partOf } from './grammar.js';
import { afterHash, inStreet } from './house.js';
import { endsLikeTown, fieldFollows, isTown, isWall, townEnd } from './words.js';

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

const tail: Tail = { last: 0, proof: 0 };

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
  // "Lutheran Homes, walker"
  if (lower && doc.lex[at] & Lex.Word && isCapitalised(doc, at - 1)) return tail;
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

/** The first token of a unit written before the house ("Rm 8, 40 Seminary Hill Road"), or the house itself. */
export function unitBefore(doc: Doc, house: number): number {
  const unit = house - 2;
  const named =
    unit >= 0 &&
    (doc.gap[house] === Gap.Comma || doc.gap[house] === Gap.Line) &&
    doc.gap[house - 1] === Gap.Blank &&
    hasDigit(doc, house - 1) &&
    isCapitalised(doc, unit) &&
    !isWall(doc, house);
  return named && partOf(doc, unit) & Place.Unit ? unit : house;
}
