/**
 * A first look at a lone word that could be a name and mostly is none ("May", "Will", an eponym, an unknown word): what it
 * could have in points at best, given its neighbours. Scoring would come to the same answer; this is only sooner.
 */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { isAge } from './name-age.js';
import { pointsOf, Says, says } from './name-words.js';
import { GIVEN, NAMED, QUIET } from './person.js';

/** Words with more points may be names by themselves. */
export const DOUBTFUL_MAX = 25;

/** More than any evidence that is told here without being weighed. */
const ENOUGH = 100;
/** At most what a capital in the middle of a sentence is worth. */
const MID_SENTENCE = 20;
/** At most what these are worth; see the weights of what stands before and after. */
const REPORT = 36;
const VERB = 25;
const PAST = 10;
const LINK = 18;
const HANDLED = 24;
const DESCRIBED = 25;

const bits = (...gaps: Gap[]): number => gaps.reduce((mask, gap) => mask | (1 << gap), 0);
/** Behind these another part of the name may stand, or a nickname. */
const TIES = bits(Gap.Hyphen, Gap.Open, Gap.Quote, Gap.Dot);
/** Before and behind these a whole line is one field. */
const LINES = bits(Gap.Line, Gap.Leaf);
const FIELDS = bits(Gap.Line, Gap.Leaf, Gap.Colon, Gap.Pipe);
/** What a second name may be, if it is no name by itself. */
const JOINABLE = QUIET | Lex.Word;
const SPEAKS = Lex.Title | Lex.Role | Lex.Relation | Lex.PersonCue | Lex.Credential | Lex.Particle;
/** Before a small word, worth more than can be told here. */
const SAID = Lex.PersonCue | Lex.Role | Lex.Relation | Lex.Function;
const AND = hashOf('and');
const LETTER_D = 0x64;

/** The most points that a word with so many of its own may come to, alone or with its neighbours. */
export function prospect(doc: Doc, at: number, points: number): number {
  const led = (doc.flags[at] & Flag.SentenceStart) === 0 && doc.shape[at] !== Shape.Upper;
  return points + (led ? MID_SENTENCE : 0) + after(doc, at) + before(doc, at);
}

function after(doc: Doc, at: number): number {
  const n = at + 1;
  const gap = doc.gap[n];
  const shape = doc.shape[n];
  if ((1 << gap) & LINES && (1 << doc.gap[at]) & FIELDS) return ENOUGH;
  if (gap === Gap.Leaf) return 0;
  const lex = doc.lex[n] | 0;
  // "Jackson-Pratt"
  if ((1 << gap) & TIES) return gap === Gap.Hyphen && doc.lex[at] & lex & Lex.Eponym ? 0 : ENOUGH;
  if (gap === Gap.Apostrophe) return (1 << shape) & CAPITALISED || doc.lex[at] & GIVEN ? ENOUGH : PAST;
  if (shape >= Shape.Digits1) return isYears(doc, n, gap, shape) ? ENOUGH : 0;
  if (doc.flags[n] & Flag.InLabel || lex & Lex.Credential) return ENOUGH;
  if ((1 << shape) & CAPITALISED) return (gap === Gap.Blank || gap === Gap.Comma) && joins(lex, shape) ? ENOUGH : 0;
  if (doc.shape[at] === Shape.Lower && (gap === Gap.Comma || lex === 0 || lex & NAMED || shape === Shape.LowerOne))
    return ENOUGH;
  if (gap !== Gap.Blank) return says(doc, n) & Says.AgeBridge ? ENOUGH : 0;
  return does(doc, at, n, lex);
}

/** What goes on in small letters. */
function does(doc: Doc, at: number, n: number, lex: number): number {
  if (lex & Lex.Particle) return ENOUGH;
  if (doc.hash[n] === AND) return doc.lex[n + 1] & GIVEN ? VERB : 0;
  const said = says(doc, n);
  if (said & (Says.Report | Says.Verb)) return REPORT;
  if (lex & Lex.PersonCue) return VERB;
  return doc.text[doc.end[n] - 1] === LETTER_D && doc.lex[at] & NAMED ? PAST : 0;
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

function before(doc: Doc, at: number): number {
  const gap = doc.gap[at];
  if (gap === Gap.Leaf) return 0;
  const p = at - 1;
  const lex = doc.lex[p] | 0;
  // "Pt. Hope", "B. Will"
  if (gap === Gap.Stop) return lex & Lex.Role || doc.shape[p] === Shape.UpperOne ? ENOUGH : 0;
  if (gap === Gap.Line) return doc.flags[p] & Flag.LineStart || lex & Lex.PersonCue ? ENOUGH : 0;
  if (lex & SPEAKS || doc.shape[p] === Shape.UpperOne) return ENOUGH;
  if (gap !== Gap.Blank && gap !== Gap.Comma) return ENOUGH;
  if (doc.shape[p] === Shape.AlnumShort) return isAge(doc, p) ? DESCRIBED : 0;
  const said = says(doc, p);
  if (said === 0) return 0;
  // "thank you, Lizzy", "his name is", "this is"
  if (p > 0 && doc.lex[p - 1] & SAID) return ENOUGH;
  const small = pointsOf(said) + (said & Says.Link ? LINK : 0);
  return small + (said & Says.Handles ? HANDLED : 0) + (said & Says.Sex ? DESCRIBED : 0);
}
