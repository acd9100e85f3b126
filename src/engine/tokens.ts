/**
 * One pass over the text: every run of letters and digits becomes a token with its shape, the folded hash that the
 * lexicon knows it by, and what stands before it. Text that Sluice itself has redacted (`[MRN-1]`) is one token.
 */
import { Flag, Gap, Shape } from '../../detectors/contract.js';
import type { Arena } from './arena.js';
import { KEY_MARK } from './layout.js';
import type { Lexicon } from './lexicon.js';
import { redactedEnd } from './redacted.js';

/** Character classes, as the lexicon's `charClass` table has them. */
const LOWER = 1;
const UPPER = 2;
const UNCASED = 3;
const DIGIT = 4;
const BLANK = 5;
const BREAK = 6;
const LEAF = 7;

const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

/** Stand in `SHAPES` for shapes that depend on the length. */
const MEASURED = 32;
const MEASURED_DIGITS = 32;
const MEASURED_MIXED = 33;

/** Shape by the class of the first character (times 16) and the classes of the rest (a bit for each). */
const SHAPES = new Uint8Array(5 * 16);
for (let first = LOWER; first <= DIGIT; first++)
  for (let rest = 0; rest < 16; rest++) SHAPES[(first << 4) | rest] = writtenAs(1 << first, rest << 1);

function writtenAs(first: number, rest: number): number {
  const all = first | rest;
  if (all === 1 << DIGIT) return MEASURED_DIGITS;
  if (all & (1 << DIGIT)) return MEASURED_MIXED;
  if (all === 1 << LOWER) return rest === 0 ? Shape.LowerOne : Shape.Lower;
  if (all === 1 << UPPER) return rest === 0 ? Shape.UpperOne : Shape.Upper;
  if (first === 1 << UPPER && rest === 1 << LOWER) return Shape.Title;
  return all === 1 << UNCASED ? Shape.Uncased : Shape.Mixed;
}

/** What the gap before a token says of it. */
const FLAGS_BEHIND = new Uint8Array(32);
FLAGS_BEHIND[Gap.Leaf] = FLAGS_BEHIND[Gap.Line] = Flag.LineStart | Flag.SentenceStart;
FLAGS_BEHIND[Gap.Stop] = Flag.SentenceStart;

/** Gap of a single sign without blanks, and with blanks, by ASCII code. */
const TIGHT = new Uint8Array(128).fill(Gap.Other);
const LOOSE = new Uint8Array(128).fill(Gap.Other);
for (const [sign, tight, loose] of [
  ['-', Gap.Hyphen, Gap.Dash],
  ['.', Gap.Dot, Gap.Stop],
  ['!', Gap.Stop, Gap.Stop],
  ['?', Gap.Stop, Gap.Stop],
  [';', Gap.Stop, Gap.Stop],
  [',', Gap.Comma, Gap.Comma],
  [':', Gap.Colon, Gap.Colon],
  ['/', Gap.Slash, Gap.Slash],
  ["'", Gap.Apostrophe, Gap.Quote],
  ['@', Gap.At, Gap.At],
  ['_', Gap.Underscore, Gap.Other],
  ['#', Gap.Hash, Gap.Hash],
  ['=', Gap.Equals, Gap.Equals],
  ['(', Gap.Open, Gap.Open],
  ['[', Gap.Open, Gap.Open],
  ['{', Gap.Open, Gap.Open],
  [')', Gap.Close, Gap.Close],
  [']', Gap.Close, Gap.Close],
  ['}', Gap.Close, Gap.Close],
  ['|', Gap.Pipe, Gap.Pipe],
  ['+', Gap.Plus, Gap.Plus],
  ['&', Gap.Ampersand, Gap.Ampersand],
] as const) {
  TIGHT[sign.charCodeAt(0)] = tight;
  LOOSE[sign.charCodeAt(0)] = loose;
}

/** Signs that say nothing beside another: double quote, backslash, backtick, asterisk. */
const SOFT = new Uint8Array(128);
for (const sign of '"\\`*') SOFT[sign.charCodeAt(0)] = 1;

/** Signs behind which the next one tells: "(RN), Ann", "Jr., MD", "by noon. - R. Yoder". */
const PASSED = signSet(')].,;!?-');
/** Signs that tell, be it behind others. */
const TELLS = signSet('-.,;:!?()[]|');

function signSet(signs: string): Uint8Array {
  const set = new Uint8Array(128);
  for (const sign of signs) set[sign.charCodeAt(0)] = 1;
  return set;
}

const OPEN_BRACKET = 0x5b;
const SPACE = 0x20;

/** Gap of one unit between two tokens, alone and with a space beside it; 0 where one has to look closer. */
const ALONE = TIGHT.slice();
const SPACED = LOOSE.slice();
for (const table of [ALONE, SPACED]) {
  for (let c = 0; c < 128; c++) if (SOFT[c] === 1) table[c] = Gap.Quote;
  for (const blank of ' \t') table[blank.charCodeAt(0)] = Gap.Blank;
  for (const end of '\n\v\f\r') table[end.charCodeAt(0)] = Gap.Line;
  table[OPEN_BRACKET] = Gap.Leaf;
}

