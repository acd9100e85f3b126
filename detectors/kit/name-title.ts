/**
 * The name behind a title: "Dr. van Orven", "Ms. Hope Larkin", "mrs . peterson". A title makes a name of almost any word
 * in capitals; in lower case, of a listed or an unknown one.
 */
import { CAPITALISED, type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { endsClause } from './name-joint.js';
import { gather, run } from './name-run.js';
import { Says, says } from './name-words.js';
import { canName, isInitial, isParticle, isPronoun, likeness, NAMED, TOPS } from './person.js';

/** First and last token of a name. */
export interface Named {
  readonly first: number;
  readonly last: number;
  readonly clinical: boolean;
}

/** Miss, doctor, nurse: everyday words too. */
const DOCTOR = hashOf('doctor');
const MISS = hashOf('miss');
const NURSE = hashOf('nurse');
/** A surname in lower case behind a title may be an everyday word, but not one of these. */
const LOWER_BARRED = Lex.Function | Lex.Common | Lex.Role | Lex.PersonCue;
/** An unknown word in lower case behind "doctor". */
const UNKNOWN_UNITS_MIN = 4;
/** Tokens of initials and surname behind a title: "Dr. J. R. Larkin". */
const INITIALS_MAX = 4;

/** The name behind the title at a token, or null. */
export function readTitle(doc: Doc, at: number): Named | null {
  const title = says(doc, at);
  if ((title & Says.Title) === 0) return null;
  const gap = doc.gap[at + 1];
  if (gap !== Gap.Blank && !((gap === Gap.Stop || gap === Gap.Dot) && title & Says.Abbreviated)) return null;
  // "Prof. Dr.": the last title reads.
  if (doc.lex[at + 1] & Lex.Title && says(doc, at + 1) & Says.Title) return null;
  const first = at + 1;
  const head = pastParticles(doc, first);
  if (!(((1 << doc.shape[head]) & CAPITALISED) !== 0 ? takesCapital(doc, at, head) : takesLower(doc, at, head)))
    return null;
  const clinical = (title & Says.Clinician) !== 0;
  if (isInitial(doc, head)) return { first, last: pastInitials(doc, head), clinical };
  gather(doc, head, 20);
  const after = run.last + 1;
  return { first, last: run.last, clinical: clinical || (isDegree(doc, after) && doc.gap[after] !== Gap.Line) };
}

function isDegree(doc: Doc, at: number): boolean {
  return (doc.lex[at] & Lex.Credential) !== 0 && doc.shape[at] === Shape.Upper;
}

function pastParticles(doc: Doc, at: number): number {
  let t = at;
  while (isParticle(doc, t) && t - at < 3) {
    const gap = doc.gap[t + 1];
    if (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe) break;
    t++;
  }
  return t;
}

/** "Dr. Stone", but not "Dr. Visit", "MR Angiography", "DR Congo". */
function takesCapital(doc: Doc, at: number, t: number): boolean {
  const lex = doc.lex[t];
  if (lex & Lex.Eponym) return true;
  if (lex & NAMED) {
    if (lex & Lex.Function && doc.gap[t + 1] !== Gap.Blank) return false;
    if (lex & (Lex.Country | Lex.State) && (lex & TOPS) === 0) return false;
  } else {
    if (lex & (LOWER_BARRED | Lex.Facility | Lex.Medical | Lex.Drug | Lex.Country | Lex.State)) return false;
    if (lex & Lex.Word && isWordy(doc, at)) return false;
  }
  if (isInitial(doc, t)) return true;
  return !(doc.shape[at] === Shape.Upper && says(doc, at) & Says.Ambiguous && likeness(doc, t) < 8);
}

/** "mrs peterson", "dr. edwards", "nurse grace said", but not "ms contin", "doctor said". */
function takesLower(doc: Doc, at: number, t: number): boolean {
  const lex = doc.lex[t];
  if (doc.shape[t] !== Shape.Lower || doc.shape[at] === Shape.Upper || lex & (Lex.Function | Lex.Role | Lex.PersonCue))
    return false;
  const wordy = isWordy(doc, at);
  const ends = endsClause(doc, t);
  if (lex & Lex.Common && (wordy || !ends || (lex & Lex.Surname) === 0)) return false;
  if (lex & (Lex.Drug | Lex.Medical) && (lex & Lex.SurnameTop) === 0) return false;
  if (lex & Lex.Word && (lex & NAMED) === 0) return false;
  if (!wordy) return true;
  // "nurse rosintor said", "this is nurse brook"
  if ((lex === 0 || lex & NAMED) && (says(doc, t + 1) & Says.Report || (ends && isIntroduced(doc, at)))) return true;
  if (lex & Lex.Word && doc.hash[at] === NURSE) return false;
  if (doc.hash[at] === MISS || lex & Lex.Word) return (lex & TOPS) !== 0 && (lex & Lex.NameRare) === 0;
  if (doc.hash[at] === NURSE) return (lex & NAMED) !== 0 && ends;
  return (lex & Lex.NameRare) === 0 && doc.end[t] - doc.start[t] >= UNKNOWN_UNITS_MIN;
}

/** "i am doctor strong", "this is nurse brook". */
function isIntroduced(doc: Doc, at: number): boolean {
  return at > 0 && doc.gap[at] !== Gap.Leaf && (says(doc, at - 1) & Says.Being) !== 0;
}

/** Titles that are everyday words too. */
function isWordy(doc: Doc, at: number): boolean {
  return doc.hash[at] === DOCTOR || doc.hash[at] === MISS || doc.hash[at] === NURSE;
}

/** Last token of "J. R. Larkin" or of initials alone. */
function pastInitials(doc: Doc, at: number): number {
  let last = at;
  for (let n = at + 1; n - at < INITIALS_MAX; n++) {
    const gap = doc.gap[n];
    if (gap !== Gap.Stop && gap !== Gap.Dot && gap !== Gap.Blank && gap !== Gap.Apostrophe) break;
    if (canName(doc, n) && doc.shape[n] !== Shape.Lower) {
      gather(doc, n, 20);
      return run.last;
    }
    // "Dr. K. So"
    if (gap !== Gap.Blank && doc.shape[n] === Shape.Title && doc.lex[n] & NAMED && endsClause(doc, n)) return n;
    if (!isInitial(doc, n) || isPronoun(doc, n)) break;
    last = n;
  }
  return last;
}
