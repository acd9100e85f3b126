/**
 * (B) Geographic subdivisions smaller than a state: street addresses, towns, counties, ZIP codes, coordinates, and the
 * facilities that place a person. Addresses hang on a street word, a state or a ZIP; towns on a state, on a label, or on
 * the words before them. States and countries are not identifiers (45 CFR 164.514(b)(2)(i)(B)).
 */
import { CAPITALISED, type Detector, type Doc, type Emit, Gap, Shape, Tag } from './contract.js';
import { anglesEnd, anglesStart, pairEnd, signedStart } from './kit/coordinates.js';
import { readCounty } from './kit/county.js';
import { facilityAt, isFamousPair } from './kit/facility.js';
import { hashOf } from './kit/hash.js';
import { isGeneralTalk, isTownOfSomebody, listedHospitalEnd, systemEnd, wardOf } from './kit/hospital.js';
import { areaStart, lowerChain, officeEnd, roadFrom, townOfChain } from './kit/landmark.js';
import { readLowerSaint, readSaint } from './kit/patron.js';
import { HEADS, mayPoint, mayTrigger, Place, partOf, STREETS } from './kit/place-grammar.js';
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
import { isCapitalised, isDigits } from './kit/read.js';
import { readBox, readLead, readStreet } from './kit/street.js';
import { Code, cueBefore, mayBeState, townInContext, townSure } from './kit/town.js';
import { lowerTown } from './kit/town-value.js';
import { readCode, readState } from './kit/zipped.js';
import { tagEnd, tagSure } from './kit/tagged.js';
import { Lex } from './lexicon/classes.js';

const CLASSES = Lex.Street | Lex.Facility | Lex.State | Lex.StateCode | Lex.County | Lex.CityTop;
/** Lengths of ZIPs, and of decimals in coordinates. */
const NUMBERS = ((1 << (Shape.Digits16 + 1)) - 1) & ~((1 << Shape.Digits3) - 1);
const NAMES = CAPITALISED & ~(1 << Shape.UpperOne);
const STATES = Lex.State | Lex.StateCode;
const ST = hashOf('st');
/** What a large town can also be. */
const NO_TOWN =
  Lex.Common |
  Lex.Medical |
  Lex.Drug |
  Lex.Eponym |
  Lex.GivenTop |
  Lex.SurnameTop |
  Lex.NameRare |
  Lex.State |
  Lex.Country;

export const geography: Detector<'geography'> = {
  category: 'geography',
  citation: '164.514(b)(2)(i)(B)',
  rules: [STREET, ZIPPED, LABELLED, BOX, ZIP, CITY, CITY_LABEL, COUNTY, FACILITY, SITE, COORDINATES],
  anchors: {
    shapes: CAPITALISED | (1 << Shape.Digits5),
    gaps: 1 << Gap.Dot,
    classes: CLASSES,
    tags: 1 << Tag.Place,
    labels: PLACE_LABELS,
    fields: PLACE_FIELDS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readOwnLabel(doc, at, emit);
    if ((doc.lex[at] & Lex.Hospital) === Lex.Hospital) readHospital(doc, listedHospitalEnd(doc, at), at, emit);
    if (doc.tags[at] === Tag.Place && process.env.NOTAG===undefined) { const last = tagEnd(doc, at, Tag.Place); emit(doc.start[at], doc.end[last], SITE, tagSure(doc, at, last)); }
    const shape = 1 << doc.shape[at];
    if (shape & NAMES) {
      // Most capitalised words are no place, and are told by these tests alone.
      if (mayTrigger(doc, at)) readPart(doc, at, partOf(doc, at), emit);
      if (at > 0 && mayPoint(doc, at - 1)) readPointed(doc, at, emit);
      if (doc.lex[at] & STATES) readCapitalState(doc, at, emit);
      if (doc.lex[at] & Lex.City) readBareTown(doc, at, emit);
    } else if (shape & NUMBERS) {
      if (doc.gap[at] === Gap.Dot) readDecimals(doc, at, emit);
      else if (shape & (1 << Shape.Digits5)) readCode(doc, at, emit);
    } else if (shape & (1 << Shape.UpperOne)) {
      if (at > 0 && isDigits(doc, at - 1)) readLetter(doc, at, emit);
      const road = doc.gap[at + 1] === Gap.Hyphen ? roadFrom(doc, at) : -1;
      if (road >= 0) emit(doc.start[at], doc.end[road], STREET, 0.6);
    } else if (doc.lex[at] & CLASSES) readLower(doc, at, emit);
  },
};

function readOwnLabel(doc: Doc, at: number, emit: Emit): void {
  const label = doc.labels[doc.label[at]];
  if (label.category === 'geography') readLabel(doc, at, label.kind, label.field === true, emit);
}

/** A town that a preposition points to, or that another town, or an office, vouches for. */
function readPointed(doc: Doc, at: number, emit: Emit): void {
  const cue = cueBefore(doc, at);
  let last = cue & (Code.Near | Code.Loose) ? townInContext(doc, at, cue) : -1;
  let sure = townSure;
  if (last < 0) {
    sure = 0.65;
    if (cue & Code.Link) last = townOfChain(doc, at);
    else if (cue & Code.Owner) last = officeEnd(doc, at);
  }
  if (last >= 0) emit(doc.start[at], doc.end[last], CITY, sure);
}

