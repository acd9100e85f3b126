/**
 * Tokens that can be part of a person's name, and runs of them: given names, surnames, initials, particles, suffixes,
 * joined as people write them ("Ana M. de la Cruz-O'Neil Jr.", "LARKIN, HOPE A"). What a run means is scored elsewhere.
 */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { wordSet } from './word-table.js';

export const GIVEN = Lex.GivenTop | Lex.Given;
export const SURNAME = Lex.SurnameTop | Lex.Surname;
export const NAMED = GIVEN | SURNAME;
/** Classes that leave an unlisted word unknown: invented names end like towns, and label words begin like anything. */
const QUIET = Lex.City | Lex.County | Lex.PhraseHead;
export const TOPS = Lex.GivenTop | Lex.SurnameTop;
/** What a person is, rather than is called. */
const CALLING = Lex.Title | Lex.Relation | Lex.Role;
/** A listed name in lower case counts only if it is hardly anything else. */
const LOWER_BARRED =
  Lex.Function |
  Lex.Common |
  Lex.Medical |
  Lex.Drug |
  Lex.Month |
  Lex.Weekday |
  Lex.NumberWord |
  Lex.Particle |
  Lex.NameRare |
  Lex.Title |
  Lex.Credential |
  Lex.Relation |
  Lex.Role |
  Lex.Facility |
  Lex.Street |
  Lex.Org |
  Lex.StateCode |
  Lex.PersonCue;
/** A surname behind a given name, both in lower case: "pamela cook". */
const LOWER_TAIL_BARRED =
  Lex.Function |
  Lex.Common |
  Lex.Drug |
  Lex.NameRare |
  Lex.Title |
  Lex.Relation |
  Lex.Role |
  Lex.Facility |
  Lex.Street |
  Lex.Org |
  Lex.PersonCue;
/** An abbreviation in capitals that is also a name is the abbreviation. */
const UPPER_BARRED = Lex.Medical | Lex.Drug | Lex.Credential | Lex.StateCode;
const OTHER_MEANING =
  Lex.Medical |
  Lex.Drug |
  Lex.Month |
  Lex.Weekday |
  Lex.Demonym |
  Lex.Country |
  Lex.State |
  Lex.PersonCue |
  Lex.Relation |
  Lex.Role;

/** Tokens of a name, at most. */
const TOKENS_MAX = 7;
const LOWER_UNITS_MIN = 3;
const LOWER_UNKNOWN_UNITS_MIN = 5;
const UPPER_UNKNOWN_UNITS_MIN = 4;
const ACCENT_UNITS_MAX = 24;
/** Halves of Min-jun, Dong-hyun. */
const SYLLABLE_UNITS_MAX = 5;

const SUFFIXES = wordSet('jr sr ii iii iv jnr snr 2nd 3rd 4th');
const DEGREES = new Set(
  ['MD', 'DO', 'RN', 'NP', 'PA', 'DC', 'OD'].map((two) => (two.charCodeAt(0) << 8) | two.charCodeAt(1)),
);
const S = hashOf('s');
const CONTRACTED = wordSet('t m re ve ll d');
const NOT_INITIALS = wordSet('i a');
/** Words before a lone capital that make it a grade or a type, not an initial. */
const LETTERED = wordSet(
  'hepatitis vitamin type group class grade stage factor plan part medicare schedule section unit apt room bldg building suite ward hemophilia influenza appendix option phase exhibit wing gate',
);

/** How much a token looks like a name, in points; 0 when it cannot be part of one. */
export function likeness(doc: Doc, at: number): number {
  const lex = doc.lex[at];
  const shape = doc.shape[at];
  if ((lex & NAMED) === 0) {
    if ((lex & ~(QUIET | Lex.Eponym)) !== 0) return 0;
    if (lex & Lex.Eponym) return shape === Shape.Title || shape === Shape.Upper ? 2 : 0;
    const units = doc.end[at] - doc.start[at];
    if (shape === Shape.Title) return units < 3 ? 0 : accented(doc, at) ? 22 : 12;
    if (shape === Shape.Mixed) return prefixed(doc, at) ? 16 : 0;
    return shape === Shape.Upper && units >= UPPER_UNKNOWN_UNITS_MIN ? (accented(doc, at) ? 18 : 8) : 0;
  }
  if (lex & Lex.Function) return 0;
  if (lex & CALLING && (lex & TOPS) === 0) return 0;
  if (shape === Shape.Lower) {
    if ((lex & LOWER_BARRED) !== 0 || doc.end[at] - doc.start[at] < LOWER_UNITS_MIN) return 0;
    if (lex & Lex.GivenTop) return lex & Lex.Word ? 18 : 30;
    return lex & Lex.Word ? 0 : lex & (Lex.SurnameTop | Lex.Given) ? 15 : 10;
  }
  if (((1 << shape) & CAPITALISED) === 0 || shape === Shape.UpperOne) return 0;
  if (shape === Shape.Upper && (lex & UPPER_BARRED || (doc.end[at] - doc.start[at] < 3 && (lex & TOPS) === 0)))
    return 0;
  return listed(lex);
}

