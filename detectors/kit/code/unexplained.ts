/**
 * Codes that no word claims and that are still hardly anything but somebody's identifier: five digits and more with letters,
 * eight digits, a hash. What a program or a science writes in such forms is told by the word before it and by its own form.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isWord, lengthOf, ownerOf, saidAfter, saidBefore } from '../read.js';
import { words } from '../word-set.js';
import { claimed } from './claimed.js';
import { headOf, isAbbreviated, isNeutral, LONG } from './cue-head.js';
import { CLOSE_BITS, CODE, CUE_WORDS, NEUTRAL, NUMBER, TIGHT_BITS } from './cue-words.js';
import { codeFrom } from './id-code.js';
import { machineRun } from './machine-run.js';
import { isCalendarDayIn, weightOf } from './weight.js';

const WEIGHT_MIN = 3;
const PARTED_MIN = 8;
const LABELLED_MIN = 1;
const FIELD_MIN = 2;
const SIGNS = (1 << Gap.Equals) | (1 << Gap.Hash) | (1 << Gap.Pipe);
/** Words before a code that are asked what it is. */
const BACK_MAX = 3;
/** Longest word in small letters that may be a part of a code. */
const WORD_MAX = 4;
/** Shortest hash that has no small letter. */
const CAPITALS_MIN = 32;
/** Tokens around a code in which a word has to stand, and its letters. */
const WORDS_REACH = 8;
const WORD_MIN = 3;
/** Digits of the longest number of a person's, that of a SIM card. */
const DIGITS_MAX = 20;
const DATED_MIN = 10;
const EPOCH_SECONDS = 10;
const EPOCH_MILLIS = 13;
/** Words whose number counts or measures something. */
const MEASURES = words(
  'size bytes length offset limit width height duration elapsed ms ns us memory population estimate estimates about approximately nearly over than seed int float decimal long max min sum mean',
);

/** What patients do and what is done with them. */
const DOES = words(
  'needs wants is was has had called calls came comes arrived left lost refused refuses reports reported complains asks asked asking requesting requested says said states denies still ready waiting discharged admitted transferred missed cancelled canceled rescheduled due seen tolerated vomited fell takes took lives may can should will did does got passed died expired',
);
/** What is done with a patient or the record. */
const SOUGHT = words(
  'up merge into pull open show summarize summarise find get retrieve search lookup load display fetch regarding discharge admit transfer register message page schedule review',
);
/** Words before the codes of programs, of publications and of drugs. */
const PUBLIC = words(
  'commit rev revision version release build branch grant patent ndc rxnorm loinc snomed icd cpt hcpcs pmid pmc doi isbn issn genbank refseq uniprot pdb iso rfc astm aami ansi fda 510k catalog catalogue sku',
);
/** Words around the number of what the FDA has cleared. */
const CLEARED = words('510 510k fda cleared clearance premarket predicate pma');
const CLEARED_DIGITS = 6;
/** Words shortly before the codes of clones, mutations and substances. */
const SCIENCE = words(
  'clone clones mutation mutations mutant mutants allele alleles strain strains plasmid vector locus loci marker markers cosmid transcript isoform polymorphism haplotype agonist agonists antagonist antagonists inhibitor inhibitors ligand compound compounds peptide antibody',
);

/**
 * Whether the code that the token is a part of is such a one; `claimed` then holds it. With `near` a thing or a trait is
 * spoken of, which has codes of all kinds.
 */
export function isUnexplained(doc: Doc, at: number, near: boolean): boolean {
  if (isNeutral(doc, at)) return false;
  if (machineRun(doc, at)) return isHash(doc) && isAmongWords(doc) && (near || !isTold(doc, claimed.first));
  const head = headOf(doc, at);
  if (head < 0 || (head < at && isNeutral(doc, head)) || !codeFrom(doc, head, false)) return false;
  if (
    weightOf(doc) <
      (isLabelled(doc, head)
        ? LABELLED_MIN
        : isField(doc, head) || isSubject(doc, head) || isObject(doc, head)
          ? FIELD_MIN
          : WEIGHT_MIN) ||
    isSpelledOut(doc)
  )
    return false;
  // Of short parts: SL-20-0418, but not T2-1234.
  if (((1 << doc.shape[at]) & LONG) === 0 && (claimed.letters === 0 || claimed.letters + claimed.digits < PARTED_MIN))
    return false;
  if (claimed.letters === 0 && (claimed.digits > DIGITS_MAX || isPath(doc) || isMoment(doc) || isLarge(doc, head)))
    return false;
  return isAmongWords(doc) && !isTold(doc, head, ((1 << doc.shape[at]) & LONG) === 0);
}

/** A key or handle of a program stands alone; a person's number is written in some text. */
export function isAmongWords(doc: Doc): boolean {
  const from = Math.max(0, claimed.first - WORDS_REACH);
  const to = Math.min(doc.count, claimed.last + WORDS_REACH);
  for (let t = from; t < to; t++)
    if ((t < claimed.first || t > claimed.last) && isWord(doc, t) && lengthOf(doc, t) >= WORD_MIN) return true;
  return false;
}

