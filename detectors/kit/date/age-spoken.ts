/**
 * Ages over 89 in words: "ninety-four years old", "she is ninety two", "a hundred and two", "noventa y dos años". Assumes a
 * number word at the anchor.
 */
import { type Doc, Gap } from '../../contract.js';
import { hashOf } from '../hash.js';
import { WordTable } from '../words.js';
import { AGE_MAX, isOfGroup } from './age.js';
import { isInYears, isTold } from './age-told.js';
import { Say, says } from './age-words.js';
import { numberWord, valueOfWord } from './calendar.js';

const A = hashOf('a');
const AND = hashOf('and');
const NINETY = hashOf('ninety');
const NOVENTA = hashOf('noventa');
const ONE = hashOf('one');
const HUNDRED = hashOf('hundred');
const JOINS = new WordTable([[1, 'y e']]);
const UNITS = new WordTable([
  [1, 'uno un um dos dois duas tres cuatro quatro cinco seis siete sete ocho oito nueve nove'],
]);

/** The tokens of the age that was read last. */
export const spokenAge = { first: 0, last: 0 };

/** Whether a spoken age over 89 stands at `at`, the first of its number words; `spokenAge` then holds it. */
export function isSpokenAge(doc: Doc, at: number): boolean {
  const last = lastOf(doc, at);
  if (last < 0 || last + 1 > doc.count || isOfGroup(doc, at)) return false;
  const first = doc.hash[at] === HUNDRED ? at - 1 : at;
  spokenAge.first = first;
  spokenAge.last = last;
  const years = says(doc, last + 1);
  const joint = doc.gap[last + 2];
  if (
    years & Say.Year &&
    (joint === Gap.Blank || joint === Gap.Hyphen) &&
    says(doc, last + 2) & (Say.OldWord | Say.Sex)
  )
    return true;
  return isTold(doc, first, last) || isInYears(doc, first, last);
}

function lastOf(doc: Doc, at: number): number {
  const word = doc.hash[at];
  const near = doc.gap[at + 1] === Gap.Blank || doc.gap[at + 1] === Gap.Hyphen;
  if (word === NINETY) {
    const unit = near ? numberWord(doc.hash[at + 1] | 0) : 0;
    return unit > 0 && unit < 10 ? at + 1 : at;
  }
  if (word === NOVENTA) return JOINS.get(doc.hash[at + 1] | 0) && UNITS.get(doc.hash[at + 2] | 0) ? at + 2 : at;
  const hundred = word === ONE && doc.hash[at + 1] === HUNDRED ? at + 1 : word === HUNDRED ? at : -1;
  if (hundred < 0 || (hundred === at && (at === 0 || doc.hash[at - 1] !== A))) return -1;
  if (doc.gap[hundred + 1] !== Gap.Blank) return hundred;
  const t = doc.hash[hundred + 1] === AND ? hundred + 2 : hundred + 1;
  const rest = t < doc.count ? numberWord(doc.hash[t] | 0) : 0;
  return rest > 0 && valueOfWord(rest) <= AGE_MAX - 100 ? t : hundred;
}