/** A letter beyond ASCII: in American charts, names have them. */
function accented(doc: Doc, at: number): boolean {
  const end = Math.min(doc.end[at], doc.start[at] + ACCENT_UNITS_MAX);
  for (let i = doc.start[at]; i < end; i++) if (doc.text[i] >= 0xc0) return true;
  return false;
}

const PREFIXES = [
  'Mc',
  'Mac',
  'De',
  'Di',
  'Du',
  'La',
  'Le',
  'Van',
  'Von',
  'Del',
  'Des',
  'Fitz',
  'San',
  'Al',
  'El',
  'Ben',
];

/** McRowan, DeVarnen: two capitals, the second behind a prefix of surnames. Other mixtures are brands and code. */
function prefixed(doc: Doc, at: number): boolean {
  const start = doc.start[at];
  for (const prefix of PREFIXES) {
    let i = 0;
    while (i < prefix.length && doc.text[start + i] === prefix.charCodeAt(i)) i++;
    if (
      i === prefix.length &&
      isUpper(doc.text[start + i]) &&
      doc.end[at] - start - i > 2 &&
      !isUpper(doc.text[start + i + 1])
    )
      return true;
  }
  return false;
}

function isUpper(c: number): boolean {
  return c >= 0x41 && c <= 0x5a;
}

/** Points of a listed name, less for each other thing that the word may mean. */
function listed(lex: number): number {
  let points = lex & Lex.GivenTop ? 30 : lex & Lex.SurnameTop ? 25 : 20;
  if (lex & Lex.NameRare) points -= 22;
  else if (lex & Lex.Word) points -= 10;
  if (lex & Lex.Common) points -= 10;
  if (lex & OTHER_MEANING) points -= 10;
  if (lex & Lex.Eponym) points -= 5;
  if (lex & Lex.CityTop) points -= 8;
  return points < 1 ? 1 : points;
}

/** A rare word of the dictionary and nothing else. */
const PLAIN = Lex.Word | QUIET;

/**
 * Whether a token that is no name by itself can be a surname behind a given name: "Ines Driftwood", but not where the
 * sentence goes on in small letters, nor within a line of capitals.
 */
export function canFollow(doc: Doc, at: number): boolean {
  const shape = doc.shape[at];
  const lex = doc.lex[at];
  if (shape !== Shape.Title && shape !== Shape.Upper) return false;
  // "Logan Holter", "Maeve Down": a thing's name is somebody's too.
  if (lex & Lex.Eponym) return true;
  if ((lex & Lex.Word) === 0 || (lex & ~PLAIN) !== 0) return false;
  return !(doc.gap[at + 1] === Gap.Blank && shape === Shape.Upper && doc.shape[at + 1] === Shape.Upper);
}

/** Whether a token can stand in a run. */
export function canName(doc: Doc, at: number): boolean {
  return likeness(doc, at) > 0;
}

/** Whether the initial at a token has its dot. */
export function isDotted(doc: Doc, at: number): boolean {
  const gap = doc.gap[at + 1];
  return gap === Gap.Dot || (gap === Gap.Stop && doc.text[doc.end[at]] === 0x2e);
}

/** don't, I'm, we've: a word that a contraction follows is no name. */
export function isContracted(doc: Doc, at: number): boolean {
  return (
    doc.gap[at + 1] === Gap.Apostrophe &&
    doc.hash[at + 1] !== S &&
    doc.shape[at + 1] !== Shape.Title &&
    CONTRACTED.has(doc.hash[at + 1])
  );
}

export function isInitial(doc: Doc, at: number): boolean {
  return doc.shape[at] === Shape.UpperOne;
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
}

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
};

