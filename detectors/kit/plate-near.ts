/**
 * Plates that an ordinary word names ("plate", "tag"), or that stand before their label: the form of a plate or the company
 * of cars must confirm them.
 */
import { type Doc, Flag, Gap, Shape } from '../contract.js';
import { hashOf } from './hash.js';
import { isYear } from './id-code.js';
import { codeBehind, hasNumberSign, headOfCode, headOfLabel } from './nearby.js';
import { isPlateForm, plateEnd } from './plate.js';
import { isDigits, lengthOf, saidAfter, saidBefore } from './read.js';
import { VEHICLES } from './vehicle-labels.js';

const VEHICLE_BACK = 10;
const VEHICLE_AHEAD = 8;
/** Characters of a plate behind a bare word, without and with a vehicle nearby. */
const SIZE_MIN = 5;
const SIZE_NEAR_MIN = 4;
const DIGITS_MIN = 2;
const TAGS = new Set(['tag', 'tags'].map(hashOf));

/** Whether a word of traffic stands on the same line. */
export function isNearVehicle(doc: Doc, from: number, last: number): boolean {
  return saidBefore(doc, from, VEHICLE_BACK, VEHICLES) || saidAfter(doc, last, VEHICLE_AHEAD, VEHICLES);
}

/** Whether "plate" or "tag" at `at` means a vehicle's: letters and digits, not as small as "T12" or "C5", or a car nearby. */
export function isPlateOfCar(
  doc: Doc,
  at: number,
  from: number,
  last: number,
  direct: boolean,
  sure: boolean,
): boolean {
  if (!direct && !isPlateForm(doc, from, last)) return false;
  const near = isNearVehicle(doc, at, last);
  let size = 0;
  let digits = 0;
  for (let t = from; t <= last; t++) {
    size += lengthOf(doc, t);
    for (let i = doc.start[t]; i < doc.end[t]; i++) if (doc.text[i] <= 0x39) digits++;
  }
  if (from === last && digits === 0) return false;
  if (
    sure &&
    size >= SIZE_MIN &&
    (digits === size || (digits > 0 && doc.text[doc.end[last] - 1] < 0x61)) &&
    !TAGS.has(doc.hash[at])
  )
    return true;
  if (TAGS.has(doc.hash[at])) {
    // "Tag KLM-2047" as an entry of its own.
    const entry = isSigned(doc, from) || (doc.flags[at] & Flag.SentenceStart) !== 0;
    return (near || (entry && isPlateForm(doc, from, last))) && digits >= DIGITS_MIN && size >= SIZE_MIN;
  }
  return digits >= DIGITS_MIN && size >= (near ? SIZE_NEAR_MIN : SIZE_MIN) && !(last > from && isYear(doc, from));
}

/** "Tag: KLM 2047", "tag # KLM 2047". */
export function isSigned(doc: Doc, at: number): boolean {
  return doc.gap[at] === Gap.Colon || doc.gap[at] === Gap.Equals || hasNumberSign(doc, at);
}

/** First token of a plate that stands at most `reach` tokens before the label at `at`, or -1. */
export function plateBefore(doc: Doc, at: number, reach: number): number {
  const head = headOfLabel(doc, at);
  let last = codeBehind(doc, head, reach, 'vehicle');
  // "229 KZT plates"
  if (last < 0 && head > 0 && doc.gap[head] === Gap.Blank && doc.shape[head - 1] === Shape.Upper) last = head - 1;
  if (last < 0) return -1;
  let first = headOfCode(doc, last);
  const lone = first === last && first > 0 && doc.gap[first] === Gap.Blank;
  if (lone && (isDigits(doc, first) ? doc.shape[first - 1] === Shape.Upper : isDigits(doc, first - 1))) first--;
  return plateEnd(doc, first, false) === last && isPlateForm(doc, first, last) ? first : -1;
}
