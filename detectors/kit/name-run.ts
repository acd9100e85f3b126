/**
 * Runs of tokens that read as one name, joined as people write them: given names, surnames, initials, particles and
 * suffixes ("Ana M. de la Cruz-O'Neil Jr.", "LARKIN, HOPE A"). What a run means is scored elsewhere.
 */
import { CAPITALISED, type Doc, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { reachBack, trim } from './name-edges.js';
import {
  beyondParticles,
  follows,
  invertible,
  isCertified,
  isNickname,
  isSyllable,
  likenessIn,
  sameCase,
  stopsAt,
} from './name-joint.js';
import { Says, says } from './name-words.js';
import {
  canFollow,
  canName,
  GIVEN,
  isDegree,
  isDotted,
  isInitial,
  isParticle,
  isPossessive,
  isPronoun,
  isSuffix,
  likeness,
  SURNAME,
} from './person.js';

/** Tokens of a name, at most. */
const TOKENS_MAX = 7;
/** "So, Denise": no surname. */
const TALK = Says.Discourse | Says.Spoken;
/** Tokens looked back for the beginning of a run. */
const BACK_MAX = 4;

/** Who a name belongs to, as far as its surroundings say. */
export const enum Who {
  Unknown = 0,
  Patient = 1,
  Clinician = 2,
  Relative = 3,
}

/** A run of tokens that reads as one name. */
export interface Run {
  first: number;
  /** Last token, inclusive, suffix included. */
  last: number;
  /** Last token of the name proper. */
  core: number;
  /** Parts set apart by blanks, initials not counted. */
  parts: number;
  initials: number;
  /** Points of the first and of the last part. */
  head: number;
  tail: number;
  /** Classes of the first part, of the last, and those that all tokens share. */
  headLex: number;
  tailLex: number;
  allLex: number;
  /** "Last, First". */
  comma: boolean;
  /** Found out while the run is scored. */
  who: Who;
}

/** What `gather` has read; the next call reuses it. */
export const run: Run = {
  first: 0,
  last: 0,
  core: 0,
  parts: 0,
  initials: 0,
  head: 0,
  tail: 0,
  headLex: 0,
  tailLex: 0,
  allLex: 0,
  comma: false,
  who: Who.Unknown,
};

/** Whether the token goes on a run that began before it; then `read` has been there already. */
export function continues(doc: Doc, at: number): boolean {
  let t = at;
  for (let steps = 0; steps < BACK_MAX && t > 0; steps++) {
    const gap = doc.gap[t];
    const before = t - 1;
    if (gap === Gap.Blank) {
      // Mostly the word before is in small letters, and no name goes on from there.
      if (doc.shape[before] === Shape.Lower && doc.shape[at] !== Shape.Lower && (doc.lex[before] & Lex.Particle) === 0)
        return false;
    } else if (gap !== Gap.Hyphen && gap !== Gap.Apostrophe && !(isInitial(doc, before) && isDotted(doc, before)))
      return false;
    if (canName(doc, before)) return sameCase(doc, before, at);
    if (!isInitial(doc, before) && !isParticle(doc, before)) return false;
    t = before;
  }
  return false;
}

/** Reads the run that begins at a token, with initials and particles before it. Fills `run`. */
export function gather(doc: Doc, at: number, points: number): void {
  const lower = doc.shape[at] === Shape.Lower;
  // Signed: a number beyond 31 bits would be boxed.
  const lex = doc.lex[at] | 0;
  run.first = run.last = run.core = at;
  run.head = run.tail = points;
  run.headLex = run.tailLex = run.allLex = lex;
  run.parts = 1;
  run.initials = 0;
  run.comma = false;
  run.who = Who.Unknown;
  for (let n = at + 1; n - at < TOKENS_MAX; ) {
    const gap = doc.gap[n];
    let next = -1;
    if (gap === Gap.Blank) {
      // A word in small letters goes on a name in capitals only as a particle or as "jr".
      if (!lower && doc.shape[n] === Shape.Lower && (doc.lex[n] & (Lex.Particle | Lex.Credential)) === 0) break;
      next = pastBlank(doc, at, n, lower);
    } else if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Colon) break;
    else if (gap === Gap.Hyphen || gap === Gap.Apostrophe) next = pastTie(doc, n, lower);
    else if (isInitial(doc, run.last) && isDotted(doc, run.last)) next = pastInitial(doc, at, n, lower);
    else if (gap === Gap.Comma) next = pastComma(doc, at, n, lower);
    else if (!lower && (gap === Gap.Quote || gap === Gap.Open || gap === Gap.Close)) next = pastQuote(doc, at, n);
    if (next < 0) break;
    n = next;
  }
  if (run.last > run.core) trim(doc, run);
  if (!lower || doc.gap[at] === Gap.Apostrophe) reachBack(doc, at, run);
}

