/**
 * How sure it is that a run of name-like tokens is a person, in points: what the words are, and, from the files beside this
 * one, what stands before and after. What rules a person out is asked last, as few runs get that far.
 */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { pointsAfter } from './name-after.js';
import { pointsBefore } from './name-before.js';
import { isRefused } from './name-refusal.js';
import type { Run } from './name-run.js';
import { Says, says } from './name-words.js';
import { GIVEN, NAMED, SURNAME } from './person.js';

/** A run with this many points is a name. */
export const ACCEPT = 45;

/** Points of evidence. */
const W = {
  pair: 20,
  pairListed: 8,
  pairUnlisted: 22,
  pairHalf: 12,
  pairUnknown: 8,
  inverted: 12,
  invertedCapitals: 8,
  invertedUnknown: 5,
  initial: 28,
  midSentence: 10,
  midSentencePure: 15,
  alone: 5,
  apart: 15,
  series: -8,
  wholeLine: 14,
  wholeLineListed: 26,
  medicalBefore: -15,
  vocative: 12,
  turn: 15,
  pure: 15,
  loneCapitals: -15,
  demonym: -30,
  verbLike: -20,
};

const MEANINGS =
  Lex.Word |
  Lex.Medical |
  Lex.Drug |
  Lex.CityTop |
  Lex.Eponym |
  Lex.Country |
  Lex.State |
  Lex.Org |
  Lex.Street |
  Lex.Facility |
  Lex.PlaceWord |
  Lex.NameRare;
/** Behind what stands before with so few points, nothing that follows makes a name. */
const HOPELESS = -20;
/** In lower case shorter single names are other words. */
const LOWER_UNITS_MIN = 4;

/** Points of a run, 0 if it is refused. Says in `r.who` whose name it is. */
export function score(doc: Doc, r: Run): number {
  const lower = doc.shape[r.core] === Shape.Lower;
  let points = composition(doc, r, lower) + pointsBefore(doc, r, lower);
  if (points < HOPELESS) return points;
  points += pointsAfter(doc, r);
  return points >= ACCEPT && isRefused(doc, r) ? 0 : points;
}

/** What the words themselves and their place in the line say. */
function composition(doc: Doc, r: Run, lower: boolean): number {
  const { parts, headLex } = r;
  const shape = doc.shape[r.core];
  let points = parts > 1 ? joined(r, shape, doc.shape[r.first]) : single(r, shape);
  // "WE WILL CHASE", "MAY BILL"
  if (shape === Shape.Upper && headLex & Lex.NameRare && headLex & Lex.Word) points += W.verbLike;
  const before = doc.gap[r.first];
  const after = doc.gap[r.last + 1];
  // A bare letter behind a surname is mostly something else; behind a given name it may be the surname's.
  if (
    r.initials > 0 &&
    (headLex & Lex.Month) === 0 &&
    (r.core === r.last ||
      after === Gap.Stop ||
      after === Gap.Dot ||
      headLex & Lex.GivenTop ||
      (headLex & GIVEN && (headLex & MEANINGS) === 0))
  )
    points += W.initial;
  if (lower) {
    if (headLex & Lex.GivenTop) points += spoken(doc, r);
  } else if (shape !== Shape.Upper) points += midSentence(doc, r, before, after);
  const lineStart = doc.flags[r.first] & Flag.LineStart || before === Gap.Colon || before === Gap.Pipe;
  if (lineStart && (after === Gap.Line || after === Gap.Leaf))
    points +=
      parts === 1 && headLex & GIVEN && (headLex & MEANINGS) === 0 && shape === Shape.Title && before === Gap.Line
        ? W.wholeLineListed
        : W.wholeLine;
  return points;
}

