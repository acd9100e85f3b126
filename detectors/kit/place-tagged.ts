/**
 * Places as the trained tagger sees them, put right where words tell: what belongs to the name is taken in ("the Canal St
 * garage", "Kidney Clinic of Waupaca", "Alder and 9th"), what follows it in the sentence is let go, and what cannot be a place
 * (a dose, a side, a payer, a state) is none.
 */
import { type Doc, type Emit, Gap, Shape, Tag } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { isOrdinal } from './house.js';
import { Place, partOf } from './place-grammar.js';
import { CITY, FACILITY, STREET } from './place-rules.js';
import { isStateOnly } from './place-words.js';
import { hasDigit, isCapitalised, isDigits, isMixed, lengthOf } from './read.js';
import { tagEnd, tagSure } from './tagged.js';
import { words } from './word-set.js';

const CARE_WORDS_MAX = 4;
const WIDE_UNITS = 3;
const FINDING_UNITS_MIN = 8;

const JUDE = hashOf('jude');
const GENERAL = hashOf('general');
const OF = hashOf('of');
const THE = hashOf('the');
const AND = hashOf('and');
const OUR = hashOf('our');
const LADY = hashOf('lady');
const S = hashOf('s');
const PO = hashOf('po');
const BOX = hashOf('box');
const TO = hashOf('to');
const HOUR = hashOf('h');
const DEVICES = words('valve valves device devices pacemaker lead leads generator icd');
const OFFICES = words('attorney surgeon solicitor inspector');
/** What stands for a route, a side or a time of a form wherever it is taken for a place. */
const NO_PLACES = words('po rt lt bid tid qid qhs prn var med paid autopay dest enr onsc disp transp box');
const PAYERS = words('insur insurance ins payer payor carrier coverage dental');
const PAPERS = words('handout handouts website leaflet article calculator');
/** Towns that a scale is called after. */
const SCALES = words('prague lille lugano');
/** Nouns with which a name is one place, in small letters, too. */
const SITES = words(
  'plant mill factory refinery shipyard foundry smelter cannery brewery warehouse garage library galleria mall shelter convent parish monastery abbey chapel church cemetery stadium arena marina campground',
);
const BEFORE_SITES = words('fire police train bus cold shopping community middle high elementary junior');
const SITES_OF_TWO = words('station storage center centre mall school terminal');
const ROOMS = words('rm room bed');
const ROADS = words('us sr cr fm hwy rte');

export function readTagged(doc: Doc, at: number, emit: Emit): void {
  let last = tagEnd(doc, at, Tag.Place);
  const sure = tagSure(doc, at, last);
  // A code that follows: "Vale,FP-306758".
  while (last - at > 1 && doc.gap[last] === Gap.Hyphen && isDigits(doc, last) && !isDigits(doc, last - 1)) last -= 2;
  if (isDigits(doc, at) && doc.gap[at + 1] === Gap.Hyphen && isDigits(doc, at + 1)) return;
  last = placeEnd(doc, at, last);
  if (isNoPlace(doc, at, last)) return;
  let rule = doc.gap[at + 1] === Gap.Blank && isDigits(doc, at) ? STREET : CITY;
  for (let t = at; t <= last; t++) if (doc.lex[t] & Lex.Facility) rule = FACILITY;
  const site = siteEnd(doc, last);
  if (site > last) rule = FACILITY;
  readWay(doc, at, last, emit, sure);
  emit(doc.start[placeStart(doc, at)], doc.end[site > last ? site : cornerEnd(doc, last)], rule, sure);
}

