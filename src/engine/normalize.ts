/**
 * Folds evasion away, one code point at a time: full-width and mathematical letters, look-alike letters of other
 * alphabets, Unicode digits, dashes, quotes and blanks become ASCII; zero-width characters, NULs and combining marks vanish.
 * Works in place on the arena's text and keeps the map to the raw input; plain ASCII is left alone.
 */
import type { Arena } from './arena.js';
import { KEY_MARK } from './layout.js';
import type { Lexicon } from './lexicon.js';

/** Values of the `plain` table for units that need more than a replacement. */
const DROP = 0xffff;
const SPECIAL = 0xfffe;
const REPLACEMENT = 0xfffd;
/** Most units that one special unit becomes. */
const EXPANSION_UNITS_MAX = 3;
/** Tag characters spell invisible ASCII (U+E0020 to U+E007E). */
const TAG_PLANE = 0xe0000;

/** Two units of which neither is above U+007F have none of these bits. */
const BEYOND_ASCII = 0xff80ff80;
/** Two units of which neither is below the tab keep these bits clear when it is taken from both. */
const TABS = 0x00090009;
const BORROWED = 0x80008000;
const TAB = 9;

/** Copies a string into the arena as it is; returns whether all of it is ASCII that one can see or that moves the pen. */
export function copyText(arena: Arena, raw: string): boolean {
  const n = raw.length;
  arena.growText(n);
  // One native copy of the units, whatever the string's own width; a loop over charCodeAt takes ten times as long.
  arena.bytes.write(raw, 0, 2 * n, 'utf16le');
  arena.text[n] = 0;
  arena.text[n + 1] = 0;
  arena.length = n;
  arena.mapped = false;
  const { pairs } = arena;
  const last = n & 1 ? arena.text[n - 1] : TAB;
  let seen = last;
  let low = last - TAB;
  for (let i = (n >> 1) - 1; i >= 0; i--) {
    const pair = pairs[i];
    seen |= pair;
    low |= pair - TABS;
  }
  return (seen & BEYOND_ASCII) === 0 && (low & BORROWED) === 0;
}

/** `marks`: the text was laid out, so leaf and key marks in it are ours and stay. */
export function normalize(arena: Arena, lexicon: Lexicon, marks: boolean): void {
  const { text, length } = arena;
  const plain = lexicon.plain;
  for (let i = 0; i < length; i++) {
    const c = text[i];
    if ((c < 0x80 && c >= TAB) || (c >= KEY_MARK && marks)) continue;
    const p = plain[c];
    if (p >= SPECIAL) {
      compact(arena, plain, i, marks);
      return;
    }
    text[i] = p;
  }
}

/** The slow half: from `at` on, units may vanish or become several, so a map to the raw input is kept. */
function compact(arena: Arena, plain: Uint16Array, at: number, marks: boolean): void {
  if (!arena.mapped) {
    arena.growMap();
    for (let i = 0; i < arena.length; i++) {
      arena.from[i] = i;
      arena.to[i] = i + 1;
    }
    arena.mapped = true;
  }
  const length = arena.length - at;
  const units = arena.text.slice(at, arena.length);
  const begins = arena.from.slice(at, arena.length);
  const ends = arena.to.slice(at, arena.length);
  let special = 0;
  for (let i = 0; i < length; i++) if (plain[units[i]] === SPECIAL) special++;
  arena.growText(arena.length + special * (EXPANSION_UNITS_MAX - 1));
  arena.growMap();
  const { text, from, to } = arena;
  let out = at;
  for (let i = 0; i < length; i++) {
    const c = units[i];
    const p = plain[c];
    const mark = c >= KEY_MARK && marks;
    if (p < SPECIAL || mark) {
      text[out] = mark ? c : p;
      from[out] = begins[i];
      to[out++] = ends[i];
      continue;
    }
    const begin = begins[i];
    const low = i + 1 < length ? units[i + 1] : 0;
    const paired = (c & 0xfc00) === 0xd800 && (low & 0xfc00) === 0xdc00;
    if (paired) i++;
    const folded = p === DROP ? '' : foldPoint(paired ? 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00) : c);
    // What vanishes belongs to the unit before it, so that redacting a letter takes its marks along.
    if (folded === '' && out > 0 && to[out - 1] === begin) to[out - 1] = ends[i];
    for (let k = 0; k < folded.length; k++) {
      text[out] = folded.charCodeAt(k);
      from[out] = begin;
      to[out++] = ends[i];
    }
  }
  text[out] = 0;
  text[out + 1] = 0;
  arena.length = out;
}

/** What one special code point stands for: ASCII, nothing, or one neutral sign. */
function foldPoint(point: number): string {
  if (point >= 0xd800 && point <= 0xdfff) return String.fromCharCode(REPLACEMENT);
  if (point >= TAG_PLANE + 0x20 && point <= TAG_PLANE + 0x7e) return String.fromCharCode(point - TAG_PLANE);
  if (point >= TAG_PLANE && point <= TAG_PLANE + 0xfff) return '';
  const folded = String.fromCodePoint(point).normalize('NFKC');
  return /^[ -~]{1,3}$/.test(folded) ? folded : String.fromCharCode(REPLACEMENT);
}
