/**
 * Which tokens may begin a name, a place or a date. Most words cannot, and the walk passes over them; a token behind one that
 * was taken for something is asked whatever it is.
 */
import { CAPITALISED, DIGITS, Flag, Gap, Shape } from '../../../detectors/contract.js';
import { Lex } from '../../../detectors/lexicon/classes.js';
import type { Arena } from '../arena.js';
import { Written } from './keys.js';

const NAMED = Lex.GivenTop | Lex.Given | Lex.SurnameTop | Lex.Surname;
const PLACED = Lex.City | Lex.CityTop;
const PLAIN = Lex.Function | Lex.Common;
const ORDINARY = Lex.Word | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug;
const PART_GAPS = (1 << Gap.Slash) | (1 << Gap.Hyphen) | (1 << Gap.Dot) | (1 << Gap.Apostrophe);
/** Two numbers with one of these are a day already. */
const PAIR_GAPS = (1 << Gap.Slash) | (1 << Gap.Hyphen);
const DAY_GAPS = PART_GAPS | (1 << Gap.Blank) | (1 << Gap.Comma) | (1 << Gap.Stop);
const PART_SHAPES = (1 << Shape.Digits1) | (1 << Shape.Digits2) | (1 << Shape.Digits4);
const HOUSE_SHAPES =
  (1 << Shape.Digits1) | (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4) | (1 << Shape.Digits5);
const WORD_SHAPES = (1 << Shape.Title) | (1 << Shape.Mixed) | (1 << Shape.Upper);

export function mayBegin(arena: Arena, t: number, written: Written): boolean {
  const { shape, lex, gap, flags } = arena;
  if (flags[t] & Flag.Key) return false;
  // snake_case is code.
  if (gap[t] === Gap.Underscore || gap[t + 1] === Gap.Underscore) return false;
  const bit = 1 << shape[t];
  const classes = lex[t];
  if (bit & (1 << Shape.UpperOne)) return mayBeInitial(arena, t);
  if (bit & (CAPITALISED | (1 << Shape.Uncased)))
    return (classes & Lex.Function) === 0 || (classes & (NAMED | Lex.Particle)) !== 0;
  if (bit & ((1 << Shape.Lower) | (1 << Shape.LowerOne))) {
    if (classes & (Lex.Month | Lex.NumberWord)) return true;
    if (written === Written.Small)
      return (classes & PLAIN) === 0 || (classes & (Lex.GivenTop | Lex.SurnameTop | Lex.CityTop)) !== 0;
    return (classes & (NAMED | PLACED)) !== 0 && (classes & ORDINARY) === 0;
  }
  const next = 1 << shape[t + 1];
  const after = 1 << gap[t + 1];
  if (bit & PART_SHAPES) {
    if (after & PART_GAPS && next & PART_SHAPES && (after & PAIR_GAPS || gap[t + 2] === gap[t + 1])) return true;
    if (lex[t + 1] & Lex.Month && after & DAY_GAPS) return true;
    if (t > 0 && lex[t - 1] & Lex.Month) return true;
  }
  if (bit & DIGITS)
    return (
      (bit & HOUSE_SHAPES) !== 0 &&
      after === 1 << Gap.Blank &&
      (next & WORD_SHAPES || lex[t + 1] & (Lex.Street | Lex.PlaceWord)) !== 0
    );
  // 3rd, 14MAR24
  return shape[t] === Shape.AlnumShort || shape[t] === Shape.Alnum ? arena.text[arena.start[t]] < 0x3a : false;
}

/** "A. Lopez", "K Brandt", "S., Anna": a letter alone is mostly a unit or an answer. */
function mayBeInitial({ shape, gap }: Arena, t: number): boolean {
  const before = gap[t];
  if (before === Gap.Slash || before === Gap.Hyphen || before === Gap.Other) return false;
  const after = gap[t + 1];
  return (
    (after === Gap.Stop || after === Gap.Dot || after === Gap.Blank || after === Gap.Apostrophe) &&
    ((1 << shape[t + 1]) & CAPITALISED) !== 0
  );
}
