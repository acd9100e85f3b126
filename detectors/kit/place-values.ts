/**
 * What stands behind a label of a place: the value of a form's field, or the place that a phrase such as "lives in" leads
 * to. A label lets pass what would prove nothing by itself, as long as it can be a name.
 */
import { type Doc, type Emit, Flag, Gap, Shape } from '../contract.js';
import { houseStart, readTail, stateEnd, streetEnd, unitEnd, zipEnd } from './address.js';
import { pairEnd, signedStart } from './coordinates.js';
import { hashOf } from './hash.js';
import { CITY, CITY_LABEL, COORDINATES, COUNTY, LABELLED, SITE, ZIP } from './place-rules.js';
import { fieldFollows, isProper, isTown, partOf, Place } from './place-words.js';
import { codeAt, hasDigit, isCapitalised, isDigits, isWord, lengthOf } from './read.js';
import { readBox } from './street.js';
import { words } from './word-set.js';
import { townAsValue, townOfClause } from './town.js';
import { Lex } from '../lexicon/classes.js';

/** Words between a label or phrase and the town it speaks of: "city for patient transport is Orvelwick". */
const VALUE_WORDS_MAX = 8;
const NAME_WORDS_MAX = 8;
const AT = hashOf('at');
const ON = hashOf('on');
const NEIGHBORHOOD = words('neighborhood neighbourhood suburb');
const LINKS = words('is was are contains reads as equals remains in near within');

export function readLabel(doc: Doc, at: number, kind: string, field: boolean, emit: Emit): void {
  if (kind === 'box') {
    readBox(doc, at, emit);
    return;
  }
  if (kind === 'zip') {
    readZip(doc, at, emit);
    return;
  }
  if (kind === 'clause') {
    const first = townOfClause(doc, at);
    if (first >= 0) emit(doc.start[first], doc.end[at - 2], CITY, 0.7);
    return;
  }
  if (kind === 'coordinates') {
    readCoordinate(doc, at, emit);
    return;
  }
  if (NEIGHBORHOOD.has(doc.hash[at] | 0) && !isCapitalised(doc, at)) readNeighborhood(doc, at, emit);
  const value = doc.value[at];
  if (value < 0 || value >= doc.count) return;
  if (kind === 'address') readAddress(doc, at, value, field, emit);
  else if (kind === 'facility') readSite(doc, at, value, emit);
  else readCity(doc, at, value, kind, field, emit);
}

/** "the Doral Heights neighborhood" */
function readNeighborhood(doc: Doc, at: number, emit: Emit): void {
  let first = at;
  while (
    at - first < 3 &&
    first > 0 &&
    doc.gap[first] === Gap.Blank &&
    isCapitalised(doc, first - 1) &&
    !(doc.lex[first - 1] & Lex.Function)
  )
    first--;
  if (first < at && (isProper(doc, first) || isTown(doc, first) || (at - first > 1 && isProper(doc, at - 2))))
    emit(doc.start[first], doc.end[at - 1], CITY, 0.7);
}

function readZip(doc: Doc, at: number, emit: Emit): void {
  const t = numberAfter(doc, at);
  if (t < 0 || doc.shape[t] === Shape.Digits3) return;
  const end = zipEnd(doc, t);
  if (end >= 0) {
    emit(doc.start[t], doc.end[end], ZIP);
    return;
  }
  const code = t - at > 2 ? null : codeAt(doc, t);
  if (code === null || doc.end[code.last] - doc.start[t] > 10) return;
  // SW1A 1AA, K1A 0B1
  const more =
    code.letters > 0 && doc.gap[code.last + 1] === Gap.Blank && doc.shape[code.last + 1] === Shape.AlnumShort;
  if (code.digits > 2 || more) emit(doc.start[t], doc.end[more ? code.last + 1 : code.last], ZIP, 0.85);
}

