/**
 * Plates without a word for them: near a car ("blue Civic LWX-9920", "Vehicle: ABC 1234"), near traffic by their form; and the
 * further ones of a list.
 */
import { type Doc, type Emit, Flag, Gap, type Rule, Shape } from '../../contract.js';
import { isUnitBehind } from '../amount.js';
import { claimed, codeFrom, isYear } from '../code/id-code.js';
import { codeAhead, hasNumberSign } from '../nearby.js';
import { lengthOf, saidBefore } from '../read.js';
import { words } from '../word-set.js';
import { fleet } from './fleet.js';
import { MAKES } from './labels.js';
import { behindState, nextPlate, plateEnd } from './plate.js';
import { groupedAt, isPlateForm, isSmallPlate, isTailMark, isTimed, marked } from './plate-form.js';
import { isBehindState, isNearFlight, isNearTraffic, plateBefore } from './plate-near.js';
import { FORM, NEAR } from './rules.js';

const BACK = 6;
const LIST_MAX = 5;
/** Shortest plate that is known by a car alone. */
const BESIDE_MIN = 6;
const BESIDE_REACH = 8;
/** Codes behind a car that are asked whether they are plates. */
const BESIDE_CODES = 3;
/** Letters before two digits in a plate that a car alone makes one. */
const LETTERS_BEFORE_MIN = 3;
const LETTERS_BEFORE_MAX = 4;
const SMALL_CONFIDENCE = 0.6;
/** Their number is no plate. */
export const NUMBERED = words(
  'model seat part ref room stall level space bay lot claim case policy route highway exit',
);

/** A plate with the further ones of a list. */
export function emitList(doc: Doc, from: number, end: number, rule: Rule, sure: number | undefined, emit: Emit): void {
  let first = from;
  let last = end;
  for (let count = 0; count < LIST_MAX && first >= 0; count++) {
    emit(doc.start[first], doc.end[last], rule, sure);
    first = nextPlate(doc, last);
    last = first < 0 ? -1 : plateEnd(doc, first, false);
    if (last < 0 || !isPlateForm(doc, first, last)) return;
  }
}

/** A plate near a car, without the word: "blue Civic LWX-9920", "Vehicle: ABC 1234". */
export function beside(doc: Doc, at: number, emit: Emit): void {
  if (hasNumberSign(doc, at + 1) && lengthOf(doc, at + 1) > 2) fleet(doc, at, false, emit);
  const before = plateBefore(doc, at, BACK);
  const stop = before < 0 ? -1 : plateEnd(doc, before, true);
  if (stop >= before && doc.end[stop] - doc.start[before] >= BESIDE_MIN && !saidBefore(doc, before, 2, NUMBERED))
    emit(doc.start[before], doc.end[stop], NEAR, 0.6);
  const signed = doc.gap[at + 1] === Gap.Colon || doc.gap[at + 1] === Gap.Equals || doc.gap[at + 1] === Gap.Pipe;
  if (signed && besideAt(doc, at + 1, true, emit)) return;
  // "Mazda 3, 2019, KXR 447": the number of the model and the year come first.
  for (let t = at, count = 0; count < BESIDE_CODES; count++) {
    t = codeAhead(doc, at, t + 1, BESIDE_REACH, 'vehicle');
    if (t < 0 || besideAt(doc, t, false, emit)) return;
    if (codeFrom(doc, t, false)) t = claimed.last;
  }
}

function besideAt(doc: Doc, t: number, signed: boolean, emit: Emit): boolean {
  if (doc.owner[t] !== 0 && doc.labels[doc.owner[t]].category !== 'vehicle') return false;
  if (isBehindLetters(doc, t)) {
    emit(doc.start[t - 1], doc.end[t], NEAR, SMALL_CONFIDENCE);
    return true;
  }
  const from = behindState(doc, t);
  const small = signed || from < 0 ? -1 : plateEnd(doc, from, true);
  if (small >= 0 && isSmallPlate(doc, from, small)) {
    emit(doc.start[from], doc.end[small], NEAR, SMALL_CONFIDENCE);
    return true;
  }
  const last = from < 0 ? -1 : plateEnd(doc, from, false);
  if (last < 0 || MAKES.has(doc.hash[from]) || MAKES.has(doc.hash[from + 1])) return false;
  if (!signed) {
    const year = last > from && doc.gap[last] === Gap.Blank && isYear(doc, last);
    if (year || doc.end[last] - doc.start[from] < BESIDE_MIN || !isPlateForm(doc, from, last)) return false;
    if (saidBefore(doc, from, 3, NUMBERED) || isUnitBehind(doc, last) || isTimed(doc, from, last)) return false;
  }
  emitList(doc, from, last, NEAR, signed ? NEAR.confidence : 0.65, emit);
  return true;
}

/** Scores, forms and rules that have two digits behind them, too. */
const SCORES = words('iss gcs ais rts nihss ess phq gad mrs kps sop pid iq vas cms ub dd sf ob og ncs ems cfr rev');

/** RBHS 21, DCP 88: the two digits of a plate whose letters, which are no word, stand before them. */
function isBehindLetters(doc: Doc, t: number): boolean {
  if (t === 0 || doc.shape[t] !== Shape.Digits2 || doc.gap[t] !== Gap.Blank || doc.shape[t - 1] !== Shape.Upper)
    return false;
  const length = lengthOf(doc, t - 1);
  if (length < LETTERS_BEFORE_MIN || length > LETTERS_BEFORE_MAX || (doc.flags[t - 1] & Flag.InLabel) !== 0)
    return false;
  return (
    doc.lex[t - 1] === 0 &&
    !SCORES.has(doc.hash[t - 1]) &&
    !MAKES.has(doc.hash[t - 1]) &&
    !isUnitBehind(doc, t) &&
    doc.gap[t + 1] !== Gap.Hyphen
  );
}

/** A plate by its form: ABC-1234, ABC1234 and 1ABC234 anywhere, ABC 1234 near traffic. */
export function byForm(doc: Doc, at: number, emit: Emit): void {
  const group = groupedAt(doc, at);
  if (group >= 0) {
    const head = doc.shape[at] === Shape.Digits5 ? at - 1 : at;
    if (isNearTraffic(doc, head, group)) emit(doc.start[head], doc.end[group], FORM, 0.6);
    return;
  }
  const first = marked(doc, at, false);
  if (first < 0) {
    if (isTailMark(doc, at) && isNearFlight(doc, at)) emit(doc.start[at], doc.end[at], FORM, 0.65);
    return;
  }
  const near = isBehindState(doc, first) || isNearTraffic(doc, first, at);
  if (near || marked(doc, at, true) >= 0) emit(doc.start[first], doc.end[at], FORM, near ? 0.65 : undefined);
}
