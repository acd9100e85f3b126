/**
 * (L) Vehicle identifiers and serial numbers, with licence plates. A VIN proves itself by its check digit (49 CFR 565); a
 * plate has no form of its own (each state has several, and vanity plates have none), so it needs a label.
 */
import { type Detector, type Doc, type Emit, Gap, LETTERS, type Rule, Shape } from './contract.js';
import { vin as vinHolds } from './kit/checksum.js';
import { emitClaims } from './kit/claim.js';
import { answerBelow, cellsBelow } from './kit/column.js';
import { hashOf } from './kit/hash.js';
import { Trust } from './kit/id-code.js';
import { phrases } from './kit/phrases.js';
import { behindState, plateEnd } from './kit/plate.js';
import { digitsIn, hasDigit, isDigits, labelAt, lengthOf, numberAt, saidAfter, saidBefore } from './kit/read.js';

const VIN: Rule = {
  name: 'vehicle.vin',
  kind: 'vin',
  confidence: 0.95,
  about: 'Seventeen characters after a VIN label',
};
const BARE: Rule = {
  name: 'vehicle.vin-bare',
  kind: 'vin',
  confidence: 0.85,
  about: 'Seventeen characters whose check digit holds',
};
const PLATE: Rule = {
  name: 'vehicle.plate',
  kind: 'plate',
  confidence: 0.95,
  about: 'A plate after a label: license plate, tag number',
};
const NEAR: Rule = {
  name: 'vehicle.plate-near',
  kind: 'plate',
  confidence: 0.8,
  about: 'A plate after "plate" or "tag" alone',
};
const FLEET: Rule = {
  name: 'vehicle.fleet',
  kind: 'fleet',
  confidence: 0.9,
  about: 'A number after a label for a vehicle: fleet number, ambulance unit',
};

const VIN_LENGTH = 17;
/** Vehicles before 1981 have shorter numbers. */
const VIN_SHORTEST = 11;
/** People quote the last six or so. */
const VIN_TAIL = 5;
const WORDS_MAX = 4;

const hashes = (words: string): ReadonlySet<number> => new Set(words.split(' ').map(hashOf));
const VEHICLES = hashes(
  'car cars vehicle vehicles sedan suv truck van minivan pickup motorcycle bike motorbike trailer rv scooter moped auto automobile ' +
    'driver drives drove driving driven parked parking valet towed tow dmv registration registered police garage lot crash collision mvc mva ' +
    'toyota honda ford chevrolet chevy nissan hyundai kia subaru mazda volkswagen vw bmw mercedes audi lexus acura jeep dodge ram gmc ' +
    'buick cadillac tesla volvo chrysler lincoln infiniti mitsubishi camry corolla civic accord altima',
);
/** Words that can stand between a label and its plate: "plate, a temporary one, reads …". */
const LEAD_INS = hashes(
  'is was reads read reading number no num nr id the of state on with as and a temp temporary vanity registered tag plate',
);
/** Makes of cars that look like the letters of a plate. */
const MAKES = hashes('bmw kia gmc ford jeep ram audi fiat mini vw seat mg dodge volvo tesla mack acura lexus buick');

export const vehicle: Detector<'vehicle'> = {
  category: 'vehicle',
  citation: '164.514(b)(2)(i)(L)',
  rules: [VIN, BARE, PLATE, NEAR, FLEET],
  anchors: {
    shapes: 1 << Shape.AlnumLong,
    labels: {
      vin: phrases(
        'vin [number|no|num|code|id]',
        'vins',
        'vehicle (identification|ident|identifier|id) (number|no|num|code)',
        '(chassis|frame|hull|engine) (identifier|serial number|number|no|id)',
        'vehicle (identifier|serial number)',
        'hull identification number',
        'vehicle identification',
      ),
      plate: phrases(
        '(license|licence|lic|number|registration|vehicle|car|auto|tag|motorcycle|truck) (plate|plates) [number|no|num|id|tag]',
        '(license|licence|lic) (tag|tags) [number|no]',
        '(plate|plates|tag|tags) (number|numbers|no|num|nbr|nr)',
        '(vehicle|car|auto) (tag|tags|registration|registration number|registration no|reg|license|license number)',
        'plate id',
        'placa',
      ),
      near: ['plate', 'plates', 'tag', 'tags'],
      fleet: phrases(
        '(fleet|ambulance|vehicle|truck|van|bus|rig|car|taxi|cab|medic|apparatus) (number|no|num|unit|unit number|fleet number|id)',
        'fleet (unit|vehicle|id) [number|no]',
        'parking (permit|pass|decal|placard|tag|sticker) [number|no|id]',
        '(handicap|disabled parking|disability|ada) (placard|permit) [number|no]',
        '(toll|ez pass|e zpass|fastrak) (tag|transponder|number|id|tag number) [number|id]',
        '(aircraft|boat|tail|vessel) (registration|number|registration number|id)',
        'dmv (number|registration)',
      ),
    },
    fields: { plate: ['vehicle', 'registration'] },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const { start, end, text } = doc;
    if (
      doc.shape[at] === Shape.AlnumLong &&
      lengthOf(doc, at) === VIN_LENGTH &&
      vinHolds(text, start[at], end[at]) &&
      looksLikeVin(doc, at)
    )
      emit(start[at], end[at], BARE);
    const label = doc.label[at] === 0 ? null : labelAt(doc, at);
    if (label === null || label.category !== 'vehicle') return;
    if (label.kind === 'fleet') {
      emitFleet(doc, at, emit);
      return;
    }
    const readAt =
      label.kind === 'vin' ? readVin : label.field === true ? readField : label.kind === 'near' ? readNear : readPlate;
    readAt(doc, at, valueFrom(doc, at), emit);
    const below = answerBelow(doc, at);
    if (below >= 0) readAt(doc, at, below, emit);
    if (label.field !== true)
      cellsBelow(doc, at, (first) => (readAt === readNear ? readPlate : readAt)(doc, at, first, emit));
  },
};

