/**
 * What stands after a run of name-like tokens, in points: a degree, an age, a verb that people do, the next field's name.
 */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { type Run, Who } from './name-run.js';
import { Says, says } from './name-words.js';
import { isPossessive, NAMED } from './person.js';

/** Points of evidence. */
const W = {
  credential: 35,
  aged: 38,
  fieldAfter: 18,
  inBrackets: 25,
  reports: 33,
  verbAfter: 25,
  verb: 15,
  past: 8,
  specialty: 20,
  speaker: 20,
  turn: 15,
  subject: 8,
  possessive: 8,
  possessiveGiven: 30,
  called: -30,
};

const PERSON_BEFORE = Lex.Title | Lex.Role | Lex.Relation;
const BORN = hashOf('born');
const NEWBORN = hashOf('newborn');
/** Tokens between a name and an age. */
const AGE_TOKENS_MAX = 6;
const LETTER_E = 0x65;
const LETTER_D = 0x64;
const LETTER_F = 0x66;
const LETTER_M = 0x6d;
const LETTER_Y = 0x79;

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
  const thing = (r.allLex & Lex.Eponym) !== 0 && r.parts === 1;
  if (said & Says.Report) return points + W.reports;
  if (lex & Lex.PersonCue && (said & Says.Greeting) === 0) points += thing ? 0 : W.verbAfter;
  else if (said & Says.Verb)
    points += doc.hash[t + 1] === BORN && doc.gap[t + 1] === Gap.Blank ? W.reports : W.verb;
  else if (
    r.parts > 1 &&
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
  const given = r.parts === 1 && r.headLex & Lex.GivenTop && (r.headLex & (Lex.Month | Lex.Eponym | Lex.Common)) === 0;
  return given && doc.shape[r.core] === Shape.Title ? W.possessiveGiven : W.possessive;
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

function beforeColon(doc: Doc, r: Run, t: number): number {
  // "Nurse Beryl: no problem"
  if (r.first > 0 && doc.lex[r.first - 1] & PERSON_BEFORE && doc.gap[r.first] === Gap.Blank) return W.speaker;
  // A speaker: "Denise: I fell."
  const digits = doc.shape[t] >= Shape.Digits1;
  return r.parts === 1 && r.head >= 30 && doc.flags[r.first] & Flag.LineStart && !digits ? W.turn : 0;
}

/** Whether an age follows: "is a pleasant 45-year-old", ", 45", "(45F", "aged 12". */
function isAged(doc: Doc, at: number): boolean {
  for (let t = at; t - at < AGE_TOKENS_MAX; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || (gap === Gap.Line && t > at)) return false;
    const shape = doc.shape[t];
    if (shape >= Shape.Digits1 && shape <= Shape.Digits3) {
      const unit = says(doc, t + 1);
      if (unit & Says.Year && doc.gap[t + 1] !== Gap.Leaf && (t > at || (unit & Says.Day) === 0)) return true;
      return (
        t === at &&
        shape < Shape.Digits3 &&
        (gap === Gap.Comma || gap === Gap.Open) &&
        (doc.gap[t + 1] === Gap.Comma || doc.gap[t + 1] === Gap.Close)
      );
    }
    if (shape === Shape.AlnumShort) return isAge(doc, t);
    if (doc.hash[t] === NEWBORN) return t > at;
    if ((says(doc, t) & Says.AgeBridge) === 0) return false;
  }
  return false;
}

/** 45yo, 70M, 3F: up to three digits, then the sex or what years are counted in. */
export function isAge(doc: Doc, at: number): boolean {
  const end = doc.end[at];
  let i = doc.start[at];
  while (i < end && doc.text[i] >= 0x30 && doc.text[i] <= 0x39) i++;
  if (i === doc.start[at] || i >= end) return false;
  const first = doc.text[i] | 32;
  if (first === LETTER_F || first === LETTER_M) return i + 1 === end;
  return first === LETTER_Y;
}
