/**
 * What the tagger asks of a word's classes, in a few bits: worked out once for a word and kept with its classes, since most words of a
 * text come again.
 */
import { Lex } from '../../../detectors/lexicon/classes.js';

const NAMED = Lex.GivenTop | Lex.Given | Lex.SurnameTop | Lex.Surname;
const PLACED = Lex.City | Lex.CityTop;
const TOP = Lex.GivenTop | Lex.SurnameTop | Lex.CityTop;
const PLAIN = Lex.Function | Lex.Common;
const COUNTS = Lex.Month | Lex.NumberWord;
const ORDINARY = Lex.Word | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug;
/** Words that say where a name, a place or a date stands: known by themselves whatever else they can be. */
const TELLING =
  Lex.Common |
  Lex.Function |
  Lex.Title |
  Lex.Credential |
  Lex.Relation |
  Lex.Role |
  Lex.PersonCue |
  Lex.Month |
  Lex.Weekday |
  Lex.Facility |
  Lex.Street |
  Lex.PlaceWord |
  Lex.NumberWord |
  Lex.Particle |
  Lex.Org |
  Lex.State |
  Lex.StateCode;
const KNOWN = Lex.Word | Lex.Medical;

export const enum Role {
  /** It may begin something though it is in small letters. */
  BeginsSmall = 1,
  /** Likewise, in a text that has no capitals. */
  BeginsUncased = 2,
  /** It may begin something if it has a capital: no word of grammar, or one that is a name too. */
  BeginsCapital = 4,
  /** It is known by itself, not by its classes. */
  Itself = 8,
  /** Every token has this. */
  Any = 16,
}

export function roleOf(classes: number): number {
  const named = (classes & NAMED) !== 0;
  const counts = (classes & COUNTS) !== 0;
  let role: number = Role.Any;
  if (counts || ((classes & ORDINARY) === 0 && (named || (classes & PLACED) !== 0))) role |= Role.BeginsSmall;
  if (counts || (classes & PLAIN) === 0 || (classes & TOP) !== 0) role |= Role.BeginsUncased;
  if ((classes & Lex.Function) === 0 || named || (classes & Lex.Particle) !== 0) role |= Role.BeginsCapital;
  if (classes & TELLING || (classes & KNOWN && !named)) role |= Role.Itself;
  return role;
}
