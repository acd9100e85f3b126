/**
 * A first look at a lone word that could be a name and mostly is none ("May", "Will", an eponym, an unknown word): whether
 * anything beside it could carry it. Scoring would come to the same answer; this is only sooner.
 */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { isAge } from './name-age.js';
import { pointsOf, Says, says } from './name-words.js';
import { GIVEN, NAMED, QUIET } from './person.js';

/** Words with more points may be names by themselves. */
export const DOUBTFUL_MAX = 25;

const bits = (...gaps: Gap[]): number => gaps.reduce((mask, gap) => mask | (1 << gap), 0);
/** Behind these another part of the name may stand, or a nickname. */
const TIES = bits(Gap.Hyphen, Gap.Open, Gap.Quote, Gap.Dot);
/** Before and behind these a whole line is one field. */
const LINES = bits(Gap.Line, Gap.Leaf);
const FIELDS = bits(Gap.Line, Gap.Leaf, Gap.Colon, Gap.Pipe);
/** What a second name may be, if it is no name by itself. */
const JOINABLE = QUIET | Lex.Word;
const SPEAKS = Lex.Title | Lex.Role | Lex.Relation | Lex.PersonCue | Lex.Credential | Lex.Particle;
/** Of "walked" and "and". */
const LETTER_D = 0x64;
const DOES = Says.Report | Says.Verb;

/** Whether a name of few points may yet be one, alone or with its neighbours. */
export function hasProspect(doc: Doc, at: number): boolean {
  return speaksAfter(doc, at) || speaksBefore(doc, at);
}

function speaksAfter(doc: Doc, at: number): boolean {
  const n = at + 1;
  const gap = doc.gap[n];
  const shape = doc.shape[n];
  if ((1 << gap) & LINES && (1 << doc.gap[at]) & FIELDS) return true;
  if (gap === Gap.Leaf) return false;
  const lex = doc.lex[n] | 0;
  // "Jackson-Pratt"
  if ((1 << gap) & TIES) return gap !== Gap.Hyphen || (doc.lex[at] & lex & Lex.Eponym) === 0;
  if (gap === Gap.Apostrophe) return ((1 << shape) & CAPITALISED) !== 0 || (doc.lex[at] & GIVEN) !== 0;
  if (shape >= Shape.Digits1) return isYears(doc, n, gap, shape);
  if (doc.flags[n] & Flag.InLabel || lex & Lex.Credential) return true;
  if ((1 << shape) & CAPITALISED) return (gap === Gap.Blank || gap === Gap.Comma) && joins(lex, shape);
  if (doc.shape[at] === Shape.Lower && (gap === Gap.Comma || lex === 0 || lex & NAMED || shape === Shape.LowerOne))
    return true;
  if (
    gap === Gap.Blank &&
    (lex & (Lex.PersonCue | Lex.Particle) || (doc.lex[at] & NAMED && doc.text[doc.end[n] - 1] === LETTER_D))
  )
    return true;
  return (says(doc, n) & (gap === Gap.Blank ? DOES : Says.AgeBridge)) !== 0;
}

/** Whether the number behind a word may be somebody's age. */
function isYears(doc: Doc, n: number, gap: number, shape: number): boolean {
  if (shape === Shape.AlnumShort) return isAge(doc, n);
  return gap !== Gap.Blank || (says(doc, n + 1) & Says.Year) !== 0;
}

/** Whether a capitalised word may be a second name. */
function joins(lex: number, shape: number): boolean {
  return shape === Shape.UpperOne || (lex & ~JOINABLE) === 0 || (lex & (NAMED | Lex.Eponym | Lex.Particle)) !== 0;
}

function speaksBefore(doc: Doc, at: number): boolean {
  const gap = doc.gap[at];
  if (gap === Gap.Leaf) return false;
  const p = at - 1;
  const lex = doc.lex[p];
  // "Pt. Hope", "B. Will"
  if (gap === Gap.Stop) return (lex & Lex.Role) !== 0 || doc.shape[p] === Shape.UpperOne;
  if (gap === Gap.Line) return (lex & Lex.PersonCue) !== 0;
  if (lex & SPEAKS || doc.shape[p] === Shape.UpperOne || doc.shape[p] === Shape.AlnumShort) return true;
  const said = says(doc, p);
  return pointsOf(said) > 0 || (said & (Says.Sex | Says.Handles)) !== 0 || (gap !== Gap.Blank && gap !== Gap.Comma);
}
