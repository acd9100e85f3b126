/**
 * (L) Vehicle identifiers and serial numbers, with licence plates. A VIN proves itself by its check digit (49 CFR 565); a
 * plate has no form of its own (each state has several, and vanity plates have none), so it needs a label or a vehicle nearby.
 */
import { Cue, type Detector, type Doc, type Emit, Gap, Shape } from './contract.js';
import { emitClaims } from './kit/code/claim.js';
import { answerBelow, cellsBelow } from './kit/code/column.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { claimed, codeFrom, isAcceptable, Trust } from './kit/code/id-code.js';
import { codeAhead, codeBehind, continues, hasNumberSign, headOfLabel, isAnswered, isForeign } from './kit/nearby.js';
import { hasDigit, isDigits, isMixed, isWord, labelAt, lengthOf, saidBefore } from './kit/read.js';
import { aircraft, boat, boatEnd, FLEET, fleet, isUnitNumber } from './kit/vehicle/fleet.js';
import { VEHICLE_LABELS } from './kit/vehicle/labels.js';
import { behindState, plateEnd, speltPlateEnd } from './kit/vehicle/plate.js';
import { beside, byForm, emitList, NUMBERED } from './kit/vehicle/plate-beside.js';
import { blurredEnd, blurredStart } from './kit/vehicle/plate-blurred.js';
import { isPlateForm, isSmallPlate } from './kit/vehicle/plate-form.js';
import { isNearVehicle, isPlateOfCar, isSigned, isVanity, plateBefore } from './kit/vehicle/plate-near.js';
import { BARE, CUED, FORM, NEAR, PLATE, VIN } from './kit/vehicle/rules.js';
import { gluedVin, isVin, isVinForm, VIN_LENGTH, vinEnd } from './kit/vehicle/vin.js';
import { words } from './kit/word-set.js';

/** People quote the last six or so of a VIN. */
const VIN_TAIL = 5;
/** Tokens between a label and its plate, and between a plate and the label behind it. */
const REACH = 8;
const CLOSE = 0x29;
const BACK = 6;
const LONG_MAX = 11;

/** Words that can stand between a label and its plate: "plate, a temporary one, reads …". */
const LEAD_INS = words(
  'starts starting begins beginning partially partial first three last only is was s reads read reading says bears bearing showing number no num nr id the of state on with as and a temp temporary vanity registered tag plate hit',
);
const ENDING = words('ending ends last digits four');
const BEING = words('is was');
/** They say that no more than a part of the plate is known. */
const PARTIAL = words('partial partially starts starting begins beginning first ending ends');

/** Of a plate that is known by its form, all or the digits. */
const FORMS = (1 << Shape.Digits4) | (1 << Shape.Digits5) | (1 << Shape.AlnumShort) | (1 << Shape.Alnum);

export const vehicle: Detector<'vehicle'> = {
  category: 'vehicle',
  citation: '164.514(b)(2)(i)(L)',
  rules: [VIN, BARE, PLATE, NEAR, FORM, FLEET, CUED],
  anchors: {
    cues: 1 << Cue.Vehicle,
    shapes: FORMS | (1 << Shape.AlnumLong),
    labels: VEHICLE_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (isCued(doc, at, Cue.Vehicle)) emit(claimed.start, claimed.end, CUED, cueConfidence());
    const shape = 1 << doc.shape[at];
    if (shape & FORMS) byForm(doc, at, emit);
    else if (doc.shape[at] === Shape.AlnumLong) bare(doc, at, emit);
    const label = doc.label[at] === 0 ? null : labelAt(doc, at);
    if (label === null || label.category !== 'vehicle') return;
    if (label.kind === 'fleet' || label.kind === 'placard') fleet(doc, at, label.kind === 'placard', emit);
    else if (label.kind === 'hashed' || label.kind === 'unit') {
      if (hasNumberSign(doc, at + 1) || (label.kind === 'unit' && isUnitNumber(doc, at + 1)))
        fleet(doc, at, false, emit);
      else beside(doc, at, emit);
    } else if (label.kind === 'aircraft') aircraft(doc, at, emit);
    else if (label.kind === 'boat') boat(doc, at, emit);
    else if (label.kind === 'word') beside(doc, at, emit);
    else if (label.kind === 'vin') labelledVin(doc, at, emit);
    else labelledPlate(doc, at, label.kind, emit);
  },
};

