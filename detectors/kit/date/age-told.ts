/**
 * Ages over 89 that no unit follows, made ages by whose they are: "turned 92", "she is 98 and", "Mr. Pell (104)", "now 91"; and
 * those with years in other languages. Assumes that the number could be one.
 */
import { type Doc, Gap, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isCapitalised, isDigits, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { Say, says } from './age-words.js';

const PERCENT = 0x25;
const DEGREE = 0xb0;
const YEAR_DIGITS = 4;
/** Gaps behind an age that stands in brackets or between commas. */
const SHUT = (1 << Gap.Comma) | (1 << Gap.Close) | (1 << Gap.Stop) | (1 << Gap.Line) | (1 << Gap.Leaf);
const BE = words('be');
const FUTURE = words('ll will to gonna could');
/** Between a year of birth and the age that it makes. */
const THUS = words('thus so hence therefore making now');
const FOREIGN_YEARS = words('anos ans jahre jahren anni jaar');
/** Before an age in those languages; what passed since then has other words before it. */
const FOREIGN_BEFORE = words('edad tiene de con cumplio idade tem age agee a ha eta di alter ist mit van is');

/** "turned 92", "she is 98 and", "she'll be 102": what stands before makes the number an age. */
export function isTold(doc: Doc, at: number, last = at): boolean {
  if (at < 2 || isMeasure(doc, last)) return false;
  const joined = doc.gap[last + 1] === Gap.Blank;
  const after = joined ? says(doc, last + 1) : 0;
  if (after & Say.OtherUnit) return false;
  const t = at - 1;
  if (doc.gap[at] !== Gap.Blank) return false;
  const before = says(doc, t);
  if (before & Say.Told) return true;
  if (THUS.has(doc.hash[t]) && isBornBefore(doc, t)) return true;
  if (BE.has(doc.hash[t]) && FUTURE.has(doc.hash[t - 1])) return isWhose(doc, t - 2) || isWhose(doc, t - 3);
  if (after & Say.Measure) return false;
  return (before & Say.Copula) !== 0 && isWhose(doc, t - 1);
}

/** A year right before: "born 24.11.1933, thus 91". */
const isBornBefore = (doc: Doc, t: number): boolean =>
  isDigits(doc, t - 1) && lengthOf(doc, t - 1) === YEAR_DIGITS && doc.gap[t] === Gap.Comma;

/** He, the patient, grandma, or a name. */
const isWhose = (doc: Doc, t: number): boolean =>
  t >= 0 && ((says(doc, t) & Say.Whose) !== 0 || (doc.lex[t] & Lex.Relation) !== 0 || isNamed(doc, t));

const isNamed = (doc: Doc, t: number): boolean => doc.tags[t] === Tag.Name || doc.tags[t] === Tag.NameOn;

/** Signs and pairs that no age has: 92 %, 94/60, 90-95. */
function isMeasure(doc: Doc, last: number): boolean {
  const sign = doc.text[doc.end[last]];
  const next = doc.gap[last + 1];
  return sign === PERCENT || sign === DEGREE || next === Gap.Slash || next === Gap.Hyphen || next === Gap.Dot;
}

/** "Mr. Pell, 104, lives", "Ann Lee (96)", "Ann Lee, 90 y, from home". */
export function isBehindName(doc: Doc, at: number): boolean {
  if (at < 1 || isMeasure(doc, at)) return false;
  const open = doc.gap[at] === Gap.Open;
  if (!open && doc.gap[at] !== Gap.Comma) return false;
  const next = doc.gap[at + 1];
  const shut = open ? next === Gap.Close || next === Gap.Comma : ((1 << next) & SHUT) !== 0;
  const years = next === Gap.Blank && (says(doc, at + 1) & Say.Year) !== 0;
  if (!shut && !years) return false;
  if (isNamed(doc, at - 1)) return true;
  if (next !== Gap.Comma || at < 2 || !isCapitalised(doc, at - 1) || !isCapitalised(doc, at - 2)) return false;
  const named = doc.lex[at - 2] & (Lex.Title | Lex.Given) && doc.lex[at - 1] & (Lex.Surname | Lex.Given);
  return named !== 0 || (doc.lex[at - 2] & Lex.Title) !== 0;
}

/** "Edad: 95 años", "âgée de 93 ans", "Frau Vogel, 94 Jahre" */
export function isInYears(doc: Doc, first: number, last: number): boolean {
  if (first === 0 || doc.gap[last + 1] !== Gap.Blank || !FOREIGN_YEARS.has(doc.hash[last + 1])) return false;
  return FOREIGN_BEFORE.has(doc.hash[first - 1]) || isNamed(doc, first - 1);
}
