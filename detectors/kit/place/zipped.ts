/**
 * Back from a ZIP: over the state and the town, and on to the house number where there is one.
 */
import { type Doc, type Emit, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { isCapitalised, isWord, lengthOf } from '../read.js';
import { zipEnd } from './code.js';
import { Place, partOf } from './grammar.js';
import { addressStart } from './house.js';
import { ZIP, ZIPPED } from './rules.js';
import { joinsName } from './words.js';

const WORDS_MAX = 4;
const IDAHO = hashOf('id');

/** Gaps between a town and its state. */
const BEFORE_STATE = (1 << Gap.Comma) | (1 << Gap.Blank) | (1 << Gap.Line) | (1 << Gap.Other) | (1 << Gap.Quote);

/** Five digits behind a state of two letters (any, since lists differ), or behind a town. */
export function readCode(doc: Doc, at: number, emit: Emit): void {
  if (at < 2 || doc.gap[at] === Gap.Leaf) return;
  const state = at - 1;
  if (doc.shape[state] !== Shape.Upper || lengthOf(doc, state) !== 2) return;
  // "Insurance ID: 07735" is no place in Idaho.
  if (doc.label[state] !== 0) return;
  const gap = doc.gap[at];
  if (gap !== Gap.Blank && gap !== Gap.Comma && gap !== Gap.Other && gap !== Gap.Line && gap !== Gap.Quote) return;
  const last = zipEnd(doc, at);
  if (last < 0) return;
  const first = townBefore(doc, state);
  const known = (partOf(doc, state) & Place.Code) !== 0;
  if (first < 0) {
    if (known && gap === Gap.Blank && doc.lex[state] & Lex.StateCode && doc.gap[state] !== Gap.Blank)
      emit(doc.start[at], doc.end[last], ZIP, 0.6);
    return;
  }
  const house = addressStart(doc, first, true);
  if (house >= 0) emit(doc.start[house], doc.end[last], ZIPPED);
  // "Mamadou ID 77120": codes of Idaho begin with 83.
  else if (doc.hash[state] === IDAHO && doc.gap[state] === Gap.Blank && !startsWith83(doc, at)) return;
  else if (known || doc.gap[state] === Gap.Comma) emit(doc.start[first], doc.end[last], ZIPPED, known ? 0.95 : 0.65);
}

/** The first of the words right before a token that can be one name; in front of a state with its ZIP. */
function townBefore(doc: Doc, state: number): number {
  const gap = doc.gap[state];
  if (state === 0 || !isWord(doc, state - 1) || !((1 << gap) & BEFORE_STATE)) return -1;
  const lower = !isCapitalised(doc, state - 1);
  let first = -1;
  for (let t = state - 1; t >= 0 && state - t <= WORDS_MAX; t--) {
    if (!isWord(doc, t) || (t < state - 1 && !joinsName(doc, t + 1))) break;
    const part = partOf(doc, t);
    const lex = doc.lex[t];
    if (lower) {
      // In front of a ZIP any word is the town's: "galville nm 87238".
      if (!(lex & Lex.City) && (t <= state - 3 || lex & (Lex.Function | Lex.Common | Lex.Street))) break;
      first = t;
      continue;
    }
    if (!isCapitalised(doc, t)) {
      // "Fond du Lac", "Coeur d'Alene"
      if (!(part & Place.Inside) || t === 0 || !isCapitalised(doc, t - 1) || t === state - 1 || part & Place.Locative)
        break;
      continue;
    }
    const saint = part & Place.Saint;
    if (
      lex & (Lex.Function | Lex.Month | Lex.Weekday | Lex.Title | Lex.Role | Lex.Relation | Lex.PersonCue | Lex.Drug) &&
      !saint &&
      !(lex & Lex.City)
    )
      break;
    if (lex & Lex.Function && part & Place.Locative) break;
    first = t;
  }
  return first;
}

const startsWith83 = (doc: Doc, at: number): boolean =>
  doc.text[doc.start[at]] === 0x38 && doc.text[doc.start[at] + 1] === 0x33;
