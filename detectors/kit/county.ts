/**
 * Counties, parishes, boroughs and precincts by the word that ends their name ("Ada County") or begins it ("Precinct 4").
 */
import { type Doc, type Emit, Gap } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { hashOf } from './hash.js';
import { stateEnd } from './place-code.js';
import { Place, partOf } from './place-grammar.js';
import { COUNTY } from './place-rules.js';
import { isProper } from './place-words.js';
import { isCapitalised, isDigits, isWord, lengthOf } from './read.js';

const PRECINCT = hashOf('precinct');

export function readCounty(doc: Doc, at: number, emit: Emit): void {
  if (doc.hash[at] === PRECINCT && isDigits(doc, at + 1) && doc.gap[at + 1] === Gap.Blank && isCapitalised(doc, at)) {
    emit(doc.start[at], doc.end[at + 1], COUNTY, 0.7);
    return;
  }
  const before = at - 1;
  if (before < 0 || doc.gap[at] !== Gap.Blank || !isWord(doc, before)) return;
  if (!isCapitalised(doc, at) || !isCapitalised(doc, before)) {
    const listed =
      (doc.lex[at] & doc.lex[before] & Lex.County) !== 0 && (doc.lex[before] & (Lex.Common | Lex.Function)) === 0;
    if (listed) emit(doc.start[before], doc.end[at], COUNTY, isCapitalised(doc, before) ? 0.9 : 0.7);
    return;
  }
  let first = at;
  while (
    at - first < 3 &&
    first > 0 &&
    (doc.gap[first] === Gap.Blank || (doc.gap[first] === Gap.Stop && lengthOf(doc, first - 1) === 2))
  ) {
    const t = first - 1;
    if (!isWord(doc, t) || !isCapitalised(doc, t) || (doc.lex[t] & Lex.Function && !(partOf(doc, t) & Place.Saint)))
      break;
    first = t;
  }
  if (first === at || !(isProper(doc, before) || doc.lex[before] & (Lex.County | Lex.City))) return;
  if (doc.lex[before] & Lex.Function) return;
  const end = stateEnd(doc, at + 1);
  emit(doc.start[first], doc.end[end >= 0 && doc.gap[at + 1] === Gap.Comma ? end : at], COUNTY);
}