/** "Fresno ED visit", "60F COPD, Pikeville, O2 88%" */
function readBareTown(doc: Doc, at: number, emit: Emit): void {
  const next = doc.lex[at + 1];
  const two = doc.gap[at + 1] === Gap.Blank && isCapitalised(doc, at + 1);
  let last = at;
  if ((doc.lex[at] & Lex.CityTop) === 0) {
    // "Prescott Valley", "Cape Girardeau"
    if (!two || !(next & Lex.City) || !((next | doc.lex[at]) & Lex.PlaceWord)) return;
    last = at + 1;
  } else
    while (
      last - at < 2 &&
      doc.gap[last + 1] === Gap.Blank &&
      doc.lex[last + 1] & Lex.CityTop &&
      isCapitalised(doc, last + 1)
    )
      last++;
  // Two words of a listed town are seldom anything else.
  const sure = last > at ? !(doc.lex[at] & doc.lex[last] & (Lex.State | Lex.GivenTop)) : !(doc.lex[at] & NO_TOWN);
  if (sure && isTownOfSomebody(doc, at, last)) emit(doc.start[at], doc.end[last], CITY, 0.65);
}

/** The Bronx, the Chippewa River, the Pine Ridge Reservation. */
function readArea(doc: Doc, at: number, part: number, emit: Emit): void {
  const first = areaStart(doc, at, part);
  if (first >= 0) emit(doc.start[first], doc.end[at], CITY, 0.65);
}

/** A code before a ZIP is left to the ZIP. */
function readCapitalState(doc: Doc, at: number, emit: Emit): void {
  if (doc.lex[at] & Lex.State) readState(doc, at, emit);
  else if (
    mayBeState(doc, at) &&
    partOf(doc, at) & Place.Code &&
    !(doc.shape[at + 1] === Shape.Digits5 && doc.shape[at] === Shape.Upper && doc.gap[at + 1] === Gap.Blank)
  )
    readState(doc, at, emit);
}

function readPart(doc: Doc, at: number, part: number, emit: Emit): void {
  if (part & STREETS) readStreet(doc, at, part, emit);
  const road = part & Place.Lead ? roadFrom(doc, at) : -1;
  if (road >= 0) emit(doc.start[at], doc.end[road], STREET, 0.6);
  if (part & Place.Lead && at > 0 && doc.gap[at] === Gap.Blank && isDigits(doc, at - 1)) readLead(doc, at, emit);
  if (part & Place.County) readCounty(doc, at, emit);
  if (part & HEADS && !isFollowedByHead(doc, at, part)) readFacility(doc, at, emit);
  if (part & Place.Box) readBox(doc, at, emit);
  if (part & Place.Patron) readSaint(doc, at, emit);
  if (part & (Place.Region | Place.Feature)) readArea(doc, at, part, emit);
  if (part & Place.Ward && doc.shape[at] === Shape.Upper && at > 0) {
    const first = wardOf(doc, at);
    if (first >= 0) emit(doc.start[first], doc.end[at - 1], FACILITY, 0.65);
  }
  if (part & Place.Famous) readHospital(doc, systemEnd(doc, at), at, emit);
  if (part & Place.FamousFirst && isFamousPair(doc, at) && !isGeneralTalk(doc, at, at + 1))
    emit(doc.start[at], doc.end[at + 1], FACILITY, 0.9);
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
  const town = lex & Lex.CityTop ? Math.max(lowerTown(doc, at), lowerChain(doc, at)) : -1;
  if (town >= 0) emit(doc.start[at], doc.end[town], CITY, 0.6);
}

/** "Medical" in front of "Center": what follows reads the whole name. */
function isFollowedByHead(doc: Doc, at: number, part: number): boolean {
  return (
    (part & (Place.Head | Place.HeadWeak)) === 0 &&
    doc.gap[at + 1] === Gap.Blank &&
    isCapitalised(doc, at + 1) &&
    (partOf(doc, at + 1) & (Place.Head | Place.HeadWeak)) !== 0
  );
}

function readFacility(doc: Doc, at: number, emit: Emit): void {
  const site = facilityAt(doc, at);
  if (site.confidence >= 0.5 && !isGeneralTalk(doc, site.first, site.last))
    emit(doc.start[site.first], doc.end[site.last], FACILITY, site.confidence);
}

function readHospital(doc: Doc, last: number, at: number, emit: Emit): void {
  if (last >= 0) emit(doc.start[at], doc.end[last], FACILITY, 0.7);
}

function readDecimals(doc: Doc, at: number, emit: Emit): void {
  const end = pairEnd(doc, at);
  if (end >= 0) emit(signedStart(doc, at - 1), doc.end[end], COORDINATES);
}

/** The compass letter that ends an angle. */
function readLetter(doc: Doc, at: number, emit: Emit): void {
  const first = anglesStart(doc, at);
  if (first >= 0) emit(signedStart(doc, first), doc.end[anglesEnd(doc, at)], COORDINATES);
}
