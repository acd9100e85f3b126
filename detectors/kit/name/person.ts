/**
 * How much a single token looks like part of a person's name: by its shape and the classes of its word.
 */
import { CAPITALISED, type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { WordSet } from '../word-set.js';

export const GIVEN = Lex.GivenTop | Lex.Given;
const SURNAME = Lex.SurnameTop | Lex.Surname;
export const NAMED = GIVEN | SURNAME;
const TOPS = Lex.GivenTop | Lex.SurnameTop;
/** Classes that leave an unlisted word unknown: invented names end like towns, and label words begin like anything. */
export const QUIET = Lex.City | Lex.County | Lex.PhraseHead;
/** What a person is, rather than is called. */
const CALLING = Lex.Title | Lex.Relation | Lex.Role;
/** A listed name in lower case counts only if it is hardly anything else. */
const LOWER_BARRED =
  Lex.Function |
  Lex.Common |
  Lex.Medical |
  Lex.Drug |
  Lex.Month |
  Lex.Weekday |
  Lex.NumberWord |
  Lex.Particle |
  Lex.NameRare |
  Lex.Title |
  Lex.Credential |
  Lex.Relation |
  Lex.Role |
  Lex.Facility |
  Lex.Street |
  Lex.Org |
  Lex.StateCode |
  Lex.PersonCue;
/** An abbreviation in capitals that is also a name is the abbreviation. */
const UPPER_BARRED = Lex.Medical | Lex.Drug | Lex.Credential | Lex.StateCode;
const OTHER_MEANING =
  Lex.Medical |
  Lex.Drug |
  Lex.Month |
  Lex.Weekday |
  Lex.Demonym |
  Lex.Country |
  Lex.State |
  Lex.PersonCue |
  Lex.Relation |
  Lex.Role;

/** Names that the dictionary has in small letters too, but hardly any sentence. */
const HARDLY_WORDS = new WordSet(
  'abigail ana anna ben benjamin benny bertha beth billy bobby brad brent carl carol charlie charlotte christie clarence ' +
    'daphne deb dirk donna dora franklin gilbert graham harry hector henry jane jean jenny jerry jess jill jimmy joey john ' +
    'johnny josh kelly ken kent kris kyle lewis louis marc maria martin maxwell maya mickey mike morris nancy nelly nelson ' +
    'nick peter phoebe roger ruth sally sheila shelly tammy ted teddy terry timothy tom tony tori troy veronica victor victoria',
);
const LOWER_UNITS_MIN = 3;
const UPPER_UNKNOWN_UNITS_MIN = 4;
const ACCENT_UNITS_MAX = 24;
/** First code unit that is a letter beyond ASCII. */
const ACCENTED_MIN = 0xc0;

const DEGREES = new Set(
  ['MD', 'DO', 'RN', 'NP', 'PA', 'DC', 'OD'].map((two) => (two.charCodeAt(0) << 8) | two.charCodeAt(1)),
);
const T = hashOf('t');
const M = hashOf('m');
const RE = hashOf('re');
const VE = hashOf('ve');
const LL = hashOf('ll');
const D = hashOf('d');
const A = hashOf('a');
const I = hashOf('i');

/** How much a token looks like a name, in points; 0 when it cannot be part of one. */
export function likeness(doc: Doc, at: number): number {
  // Signed: a number beyond 31 bits would be boxed when it is passed on.
  const lex = doc.lex[at] | 0;
  const shape = doc.shape[at];
  if ((lex & NAMED) === 0) {
    if ((lex & ~(QUIET | Lex.Eponym)) !== 0 || ((1 << shape) & CAPITALISED) === 0) return 0;
    return unlisted(doc, at, lex, shape);
  }
  if (shape === Shape.Lower) return small(doc, at, lex);
  if (((1 << shape) & CAPITALISED) === 0 || shape === Shape.UpperOne || lex & Lex.Function) return 0;
  if (lex & (CALLING | Lex.PersonCue) && (lex & TOPS) === 0 && lex & (CALLING | Lex.Common)) return 0;
  if (shape === Shape.Upper && (lex & UPPER_BARRED || (doc.end[at] - doc.start[at] < 3 && (lex & TOPS) === 0)))
    return 0;
  return listed(lex);
}

/** A word that no list of names has, nor any other: it may be an unusual name. */
function unlisted(doc: Doc, at: number, lex: number, shape: number): number {
  if (lex & Lex.Eponym) return shape === Shape.Title || shape === Shape.Upper ? 2 : 0;
  const units = doc.end[at] - doc.start[at];
  if (shape === Shape.Title) return units < 3 ? 0 : accented(doc, at) ? 22 : 12;
  if (shape === Shape.Mixed) return prefixed(doc, at) ? 16 : 0;
  return shape === Shape.Upper && units >= UPPER_UNKNOWN_UNITS_MIN ? (accented(doc, at) ? 18 : 8) : 0;
}

/** A listed name in small letters. */
function small(doc: Doc, at: number, lex: number): number {
  if (lex & LOWER_BARRED || doc.end[at] - doc.start[at] < LOWER_UNITS_MIN) return 0;
  if (lex & Lex.GivenTop) return lex & Lex.Word && !HARDLY_WORDS.has(doc.hash[at] | 0) ? 18 : 30;
  return lex & Lex.Word ? 0 : lex & (Lex.SurnameTop | Lex.Given) ? 15 : 10;
}

/** Points of a listed name, less for each other thing that the word may mean. */
function listed(lex: number): number {
  let points = lex & Lex.GivenTop ? 30 : lex & Lex.SurnameTop ? 25 : 20;
  if (lex & Lex.NameRare) points -= 22;
  else if (lex & Lex.Word) points -= lex & Lex.GivenTop ? 6 : 10;
  if (lex & Lex.Common) points -= 10;
  if (lex & OTHER_MEANING) points -= 10;
  if (lex & Lex.Eponym) points -= 5;
  if (lex & Lex.CityTop) points -= 8;
  return points < 1 ? 1 : points;
}

/** A letter beyond ASCII: in American charts, names have them. */
function accented(doc: Doc, at: number): boolean {
  const end = Math.min(doc.end[at], doc.start[at] + ACCENT_UNITS_MAX);
  for (let i = doc.start[at]; i < end; i++) if (doc.text[i] >= ACCENTED_MIN) return true;
  return false;
}

const PREFIXES = [
  'Mc',
  'Mac',
  'De',
  'Di',
  'Du',
  'La',
  'Le',
  'Van',
  'Von',
  'Del',
  'Des',
  'Fitz',
  'San',
  'Al',
  'El',
  'Ben',
];

/** McRowan, DeVarnen: two capitals, the second behind a prefix of surnames. Other mixtures are brands and code. */
function prefixed(doc: Doc, at: number): boolean {
  const start = doc.start[at];
  for (const prefix of PREFIXES) {
    let i = 0;
    while (i < prefix.length && doc.text[start + i] === prefix.charCodeAt(i)) i++;
    if (
      i === prefix.length &&
      isUpper(doc.text[start + i]) &&
      doc.end[at] - start - i > 2 &&
      !isUpper(doc.text[start + i + 1])
    )
      return true;
  }
  return false;
}

function isUpper(c: number): boolean {
  return c >= 0x41 && c <= 0x5a;
}

/** Whether a token can stand in a run. */
export function canName(doc: Doc, at: number): boolean {
  return likeness(doc, at) > 0;
}

export function isInitial(doc: Doc, at: number): boolean {
  return doc.shape[at] === Shape.UpperOne;
}

/** Whether the initial at a token has its dot. */
export function isDotted(doc: Doc, at: number): boolean {
  const gap = doc.gap[at + 1];
  return gap === Gap.Dot || (gap === Gap.Stop && doc.text[doc.end[at]] === 0x2e);
}

/** Whether a lone capital is more often a word: I, A. */
export function isPronoun(doc: Doc, at: number): boolean {
  return doc.hash[at] === I || doc.hash[at] === A;
}

export function isParticle(doc: Doc, at: number): boolean {
  return (doc.lex[at] & (Lex.Particle | Lex.Function)) === Lex.Particle && doc.end[at] - doc.start[at] < 6;
}

/** don't, I'm, we've: a word that a contraction follows is no name. */
export function isContracted(doc: Doc, at: number): boolean {
  if (doc.gap[at + 1] !== Gap.Apostrophe || doc.shape[at + 1] === Shape.Title) return false;
  const hash = doc.hash[at + 1];
  return hash === T || hash === M || hash === RE || hash === VE || hash === LL || hash === D;
}

/** M.D., R.N., P.A.: letters that look like initials. */
export function isDegree(doc: Doc, at: number): boolean {
  if (doc.gap[at + 1] !== Gap.Dot || !isInitial(doc, at + 1) || (doc.gap[at + 2] === Gap.Stop && canName(doc, at + 2)))
    return false;
  const pair = (doc.text[doc.start[at]] << 8) | doc.text[doc.start[at + 1]];
  return DEGREES.has(pair);
}
