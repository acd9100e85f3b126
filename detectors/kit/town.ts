/**
 * Reads names of towns by what stands around them: a state behind, a preposition or a phrase in front. A town may be one
 * that no list knows; then its form (Everfield, Linden Falls) or its surroundings must speak for it.
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { zipEnd } from './place-code.js';
import { LINKS, LOOSE, NEAR, OWNERS, Place, partOf } from './place-grammar.js';
import { endsLikeTown, isCountry, isProper, isStateOnly, isTown, joinsName, townEnd } from './place-words.js';
import { hasDigit, isCapitalised, isWord, lengthOf } from './read.js';
import { WordTable } from './words.js';

const WORDS_MAX = 4;

export const enum Code {
  /** Also a degree or a licence: MD, PA, DO. */
  Credential = 1,
  /** Also a word, an abbreviation or a unit of charts: IN, OR, MI, CA. */
  Word = 2,
  /** In lower case it can be nothing else: tx, ny. */
  Plain = 4,
  /** A preposition that a place, and seldom a thing, follows: near, toward. */
  Near = 8,
  /** Likewise, but a person or a thing as often: of, to, at. */
  Loose = 16,
  /** Joins a second town to a first: and, to. */
  Link = 32,
  /** Says whose office it is: our. */
  Owner = 64,
}

export const CODES = new WordTable([
  [Code.Credential, 'md pa ma nd dc do ms'],
  [
    Code.Word,
    'in or me hi oh ok la de al ma pa md co id ms mo mi ct sd va ca fl ga ar ri sc nc nd mt dc as pr vi gu mp wa il',
  ],
  [Code.Plain, 'tx ny nj nh nm nv ky tn ut vt wv wi wy ks az ak'],
  [Code.Near, NEAR],
  [Code.Loose, LOOSE],
  [Code.Link, LINKS],
  [Code.Owner, OWNERS],
]);

const FROM = hashOf('from');

/** Gaps between a town and its state. */
export const BEFORE_STATE = (1 << Gap.Comma) | (1 << Gap.Blank) | (1 << Gap.Line) | (1 << Gap.Other) | (1 << Gap.Quote);

/** What the word before a token says about it (`Code`), 0 where no town can begin at the token. */
export function cueBefore(doc: Doc, at: number): number {
  if (at === 0 || (doc.gap[at] !== Gap.Blank && doc.gap[at] !== Gap.Line)) return 0;
  // A word alone that no list knows and that does not look like a town is none.
  if (!joinsName(doc, at + 1) && !isTown(doc, at)) return 0;
  return CODES.get(doc.hash[at - 1] | 0);
}

/** Where the town before a state begins, or -1; `townSure` holds how sure that is. */
export let townSure = 0;