/** A VIN by itself. */
function bare(doc: Doc, at: number, emit: Emit): void {
  const { text, start, end } = doc;
  if (lengthOf(doc, at) === VIN_LENGTH) {
    if (isVin(text, start[at], end[at])) emit(start[at], end[at], BARE);
    else if (isVinForm(text, start[at], end[at]) && isNearVehicle(doc, at, at)) emit(start[at], end[at], BARE, 0.75);
  } else {
    const from = gluedVin(text, start[at], end[at]);
    if (from > 0) emit(from, from + VIN_LENGTH, VIN);
  }
}

function labelledVin(doc: Doc, at: number, emit: Emit): void {
  const below = answerBelow(doc, at);
  let found = below >= 0 && vinAt(doc, below, emit);
  cellsBelow(doc, at, (first) => vinAt(doc, first, emit));
  for (
    let t = codeAhead(doc, at, at + 1, REACH, 'vehicle');
    t >= 0 && !found;
    t = codeAhead(doc, at, t + 1, REACH, 'vehicle')
  )
    found = vinAt(doc, t, emit);
  if (found || isAnswered(doc, at, REACH + 1) || emitClaims(doc, at, Trust.Label, VIN, emit)) return;
  // "1HG… is her VIN", "… , which is the VIN"
  const last = codeBehind(doc, headOfLabel(doc, at), BACK, 'vehicle');
  if (last >= 0 && lengthOf(doc, last) >= VIN_TAIL && !isDigits(doc, last)) vinAt(doc, last, emit);
}

/** The VIN, or its last characters ("VIN ending in 042788"), at a token. Chassis and hulls have numbers like plates, too. */
function vinAt(doc: Doc, from: number, emit: Emit): boolean {
  let last = vinEnd(doc, from);
  const whole = last >= 0;
  if (
    !whole &&
    isMixed(doc, from) &&
    lengthOf(doc, from) > VIN_TAIL &&
    lengthOf(doc, from) <= VIN_LENGTH &&
    doc.gap[from + 1] !== Gap.Hyphen
  )
    last = from;
  else if (!whole && isWord(doc, from)) last = boatEnd(doc, from, plateEnd(doc, from, true));
  if (last < 0 && codeFrom(doc, from, false) && claimed.digits >= VIN_TAIL - 1 && isAcceptable(doc, Trust.Word))
    last = claimed.last;
  // "VIN ending in 4352"
  if (last < 0 && doc.shape[from] === Shape.Digits4 && saidBefore(doc, from, 3, ENDING)) {
    emit(doc.start[from], doc.end[from], VIN, 0.85);
    return true;
  }
  const size = last < 0 ? 0 : doc.end[last] - doc.start[from];
  if (size < VIN_TAIL || (!whole && size > VIN_LENGTH + 2)) return false;
  emit(doc.start[from], doc.end[last], VIN, whole ? VIN.confidence : 0.85);
  return true;
}

/** `kind` says how sure the label is: 'plate', 'near' (plate, tag) or 'direct' (LP, whose plate follows at once). */
function labelledPlate(doc: Doc, at: number, kind: string, emit: Emit): void {
  const below = answerBelow(doc, at);
  if (below >= 0) plateAt(doc, at, below, kind, true, emit);
  cellsBelow(doc, at, (first) => plateAt(doc, at, first, kind === 'near' ? 'plate' : kind, true, emit));
  let direct = true;
  let partial = PARTIAL.has(doc.hash[headOfLabel(doc, at)]) || saidBefore(doc, headOfLabel(doc, at), 4, PARTIAL);
  for (let t = at + 1; t < doc.value[at]; t++) partial ||= PARTIAL.has(doc.hash[t]);
  for (let t = valueFrom(doc, at); t > 0 && t < doc.count && t - at <= REACH && continues(doc, t, at); t++) {
    // A value on the next line is the answer to a head or question, and looked for as such.
    if (doc.gap[t] === Gap.Line) break;
    if (direct && LEAD_INS.has(doc.hash[t]) && !hasDigit(doc, t) && doc.shape[t] !== Shape.Upper) {
      partial ||= PARTIAL.has(doc.hash[t]);
      continue;
    }
    if (plateAt(doc, at, t, kind, direct, emit, partial)) return;
    if (kind === 'direct' || (hasDigit(doc, t) && lengthOf(doc, t) > 2)) break;
    if (isForeign(doc, t, 'vehicle')) break;
    direct = false;
  }
  if (isAnswered(doc, at, REACH + 1)) return;
  if (kind === 'plate' || kind === 'direct') long(doc, at, emit);
  if (kind === 'plate' || kind === 'near') behind(doc, at, kind === 'plate', emit);
}

