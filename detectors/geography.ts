/**
 * (B) Geographic subdivisions smaller than a state: street addresses, towns, counties, ZIP codes, coordinates, and the
 * facilities that place a person. Addresses hang on a street word, a state or a ZIP; towns on a state, on a label, or on
 * the words before them. States and countries are not identifiers (45 CFR 164.514(b)(2)(i)(B)).
 */
import { CAPITALISED, type Detector, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { addressStart, boxStart, houseBefore, houseStart, Proof, readTail, roadEnd, stateEnd, streetEnd, unitEnd, zipEnd } from './kit/address.js';
import { anglesEnd, anglesStart, pairEnd, signedStart } from './kit/coordinates.js';
import { hashOf } from './kit/hash.js';
import { cued, facilityAt, isFamousPair } from './kit/facility.js';
import { fieldFollows, isProper, isTown, partOf, Place, } from './kit/place-words.js';
import { codeAt, hasDigit, isCapitalised, isDigits, isWord, labelAt, lengthOf } from './kit/read.js';
import { lowerTown, townAsValue, townBefore, townInContext, townOfClause, townSure } from './kit/town.js';
import { Lex } from './lexicon/classes.js';

const STREET: Rule = { name: 'geography.street', kind: 'address', confidence: 0.9, about: 'House number and street, with unit, town, state and ZIP as far as they follow' };
const ZIPPED: Rule = { name: 'geography.zipped', kind: 'address', confidence: 0.95, about: 'What leads up to a state or a ZIP, back to the house number' };
const LABELLED: Rule = { name: 'geography.address-label', kind: 'address', confidence: 0.9, about: 'What an address label introduces' };
const BOX: Rule = { name: 'geography.box', kind: 'address', confidence: 0.9, about: 'PO Box, rural route, highway contract or military box' };
const ZIP: Rule = { name: 'geography.zip', kind: 'zip', confidence: 0.95, about: 'ZIP or postal code after its label' };
const CITY: Rule = { name: 'geography.city', kind: 'city', confidence: 0.8, about: 'Town with its state, or behind a preposition of place' };
const CITY_LABEL: Rule = { name: 'geography.city-label', kind: 'city', confidence: 0.9, about: 'Town after a label or a phrase such as "lives in"' };
const COUNTY: Rule = { name: 'geography.county', kind: 'county', confidence: 0.9, about: 'County, parish, borough, township or precinct' };
const FACILITY: Rule = { name: 'geography.facility', kind: 'facility', confidence: 0.9, about: 'Hospital, clinic or other place of care by its name' };
const SITE: Rule = { name: 'geography.facility-label', kind: 'facility', confidence: 0.85, about: 'What a facility label introduces' };
const COORDINATES: Rule = { name: 'geography.coordinates', kind: 'coordinates', confidence: 0.9, about: 'Latitude and longitude' };

const CLASSES = Lex.Street | Lex.Facility | Lex.State | Lex.StateCode | Lex.County | Lex.CityTop;
/** Lengths of ZIPs and of decimals in coordinates. */
const NUMBERS = ((1 << (Shape.Digits16 + 1)) - 1) & ~((1 << Shape.Digits3) - 1);
/** Words between a label or phrase and the town it speaks of: "city for patient transport is Orvelwick". */
const VALUE_WORDS_MAX = 8;
const NAME_WORDS_MAX = 8;
const STREET_WORDS_MAX = 7;

const BROADWAY = hashOf('broadway');
const PRECINCT = hashOf('precinct');
const AT = hashOf('at');
const BOX_HASH = hashOf('box');
const ST_HASH = hashOf('st');
const SAINT_HASH = hashOf('saint');
const MT_HASH = hashOf('mt');
const MOUNT_HASH = hashOf('mount');
const LOWER_SUFFIXES = new Set('st ct cir circle court pl ter terrace trl trail plaza crossing crescent'.split(' ').map(hashOf));
const NAMED_SUFFIXES = new Set('st court circle terrace trail trl plaza crossing drive crescent'.split(' ').map(hashOf));
const AND = hashOf('and');
const ON = hashOf('on');
const NEIGHBORHOOD = new Set('neighborhood neighbourhood district suburb area'.split(' ').map(hashOf));
const ON_STREET = new Set('on off near at along from of to and down across'.split(' ').map(hashOf));
const LINKS = new Set('is was are contains reads as equals remains in near within'.split(' ').map(hashOf));

export const geography: Detector<'geography'> = {
  category: 'geography',
  citation: '164.514(b)(2)(i)(B)',
  rules: [STREET, ZIPPED, LABELLED, BOX, ZIP, CITY, CITY_LABEL, COUNTY, FACILITY, SITE, COORDINATES],
  anchors: {
    shapes: CAPITALISED | NUMBERS,
    classes: CLASSES,
    labels: {
      address: [
        'address', 'addr', 'home address', 'mailing address', 'street address', 'residential address', 'physical address', 'postal address', 'billing address',
        'shipping address', 'current address', 'permanent address', 'previous address', 'patient address', 'delivery address', 'address line', 'address line 1',
        'address line 2', 'address 1', 'address 2', 'address1', 'address2', 'address of record', 'residence address', 'work address', 'street name', 'postal home',
        'contact mailing location', 'mailing location', 'delivery destination', 'pickup location', 'drop off location', 'adresse', 'direccion', 'domicilio',
        'insured address', 'guarantor address', 'contact address', 'provider address', 'facility address',
        'lives on', 'live on', 'living on', 'lived on', 'live at', 'lives at', 'living at', 'lived at', 'resides at', 'residing at', 'residence is', 'home is', 'staying at', 'stays at',
      ],
      zip: ['zip', 'zip code', 'zipcode', 'postal code', 'postcode', 'post code', 'zip plus four', 'home zip', 'patient zip', 'address postal code', 'mailing zip', 'zip postal code'],
      city: [
        'city', 'town', 'home town', 'hometown', 'home city', 'municipality', 'locality', 'village', 'home locality', 'residential municipality', 'municipal area', 'city of residence',
        'city of birth', 'birth city', 'birthplace', 'birth place', 'place of birth', 'place of residence', 'town of residence', 'domicile', 'neighborhood', 'neighbourhood',
        'registered town', 'geographical origin', 'geographic origin', 'place of origin', 'home district', 'home community', 'home area', 'home village', 'destination city', 'home geography', 'geographic subdivision', 'community', 'suburb', 'city town', 'residence', 'usual locality', 'lieu de naissance',
        'lieu de residence', 'ciudad', 'ville', 'stadt', 'wohnort',
      ],
      home: [
        'lives in', 'living in', 'lived in', 'live in', 'resides in', 'residing in', 'resided in', 'reside in', 'resides near', 'resides around', 'lives near', 'lives outside', 'living near', 'born in',
        'raised in', 'grew up in', 'moved to', 'moving to', 'moved from', 'relocated to', 'relocated from', 'relocating to', 'resident of', 'residents of', 'native of', 'based in', 'based near',
        'based out of', 'located in', 'located within', 'located near', 'traveled to', 'travelled to', 'travels to', 'traveling to', 'travelling to', 'traveled toward', 'travelled toward',
        'traveled from', 'travelled from', 'drove from', 'traveling from', 'travelling from', 'travel from', 'travels from', 'flying from', 'flying to', 'flight to', 'flight from', 'trip to', 'en route from', 'evacuated from', 'airlifted from', 'flown from', 'visiting in', 'vacation in', 'vacationing in', 'stationed in', 'incarcerated in', 'currently in', 'homeless in', 'farm near', 'house near', 'home near', 'jail in', 'drives from', 'flew from', 'came from', 'comes from', 'commutes from', 'hails from', 'originally from', 'is from', 'im from', 'i m from',
        'am from', 'went back to', 'returned to', 'returning to', 'back home to', 'got back from', 'came back from', 'back from', 'here from', 'settled in', 'i m in', 'im in', 'i am in', 'we are in', 're in', 'back home in', 'home in', 'house in', 'apartment in', 'farm in', 'retired to', 'visiting from', 'family in', 'works in',
        'outskirts of', 'city of', 'town of', 'village of', 'suburb of', 'emigrated from', 'immigrated from', 'migrated from', 'housed in', 'died in', 'lives just outside', 'staying in', 'transferred from', 'referred from',
        'connected from', 'housing in', 'housing near',
      ],
      county: ['county', 'county of residence', 'county of', 'parish', 'parish of', 'township', 'precinct', 'borough of', 'borough', 'county name', 'county code', 'district name'],
      facility: [
        'facility', 'facility name', 'hospital name', 'clinic name', 'practice name', 'referring facility', 'receiving facility', 'sending facility', 'admitting facility', 'treating facility',
        'service location', 'care site', 'primary practice', 'referral origin', 'institution', 'care establishment', 'place of service', 'location name', 'site name', 'facility location', 'home clinic', 'care facility',
        'organization name', 'managing organization', 'service provider display', 'medical home', 'lieu de soins', 'centro medico', 'etablissement', 'clinic location', 'visit location', 'transfer facility', 'transferring facility',
        'originating facility', 'discharging facility', 'discharge facility', 'performing facility', 'ems facility', 'destination facility', 'clinical institution', 'healthcare institution', 'follow up care site', 'continuing care provider',
      ],
      coordinates: ['latitude', 'longitude', 'lat', 'lng', 'long lat', 'lat long', 'lat lon', 'gps', 'gps coordinates', 'coordinates', 'geolocation', 'geo', 'geopoint', 'lon', 'coords', 'coord', 'gps location', 'geo location', 'plus code'],
      box: ['po box', 'p o box', 'post office box', 'pob', 'p o b', 'pmb'],
    },
    fields: {
      address: ['street', 'street 1', 'street 2', 'line', 'line 1', 'line 2', 'home', 'ship to', 'st address', 'address text', 'location of residence', 'at'],
      facility: ['hospital', 'clinic', 'location', 'site', 'practice', 'location display', 'service provider', 'campus', 'treated at', 'seen at', 'center', 'medical center', 'nursing home', 'pharmacy', 'performing lab', 'organization', 'place'],
      city: ['geography', 'district', 'region', 'address city', 'address district', 'town city', 'cities', 'home location', 'ort'],
    },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const label = labelAt(doc, at);
    if (label !== null && label.category === 'geography') readLabel(doc, at, label.kind, label.field === true, emit);
    const shape = doc.shape[at];
    if ((1 << shape) & NUMBERS) return readNumber(doc, at, emit);
    if ((1 << shape) & CAPITALISED) {
      if (shape === Shape.UpperOne) return readLetter(doc, at, emit);
    } else if ((doc.lex[at] & CLASSES) === 0) return;
    readWord(doc, at, emit);
  },
};

function readWord(doc: Doc, at: number, emit: Emit): void {
  const part = partOf(doc, at);
  const capital = isCapitalised(doc, at);
  if (part & (Place.Suffix | Place.SuffixLoose | Place.SuffixWeak)) readStreet(doc, at, part, emit);
  if (part & Place.Lead && capital && at > 0 && doc.gap[at] === Gap.Blank && isDigits(doc, at - 1)) readLead(doc, at, emit);
  if (doc.lex[at] & (Lex.State | Lex.StateCode) && (part & Place.Code || doc.lex[at] & Lex.State)) readState(doc, at, emit);
  if (part & Place.County) readCounty(doc, at, emit);
  if (part & (Place.Head | Place.HeadWeak | Place.Specialty)) {
    const site = facilityAt(doc, at);
    if (site.confidence >= 0.5) emit(doc.start[site.first], doc.end[site.last], FACILITY, site.confidence);
  }
  if (part & Place.Box) readBox(doc, at, emit);
  if (!capital) {
    if (doc.hash[at] === ST_HASH) readLowerSaint(doc, at, emit);
    const town = doc.lex[at] & Lex.CityTop ? lowerTown(doc, at) : -1;
    if (town >= 0) emit(doc.start[at], doc.end[town], CITY, 0.6);
    return;
  }
  if (part & Place.Saint) readSaint(doc, at, emit);
  if (part & Place.Famous && cued(doc, at) && lengthOf(doc, at) > 2 && doc.gap[at + 1] !== Gap.Apostrophe)
    emit(doc.start[at], doc.end[at], FACILITY, isWord(doc, at + 1) && doc.gap[at + 1] === Gap.Blank && doc.shape[at] === Shape.Title && partOf(doc, at) & Place.Measure ? 0.4 : 0.7);
  if (isFamousPair(doc, at)) emit(doc.start[at], doc.end[at + 1], FACILITY, 0.9);
  const last = townInContext(doc, at);
  if (last >= 0) return emit(doc.start[at], doc.end[last], CITY, townSure);
  const opening = townOfClause(doc, at);
  if (opening >= 0) emit(doc.start[at], doc.end[opening], CITY, 0.7);
}

/** A street word: back to the house number, then on to the ZIP. */
function readStreet(doc: Doc, at: number, part: number, emit: Emit): void {
  if (at === 0 || (doc.gap[at] !== Gap.Blank && doc.gap[at] !== Gap.Hyphen)) return;
  const house = houseBefore(doc, at);
  if (house < 0) return readNamedStreet(doc, at, part, emit);
  const { last, proof } = readTail(doc, part & (Place.Lead | Place.Suffix) ? roadEnd(doc, at) : at);
  const lower = !isCapitalised(doc, at);
  const place = proof & (Proof.Town | Proof.State | Proof.Zip);
  if ((part & Place.Suffix) === 0 && place === 0) {
    const labelled = ownedBy(doc, house, 'address');
    if ((part & Place.SuffixLoose) === 0 ? !labelled && !(proof & Proof.Unit) : !labelled && !(proof & Proof.Unit) && isLoose(doc, at, last)) return;
    if (lower && !labelled && !(proof & Proof.Unit) && !isLowerStreet(doc, house, at)) return;
  }
  emit(doc.start[house], doc.end[last], STREET, place !== 0 ? 0.95 : lower ? 0.7 : STREET.confidence);
}

/** "556 juniper circle", "369 sunset st": in lower case, of the loose words those few that seldom mean anything else. */
function isLowerStreet(doc: Doc, house: number, at: number): boolean {
  if (!LOWER_SUFFIXES.has(doc.hash[at]) || lengthOf(doc, house) < 2) return false;
  for (let t = house + 1; t < at; t++) if (isWord(doc, t) && doc.lex[t] & (Lex.Common | Lex.Medical | Lex.Drug)) return false;
  return true;
}

/** A street without a number where somebody is: "on Maple Street", "corner of 5th Ave and Main St". */
function readNamedStreet(doc: Doc, at: number, part: number, emit: Emit): void {
  if (!(part & Place.Suffix || NAMED_SUFFIXES.has(doc.hash[at])) || !isCapitalised(doc, at) || partOf(doc, at + 1) & Place.Company) return;
  if (!(part & Place.Suffix) && isLoose(doc, at, at)) return;
  let first = at;
  while (at - first < STREET_WORDS_MAX && first > 0 && doc.gap[first] === Gap.Blank) {
    const t = first - 1;
    const ordinal = doc.shape[t] === Shape.AlnumShort;
    // "Holt Lane and Old Harbor Road"
    if (doc.hash[t] === AND && t > 0 && partOf(doc, t - 1) & (Place.Suffix | Place.SuffixLoose) && isCapitalised(doc, t - 1)) {
      first = t;
      continue;
    }
    if (!ordinal && (!isCapitalised(doc, t) || (doc.lex[t] & Lex.Function && !(partOf(doc, t) & Place.Saint)))) break;
    first = t;
  }
  if (first === at || first === 0 || doc.gap[first] !== Gap.Blank || !ON_STREET.has(doc.hash[first - 1])) return;
  const { last, proof } = readTail(doc, at);
  emit(doc.start[first], doc.end[last], STREET, proof > Proof.Unit ? 0.8 : 0.6);
}

/** "Dr", "CT" and "St" that go on into a sentence are a title, a scan or a saint. */
function isLoose(doc: Doc, at: number, last: number): boolean {
  if (last > at) return false;
  if (!isCapitalised(doc, at)) return false;
  if (doc.shape[at] === Shape.Upper && doc.shape[at - 1] !== Shape.Upper) return true;
  const gap = doc.gap[at + 1];
  return (gap === Gap.Blank || gap === Gap.Stop) && at + 1 < doc.count && isCapitalised(doc, at + 1) && (doc.lex[at + 1] & Lex.Function) === 0 && doc.gap[at + 1] === Gap.Blank;
}

/** "4979 Via Ginestra", "12 County Road 4": a street whose kind stands first. */
function readLead(doc: Doc, at: number, emit: Emit): void {
  const house = houseStart(doc, at - 1);
  if (house < 0) return;
  const alone = doc.hash[at] === BROADWAY;
  const named = doc.gap[at + 1] === Gap.Blank && (isCapitalised(doc, at + 1) || isDigits(doc, at + 1) || partOf(doc, at + 1) & Place.Inside);
  const end = alone ? at : named ? streetEnd(doc, at) : -1;
  if (end < at || (end === at && !alone) || !(alone || isCapitalised(doc, end) || isDigits(doc, end))) return;
  const { last, proof } = readTail(doc, end);
  emit(doc.start[house], doc.end[last], STREET, proof > Proof.Unit ? 0.95 : 0.8);
}

/** A state: back over the town, and to the house number where there is one. */
function readState(doc: Doc, at: number, emit: Emit): void {
  const end = stateEnd(doc, at, true);
  if (end < 0 || at === 0) return;
  // The York of New York is no state.
  if (doc.gap[at] === Gap.Blank && doc.lex[at] & doc.lex[at - 1] & Lex.State) return;
  const first = townBefore(doc, at, end);
  const sure = townSure;
  const zip = doc.gap[end + 1] === Gap.Leaf ? -1 : zipEnd(doc, end + 1);
  const stop = zip >= 0 ? zip : end;
  if (first < 0) return;
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
  if (at < 2 || doc.shape[at] !== Shape.Digits5 || doc.gap[at] === Gap.Leaf) return;
  const state = at - 1;
  if (doc.shape[state] !== Shape.Upper || lengthOf(doc, state) !== 2) return;
  const gap = doc.gap[at];
  if (gap !== Gap.Blank && gap !== Gap.Comma && gap !== Gap.Other && gap !== Gap.Line && gap !== Gap.Quote) return;
  const last = zipEnd(doc, at);
  if (last < 0) return;
  const first = townBefore(doc, state, state);
  const known = (partOf(doc, state) & Place.Code) !== 0;
  if (first < 0) {
    if (known && gap === Gap.Blank && doc.lex[state] & Lex.StateCode && doc.gap[state] !== Gap.Blank) emit(doc.start[at], doc.end[last], ZIP, 0.6);
    return;
  }
  const house = addressStart(doc, first, true);
  if (house >= 0) emit(doc.start[house], doc.end[last], ZIPPED);
  else if (known || doc.gap[state] === Gap.Comma) emit(doc.start[first], doc.end[last], ZIPPED, known ? 0.9 : 0.65);
}

/** The compass letter that ends an angle. */
function readLetter(doc: Doc, at: number, emit: Emit): void {
  const first = anglesStart(doc, at);
  if (first >= 0) emit(signedStart(doc, first), doc.end[anglesEnd(doc, at)], COORDINATES);
}

function readCounty(doc: Doc, at: number, emit: Emit): void {
  if (doc.hash[at] === PRECINCT && isDigits(doc, at + 1) && doc.gap[at + 1] === Gap.Blank && isCapitalised(doc, at)) return emit(doc.start[at], doc.end[at + 1], COUNTY, 0.7);
  const before = at - 1;
  if (before < 0 || doc.gap[at] !== Gap.Blank || !isWord(doc, before)) return;
  if (!isCapitalised(doc, at) || !isCapitalised(doc, before)) {
    const listed = (doc.lex[at] & doc.lex[before] & Lex.County) !== 0 && (doc.lex[before] & (Lex.Common | Lex.Function)) === 0;
    if (listed) emit(doc.start[before], doc.end[at], COUNTY, isCapitalised(doc, before) ? 0.9 : 0.7);
    return;
  }
  let first = at;
  while (at - first < 3 && first > 0 && (doc.gap[first] === Gap.Blank || (doc.gap[first] === Gap.Stop && lengthOf(doc, first - 1) === 2))) {
    const t = first - 1;
    if (!isWord(doc, t) || !isCapitalised(doc, t) || (doc.lex[t] & Lex.Function && !(partOf(doc, t) & Place.Saint))) break;
    first = t;
  }
  if (first === at || !(isProper(doc, before) || doc.lex[before] & (Lex.County | Lex.City))) return;
  if (doc.lex[before] & Lex.Function) return;
  const end = stateEnd(doc, at + 1);
  emit(doc.start[first], doc.end[end >= 0 && doc.gap[at + 1] === Gap.Comma ? end : at], COUNTY);
}

/** PO Box 12, RR 2 Box 15, PSC 12 Box 34, with town, state and ZIP. */
function readBox(doc: Doc, at: number, emit: Emit): void {
  let number = at + 1;
  if (number < doc.count && (doc.lex[number] & Lex.Function || lengthOf(doc, number) === 2) && doc.gap[number] === Gap.Blank && !hasDigit(doc, number)) number++;
  const gap = doc.gap[number];
  if (number >= doc.count || !hasDigit(doc, number) || gap === Gap.Leaf || gap === Gap.Line || lengthOf(doc, number) > 8) return;
  const first = lengthOf(doc, at) === 3 && partOf(doc, at) & Place.Box && doc.hash[at] !== BOX_HASH ? at : boxStart(doc, at);
  if (first < 0) return;
  emit(doc.start[first], doc.end[readTail(doc, number).last], BOX);
}

/** St. Vincent's, Mt. Sinai: hospitals that need no head noun where somebody is or goes. */
function readSaint(doc: Doc, at: number, emit: Emit): void {
  if (lengthOf(doc, at) > 5 || !(doc.gap[at + 1] === Gap.Stop || doc.gap[at + 1] === Gap.Blank || doc.gap[at + 1] === Gap.Dot)) return;
  const saint = doc.hash[at] === ST_HASH || doc.hash[at] === SAINT_HASH || doc.hash[at] === MT_HASH || doc.hash[at] === MOUNT_HASH;
  const name = at + 1;
  if (!saint || name >= doc.count || !isCapitalised(doc, name) || !isProper(doc, name) || !cued(doc, at)) return;
  const last = doc.gap[name + 1] === Gap.Apostrophe && lengthOf(doc, name + 1) === 1 ? name + 1 : name;
  if (partOf(doc, last + 1) & (Place.Company | Place.HeadWeak) || doc.lex[last + 1] & (Lex.Medical | Lex.Facility)) {
    if (doc.gap[last + 1] === Gap.Blank && !isCapitalised(doc, last + 1)) return;
  }
  emit(doc.start[at], doc.end[last], FACILITY, 0.7);
}

/** "at st vincents": chat writes saints' hospitals so. */
function readLowerSaint(doc: Doc, at: number, emit: Emit): void {
  const name = at + 1;
  if (!(doc.gap[name] === Gap.Blank || doc.gap[name] === Gap.Stop) || doc.shape[name] !== Shape.Lower || lengthOf(doc, name) < 4 || !cued(doc, at)) return;
  const lex = doc.lex[name];
  if (!(lex & (Lex.Given | Lex.Surname | Lex.City)) || lex & (Lex.Word | Lex.Common | Lex.Medical)) return;
  const last = doc.gap[name + 1] === Gap.Apostrophe && lengthOf(doc, name + 1) === 1 ? name + 1 : name;
  emit(doc.start[at], doc.end[last], FACILITY, 0.6);
}

function ownedBy(doc: Doc, at: number, kind: string): boolean {
  const id = doc.owner[at];
  return id !== 0 && doc.labels[id].category === 'geography' && doc.labels[id].kind === kind;
}

function readLabel(doc: Doc, at: number, kind: string, field: boolean, emit: Emit): void {
  if (kind === 'box') return readBox(doc, at, emit);
  if (kind === 'zip') return readZip(doc, at, emit);
  if (kind === 'coordinates') return readCoordinate(doc, at, emit);
  if (NEIGHBORHOOD.has(doc.hash[at]) && !isCapitalised(doc, at)) readNeighborhood(doc, at, emit);
  const value = doc.value[at];
  if (value < 0 || value >= doc.count) return;
  if (kind === 'address') readAddress(doc, at, value, field, emit);
  else if (kind === 'facility') readSite(doc, at, value, emit);
  else readCity(doc, at, value, kind, field, emit);
}

/** "the Doral Heights neighborhood" */
function readNeighborhood(doc: Doc, at: number, emit: Emit): void {
  let first = at;
  while (at - first < 3 && first > 0 && doc.gap[first] === Gap.Blank && isCapitalised(doc, first - 1) && !(doc.lex[first - 1] & Lex.Function)) first--;
  if (first < at && (isProper(doc, first) || isTown(doc, first))) emit(doc.start[first], doc.end[at - 1], CITY, 0.7);
}

function readZip(doc: Doc, at: number, emit: Emit): void {
  const t = numberAfter(doc, at);
  if (t < 0 || doc.shape[t] === Shape.Digits3) return;
  const end = zipEnd(doc, t);
  if (end >= 0) return emit(doc.start[t], doc.end[end], ZIP);
  const code = t - at > 2 ? null : codeAt(doc, t);
  if (code === null || doc.end[code.last] - doc.start[t] > 10) return;
  // SW1A 1AA, K1A 0B1
  const more = code.letters > 0 && doc.gap[code.last + 1] === Gap.Blank && doc.shape[code.last + 1] === Shape.AlnumShort;
  if (code.digits > 2 || more) emit(doc.start[t], doc.end[more ? code.last + 1 : code.last], ZIP, 0.85);
}

/** The first token with a digit of the same sentence, a few words behind a label ("the ZIP on the chart is 93291"), or -1. */
function numberAfter(doc: Doc, at: number): number {
  for (let t = at + 1; t < doc.count && t - at <= VALUE_WORDS_MAX; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || doc.shape[t] === Shape.Redacted || (t > at + 1 && (gap === Gap.Line || gap === Gap.Stop))) return -1;
    if (hasDigit(doc, t)) return t;
  }
  return -1;
}

