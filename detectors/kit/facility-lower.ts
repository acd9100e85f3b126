/**
 * Names of hospitals and clinics as chat writes them, in lower case: "at mercy hospital", "from toroglu family clinic". Only
 * where somebody is or goes, and only with a word that names nothing else.
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { Place, partOf } from './place-grammar.js';
import { cued, isTown } from './place-words.js';
import { isCapitalised, isWord, lengthOf } from './read.js';
import { words } from './word-set.js';

export interface Site {
  first: number;
  last: number;
  /** 0 if it is no name. */
  confidence: number;
}

const site: Site = { first: 0, last: 0, confidence: 0 };

/** Words between name and head noun in lower case. */
const LOWER_MORE_MAX = 4;

const SISTERS = words(
  'mercy providence methodist baptist lutheran presbyterian sinai trinity deaconess adventist franciscan',
);
const FILLERS = words('community general regional memorial district university');

/** A word that names nothing but somebody or some place, in lower case: a listed town or name, or a long unknown word. */
function isLowerName(doc: Doc, at: number): boolean {
  const lex = doc.lex[at];
  if (
    doc.shape[at] !== Shape.Lower ||
    lengthOf(doc, at) < 4 ||
    partOf(doc, at) & (Place.Care | Place.Generic | Place.Toward)
  )
    return false;
  if (SISTERS.has(doc.hash[at] | 0)) return true;
  if (lex & (Lex.Word | Lex.Common | Lex.Medical | Lex.Drug | Lex.Role | Lex.Eponym | Lex.Function)) return false;
  return lex !== 0 ? (lex & (Lex.City | Lex.County | Lex.Surname | Lex.Given)) !== 0 : lengthOf(doc, at) >= 6;
}

/** "the Fairwater clinic", and in chat "at mercy hospital", "from toroglu family clinic", "to bayview medical center". */
export function lowerFacility(doc: Doc, at: number, head: number): Site {
  site.first = at;
  site.last = at;
  site.confidence = 0;
  const strong = (head & Place.Head) !== 0;
  const before = at - 1;
  if (
    before < 0 ||
    doc.gap[at] !== Gap.Blank ||
    (!strong && !(head & Place.HeadWeak && partOf(doc, before) & Place.Care))
  )
    return site;
  if (isCapitalised(doc, before)) {
    const town = strong && isWord(doc, before) && isTown(doc, before) && !(doc.lex[before] & (Lex.Word | Lex.Eponym));
    if (town && doc.shape[before] !== Shape.Upper) {
      site.first = before;
      site.confidence = 0.65;
    }
    return site;
  }
  let t = before;
  for (let k = 0; k < LOWER_MORE_MAX && t > 0 && isLowerFiller(doc, t); k++) t--;
  if (!isLowerName(doc, t) || (doc.gap[t + 1] !== Gap.Blank && doc.gap[t + 1] !== Gap.Apostrophe)) return site;
  // "el paso general", "st. isabella hospital", "lower ostahaven urgent care"
  let first = t;
  for (let k = 0; k < 2 && first > 0 && (doc.gap[first] === Gap.Blank || doc.gap[first] === Gap.Stop); k++) {
    const more = partOf(doc, first - 1) & (Place.Saint | Place.Compass) || isLowerName(doc, first - 1);
    if (!more) break;
    first--;
  }
  if (!cued(doc, first)) return site;
  site.first = first;
  site.confidence = 0.6;
  return site;
}

/** What may stand between the name and the head noun, in lower case: "county medical", "children's". */
function isLowerFiller(doc: Doc, at: number): boolean {
  if (doc.shape[at] === Shape.LowerOne) return doc.gap[at] === Gap.Apostrophe;
  if (doc.gap[at + 1] !== Gap.Blank && doc.gap[at + 1] !== Gap.Apostrophe) return false;
  return (
    doc.shape[at] === Shape.Lower &&
    ((partOf(doc, at) & (Place.Care | Place.County)) !== 0 || FILLERS.has(doc.hash[at] | 0))
  );
}
