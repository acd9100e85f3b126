/**
 * What may join two tokens of one name: which word follows a given name, what stands behind the comma of "Last, First",
 * where a run stops although the next word could be a name.
 */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { isAge } from './name-age.js';
import { Says, says } from './name-words.js';
import { canFollow, GIVEN, isInitial, isParticle, likeness, NAMED, SURNAME } from './person.js';
import { numberAt } from './read.js';

/** A surname behind a given name, both in lower case: "pamela cook". */
const LOWER_TAIL_BARRED =
  Lex.Function |
  Lex.Common |
  Lex.Drug |
  Lex.NameRare |
  Lex.Title |
  Lex.Relation |
  Lex.Role |
  Lex.Facility |
  Lex.Street |
  Lex.Org |
  Lex.PersonCue;
const LOWER_UNKNOWN_UNITS_MIN = 5;
/** Halves of Min-jun, Dong-hyun. */
const SYLLABLE_UNITS_MAX = 5;
const PARTICLES_MAX = 3;
/** Points of a word that is a surname only because a given name stands before it. */
const FOLLOWS = 5;

/** Lower-case words go on lower-case runs only. */
export function sameCase(doc: Doc, a: number, b: number): boolean {
  return (doc.shape[a] === Shape.Lower) === (doc.shape[b] === Shape.Lower);
}

export function likenessIn(doc: Doc, at: number, lower: boolean): number {
  return (doc.shape[at] === Shape.Lower) === lower ? likeness(doc, at) : 0;
}

/** Points of the word at `n`, by itself no name, as the surname of the given name at `at`. */
export function follows(doc: Doc, at: number, n: number, lower: boolean): number {
  if (!lower) return canFollow(doc, n) ? FOLLOWS : 0;
  const told = at > 0 && (doc.lex[at - 1] & (Lex.Role | Lex.Relation)) !== 0;
  return lowerTail(
    doc,
    n,
    told || (doc.lex[at] & Lex.GivenTop) !== 0,
    (doc.lex[at] & (Lex.GivenTop | Lex.Word)) === Lex.GivenTop,
  );
}

function lowerTail(doc: Doc, at: number, sure: boolean, plain: boolean): number {
  const lex = doc.lex[at];
  if (doc.shape[at] !== Shape.Lower) return 0;
  const ends = sure && (endsClause(doc, at) || (doc.flags[at + 1] & Flag.InLabel) !== 0);
  if (lex === 0) return ends && doc.end[at] - doc.start[at] >= LOWER_UNKNOWN_UNITS_MIN ? 8 : 0;
  if (ends && lex & Lex.SurnameTop && (lex & Lex.Function) === 0) return 10;
  // "pt denise king here"
  if (plain && lex & Lex.SurnameTop && (lex & (Lex.Function | Lex.PersonCue | Lex.NameRare)) === 0) return 10;
  if ((lex & SURNAME) === 0 || lex & LOWER_TAIL_BARRED) return 0;
  return lex & Lex.SurnameTop ? 15 : lex & (Lex.Medical | Lex.Word) ? 0 : 10;
}

/** Whether a comma, the end of the sentence, of the line or of the leaf follows. */
export function endsClause(doc: Doc, at: number): boolean {
  const after = doc.gap[at + 1];
  return after === Gap.Comma || after === Gap.Stop || after === Gap.Line || after === Gap.Leaf;
}

/** Whether a comma and a degree follow. */
export function isCertified(doc: Doc, at: number): boolean {
  return (
    doc.gap[at + 1] === Gap.Comma &&
    (doc.lex[at + 1] & (Lex.Credential | Lex.StateCode)) === Lex.Credential &&
    doc.shape[at + 1] === Shape.Upper
  );
}

