/**
 * Places that are told by their company: the second of two towns ("between Ames and Cedar Rapids"), regions and rivers that
 * are named with "the", roads by their number ("on I-80 near mile marker 112"), and the town of an office ("our Tacoma
 * office").
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { LINKS, NEAR, Place, partOf } from './place-grammar.js';
import { isProper, isStateOnly, isTown, joinsName, townEnd } from './place-words.js';
import { isCapitalised, isDigits, isWord, lengthOf } from './read.js';
import { words } from './word-set.js';

const NAME_WORDS_MAX = 3;
const THE = hashOf('the');
const LINK = words(LINKS);
const POINTER = words(NEAR);
/** What stands before "the" and a region. */
const TOWARD_REGION = words(`${NEAR} to of at on through via over`);
const OFFICE = words('office offices location campus branch site infusion satellite');
const ON_ROAD = words('on off along near onto');
const ROAD = words('i us hwy highway interstate route rte sr');
const ROAD_SIDE = words('near at by around');
const ROAD_MARK = words('mile milepost exit mm');
const MARKER = hashOf('marker');
const INTERSTATE = hashOf('i');
/** Isotopes: "on I-131" is a therapy. */
const ISOTOPES = words('123 124 125 131');

/** Whether two words of a listed town, or one that can be nothing else, begin at a token. */
function isSureTown(doc: Doc, at: number, last: number): boolean {
  const lex = doc.lex[at];
  if (!isTown(doc, at) || isStateOnly(doc, at, last) || lex & (Lex.Country | Lex.Demonym)) return false;
  if (last > at) return (lex & doc.lex[at + 1] & Lex.City) !== 0;
  return (lex & (Lex.Word | Lex.Common | Lex.Medical | Lex.Drug | Lex.Eponym)) === 0;
}

/** The last token of the town at a token that "and" or "to" before it joins to another behind a preposition of place, or -1. */
export function townOfChain(doc: Doc, at: number): number {
  if (at < 3 || doc.gap[at] !== Gap.Blank || doc.gap[at - 1] !== Gap.Blank || !LINK.has(doc.hash[at - 1] | 0))
    return -1;
  const before = at - 2;
  if (!isCapitalised(doc, before) || !isWord(doc, before)) return -1;
  let first = before;
  while (before - first < NAME_WORDS_MAX && first > 0 && joinsName(doc, first) && isCapitalised(doc, first - 1))
    first--;
  if (first === 0 || doc.gap[first] !== Gap.Blank || !POINTER.has(doc.hash[first - 1] | 0) || !isTown(doc, first))
    return -1;
  const last = townEnd(doc, at);
  return last >= 0 && isSureTown(doc, at, last) && !isFacilityNext(doc, last) ? last : -1;
}

/** The same in lower case, for a large town: "from spokane to boise". */
export function lowerChain(doc: Doc, at: number): number {
  const linked =
    at >= 3 &&
    doc.gap[at] === Gap.Blank &&
    doc.gap[at - 1] === Gap.Blank &&
    doc.gap[at - 2] === Gap.Blank &&
    LINK.has(doc.hash[at - 1] | 0) &&
    (doc.lex[at - 2] & Lex.City) !== 0 &&
    POINTER.has(doc.hash[at - 3] | 0);
  return linked && isSureTown(doc, at, at) ? at : -1;
}

function isFacilityNext(doc: Doc, last: number): boolean {
  return (
    doc.gap[last + 1] === Gap.Blank && (partOf(doc, last + 1) & (Place.Head | Place.HeadWeak | Place.Company)) !== 0
  );
}

/** The last token of the town behind "our" in "our Tacoma infusion suite", or -1. */
export function officeEnd(doc: Doc, at: number): number {
  if (doc.gap[at] !== Gap.Blank) return -1;
  const last = townEnd(doc, at);
  if (last < 0 || doc.gap[last + 1] !== Gap.Blank || !OFFICE.has(doc.hash[last + 1] | 0)) return -1;
  return isSureTown(doc, at, last) ? last : -1;
}

/** The first token of the region or feature that ends at a token and stands behind "the", or -1. */
export function areaStart(doc: Doc, at: number, part: number): number {
  let first = at;
  if (part & Place.Feature)
    while (
      at - first < NAME_WORDS_MAX &&
      first > 0 &&
      doc.gap[first] === Gap.Blank &&
      isCapitalised(doc, first - 1) &&
      (isProper(doc, first - 1) || doc.lex[first - 1] & Lex.PlaceWord)
    )
      first--;
  const region = (part & Place.Region) !== 0;
  if ((first === at && !region) || first < 2 || doc.hash[first - 1] !== THE || doc.gap[first] !== Gap.Blank) return -1;
  const toward = doc.gap[first - 1] === Gap.Blank && TOWARD_REGION.has(doc.hash[first - 2] | 0);
  return toward ? first : -1;
}

/** The last token of the numbered road at a token where somebody is ("on I-80 near mile marker 112"), or -1. */
export function roadFrom(doc: Doc, at: number): number {
  const number = at + 1;
  const gap = doc.gap[number];
  if (at === 0 || !isDigits(doc, number) || !(gap === Gap.Hyphen || gap === Gap.Blank)) return -1;
  const short = lengthOf(doc, at) <= 2;
  if (!ROAD.has(doc.hash[at] | 0) || lengthOf(doc, number) > 3 || (short && gap !== Gap.Hyphen)) return -1;
  if (doc.gap[at] !== Gap.Blank || !ON_ROAD.has(doc.hash[at - 1] | 0)) return -1;
  const mark = markEnd(doc, number + 1);
  if (doc.hash[at] === INTERSTATE && ISOTOPES.has(doc.hash[number] | 0) && mark < 0) return -1;
  return mark >= 0 ? mark : number;
}

/** "near mile marker 112", "at exit 9": the last token, or -1. */
function markEnd(doc: Doc, at: number): number {
  let t = at;
  if (doc.gap[t] === Gap.Blank && doc.shape[t] === Shape.Lower && ROAD_SIDE.has(doc.hash[t] | 0)) t++;
  if (doc.gap[t] !== Gap.Blank || !ROAD_MARK.has(doc.hash[t] | 0)) return -1;
  t++;
  if (doc.gap[t] === Gap.Blank && doc.hash[t] === MARKER) t++;
  return t < doc.count && doc.gap[t] === Gap.Blank && isDigits(doc, t) && lengthOf(doc, t) <= 4 ? t : -1;
}
