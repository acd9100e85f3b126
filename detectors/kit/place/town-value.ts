/**
 * Towns that a label or a phrase leads to ("City: Boise", "lives in boise"), and those that chat writes in lower case. A
 * label lets pass what would prove nothing by itself.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isCapitalised, isWord, lengthOf } from '../read.js';
import { stateEnd } from './code.js';
import { Place, partOf } from './grammar.js';
import { endsLikeTown, isCountry, isProper, isStateOnly, isTown, townEnd } from './words.js';

/** The last token of the town at the token that a label or a phrase like "lives in" leads to, or -1. */
export function townAsValue(doc: Doc, at: number, field: boolean): number {
  if (at >= doc.count || !isWord(doc, at)) return -1;
  if (!isCapitalised(doc, at)) {
    // Chat in lower case: only towns that are listed, and no plain words.
    const prefixed =
      partOf(doc, at) & (Place.Saint | Place.Compass) &&
      (doc.gap[at + 1] === Gap.Blank || doc.gap[at + 1] === Gap.Stop);
    const start = prefixed ? at + 1 : at;
    if (
      prefixed &&
      doc.lex[start] & Lex.City &&
      doc.shape[start] === Shape.Lower &&
      !(doc.lex[start] & (Lex.Common | Lex.Word))
    )
      return start;
    if (doc.lex[start] === 0 && doc.shape[start] === Shape.Lower && endsLikeTown(doc, start)) return start;
    if (
      !(doc.lex[at] & Lex.City) ||
      doc.lex[at] & (Lex.Common | Lex.Medical | Lex.Function | Lex.Country) ||
      doc.shape[at] === Shape.LowerOne
    )
      return -1;
    if (doc.lex[at] & Lex.Word && !(doc.lex[at] & Lex.CityTop) && !field) return -1;
    let last = at;
    while (
      last - at < 3 &&
      (doc.gap[last + 1] === Gap.Blank || doc.gap[last + 1] === Gap.Hyphen) &&
      doc.lex[last + 1] & Lex.City &&
      !(doc.lex[last + 1] & Lex.Function) &&
      stateEnd(doc, last + 1, true) < 0
    )
      last++;
    return isStateOnly(doc, at, last) ? -1 : last;
  }
  const last = townEnd(doc, at);
  if (last < 0 || (!field && isCountry(doc, at, last))) return -1;
  if (isStateOnly(doc, at, last) && !field) return -1;
  const saint = (partOf(doc, at) & Place.Saint) !== 0;
  // A few capitals in mixed text are an abbreviation: "died in an MVA".
  if (!field && doc.shape[at] === Shape.Upper && lengthOf(doc, at) <= 4 && !(doc.lex[at] & Lex.City)) return -1;
  if (isProper(doc, at) || (saint && last > at) || isTown(doc, at)) return last;
  if (
    last > at &&
    (isProper(doc, last) || isTown(doc, last) || doc.lex[last] & Lex.PlaceWord || partOf(doc, last) & Place.Noun)
  )
    return last;
  return field && lengthOf(doc, at) > 2 && !(doc.lex[at] & (Lex.Function | Lex.Medical | Lex.Role)) ? last : -1;
}

/** "Pelham is where he lives": the first token of the town that opens the sentence before "is where", or -1. */
export function townOfClause(doc: Doc, where: number): number {
  const last = where - 2;
  for (let t = last; t >= 0 && last - t < 3; t--) {
    if (doc.flags[t] & Flag.SentenceStart)
      return isCapitalised(doc, t) && townEnd(doc, t) === last && isProper(doc, last) ? t : -1;
  }
  return -1;
}
