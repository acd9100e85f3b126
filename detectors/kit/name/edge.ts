/**
 * Where a name that the tagger or a label has found really begins and ends: what stands in the next column, a trade, a degree or a
 * drug behind it is no part of it; an initial, a first name that is a word, an epithet or the other half of a surname is.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { WordSet } from '../word-set.js';
import { GIVEN, isDotted, isInitial, isParticle, NAMED } from './person.js';

const SPACE = 0x20;
const TAB = 0x09;
const ZERO = 0x30;
const S = 0x73;
const APART_MIN = 2;
const FAR_MIN = 3;
const ABBREVIATION_UNITS_MAX = 6;
const HEAD_UNITS_MAX = 4;
/** What heads a column, or stands in one beside a name. */
const OTHERS =
  Lex.Role | Lex.Facility | Lex.Org | Lex.Common | Lex.Medical | Lex.Function | Lex.Credential | Lex.Title | Lex.Street;
/** What heads a column whatever else it may be. */
const HEADS = Lex.Role | Lex.Facility | Lex.Org;
const ORDINARY = Lex.Word | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug;
const SEXES = new WordSet('f m x');
/** Degrees and numbers as they are said, letter by letter. */
const SAID = new Set(['rn', 'np', 'md', 'do', 'pa', 'lpn', 'lvn', 'cna', 'mrn', 'dob', 'ssn', 'rt', 'pt', 'crna']);
const SAID_MAX = 4;
/** What a word before a comma is rather than a surname. */
const NO_SURNAME =
  Lex.Common |
  Lex.Function |
  Lex.Month |
  Lex.Weekday |
  Lex.State |
  Lex.Country |
  Lex.Relation |
  Lex.Role |
  Lex.PersonCue;
const EPITHETS = new WordSet('big little lil mama papa');
const AND = new WordSet('and');
const COMMA = new WordSet('comma');
const TITLES = new WordSet('doctor dr mister mr mrs ms miss missus nurse professor prof');

/** The last token of the name that begins at `first` and was taken to end at `last`. */
export function shortened(doc: Doc, first: number, last: number): number {
  for (let t = first + 1; t <= last; t++) if (isNextColumn(doc, t)) return t - 1;
  while (last > first && isBehind(doc, first, last)) last--;
  return last;
}

/** The first token of the name: "ES Lewy" has a head that is none. */
export function trimmed(doc: Doc, first: number, last: number): number {
  let t = first;
  while (
    t < last &&
    doc.shape[t] === Shape.Upper &&
    doc.shape[t + 1] === Shape.Title &&
    (doc.lex[t] & NAMED) === 0 &&
    doc.end[t] - doc.start[t] <= HEAD_UNITS_MAX
  )
    t++;
  return t;
}

/** A title within the words: the name of somebody else begins. -1 if there is none. */
export function titleWithin(doc: Doc, first: number, last: number): number {
  for (let t = first + 1; t < last; t++) if (TITLES.has(doc.hash[t]) && doc.gap[t] === Gap.Blank) return t;
  return -1;
}

function isNextColumn(doc: Doc, t: number): boolean {
  const blanks = blanksBefore(doc, t);
  if (blanks < APART_MIN) return false;
  if (isInitial(doc, t)) return blanks >= FAR_MIN || SEXES.has(doc.hash[t]);
  const lex = doc.lex[t];
  if (lex & HEADS || doc.gap[t + 1] === Gap.Colon) return true;
  return lex & NAMED ? (lex & OTHERS) !== 0 && (lex & GIVEN) === 0 : blanks >= FAR_MIN || (lex & OTHERS) !== 0;
}

function blanksBefore({ text, start }: Doc, t: number): number {
  let i = start[t];
  while (i > 0 && text[i - 1] === SPACE && start[t] - i < FAR_MIN) i--;
  return text[start[t] - 1] === TAB ? FAR_MIN : start[t] - i;
}

