/**
 * Which tokens may begin a name, a place or a date, and where nothing goes on. Most words cannot begin any, and the walk passes over
 * them; a token behind one that was taken for something is asked whatever it is.
 */
import { CAPITALISED, DIGITS, Flag, Gap, Shape } from '../../../detectors/contract.js';
import { WordSet } from '../../../detectors/kit/word-set.js';
import { Lex } from '../../../detectors/lexicon/classes.js';
import type { Arena } from '../arena.js';
import { Written } from './keys.js';
import { Role } from './role.js';

const bits = (...values: number[]): number => values.reduce((mask, value) => mask | (1 << value), 0);

const ORDINARY = Lex.Word | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug;

const WORDS = bits(Shape.Title, Shape.Mixed, Shape.Upper, Shape.Uncased);
const SMALL = bits(Shape.Lower, Shape.LowerOne);
const PARTS = bits(Shape.Digits1, Shape.Digits2, Shape.Digits4);
const HOUSES = bits(Shape.Digits1, Shape.Digits2, Shape.Digits3, Shape.Digits4, Shape.Digits5);
const MIXTURES = bits(Shape.AlnumShort, Shape.Alnum);

/** snake_case, members of objects, hosts: code. */
const CODE_GAPS = bits(Gap.Underscore, Gap.Dot, Gap.At, Gap.None);
/** Two numbers with one of these are a day already. */
const PAIR_GAPS = bits(Gap.Slash, Gap.Hyphen);
const PART_GAPS = PAIR_GAPS | bits(Gap.Dot, Gap.Apostrophe);
const DAY_GAPS = PART_GAPS | bits(Gap.Blank, Gap.Comma, Gap.Stop);
const WALLS = bits(Gap.Leaf, Gap.Colon, Gap.Pipe, Gap.Equals, Gap.Hash, Gap.At);
/** What stands before a house number, unless a word does. */
const HOUSE_GAPS = WALLS | bits(Gap.Line, Gap.Comma, Gap.Dash, Gap.Quote);
const HOUSE_CUES = new WordSet('at to is on near from by address addr live lives living reside resides residing');
const INITIAL_GAPS = bits(Gap.Stop, Gap.Dot, Gap.Blank, Gap.Apostrophe);
/** Who stands before an initial that is all there is of a name. */
const BEARERS = Lex.Title | Lex.Relation | Lex.Role;
const UNIT_GAPS = bits(Gap.Slash, Gap.Hyphen, Gap.Other);

/** Longer words before a full stop are no abbreviations: "Blvd." */
const ABBREVIATION_UNITS_MAX = 4;
/** "(DM)" */
const ACRONYM_UNITS_MAX = 3;
const NINE = 0x39;
/** The type of a name in the walk. */
const NAME = 1;
const CARET = 0x5e;
const SPACE = 0x20;
const OPEN = 0x28;
const CLOSE = 0x29;

/** What the walk has to know before a token, in bits. */
export const enum Gate {
  /** Something may begin here. */
  Begin = 1,
  /** Nothing goes on from the token before. */
  Wall = 2,
  /** A name does not go on from the token before, which stands in another line. */
  Line = 4,
}

/** Whether a span of type `last` cannot go on here. */
export function ends(gate: number, last: number): boolean {
  return (gate & Gate.Wall) !== 0 || (last === NAME && (gate & Gate.Line) !== 0);
}

/** What a gap alone says of the token behind it. */
const GATES = Uint8Array.from({ length: 32 }, (_, gap) =>
  (1 << gap) & WALLS ? Gate.Wall : gap === Gap.Line ? Gate.Line : 0,
);

/** Any role at all becomes one when this is added and all below the sixth bit is dropped. */
const MAY_BITS = 5;
const MAY_MAX = (1 << MAY_BITS) - 1;
/** Moves `Role.BeginsUshered` to the lowest bit; what ushers stands in the bits beside it; the lowest two ask for small letters. */
const USHERED_SHIFT = 7;

/** Writes the gates of all tokens, and to `begins` those that may begin something; answers how many those are. */
export function readGates(arena: Arena, written: Written, gates: Uint8Array, begins: Int32Array): number {
  const { count, shape, role, gap, start, end } = arena;
  const asks = written === Written.Small ? ASKS_UNCASED : ASKS;
  const ushered = written === Written.Small ? Role.BeginsUshered : 0;
  let n = 0;
  let usher = 0;
  for (let t = 0; t < count; t++) {
    const before = gap[t];
    let gate = GATES[before];
    if (before === Gap.Stop) gate = end[t - 1] - start[t - 1] > ABBREVIATION_UNITS_MAX ? Gate.Wall : 0;
    // HL7 writes "DOE^JOHN".
    else if (before === Gap.Other && arena.text[end[t - 1]] !== CARET) gate = Gate.Wall;
    gates[t] = gate;
    // What words these are is anybody's guess, so that there is no branch for it.
    const asked = asks[shape[t]];
    const own = role[t];
    const small = (asked | (asked >> 1)) & 1;
    const may = (own & asked) | (((usher & own) >> USHERED_SHIFT) & small);
    usher = ((own << 1) & Role.BeginsUshered) | ((own >> 1) & ushered);
    begins[n] = t;
    n += (may + MAY_MAX) >> MAY_BITS;
  }
  let kept = 0;
  for (let j = 0; j < n; j++) {
    const t = begins[j];
    if (!mayBegin(arena, t)) continue;
    gates[t] |= Gate.Begin;
    begins[kept++] = t;
  }
  return kept;
}