/** Where the name ends, if the tagger has gone on into what the sentence says next. */
function placeEnd(doc: Doc, first: number, tagged: number): number {
  let last = tagged;
  const capital = isCapitalised(doc, first);
  let figures = false;
  for (let t = first + 1; t <= last; t++) {
    const lex = doc.lex[t];
    const small = capital && !isCapitalised(doc, t) && !hasDigit(doc, t);
    // "Oakhurst, family upset", "Oaxaca, Doña Remedios"
    figures = figures || hasDigit(doc, t - 1);
    const aside = small ? isAside(doc, t) : lex & Lex.Title && !figures && !(partOf(doc, t) & PARTS);
    if (doc.gap[t] === Gap.Comma && aside) last = t - 1;
    else if (doc.gap[t] === Gap.Line && capital && !figures && isHeadingWord(doc, t, last)) last = t - 1;
    // "Lying-In   SVD": the next column.
    else if (doc.start[t] - doc.end[t - 1] >= WIDE_UNITS && doc.gap[t] === Gap.Blank && lex & Lex.Medical) last = t - 1;
  }
  // "our lady of mercy years ago"
  while (last > first && doc.shape[last] === Shape.Lower && partOf(doc, last) === Place.Measure) last--;
  // "cath at Baptist Southgate nonobstructive"
  while (last > first && capital && isFinding(doc, last)) last--;
  if (last === first || hasDigit(doc, first)) return last;
  // "St. Casimir's rm 418", "Lafayette Elementary 24 h"
  if (hasDigit(doc, last)) {
    if (ROOMS.has(doc.hash[last - 1])) return last - 2 >= first ? last - 2 : last;
    if (isCounted(doc, last) && !(partOf(doc, last - 1) & NUMBERED)) return last - 1;
  }
  return last;
}

/** A long word of medicine in small letters that is no kind of care. */
function isFinding(doc: Doc, t: number): boolean {
  return (
    doc.shape[t] === Shape.Lower &&
    (doc.lex[t] & Lex.Medical) !== 0 &&
    lengthOf(doc, t) >= FINDING_UNITS_MIN &&
    (partOf(doc, t) | (doc.lex[t] & (Lex.Facility | Lex.PlaceWord | Lex.Role))) === 0
  );
}

/** A word in small letters behind a comma that begins what is said of the place, and goes on with no address. */
function isAside(doc: Doc, t: number): boolean {
  const lex = doc.lex[t];
  if (partOf(doc, t) & PARTS || LANDMARKS.has(doc.hash[t])) return false;
  return lex === 0 || ((lex & ASIDE) !== 0 && (lex & (Lex.City | Lex.State)) === 0);
}

const ASIDE = Lex.Relation | Lex.Role | Lex.Medical | Lex.Common | Lex.Function;
const LANDMARKS = words('near behind opposite opp beside above across next');
const PARTS = Place.Inside | Place.Saint | Place.Unit | Place.UnitAlone | Place.Suffix | Place.Compass;
const NUMBERED = Place.Lead | Place.Suffix | Place.Unit | Place.Box | Place.Measure;

/** "24 h": a number of what the next word measures. */
const isCounted = (doc: Doc, at: number): boolean =>
  doc.gap[at + 1] === Gap.Blank &&
  (doc.hash[at + 1] === HOUR || ((partOf(doc, at + 1) & Place.Measure) !== 0 && !(doc.lex[at + 1] & Lex.Function)));

/** One word of the next line that is no town, state or code: the heading of what comes there. */
function isHeadingWord(doc: Doc, t: number, last: number): boolean {
  return t === last && !hasDigit(doc, t) && !(doc.lex[t] & (Lex.City | Lex.State | Lex.StateCode | Lex.County));
}