/** Whether the last of several words only stands behind the name. */
function isBehind(doc: Doc, first: number, last: number): boolean {
  const lex = doc.lex[last];
  const shape = doc.shape[last];
  const named = (lex & NAMED) !== 0;
  const head = doc.shape[first];
  if (shape === Shape.LowerOne) return isSaid(doc, last);
  // "Greta, birch logs", "Percival Dunn, lawyer"
  if (shape === Shape.Lower) return head !== Shape.Lower && doc.gap[last] === Gap.Comma;
  if (named || isInitial(doc, last)) return false;
  if (lex & Lex.Drug || (doc.flags[last] & Flag.InLabel && (lex & Lex.Eponym) === 0)) return true;
  // "Arjun PCT", "L. Roanhorse, BHT", but "Larkin HB".
  const units = doc.end[last] - doc.start[last];
  if (shape !== Shape.Upper || units > ABBREVIATION_UNITS_MAX) return false;
  if (lex & Lex.Credential && (lex & Lex.Medical) === 0) return false;
  const before = doc.shape[last - 1];
  return (before === Shape.Title || before === Shape.Mixed) && (units > 2 || (lex & Lex.Medical) !== 0);
}

/** "kendra r n", "wilner m r n" */
function isSaid({ text, start, shape, gap, count }: Doc, at: number): boolean {
  let letters = '';
  for (let t = at; t < count && t - at < SAID_MAX && shape[t] === Shape.LowerOne; t++) {
    if (t > at && gap[t] !== Gap.Blank) break;
    letters += String.fromCharCode(text[start[t]]);
    if (SAID.has(letters)) return true;
  }
  return false;
}

/** What was not taken for a part of a name is added to it up to so many tokens: "Mercy Mercy Mercy …" is no name. */
const ADDED_MAX = 6;

/** The token at which the name that was taken to begin at `first` begins. */
export function begun(doc: Doc, first: number): number {
  const least = Math.max(0, first - ADDED_MAX);
  while (first > least && doc.tags[first - 1] === 0 && isBefore(doc, first - 1, first)) first--;
  // A particle alone is none.
  while (isParticle(doc, first) && doc.tags[first] === 0) first++;
  return first;
}

/** Whether the token before a name is its beginning. */
function isBefore(doc: Doc, t: number, first: number): boolean {
  const gap = doc.gap[first];
  const lex = doc.lex[t];
  const [shape, next] = [doc.shape[t], doc.shape[first]];
  // "lemoine-hart"
  if (gap === Gap.Hyphen) return shape === next && (lex & NAMED) !== 0 && (lex & ORDINARY) === 0;
  // "F. Graves, MD", "Dr. 0. Castellanos"
  if (gap === Gap.Stop || gap === Gap.Dot) {
    if (next !== Shape.Title && next !== Shape.Upper) return false;
    if (isInitial(doc, t)) return t === 0 || isFree(doc, t);
    if (shape === Shape.Digits1 && doc.text[doc.start[t]] === ZERO) return t > 0 && (doc.lex[t - 1] & Lex.Title) !== 0;
    // "AUGUST ST. JOHN"
    return shape === next && isParticle(doc, t) && isGivenWord(doc, t - 1, next);
  }
  // "Ganser, Lotte, 51"
  if (gap === Gap.Comma) return isSurnameFirst(doc, t, first);
  if (gap !== Gap.Blank) return false;
  if (EPITHETS.has(doc.hash[t]) && (lex & GIVEN || lex & Lex.PlaceWord || lex & Lex.Relation || lex & Lex.Common))
    return shape === next && shape !== Shape.Upper && (doc.lex[first] & GIVEN) !== 0 && isAlone(doc, first);
  return isGivenWord(doc, t, next) && (doc.lex[first] & (Lex.Surname | Lex.SurnameTop | Lex.Particle)) !== 0;
}

const AFRESH = (1 << Gap.Colon) | (1 << Gap.Stop) | (1 << Gap.Line) | (1 << Gap.Leaf) | (1 << Gap.Dash);
const DONE = (1 << Gap.Comma) | (1 << Gap.Stop) | (1 << Gap.Line) | (1 << Gap.Leaf) | (1 << Gap.Open);

