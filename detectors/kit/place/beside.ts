/**
 * What stands beside a place and belongs to it: the noun of a site, the other street of a corner, the words for care before a
 * town, the port before its name, the other end of a way.
 */
import { type Doc, type Emit, Gap, Shape, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { isCapitalised, isDigits, isOrdinal, isWord } from '../read.js';
import { words } from '../word-set.js';
import { Place, partOf } from './grammar.js';
import { CITY, FACILITY } from './rules.js';
import { numberSaid, saidStart } from './said-street.js';

const CARE_WORDS_MAX = 4;
const SITE_WORDS_MAX = 3;
const LIST_MAX = 6;
const OF = hashOf('of');
const THE = hashOf('the');
const AND = hashOf('and');
const OUR = hashOf('our');
const LADY = hashOf('lady');
const TO = hashOf('to');
const IN = hashOf('in');
const OR = hashOf('or');
const S = hashOf('s');
/** Nouns with which a name is one place, in small letters, too. */
const SITES = words(
  'plant mill factory refinery shipyard foundry smelter cannery brewery warehouse garage library galleria mall shelter convent parish monastery abbey chapel church cemetery stadium arena marina campground',
);
const BEFORE_SITES = words('fire police train bus cold shopping community middle high elementary junior');
const SITES_OF_TWO = words('station storage center centre mall school terminal');
const ROADS = words('us sr cr fm hwy rte');
const BLOCKS = words('blk block');
/** Begin the name of a place of two words, in small letters, too. */
const BEGINNINGS = words('saint st port mount mt fort ft san santa lake cape point el los las');
const PLAIN = Lex.Common | Lex.Function | Lex.Medical | Lex.Role | Lex.Relation | Lex.Drug | Lex.Title;
const KNOWN = Lex.City | Lex.Surname | Lex.Given | Lex.PlaceWord;
const CARE = Place.Care | Place.Head | Place.HeadWeak;

/** The last word of "garage", "fire station" behind a name that ends at a token, or the token. */
export function siteEnd(doc: Doc, last: number): number {
  const t = last + 1;
  if (doc.gap[t] !== Gap.Blank || doc.shape[t] !== Shape.Lower) return last;
  if (SITES.has(doc.hash[t])) return t;
  return BEFORE_SITES.has(doc.hash[t]) && doc.gap[t + 1] === Gap.Blank && SITES_OF_TWO.has(doc.hash[t + 1])
    ? t + 1
    : last;
}

/** The last word of what goes on behind a name: the other street of a corner, the number of a flat said aloud. */
export function endBeside(doc: Doc, last: number): number {
  if (doc.shape[last] === Shape.Lower && partOf(doc, last) & Place.Unit && doc.gap[last + 1] === Gap.Blank) {
    const said = numberSaid(doc, last + 1);
    if (said >= 0) return said;
  }
  return cornerEnd(doc, last);
}

/** The last word of the other street of a corner: "Alder and 9th", "Mill Rd and Town Line". */
function cornerEnd(doc: Doc, last: number): number {
  const joint = last + 1;
  const t = doc.hash[joint] === AND && doc.gap[joint] === Gap.Blank ? joint + 1 : joint;
  if (t >= doc.count || doc.gap[t] !== (t === joint ? Gap.Ampersand : Gap.Blank)) return last;
  const suffixed = (street: number): number =>
    doc.gap[street + 1] === Gap.Blank && partOf(doc, street + 1) & Place.Suffix ? street + 1 : street;
  if (isOrdinal(doc, t)) {
    const end = suffixed(t);
    const noun = end === t && doc.gap[t + 1] === Gap.Blank && !(doc.lex[t + 1] & Lex.Function);
    return noun && t + 1 < doc.count ? last : end;
  }
  if (!(partOf(doc, last) & (Place.Suffix | Place.SuffixNamed))) return last;
  let end = last;
  for (let k = t; k < doc.count && k - t < 3 && isCapitalised(doc, k) && (k === t || doc.gap[k] === Gap.Blank); k++) {
    if (doc.lex[k] & (Lex.Function | Lex.Title | Lex.GivenTop | Lex.Relation)) return last;
    end = k;
  }
  return end > last && doc.gap[end + 1] !== Gap.Blank && doc.gap[end + 1] !== Gap.Apostrophe ? end : last;
}

/** Where the name begins, if words before it belong to it. */
export function placeStart(doc: Doc, first: number, last: number): number {
  if (first === 0) return first;
  const gap = doc.gap[first];
  if (first > 1 && partOf(doc, last) & (Place.Suffix | Place.SuffixLoose) && roadBefore(doc, first)) return first - 2;
  if (gap !== Gap.Blank) return first;
  const block = doc.hash[first - 1] === OF ? first - 2 : first - 1;
  if (block > 0 && BLOCKS.has(doc.hash[block]) && isDigits(doc, block - 1)) return block - 1;
  const before = doc.hash[first - 1];
  if (before === OUR && doc.hash[first] === LADY) return first - 1;
  if (doc.shape[first] === Shape.Lower && doc.shape[first - 1] === Shape.Lower) {
    // "port neches"
    if (BEGINNINGS.has(before) && !(doc.lex[first] & Lex.Common)) return first - 1;
    // "hyde park"
    const said = saidStart(doc, first);
    if (said < first) return said;
    const noun = first === last && (doc.lex[first] & Lex.PlaceWord) !== 0;
    if (noun && doc.lex[first - 1] & KNOWN && !(doc.lex[first - 1] & PLAIN)) return first - 1;
  }
  return houseOf(doc, first);
}

/** "SR-89 / Valley Rd" */
function roadBefore(doc: Doc, first: number): boolean {
  const gap = doc.gap[first];
  return (
    (gap === Gap.Slash || gap === Gap.Other) &&
    doc.start[first] - doc.end[first - 1] <= 3 &&
    isDigits(doc, first - 1) &&
    ROADS.has(doc.hash[first - 2])
  );
}

/** "Children's of Lorain", "digestive care of the piedmont", "our lady of the snows": where it begins, or the token. */
function houseOf(doc: Doc, first: number): number {
  const of = doc.hash[first - 1] === THE ? first - 2 : first - 1;
  // "Skin Cancer Clinic", of which the tagger has seen the last words
  if (of < 1 || doc.hash[of] !== OF)
    return isCapitalised(doc, first) && partOf(doc, first) & Place.Care ? careStart(doc, first, true) : first;
  if (doc.gap[of] !== Gap.Blank) return first;
  if (doc.hash[of - 1] === LADY && doc.hash[of - 2] === OUR) return of - 2;
  const noun = doc.hash[of - 1] === S ? of - 2 : of - 1;
  if (!(partOf(doc, noun) & CARE)) return first;
  const start = careStart(doc, of, false);
  return start < of - 1 || isCapitalised(doc, noun) ? start : first;
}

/** The first of the words for care before a token. */
function careStart(doc: Doc, at: number, capitals: boolean): number {
  let start = at;
  for (let t = at - 1; t >= 0 && at - t <= CARE_WORDS_MAX; t--) {
    const gap = doc.gap[t + 1];
    if (gap !== Gap.Blank && gap !== Gap.Apostrophe && gap !== Gap.Ampersand) break;
    if (doc.hash[t] === S && doc.gap[t] === Gap.Apostrophe) continue;
    const kind = partOf(doc, t) & (CARE | Place.Specialty) || doc.lex[t] & Lex.Medical;
    if (!kind || doc.lex[t] & Lex.Function || (capitals && !isCapitalised(doc, t))) break;
    start = t;
  }
  return start;
}

/** "the Alcoa smelter in Massena", "north point mall in alpharetta": the site in a town that is known. */
export function readSiteIn(doc: Doc, town: number, emit: Emit, sure: number): void {
  const noun = town - 2;
  if (noun < 1 || doc.hash[town - 1] !== IN || !SITES.has(doc.hash[noun]) || !joined(doc, noun + 1, town)) return;
  const capital = isCapitalised(doc, town);
  let first = noun;
  for (let t = noun - 1; t >= 0 && noun - t <= SITE_WORDS_MAX && doc.gap[t + 1] === Gap.Blank && isWord(doc, t); t--) {
    if (doc.lex[t] & Lex.Function || isCapitalised(doc, t) !== capital) break;
    if (!capital && doc.lex[t] & (PLAIN | Lex.Word) && !(doc.lex[t] & KNOWN)) break;
    first = t;
  }
  if (first < noun) emit(doc.start[first], doc.end[noun], FACILITY, sure);
}

/** The other end of a way of which one is known: "Copenhagen to Bangkok", "Shady Grove to Suburban,". */
export function readWay(doc: Doc, first: number, last: number, emit: Emit, sure: number): void {
  const from = first - 2;
  if (from >= 0 && doc.hash[first - 1] === TO && doc.tags[from] === Tag.None && joined(doc, first - 1, first)) {
    if (doc.shape[from] === Shape.Title && doc.lex[from] & Lex.City && !(doc.lex[from] & ELSE))
      emit(doc.start[from], doc.end[from], CITY, sure);
  }
  const to = last + 2;
  if (to >= doc.count || doc.hash[last + 1] !== TO || doc.tags[to] !== Tag.None || !joined(doc, last + 1, to)) return;
  const ended = doc.gap[to + 1] !== Gap.Blank || to + 1 >= doc.count || BEHIND.has(doc.hash[to + 1]);
  if (ended && doc.shape[to] === Shape.Title && !(doc.lex[to] & ELSE)) emit(doc.start[to], doc.end[to], CITY, sure);
}

const joined = (doc: Doc, a: number, b: number): boolean => doc.gap[a] === Gap.Blank && doc.gap[b] === Gap.Blank;
const ELSE =
  Lex.Common |
  Lex.Medical |
  Lex.Function |
  Lex.Role |
  Lex.Relation |
  Lex.Title |
  Lex.Month |
  Lex.Weekday |
  Lex.State |
  Lex.Country |
  Lex.GivenTop |
  Lex.Drug |
  Lex.Eponym;
const BEHIND = words('for via by on with w in at');

/** The other towns of a list that begins with one: "Moab, Price or Vernal". */
export function readList(doc: Doc, last: number, emit: Emit, sure: number): void {
  let end = last;
  for (let k = 0; k < LIST_MAX; k++) {
    const choice = doc.gap[end + 1] === Gap.Blank && (doc.hash[end + 1] === OR || doc.hash[end + 1] === AND);
    const t = choice ? end + 2 : end + 1;
    if (t >= doc.count || doc.gap[t] !== (choice ? Gap.Blank : Gap.Comma)) return;
    if (doc.shape[t] !== Shape.Title || !(doc.lex[t] & Lex.City) || doc.lex[t] & (ELSE & ~Lex.Eponym)) return;
    if (choice) {
      if (doc.gap[t + 1] === Gap.Blank && isCapitalised(doc, t + 1)) return;
      for (let town = last + 1; town <= t; town++)
        if (doc.shape[town] === Shape.Title && doc.tags[town] === Tag.None)
          emit(doc.start[town], doc.end[town], CITY, sure);
      return;
    }
    end = t;
  }
}
