/**
 * One pass over the text: every run of letters and digits becomes a token with its shape, the folded hash that the
 * lexicon knows it by, and what stands before it. Text that Sluice itself has redacted (`[MRN-1]`) is one token.
 */
import { Flag, Gap, Shape } from '../../detectors/contract.js';
import type { Arena } from './arena.js';
import { ALONE, DOT, FLAGS_BEHIND, LOOSE, OPEN_BRACKET, PASSED, SOFT, SPACE, SPACED, TELLS, TIGHT } from './gaps.js';
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
const MEASURED_DIGITS = 32;
const MEASURED_MIXED = 33;

/** Shape by the class of the first character (times 16) and the classes of the rest (a bit for each). */
const SHAPES = new Uint8Array(5 * 16);
for (let first = LOWER; first <= DIGIT; first++)
  for (let rest = 0; rest < 16; rest++) SHAPES[(first << 4) | rest] = writtenAs(1 << first, rest << 1);

/** Tokens longer than this have the shape of those that are as long; a power of two less one. */
const LENGTH_BITS = 5;
const LENGTH_MAX = (1 << LENGTH_BITS) - 1;
/** Shape by what `SHAPES` says and the length: a branch would be anybody's guess. */
const FORMED = Uint8Array.from({ length: (MEASURED_MIXED + 1) << LENGTH_BITS }, (_, at) => {
  const written = at >> LENGTH_BITS;
  return written < MEASURED_DIGITS ? written : shapeOf(written, at & LENGTH_MAX);
});

function shapeOf(written: number, length: number): number {
  if (written === MEASURED_DIGITS) return length > 16 ? Shape.DigitsLong : Shape.Digits1 + length - 1;
  return length <= 4 ? Shape.AlnumShort : length <= 16 ? Shape.Alnum : Shape.AlnumLong;
}

function writtenAs(first: number, rest: number): number {
  const all = first | rest;
  if (all === 1 << DIGIT) return MEASURED_DIGITS;
  if (all & (1 << DIGIT)) return MEASURED_MIXED;
  if (all === 1 << LOWER) return rest === 0 ? Shape.LowerOne : Shape.Lower;
  if (all === 1 << UPPER) return rest === 0 ? Shape.UpperOne : Shape.Upper;
  if (first === 1 << UPPER && rest === 1 << LOWER) return Shape.Title;
  return all === 1 << UNCASED ? Shape.Uncased : Shape.Mixed;
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
              // Of what stands before the last sign, whether it may be passed over; dots in a row lead somewhere.
              if (signs > 0) passed &= sign < 128 && (c !== DOT || sign !== DOT) ? PASSED[sign] : 0;
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
        } else
          before =
            passed === 1 && sign < 128 && TELLS[sign] === 1 && charClass[text[i - 1]] === BLANK
              ? LOOSE[sign]
              : Gap.Other;
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
    const beyond = i - begin - LENGTH_MAX;
    const formed =
      FORMED[(SHAPES[(first << 4) | (rest >> 1)] << LENGTH_BITS) | (LENGTH_MAX + (beyond & (beyond >> 31)))];
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
