/**
 * Names in lower case that only the words before them announce, listed or not: "good morning breiinda,", "my nephew
 * yarem tor, 555 0139", "hi this is olivia means, can i", "my name is mykola church and".
 */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { endsClause } from './name-joint.js';
import { Says, says } from './name-words.js';
import { GIVEN, NAMED } from './person.js';
import { lengthOf } from './read.js';

/** Shorter unknown words are mostly slips of the pen, if somebody is only addressed or related. */
const ANNOUNCED_UNITS_MIN = 5;
/** The same where somebody says what his name is. */
const TOLD_UNITS_MIN = 3;
const TOKENS_MAX = 4;
/** Small words between a greeting and a name: "hi there this is". */
const BRIDGE_MAX = 4;
const NAME = hashOf('name');
const IS = hashOf('is');
const S = hashOf('s');
const BRIDGE = Lex.Function | Lex.PersonCue | Lex.Common;

/** Who may be announced: `told` is somebody's own word for it, `related` a relative, `greeted` the one who is addressed. */
export const enum Announced {
  Nobody = 0,
  Greeted = 1,
  Related = 2,
  Told = 3,
  Patient = 4,
}

/** First and last token of the name that `readAnnounced` has found. */
export const announced = { first: 0, last: 0 };

/** Reads the name that the cue or the relation at a token announces. */
export function readAnnounced(doc: Doc, at: number): Announced {
  if (doc.shape[at + 1] > Shape.Lower) return Announced.Nobody;
  const hash = doc.hash[at];
  if (doc.lex[at] & Lex.Role) return isChart(doc, at) ? Announced.Patient : Announced.Nobody;
  if (doc.lex[at] & Lex.Relation) {
    if (doc.lex[at + 1] !== 0 || doc.shape[at] !== Shape.Lower || doc.gap[at] !== Gap.Blank || at === 0)
      return Announced.Nobody;
    return says(doc, at - 1) & Says.Owner && accept(doc, at + 1, false) ? Announced.Related : Announced.Nobody;
  }
  if (hash === NAME) return told(doc, at);
  if ((says(doc, at) & Says.Greeting) === 0) return Announced.Nobody;
  if (doc.shape[at] === Shape.Lower && accept(doc, at + 1, false)) return Announced.Greeted;
  return introduced(doc, at + 1) ? Announced.Told : Announced.Nobody;
}

/** "pt jastrid dravosky needs": two unknown words in a row are no slip of the pen. */
function isChart(doc: Doc, at: number): boolean {
  if (doc.lex[at + 1] !== 0 || doc.lex[at + 2] !== 0 || doc.gap[at + 1] !== Gap.Blank || doc.gap[at + 2] !== Gap.Blank)
    return false;
  if (doc.shape[at + 1] !== Shape.Lower || doc.shape[at + 2] !== Shape.Lower) return false;
  const n = at + 3;
  const does = (doc.lex[n] & Lex.PersonCue) !== 0 || (says(doc, n) & (Says.Verb | Says.Report)) !== 0;
  if (doc.gap[n] !== Gap.Comma && !does && (doc.flags[n] & Flag.InLabel) === 0) return false;
  announced.first = at + 1;
  announced.last = at + 2;
  return lengthOf(doc, at + 1) >= ANNOUNCED_UNITS_MIN && lengthOf(doc, at + 2) >= ANNOUNCED_UNITS_MIN;
}

/** "my name is X", "my name's X", "her daughter's name is X". */
function told(doc: Doc, at: number): Announced {
  if (at === 0 || doc.gap[at] !== Gap.Blank) return Announced.Nobody;
  const possessed = doc.hash[at - 1] === S;
  const related = (doc.lex[at - 1] & Lex.Relation) !== 0;
  if (!possessed && !related && (says(doc, at - 1) & Says.Owner) === 0) return Announced.Nobody;
  if (possessed && at > 1 && (doc.lex[at - 2] & (Lex.Relation | Lex.Role)) === 0) return Announced.Nobody;
  const is = doc.hash[at + 1];
  const so = (is === IS && doc.gap[at + 1] === Gap.Blank) || (is === S && doc.gap[at + 1] === Gap.Apostrophe);
  return so && accept(doc, at + 2, true) ? Announced.Told : Announced.Nobody;
}

/** Behind a greeting: "this is", "it's", "i am", a few small words on. */
function introduced(doc: Doc, from: number): boolean {
  for (let t = from; t - from < BRIDGE_MAX; t++) {
    const gap = doc.gap[t];
    if (gap !== Gap.Blank && gap !== Gap.Comma && gap !== Gap.Apostrophe) return false;
    if (says(doc, t) & Says.Being && accept(doc, t + 1, true)) return true;
    if ((doc.lex[t] & BRIDGE) === 0 && doc.hash[t] !== S) return false;
    if (doc.hash[t] === S && accept(doc, t + 1, true)) return true;
  }
  return false;
}

/** Whether a name in small letters begins at a token and ends as a name does. */
function accept(doc: Doc, first: number, sure: boolean): boolean {
  if (doc.gap[first] !== Gap.Blank || !begins(doc, first, sure)) return false;
  let last = first;
  for (let n = first + 1; n - first < TOKENS_MAX; n++) {
    const gap = doc.gap[n];
    if (doc.shape[n] !== Shape.Lower || (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe)) break;
    if (gap === Gap.Apostrophe && doc.hash[n] === S) break;
    if (!goesOn(doc, n, sure)) break;
    last = n;
  }
  announced.first = first;
  announced.last = last;
  if (endsClause(doc, last)) return true;
  if (doc.gap[last + 1] !== Gap.Blank) return false;
  const next = doc.lex[last + 1];
  if (next & (sure ? Lex.PersonCue | Lex.Function : Lex.PersonCue) || doc.flags[last + 1] & Flag.InLabel) return true;
  return (says(doc, last + 1) & Says.Verb) !== 0;
}

function begins(doc: Doc, t: number, sure: boolean): boolean {
  const lex = doc.lex[t];
  if (doc.shape[t] !== Shape.Lower) return false;
  const units = doc.end[t] - doc.start[t];
  if (lex === 0) return units >= (sure ? TOLD_UNITS_MIN : ANNOUNCED_UNITS_MIN);
  if (!sure) return false;
  if (lex & Lex.GivenTop && doc.lex[t + 1] & NAMED && doc.gap[t + 1] === Gap.Blank) return true;
  if (lex & (Lex.Function | Lex.Common | Lex.PersonCue | Lex.Role | Lex.Relation | Lex.Title)) return false;
  return (lex & GIVEN) !== 0 && (units > TOLD_UNITS_MIN || (lex & Lex.Word) === 0);
}

/** A second name: unknown, listed, or, where somebody says his name, a word that a sentence does not go on with. */
function goesOn(doc: Doc, t: number, sure: boolean): boolean {
  const lex = doc.lex[t];
  if (lex === 0 || lex & Lex.Eponym) return true;
  if (lex & Lex.Particle && (lex & Lex.Function) === 0) return doc.shape[t + 1] === Shape.Lower;
  if (lex & (Lex.Function | Lex.PersonCue | Lex.Role | Lex.Relation | Lex.Title)) return false;
  const ends = endsClause(doc, t) || (doc.lex[t + 1] & Lex.Function) !== 0;
  if (lex & NAMED) return sure ? (lex & Lex.Common) === 0 || ends : (lex & (Lex.Common | Lex.Word)) === 0;
  return false;
}