/** A surname at the head of a line or a sentence, and behind the comma nothing but the given name. */
function isSurnameFirst(doc: Doc, t: number, first: number): boolean {
  const { gap, lex, shape } = doc;
  if (!(AFRESH & (1 << gap[t])) || shape[t] !== shape[first] || (lex[first] & GIVEN) === 0) return false;
  if ((lex[t] & (Lex.Surname | Lex.SurnameTop | Lex.Eponym)) === 0 || lex[t] & (Lex.GivenTop | NO_SURNAME))
    return false;
  return !isAlone(doc, first) || (DONE & (1 << gap[first + 1])) !== 0 || shape[first + 1] >= Shape.Digits1;
}

/** A letter before which nothing stands to which it could belong: "vitamin B. Graves". */
function isFree({ gap, lex }: Doc, t: number): boolean {
  return gap[t] !== Gap.Hyphen && gap[t] !== Gap.Slash && (gap[t] !== Gap.Blank || (lex[t - 1] & Lex.Medical) === 0);
}

/** WILL BANKS, Norton Braden: a given name that is a word too, where no sentence can have begun with it. */
function isGivenWord(doc: Doc, t: number, next: number): boolean {
  if (t < 0 || doc.shape[t] !== next || (next !== Shape.Title && next !== Shape.Upper)) return false;
  const lex = doc.lex[t];
  if ((lex & (GIVEN | Lex.Month)) === 0 || lex & (Lex.Function | Lex.Title | Lex.Role | Lex.Relation)) return false;
  if (next === Shape.Title) return (doc.flags[t] & Flag.SentenceStart) === 0 && doc.gap[t] === Gap.Blank;
  const gap = doc.gap[t];
  return gap === Gap.Comma || gap === Gap.Colon || t === 0 || doc.shape[t - 1] !== Shape.Upper;
}

/** Whether nothing of the name follows. */
function isAlone(doc: Doc, t: number): boolean {
  return (doc.tags[t + 1] & 1) === 1 || doc.tags[t + 1] === 0;
}

/** The last token of what still belongs to the name behind it: "ana l's", "gutierrez-lang", "thornton comma beulah". */
export function prolonged(doc: Doc, first: number, last: number): number {
  const next = last + 1;
  if (next >= doc.count) return last;
  const gap = doc.gap[next];
  // With capitals it may be an eponym: Machado-Joseph.
  if (gap === Gap.Hyphen && isLower(doc, last) && isLower(doc, next) && doc.tags[next] === 0)
    return doc.lex[next] & NAMED && (doc.lex[next] & (Lex.Common | Lex.Function)) === 0 ? next : last;
  if (gap !== Gap.Blank) return last;
  // "maria d's potassium"
  if (doc.shape[next] === Shape.LowerOne && last > first && doc.gap[next + 1] === Gap.Apostrophe)
    return isPossessive(doc, next + 1) ? next : last;
  if (COMMA.has(doc.hash[next]) && isLower(doc, last) && doc.gap[next + 1] === Gap.Blank && isLower(doc, next + 1)) {
    const lex = doc.lex[next + 1];
    const given = doc.tags[next + 1] === 1 || (lex & GIVEN && (lex & (Lex.Function | Lex.Medical)) === 0);
    if (given) return next + 1;
  }
  return last;
}

function isLower({ shape }: Doc, t: number): boolean {
  return shape[t] === Shape.Lower;
}

function isPossessive({ text, start, end }: Doc, t: number): boolean {
  return end[t] - start[t] === 1 && text[start[t]] === S;
}

/** Whether the lone letter at a token is written as part of a name. */
export function isLetterOfName(doc: Doc, t: number): boolean {
  return isDotted(doc, t) || (t > 0 && (doc.lex[t - 1] & (Lex.Title | Lex.Relation | Lex.Role)) !== 0);
}

/** One of a list of names: what stands before "and" or the comma is one as well. */
export function isListed(doc: Doc, t: number): boolean {
  const before =
    doc.gap[t] === Gap.Blank && t > 1 && AND.has(doc.hash[t - 1]) ? t - 2 : doc.gap[t] === Gap.Comma ? t - 1 : -1;
  return before >= 0 && (doc.tags[before] === 1 || doc.tags[before] === 2);
}
