/**
 * (B) Geographic subdivisions smaller than a state: street addresses, towns, counties, ZIP codes, coordinates, and the
 * facilities that place a person. Addresses hang on a street word or a ZIP, facilities on their head noun, towns on a label;
 * whatever else places somebody is told by the trained tagger. States and countries are not identifiers (45 CFR 164.514(b)(2)(i)(B)).
 */
import { type Detector, DIGITS, type Doc, type Emit, Gap, Shape, Tag } from './contract.js';
import { anglesEnd, anglesStart, pairEnd, signedStart } from './kit/place/coordinates.js';
import { facilityAt } from './kit/place/facility.js';
import { HEADS, Place, partOf, STREETS } from './kit/place/grammar.js';
import { PLACE_FIELDS, PLACE_LABELS } from './kit/place/labels.js';
import { isRoad, roadLast } from './kit/place/road.js';
import {
  BOX,
  CITY,
  CITY_LABEL,
  COORDINATES,
  COUNTY,
  FACILITY,
  LABELLED,
  ROAD,
  SITE,
  STREET,
  ZIP,
  ZIPPED,
} from './kit/place/rules.js';
import { readSaidStreet } from './kit/place/said-street.js';
import { readBox, readLead, readStreet } from './kit/place/street.js';
import { isKindAbroad, readAbroad } from './kit/place/street-abroad.js';
import { isPublisher, readTagged } from './kit/place/tagged.js';
import { readLabel } from './kit/place/values.js';
import { readCode } from './kit/place/zipped.js';
import { isCapitalised, isDigits } from './kit/read.js';
import { Lex } from './lexicon/classes.js';

const CLASSES = Lex.Street | Lex.Facility;

export const geography: Detector<'geography'> = {
  category: 'geography',
  citation: '164.514(b)(2)(i)(B)',
  rules: [STREET, ZIPPED, LABELLED, BOX, ZIP, CITY, CITY_LABEL, COUNTY, FACILITY, SITE, ROAD, COORDINATES],
  anchors: {
    shapes: (1 << Shape.UpperOne) | (1 << Shape.Digits5),
    // The places of a degree.
    forms: [{ shapes: DIGITS & ~((1 << Shape.Digits1) | (1 << Shape.Digits2)), gaps: 1 << Gap.Dot }],
    classes: CLASSES,
    tags: 1 << Tag.Place,
    labels: PLACE_LABELS,
    fields: PLACE_FIELDS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readOwnLabel(doc, at, emit);
    if (doc.tags[at] === Tag.Place) readTagged(doc, at, emit);
    if (doc.lex[at] & CLASSES) readPart(doc, at, emit);
    else if (doc.gap[at] === Gap.Dot && isDigits(doc, at)) readDecimals(doc, at, emit);
    else if (doc.shape[at] === Shape.Digits5) readCode(doc, at, emit);
    else if (doc.shape[at] === Shape.UpperOne) {
      if (at > 0 && isDigits(doc, at - 1)) readLetter(doc, at, emit);
      else if (isRoad(doc, at)) emit(doc.start[at], doc.end[roadLast(doc, at)], ROAD);
    }
  },
};

function readOwnLabel(doc: Doc, at: number, emit: Emit): void {
  const label = doc.labels[doc.label[at]];
  if (label.category === 'geography') readLabel(doc, at, label.kind, label.field === true, emit);
}

function readPart(doc: Doc, at: number, emit: Emit): void {
  const part = partOf(doc, at);
  if (part & STREETS) readStreet(doc, at, part, emit);
  if (part & Place.Lead && isRoad(doc, at)) emit(doc.start[at], doc.end[roadLast(doc, at)], ROAD);
  if (part & Place.Lead && at > 0 && doc.gap[at] === Gap.Blank && isDigits(doc, at - 1)) readLead(doc, at, emit);
  if (part & Place.Lead && at > 0 && doc.lex[at - 1] & Lex.NumberWord) readSaidStreet(doc, at, part, emit);
  if (isKindAbroad(doc, at)) readAbroad(doc, at, emit);
  if (part & HEADS && isCapitalised(doc, at)) readFacility(doc, at, emit);
  if (part & Place.Box) readBox(doc, at, emit);
}

function readFacility(doc: Doc, at: number, emit: Emit): void {
  const site = facilityAt(doc, at);
  if (site.confidence >= 0.5 && !isPublisher(doc, site.last))
    emit(doc.start[site.first], doc.end[site.last], FACILITY, site.confidence);
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