function readCoordinate(doc: Doc, at: number, emit: Emit): void {
  const t = numberAfter(doc, at);
  if (t < 0 || !isDigits(doc, t) || lengthOf(doc, t) > 3 || doc.gap[t + 1] !== Gap.Dot || !isDigits(doc, t + 1)) return;
  const end = pairEnd(doc, t + 1, 1);
  if (end < 0 && lengthOf(doc, t + 1) < 2 && t > at + 1) return;
  emit(signedStart(doc, t), doc.end[end < 0 ? t + 1 : end], COORDINATES);
}

/** The value of an address label: from its house number, or whatever else it is, to its end. */
function readAddress(doc: Doc, at: number, value: number, field: boolean, emit: Emit): void {
  // A verb ("address his pain") has no colon, and its value is no house.
  const gap = doc.gap[at + 1];
  const form = field || gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe || gap === Gap.Line || gap === Gap.Other || doc.start[value] - doc.end[at] > 3 || doc.hash[at] === AT;
  for (let t = value; t < doc.count && t - value < VALUE_WORDS_MAX; t++) {
    if (t > value && (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || doc.gap[t] === Gap.Line)) break;
    if (doc.shape[t] === Shape.Redacted) return;
    const house = hasDigit(doc, t) ? houseStart(doc, t) : -1;
    if (house < 0) {
      if (t === value && doc.hash[at] === ON) return readStreetName(doc, t, emit);
      if (t === value && form && isCapitalised(doc, t)) readBareAddress(doc, t, emit);
      continue;
    }
    let name = t + 1;
    while (name < doc.count && hasDigit(doc, name) && (doc.gap[name] === Gap.Slash || doc.gap[name] === Gap.Hyphen || (doc.gap[name] === Gap.Blank && doc.gap[name + 1] === Gap.Slash))) name++;
    const end = doc.gap[name] === Gap.Blank || doc.gap[name] === Gap.Other ? streetEnd(doc, name) : -1;
    if (end < 0 || (!isCapitalised(doc, name) && !hasDigit(doc, name) && !form)) continue;
    const part = partOf(doc, end);
    const { last, proof } = readTail(doc, end);
    if (partOf(doc, name) & Place.Measure && proof === 0 && !(part & Place.Suffix)) continue;
    if (form ? isWord(doc, name) || hasDigit(doc, name) : proof !== 0 || part & (Place.Suffix | Place.SuffixLoose | Place.SuffixWeak)) {
      emit(doc.start[t === value && house < t ? house : house], doc.end[last], LABELLED, t === value ? 0.9 : 0.7);
      return;
    }
  }
}