/** Where a run stops before a word that could be a name. */
export function stopsAt(doc: Doc, at: number): boolean {
  // A word before a colon is the next field's name.
  if (doc.flags[at] & Flag.InLabel && doc.label[at] !== 0 && doc.gap[at + 1] === Gap.Colon) return true;
  const lex = doc.lex[at];
  // Letters in capitals behind a name in small letters are a degree.
  if (lex & Lex.Credential && doc.shape[at] === Shape.Upper) return true;
  if ((lex & Lex.Eponym) === 0 || doc.gap[at + 1] !== Gap.Blank) return false;
  // "Nokomis Redbird Salter Harris II"
  if (lex & Lex.Medical && doc.lex[at + 1] & Lex.Medical && doc.lex[at + 1] & Lex.Eponym) return true;
  // "Deshawn Pickett Wells score"
  return doc.shape[at + 1] === Shape.Lower && (says(doc, at + 1) & Says.Thing) !== 0;
}

/** First token behind up to three particles ("van der", "de la"), or the token itself. */
export function beyondParticles(doc: Doc, at: number): number {
  let t = at;
  while (t - at < PARTICLES_MAX && isParticle(doc, t)) {
    const gap = doc.gap[t + 1];
    if (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe && !(gap === Gap.Stop && t === at)) return at;
    t++;
  }
  return t;
}

/** The second half of a given name, in small letters. */
export function isSyllable(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.Lower || doc.end[at] - doc.start[at] > SYLLABLE_UNITS_MAX) return false;
  const head = doc.lex[at - 1];
  const word = (head & (Lex.Word | Lex.Eponym)) !== 0 && (head & (GIVEN | Lex.NameRare)) !== Lex.Given;
  if (doc.end[at - 1] - doc.start[at - 1] > SYLLABLE_UNITS_MAX || word) return false;
  return (doc.lex[at] & (Lex.Common | Lex.Medical | Lex.Drug | Lex.Function)) === 0;
}

/** `"Peggy"`, `(Bob)`: one name between quotes or brackets. */
export function isNickname(doc: Doc, at: number): boolean {
  const after = doc.gap[at + 1];
  return (after === Gap.Quote || after === Gap.Close) && likeness(doc, at) >= 8;
}

/** What may follow the comma of "Last, First M.": a given name, an unknown one, or an initial; and then no state. */
export function invertible(doc: Doc, at: number, n: number): boolean {
  const lex = doc.lex[n];
  const after = doc.gap[n + 1];
  if (isInitial(doc, n)) return after === Gap.Stop || after === Gap.Dot || after === Gap.Comma;
  if (doc.shape[n] === Shape.Lower || after === Gap.At || after === Gap.Underscore || after === Gap.Dot) return false;
  if (lex & (Lex.StateCode | Lex.Credential)) return false;
  if (lex & (Lex.State | Lex.Country | Lex.CityTop) && (lex & Lex.GivenTop) === 0) return false;
  if (isDay(doc, n)) return false;
  // "with Raynaud, Carlotta Bianchi, seen": the name of a disease, and somebody.
  if (doc.lex[at] & Lex.Eponym && after === Gap.Blank && lex & GIVEN && likeness(doc, n + 1) > 0) return false;
  const points = likeness(doc, n);
  if (lex & Lex.GivenTop) return points > 0;
  // "Reed, Major 52M"
  if (lex & GIVEN && doc.shape[n + 1] === Shape.AlnumShort && isAge(doc, n + 1)) return true;
  return points >= 8 && ((lex & GIVEN) !== 0 || (lex & NAMED) === 0);
}

/** "April 9", "May 2021": a month with its day or year, though April is a name. */
export function isDay(doc: Doc, at: number): boolean {
  if ((doc.lex[at] & Lex.Month) === 0 || (doc.gap[at + 1] !== Gap.Blank && doc.gap[at + 1] !== Gap.Stop)) return false;
  const shape = doc.shape[at + 1];
  return shape === Shape.Digits1 || shape === Shape.Digits4 || (shape === Shape.Digits2 && numberAt(doc, at + 1) <= 31);
}
