/**
 * Looks every word up in the lexicon, finds label phrases ("date of birth") and multi-word entries ("New York") as
 * chains of token hashes, and works out where each label's value begins.
 */
import { ALNUM, DIGITS, Flag, Gap, LETTERS, Shape } from '../../detectors/contract.js';
import { hashOf, hashUnits, mixHash } from '../../detectors/kit/hash.js';
import { WordSet } from '../../detectors/kit/word-set.js';
import { Lex } from '../../detectors/lexicon/classes.js';
import { type Arena, RECENT_ENTRY, RECENT_WORDS } from './arena.js';
import { signSet } from './gaps.js';
import {
  findPhrase,
  type Lexicon,
  lookup,
  PHRASE_END,
  PHRASE_LABEL,
  PHRASE_PREFIX,
  PHRASE_TOKENS_MAX,
} from './lexicon.js';
import { roleOf, roleOfWord, SAID } from './tagger/role.js';
import { mayKnow, type Vocabulary } from './vocabulary.js';

/** How many words may stand between a label and its value ("MRN on file is verified as …"). */
const CONNECTORS_MAX = 5;

/** Gaps that a phrase may contain: "social-security no.", "patient's name", "member_id". */
const INSIDE_PHRASE =
  (1 << Gap.Blank) |
  (1 << Gap.Hyphen) |
  (1 << Gap.Dot) |
  (1 << Gap.Stop) |
  (1 << Gap.Slash) |
  (1 << Gap.Apostrophe) |
  (1 << Gap.Underscore) |
  (1 << Gap.Line) |
  (1 << Gap.Hash);

const CONNECTORS = new WordSet(
  'is was are were be been being reads read shows listed recorded noted verified documented confirmed registered ' +
    'given supplied provided stated entered printed stored assigned issued updated identified shown ' +
    'today currently now still also here below number numbers no num nbr nr id ids value field entry code as of for the a an on at ' +
    'to in with file record that which remains follows following equals again this his her their my your our ' +
    'patient patients pt',
);

/** Keys that say nothing, between what a sibling says and the value: `{"k": "DL", "v": "…"}`. */
const KEY_CONNECTORS = new WordSet(
  'v val answer content data text input response result idvalue idnumber document documentnumber reading',
);

/** First signs behind a word that make a field of it: `:`, `=`, `|` and `#`. */
const FIELD_SIGNS = signSet(':=|#');
/** What may stand before them: blanks, quotes, and signs that set words in bold or as code. */
const PASSED_SIGNS = signSet(' \t"\'\\`*)');

/** A word that can begin a phrase has the highest bit. */
const PHRASE_HEAD_SHIFT = 31;

/** Words that may have a digit in place of a letter, or a small letter among large ones. */
const MISREADABLE = (1 << Shape.Mixed) | ALNUM;
const SMALL_L = 0x6c;
/** The letters that scanners confuse with others or with digits, by what they are taken for. */
const MISREAD = new Uint8Array(128);
MISREAD[0x30] = 0x6f;
MISREAD[0x31] = MISREAD[SMALL_L] = 0x69;
MISREAD[0x35] = 0x73;
/** An unknown token as it may have been meant; longer ones are no words. */
const readAs = new Uint16Array(16);
const NO = hashOf('no');
const ID = hashOf('id');

const NO_ROLE = roleOf(0);

export function classify(arena: Arena, lexicon: Lexicon): void {
  const { count, hash, shape, lex, role, heads, recent } = arena;
  const { words, wordShift } = lexicon;
  const mask = words.length / 2 - 1;
  arena.label.fill(0, 0, count + 1);
  arena.owner.fill(0, 0, count + 1);
  arena.value.fill(-1, 0, count + 1);
  let n = 0;
  for (let t = 0; t < count; t++) {
    if (((1 << shape[t]) & (LETTERS | ALNUM)) === 0) {
      lex[t] = 0;
      role[t] = NO_ROLE;
      continue;
    }
    const h = hash[t] | 0;
    const near = (h & (RECENT_WORDS - 1)) * RECENT_ENTRY;
    if (recent[near] !== h) {
      let slot = Math.imul(h, 0x9e3779b1) >>> wordShift;
      let found = words[2 * slot] | 0;
      while (found !== h && found !== 0) {
        slot = (slot + 1) & mask;
        found = words[2 * slot] | 0;
      }
      const classes = found === 0 ? 0 : words[2 * slot + 1];
      recent[near] = h;
      recent[near + 1] = classes;
      recent[near + 2] = roleOfWord(classes, h);
    }
    const classes = recent[near + 1];
    lex[t] = classes;
    role[t] = recent[near + 2];
    if (classes === 0 && (1 << shape[t]) & MISREADABLE) misread(arena, lexicon, t);
    heads[n] = t;
    // A branch here would be a coin toss.
    n += lex[t] >>> PHRASE_HEAD_SHIFT;
  }
  arena.headCount = n;
  lex[count] = 0;
}