/** What is to be asked of a token, by its shape. */
const enum Ask {
  Nothing,
  Word,
  Small,
  Digits,
  Initial,
  Mixture,
}

const ASK = Uint8Array.from({ length: 32 }, (_, shape) => {
  const bit = 1 << shape;
  if (bit & WORDS) return Ask.Word;
  if (bit & SMALL) return Ask.Small;
  if (bit & HOUSES) return Ask.Digits;
  if (bit & MIXTURES) return Ask.Mixture;
  return shape === Shape.UpperOne ? Ask.Initial : Ask.Nothing;
});

/** The role with which a token of a shape may begin something. */
const asksFor = (small: Role): Uint8Array =>
  ASK.map((ask) =>
    ask === Ask.Nothing ? 0 : ask === Ask.Word ? Role.BeginsCapital : ask === Ask.Small ? small : Role.Any,
  );
const ASKS = asksFor(Role.BeginsSmall);
const ASKS_UNCASED = asksFor(Role.BeginsUncased);

/** The rest, for those few whose words and shapes do not tell. */
function mayBegin(arena: Arena, t: number): boolean {
  switch (ASK[arena.shape[t]]) {
    case Ask.Small:
      // "lee-side-7"
      if (arena.gap[t + 1] === Gap.Hyphen && arena.lex[t + 1] & ORDINARY && !isTitled(arena, t)) return false;
      break;
    case Ask.Word:
      if (arena.shape[t] === Shape.Upper && (isBracketed(arena, t) || isPrefix(arena, t))) return false;
      break;
    case Ask.Digits:
      if (!mayBeDay(arena, t) && !mayBeHouse(arena, t)) return false;
      break;
    case Ask.Initial:
      if (!mayBeInitial(arena, t)) return false;
      break;
    case Ask.Mixture:
      // 3rd, 14MAR24
      if (arena.text[arena.start[t]] > NINE) return false;
      break;
    default:
      return false;
  }
  return !isCode(arena, t) && arena.gap[t + 1] !== Gap.Underscore && (arena.flags[t] & Flag.Key) === 0;
}

/** "doctor lemoine-hart" */
function isTitled({ gap, lex }: Arena, t: number): boolean {
  return t > 0 && gap[t] === Gap.Blank && (lex[t - 1] & Lex.Title) !== 0;
}

function mayBeDay({ shape, gap, lex }: Arena, t: number): boolean {
  if (((1 << shape[t]) & PARTS) === 0) return false;
  const after = 1 << gap[t + 1];
  if (after & PART_GAPS && (1 << shape[t + 1]) & PARTS) return (after & PAIR_GAPS) !== 0 || gap[t + 2] === gap[t + 1];
  return (lex[t + 1] & Lex.Month && after & DAY_GAPS) !== 0 || (t > 0 && (lex[t - 1] & Lex.Month) !== 0);
}

/** Part of an address, of a member of an object, of snake_case, or a call: `len(line)`; "@ Rush" is not. */
function isCode({ gap, text, start, end }: Arena, t: number): boolean {
  if (text[end[t]] === OPEN) return true;
  if (((1 << gap[t]) & CODE_GAPS) === 0) return false;
  return gap[t] !== Gap.At || text[start[t] - 1] !== SPACE;
}

/** A number before a word is mostly a quantity. */
function mayBeHouse({ shape, gap, lex, hash, owner, labels }: Arena, t: number): boolean {
  if (gap[t + 1] !== Gap.Blank) return false;
  if (((1 << shape[t + 1]) & WORDS) === 0 && (lex[t + 1] & (Lex.Street | Lex.PlaceWord)) === 0) return false;
  return (
    ((1 << gap[t]) & HOUSE_GAPS) !== 0 ||
    (owner[t] !== 0 && labels[owner[t]].category === 'geography') ||
    HOUSE_CUES.has(hash[t - 1] | 0)
  );
}

/** "A. Lopez", "K Brandt", "S., Anna", "Baby K.": a letter alone is mostly a unit or an answer. */
function mayBeInitial({ shape, gap, lex, text, start }: Arena, t: number): boolean {
  if ((1 << gap[t]) & UNIT_GAPS && text[start[t] - 1] !== OPEN) return false;
  if (t > 0 && gap[t] === Gap.Blank && lex[t - 1] & BEARERS) return true;
  return ((1 << gap[t + 1]) & INITIAL_GAPS) !== 0 && ((1 << shape[t + 1]) & CAPITALISED) !== 0;
}

/** "(DM)": what stands before it is shortened. */
function isBracketed({ gap, text, start, end }: Arena, t: number): boolean {
  return gap[t] === Gap.Open && text[end[t]] === CLOSE && end[t] - start[t] <= ACRONYM_UNITS_MAX;
}

/** "MT-88201": the beginning of a code. */
function isPrefix({ gap, shape }: Arena, t: number): boolean {
  return gap[t + 1] === Gap.Hyphen && ((1 << shape[t + 1]) & DIGITS) !== 0;
}
