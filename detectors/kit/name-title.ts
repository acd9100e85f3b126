/**
 * The name behind a title: "Dr. van Orven", "Ms. Hope Larkin", "mrs . peterson". A title makes a name of almost any word
 * in capitals; in lower case, of a listed or an unknown one.
 */
import { CAPITALISED, type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { canName, gather, isInitial, isParticle, likeness, NAMED, run, TOPS } from './person.js';
import { wordSet } from './word-table.js';

/** First and last token of a name. */
export interface Named {
  readonly first: number;
  readonly last: number;
  readonly clinical: boolean;
}

/** Titles that nothing else is. */
const TITLES = wordSet('dr drs mr mrs ms mx prof professor mister missus messrs mme mlle sra srta dra doctor miss');
const ABBREVIATED = wordSet('dr drs mr mrs ms mx prof messrs mme mlle sra srta dra');
/** MR and MS are also imaging and a disease, DR a country. */
const AMBIGUOUS = wordSet('mr ms dr');
const CLINICAL_TITLES = wordSet('dr drs doctor dra nurse surgeon');
const DOCTOR = hashOf('doctor');
const MISS = hashOf('miss');
const PRONOUNS = wordSet('a i');
/** A surname in lower case behind a title may be an everyday word, but not one of these. */
const LOWER_BARRED = Lex.Function | Lex.Common | Lex.Role | Lex.PersonCue;
/** An unknown word in lower case behind "doctor". */
const UNKNOWN_UNITS_MIN = 4;
/** Tokens of initials and surname behind a title: "Dr. J. R. Larkin". */
const INITIALS_MAX = 4;

/** The name behind the title at a token, or null. */
export function readTitle(doc: Doc, at: number): Named | null {
  if (!TITLES.has(doc.hash[at])) return null;
  const gap = doc.gap[at + 1];
  if (gap !== Gap.Blank && !((gap === Gap.Stop || gap === Gap.Dot) && ABBREVIATED.has(doc.hash[at]))) return null;
  // "Prof. Dr.": the last title reads.
  if (doc.lex[at + 1] & Lex.Title && TITLES.has(doc.hash[at + 1])) return null;
  const first = at + 1;
  const head = pastParticles(doc, first);
  if (!(((1 << doc.shape[head]) & CAPITALISED) !== 0 ? takesCapital(doc, at, head) : takesLower(doc, at, head)))
    return null;
  const clinical = CLINICAL_TITLES.has(doc.hash[at]);
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
  return !(doc.shape[at] === Shape.Upper && AMBIGUOUS.has(doc.hash[at]) && likeness(doc, t) < 8);
}

/** "mrs peterson", "dr. edwards", but not "ms contin", "doctor said". */
function takesLower(doc: Doc, at: number, t: number): boolean {
  const lex = doc.lex[t];
  if (doc.shape[t] !== Shape.Lower || doc.shape[at] === Shape.Upper || lex & (Lex.Function | Lex.Role | Lex.PersonCue))
    return false;
  const after = doc.gap[t + 1];
  const addressed = (lex & Lex.Surname) !== 0 && !isWordy(doc, at) && (after === Gap.Comma || after === Gap.Stop);
  if (lex & Lex.Common && !addressed) return false;
  if (lex & (Lex.Drug | Lex.Medical) && (lex & Lex.SurnameTop) === 0) return false;
  if (lex & Lex.Word && (lex & NAMED) === 0) return false;
  if (!isWordy(doc, at)) return true;
  if (doc.hash[at] === DOCTOR && (lex & (Lex.Word | Lex.NameRare)) === 0)
    return doc.end[t] - doc.start[t] >= UNKNOWN_UNITS_MIN;
  return (lex & TOPS) !== 0 && (lex & Lex.NameRare) === 0;
}

/** Titles that are everyday words too. */
function isWordy(doc: Doc, at: number): boolean {
  return doc.hash[at] === DOCTOR || doc.hash[at] === MISS;
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
    if (!isInitial(doc, n) || PRONOUNS.has(doc.hash[n])) break;
    last = n;
  }
  return last;
}