/** "lives on juniper circle" */
function readStreetName(doc: Doc, at: number, emit: Emit): void {
  for (let t = at; t < doc.count && t - at < 4 && isWord(doc, t) && (t === at || doc.gap[t] === Gap.Blank); t++) {
    if (doc.lex[t] & Lex.Function && !(partOf(doc, t) & (Place.Saint | Place.Compass))) return;
    if (t === at || !(partOf(doc, t) & (Place.Suffix | Place.SuffixLoose))) continue;
    return emit(doc.start[at], doc.end[readTail(doc, t).last], LABELLED, 0.75);
  }
}

/** An address without a house number in a form: "Via Ginestra 12, Milano", "Sunrise Manor Apt 4", "Boise, ID". */
function readBareAddress(doc: Doc, at: number, emit: Emit): void {
  const unit = unitEnd(doc, at);
  let end = unit >= 0 ? unit : streetEnd(doc, at);
  while (end > at && isWord(doc, end) && !isCapitalised(doc, end)) end--;
  if (end < 0) return;
  const { last, proof } = readTail(doc, end);
  let evidence = proof !== 0 || unit >= 0;
  for (let t = at; t <= end && !evidence; t++)
    evidence = (partOf(doc, t) & (Place.Suffix | Place.Lead)) !== 0 || hasDigit(doc, t) || (doc.lex[t] & Lex.PlaceWord) !== 0 || isTown(doc, t);
  if (evidence && !(doc.lex[at] & (Lex.Country | Lex.Function))) emit(doc.start[at], doc.end[last], LABELLED, 0.75);
}