/** Whether the token goes on a run that began before it; then `read` has been there already. */
export function continues(doc: Doc, at: number): boolean {
  let t = at;
  for (let steps = 0; steps < 4; steps++) {
    const gap = doc.gap[t];
    const before = t - 1;
    if (gap === Gap.Leaf || before < 0) return false;
    if (
      gap === Gap.Blank ||
      gap === Gap.Hyphen ||
      gap === Gap.Apostrophe ||
      (isInitial(doc, before) && isDotted(doc, before))
    ) {
      if (canName(doc, before)) return sameCase(doc, before, at);
      if (!isInitial(doc, before) && !isParticle(doc, before)) return false;
      t = before;
    } else return false;
  }
  return false;
}

/** Lower-case words go on lower-case runs only. */
function sameCase(doc: Doc, a: number, b: number): boolean {
  return (doc.shape[a] === Shape.Lower) === (doc.shape[b] === Shape.Lower);
}

export function isParticle(doc: Doc, at: number): boolean {
  return (doc.lex[at] & (Lex.Particle | Lex.Function)) === Lex.Particle && doc.end[at] - doc.start[at] < 6;
}

/** Reads the run that begins at a token, with initials and particles before it. Fills `run`. */
export function gather(doc: Doc, at: number, points: number): void {
  const lower = doc.shape[at] === Shape.Lower;
  run.head = run.tail = points;
  run.headLex = run.tailLex = run.allLex = doc.lex[at];
  run.parts = 1;
  run.initials = 0;
  run.comma = false;
  run.first = at;
  let last = at;
  let core = at;
  for (let n = at + 1; n - at < TOKENS_MAX; n++) {
    const gap = doc.gap[n];
    if (gap === Gap.Blank) {
      let p = likenessIn(doc, n, lower);
      if (p === 0 && n === at + 1 && points >= 15 && doc.lex[at] & GIVEN)
        p = lower
          ? lowerTail(
              doc,
              n,
              (doc.lex[at] & Lex.GivenTop) !== 0 || (at > 0 && (doc.lex[at - 1] & (Lex.Role | Lex.Relation)) !== 0),
            )
          : canFollow(doc, n)
            ? 5
            : 0;
      if (p > 0) {
        if (stopsAt(doc, n)) break;
        run.parts++;
        run.tail = p;
        run.tailLex = doc.lex[n];
        run.allLex &= doc.lex[n];
        last = core = n;
        continue;
      }
      if (isInitial(doc, n)) {
        if (isDegree(doc, n)) break;
        // "MILES A DAY"
        if (doc.gap[n + 1] === Gap.Blank && NOT_INITIALS.has(doc.hash[n]) && likeness(doc, n + 1) < 15) break;
        if (
          doc.gap[n + 1] === Gap.Hyphen ||
          (doc.gap[n + 1] === Gap.Apostrophe && doc.hash[n + 1] !== S && !canName(doc, n + 1))
        )
          break;
        run.initials++;
        last = n;
        continue;
      }
      if (SUFFIXES.has(doc.hash[n])) {
        last = n;
        break;
      }
      // "anna s. is": in lower case an initial has its dot.
      if (
        lower &&
        doc.shape[n] === Shape.LowerOne &&
        doc.lex[at] & Lex.GivenTop &&
        (doc.gap[n + 1] === Gap.Stop || doc.gap[n + 1] === Gap.Dot)
      ) {
        run.initials++;
        last = n;
        break;
      }
      const beyond = pastParticles(doc, n);
      if (beyond > n && likenessIn(doc, beyond, lower) > 0 && sameCase(doc, at, beyond)) {
        last = core = beyond;
        run.parts++;
        run.tail = likenessIn(doc, beyond, lower);
        run.tailLex = doc.lex[beyond];
        n = beyond;
        continue;
      }
      break;
    }
    if (gap === Gap.Hyphen || gap === Gap.Apostrophe) {
      if (gap === Gap.Apostrophe && doc.hash[n] === S) break;
      const p = likenessIn(doc, n, lower);
      // O'Silver: whatever is tied to a lone capital; Varn-Driftwood, Lark-O'Neil.
      const tied =
        isInitial(doc, last) || (isInitial(doc, n) && doc.gap[n + 1] === Gap.Apostrophe) || canFollow(doc, n);
      if (p > 0 || (!lower && tied && ((1 << doc.shape[n]) & CAPITALISED) !== 0)) {
        run.allLex &= doc.lex[n];
        run.tail = Math.max(run.tail, p);
        if (run.parts === 1) run.head = run.tail;
        last = core = n;
        continue;
      }
      // Min-jun, Dong-hyun.
      if (gap === Gap.Hyphen && !lower && syllable(doc, n) && doc.shape[n - 1] === Shape.Title) {
        last = core = n;
        continue;
      }
      break;
    }
    if (isInitial(doc, last) && isDotted(doc, last)) {
      if (isInitial(doc, n)) {
        run.initials++;
        last = n;
        continue;
      }
      const beyond = pastParticles(doc, n);
      let p = likenessIn(doc, beyond, lower);
      if (p === 0 && doc.lex[at] & GIVEN && last === at + 1 && canFollow(doc, n)) p = 5;
      if (p === 0) break;
      run.parts++;
      run.tail = p;
      run.tailLex = doc.lex[beyond];
      last = core = n = beyond;
      continue;
    }
    if ((gap === Gap.Quote || gap === Gap.Open) && !lower && nickname(doc, n)) {
      last = n;
      continue;
    }
    if (
      (gap === Gap.Quote || gap === Gap.Close) &&
      last > at &&
      doc.gap[last] !== Gap.Blank &&
      canName(doc, n) &&
      !lower
    ) {
      run.parts++;
      run.tail = likeness(doc, n);
      run.tailLex = doc.lex[n];
      last = core = n;
      continue;
    }
    if (gap === Gap.Comma) {
      if (SUFFIXES.has(doc.hash[n]) && (1 << doc.shape[n]) & CAPITALISED) {
        last = n;
        break;
      }
      // "Riku Andou, Maria Voss" are two people.
      const whole =
        run.parts > 1 &&
        ((doc.lex[at] & Lex.GivenTop) !== 0 || ((doc.lex[at] & GIVEN) !== 0 && (doc.lex[at] & SURNAME) === 0));
      if (run.comma || lower || whole || !invertible(doc, n)) break;
      run.comma = true;
      if (isInitial(doc, n)) run.initials++;
      else {
        run.parts++;
        run.tail = likeness(doc, n);
        run.tailLex = doc.lex[n];
        core = n;
      }
      last = n;
      continue;
    }
    break;
  }
  // "met Martha I think", "for Martha A 10 mg dose": no initial.
  while (last > core && isInitial(doc, last) && NOT_INITIALS.has(doc.hash[last]) && doc.gap[last + 1] === Gap.Blank) {
    last--;
    run.initials--;
  }
  run.last = last;
  run.core = core;
  if (!lower || doc.gap[at] === Gap.Apostrophe) backwards(doc, at);
}