/** "St. Jude valve", whose maker is no saint's hospital; "Attorney General", an office; "500 PO BID", "insur Delta". */
function isNoPlace(doc: Doc, first: number, last: number): boolean {
  if (doc.hash[last] === JUDE && DEVICES.has(doc.hash[last + 1])) return true;
  if (doc.hash[last] === GENERAL && last === first + 1 && OFFICES.has(doc.hash[first])) return true;
  if (SCALES.has(doc.hash[first]) && (isMixed(doc, last) || isMixed(doc, last + 1) || doc.gap[last + 2] === Gap.Slash))
    return true;
  if (doc.lex[first] & Lex.Drug && isDigits(doc, last) && !(doc.lex[first] & Lex.City)) return true;
  if (first === last && first > 0 && PAYERS.has(doc.hash[first - 1]) && doc.gap[first] !== Gap.Stop) return true;
  if (isPublisher(doc, last) || (doc.hash[first] === PO && doc.hash[first + 1] !== BOX)) return true;
  if (isStateOnly(doc, first, last) && !(doc.lex[first] & Lex.CityTop)) return true;
  for (let t = first; t <= last; t++) if (!NO_PLACES.has(doc.hash[t]) && !isDigits(doc, t)) return false;
  return true;
}

/** "Mayo Clinic's handout": who wrote it is nobody's house. */
export function isPublisher(doc: Doc, last: number): boolean {
  const beyond = doc.gap[last + 1] === Gap.Apostrophe && doc.hash[last + 1] === S ? last + 2 : last + 1;
  return doc.gap[beyond] === Gap.Blank && PAPERS.has(doc.hash[beyond]);
}

/** The last word of "garage", "fire station" behind a name that ends at a token, or the token. */
function siteEnd(doc: Doc, last: number): number {
  const t = last + 1;
  if (doc.gap[t] !== Gap.Blank || doc.shape[t] !== Shape.Lower) return last;
  if (SITES.has(doc.hash[t])) return t;
  return BEFORE_SITES.has(doc.hash[t]) && doc.gap[t + 1] === Gap.Blank && SITES_OF_TWO.has(doc.hash[t + 1])
    ? t + 1
    : last;
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

/** Where the name begins, if words before it belong to it: "Children's of Lorain", "our lady of the snows", "SR-89 / Valley Rd". */
function placeStart(doc: Doc, first: number): number {
  if (first < 2) return first;
  if (doc.hash[first] === LADY && doc.hash[first - 1] === OUR && doc.gap[first] === Gap.Blank) return first - 1;
  const slash =
    doc.gap[first] === Gap.Slash || (doc.gap[first] === Gap.Other && doc.start[first] - doc.end[first - 1] === 3);
  if (slash && isDigits(doc, first - 1) && ROADS.has(doc.hash[first - 2]) && partOf(doc, first + 1) & Place.SuffixNamed)
    return first - 2;
  const of = doc.hash[first - 1] === THE ? first - 2 : first - 1;
  if (doc.hash[of] !== OF || of === 0 || doc.gap[first] !== Gap.Blank || doc.gap[of] !== Gap.Blank) return first;
  if (doc.hash[of - 1] === LADY && doc.hash[of - 2] === OUR) return of - 2;
  let start = of;
  let named = 0;
  for (let t = of - 1; t >= 0 && of - t <= CARE_WORDS_MAX; t--) {
    const gap = doc.gap[t + 1];
    if (gap !== Gap.Blank && gap !== Gap.Apostrophe && gap !== Gap.Ampersand) break;
    if (doc.hash[t] === S && doc.gap[t] === Gap.Apostrophe) continue;
    const part = partOf(doc, t);
    const kind = part & (Place.Care | Place.Head | Place.HeadWeak | Place.Specialty) || doc.lex[t] & Lex.Medical;
    if (!kind || doc.lex[t] & Lex.Function) break;
    named += isCapitalised(doc, t) ? 2 : 1;
    start = t;
  }
  const noun = doc.hash[of - 1] === S ? of - 2 : of - 1;
  return named >= 2 && partOf(doc, noun) & (Place.Care | Place.Head | Place.HeadWeak) ? start : first;
}

/** The other end of a way of which one is known: "Copenhagen to Bangkok", "Shady Grove to Suburban,". */
function readWay(doc: Doc, first: number, last: number, emit: Emit, sure: number): void {
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