/** The value of a facility label: capitalised words up to the end of the field. */
function readSite(doc: Doc, at: number, value: number, emit: Emit): void {
  let t = value;
  for (; t < doc.count && t - value < VALUE_WORDS_MAX && !isCapitalised(doc, t); t++)
    if (!isWord(doc, t) || doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || (t > value && doc.gap[t] === Gap.Line)) return;
  if (t >= doc.count || !isCapitalised(doc, t) || t - value >= VALUE_WORDS_MAX || doc.gap[t] === Gap.Leaf) return;
  let last = -1;
  let proper = 0;
  let headed = false;
  for (let k = t; k < doc.count && k - t < NAME_WORDS_MAX; k++) {
    const gap = doc.gap[k];
    if (k > t && gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Apostrophe && gap !== Gap.Ampersand && !(gap === Gap.Stop && lengthOf(doc, k - 1) <= 2)) break;
    if (!isWord(doc, k) || doc.shape[k] === Shape.Redacted || (k > t && fieldFollows(doc, k) && doc.flags[k] & 1)) break;
    const part = partOf(doc, k);
    if (doc.shape[k] === Shape.Mixed && !(doc.lex[k] & (Lex.Surname | Lex.City)) && lengthOf(doc, k) > 6) break;
    const small = !isCapitalised(doc, k);
    if (small && !(part & (Place.Inside | Place.Head)) && !(gap === Gap.Apostrophe)) break;
    // Once the head noun has been read, only more of the same goes on; the next heading may follow without a sign.
    if (headed && !(part & (Place.Head | Place.HeadWeak | Place.Care | Place.Specialty)) && !(small && part & Place.Inside)) break;
    if (part & (Place.Head | Place.HeadWeak)) headed = true;
    if (!small || part & Place.Head || gap === Gap.Apostrophe) last = k;
    if (!small && isProper(doc, k) && !(part & (Place.Generic | Place.Care | Place.Head | Place.HeadWeak)) && !(doc.lex[k] & (Lex.State | Lex.Country))) proper++;
    if (!small && part & Place.Compass && lengthOf(doc, k) > 4) proper++;
  }
  // The one word of a table's heading is a word.
  if (last === t && doc.lex[t] & Lex.Word && !(doc.lex[t] & (Lex.City | Lex.SurnameTop))) return;
  if (last >= 0 && proper > 0) emit(doc.start[t], doc.end[last], SITE, at + 1 === t ? SITE.confidence : 0.75);
}