/** Behind the label and the words that the engine passes over; -1 when a bracket closes around them: "(plate) ABC 1234". */
function valueFrom(doc: Doc, at: number): number {
  const value = Math.max(doc.value[at], at + 1);
  for (let t = at + 1; t <= value; t++)
    if (doc.gap[t] === Gap.Line || (doc.gap[t] === Gap.Close && doc.text[doc.end[t - 1]] === CLOSE)) return -1;
  return value;
}

/** The plate at a token, with the further ones of a list. Away from its label, it must have the form of one. */
function plateAt(
  doc: Doc,
  at: number,
  value: number,
  kind: string,
  direct: boolean,
  emit: Emit,
  partial = false,
): boolean {
  const from = behindState(doc, value);
  if (from < 0 || NUMBERED.has(doc.hash[from])) return false;
  const blurred = direct ? blurredEnd(doc, from) : -1;
  if (blurred > 0) {
    emit(blurredStart(doc, from), blurred, NEAR);
    return true;
  }
  const sure =
    direct &&
    (kind === 'plate' ||
      (kind === 'near' && (isSigned(doc, from) || BEING.has(doc.hash[from - 1]) || isNearVehicle(doc, at, at))));
  let last = sure || BEING.has(doc.hash[from - 1]) ? speltPlateEnd(doc, from) : -1;
  if (last > from && !sure) {
    emit(doc.start[from], doc.end[last], NEAR);
    return true;
  }
  if (last < 0) last = plateEnd(doc, from, sure || partial, partial);
  if (last < 0 && kind === 'near' && direct) return smallPlate(doc, from, emit) || vanity(doc, at, from, emit);
  if (last < 0) return false;
  if (kind === 'near' && !(partial && direct) && !isPlateOfCar(doc, at, from, last, direct, sure)) return false;
  if (kind !== 'near' && !direct && !isPlateForm(doc, from, last)) return false;
  if (kind === 'direct' && !isPlateForm(doc, from, last)) return false;
  emitList(doc, from, last, sure ? PLATE : NEAR, undefined, emit);
  return true;
}

function smallPlate(doc: Doc, from: number, emit: Emit): boolean {
  const last = plateEnd(doc, from, true);
  if (last < from || !isSmallPlate(doc, from, last)) return false;
  emit(doc.start[from], doc.end[last], NEAR, 0.7);
  return true;
}

function vanity(doc: Doc, at: number, from: number, emit: Emit): boolean {
  if (!isVanity(doc, at, from)) return false;
  emit(doc.start[from], doc.end[from], NEAR, 0.6);
  return true;
}

/** Plates of other countries can be longer: "reg no: DL8CAF5031". */
function long(doc: Doc, at: number, emit: Emit): void {
  const t = doc.value[at];
  if (
    t === at + 1 &&
    doc.shape[t] === Shape.Alnum &&
    lengthOf(doc, t) <= LONG_MAX &&
    doc.text[doc.end[t] - 1] < 0x61 &&
    doc.gap[t] !== Gap.Line
  )
    emit(doc.start[t], doc.end[t], PLATE, 0.8);
}

/** "6TRJ244 is the license plate of her car", "a red sedan, NXP-3301 plates". */
function behind(doc: Doc, at: number, sure: boolean, emit: Emit): void {
  const first = plateBefore(doc, at, BACK);
  const last = first < 0 ? -1 : plateEnd(doc, first, true);
  // "KLM 2047 is the plate", or right before the word.
  if (
    last < 0 ||
    (!sure &&
      !(last === headOfLabel(doc, at) - 1 && (doc.gap[last + 1] === Gap.Open || isNearVehicle(doc, first, at))) &&
      !BEING.has(doc.hash[last + 1]))
  )
    return;
  emit(doc.start[first], doc.end[last], sure ? PLATE : NEAR, sure ? 0.92 : NEAR.confidence);
}
