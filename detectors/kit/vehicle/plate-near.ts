/**
 * Plates that an ordinary word names ("plate", "tag"), or that stand before their label: the form of a plate or the company
 * of cars must confirm them.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isYear } from '../code/id-code.js';
import { codeBehind, hasNumberSign, headOfLabel } from '../nearby.js';
import { lengthOf, saidAfter, saidBefore } from '../read.js';
import { words } from '../word-set.js';
import { VEHICLES } from './labels.js';
import { plateEnd } from './plate.js';
import { isOfOther, isPlateForm } from './plate-form.js';

const VEHICLE_BACK = 10;
const VEHICLE_AHEAD = 8;
/** Characters of a plate behind a bare word, without and with a vehicle nearby. */
const SIZE_MIN = 5;
const SIZE_NEAR_MIN = 4;
const DIGITS_MIN = 2;
const VANITY_MAX = 7;
const LEADS = words('is was the his her my their a');
const BEING = words('is was');
/** "… reads RUNR4LF": what the plate itself says. */
const SAYING = words('reads read says said bears bearing showing');
const TAGS = words('tag tags');

/** Whether a word of traffic stands on the same line. */
export function isNearVehicle(doc: Doc, from: number, last: number): boolean {
  return saidBefore(doc, from, VEHICLE_BACK, VEHICLES) || saidAfter(doc, last, VEHICLE_AHEAD, VEHICLES);
}

/** Words of the road and of parking, by which a plate is known where no car is named. */
const TRAFFIC = words(
  `veh vehs mvc mva mvcs mvas plate plates plt tag tags ramp booted attendant officer trooper deputy patrol witness witnessed camera cam lights highway
  freeway interstate intersection airbag airbags extricated extrication unrestrained restrained bumper hit struck fled rolled rollover stolen spot
  stall permit decal placard handicap ems bay curb shuttle transport driveway traffic citation speeding fob keys jumper rideshare wheels ride rides dropped dropoff pickup security guard guards chauffeur passenger sideswiped tboned`,
);

/** "TX KDN4410": behind the abbreviation of a state. */
export const isBehindState = (doc: Doc, at: number): boolean =>
  at > 0 && doc.gap[at] === Gap.Blank && doc.shape[at - 1] === Shape.Upper && (doc.lex[at - 1] & Lex.StateCode) !== 0;

const FLYING = words(
  'flight flights flew ship pad helipad landed landing dispatched pilot hangar runway airborne eta tail aircraft helicopter helo air medevac loaded airlift airlifted crew rotor',
);
const FLYING_REACH = 5;

export const isNearFlight = (doc: Doc, at: number): boolean =>
  saidBefore(doc, at, FLYING_REACH, FLYING) || saidAfter(doc, at, FLYING_REACH, FLYING);

/** Whether traffic or parking is spoken of on the line. */
export function isNearTraffic(doc: Doc, from: number, last: number): boolean {
  return (
    isNearVehicle(doc, from, last) ||
    saidBefore(doc, from, VEHICLE_BACK, TRAFFIC) ||
    saidAfter(doc, last, VEHICLE_AHEAD, TRAFFIC)
  );
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
  if ((!direct && !isPlateForm(doc, from, last)) || isOfOther(doc, from, last)) return false;
  const near = isNearVehicle(doc, at, last);
  let size = 0;
  let digits = 0;
  for (let t = from; t <= last; t++) {
    size += lengthOf(doc, t);
    for (let i = doc.start[t]; i < doc.end[t]; i++) if (doc.text[i] <= 0x39) digits++;
  }
  if (direct && size >= SIZE_MIN && SAYING.has(doc.hash[from - 1])) return true;
  if (from === last && digits === 0) return direct && isVanity(doc, at, from);
  if (
    sure &&
    size >= SIZE_MIN &&
    (digits === size || (digits > 0 && doc.text[doc.end[last] - 1] < 0x61)) &&
    !TAGS.has(doc.hash[at])
  )
    return true;
  if (TAGS.has(doc.hash[at])) {
    // "Tag KLM-2047" as an entry of its own.
    const entry =
      isSigned(doc, from) || (doc.flags[at] & Flag.SentenceStart) !== 0 || (size > SIZE_MIN && isStated(doc, at, from));
    return (near || (entry && isPlateForm(doc, from, last))) && isNumbered(doc, from, last, digits) && size >= SIZE_MIN;
  }
  return (
    isNumbered(doc, from, last, digits) &&
    size >= (near ? SIZE_NEAR_MIN : SIZE_MIN) &&
    !(last > from && isYear(doc, from))
  );
}

/** Two digits, or the one of GR8DOC. */
const isNumbered = (doc: Doc, from: number, last: number, digits: number): boolean =>
  digits >= DIGITS_MIN || (digits === 1 && isPlateForm(doc, from, last));

/** "Plate: RUNMOM": capitals that are no word, behind "plate" or as the value of a field. */
export function isVanity(doc: Doc, at: number, from: number): boolean {
  const size = lengthOf(doc, from);
  if (doc.shape[from] !== Shape.Upper || size < SIZE_MIN || size > VANITY_MAX) return false;
  if ((doc.lex[from] & (Lex.Word | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug | Lex.State)) !== 0) return false;
  return isSigned(doc, from) || (!TAGS.has(doc.hash[at]) && doc.lex[from] === 0);
}

/** "the tag was KLM 2047", "NJ tag D20 KLM". */
function isStated(doc: Doc, at: number, from: number): boolean {
  if (BEING.has(doc.hash[from - 1])) return true;
  return at > 0 && (doc.lex[at - 1] & (Lex.StateCode | Lex.State)) !== 0 && doc.shape[at - 1] !== Shape.Lower;
}

/** "Tag: KLM 2047", "tag # KLM 2047". */
export function isSigned(doc: Doc, at: number): boolean {
  return doc.gap[at] === Gap.Colon || doc.gap[at] === Gap.Equals || hasNumberSign(doc, at);
}

/** First token of a plate that stands at most `reach` tokens before the label at `at`, or -1. */
export function plateBefore(doc: Doc, at: number, reach: number): number {
  const head = headOfLabel(doc, at);
  let last = head - 1;
  if (last < 0 || doc.gap[head] === Gap.Leaf || doc.gap[head] === Gap.Line) return -1;
  const aside = doc.gap[head] === Gap.Open;
  for (let steps = 0; !aside && steps < 3 && last > 0 && LEADS.has(doc.hash[last]); steps++) last--;
  // Capitals may end a plate: 482-KXT is her plate.
  if (doc.shape[last] !== Shape.Upper || (last < head - 1 && !BEING.has(doc.hash[last + 1])))
    last = codeBehind(doc, head, reach, 'vehicle');
  if (last < 0 || doc.shape[last] === Shape.Redacted) return -1;
  for (let first = Math.max(0, last - 2); first <= last; first++)
    if (
      (first === last || isOneLine(doc, first, last)) &&
      plateEnd(doc, first, true) === last &&
      isPlateForm(doc, first, last)
    )
      return first;
  return -1;
}

/** Whether blanks or hyphens alone stand between tokens. */
function isOneLine(doc: Doc, first: number, last: number): boolean {
  for (let t = first + 1; t <= last; t++)
    if (doc.gap[t] !== Gap.Blank && doc.gap[t] !== Gap.Hyphen && doc.gap[t] !== Gap.Dot) return false;
  return true;
}