function lowerTail(doc: Doc, at: number, sure: boolean): number {
  const lex = doc.lex[at];
  if (doc.shape[at] !== Shape.Lower) return 0;
  const after = doc.gap[at + 1];
  const ends =
    after === Gap.Comma ||
    after === Gap.Stop ||
    after === Gap.Line ||
    after === Gap.Leaf ||
    (doc.flags[at + 1] & Flag.InLabel) !== 0;
  if (lex === 0) return sure && ends && doc.end[at] - doc.start[at] >= LOWER_UNKNOWN_UNITS_MIN ? 8 : 0;
  if (sure && ends && lex & Lex.SurnameTop && (lex & Lex.Function) === 0) return 10;
  if ((lex & SURNAME) === 0 || lex & LOWER_TAIL_BARRED) return 0;
  return lex & Lex.SurnameTop ? 15 : lex & (Lex.Medical | Lex.Word) ? 0 : 10;
}

function likenessIn(doc: Doc, at: number, lower: boolean): number {
  return (doc.shape[at] === Shape.Lower) === lower ? likeness(doc, at) : 0;
}

/** A word before a colon is the next field's name; letters in capitals after a name in small letters are a degree. */
function stopsAt(doc: Doc, at: number): boolean {
  if (doc.flags[at] & Flag.InLabel && doc.label[at] !== 0 && doc.gap[at + 1] === Gap.Colon) return true;
  return (doc.lex[at] & Lex.Credential) !== 0 && doc.shape[at] === Shape.Upper;
}

/** First token behind up to three particles ("van der", "de la"), or the token itself. */
function pastParticles(doc: Doc, at: number): number {
  let t = at;
  while (t - at < 3 && isParticle(doc, t)) {
    const gap = doc.gap[t + 1];
    if (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe && !(gap === Gap.Stop && t === at)) return at;
    t++;
  }
  return t;
}