/** The value of a label or phrase that a town or county follows. */
function readCity(doc: Doc, at: number, value: number, kind: string, field: boolean, emit: Emit): void {
  if (doc.gap[at + 1] === Gap.Hyphen) return;
  const rule = kind === 'county' ? COUNTY : CITY_LABEL;
  const reach = kind === 'city' ? VALUE_WORDS_MAX : 1;
  for (let t = value; t < doc.count && t - value < reach; t++) {
    if (t > value && (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line || doc.gap[t] === Gap.Stop)) return;
    if (doc.shape[t] === Shape.Redacted || hasDigit(doc, t)) return;
    // The next line speaks of something else if it has a field or a speaker of its own.
    if (doc.gap[t] === Gap.Line && doc.gap[t + 1] === Gap.Colon) return;
    const direct = t === value && t > at;
    const gap = doc.gap[t];
    const formal = gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe || gap === Gap.Open || gap === Gap.Other || gap === Gap.Dash || gap === Gap.Slash || field;
    if (!formal && !(direct && doc.gap[t] === Gap.Blank) && !(isCapitalised(doc, t) && isLinked(doc, t)) && !(gap === Gap.Line && direct)) continue;
    if (!isCapitalised(doc, t) && !(direct && kind !== 'county')) continue;
    if (kind === 'county' && !formal && !isCapitalised(doc, at)) {
      if (!(partOf(doc, at) & Place.Inside)) return;
    }
    const end = townAsValue(doc, t, formal);
    if (end < 0) {
      if (direct) continue;
      return;
    }
    if (doc.gap[end + 1] === Gap.Blank && partOf(doc, end + 1) & (Place.Head | Place.HeadWeak) && !formal && kind !== 'home') return;
    const coded = doc.gap[end + 1] === Gap.Comma && doc.shape[end + 1] === Shape.Upper && lengthOf(doc, end + 1) === 2 ? end + 1 : -1;
    const state = kind !== 'county' && doc.gap[end + 1] !== Gap.Leaf && doc.gap[end + 1] !== Gap.Line ? stateEnd(doc, end + 1, false) : -1;
    const zip = state >= 0 && doc.gap[state + 1] !== Gap.Leaf ? zipEnd(doc, state + 1) : -1;
    emit(doc.start[t], doc.end[Math.max(end, coded, state, zip)], rule, formal || kind === 'home' ? rule.confidence : 0.75);
    return;
  }
}

/** Whether "is", "was", "contains" and the like stand before a token. */
function isLinked(doc: Doc, at: number): boolean {
  return LINKS.has(doc.hash[at - 1]);
}
