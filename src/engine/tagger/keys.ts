/**
 * What each token is to the tagger: small hashed keys of its word, its class, how it is written and what its label says. A name
 * that the lexicon lists has no word key, so that what is learned of one holds for all.
 */
import { ALNUM, DIGITS, Flag, Gap, type Label, Shape } from '../../../detectors/contract.js';
import { hashOf } from '../../../detectors/kit/hash.js';
import { Lex } from '../../../detectors/lexicon/classes.js';
import type { Arena } from '../arena.js';
import { GROUPS, groupsIn } from './role.js';

/** Tokens before the first and behind the last that look-around may reach. */
export const PAD = 3;
const ROOM_MIN = 1 << 12;
const SUFFIX_UNITS = 3;

/** Move `Role.Itself` to the sign, and `Role.Speaks` and `Role.General` to the lowest bit. */
const ITSELF_SHIFT = 28;
const SPEAKS_SHIFT = 5;
const GENERAL_SHIFT = 9;
const CLASSES = ~Lex.PhraseHead;
/** Above this length words in capitals are alike; all others are alike whatever theirs. */
const LONG_UNITS = 7;
const LENGTHS = new Int32Array(32);
LENGTHS[Shape.Upper] = -1;
/** Shapes that no token has, for lower case in a text that has no capitals, and for capitals in one that has nothing else. */
const SMALL_WORD = 28;
const SMALL_ONE = 29;
const CAPITAL_WORD = 30;

const MIXED = Uint8Array.from({ length: 32 }, (_, shape) => shape);
const SMALL = MIXED.slice();
SMALL[Shape.Lower] = SMALL_WORD;
SMALL[Shape.LowerOne] = SMALL_ONE;
const CAPITALS = MIXED.slice();
CAPITALS[Shape.Upper] = CAPITAL_WORD;

export const enum Written {
  Mixed = 0,
  Small = 1,
  Capitals = 2,
}

/** Whether capitals mean anything in this text. */
function writtenAs({ shapes }: Arena): Written {
  const lower = shapes[Shape.Lower];
  const upper = shapes[Shape.Upper];
  const title = shapes[Shape.Title];
  if (title * 40 <= lower && upper * 5 < lower) return Written.Small;
  return upper > 2 * (lower + title) ? Written.Capitals : Written.Mixed;
}

/** In place of an owner, for a token that is part of a label itself. */
const IN_LABEL = 0x6a09e667;

const MIX_1 = 0x9e3779b1 | 0;
const MIX_2 = 0x85ebca6b | 0;

export class Keys {
  /** The word, if it is telling or an ordinary one, else as `kind`. */
  word = new Int32Array(ROOM_MIN);
  /** Lexicon classes and shape; for a number its length and size. */
  kind = new Int32Array(ROOM_MIN);
  /** What a word is in the lexicon, roughly, and its shape; for a number as `kind`. */
  rough = new Int32Array(ROOM_MIN);
  /** Gap before the token, and shape. */
  form = new Int32Array(ROOM_MIN);
  /** The last letters. */
  suffix = new Int32Array(ROOM_MIN);
  /** What a label says that the token is. */
  owner = new Int32Array(ROOM_MIN);
  /** Of the whole text: how long it is, and in the lower bits its `Talk`. */
  register = 0;
}

/** One key per sort of label, independent of how many labels there are. */
export function ownerKeys(labels: readonly Label[]): Int32Array {
  return Int32Array.from(labels, (label, id) => {
    if (id === 0 || !label) return 0;
    const { category, kind } = label;
    const fine = category === 'name' || category === 'geography' || category === 'date';
    return hashOf(fine ? `${category} ${kind}` : `${category}`) | 0;
  });
}

/** The shape and the gap in a form. */
export const shapeIn = (form: number): number => (form - 1) >> 5;
export const gapIn = (form: number): number => (form - 1) & 31;

