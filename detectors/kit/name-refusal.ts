/**
 * What rules a person out whatever the points: streets, facilities, companies, places, things named after somebody,
 * lists of authors, addresses and code.
 */
import { CAPITALISED, DIGITS, type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import type { Run } from './name-run.js';
import { Says, says } from './name-words.js';
import { GIVEN, isContracted, isPossessive, NAMED } from './person.js';

const PERSON_BEFORE = Lex.Title | Lex.Role | Lex.Relation;
const ON = hashOf('on');
/** Idaho's letters mostly mean something else. */
const ID = hashOf('id');
/** Capitalised words looked at behind a name. */
const AHEAD_MAX = 4;

/** Gaps that tie a name to an address, a path or an identifier, before or behind it. */
const TIED = (1 << Gap.At) | (1 << Gap.Underscore) | (1 << Gap.None);
const BY_BLANK = (1 << Gap.Blank) | (1 << Gap.Ampersand) | (1 << Gap.Apostrophe) | (1 << Gap.Hyphen);

/** Whether a run that has the points for a name is none after all. */
export function isRefused(doc: Doc, r: Run): boolean {
  const before = doc.gap[r.first];
  const cast = r.first > 0 && before === Gap.Blank && (doc.lex[r.first - 1] & PERSON_BEFORE) !== 0;
  return isCode(doc, r) || isFragment(doc, r, cast) || isPlace(doc, r) || isThing(doc, r, cast) || isTown(doc, r, cast);
}

/** Inside an address, a path or an identifier. */
function isCode(doc: Doc, r: Run): boolean {
  const before = doc.gap[r.first];
  const after = doc.gap[r.last + 1];
  if (((1 << before) | (1 << after)) & TIED || before === Gap.Dot || after === Gap.Hyphen) return true;
  if (after === Gap.Dot && doc.shape[r.last] !== Shape.UpperOne) return true;
  if (after === Gap.Slash && doc.start[r.last + 1] - doc.end[r.last] === 1) return true;
  if (before === Gap.Hyphen && r.parts === 1) return true;
  if (before !== Gap.Slash || doc.start[r.first] - doc.end[r.first - 1] !== 1) return false;
  return doc.end[r.first - 1] - doc.start[r.first - 1] > 1;
}

/** A word of talk, a key, half a contraction, an author in a list. */
function isFragment(doc: Doc, r: Run, cast: boolean): boolean {
  const before = doc.gap[r.first];
  const after = doc.gap[r.last + 1];
  if (r.parts === 1 || r.comma) {
    // "Um", "K. Bye", but not "E. Dang"
    const said = says(doc, r.parts === 1 ? r.core : r.first);
    if (said & Says.Spoken && (r.initials === 0 || r.comma || said & Says.Greeting)) return true;
  }
  if ((before === Gap.Ampersand || after === Gap.Ampersand) && (r.headLex & GIVEN) === 0) return true;
  // "Mato A, Limeres J"
  if (r.last > r.core) {
    const next = r.last + 2;
    if (after === Gap.Comma && doc.shape[next] === Shape.UpperOne && doc.gap[next] === Gap.Blank) return true;
    if (before === Gap.Comma && r.first > 2 && doc.shape[r.first - 1] === Shape.UpperOne) return true;
  }
  // A word that is no listed name before a colon is a key or a heading.
  if (after === Gap.Colon && r.parts === 1 && (r.headLex & NAMED) === 0 && r.initials === 0 && !cast) return true;
  return isContracted(doc, r.last);
}

/** "in Santa Cruz", "North Carolina", "Blue Cross", "12 Sung Park". */
function isPlace(doc: Doc, r: Run): boolean {
  if (r.parts === 1) return false;
  const { headLex, tailLex } = r;
  const within = r.first > 0 && (says(doc, r.first - 1) & Says.Place) !== 0;
  if (within && tailLex & Lex.PlaceWord && (tailLex & Lex.SurnameTop) === 0) return true;
  if (within && headLex & tailLex & Lex.City && (headLex & (Lex.GivenTop | Lex.CityTop)) !== Lex.GivenTop) return true;
  if (headLex & tailLex & (Lex.State | Lex.Org) || (tailLex & Lex.Facility && tailLex & Lex.Word)) return true;
  // "Eriksbo Vagen 98", "71 Iroon Polytechniou"
  if (
    (headLex & NAMED) === 0 &&
    !r.comma &&
    (isHouse(doc, r.first - 1, r.first) || isHouse(doc, r.last + 1, r.last + 1))
  )
    return true;
  if ((tailLex & Lex.Street) === 0) return false;
  if (tailLex & Lex.Common && (headLex & Lex.GivenTop) === 0) return true;
  return r.first > 0 && (isNumber(doc, r.first - 1) || doc.hash[r.first - 1] === ON);
}

/** "Foley catheter", "Wilson Street", "Larkin Hospital", "Wolff-Parkinson-White", "Ann Arbor". */
function isThing(doc: Doc, r: Run, cast: boolean): boolean {
  const after = doc.gap[r.last + 1];
  const eponym = (r.allLex & Lex.Eponym) !== 0;
  if (eponym && !cast && (r.parts === 1 ? doc.gap[r.core] === Gap.Hyphen : r.initials === 0)) {
    const degree = (doc.lex[r.last + 1] & Lex.Credential) !== 0 && after === Gap.Comma;
    const phrase = r.parts === 1 || (r.allLex & Lex.Medical) !== 0 || (r.headLex & Lex.GivenTop) === 0;
    if (!degree && !r.comma && phrase) return true;
  }
  if (after !== Gap.Blank && !isPossessive(doc, r.last)) return false;
  let n = after === Gap.Blank ? r.last + 1 : r.last + 2;
  if (doc.shape[n] === Shape.Lower && doc.gap[n] === Gap.Blank) {
    const lex = doc.lex[n];
    // Whoever has a given name is somebody, whatever word comes next.
    const whole = r.parts > 1 && (r.headLex & Lex.GivenTop) !== 0 && !eponym;
    if (!whole && says(doc, n) & Says.Thing) return true;
    if (lex & Lex.Facility && after === Gap.Blank) return true;
    if (eponym && r.parts === 1 && !cast && (r.headLex & Lex.GivenTop) === 0) {
      if ((lex & (Lex.Function | Lex.PersonCue)) === 0) return true;
    }
  }
  // "Mohammed Aziz's Epic chart", but "Larkin's Hospital"
  const bodies = r.parts > 1 && r.headLex & GIVEN && after === Gap.Apostrophe ? Lex.Facility : Lex.Facility | Lex.Org;
  for (let steps = 0; steps < AHEAD_MAX && ((1 << doc.shape[n]) & CAPITALISED) !== 0; steps++, n++) {
    if (((1 << doc.gap[n]) & BY_BLANK) === 0) break;
    if (doc.lex[n] & bodies || (doc.lex[n] & Lex.Street && doc.gap[n + 1] !== Gap.Colon)) return true;
    if (doc.shape[n] === Shape.Title && says(doc, n) & Says.Thing) return true;
  }
  return false;
}

/** "Puffin Run, NJ", "Austin TX". */
function isTown(doc: Doc, r: Run, cast: boolean): boolean {
  const t = r.last + 1;
  const after = doc.gap[t];
  if ((after !== Gap.Comma && after !== Gap.Blank) || cast || doc.hash[t] === ID) return false;
  const lex = doc.lex[t];
  if ((lex & (Lex.StateCode | Lex.State | Lex.Country)) === 0 || ((1 << doc.shape[t]) & CAPITALISED) === 0)
    return false;
  if (doc.shape[t + 1] === Shape.Digits5 || (lex & (Lex.Credential | GIVEN)) === 0) return true;
  if (after !== Gap.Comma || (lex & Lex.StateCode) === 0 || r.parts > 1 || r.initials > 0) return false;
  return (r.headLex & Lex.City) !== 0 && r.first > 0 && (says(doc, r.first - 1) & Says.Place) !== 0;
}

/** Whether a short number stands at a token, set apart from its neighbour by blanks before `gapAt`, that is no age. */
function isHouse(doc: Doc, at: number, gapAt: number): boolean {
  if (at < 0 || doc.gap[gapAt] !== Gap.Blank || doc.shape[at] < Shape.Digits1 || doc.shape[at] > Shape.Digits5)
    return false;
  if (gapAt !== at) return true;
  // "2. Maria", "05/06/1949", "45 years"
  const after = doc.gap[at + 1];
  return after !== Gap.Stop && after !== Gap.Slash && after !== Gap.Hyphen && (says(doc, at + 1) & Says.Year) === 0;
}

function isNumber(doc: Doc, at: number): boolean {
  return at >= 0 && ((1 << doc.shape[at]) & DIGITS) !== 0;
}
