/**
 * Hospitals that are named without a head noun: those that a list knows ("Tampa General", "ochsner"), health systems where
 * somebody is or goes ("at Rush", "Sanford Fargo"), and their branches. Assumes that the caller has seen the class or the word.
 */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { Place, partOf } from './place-grammar.js';
import { isCapitalised, isDigits, isWord, lengthOf } from './read.js';
import { words } from './word-set.js';

const BRANCH_WORDS_MAX = 3;
/** How far back a sentence may begin with a word that makes it a question about hospitals in general. */
const GENERAL_BACK = 6;

/** Before the name of a health system that is also a surname or a plain word. */
const CUES = words(
  'at to from via into outside seen adm lives admitted admit transfer transferred xfer er ed icu visited visit',
);
/** Parts of a hospital, and people or papers that belong to one: "Fresno ED visit", "Hackensack referral". */
const WARDS = words(
  `ed er icu nicu picu micu sicu ccu pacu ecc ctu cath ward records referral referred pt pts patient ortho onc cards rheum derm neuro gi ob obgyn
  id ent uro pulm renal nephro hepatology oncology rheumatology neurology cardiology genetics peds heme endo psych rads wants says called recs`,
);
const GENERAL = words('compare comparing versus rank ranking rankings');
const BRANCHES = words(
  'general memorial regional midtown downtown uptown main east west north south northeast northwest southeast southwest central hill campus childrens children',
);
/** What makes a health system's word another thing: a church, a degree, a guideline. */
const OTHERWISE = words(
  'church minister pastor faith school schools university college alumni guideline guidelines criteria rankings protocol calculator study website score position',
);
const PLAIN =
  Lex.Common |
  Lex.Medical |
  Lex.Drug |
  Lex.Function |
  Lex.Month |
  Lex.Weekday |
  Lex.Title |
  Lex.Credential |
  Lex.Relation |
  Lex.Role;
const S = hashOf('s');
const TO = hashOf('to');

const isHospital = (doc: Doc, at: number): boolean => (doc.lex[at] & Lex.Hospital) === Lex.Hospital;

/** The last token of the listed hospital that begins at a token, with its branch, or -1. */
export function listedHospitalEnd(doc: Doc, at: number): number {
  if (at > 0 && isHospital(doc, at - 1) && isTied(doc, at)) return -1;
  let last = at;
  while (isHospital(doc, last + 1) && isTied(doc, last + 1)) last++;
  return isGeneralTalk(doc, at, last) ? -1 : branchEnd(doc, last);
}

/** The last token of the health system at a token, if somebody is or goes there or a branch follows, or -1. */
export function systemEnd(doc: Doc, at: number): number {
  if (isHospital(doc, at) || lengthOf(doc, at) < 3 || doc.gap[at + 1] === Gap.Apostrophe) return -1;
  const last = branchEnd(doc, at);
  const gap = doc.gap[last + 1];
  const next = gap === Gap.Blank ? doc.hash[last + 1] | 0 : 0;
  if (OTHERWISE.has(next) || (gap === Gap.Blank && partOf(doc, last + 1) & (Place.Head | Place.HeadWeak))) return -1;
  if (doc.gap[at] === Gap.At) return last;
  const before = doc.gap[at] === Gap.Blank ? doc.hash[at - 1] | 0 : 0;
  if (at > 0 && CUES.has(before)) return last;
  // "s/p Whipple 11/14 Hopkins, JP amylase 3000"
  if (
    !(doc.lex[at] & Lex.Word) &&
    (APART_AFTER >>> gap) & 1 &&
    ((APART_BEFORE >>> doc.gap[at]) & 1 || isDigits(doc, at - 1))
  )
    return last;
  // "Sanford Fargo": a large town behind the name of a system.
  if (
    last > at &&
    doc.lex[at + 1] & (Lex.CityTop | Lex.City) &&
    !(doc.lex[at + 1] & (doc.lex[at + 1] & Lex.CityTop ? Lex.GivenTop : Lex.Given | Lex.SurnameTop))
  )
    return last;
  const opens = (doc.flags[at] & Flag.SentenceStart) !== 0;
  return WARDS.has(next) && (last > at || !(opens && doc.lex[at] & Lex.Word)) ? last : -1;
}

/** Signs that set a town apart: "60F COPD, Pikeville, O2 88%", "Stubbs - Tulsa." */
const APART_BEFORE = (1 << Gap.Comma) | (1 << Gap.Dash) | (1 << Gap.Pipe);
const APART_AFTER = APART_BEFORE | (1 << Gap.Stop) | (1 << Gap.Leaf) | (1 << Gap.Colon);
/** Words that make a list of places, or an author's address, of what stands apart. */
const LISTED = Lex.City | Lex.Country | Lex.State | Lex.StateCode | Lex.Org | Lex.Facility;