/** Reads what neighbours want to know of a token, for all of them; says how the text is written. */
export function readKeys(arena: Arena, keys: Keys): Written {
  const { count, lex, role, shape, gap, hash, text, start, end } = arena;
  if (keys.word.length < count + 2 * PAD + 1) grow(keys, 2 * count + 2 * PAD + 1);
  const { word, kind, rough, form } = keys;
  for (let i = 0; i < PAD; i++) word[i] = kind[i] = rough[i] = form[i] = 0;
  const written = writtenAs(arena);
  let talk = 0;
  const forShape = written === Written.Small ? SMALL : written === Written.Capitals ? CAPITALS : MIXED;
  for (let t = 0; t < count; t++) {
    const i = t + PAD;
    const s = forShape[shape[t]];
    const before = gap[t];
    const own = role[t];
    form[i] = ((s << 5) | before) + 1;
    const speaks = (own >>> SPEAKS_SHIFT) & 1;
    talk += speaks - (((CODE >>> before) | (own >>> GENERAL_SHIFT)) & (speaks ^ 1) & 1);
    if ((1 << s) & DIGITS) {
      word[i] = kind[i] = rough[i] = Math.imul(((sizeOf(text, start[t], end[t]) + 1) << 6) | s, MIX_1);
      continue;
    }
    const classes = lex[t] & CLASSES;
    // Which words these are is anybody's guess, so that there is no branch for it.
    const beyond = end[t] - start[t] - LONG_UNITS;
    const length = (LONG_UNITS + (beyond & (beyond >> 31))) & LENGTHS[s];
    let c = Math.imul(classes ^ (s << 7) ^ (length << 12) ^ 0x51ed27, MIX_1);
    c ^= c >>> 15;
    const itself = (own << ITSELF_SHIFT) >> 31;
    word[i] = c ^ ((c ^ hash[t]) & itself);
    kind[i] = c;
    rough[i] = (s << GROUPS) | groupsIn(own);
  }
  for (let i = count + PAD; i < count + 2 * PAD; i++) {
    word[i] = kind[i] = rough[i] = 0;
    form[i] = 1;
  }
  keys.register = registerOf(talk, count);
  return written;
}

/** Reads what a label says of a token, which only the token itself is asked for. */
export function readOwner({ owner, flags }: Arena, owners: Int32Array, keys: Keys, t: number): void {
  keys.owner[t + PAD] = flags[t] & Flag.InLabel ? IN_LABEL : owners[owner[t]];
}

/** Reads the last letters of a token, likewise. */
export function readSuffix({ text, start, end, shape }: Arena, keys: Keys, t: number): void {
  let suffix: number = shape[t];
  if (((1 << suffix) & (DIGITS | ALNUM)) === 0) {
    const last = end[t];
    for (let u = Math.max(start[t], last - SUFFIX_UNITS); u < last; u++)
      suffix = Math.imul(suffix, 33) ^ (text[u] | 32);
  }
  keys.suffix[t + PAD] = Math.imul(suffix, MIX_2);
}

/** A number's size, as far as it tells months, days, hours and years apart. */
function sizeOf(text: Uint16Array, from: number, to: number): number {
  const length = to - from;
  if (length > 4) return 9;
  let value = 0;
  for (let u = from; u < to; u++) value = value * 10 + text[u] - 48;
  if (length <= 2) return value === 0 ? 0 : value <= 12 ? 1 : value <= 31 ? 2 : value <= 59 ? 3 : 8;
  return length === 3 ? 4 : value >= 1900 && value <= 2035 ? 5 : 6;
}

function grow(keys: Keys, room: number): void {
  keys.word = new Int32Array(room);
  keys.kind = new Int32Array(room);
  keys.rough = new Int32Array(room);
  keys.form = new Int32Array(room);
  keys.suffix = new Int32Array(room);
  keys.owner = new Int32Array(room);
}

const CODE = (1 << Gap.Underscore) | (1 << Gap.Dot) | (1 << Gap.Equals);
const SHORT_TOKENS = 24;
const LONG_TOKENS = 80;
const TALK_BITS = 2;

/** How much of a text speaks of somebody. */
const enum Talk {
  /** Much more of it speaks of how things are in general. */
  None = 0,
  Little = 1,
  Some = 2,
  Much = 3,
}

/** `talk` is how many more words speak of somebody than of things in general, or are code. */
function registerOf(talk: number, count: number): number {
  const length = count < SHORT_TOKENS ? 0 : count < LONG_TOKENS ? 1 : 2;
  const much =
    talk * 32 < -count ? Talk.None : talk * 40 < count ? Talk.Little : talk * 15 < count ? Talk.Some : Talk.Much;
  return (length << TALK_BITS) | much;
}