/** The first token of the town's name that ends right before a state at a token, or -1. */
export function townBefore(doc: Doc, state: number, end: number): number {
  const gap = doc.gap[state];
  if (state === 0 || !isWord(doc, state - 1) || !((1 << gap) & BEFORE_STATE)) return -1;
  const zip = doc.gap[end + 1] !== Gap.Leaf && zipEnd(doc, end + 1) >= 0;
  if (!zip && gap !== Gap.Comma && gap !== Gap.Blank) return -1;
  const lower = !isCapitalised(doc, state - 1);
  const code = lengthOf(doc, state) === 2;
  // "MI: W" and "ID 3575044805" are fields.
  const next = code && !zip ? doc.gap[end + 1] : Gap.Leaf;
  if (next === Gap.Colon || next === Gap.Equals || next === Gap.Hash) return -1;
  if (next === Gap.Blank && isNumberAt(doc, end + 1)) return -1;
  const first = runBefore(doc, state, lower, zip);
  if (first < 0) return -1;
  const kind = code ? CODES.get(doc.hash[state] | 0) : 0;
  const listed = (doc.lex[state - 1] & Lex.City) !== 0 && (doc.lex[first] & (Lex.City | Lex.PlaceWord)) !== 0;
  townSure = 0.9;
  if (zip) {
    townSure = 0.95;
    return gap === Gap.Blank && !listed && !endsLikeTown(doc, state - 1) && doc.shape[state] !== Shape.Upper
      ? -1
      : first;
  }
  const cue = CODES.get(first > 0 ? doc.hash[first - 1] | 0 : 0) & (Code.Near | Code.Loose);
  // A letter is "from Edmund Hale, MD" and signed by him.
  const doctor =
    (kind & Code.Credential) !== 0 &&
    (cue & Code.Loose || (doc.hash[first - 1] === FROM && first < state - 1 && !hasPlaceWord(doc, first, state - 1)));
  const near = first > 0 && doc.gap[first] === Gap.Blank && cue !== 0 && !doctor;
  if (lower) {
    if (!listed || doc.lex[first] & (Lex.Medical | Lex.Drug)) return -1;
    townSure = 0.7;
    if (code)
      return kind & Code.Plain ||
        (doc.lex[first] & Lex.CityTop && gap === Gap.Comma && near) ||
        (near && doc.shape[state] === Shape.Upper)
        ? first
        : -1;
    return near || gap === Gap.Comma || doc.lex[first] & Lex.CityTop ? first : -1;
  }
  if (gap === Gap.Blank && first === state - 1 && doc.lex[first] & (Lex.Demonym | Lex.Country)) return -1; // "Canadian CT"
  const likely = listed || endsLikeTown(doc, state - 1) || hasPlaceWord(doc, first, state - 1);
  const shouting = code && doc.shape[state - 1] === Shape.Upper;
  if (gap === Gap.Blank) {
    if (!likely || (code && kind & Code.Credential && !near)) return -1;
    // In capitals IN and OR are words, unless they end the clause.
    if (shouting && kind & Code.Word && (!near || (doc.gap[end + 1] === Gap.Blank && isWord(doc, end + 1)))) return -1;
    if (!near && doc.lex[state - 1] & (Lex.Medical | Lex.Common)) return -1;
    return code && doc.shape[state] !== Shape.Upper ? -1 : first;
  }
  if (code && kind & (Code.Credential | Code.Word)) {
    if (near && (likely || isProper(doc, first))) return first;
    // "Brilliant, OK"
    if (
      !near &&
      kind & Code.Word &&
      first === state - 1 &&
      doc.lex[first] & (Lex.Word | Lex.Common) &&
      !(doc.lex[first] & Lex.CityTop)
    )
      return -1;
    if (!likely || (!listed && kind & Code.Credential)) return -1;
    if (first > 0 && lengthOf(doc, first - 1) === 1 && doc.gap[first] !== Gap.Comma) return -1;
    // "Lena Park, PA": a person with a licence, unless the list knows the town by both words.
    const person =
      first < state - 1 &&
      (doc.lex[first] & Lex.Given) !== 0 &&
      (doc.lex[first] & doc.lex[state - 1] & Lex.CityTop) === 0;
    if (
      person &&
      cue === 0 &&
      !(partOf(doc, first) & Place.Saint) &&
      (kind & Code.Credential || !hasPlaceWord(doc, first, state - 1))
    )
      return -1;
    if (
      kind & Code.Credential &&
      (shouting || doc.lex[state - 1] & (Lex.GivenTop | Lex.SurnameTop | Lex.Surname)) &&
      !hasPlaceWord(doc, first, state - 1)
    ) {
      // "Jackson, MD" is a physician as often as a town; "Baltimore, MD" stands alone in its clause.
      const alone = (doc.lex[state - 1] & Lex.CityTop) !== 0 && (doc.lex[state - 1] & Lex.SurnameTop) === 0;
      return alone && first === state - 1 && !shouting ? first : -1;
    }
    townSure = 0.75;
    return first;
  }
  if (likely || near) return first;
  townSure = 0.6;
  return isProper(doc, first) && doc.lex[first] & (Lex.Word | Lex.Given) ? -1 : isProper(doc, first) ? first : -1;
}

/** A number, or what has been redacted and may have been one. */
function isNumberAt(doc: Doc, at: number): boolean {
  return at < doc.count && (hasDigit(doc, at) || doc.shape[at] === Shape.Redacted);
}

/** The first of the words right before a token that can be one name; for a listed town, as many as the list knows. */
function runBefore(doc: Doc, state: number, lower: boolean, zip: boolean): number {
  let first = -1;
  for (let t = state - 1; t >= 0 && state - t <= WORDS_MAX; t--) {
    if (!isWord(doc, t) || (t < state - 1 && !joinsName(doc, t + 1))) break;
    const part = partOf(doc, t);
    const lex = doc.lex[t];
    if (lower) {
      // In front of a ZIP any word is the town's: "galville nm 87238".
      if (!(lex & Lex.City) && !(zip && t > state - 3 && !(lex & (Lex.Function | Lex.Common | Lex.Street)))) break;
      first = t;
      continue;
    }
    if (!isCapitalised(doc, t)) {
      // "Fond du Lac", "Coeur d'Alene"
      if (!(part & Place.Inside) || t === 0 || !isCapitalised(doc, t - 1) || t === state - 1 || part & Place.Locative)
        break;
      continue;
    }
    const saint = part & Place.Saint;
    if (
      lex & (Lex.Function | Lex.Month | Lex.Weekday | Lex.Title | Lex.Role | Lex.Relation | Lex.PersonCue | Lex.Drug) &&
      !saint &&
      !(lex & Lex.City)
    )
      break;
    if (lex & Lex.Function && part & Place.Locative) break;
    first = t;
  }
  return first;
}