/** Enough letters and digits: a hash of seventeen hexadecimal digits passes the check digit now and then. */
function looksLikeVin(doc: Doc, at: number): boolean {
  const digits = digitsIn(doc, at);
  if (digits < 5 || digits > 16) return false;
  for (let i = doc.end[at] - 4; i < doc.end[at]; i++) if (doc.text[i] > 0x39) return false;
  return true;
}

/** The code behind the label: one token, or groups with blanks or hyphens, 11 to 17 characters in all. */
function readVin(doc: Doc, _at: number, from: number, emit: Emit): void {
  if (from < 0) return;
  let size = 0;
  let digits = 0;
  let whole = -1;
  for (let t = from; t < doc.count && t - from < VIN_LENGTH; t++) {
    if (
      doc.shape[t] === Shape.Redacted ||
      (t > from && doc.gap[t] !== Gap.Blank && doc.gap[t] !== Gap.Hyphen && doc.gap[t] !== Gap.None)
    )
      break;
    size += lengthOf(doc, t);
    if (hasDigit(doc, t)) digits += digitsIn(doc, t);
    if (size > VIN_LENGTH + 1) break;
    if (size >= VIN_SHORTEST && digits > 3 && (t === from || size === VIN_LENGTH)) whole = t;
    if (size >= VIN_LENGTH) break;
    if (((1 << doc.shape[t]) & LETTERS) !== 0 && doc.shape[t] !== Shape.Upper && doc.shape[t] !== Shape.UpperOne) break;
  }
  if (whole >= 0) emit(doc.start[from], doc.end[whole], VIN);
  // "last six of the VIN 042788", "VIN ending in 042788"
  else if (hasDigit(doc, from) && lengthOf(doc, from) >= VIN_TAIL && lengthOf(doc, from) <= VIN_LENGTH)
    emit(doc.start[from], doc.end[from], VIN, 0.85);
}

/** Where the value of a label begins, behind words that lead up to it; -1 when something else comes first. */
function valueFrom(doc: Doc, at: number): number {
  let t = doc.value[at];
  if (t < 0) return -1;
  // A value on the next line is the answer to a head or question, and looked for as such.
  for (let k = at + 1; k <= t; k++) if (doc.gap[k] === Gap.Line || doc.gap[k] === Gap.Close) return -1;
  for (let steps = 0; steps < WORDS_MAX && t < doc.count; steps++, t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || doc.shape[t] === Shape.Redacted || gap === Gap.Line) return -1;
    if (hasDigit(doc, t) || !LEAD_INS.has(doc.hash[t]) || doc.shape[t] === Shape.Upper) return t;
  }
  return -1;
}

function emitFleet(doc: Doc, at: number, emit: Emit): void {
  if (emitClaims(doc, at, Trust.Label, FLEET, emit)) return;
  const t = doc.value[at];
  if (t !== at + 1 || !hasDigit(doc, t) || lengthOf(doc, t) > 3 || lengthOf(doc, t) < 2) return;
  const gap = doc.gap[t];
  if (gap === Gap.Hash || gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Blank)
    emit(doc.start[t], doc.end[t], FLEET, 0.75);
}

function readPlate(doc: Doc, _at: number, value: number, emit: Emit): void {
  const from = behindState(doc, value);
  const last = from < 0 ? -1 : plateEnd(doc, from, true);
  if (last >= 0) emit(doc.start[from], doc.end[last], PLATE);
}

/** Behind an ordinary word ("plate", "tag"), the form of a plate or the company of cars must confirm it. */
function readNear(doc: Doc, at: number, value: number, emit: Emit): void {
  const from = behindState(doc, value);
  const last = from < 0 ? -1 : plateEnd(doc, from, false);
  if (last >= 0 && isPlateOfCar(doc, at, from, last)) emit(doc.start[from], doc.end[last], NEAR);
}

/** Vehicle: ABC 1234, but not Vehicle: BMW 328. */
function readField(doc: Doc, _at: number, value: number, emit: Emit): void {
  const from = behindState(doc, value);
  if (from < 0 || MAKES.has(doc.hash[from]) || MAKES.has(doc.hash[from + 1])) return;
  const last = plateEnd(doc, from, false);
  if (last >= 0) emit(doc.start[from], doc.end[last], NEAR);
}

/** Behind "plate" or "tag" alone: five characters with letters and digits, not as small as "T12" or "C5", or a car nearby. */
function isPlateOfCar(doc: Doc, at: number, from: number, last: number): boolean {
  const near = saidBefore(doc, at, 10, VEHICLES) || saidAfter(doc, last, 8, VEHICLES);
  if (from === last && !hasDigit(doc, from)) return false;
  let size = 0;
  let digits = 0;
  for (let t = from; t <= last; t++) {
    size += lengthOf(doc, t);
    if (hasDigit(doc, t)) digits += digitsIn(doc, t);
  }
  const tag = doc.hash[at] === TAG || doc.hash[at] === TAGS;
  if (tag) return near && digits >= 2 && size >= 5;
  const year =
    last > from &&
    isDigits(doc, from) &&
    lengthOf(doc, from) === 4 &&
    numberAt(doc, from) > 1900 &&
    numberAt(doc, from) < 2100;
  return digits >= 2 && size >= (near ? 4 : 5) && !year;
}

const TAG = hashOf('tag');
const TAGS = hashOf('tags');
