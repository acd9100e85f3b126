/**
 * (B) Geographic subdivisions smaller than a state: street addresses, towns, counties, ZIP codes, coordinates, and the
 * facilities that place a person. Addresses hang on a street word, a state or a ZIP; towns on a state, on a label, or on
 * the words before them. States and countries are not identifiers (45 CFR 164.514(b)(2)(i)(B)).
 */
import { CAPITALISED, type Detector, type Doc, type Emit, Gap, Shape } from './contract.js';
import { addressStart, stateEnd, zipEnd } from './kit/address.js';
import { anglesEnd, anglesStart, pairEnd, signedStart } from './kit/coordinates.js';
import { cued, facilityAt, isFamousPair } from './kit/facility.js';
import { hashOf } from './kit/hash.js';
import { PLACE_FIELDS, PLACE_LABELS } from './kit/place-labels.js';
import {
  BOX,
  CITY,
  CITY_LABEL,
  COORDINATES,
  COUNTY,
  FACILITY,
  LABELLED,
  SITE,
  STREET,
  ZIP,
  ZIPPED,
} from './kit/place-rules.js';
import { readLabel } from './kit/place-values.js';
import { HEADS, isProper, isTown, mayBePlace, partOf, Place, STREETS, TRIGGERS } from './kit/place-words.js';
import { isCapitalised, isDigits, isWord, lengthOf } from './kit/read.js';
import { readBox, readLead, readStreet } from './kit/street.js';
import { lowerTown, mayBeState, townBefore, townInContext, townSure } from './kit/town.js';
import { Lex } from './lexicon/classes.js';

const CLASSES = Lex.Street | Lex.Facility | Lex.State | Lex.StateCode | Lex.County | Lex.CityTop;
/** Lengths of ZIPs and of decimals in coordinates. */
const NUMBERS = ((1 << (Shape.Digits16 + 1)) - 1) & ~((1 << Shape.Digits3) - 1);
const NAMES = CAPITALISED & ~(1 << Shape.UpperOne);
const STATES = Lex.State | Lex.StateCode;
const PRECINCT = hashOf('precinct');
const ST = hashOf('st');

export const geography: Detector<'geography'> = {
  category: 'geography',
  citation: '164.514(b)(2)(i)(B)',
  rules: [STREET, ZIPPED, LABELLED, BOX, ZIP, CITY, CITY_LABEL, COUNTY, FACILITY, SITE, COORDINATES],
  anchors: {
    shapes: CAPITALISED | NUMBERS,
    classes: CLASSES,
    labels: PLACE_LABELS,
    fields: PLACE_FIELDS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readOwnLabel(doc, at, emit);
    const shape = 1 << doc.shape[at];
    if (shape & NAMES) {
      // Most capitalised words are no place; one test tells.
      if (mayBePlace(doc, at) | (doc.lex[at] & STATES)) readName(doc, at, emit);
    } else if (shape & NUMBERS) readNumber(doc, at, emit);
    else if (shape & (1 << Shape.UpperOne)) {
      if (at > 0 && isDigits(doc, at - 1)) readLetter(doc, at, emit);
    } else if (doc.lex[at] & CLASSES) readLower(doc, at, emit);
  },
};

function readOwnLabel(doc: Doc, at: number, emit: Emit): void {
  const label = doc.labels[doc.label[at]];
  if (label.category === 'geography') readLabel(doc, at, label.kind, label.field === true, emit);
}

/** A capitalised word: one of the grammar's, a state, or a town by what stands before it. */
function readName(doc: Doc, at: number, emit: Emit): void {
  const part = partOf(doc, at);
  if (part & TRIGGERS) readPart(doc, at, part, emit);
  const lex = doc.lex[at];
  // A code before a ZIP is left to the ZIP.
  if (lex & Lex.State) readState(doc, at, emit);
  else if (part & Place.Code && lex & Lex.StateCode && !(doc.shape[at] === Shape.Upper && doc.shape[at + 1] === Shape.Digits5 && doc.gap[at + 1] === Gap.Blank)) readState(doc, at, emit);
  const last = townInContext(doc, at);
  if (last >= 0) emit(doc.start[at], doc.end[last], CITY, townSure);
}

function readPart(doc: Doc, at: number, part: number, emit: Emit): void {
  if (part & STREETS) readStreet(doc, at, part, emit);
  if (part & Place.Lead && at > 0 && doc.gap[at] === Gap.Blank && isDigits(doc, at - 1)) readLead(doc, at, emit);
  if (part & Place.County) readCounty(doc, at, emit);
  if (part & HEADS) readFacility(doc, at, emit);
  if (part & Place.Box) readBox(doc, at, emit);
  if (part & Place.Patron) readSaint(doc, at, emit);
  if (part & Place.Famous && cued(doc, at) && lengthOf(doc, at) > 2 && doc.gap[at + 1] !== Gap.Apostrophe)
    emit(doc.start[at], doc.end[at], FACILITY, 0.7);
  if (part & Place.FamousFirst && isFamousPair(doc, at)) emit(doc.start[at], doc.end[at + 1], FACILITY, 0.9);
}

