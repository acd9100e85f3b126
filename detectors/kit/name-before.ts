/**
 * What stands before a run of name-like tokens, in points: titles, roles, relations, verbs that take a person, small
 * words, an age. Says also whose name it is.
 */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { isAge } from './name-age.js';
import { type Run, Who } from './name-run.js';
import { pointsOf, Says, says } from './name-words.js';
import { GIVEN, likeness, NAMED } from './person.js';
import { WordSet } from './word-set.js';

/** Points of evidence. */
const W = {
  title: 35,
  role: 30,
  relation: 30,
  greeting: 40,
  cue: 18,
  cueListed: 20,
  cueUnlisted: 24,
  handled: 14,
  handledSurname: 20,
  room: 33,
  named: 35,
  isRole: 25,
  thisIs: 16,
  link: 12,
  linkGiven: 17,
  recordOf: 18,
  described: 25,
  describedUnlisted: 12,
  paired: 10,
  dash: 10,
  otherLabel: -45,
  place: -30,
};

/** Gaps that a small word before a name may be set apart by. */
const NEAR =
  (1 << Gap.Blank) | (1 << Gap.Apostrophe) | (1 << Gap.Slash) | (1 << Gap.Comma) | (1 << Gap.Quote) | (1 << Gap.Colon);
/** What makes the token before worth a look at all. */
const TELLING = Lex.Title | Lex.Role | Lex.Relation | Lex.PlaceWord | Lex.PersonCue | Lex.Credential | Lex.Function;
const LETTER_S = 0x73;
const GREATER_THAN = 0x3e;
const YOU = hashOf('you');
const NAME = hashOf('name');
const IS = hashOf('is');
const AND = hashOf('and');
const OF = hashOf('of');
const FOR = hashOf('for');
const DRS = hashOf('drs');
const THIS = hashOf('this');
/** What is somebody's: "the chart of", "labs for". */
const RECORDS = new WordSet(
  'chart charts record records case file files note notes lab labs result results history care visit summary behalf request order orders ' +
    'meds refill refills dose dosing appointment referral letter update report message form consult discharge transfer admission',
);
const TAGS = new WordSet('name given family first last middle patient surname forename firstname lastname fullname');
const ROOMS = new WordSet('bed room rm');
/** Words between an age and the name behind it: "58 yo Hispanic F". */
const DESCRIPTION_MAX = 4;
/** Points of a name that another is coordinated with. */
const PAIRED_MIN = 20;

export function pointsBefore(doc: Doc, r: Run, lower: boolean): number {
  const gap = doc.gap[r.first];
  const own = doc.owner[r.first] || doc.owner[r.core];
  if (own !== 0 && gap !== Gap.Stop) {
    const category = doc.labels[own].category;
    if (category === 'geography' || category === null) return W.otherLabel;
  }
  const p = r.first - 1;
  if (gap === Gap.Leaf || p < 0 || doc.shape[p] === Shape.Redacted) return 0;
  const lex = doc.lex[p];
  if (gap === Gap.Line)
    return says(doc, p) & Says.Greeting && (lex & Lex.PersonCue || doc.flags[p] & Flag.LineStart) ? W.greeting : 0;
  if (gap === Gap.Stop && (lex & Lex.PlaceWord) === 0 && (doc.end[p] - doc.start[p] > 4 || (lex & Lex.Role) === 0))
    return 0;
  const somebody = (lex & (Lex.Role | Lex.Relation)) !== 0;
  if (lex & Lex.Title && !(somebody && (lower || gap === Gap.Comma))) return afterTitle(doc, r, p);
  if (somebody) return afterRole(doc, r, p, lower);
  if (lex & TELLING) {
    if (
      lex & Lex.PlaceWord &&
      (1 << doc.shape[p]) & CAPITALISED &&
      doc.end[p] - doc.start[p] > 1 &&
      (gap === Gap.Blank || gap === Gap.Stop)
    )
      return W.place;
    if (lower && doc.gap[r.last + 1] === Gap.Blank && says(doc, r.last + 1) & Says.People) return 0;
    if (lex & Lex.PersonCue && gap !== Gap.Stop) {
      if (says(doc, p) & Says.Greeting) return W.greeting;
      if (gap !== Gap.Blank && gap !== Gap.Colon) return 0;
      if (r.headLex & Lex.SurnameTop) return W.cueListed;
      return r.headLex === 0 && !lower && says(doc, p) & Says.Handles ? W.cueUnlisted : W.cue;
    }
  }
  if (!lower && isDescribed(doc, p, gap)) return r.parts > 1 || r.headLex & NAMED ? W.described : W.describedUnlisted;
  if (((1 << gap) & NEAR) === 0) return gap === Gap.Other && isTagged(doc, r.first) ? W.named : 0;
  if (lex & Lex.Credential && doc.shape[p] === Shape.Upper && gap === Gap.Blank && isClinician(doc, p)) {
    r.who = Who.Clinician;
    return W.role;
  }
  return afterSmall(doc, r, p, lower);
}

function isClinician(doc: Doc, at: number): boolean {
  return (says(doc, at) & Says.Clinician) !== 0;
}