/** The first token with a digit of the same sentence, a few words behind a label ("the ZIP on the chart is 93291"), or -1. */
function numberAfter(doc: Doc, at: number): number {
  for (let t = at + 1; t < doc.count && t - at <= VALUE_WORDS_MAX; t++) {
    const gap = doc.gap[t];
    if (gap === Gap.Leaf || doc.shape[t] === Shape.Redacted || (t > at + 1 && (gap === Gap.Line || gap === Gap.Stop)))
      return -1;
    if (hasDigit(doc, t) && !(doc.flags[t] & Flag.Key)) return t;
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
  const form =
    field ||
    gap === Gap.Colon ||
    gap === Gap.Equals ||
    gap === Gap.Pipe ||
    gap === Gap.Line ||
    gap === Gap.Other ||
    doc.start[value] - doc.end[at] > 3 ||
    doc.hash[at] === AT;
  for (let t = value; t < doc.count && t - value < VALUE_WORDS_MAX; t++) {
    if (t > value && (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || doc.gap[t] === Gap.Line)) break;
    if (doc.shape[t] === Shape.Redacted) return;
    if (doc.flags[t] & Flag.Key) continue;
    const house = hasDigit(doc, t) ? houseStart(doc, t) : -1;
    if (house < 0) {
      if (t === value && doc.hash[at] === ON) {
        readStreetName(doc, t, emit);
        return;
      }
      if (t === value && form && isCapitalised(doc, t)) readBareAddress(doc, t, emit);
      continue;
    }
    let name = t + 1;
    while (
      name < doc.count &&
      hasDigit(doc, name) &&
      (doc.gap[name] === Gap.Slash ||
        doc.gap[name] === Gap.Hyphen ||
        (doc.gap[name] === Gap.Blank && doc.gap[name + 1] === Gap.Slash))
    )
      name++;
    const end = doc.gap[name] === Gap.Blank || doc.gap[name] === Gap.Other ? streetEnd(doc, name) : -1;
    if (end < 0 || (!isCapitalised(doc, name) && !hasDigit(doc, name) && !form)) continue;
    const part = partOf(doc, end);
    const { last, proof } = readTail(doc, end);
    if (partOf(doc, name) & Place.Measure && proof === 0 && !(part & Place.Suffix)) continue;
    if (
      form
        ? isWord(doc, name) || hasDigit(doc, name)
        : proof !== 0 || part & (Place.Suffix | Place.SuffixLoose | Place.SuffixWeak)
    ) {
      emit(doc.start[house], doc.end[last], LABELLED, t === value ? 0.9 : 0.7);
      return;
    }
  }
}

/** "lives on juniper circle" */
function readStreetName(doc: Doc, at: number, emit: Emit): void {
  for (let t = at; t < doc.count && t - at < 4 && isWord(doc, t) && (t === at || doc.gap[t] === Gap.Blank); t++) {
    if (doc.lex[t] & Lex.Function && !(partOf(doc, t) & (Place.Saint | Place.Compass))) return;
    if (t === at || !(partOf(doc, t) & (Place.Suffix | Place.SuffixLoose))) continue;
    emit(doc.start[at], doc.end[readTail(doc, t).last], LABELLED, 0.75);
    return;
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
    evidence =
      (partOf(doc, t) & (Place.Suffix | Place.Lead)) !== 0 ||
      hasDigit(doc, t) ||
      (doc.lex[t] & Lex.PlaceWord) !== 0 ||
      isTown(doc, t);
  if (evidence && !(doc.lex[at] & (Lex.Country | Lex.Function))) emit(doc.start[at], doc.end[last], LABELLED, 0.75);
}

/** The value of a facility label: capitalised words up to the end of the field. */
function readSite(doc: Doc, at: number, value: number, emit: Emit): void {
  let t = value;
  for (; t < doc.count && t - value < VALUE_WORDS_MAX && (!isCapitalised(doc, t) || doc.flags[t] & Flag.Key); t++)
    if (!isWord(doc, t) || doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || (t > value && doc.gap[t] === Gap.Line))
      return;
  if (t >= doc.count || !isCapitalised(doc, t) || t - value >= VALUE_WORDS_MAX || doc.gap[t] === Gap.Leaf) return;
  let last = -1;
  let proper = 0;
  let headed = false;
  for (let k = t; k < doc.count && k - t < NAME_WORDS_MAX; k++) {
    const gap = doc.gap[k];
    if (
      k > t &&
      gap !== Gap.Blank &&
      gap !== Gap.Hyphen &&
      gap !== Gap.Apostrophe &&
      gap !== Gap.Ampersand &&
      !(gap === Gap.Stop && lengthOf(doc, k - 1) <= 2)
    )
      break;
    if (!isWord(doc, k) || doc.shape[k] === Shape.Redacted || (k > t && fieldFollows(doc, k) && doc.flags[k] & 1))
      break;
    const part = partOf(doc, k);
    if (doc.shape[k] === Shape.Mixed && !(doc.lex[k] & (Lex.Surname | Lex.City)) && lengthOf(doc, k) > 6) break;
    const small = !isCapitalised(doc, k);
    if (small && !(part & (Place.Inside | Place.Head)) && !(gap === Gap.Apostrophe)) break;
    // Once the head noun has been read, only more of the same goes on; the next heading may follow without a sign.
    if (
      headed &&
      !(part & (Place.Head | Place.HeadWeak | Place.Care | Place.Specialty)) &&
      !(small && part & Place.Inside)
    )
      break;
    if (part & (Place.Head | Place.HeadWeak)) headed = true;
    if (!small || part & Place.Head || gap === Gap.Apostrophe) last = k;
    if (
      !small &&
      isProper(doc, k) &&
      !(part & (Place.Generic | Place.Care | Place.Head | Place.HeadWeak)) &&
      !(doc.lex[k] & (Lex.State | Lex.Country))
    )
      proper++;
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
    if (doc.flags[t] & Flag.Key) continue;
    const direct = t === value && t > at;
    const gap = doc.gap[t];
    const formal =
      gap === Gap.Colon ||
      gap === Gap.Equals ||
      gap === Gap.Pipe ||
      gap === Gap.Open ||
      gap === Gap.Other ||
      gap === Gap.Dash ||
      gap === Gap.Slash ||
      field;
    if (
      !formal &&
      !(direct && doc.gap[t] === Gap.Blank) &&
      !(isCapitalised(doc, t) && isLinked(doc, t)) &&
      !(gap === Gap.Line && direct)
    )
      continue;
    if (!isCapitalised(doc, t) && !(direct && kind !== 'county')) continue;
    if (kind === 'county' && !formal && !(partOf(doc, at) & Place.Inside)) return;
    const end = townAsValue(doc, t, formal);
    if (end < 0) {
      if (direct) continue;
      return;
    }
    if (
      doc.gap[end + 1] === Gap.Blank &&
      partOf(doc, end + 1) & (Place.Head | Place.HeadWeak) &&
      !formal &&
      kind !== 'home'
    )
      return;
    const coded =
      doc.gap[end + 1] === Gap.Comma && doc.shape[end + 1] === Shape.Upper && lengthOf(doc, end + 1) === 2
        ? end + 1
        : -1;
    const state =
      kind !== 'county' && doc.gap[end + 1] !== Gap.Leaf && doc.gap[end + 1] !== Gap.Line
        ? stateEnd(doc, end + 1, false)
        : -1;
    const zip = state >= 0 && doc.gap[state + 1] !== Gap.Leaf ? zipEnd(doc, state + 1) : -1;
    emit(
      doc.start[t],
      doc.end[Math.max(end, coded, state, zip)],
      rule,
      formal || kind === 'home' ? rule.confidence : 0.75,
    );
    return;
  }
}

/** Whether "is", "was", "contains" and the like stand before a token. */
function isLinked(doc: Doc, at: number): boolean {
  return LINKS.has(doc.hash[at - 1] | 0);
}
