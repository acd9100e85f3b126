/**
 * Back from a state or a ZIP: over the town, and on to the house number where there is one. A row of a table may hold town
 * and ZIP without the state.
 */
import { type Doc, type Emit, Gap, Shape } from '../contract.js';
import { Lex } from '../lexicon/classes.js';
import { addressStart } from './house.js';
import { stateEnd, zipEnd } from './place-code.js';
import { Place, partOf } from './place-grammar.js';
import { CITY, ZIP, ZIPPED } from './place-rules.js';
import { isTown } from './place-words.js';
import { isCapitalised, lengthOf } from './read.js';
import { mayBeState, townBefore, townSure } from './town.js';

/** A state: back over the town, and to the house number where there is one. */
export function readState(doc: Doc, at: number, emit: Emit): void {
  if (doc.label[at] !== 0 || !mayBeState(doc, at)) return;
  const end = stateEnd(doc, at, true);
  if (end < 0) return;
  // The York of New York is no state.
  if (doc.gap[at] === Gap.Blank && doc.lex[at] & doc.lex[at - 1] & Lex.State) return;
  const first = townBefore(doc, at, end);
  const sure = townSure;
  if (first < 0) return;
  const zip = doc.gap[end + 1] === Gap.Leaf ? -1 : zipEnd(doc, end + 1);
  const stop = zip >= 0 ? zip : end;
  const house = addressStart(doc, first, zip >= 0);
  if (house >= 0) emit(doc.start[house], doc.end[stop], ZIPPED);
  else emit(doc.start[first], doc.end[stop], zip >= 0 ? ZIPPED : CITY, sure);
}

/** Five digits behind a state of two letters (any, since lists differ), or behind a town. */
export function readCode(doc: Doc, at: number, emit: Emit): void {
  if (at < 2 || doc.gap[at] === Gap.Leaf) return;
  const state = at - 1;
  if (doc.gap[at] === Gap.Comma) readRow(doc, at, emit);
  if (doc.shape[state] !== Shape.Upper || lengthOf(doc, state) !== 2) return;
  // "Insurance ID: 07735" is no place in Idaho.
  if (doc.label[state] !== 0) return;
  const gap = doc.gap[at];
  if (gap !== Gap.Blank && gap !== Gap.Comma && gap !== Gap.Other && gap !== Gap.Line && gap !== Gap.Quote) return;
  const last = zipEnd(doc, at);
  if (last < 0) return;
  const first = townBefore(doc, state, state);
  const known = (partOf(doc, state) & Place.Code) !== 0;
  if (first < 0) {
    if (known && gap === Gap.Blank && doc.lex[state] & Lex.StateCode && doc.gap[state] !== Gap.Blank)
      emit(doc.start[at], doc.end[last], ZIP, 0.6);
    return;
  }
  const house = addressStart(doc, first, true);
  if (house >= 0) emit(doc.start[house], doc.end[last], ZIPPED);
  else if (known || doc.gap[state] === Gap.Comma) emit(doc.start[first], doc.end[last], ZIPPED, known ? 0.95 : 0.65);
}

/** A row of a table: "Memphis,38153". */
function readRow(doc: Doc, zip: number, emit: Emit): void {
  const next = doc.gap[zip + 1];
  if (
    (next !== Gap.Leaf && next !== Gap.Line && next !== Gap.Comma) ||
    doc.start[zip] - doc.end[zip - 1] !== 1 ||
    !isTown(doc, zip - 1)
  )
    return;
  let first = zip - 1;
  while (zip - first < 4 && first > 0 && doc.gap[first] === Gap.Blank && isCapitalised(doc, first - 1)) first--;
  const gap = doc.gap[first];
  if (isCapitalised(doc, first) && (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Comma)) {
    emit(doc.start[first], doc.end[zip - 1], CITY, 0.65);
    emit(doc.start[zip], doc.end[zip], ZIP, 0.65);
  }
}