/** A word in lower case: careless writing, chat, and the head nouns of names. */
function readLower(doc: Doc, at: number, emit: Emit): void {
  const lex = doc.lex[at];
  const part = partOf(doc, at);
  if (part & STREETS) readStreet(doc, at, part, emit);
  // "in", "or" and "me" are states in lower case only behind a town or before a ZIP.
  if (
    lex & Lex.State ||
    (lex & Lex.StateCode &&
      part & Place.Code &&
      (doc.shape[at + 1] === Shape.Digits5 || (at > 0 && doc.lex[at - 1] & Lex.City)))
  )
    readState(doc, at, emit);
  if (part & Place.County) readCounty(doc, at, emit);
  if (part & HEADS) readFacility(doc, at, emit);
  if (part & Place.Box) readBox(doc, at, emit);
  if (doc.hash[at] === ST) readLowerSaint(doc, at, emit);
  const town = lex & Lex.CityTop ? lowerTown(doc, at) : -1;
  if (town >= 0) emit(doc.start[at], doc.end[town], CITY, 0.6);
}

function readFacility(doc: Doc, at: number, emit: Emit): void {
  const site = facilityAt(doc, at);
  if (site.confidence >= 0.5) emit(doc.start[site.first], doc.end[site.last], FACILITY, site.confidence);
}

/** A state: back over the town, and to the house number where there is one. */
function readState(doc: Doc, at: number, emit: Emit): void {
  if (!mayBeState(doc, at)) return;
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

/** Five digits behind a state of two letters (any, since lists differ), and decimals of coordinates. */
function readNumber(doc: Doc, at: number, emit: Emit): void {
  if (doc.gap[at] === Gap.Dot) {
    const end = pairEnd(doc, at);
    if (end >= 0) emit(signedStart(doc, at - 1), doc.end[end], COORDINATES);
    return;
  }
  if (doc.shape[at] === Shape.Digits5) readCode(doc, at, emit);
}

function readCode(doc: Doc, at: number, emit: Emit): void {
  if (at < 2 || doc.gap[at] === Gap.Leaf) return;
  const state = at - 1;
  if (doc.gap[at] === Gap.Comma) readRow(doc, at, emit);
  if (doc.shape[state] !== Shape.Upper || lengthOf(doc, state) !== 2) return;
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

/** The compass letter that ends an angle. */
function readLetter(doc: Doc, at: number, emit: Emit): void {
  const first = anglesStart(doc, at);
  if (first >= 0) emit(signedStart(doc, first), doc.end[anglesEnd(doc, at)], COORDINATES);
}

function readCounty(doc: Doc, at: number, emit: Emit): void {
  if (doc.hash[at] === PRECINCT && isDigits(doc, at + 1) && doc.gap[at + 1] === Gap.Blank && isCapitalised(doc, at)) {
    emit(doc.start[at], doc.end[at + 1], COUNTY, 0.7);
    return;
  }
  const before = at - 1;
  if (before < 0 || doc.gap[at] !== Gap.Blank || !isWord(doc, before)) return;
  if (!isCapitalised(doc, at) || !isCapitalised(doc, before)) {
    const listed =
      (doc.lex[at] & doc.lex[before] & Lex.County) !== 0 && (doc.lex[before] & (Lex.Common | Lex.Function)) === 0;
    if (listed) emit(doc.start[before], doc.end[at], COUNTY, isCapitalised(doc, before) ? 0.9 : 0.7);
    return;
  }
  let first = at;
  while (
    at - first < 3 &&
    first > 0 &&
    (doc.gap[first] === Gap.Blank || (doc.gap[first] === Gap.Stop && lengthOf(doc, first - 1) === 2))
  ) {
    const t = first - 1;
    if (!isWord(doc, t) || !isCapitalised(doc, t) || (doc.lex[t] & Lex.Function && !(partOf(doc, t) & Place.Saint)))
      break;
    first = t;
  }
  if (first === at || !(isProper(doc, before) || doc.lex[before] & (Lex.County | Lex.City))) return;
  if (doc.lex[before] & Lex.Function) return;
  const end = stateEnd(doc, at + 1);
  emit(doc.start[first], doc.end[end >= 0 && doc.gap[at + 1] === Gap.Comma ? end : at], COUNTY);
}

/** St. Vincent's, Mt. Sinai: hospitals that need no head noun where somebody is or goes. */
function readSaint(doc: Doc, at: number, emit: Emit): void {
  if (
    !(doc.gap[at + 1] === Gap.Stop || doc.gap[at + 1] === Gap.Blank || doc.gap[at + 1] === Gap.Dot)
  )
    return;
  const name = at + 1;
  if (name >= doc.count || !isCapitalised(doc, name) || !isProper(doc, name) || !cued(doc, at)) return;
  const last = doc.gap[name + 1] === Gap.Apostrophe && lengthOf(doc, name + 1) === 1 ? name + 1 : name;
  if (partOf(doc, last + 1) & (Place.Company | Place.HeadWeak) || doc.lex[last + 1] & (Lex.Medical | Lex.Facility)) {
    if (doc.gap[last + 1] === Gap.Blank && !isCapitalised(doc, last + 1)) return;
  }
  emit(doc.start[at], doc.end[last], FACILITY, 0.7);
}

/** "at st vincents": chat writes saints' hospitals so. */
function readLowerSaint(doc: Doc, at: number, emit: Emit): void {
  const name = at + 1;
  if (
    !(doc.gap[name] === Gap.Blank || doc.gap[name] === Gap.Stop) ||
    doc.shape[name] !== Shape.Lower ||
    lengthOf(doc, name) < 4 ||
    !cued(doc, at)
  )
    return;
  const lex = doc.lex[name];
  if (!(lex & (Lex.Given | Lex.Surname | Lex.City)) || lex & (Lex.Word | Lex.Common | Lex.Medical)) return;
  const last = doc.gap[name + 1] === Gap.Apostrophe && lengthOf(doc, name + 1) === 1 ? name + 1 : name;
  emit(doc.start[at], doc.end[last], FACILITY, 0.6);
}