/** REC0RD, lDENTITY: an unknown token that becomes a label word when digits are read as letters. */
function misread(arena: Arena, lexicon: Lexicon, t: number): void {
  const { text, start, end } = arena;
  const from = start[t];
  const length = end[t] - from;
  if (length === 2) misreadSmall(arena, lexicon, t);
  if (length < 3 || length > readAs.length) return;
  let odd = 0;
  for (let i = 0; i < length; i++) {
    const c = text[from + i];
    const letter = c < MISREAD.length ? MISREAD[c] : 0;
    if (letter !== 0) odd++;
    readAs[i] = letter !== 0 ? letter : lexicon.fold[c];
  }
  if (odd === 0 || length - odd < odd) return;
  const h = hashUnits(readAs, 0, length);
  if ((lookup(lexicon, h) & (Lex.PhraseHead | Lex.Word)) !== 0) readAnew(arena, lexicon, t, h);
}

/** N0, lD: the two short words that labels end with. */
function misreadSmall(arena: Arena, lexicon: Lexicon, t: number): void {
  const { text, start } = arena;
  const first = text[start[t]];
  const second = text[start[t] + 1];
  if (second === 0x30 && (first | 0x20) === 0x6e) readAnew(arena, lexicon, t, NO);
  else if (second === 0x44 && first === SMALL_L) readAnew(arena, lexicon, t, ID);
}

function readAnew(arena: Arena, lexicon: Lexicon, t: number, hash: number): void {
  const classes = lookup(lexicon, hash);
  arena.hash[t] = hash;
  arena.lex[t] = classes;
  arena.role[t] = roleOfWord(classes, hash);
}

export function findLabels(arena: Arena, { lexicon, phraseFilter }: Vocabulary): void {
  const { count, hash, lex, role, gap, flags, heads, headCount } = arena;
  const { phrases } = lexicon;
  let past = -1;
  for (let i = 0; i < headCount; i++) {
    const t = heads[i];
    if (t <= past) continue;
    let state = hash[t];
    let longest = -1;
    let entry = 0;
    let classes = 0;
    for (let k = t; ; ) {
      const slot = mayKnow(phraseFilter, state) ? findPhrase(lexicon, state) : -1;
      if (slot >= 0) {
        const found = phrases[slot + 1];
        if (found & PHRASE_END && acceptable(arena, found & PHRASE_LABEL, k)) {
          longest = k;
          entry = found;
          classes = phrases[slot + 2];
        }
        // Any first token may go on; a later one only where the lexicon says so.
        if (k > t && (found & PHRASE_PREFIX) === 0) break;
      } else if (k > t) break;
      k++;
      if (k >= count || k - t >= PHRASE_TOKENS_MAX || !((1 << gap[k]) & INSIDE_PHRASE)) break;
      if (gap[k] === Gap.Line && !isBlank(arena, k)) break;
      state = mixHash(state, hash[k]);
    }
    if (longest < 0) continue;
    const labelId = entry & PHRASE_LABEL;
    for (let k = t; k <= longest; k++) {
      if (classes !== 0) role[k] = roleOf((lex[k] |= classes)) | (role[k] & SAID);
      if (labelId > 0) flags[k] |= Flag.InLabel;
    }
    if (labelId > 0) {
      arena.label[longest] = labelId;
      const at = valueAt(arena, t, longest);
      arena.value[longest] = at;
      if (at >= 0) arena.owner[at] = labelId;
    }
    past = longest;
  }
}

/** Whether nothing but blanks and line breaks stands before a token. */
function isBlank(arena: Arena, t: number): boolean {
  for (let i = arena.end[t - 1]; i < arena.start[t]; i++) if (arena.text[i] > 0x20) return false;
  return true;
}

/** Some labels count only where nothing but a key or a form's field can stand: before a colon or a number sign, or in a JSON key. */
function acceptable(arena: Arena, labelId: number, last: number): boolean {
  if (labelId === 0) return true;
  const label = arena.labels[labelId];
  if (label.field !== true) return true;
  if (arena.flags[last] & Flag.Key) return true;
  const { text, end } = arena;
  let i = end[last];
  while (PASSED_SIGNS[text[i]] === 1) i++;
  return FIELD_SIGNS[text[i]] === 1;
}

/** The token where the value of the label from `first` to `at` begins, or -1. */
function valueAt(arena: Arena, first: number, at: number): number {
  const { gap, hash, shape, count } = arena;
  // A label that ends its line behind a number ("617-555-0142 fax") says what that number was.
  if (
    gap[at + 1] === Gap.Line &&
    first > 0 &&
    !(arena.flags[first] & Flag.LineStart) &&
    (1 << shape[first - 1]) & (DIGITS | ALNUM)
  )
    return -1;
  for (let t = at + 1; t < count && t - at <= CONNECTORS_MAX + 1; t++) {
    const g = gap[t];
    if (g === Gap.Leaf) return -1;
    if (g === Gap.Line && t > at + 1) return t;
    if (g === Gap.Stop && t > at + 1) return -1;
    const word = shape[t] === Shape.Lower || shape[t] === Shape.LowerOne || g === Gap.Blank;
    // A word that a hyphen ties to what follows is the beginning of a code: "is A-4820", "pt_4820".
    const tied = gap[t + 1] === Gap.Hyphen || gap[t + 1] === Gap.Underscore;
    if (arena.flags[t] & Flag.Key && KEY_CONNECTORS.has(hash[t])) continue;
    if (!word || tied || !CONNECTORS.has(hash[t])) return t;
  }
  return -1;
}
