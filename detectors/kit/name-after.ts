/**
 * What stands after a run of name-like tokens, in points: a degree, an age, a verb that people do, the next field's name.
 */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { isAged } from './name-age.js';
import { type Run, Who } from './name-run.js';
import { Says, says } from './name-words.js';
import { GIVEN, isPossessive, likeness, NAMED } from './person.js';

/** Points of evidence. */
const W = {
  credential: 35,
  aged: 38,
  fieldAfter: 18,
  inBrackets: 25,
  reports: 36,
  verbAfter: 25,
  verb: 15,
  verbPure: 25,
  past: 10,
  paired: 15,
  inverted: 18,
  specialty: 20,
  speaker: 20,
  turn: 15,
  subject: 8,
  possessive: 8,
  possessiveGiven: 30,
  called: -30,
};

const PERSON_BEFORE = Lex.Title | Lex.Role | Lex.Relation;
/** What else a name may mean. */
const MEANINGS = Lex.Word | Lex.Medical | Lex.Drug | Lex.CityTop | Lex.Eponym | Lex.Country | Lex.State | Lex.Demonym;
const AND = hashOf('and');
const BORN = hashOf('born');
const LETTER_E = 0x65;
const LETTER_D = 0x64;

export function pointsAfter(doc: Doc, r: Run): number {
  const t = r.last + 1;
  const gap = doc.gap[t];
  if (gap === Gap.Leaf) return 0;
  const lex = doc.lex[t];
  const shape = doc.shape[t];
  let points = 0;
  if (
    lex & Lex.Credential &&
    (gap === Gap.Comma || gap === Gap.Blank) &&
    shape !== Shape.Lower &&
    shape !== Shape.LowerOne &&
    (lex & NAMED) === 0
  ) {
    r.who = Who.Clinician;
    points = W.credential;
  } else if (gap === Gap.Stop && doc.shape[r.last] === Shape.UpperOne) return 0;
  if (isAged(doc, t)) {
    if (r.who === Who.Unknown) r.who = Who.Patient;
    return points + W.aged;
  }
  if (gap === Gap.Line) return points;
  if (gap === Gap.Blank) return points + afterBlank(doc, r, t);
  if (doc.flags[t] & Flag.InLabel && gap !== Gap.Stop) points += W.fieldAfter;
  if (gap === Gap.Apostrophe) return points + possessed(doc, r);
  if (gap === Gap.Comma && shape !== Shape.Title && lex & (Lex.Medical | Lex.Role) && r.parts > 1)
    return points + W.specialty;
  if (gap === Gap.Open) return points + bracketed(doc, r, t);
  if (gap === Gap.Colon) return points + beforeColon(doc, r, t);
  return points;
}

/** What goes on in the same breath. */
function afterBlank(doc: Doc, r: Run, t: number): number {
  const lex = doc.lex[t];
  let points = doc.flags[t] & Flag.InLabel && (1 << doc.shape[t]) & CAPITALISED ? W.fieldAfter : 0;
  if (doc.shape[t] !== Shape.Lower) return points;
  const said = says(doc, t);
  const pure = (r.headLex & NAMED) !== 0 && (r.headLex & MEANINGS) === 0;
  const title = doc.shape[r.core] === Shape.Title;
  const thing = (r.allLex & Lex.Eponym) !== 0 && r.parts === 1;
  if (said & Says.Report) return points + W.reports;
  if (lex & Lex.PersonCue && (said & Says.Greeting) === 0) points += thing ? 0 : W.verbAfter;
  else if (said & Says.Verb)
    points +=
      doc.hash[t + 1] === BORN && doc.gap[t + 1] === Gap.Blank ? W.reports : pure && title ? W.verbPure : W.verb;
  else if (doc.hash[t] === AND) points += isPaired(doc, r, t + 1) ? W.paired : 0;
  else if (
    (pure || r.parts > 1) &&
    doc.text[doc.end[t] - 1] === LETTER_D &&
    doc.text[doc.end[t] - 2] === LETTER_E &&
    (lex & Lex.Medical) === 0
  )
    points += W.past;
  if (r.initials > 0) points += W.subject;
  return points;
}

function possessed(doc: Doc, r: Run): number {
  if (!isPossessive(doc, r.last)) return 0;
  const top = r.headLex & Lex.GivenTop && (r.headLex & (Lex.Month | Lex.Eponym | Lex.Common)) === 0;
  const given = top || (r.headLex & GIVEN && (r.headLex & MEANINGS) === 0);
  return r.parts === 1 && given && doc.shape[r.core] === Shape.Title ? W.possessiveGiven : W.possessive;
}

/** Brackets behind a name: what somebody is or when they were born, but not the arguments of a function. */
function bracketed(doc: Doc, r: Run, t: number): number {
  if (doc.start[t] - doc.end[r.last] === 1) return W.called;
  const tells = (doc.lex[t] & (PERSON_BEFORE | Lex.Credential)) !== 0 && doc.shape[t] !== Shape.LowerOne;
  const born =
    (doc.shape[t] === Shape.Digits1 || doc.shape[t] === Shape.Digits2) &&
    (doc.gap[t + 1] === Gap.Slash || doc.gap[t + 1] === Gap.Hyphen);
  return tells || (born && r.parts > 1) || says(doc, t) & Says.Pronouns ? W.inBrackets : 0;
}

/** "Denise and Robert were": two given names. */
function isPaired(doc: Doc, r: Run, t: number): boolean {
  if ((r.headLex & GIVEN) === 0 || r.headLex & Lex.Eponym || doc.gap[t] !== Gap.Blank) return false;
  return (doc.lex[t] & GIVEN) !== 0 && likeness(doc, t) >= 20;
}

function beforeColon(doc: Doc, r: Run, t: number): number {
  // "Larkin, Hope: reports"
  if (r.comma && doc.flags[r.first] & Flag.LineStart) return W.inverted;
  // "Nurse Beryl: no problem"
  if (r.first > 0 && doc.lex[r.first - 1] & PERSON_BEFORE && doc.gap[r.first] === Gap.Blank) return W.speaker;
  // A speaker: "Denise: I fell."
  const digits = doc.shape[t] >= Shape.Digits1;
  return r.parts === 1 && r.head >= 30 && doc.flags[r.first] & Flag.LineStart && !digits ? W.turn : 0;
}