export function tokenize(arena: Arena, lexicon: Lexicon): void {
  const { text, length } = arena;
  const { charClass, fold } = lexicon;
  const { shapes } = arena;
  let { start, end, shape, gap, hash, flags } = arena;
  shapes.fill(0);
  let room = start.length - 2;
  let t = 0;
  let i = 0;
  let c = text[0];
  let kind = length > 0 ? charClass[c] : 0;
  let before: number = Gap.Leaf;
  const ordinals = { highest: 0 };
  /** First token of the present leaf. */
  let leaf = 0;
  while (i < length) {
    // What stands before the token.
    if (kind === 0 || kind >= BLANK) {
      // Nearly always it is one unit, or one and a space.
      const next = text[i + 1];
      const nextKind = charClass[next];
      let short: number = Gap.Leaf;
      if (t > 0 && nextKind > 0 && nextKind <= DIGIT) {
        if (c < 128) short = ALONE[c];
        if (short > 0) {
          i++;
          c = next;
          kind = nextKind;
        }
      } else if (t > 0 && (next === SPACE || c === SPACE)) {
        const beside = next === SPACE ? c : next;
        const third = charClass[text[i + 2]];
        if (beside < 128 && third > 0 && third <= DIGIT) short = SPACED[beside];
        if (short > 0) {
          i += 2;
          c = text[i];
          kind = third;
        }
      }
      if (short > 0) before = short;
      else {
        const gapStart = i;
        let signs = 0;
        let sign = 0;
        let passed = 1;
        let soft = 0;
        let broken = 0;
        let redacted = 0;
        let keyed = false;
        for (; i < length; i++) {
          c = text[i];
          kind = charClass[c];
          if (kind > 0 && kind <= DIGIT) break;
          if (kind === BREAK) broken |= 1;
          else if (kind === LEAF) broken |= 2;
          else if (kind === 0) {
            if (c === OPEN_BRACKET && (redacted = redactedEnd(text, i, length, ordinals)) > 0) break;
            if (c < 128 && SOFT[c] === 1) soft++;
            else if (c === KEY_MARK) {
              keyed = true;
              for (let k = leaf; k < t; k++) flags[k] |= Flag.Key;
            } else {
              // Of what stands before the last sign, whether it may be passed over.
              passed &= signs === 0 ? 1 : sign < 128 ? PASSED[sign] : 0;
              signs++;
              sign = c;
            }
          }
        }
        if (i >= length && redacted === 0) break;
        if (broken & 2 || t === 0) {
          before = Gap.Leaf;
          leaf = t;
        } else if (keyed) before = Gap.Colon;
        else if (broken) before = Gap.Line;
        else if (signs === 0) before = soft > 0 ? Gap.Quote : Gap.Blank;
        else if (signs === 1 && sign < 128) {
          const loose = charClass[text[gapStart]] === BLANK || charClass[text[i - 1]] === BLANK;
          before = loose ? LOOSE[sign] : TIGHT[sign];
        } else before = passed === 1 && sign < 128 && TELLS[sign] === 1 ? LOOSE[sign] : Gap.Other;
        if (redacted > 0) {
          if (t >= room) {
            arena.growTokens(t * 2);
            ({ start, end, shape, gap, hash, flags } = arena);
            room = start.length - 2;
          }
          start[t] = i;
          end[t] = redacted;
          shape[t] = Shape.Redacted;
          gap[t] = before;
          hash[t] = 0;
          flags[t] = 0;
          t++;
          i = redacted;
          before = Gap.None;
          if (i >= length) break;
          kind = charClass[(c = text[i])];
          continue;
        }
      }
    }

    // The token.
    const begin = i;
    const first = kind;
    let h = Math.imul(FNV_OFFSET ^ fold[c], FNV_PRIME);
    let rest = 0;
    c = text[++i];
    for (;;) {
      // Lower-case ASCII, the most of all text, needs no table.
      if ((c - 0x61) >>> 0 < 26) {
        rest |= 1 << LOWER;
        do {
          h = Math.imul(h ^ c, FNV_PRIME);
          c = text[++i];
        } while ((c - 0x61) >>> 0 < 26);
      }
      kind = charClass[c];
      if (kind === 0 || kind > DIGIT || i >= length) break;
      rest |= 1 << kind;
      h = Math.imul(h ^ fold[c], FNV_PRIME);
      c = text[++i];
    }
    if (t >= room) {
      arena.growTokens(t * 2);
      ({ start, end, shape, gap, hash, flags } = arena);
      room = start.length - 2;
    }
    start[t] = begin;
    end[t] = i;
    hash[t] = h;
    gap[t] = before;
    flags[t] = FLAGS_BEHIND[before];
    const written = SHAPES[(first << 4) | (rest >> 1)];
    const formed = written < MEASURED ? written : shapeOf(written, i - begin);
    shape[t] = formed;
    shapes[formed]++;
    t++;
    before = Gap.None;
  }
  arena.count = t;
  start[t] = length;
  end[t] = length;
  shape[t] = Shape.LowerOne;
  gap[t] = Gap.Leaf;
  hash[t] = 0;
  flags[t] = 0;
}

function shapeOf(written: number, length: number): number {
  switch (written) {
    case MEASURED_DIGITS:
      return length > 16 ? Shape.DigitsLong : Shape.Digits1 + length - 1;
    default:
      return length <= 4 ? Shape.AlnumShort : length <= 16 ? Shape.Alnum : Shape.AlnumLong;
  }
}
