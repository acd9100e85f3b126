/**
 * The value of a facility's label: capitalised words up to the end of the field. The label lets pass names that have no
 * head noun.
 */
import { type Doc, type Emit, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isCapitalised, isWord, lengthOf } from '../read.js';
import { Place, partOf } from './grammar.js';
import { SITE } from './rules.js';
import { fieldFollows, isProper } from './words.js';

/** Words between a label or phrase and the town it speaks of: "city for patient transport is Orvelwick". */
const VALUE_WORDS_MAX = 8;

const NAME_WORDS_MAX = 8;

/** The value of a facility label: capitalised words up to the end of the field. */
export function readSite(doc: Doc, at: number, value: number, emit: Emit): void {
  let t = value;
  for (; t < doc.count && t - value < VALUE_WORDS_MAX && (!isCapitalised(doc, t) || doc.flags[t] & Flag.Key); t++)
    if (!isWord(doc, t) || doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || (t > value && doc.gap[t] === Gap.Line))
      return;
  if (t >= doc.count || !isCapitalised(doc, t) || t - value >= VALUE_WORDS_MAX || doc.gap[t] === Gap.Leaf) return;
  let last = -1;
  let proper = 0;
  let headed = false;
  for (let k = t; k < doc.count && k - t < NAME_WORDS_MAX; k++) {
    const gap = doc.gap[k];
    if (
      k > t &&
      gap !== Gap.Blank &&
      gap !== Gap.Hyphen &&
      gap !== Gap.Apostrophe &&
      gap !== Gap.Ampersand &&
      !(gap === Gap.Stop && lengthOf(doc, k - 1) <= 2)
    )
      break;
    if (!isWord(doc, k) || doc.shape[k] === Shape.Redacted || (k > t && fieldFollows(doc, k) && doc.flags[k] & 1))
      break;
    const part = partOf(doc, k);
    if (doc.shape[k] === Shape.Mixed && !(doc.lex[k] & (Lex.Surname | Lex.City)) && lengthOf(doc, k) > 6) break;
    const small = !isCapitalised(doc, k);
    if (small && !(part & (Place.Inside | Place.Head)) && !(gap === Gap.Apostrophe)) break;
    // Once the head noun has been read, only more of the same goes on; the next heading may follow without a sign.
    if (
      headed &&
      !(part & (Place.Head | Place.HeadWeak | Place.Care | Place.Specialty)) &&
      !(small && part & Place.Inside)
    )
      break;
    if (part & (Place.Head | Place.HeadWeak)) headed = true;
    if (!small || part & Place.Head || gap === Gap.Apostrophe) last = k;
    if (
      !small &&
      isProper(doc, k) &&
      !(part & (Place.Generic | Place.Care | Place.Head | Place.HeadWeak)) &&
      !(doc.lex[k] & (Lex.State | Lex.Country))
    )
      proper++;
    if (!small && part & Place.Compass && lengthOf(doc, k) > 4) proper++;
  }
  // The one word of a table's heading is a word.
  if (last === t && doc.lex[t] & Lex.Word && !(doc.lex[t] & (Lex.City | Lex.SurnameTop))) return;
  if (last >= 0 && proper > 0) emit(doc.start[t], doc.end[last], SITE, at + 1 === t ? SITE.confidence : 0.75);
}