/** The second half of a given name in small letters. */
function syllable(doc: Doc, at: number): boolean {
  if (doc.shape[at] !== Shape.Lower || doc.end[at] - doc.start[at] > SYLLABLE_UNITS_MAX) return false;
  const head = doc.lex[at - 1];
  const word = (head & (Lex.Word | Lex.Eponym)) !== 0 && (head & (GIVEN | Lex.NameRare)) !== Lex.Given;
  if (doc.end[at - 1] - doc.start[at - 1] > SYLLABLE_UNITS_MAX || word) return false;
  return (doc.lex[at] & (Lex.Common | Lex.Medical | Lex.Drug | Lex.Function)) === 0;
}

/** `"Peggy"`, `(Bob)`: one name between quotes or brackets. */
function nickname(doc: Doc, at: number): boolean {
  const after = doc.gap[at + 1];
  return (after === Gap.Quote || after === Gap.Close) && likeness(doc, at) >= 8;
}

/** What may follow the comma of "Last, First M.": a given name, an unknown one, or an initial; and then no state. */
function invertible(doc: Doc, at: number): boolean {
  const lex = doc.lex[at];
  const after = doc.gap[at + 1];
  if (
    doc.shape[at] === Shape.Lower ||
    after === Gap.At ||
    after === Gap.Underscore ||
    (after === Gap.Dot && !isInitial(doc, at))
  )
    return false;
  if (isInitial(doc, at))
    return doc.gap[at + 1] === Gap.Stop || doc.gap[at + 1] === Gap.Dot || doc.gap[at + 1] === Gap.Comma;
  if (lex & (Lex.StateCode | Lex.Credential)) return false;
  if (lex & (Lex.State | Lex.Country) && (lex & Lex.GivenTop) === 0) return false;
  if (lex & Lex.CityTop && (lex & Lex.GivenTop) === 0) return false;
  if (lex & Lex.Month && after === Gap.Blank && doc.shape[at + 1] >= Shape.Digits1) return false;
  if (lex & Lex.GivenTop) return likeness(doc, at) > 0;
  return likeness(doc, at) >= 8 && ((lex & GIVEN) !== 0 || (lex & NAMED) === 0);
}

/** M.D., R.N., P.A.: letters that look like initials. */
export function isDegree(doc: Doc, at: number): boolean {
  if (doc.gap[at + 1] !== Gap.Dot || !isInitial(doc, at + 1) || (doc.gap[at + 2] === Gap.Stop && canName(doc, at + 2)))
    return false;
  const pair = (doc.text[doc.start[at]] << 8) | doc.text[doc.start[at + 1]];
  return DEGREES.has(pair);
}

function lettered(doc: Doc, at: number): boolean {
  if (doc.lex[at] & Lex.Role) return false;
  return (doc.lex[at] & (Lex.Medical | Lex.Drug)) !== 0 || LETTERED.has(doc.hash[at]);
}

/** Takes in initials and particles that stand before the run's first token. */
function backwards(doc: Doc, at: number): void {
  let first = at;
  for (let steps = 0; steps < 3 && first > 0; steps++) {
    const gap = doc.gap[first];
    const t = first - 1;
    if (isInitial(doc, t)) {
      const dotted = isDotted(doc, t);
      const tied = gap === Gap.Apostrophe || gap === Gap.Hyphen;
      if (!dotted && !tied && gap !== Gap.Blank) break;
      if (gap === Gap.Blank && (NOT_INITIALS.has(doc.hash[t]) || doc.flags[t] & Flag.SentenceStart)) break;
      if (dotted && t > 0 && doc.gap[t] === Gap.Blank && lettered(doc, t - 1)) break;
      if (
        gap === Gap.Blank &&
        t > 0 &&
        doc.gap[t] === Gap.Blank &&
        (doc.lex[t - 1] & (Lex.Role | Lex.Title | Lex.Relation | Lex.PersonCue)) === 0
      )
        break;
      if (!tied) run.initials++;
    } else if (isParticle(doc, t) && doc.shape[t] !== Shape.Upper) {
      if (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe) break;
      if (doc.gap[t] === Gap.Apostrophe) break;
      if (doc.lex[t] & (Lex.PlaceWord | Lex.Street)) break;
    } else break;
    first = t;
  }
  run.first = first;
}