/** Whether it is worth looking for a town before a state: without comma and ZIP its form or the list must know it. */
export function mayBeState(doc: Doc, state: number): boolean {
  const gap = doc.gap[state];
  if (state === 0 || !((1 << gap) & BEFORE_STATE) || !isWord(doc, state - 1)) return false;
  if (gap === Gap.Comma) return true;
  const next = doc.shape[state + 1];
  if (next === Shape.Digits5 || next === Shape.Digits9 || lengthOf(doc, state) !== 2) return true;
  if (gap !== Gap.Blank) return false;
  const town = state - 1;
  const noun = doc.lex[town] & (Lex.City | Lex.PlaceWord) || partOf(doc, town) & Place.Noun;
  return noun !== 0 || endsLikeTown(doc, town) || (town > 0 && joinsName(doc, town));
}

function hasPlaceWord(doc: Doc, from: number, to: number): boolean {
  if (to > from && (doc.lex[to] & Lex.PlaceWord || partOf(doc, to) & Place.Noun) && isProper(doc, from)) return true;
  return to > from && (partOf(doc, from) & Place.Saint) !== 0 && (doc.lex[from] & Lex.Function) === 0;
}

/** The last token of the town at a token that a preposition points to ("near Hazel Bay"), or -1; sets `townSure`. */
export function townInContext(doc: Doc, at: number, cue: number): number {
  if (doc.shape[at - 1] === Shape.Upper && doc.shape[at] !== Shape.Upper) return -1;
  const lone = !joinsName(doc, at + 1);
  const lex = doc.lex[at];
  if (lone && !(cue & Code.Near) && !(lex & Lex.CityTop)) return -1;
  // "Des Moines": the list knows it by both words.
  const both = !lone && (lex & doc.lex[at + 1] & Lex.City) !== 0 && isCapitalised(doc, at + 1);
  if (
    lex & (Lex.Medical | Lex.Drug | Lex.Month | Lex.Weekday | Lex.Title | Lex.Function | Lex.Eponym | Lex.Org) &&
    !(partOf(doc, at) & Place.Saint) &&
    !both
  )
    return -1;
  const last = townEnd(doc, at);
  if (last < 0 || isStateOnly(doc, at, last) || isCountry(doc, at, last)) return -1;
  if (doc.gap[last + 1] === Gap.Apostrophe && last === at) return -1;
  const compound = last > at && hasPlaceWord(doc, at, last);
  const next = (doc.gap[last + 1] === Gap.Blank ? partOf(doc, last + 1) : 0) | partOf(doc, last);
  if (next & (Place.Head | Place.HeadWeak | Place.Company) && !compound) return -1;
  if (doc.lex[last] & (Lex.Medical | Lex.Facility | Lex.Org | Lex.Eponym) && !compound) return -1;
  const person = lex & (Lex.GivenTop | Lex.SurnameTop | Lex.Given);
  const listed = (lex & Lex.City) !== 0 && (last === at || (doc.lex[at + 1] & (Lex.City | Lex.PlaceWord)) !== 0);
  townSure = 0.65;
  if (doc.shape[at] === Shape.Upper) {
    if (lengthOf(doc, at) < 5) return -1;
    // In a text of capitals only what is a town beyond doubt.
    const sure =
      lex === 0 ? endsLikeTown(doc, at) : lex & Lex.CityTop && !(lex & (Lex.Word | Lex.Given | Lex.SurnameTop));
    if (doc.shape[at - 1] === Shape.Upper && !(sure && cue & Code.Near)) return -1;
  }
  if (cue & Code.Near) {
    if (compound) return last;
    const clear = lex & Lex.CityTop || !(lex & (Lex.GivenTop | Lex.SurnameTop));
    if (listed && !(lex & (Lex.Word | Lex.Common)) && clear) return last;
    if (last === at && isTown(doc, at) && !person && !(lex & Lex.Word)) return last;
    if (last > at && lex & Lex.CityTop) return doc.lex[at + 1] & Lex.CityTop ? at + 1 : person ? -1 : at;
    return -1;
  }
  if (listed && lex & Lex.CityTop && !person && !(lex & Lex.Word)) return last;
  return compound && last === at + 1 && !person && !(lex & Lex.Word) ? last : -1;
}
