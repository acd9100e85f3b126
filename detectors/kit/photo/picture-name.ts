/** Judges the name of a picture file by its words: a camera's, a person's, a program's. */
import { type Doc, Gap, LETTERS, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { digitsIn, hasDigit, isDigits, lengthOf, ownerOf, saidAfter, saidBefore } from '../read.js';
import { isPlainUnit, isWordUnit } from '../units.js';
import { words } from '../word-set.js';
import { BODIES, CAMERAS, DRAWN, FILMS, TELLING_PICTURES } from './image.js';

const NAME_TOKENS_MAX = 16;
const NAME_UNITS_MAX = 200;
const SPOKEN = words(
  'photo photos photograph photographs photographed picture pictures pic pics selfie selfies portrait headshot headshots face faces facial avatar camera wound wounds rash lesion dicom patient patients',
);
const PATH_SIGNS = new Set([...'-_./\\~+%'].map((sign) => sign.charCodeAt(0)));

/** What a file name says about the picture. */
export const enum Picture {
  /** Drawn by a program, or nothing known. */
  None = 0,
  /** Numbered like a record, or called a photograph by the words around it. */
  Likely = 1,
  /** Taken by a camera, or named after a person, a part of the body or a wound. */
  Person = 2,
}

/** Where the file name with its folders begins whose ending is the token, or -1. */
export function nameStart(doc: Doc, at: number): number {
  const { text, start, end } = doc;
  if (text[end[at]] === 0x28 || (text[end[at]] === 0x2e && isPlainUnit(text[end[at] + 1]))) return -1;
  const edge = Math.max(0, start[at] - NAME_UNITS_MAX);
  let from = start[at] - 1;
  while (from > edge && (isWordUnit(text[from - 1]) || PATH_SIGNS.has(text[from - 1]))) from--;
  while (from < start[at] && !isWordUnit(text[from]) && text[from] !== 0x2f) from++;
  return from < start[at] - 1 ? from : -1;
}

export function judgeName(doc: Doc, at: number, from: number): Picture {
  const { text, start, end, gap, hash, shape } = doc;
  let telling = TELLING_PICTURES.has(hash[at]);
  let drawn = false;
  let bodies = 0;
  let numbered = false;
  let named = 0;
  let base = at;
  for (let t = at - 1; t >= 0 && at - t < NAME_TOKENS_MAX && start[t] >= from; t--) {
    if (shape[t] === Shape.Redacted) return Picture.None;
    base = t;
    if (BODIES.has(hash[t])) bodies++;
    if (DRAWN.has(hash[t])) drawn = true;
    if (isDigits(doc, t)) numbered ||= lengthOf(doc, t) >= 5 || (lengthOf(doc, t) >= 3 && !isYear(doc, t));
    else if (hasDigit(doc, t)) {
      telling ||= isCamera(doc, t);
      numbered ||= digitsIn(doc, t) >= 4;
    } else if ((1 << shape[t]) & LETTERS) {
      telling ||= CAMERAS.has(hash[t]) && t + 1 < at && isDigits(doc, t + 1) && lengthOf(doc, t + 1) >= 3;
      if (isName(doc, t)) named++;
    }
    if (gap[t] === Gap.Leaf) break;
  }
  const film = FILMS.has(hash[at]);
  if (film && bodies === 0)
    return telling && (saidBefore(doc, base, 8, SPOKEN) || saidAfter(doc, at, 6, SPOKEN))
      ? Picture.Person
      : Picture.None;
  if (telling || ownerOf(doc, base)?.category === 'photo') return Picture.Person;
  if (drawn) return Picture.None;
  if (bodies > 0 || named > 1) return Picture.Person;
  const said = numbered || named > 0 || saidBefore(doc, base, 8, SPOKEN) || saidAfter(doc, at, 6, SPOKEN);
  return said && text[end[at]] !== 0x2f ? Picture.Likely : Picture.None;
}

/** A name that is no English word. */
function isName(doc: Doc, t: number): boolean {
  const classes = doc.lex[t];
  return (
    (classes & (Lex.Given | Lex.Surname)) !== 0 && (classes & (Lex.Common | Lex.Word)) === 0 && lengthOf(doc, t) > 2
  );
}

/** IMG2041, DSC01234, P1040233: letters of a camera and three digits or more. */
function isCamera(doc: Doc, t: number): boolean {
  const { text, start, end } = doc;
  let i = start[t];
  let word = '';
  while (i < end[t] && text[i] > 0x39) word += String.fromCharCode(text[i++]);
  return word !== '' && end[t] - i >= 3 && CAMERAS.has(hashOf(word));
}

export function isYear(doc: Doc, t: number): boolean {
  const first = doc.text[doc.start[t]];
  return (
    lengthOf(doc, t) === 4 &&
    ((first === 0x32 && doc.text[doc.start[t] + 1] === 0x30) || (first === 0x31 && doc.text[doc.start[t] + 1] === 0x39))
  );
}