/** A word before the code says that it is no person's: "code 86849004", "rev 48201773"; or, with letters, "grant R01MH482019". */
export function isTold(doc: Doc, head: number, parted = false): boolean {
  if (claimed.letters > 0 && (isScience(doc, head) || isCleared(doc, head))) return true;
  if (claimed.letters > 0 && !parted)
    return doc.gap[head] !== Gap.Leaf && head > 0 && (PUBLIC.has(doc.hash[head - 1]) || isNumberOfThing(doc, head));
  for (let t = head; t > 0 && head - t < BACK_MAX; t--) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || gap === Gap.Line || (gap === Gap.Stop && !isAbbreviated(doc, t - 1))) return false;
    const bits = CUE_WORDS.get(doc.hash[t - 1]);
    if (bits & NEUTRAL || (t === head && bits & CODE) || MEASURES.has(doc.hash[t - 1])) return true;
  }
  return false;
}

/** "Part no. 5554-L-301", "model number X48201" */
function isNumberOfThing(doc: Doc, head: number): boolean {
  if (head < 2 || (CUE_WORDS.get(doc.hash[head - 1]) & NUMBER) === 0) return false;
  const gap = doc.gap[head - 1];
  return (gap === Gap.Blank || gap === Gap.Stop) && (CUE_WORDS.get(doc.hash[head - 2]) & NEUTRAL) !== 0;
}

/** K182310, DEN170043, P980016: a device that the FDA has cleared, where that is spoken of. */
function isCleared(doc: Doc, head: number): boolean {
  if (claimed.first !== claimed.last || claimed.digits !== CLEARED_DIGITS || doc.text[claimed.start] < 0x41)
    return false;
  return saidBefore(doc, head, WORDS_REACH, CLEARED) || saidAfter(doc, head, WORDS_REACH, CLEARED);
}

/** "founder mutations 4612del165 and 7883del5" */
function isScience(doc: Doc, head: number): boolean {
  for (let t = head; t > 0 && head - t < BACK_MAX && doc.gap[t] !== Gap.Leaf; t--)
    if (SCIENCE.has(doc.hash[t - 1])) return true;
  return false;
}

/** The label of an identifier stands before the code, whatever its detector made of it. */
function isLabelled(doc: Doc, head: number): boolean {
  const label = ownerOf(doc, head);
  if (label === null) return false;
  const { category } = label;
  return category !== null && category !== 'name' && category !== 'date' && category !== 'geography';
}

/** "key=48-KX21", "#482913": the code is a value, whatever of. */
function isField(doc: Doc, head: number): boolean {
  return ((1 << doc.gap[head]) & SIGNS) !== 0;
}

/** "7720183 needs a refill": a number at the head of a sentence that does what patients do. */
function isSubject(doc: Doc, head: number): boolean {
  const next = claimed.last + 1;
  return (
    (doc.flags[head] & (Flag.LineStart | Flag.SentenceStart)) !== 0 &&
    doc.gap[next] === Gap.Blank &&
    doc.shape[next] === Shape.Lower &&
    DOES.has(doc.hash[next])
  );
}

/** "pull up 7720183", "merge 7720183 into 7720194": a number that is looked up as patients are, and nothing that it counts. */
function isObject(doc: Doc, head: number): boolean {
  if (head === 0 || doc.gap[head] !== Gap.Blank || !SOUGHT.has(doc.hash[head - 1])) return false;
  const next = claimed.last + 1;
  return next >= doc.count || doc.gap[next] !== Gap.Blank || (doc.lex[next] & Lex.Function) !== 0;
}

/** Capitals and digits alone are a hash or a key only if they are many. */
function isHash(doc: Doc): boolean {
  if (claimed.end - claimed.start >= CAPITALS_MIN) return true;
  for (let i = claimed.start; i < claimed.end; i++) if (doc.text[i] >= 0x61) return true;
  return false;
}

/** Prescribe_Nda020503: whole words are a name that a program gives. */
function isSpelledOut(doc: Doc): boolean {
  for (let t = claimed.first; t <= claimed.last; t++)
    if (
      isWord(doc, t) &&
      lengthOf(doc, t) > WORD_MAX &&
      doc.shape[t] !== Shape.Upper &&
      (CUE_WORDS.get(doc.hash[t]) & (CLOSE_BITS | TIGHT_BITS)) === 0
    )
      return true;
  return false;
}

/** 20240118093000, 1700000000: a moment of a program's clock. */
function isMoment(doc: Doc): boolean {
  const { first, last, digits } = claimed;
  if (first !== last) return false;
  const from = doc.start[first];
  if (digits >= DATED_MIN && isCalendarDayIn(doc.text, from)) return true;
  return (digits === EPOCH_SECONDS || digits === EPOCH_MILLIS) && doc.text[from] === 0x31 && doc.text[from + 1] >= 0x34;
}

/** topic/17/1234567: a place in a log or a folder. */
function isPath(doc: Doc): boolean {
  for (let t = claimed.first; t <= claimed.last; t++) if (doc.gap[t] === Gap.Slash) return true;
  return false;
}

/** 20000000 */
function isLarge(doc: Doc, at: number): boolean {
  for (let i = doc.end[at] - 1; i > doc.end[at] - 5; i--) if (doc.text[i] !== 0x30) return false;
  return true;
}