/** Takes a part of the name in, and says where to read on. */
function take(doc: Doc, n: number, points: number): number {
  run.parts++;
  run.tail = points;
  run.tailLex = doc.lex[n] | 0;
  run.last = run.core = n;
  return n + 1;
}

function pastBlank(doc: Doc, at: number, n: number, lower: boolean): number {
  let points = likenessIn(doc, n, lower);
  if (points === 0 && n === at + 1 && run.head >= 15 && run.headLex & GIVEN) points = follows(doc, at, n, lower);
  // "Calurik Down, RN"
  else if (points === 0 && n === at + 1 && !lower && isCertified(doc, n)) points = canFollow(doc, n) ? 1 : 0;
  if (points > 0) {
    if (stopsAt(doc, n)) return -1;
    run.allLex &= doc.lex[n];
    return take(doc, n, points);
  }
  if (isInitial(doc, n)) return takeInitial(doc, n);
  if (isSuffix(doc, n)) {
    run.last = n;
    return -1;
  }
  // "anna s. is", "darnell k, 29": in lower case an initial has its dot or ends the name.
  const ends = isDotted(doc, n) || (doc.gap[n + 1] === Gap.Comma && !isPronoun(doc, n));
  if (lower && doc.shape[n] === Shape.LowerOne && run.headLex & Lex.GivenTop && ends) {
    run.initials++;
    run.last = n;
    return -1;
  }
  const beyond = beyondParticles(doc, n);
  if (beyond === n || !sameCase(doc, at, beyond)) return -1;
  points = likenessIn(doc, beyond, lower);
  return points > 0 ? take(doc, beyond, points) : -1;
}

function takeInitial(doc: Doc, n: number): number {
  if (isDegree(doc, n)) return -1;
  const after = doc.gap[n + 1];
  // "MILES A DAY"
  if (after === Gap.Blank && isPronoun(doc, n) && likeness(doc, n + 1) < 15) return -1;
  if (
    after === Gap.Hyphen ||
    after === Gap.Slash ||
    (after === Gap.Apostrophe && !isPossessive(doc, n) && !canName(doc, n + 1))
  )
    return -1;
  run.initials++;
  run.last = n;
  return n + 1;
}

/** Behind a hyphen or an apostrophe: "Lark-O'Neil", "Varn-Driftwood", "Min-jun". */
function pastTie(doc: Doc, n: number, lower: boolean): number {
  if (isPossessive(doc, n - 1)) return -1;
  const points = likenessIn(doc, n, lower);
  // O'Silver: whatever is tied to a lone capital.
  const tied =
    isInitial(doc, run.last) || (isInitial(doc, n) && doc.gap[n + 1] === Gap.Apostrophe) || canFollow(doc, n);
  if (points > 0 || (!lower && tied && ((1 << doc.shape[n]) & CAPITALISED) !== 0)) {
    run.allLex &= doc.lex[n];
    run.tail = Math.max(run.tail, points);
    if (run.parts === 1) run.head = run.tail;
  } else if (lower || doc.gap[n] !== Gap.Hyphen || doc.shape[n - 1] !== Shape.Title || !isSyllable(doc, n)) return -1;
  run.last = run.core = n;
  return n + 1;
}

/** Behind the dot of an initial. */
function pastInitial(doc: Doc, at: number, n: number, lower: boolean): number {
  if (isInitial(doc, n)) {
    run.initials++;
    run.last = n;
    return n + 1;
  }
  const beyond = beyondParticles(doc, n);
  let points = likenessIn(doc, beyond, lower);
  if (points === 0 && run.headLex & GIVEN && run.last === at + 1 && canFollow(doc, n)) points = 5;
  return points > 0 ? take(doc, beyond, points) : -1;
}

function pastComma(doc: Doc, at: number, n: number, lower: boolean): number {
  if (isSuffix(doc, n) && (1 << doc.shape[n]) & CAPITALISED) {
    run.last = n;
    return -1;
  }
  // "Riku Andou, Maria Voss" are two people.
  const whole = run.parts > 1 && ((run.headLex & SURNAME) === 0 || (run.headLex & Lex.GivenTop) !== 0);
  if (run.comma || lower || whole || says(doc, at) & TALK || !invertible(doc, at, n)) return -1;
  run.comma = true;
  if (!isInitial(doc, n)) return take(doc, n, likeness(doc, n));
  run.initials++;
  run.last = n;
  return n + 1;
}

/** A nickname in quotes or brackets, and the surname behind it. */
function pastQuote(doc: Doc, at: number, n: number): number {
  const gap = doc.gap[n];
  if (gap !== Gap.Close && isNickname(doc, n)) {
    run.last = n;
    return n + 1;
  }
  if (gap === Gap.Open || run.last === at || doc.gap[run.last] === Gap.Blank) return -1;
  const points = likeness(doc, n);
  return points > 0 ? take(doc, n, points) : -1;
}