function joined(r: Run, shape: number, headShape: number): number {
  let points = r.head + r.tail;
  if (r.comma) {
    points += r.tailLex & GIVEN ? W.inverted : W.invertedUnknown;
    if (shape === Shape.Upper) points += W.invertedCapitals;
  } else if (r.headLex & GIVEN) {
    points += W.pair;
    if (r.tailLex & SURNAME) points += W.pairListed;
  } else if (shape === Shape.Title && headShape === Shape.Title && (r.headLex & MEANINGS) === 0) points += unlisted(r);
  return points;
}

/** Two words in a row that no dictionary has: hardly anything but names is written so. */
function unlisted(r: Run): number {
  const { headLex, tailLex } = r;
  if (tailLex & MEANINGS & ~(Lex.Eponym | Lex.NameRare)) return 0;
  if ((headLex | tailLex) & (Lex.City | Lex.County | MEANINGS)) return W.pairUnknown;
  if (((headLex | tailLex) & NAMED) === 0) return W.pairUnlisted;
  return W.pairHalf;
}

function single(r: Run, shape: number): number {
  let points = r.head;
  if (r.headLex & Lex.Demonym && (r.headLex & (Lex.GivenTop | Lex.NameRare)) !== Lex.GivenTop) points += W.demonym;
  if (shape === Shape.Upper && (r.headLex & NAMED) === 0) points += W.loneCapitals;
  return points;
}

/** A capital where no sentence begins. */
function midSentence(doc: Doc, r: Run, before: number, after: number): number {
  if (doc.flags[r.first] & Flag.SentenceStart || (before === Gap.Colon && r.parts === 1 && r.initials === 0)) return 0;
  let points = r.head >= 30 && doc.end[r.core] - doc.start[r.core] > 3 ? W.midSentencePure : W.midSentence;
  // "cath 8/28, Garza, CABG?"
  if (
    before === Gap.Comma &&
    after === Gap.Comma &&
    r.parts === 1 &&
    doc.shape[r.last + 1] !== Shape.Title &&
    r.headLex & Lex.SurnameTop
  )
    return points + ((r.headLex & MEANINGS) === 0 ? W.apart : 0);
  // The only capital far and wide: no heading, no series of proper nouns.
  const led = before === Gap.Blank && (doc.shape[r.first - 1] === Shape.Lower || doc.lex[r.first - 1] & Lex.Function);
  if (
    led &&
    r.headLex & NAMED &&
    (r.headLex & MEANINGS) === 0 &&
    (after !== Gap.Blank || doc.shape[r.last + 1] === Shape.Lower)
  )
    points += W.alone;
  // "Harmony Music"
  else if (r.parts === 1 && after === Gap.Blank && doc.shape[r.last + 1] === Shape.Title && r.headLex & Lex.Word)
    points += W.series;
  return points;
}

/** A given name in lower case: by itself hardly anything else, the more so where somebody is addressed. */
function spoken(doc: Doc, r: Run): number {
  const before = doc.gap[r.first];
  const after = doc.gap[r.last + 1];
  let points = 0;
  const plain = (r.headLex & (Lex.Word | Lex.CityTop | Lex.Country | Lex.State | Lex.Demonym)) === 0;
  const coded =
    after === Gap.Dash ||
    before === Gap.Slash ||
    before === Gap.Equals ||
    before === Gap.Quote ||
    after === Gap.Equals ||
    after === Gap.Quote;
  if (coded || (r.parts === 1 && doc.end[r.core] - doc.start[r.core] < LOWER_UNITS_MIN)) return 0;
  // "polycythemia vera", "patella alta".
  if (
    before === Gap.Blank &&
    (doc.lex[r.first - 1] & (Lex.Medical | Lex.PersonCue | Lex.Role)) === Lex.Medical &&
    says(doc, r.first - 1) === 0
  )
    return W.medicalBefore;
  if (plain && r.parts === 1) points += W.pure;
  if (after === Gap.Comma || (after === Gap.Stop && plain)) points += W.vocative;
  if (before === Gap.Comma && (plain || says(doc, r.first - 1) & Says.Discourse)) points += W.vocative + 3;
  if (before === Gap.Close) points += W.turn;
  return points;
}
