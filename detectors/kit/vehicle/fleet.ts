/**
 * Numbers that vehicles have besides plates: of a fleet, an ambulance, a boat, a placard, and the marks of aircraft. A label
 * says so.
 */
import { type Doc, type Emit, Gap, type Rule, Shape } from '../../contract.js';
import { isUnitBehind } from '../amount.js';
import { emitClaims } from '../code/claim.js';
import { isYear, Trust } from '../code/id-code.js';
import { codeAhead } from '../nearby.js';
import { digitsIn, hasDigit, isDigits, isMixed, lengthOf } from '../read.js';
import { plateEnd } from './plate.js';
import { isPlateForm } from './plate-form.js';

export const FLEET: Rule = {
  name: 'vehicle.fleet',
  kind: 'fleet',
  confidence: 0.9,
  about: 'A number after a label for a vehicle: fleet number, ambulance unit',
};

/** A number of a tag or a placard that no sign stands before. */
const PLACARD_DIGITS_MIN = 6;
/** Tokens between a boat and its number. */
const BOAT_REACH = 5;
/** Manufacturer, serial and date of a hull number in groups. */
const HULL_GROUPS = [3, 5, 4];

/** The number of the label at `at`; `word` says that the label is an ordinary word. */
export function fleet(doc: Doc, at: number, word: boolean, emit: Emit): void {
  if (word) {
    const t = codeAhead(doc, at, at + 1, 4, 'vehicle');
    if (t >= 0 && (doc.gap[t] !== Gap.Blank || !isDigits(doc, t) || lengthOf(doc, t) >= PLACARD_DIGITS_MIN))
      emitClaims(doc, at, Trust.Label, FLEET, emit);
    return;
  }
  const t = doc.value[at];
  const form = t < 0 ? -1 : boatEnd(doc, t, plateEnd(doc, t, true));
  if (form > t && (form === t + 2 || isPlateForm(doc, t, form))) {
    emit(doc.start[t], doc.end[form], FLEET);
    return;
  }
  if (emitClaims(doc, at, Trust.Label, FLEET, emit) || t < 0) return;
  if (form > t) emit(doc.start[t], doc.end[form], FLEET);
  else if (t === at + 1 && hasDigit(doc, t) && lengthOf(doc, t) <= 3 && lengthOf(doc, t) >= 2) {
    const gap = doc.gap[t];
    if (gap === Gap.Hash || gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Blank)
      emit(doc.start[t], doc.end[t], FLEET, 0.75);
  } else aircraft(doc, at, emit);
}

/** "Medic 4471 transported": three to five digits right behind the word, no year, no amount. */
export function isUnitNumber(doc: Doc, t: number): boolean {
  if (t >= doc.count || doc.gap[t] !== Gap.Blank || !isDigits(doc, t) || isYear(doc, t)) return false;
  const length = lengthOf(doc, t);
  return length >= 3 && length <= 5 && !isUnitBehind(doc, t) && doc.gap[t + 1] !== Gap.Hyphen;
}

/** "tail N482LF": the mark of an American aircraft (14 CFR 47.15). */
export function aircraft(doc: Doc, at: number, emit: Emit): void {
  const t = codeAhead(doc, at, at + 1, 3, 'vehicle');
  const mark = foreignMark(doc, doc.value[at]);
  if (mark >= 0) emit(doc.start[doc.value[at]], mark, FLEET);
  if (t < 0 || doc.text[doc.start[t]] !== 0x4e || doc.shape[t] > Shape.Alnum || !isMixed(doc, t)) return;
  const digits = digitsIn(doc, t);
  const length = lengthOf(doc, t);
  if (length < 4 || length > 6 || digits < 2 || length - digits > 3 || doc.text[doc.start[t] + 1] > 0x39) return;
  emit(doc.start[t], doc.end[t], FLEET);
}

/** End of C-GKLM, G-EZTH: how other countries mark aircraft (ICAO Annex 7); else -1. */
function foreignMark(doc: Doc, t: number): number {
  const next = t + 1;
  if (t < 0 || next >= doc.count || doc.gap[next] !== Gap.Hyphen || doc.shape[next] !== Shape.Upper) return -1;
  const head = doc.shape[t] === Shape.UpperOne || (doc.shape[t] === Shape.Upper && lengthOf(doc, t) === 2);
  const length = lengthOf(doc, next);
  return head && (length === 4 || (length === 3 && doc.shape[t] === Shape.Upper)) ? doc.end[next] : -1;
}

/** "boat FL 4821 KT capsized" */
export function boat(doc: Doc, at: number, emit: Emit): void {
  for (let t = at + 1; t < doc.count && t - at <= BOAT_REACH && doc.gap[t] !== Gap.Leaf && doc.gap[t] !== Gap.Line; t++)
    if (boatEnd(doc, t, t + 1) === t + 2) {
      emit(doc.start[t], doc.end[t + 2], FLEET);
      return;
    }
}

/** ABC 48213 K415 */
function isHull(doc: Doc, from: number): boolean {
  for (let k = 0; k < HULL_GROUPS.length; k++) {
    const t = from + k;
    if (t >= doc.count || doc.shape[t] === Shape.Redacted || lengthOf(doc, t) !== HULL_GROUPS[k]) return false;
    if (k > 0 && ((doc.gap[t] !== Gap.Blank && doc.gap[t] !== Gap.Hyphen) || !hasDigit(doc, t))) return false;
  }
  return doc.shape[from] === Shape.Upper;
}

/** FL 4821 KT: the two letters behind belong to a boat's number (33 CFR 173.27). */
export function boatEnd(doc: Doc, from: number, last: number): number {
  if (isHull(doc, from)) return from + 2;
  const next = from + 2;
  if (last !== from + 1 || next >= doc.count || doc.shape[next] !== Shape.Upper || lengthOf(doc, next) !== 2)
    return last;
  const form = doc.shape[from] === Shape.Upper && lengthOf(doc, from) === 2 && doc.shape[from + 1] === Shape.Digits4;
  return form && (doc.gap[next] === Gap.Blank || doc.gap[next] === Gap.Hyphen) ? next : last;
}