/** Whether a large town says by where it stands that somebody is there: apart, or for its hospital ("Fresno ED visit"). */
export function isTownOfSomebody(doc: Doc, at: number, last: number): boolean {
  const before = doc.gap[at];
  const next = last + 1;
  const after = doc.gap[next];
  const lex = doc.lex[next];
  if ((APART_BEFORE >>> before) & 1 && (APART_AFTER >>> after) & 1) return ((doc.lex[at - 1] | lex) & LISTED) === 0;
  // "hip fx Wausau, DNR", "prev Grand Rapids; HIV VL?"
  if (
    before === Gap.Blank &&
    (APART_AFTER >>> after) & 1 &&
    (doc.shape[at - 1] === Shape.Lower || isDigits(doc, at - 1))
  )
    return (
      (lex & LISTED) === 0 &&
      (last > at || (after === Gap.Comma && (doc.lex[at] & (Lex.Word | Lex.Given | Lex.Surname)) === 0))
    );
  // "Corpus Christi: 60M", "urgent care Naperville 2/26"
  if (before === Gap.Leaf && (after === Gap.Comma || after === Gap.Colon)) return last > at && (lex & LISTED) === 0;
  if (after === Gap.Blank && before === Gap.Blank && isDigits(doc, next) && doc.shape[at - 1] === Shape.Lower)
    return true;
  if (after !== Gap.Blank) return before === Gap.Blank && follows(doc, at);
  // "flew Anchorage to Houston"
  if (doc.hash[next] === TO) return isLargeTown(doc, next + 1);
  return follows(doc, at) || (WARDS.has(doc.hash[next] | 0) && !(doc.flags[next] & Flag.SentenceStart));
}

const isLargeTown = (doc: Doc, at: number): boolean => isCapitalised(doc, at) && (doc.lex[at] & Lex.CityTop) !== 0;

const follows = (doc: Doc, at: number): boolean => at > 1 && doc.hash[at - 1] === TO && isLargeTown(doc, at - 2);

/** What a word before a ward's abbreviation is if it is no hospital: "Peds ED", "Neuro ICU", "Tuesday ED". */
const NO_HOSPITAL = PLAIN | Lex.Word | Lex.Eponym | Lex.Demonym | Lex.GivenTop | Lex.Org | Lex.NumberWord;

/** The first token of the hospital whose ward is at a token ("Hurley ED"), or -1. */
export function wardOf(doc: Doc, ward: number): number {
  let first = ward;
  while (ward - first < 3 && first > 0 && doc.gap[first] === Gap.Blank && isNamed(doc, first - 1)) first--;
  return first < ward ? first : -1;
}

function isNamed(doc: Doc, at: number): boolean {
  const lex = doc.lex[at];
  return (
    doc.shape[at] === Shape.Title &&
    lengthOf(doc, at) > 3 &&
    (lex & NO_HOSPITAL) === 0 &&
    (lex & (Lex.City | Lex.Surname | Lex.County)) !== 0
  );
}

/** The branch behind a hospital's name: "St. Luke's Boise", "Mt. Carmel East", "kaiser fontana". */
export function branchEnd(doc: Doc, from: number): number {
  let last = from;
  for (let t = from + 1; t < doc.count && t - from <= BRANCH_WORDS_MAX && isTied(doc, t) && isWord(doc, t); t++) {
    if (doc.gap[t] === Gap.Apostrophe) {
      if (doc.hash[t] !== S) break;
    } else if (!isBranch(doc, t)) break;
    last = t;
  }
  return last;
}

function isBranch(doc: Doc, at: number): boolean {
  const lex = doc.lex[at];
  if (!isCapitalised(doc, at)) {
    const town = lex & Lex.City && !(lex & (PLAIN | Lex.Word | Lex.Given | Lex.SurnameTop));
    return town !== 0 && lengthOf(doc, at) > 3;
  }
  if (BRANCHES.has(doc.hash[at] | 0)) return true;
  if (doc.shape[at] === Shape.Upper && lengthOf(doc, at) < 5) return false;
  if (lex & PLAIN && !(lex & Lex.CityTop)) return false;
  return (lex & (Lex.City | Lex.PlaceWord | Lex.County)) !== 0 || (partOf(doc, at) & (Place.Noun | Place.Saint)) !== 0;
}

const isTied = (doc: Doc, at: number): boolean =>
  doc.gap[at] === Gap.Blank ||
  doc.gap[at] === Gap.Hyphen ||
  doc.gap[at] === Gap.Apostrophe ||
  (doc.gap[at] === Gap.Stop && lengthOf(doc, at - 1) === 2);

/** "Compare Mayo Clinic and …", "Mayo Clinic guidelines": hospitals as such, where nobody is. */
export function isGeneralTalk(doc: Doc, first: number, last: number): boolean {
  if (doc.gap[last + 1] === Gap.Blank && OTHERWISE.has(doc.hash[last + 1] | 0)) return true;
  for (let t = first; t >= 0 && first - t <= GENERAL_BACK; t--) {
    if (GENERAL.has(doc.hash[t] | 0)) return true;
    if (doc.flags[t] & Flag.SentenceStart) return false;
  }
  return false;
}
