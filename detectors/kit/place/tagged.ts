/**
 * Places as the trained tagger sees them, put right where words tell: what belongs to the name is taken in ("the Canal St
 * garage", "Kidney Clinic of Waupaca", "Alder and 9th"), what follows it in the sentence is let go, and what cannot be a place
 * (a dose, a side, a payer, a state) is none.
 */
import { Cue, type Doc, type Emit, Gap, Shape, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { SOUNDS, TEEN, TENS } from '../code/spoken-words.js';
import { hashOf } from '../hash.js';
import { hasDigit, isCapitalised, isDigits, isMixed, isOrdinal, lengthOf } from '../read.js';
import { tagEnd, tagSure } from '../tagged.js';
import { words } from '../word-set.js';
import { endBeside, placeStart, readList, readSiteIn, readWay, siteEnd } from './beside.js';
import { Place, partOf } from './grammar.js';
import { CITY, FACILITY, STREET } from './rules.js';
import { isStateOnly } from './words.js';

const WIDE_UNITS = 3;
const FINDING_UNITS_MIN = 8;

const JUDE = hashOf('jude');
const GENERAL = hashOf('general');
const S = hashOf('s');
const PO = hashOf('po');
const BOX = hashOf('box');
const HOUR = hashOf('h');
const DEVICES = words('valve valves device devices pacemaker lead leads generator icd');
const OFFICES = words('attorney surgeon solicitor inspector');
/** What stands for a route, a side or a time of a form wherever it is taken for a place. */
const NO_PLACES = words('po rt lt bid tid qid qhs prn var med paid autopay dest enr onsc disp transp box bill');
const PAYERS = words('insur insurance ins payer payor carrier coverage dental');
const PAPERS = words('handout handouts website leaflet article calculator');
/** Towns that a scale is called after. */
const SCALES = words('prague lille lugano');
const ROOMS = words('rm room bed');

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
  readSiteIn(doc, at, emit, sure);
  readList(doc, last, emit, sure);
  emit(doc.start[placeStart(doc, at, last)], doc.end[site > last ? site : endBeside(doc, last)], rule, sure);
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
    const aside = small
      ? isAside(doc, t)
      : (lex & Lex.Title || HONORIFICS.has(doc.hash[t])) && !figures && !(partOf(doc, t) & PARTS);
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
    // "St. Barnabas East 5N"
    if (isWard(doc, last)) return last - 1;
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
const HONORIFICS = words('doña don sra sr señora señor frau herr madame signora signor');
const LANDMARKS = words('near behind opposite opp beside above across next');
const PARTS = Place.Inside | Place.Saint | Place.Unit | Place.UnitAlone | Place.Suffix | Place.Compass;
const NUMBERED = Place.Lead | Place.Suffix | Place.Unit | Place.Box | Place.Measure;

/** "5N" behind a word that is no flat's and no road's. */
const isWard = (doc: Doc, at: number): boolean =>
  doc.shape[at] === Shape.AlnumShort &&
  lengthOf(doc, at) <= 3 &&
  doc.text[doc.start[at]] < 0x3a &&
  !isOrdinal(doc, at) &&
  !hasDigit(doc, at - 1) &&
  !(partOf(doc, at - 1) & (NUMBERED | Place.SuffixLoose));

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
  if (isCodeSaid(doc, first, last)) return true;
  if (first === last && isField(doc, first)) return true;
  // A number alone is a code of the post.
  if (isDigits(doc, first)) return false;
  for (let t = first; t <= last; t++) if (!NO_PLACES.has(doc.hash[t]) && !isDigits(doc, t)) return false;
  return true;
}

/** "device gateway: serial=842295386": the name of a field, in small letters, and of no town. */
function isField(doc: Doc, at: number): boolean {
  const behind = doc.gap[at + 1];
  if (doc.shape[at] !== Shape.Lower || (behind !== Gap.Colon && behind !== Gap.Equals)) return false;
  return (doc.lex[at] & (Lex.City | Lex.State | Lex.County | Lex.Country)) === 0;
}

/** "six one seven five five five oh one four two", "Lincoln Boy Adam seven two nine": a code that is read out. */
function isCodeSaid(doc: Doc, first: number, last: number): boolean {
  if (!(doc.lex[last] & Lex.NumberWord)) return false;
  let others = 0;
  let cued = false;
  let tens = false;
  for (let t = first; t <= last; t++) {
    if (partOf(doc, t) & SAID_PARTS || doc.lex[t] & (Lex.State | Lex.Street)) return false;
    if (!(doc.lex[t] & Lex.NumberWord)) others++;
    cued = cued || doc.cue[t] !== Cue.None;
    tens = tens || (SOUNDS.get(doc.hash[t]) & (TEEN | TENS)) !== 0;
  }
  return cued || (others === 0 && (tens || last - first >= POST_WORDS_MAX));
}

/** A code of the post is said digit by digit: five words, or some more where one is two. */
const POST_WORDS_MAX = 6;
const SAID_PARTS = Place.Lead | Place.Suffix | Place.SuffixLoose | Place.Unit | Place.Box;

/** "Mayo Clinic's handout": who wrote it is nobody's house. */
export function isPublisher(doc: Doc, last: number): boolean {
  const beyond = doc.gap[last + 1] === Gap.Apostrophe && doc.hash[last + 1] === S ? last + 2 : last + 1;
  return doc.gap[beyond] === Gap.Blank && PAPERS.has(doc.hash[beyond]);
}
