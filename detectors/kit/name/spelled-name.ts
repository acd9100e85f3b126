/**
 * Names that are spelled, letter by letter: "last name kowal k o w a l", "M-K-H-A-B-E-L-A". What medicine shortens is spelled too,
 * answers stand in rows and sequences are letters, so that a few signs are asked first. Bounded: a name has so many letters.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashUnits } from '../hash.js';
import { words } from '../word-set.js';

const LETTERS_MAX = 24;
const LETTERS_MIN = 2;
/** So few have to be told by the name itself: "wu, that's w u". */
const LETTERS_FEW = 2;
/** From so many letters on nothing else has to say that it is a name. */
const LETTERS_ENOUGH = 5;
/** Different letters that a name has at least. */
const KINDS_MIN = 3;
const NEAR_TOKENS = 5;
const FAR_TOKENS = 12;
const ONE = (1 << Shape.LowerOne) | (1 << Shape.UpperOne);

/** What is spelled in medicine and offices. */
const SHORTENED = words(
  'copd ards cabg egfr nstemi stemi ercp ptsd adhd mrsa hipaa ecmo nicu picu nsaid nsaids tsh cbc cmp bmp mri eeg ekg ecg emg hiv aids copds dexa tavr svt pvc afib dvt inr ldl hdl bmi gerd crohn hpv hsv std sti uti ivf iud pcp pcos als adls acl mcl pcl ssri snri ptt aptt lvef cpap bipap rsvp asap faq usps fedex npo prn tid bid qid mdma thc cbd nasa https www html abcd abcde abcdef efgh wxyz acls bls cpr dnr dnar polst molst cfs cfu mrcp copay covid mrn lpn lvn cna crna dob ssn rn er u s',
);
const SPELLING = words(
  'spell spelled spelling spelt letters name lastname surname first last thats that initials called',
);
/** Letters of sequences: bases, and answers in a row. */
const BASES = lettersOf('acgtun');
const ANSWERS = lettersOf('ynxtf');

function lettersOf(letters: string): number {
  return [...letters].reduce((set, letter) => set | (1 << (letter.charCodeAt(0) - 0x61)), 0);
}

const joined = new Uint16Array(LETTERS_MAX);

/** The last letter of the spelled name that begins at a token, or -1. */
export function spelledEnd(doc: Doc, at: number): number {
  const gap = doc.gap[at + 1];
  if ((gap !== Gap.Blank && gap !== Gap.Hyphen) || !isLetter(doc, at + 1) || isPart(doc, at)) return -1;
  let last = at;
  let kinds = 0;
  let risen = 0;
  for (; last - at < LETTERS_MAX && last < doc.count && isLetter(doc, last); last++) {
    if (last > at && doc.gap[last] !== gap) break;
    const letter = doc.text[doc.start[last]] | 32;
    if (letter < 0x61 || letter > 0x7a) return -1;
    joined[last - at] = letter;
    if (last > at && letter === joined[last - at - 1] + 1) risen++;
    kinds |= 1 << (letter - 0x61);
  }
  const length = last - at;
  last--;
  if (length < LETTERS_MIN || length === LETTERS_MAX) return -1;
  if (length === LETTERS_FEW) return isTwin(doc, at, last, hashUnits(joined, 0, length)) ? last : -1;
  if ((kinds & ~BASES) === 0 || (kinds & ~ANSWERS) === 0) return -1;
  if (bitsIn(kinds) < KINDS_MIN || risen === length - 1) return -1;
  const hash = hashUnits(joined, 0, length);
  if (SHORTENED.has(hash)) return -1;
  return length >= LETTERS_ENOUGH || isTold(doc, at, last, hash) ? last : -1;
}

function isLetter(doc: Doc, t: number): boolean {
  return t < doc.count && ((1 << doc.shape[t]) & ONE) !== 0;
}

/** Whether the token goes on what stands before it; "it's o" begins anew. */
function isPart(doc: Doc, at: number): boolean {
  if (at === 0) return false;
  const gap = doc.gap[at];
  if (gap === Gap.Apostrophe) return true;
  return (gap === Gap.Blank || gap === Gap.Hyphen) && isLetter(doc, at - 1) && doc.gap[at - 1] !== Gap.Apostrophe;
}

/** Whether the name itself stands beside, or somebody asks for letters. */
function isTold(doc: Doc, first: number, last: number, hash: number): boolean {
  for (let k = 1; k <= NEAR_TOKENS; k++) {
    const [before, behind] = [first - k, last + k];
    if (before >= 0 && (doc.hash[before] === hash || SPELLING.has(doc.hash[before]))) return true;
    if (behind < doc.count && doc.hash[behind] === hash) return true;
  }
  return false;
}

/** Whether a surname of so few letters stands near. */
function isTwin(doc: Doc, first: number, last: number, hash: number): boolean {
  if (SHORTENED.has(hash)) return false;
  for (let k = 1; k <= FAR_TOKENS; k++) {
    const [before, behind] = [first - k, last + k];
    if (before >= 0 && doc.hash[before] === hash && isSurname(doc, before)) return true;
    if (behind < doc.count && doc.hash[behind] === hash && isSurname(doc, behind)) return true;
  }
  return false;
}

function isSurname({ lex }: Doc, t: number): boolean {
  return (lex[t] & (Lex.SurnameTop | Lex.Surname)) !== 0 && (lex[t] & (Lex.Function | Lex.Common)) === 0;
}

function bitsIn(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}