function afterTitle(doc: Doc, r: Run, p: number): number {
  // "DR Congo"
  if (r.parts === 1 && r.headLex & Lex.Country && (r.headLex & Lex.GivenTop) === 0) return 0;
  if (doc.gap[r.first] === Gap.Comma) return 0;
  // "16 Fr Foley"
  if (p > 0 && doc.shape[p - 1] >= Shape.Digits1 && r.headLex & Lex.Eponym) return 0;
  if (isClinician(doc, p)) r.who = Who.Clinician;
  return W.title;
}

function afterRole(doc: Doc, r: Run, p: number, lower: boolean): number {
  const gap = doc.gap[r.first];
  const role = (doc.lex[p] & Lex.Role) !== 0;
  if (gap === Gap.Comma && lower) return 0;
  attribute(doc, r, p);
  // "outpatient young adults"
  if (lower && role && r.headLex & Lex.Word && r.parts === 1 && gap === Gap.Blank) return 0;
  // "Mother - Eczema", "Patient: Ohh": a word that is no listed name may be anything there.
  if ((gap === Gap.Dash || gap === Gap.Colon) && r.parts === 1 && (r.headLex & NAMED) === 0) {
    const after = doc.gap[r.last + 1];
    if (gap === Gap.Dash || (after !== Gap.Line && after !== Gap.Leaf)) return W.dash;
  }
  // "patients may bill", but "sons Amos and Eli"
  if ((doc.text[doc.end[p] - 1] | 32) === LETTER_S && (lower || role || (r.headLex & GIVEN) === 0)) return 0;
  return role ? W.role : W.relation;
}

/** Behind a small word, or one that says nothing by itself. */
function afterSmall(doc: Doc, r: Run, p: number, lower: boolean): number {
  const said = says(doc, p);
  let points = pointsOf(said);
  if (said & Says.Handles && !lower && doc.gap[r.first] === Gap.Blank)
    points +=
      r.headLex & Lex.SurnameTop ? W.handledSurname : r.head >= 20 ? W.handled : r.headLex === 0 ? W.cueUnlisted : 0;
  if (doc.gap[r.first] === Gap.Colon && doc.shape[p] <= Shape.Digits3 && isRoom(doc, p)) points += W.room;
  if (p === 0 || doc.gap[p] === Gap.Leaf || doc.gap[p] === Gap.Line) return points;
  const q = p - 1;
  const beyond = says(doc, q);
  if (doc.hash[p] === YOU && beyond & Says.Greeting) return W.greeting;
  if (doc.hash[p] === IS) {
    if (doc.hash[q] === NAME) return W.named;
    if (doc.lex[q] & (Lex.Role | Lex.Relation)) {
      attribute(doc, r, q);
      return W.isRole;
    }
    if (doc.hash[q] === THIS) return W.thisIs;
  }
  if (doc.hash[p] === AND && q > 0 && doc.hash[q - 1] === DRS) return W.title;
  if (doc.hash[p] === AND && !lower && r.headLex & GIVEN && likeness(doc, q) >= PAIRED_MIN) points += W.paired;
  if (said & Says.Link && (beyond & Says.Greeting) === 0 && doc.lex[q] & (Lex.PersonCue | Lex.Role))
    points += !lower && (r.headLex & Lex.GivenTop || (r.headLex === 0 && beyond & Says.Handles)) ? W.linkGiven : W.link;
  if (
    (doc.hash[p] === OF || doc.hash[p] === FOR) &&
    RECORDS.has(doc.hash[q] | 0) &&
    (r.parts > 1 || (r.headLex & Lex.Word) === 0)
  )
    points += W.recordOf;
  return points;
}

/** `<family>Okafor</family>` */
function isTagged(doc: Doc, at: number): boolean {
  return doc.text[doc.start[at] - 1] === GREATER_THAN && TAGS.has(doc.hash[at - 1] | 0);
}

/** "Bed 4: Okafor" */
function isRoom(doc: Doc, at: number): boolean {
  return doc.shape[at] >= Shape.Digits1 && at > 0 && doc.gap[at] === Gap.Blank && ROOMS.has(doc.hash[at - 1] | 0);
}

function attribute(doc: Doc, r: Run, at: number): void {
  if (doc.lex[at] & Lex.Relation) r.who = Who.Relative;
  else r.who = isClinician(doc, at) ? Who.Clinician : Who.Patient;
}

/** "24F", "58 yo M", "45-year-old woman,": somebody has just been described. */
function isDescribed(doc: Doc, p: number, gap: number): boolean {
  if (gap !== Gap.Blank && gap !== Gap.Comma && gap !== Gap.Dash && gap !== Gap.Open) return false;
  if (doc.shape[p] === Shape.AlnumShort) return isAge(doc, p);
  if ((says(doc, p) & Says.Sex) === 0) return false;
  for (let q = p - 1; q >= 0 && p - q <= DESCRIPTION_MAX; q--) {
    const between = doc.gap[q + 1];
    if (between === Gap.Leaf || between === Gap.Line) return false;
    const shape = doc.shape[q];
    if (shape === Shape.AlnumShort) return isAge(doc, q);
    if (shape >= Shape.Digits1 && shape <= Shape.Digits3) return true;
    if ((says(doc, q) & (Says.Sex | Says.Year)) === 0 && (doc.lex[q] & Lex.Demonym) === 0) return false;
  }
  return false;
}
