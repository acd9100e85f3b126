/**
 * Streets around the word that says what they are: with a house number ("12 Oak Ct"), without one where somebody is ("on
 * Maple Street"), with that word in front ("12 Rue de Rivoli"), and numbered boxes, each with what follows up to the ZIP.
 */
import { type Doc, type Emit, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { SOUNDS } from '../code/spoken-words.js';
import { hashOf } from '../hash.js';
import { hasDigit, isCapitalised, isDigits, isOrdinal, isWord, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { Proof, readTail, roadEnd, streetEnd, unitBefore } from './address.js';
import { Place, partOf } from './grammar.js';
import { boxStart, houseBefore, houseStart } from './house.js';
import { BOX, STREET } from './rules.js';
import { numberSaid, readSaidStreet } from './said-street.js';
import { townAsValue } from './town-value.js';

const STREET_WORDS_MAX = 7;
const BROADWAY = hashOf('broadway');
const BOX_HASH = hashOf('box');
const AND = hashOf('and');
const IN = hashOf('in');
const OF = hashOf('of');
const ST = hashOf('st');
/** Before a street these lead to no place where somebody is. */
const ALONG = words('of and to down across');
const COUNTS = words(
  'hundred hundreds thousand thousands million millions dozen dozens half quarter single couple several once twice thrice',
);
const BLOCK = hashOf('block');
const CORNER = hashOf('corner');
const INTERSECTION = hashOf('intersection');

/** A street word: back to the house number, then on to the ZIP. */
export function readStreet(doc: Doc, at: number, part: number, emit: Emit): void {
  if (at === 0 || (doc.gap[at] !== Gap.Blank && doc.gap[at] !== Gap.Hyphen)) return;
  const house = houseBefore(doc, at);
  if (house < 0) {
    if (readSaidStreet(doc, at, part, emit)) return;
    readNamedStreet(doc, at, part, emit);
    return;
  }
  const { last, proof } = readTail(doc, part & (Place.Lead | Place.Suffix) ? roadEnd(doc, at) : at);
  const lower = !isCapitalised(doc, at);
  const place = proof & (Proof.Town | Proof.State | Proof.Zip);
  if ((part & Place.Suffix) === 0 && place === 0) {
    const labelled = ownedBy(doc, house, 'address');
    if (
      (part & Place.SuffixLoose) === 0
        ? !labelled && !(proof & Proof.Unit)
        : !labelled && !(proof & Proof.Unit) && isLoose(doc, at, last)
    )
      return;
    if (lower && !labelled && !(proof & Proof.Unit) && !isLowerStreet(doc, house, at) && !inTown(doc, at)) return;
  }
  emit(doc.start[unitBefore(doc, house)], doc.end[last], STREET, place !== 0 ? 0.95 : lower ? 0.7 : STREET.confidence);
}

function inTown(doc: Doc, last: number): boolean {
  if (doc.hash[last + 1] !== IN || doc.gap[last + 1] !== Gap.Blank || doc.gap[last + 2] !== Gap.Blank) return false;
  return townAsValue(doc, last + 2, false) >= 0;
}

/** "556 juniper circle", "369 sunset st": in lower case, of the loose words those few that seldom mean anything else. */
function isLowerStreet(doc: Doc, house: number, at: number): boolean {
  if (!(partOf(doc, at) & Place.SuffixLower) || lengthOf(doc, house) < 2) return false;
  for (let t = house + 1; t < at; t++)
    if (isWord(doc, t) && doc.lex[t] & (Lex.Common | Lex.Medical | Lex.Drug)) return false;
  return true;
}

/** A street without a number where somebody is: "on Maple Street", "corner of 5th Ave and Main St". */
function readNamedStreet(doc: Doc, at: number, part: number, emit: Emit): void {
  if (!isCapitalised(doc, at)) {
    readSmallStreet(doc, at, part, emit);
    return;
  }
  if ((part & Place.SuffixNamed) === 0 || partOf(doc, at + 1) & Place.Company) return;
  if (!(part & Place.Suffix) && isLoose(doc, at, at)) return;
  let first = at;
  let own = at;
  while (at - first < STREET_WORDS_MAX && first > 0 && (doc.gap[first] === Gap.Blank || doc.hash[first] === AND)) {
    const t = first - 1;
    const ordinal = isOrdinal(doc, t);
    // "Holt Lane and Old Harbor Road"
    if (
      doc.hash[t] === AND &&
      t > 0 &&
      partOf(doc, t - 1) & (Place.Suffix | Place.SuffixLoose) &&
      isCapitalised(doc, t - 1)
    ) {
      if (own === at) own = first;
      first = t - 1;
      continue;
    }
    if (!ordinal && (!isCapitalised(doc, t) || (doc.lex[t] & Lex.Function && !(partOf(doc, t) & Place.Saint)))) break;
    first = t;
  }
  if (!isOnStreet(doc, first)) {
    // The street before "and" may be none, or be redacted already.
    if (own === at || !isOnStreet(doc, own)) return;
    first = own;
  }
  if (first === at) return;
  // "on Left Drive"
  if (!(part & Place.Suffix) && doc.lex[at - 1] & (Lex.Common | Lex.Medical) && doc.hash[at] !== ST) return;
  first = cornerStart(doc, first);
  const { last, proof } = readTail(doc, at);
  emit(doc.start[first], doc.end[last], STREET, proof > Proof.Unit ? 0.8 : 0.6);
}

/** "off second street": in small letters one or two words that are names or ranks, and nothing else. */
function readSmallStreet(doc: Doc, at: number, part: number, emit: Emit): void {
  if (!(part & Place.Suffix)) return;
  let first = at;
  while (at - first < 2 && first > 1 && doc.gap[first] === Gap.Blank && isStreetName(doc, first - 1)) first--;
  if (first < at && isOnStreet(doc, first) && !ALONG.has(doc.hash[first - 1]))
    emit(doc.start[first], doc.end[at], STREET, 0.6);
}

function isStreetName(doc: Doc, t: number): boolean {
  const lex = doc.lex[t];
  if (doc.shape[t] !== Shape.Lower) return false;
  if (lex & Lex.NumberWord) return SOUNDS.get(doc.hash[t]) === 0 && !COUNTS.has(doc.hash[t]);
  return (lex & (Lex.City | Lex.Surname)) !== 0 && (lex & (Lex.Common | Lex.Function | Lex.Medical | Lex.Role)) === 0;
}

/** "3300 block of Winthrop Ave", "corner of Alder and 24th Ave": where the place begins, or the token itself. */
function cornerStart(doc: Doc, street: number): number {
  if (street < 3 || doc.gap[street] !== Gap.Blank || doc.gap[street - 1] !== Gap.Blank) return street;
  if (doc.hash[street - 1] === OF)
    return doc.hash[street - 2] === BLOCK && isDigits(doc, street - 3) && doc.gap[street - 2] === Gap.Blank
      ? street - 3
      : street;
  const other = street - 2;
  return doc.hash[street - 1] === AND &&
    isCapitalised(doc, other) &&
    doc.hash[other - 1] === OF &&
    (doc.hash[other - 2] === CORNER || doc.hash[other - 2] === INTERSECTION)
    ? other
    : street;
}

function isOnStreet(doc: Doc, at: number): boolean {
  return at > 0 && doc.gap[at] === Gap.Blank && (partOf(doc, at - 1) & Place.OnStreet) !== 0;
}

/** "Dr", "CT" and "St" that go on into a sentence are a title, a scan or a saint. */
function isLoose(doc: Doc, at: number, last: number): boolean {
  if (last > at) return false;
  if (!isCapitalised(doc, at)) return false;
  if (doc.shape[at] === Shape.Upper && doc.shape[at - 1] !== Shape.Upper) return true;
  const gap = doc.gap[at + 1];
  return (
    (gap === Gap.Blank || gap === Gap.Stop) &&
    at + 1 < doc.count &&
    isCapitalised(doc, at + 1) &&
    (doc.lex[at + 1] & Lex.Function) === 0 &&
    doc.gap[at + 1] === Gap.Blank
  );
}

/** "4979 Via Ginestra", "12 County Road 4": a street whose kind stands first. */
export function readLead(doc: Doc, at: number, emit: Emit): void {
  const house = houseStart(doc, at - 1);
  if (house < 0) return;
  const alone = doc.hash[at] === BROADWAY;
  const named =
    doc.gap[at + 1] === Gap.Blank &&
    (isCapitalised(doc, at + 1) || isDigits(doc, at + 1) || partOf(doc, at + 1) & Place.Inside);
  const end = alone ? at : named ? streetEnd(doc, at) : -1;
  if (end < at || (end === at && !alone) || !(alone || isCapitalised(doc, end) || isDigits(doc, end))) return;
  const { last, proof } = readTail(doc, end);
  emit(doc.start[house], doc.end[last], STREET, proof > Proof.Unit ? 0.95 : 0.8);
}

/** PO Box 12, RR 2 Box 15, PSC 12 Box 34, with town, state and ZIP. */
export function readBox(doc: Doc, at: number, emit: Emit): void {
  let number = at + 1;
  if (
    number < doc.count &&
    (doc.lex[number] & Lex.Function || lengthOf(doc, number) === 2) &&
    doc.gap[number] === Gap.Blank &&
    !hasDigit(doc, number)
  )
    number++;
  const gap = doc.gap[number];
  const said = number < doc.count && doc.gap[at + 1] === Gap.Blank ? numberSaid(doc, at + 1) : -1;
  if (said >= 0) {
    const from = boxStart(doc, at);
    if (from >= 0) emit(doc.start[from], doc.end[said], BOX, 0.75);
    return;
  }
  if (
    number >= doc.count ||
    !hasDigit(doc, number) ||
    gap === Gap.Leaf ||
    gap === Gap.Line ||
    lengthOf(doc, number) > 8
  )
    return;
  const first =
    lengthOf(doc, at) === 3 && partOf(doc, at) & Place.Box && doc.hash[at] !== BOX_HASH ? at : boxStart(doc, at);
  if (first < 0) return;
  emit(doc.start[first], doc.end[readTail(doc, number).last], BOX);
}

function ownedBy(doc: Doc, at: number, kind: string): boolean {
  const id = doc.owner[at];
  return id !== 0 && doc.labels[id].category === 'geography' && doc.labels[id].kind === kind;
}
