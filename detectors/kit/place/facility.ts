/**
 * Reads names of hospitals, clinics and other places of care around their head noun. A name needs a word that is no
 * description: "Fairwater Day Surgery" is one facility, "Heart Failure Clinic" could be anywhere.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { isCapitalised, isWord, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { Place, partOf } from './grammar.js';
import { cued, endsLikeTown, isProper, isTown, townEnd } from './words.js';

const WORDS_MAX = 7;
const MORE_MAX = 5;
const NAMEY = Lex.City | Lex.CityTop | Lex.County | Lex.GivenTop | Lex.SurnameTop | Lex.State | Lex.PlaceWord;

export interface Site {
  first: number;
  last: number;
  /** 0 if it is no name. */
  confidence: number;
}

const site: Site = { first: 0, last: 0, confidence: 0 };

const OF = hashOf('of');
const AND = hashOf('and');
const HOME = hashOf('home');
const THE = hashOf('the');
/** Words before "of" in a facility's name. */
const BEFORE_OF = words('university college hospital hospitals lady heart sisters church city institute center');
const HOSPITAL = words('hospital hospitals hosp infirmary');

/** The facility whose head noun is at a token. The result is reused by the next call. */
export function facilityAt(doc: Doc, at: number): Site {
  site.confidence = 0;
  site.first = at;
  site.last = at;
  const head = partOf(doc, at);
  if (partOf(doc, at + 1) & Place.Company && doc.gap[at + 1] === Gap.Blank && isCapitalised(doc, at + 1)) return site;
  walkBack(doc, at);
  trim(doc, at);
  if (site.first === at) {
    // "Hospital of Saint Raphael"
    if (head & Place.Head) extend(doc, at);
    if (site.last > at) site.confidence = 0.8;
    return site;
  }

  let named = 0;
  let plain = 0;
  let care = 0;
  for (let t = site.first; t < at; t++) {
    const part = partOf(doc, t);
    care |= part & Place.Care;
    // "Fairwater Home Health", though a home alone is no care.
    if (doc.hash[t] === HOME && t === at - 1) care |= head & Place.Care;
    if (part & Place.Noun && doc.shape[t] === Shape.Title && t === site.first) {
      named++;
      continue;
    }
    if (part & (Place.Generic | Place.Care | Place.Head | Place.Inside) || !isProper(doc, t)) continue;
    if (doc.lex[t] & Lex.Word && !(doc.lex[t] & NAMEY) && !endsLikeTown(doc, t)) plain++;
    else if (doc.lex[t] & Lex.State && !(doc.lex[t] & Lex.City)) plain++;
    else named++;
  }
  const toward = cued(doc, site.first);
  if (head & Place.Head) {
    if (named > 0) site.confidence = 0.9;
    else if (plain > 0) site.confidence = HOSPITAL.has(doc.hash[at] | 0) || toward || plain > 1 ? 0.7 : 0.45;
  } else if (head & Place.HeadWeak && care) {
    if (named > 0) site.confidence = 0.85;
    else if (plain > 0) site.confidence = toward || site.first < at - 2 ? 0.65 : 0.5;
  }
  if (site.confidence > 0) extend(doc, at);
  return site;
}

/** Moves `site.first` back over the words that can belong to the name. */
function walkBack(doc: Doc, at: number): void {
  for (let t = at - 1; t >= 0 && at - t <= WORDS_MAX; t--) {
    const gap = doc.gap[t + 1];
    if (doc.shape[t] === Shape.Redacted || !isWord(doc, t)) return;
    const part = partOf(doc, t);
    if (gap === Gap.Stop || gap === Gap.Dot) {
      if (!(part & Place.Saint) || lengthOf(doc, t) > 3) return;
    } else if (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe && gap !== Gap.Ampersand) return;
    if (!isCapitalised(doc, t)) {
      // The s of "Women's" and the of of "University of".
      if (gap === Gap.Blank && doc.gap[t] === Gap.Apostrophe && doc.shape[t] === Shape.LowerOne) continue;
      if (t === 0 || doc.gap[t] !== Gap.Blank || !isCapitalised(doc, t - 1)) return;
      if (
        doc.hash[t] === OF
          ? !BEFORE_OF.has(doc.hash[t - 1] | 0)
          : doc.hash[t] !== AND || !(partOf(doc, t + 1) & Place.Care)
      )
        return;
      continue;
    }
    const lex = doc.lex[t];
    if (lex & (Lex.Function | Lex.Month | Lex.Weekday) && lengthOf(doc, t) > 1 && !(part & (Place.Saint | Place.Care)))
      return;
    if (lex & (Lex.Title | Lex.Credential) && !(part & Place.Saint) && !(part & Place.Care) && !(lex & Lex.City))
      return;
    site.first = t;
  }
}

/** "Delivered", "Admitted" */
function endsInEd(doc: Doc, at: number): boolean {
  const end = doc.end[at];
  return lengthOf(doc, at) > 4 && doc.text[end - 1] === 0x64 && doc.text[end - 2] === 0x65;
}

/** Takes words of the sentence off the front: "Visited Mercy Hospital", "PATIENT Mercy Hospital". */
function trim(doc: Doc, at: number): void {
  while (site.first < at) {
    const t = site.first;
    const lex = doc.lex[t];
    const stays = partOf(doc, t) & (Place.Care | Place.Saint) || lex & Lex.City;
    const verb = doc.flags[t] & Flag.SentenceStart && endsInEd(doc, t) && lex & Lex.Word && at - t > 2;
    if ((lex & (Lex.Function | Lex.PersonCue | Lex.Role | Lex.Relation | Lex.Drug) || verb) && !stays) site.first++;
    else return;
    // What a hyphen or an apostrophe ties to a word that went goes too.
    while (site.first < at && doc.gap[site.first] === Gap.Apostrophe) site.first++;
  }
}

/** Moves `site.last` on: "Mercy Hospital Medical Center", "Hospital of Fairwater", "Clinic at Hazel Bay". */
function extend(doc: Doc, at: number): void {
  let t = at + 1;
  for (let k = 0; k < MORE_MAX && t < doc.count && doc.gap[t] === Gap.Blank && isCapitalised(doc, t); k++, t++) {
    const part = partOf(doc, t);
    if (part & (Place.Head | Place.HeadWeak)) site.last = t;
    else if (!(part & Place.Care)) break;
  }
  t = site.last + 1;
  if (
    doc.gap[t] !== Gap.Blank ||
    !(partOf(doc, t) & Place.Inside) ||
    isCapitalised(doc, t) ||
    doc.gap[t + 1] !== Gap.Blank
  )
    return;
  const next = doc.hash[t + 1] === THE ? t + 2 : t + 1;
  if (doc.hash[t] !== OF && !isTown(doc, next)) return;
  const saint = (partOf(doc, next) & Place.Saint) !== 0 && isCapitalised(doc, next);
  if (next >= doc.count || !(saint || isProper(doc, next)) || doc.lex[next] & Lex.Function) return;
  const end = townEnd(doc, next);
  if (end >= 0) site.last = end;
}
