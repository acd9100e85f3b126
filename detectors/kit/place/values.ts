/**
 * What stands behind a label of a place: the value of a form's field, or the place that a phrase such as "lives in" leads
 * to. A label lets pass what would prove nothing by itself, as long as it can be a name.
 */
import { type Doc, type Emit, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { codeAt, hasDigit, isCapitalised, isDigits, lengthOf } from '../read.js';
import { words } from '../word-set.js';
import { readAddress } from './address-value.js';
import { stateEnd, zipEnd } from './code.js';
import { pairEnd, signedStart } from './coordinates.js';
import { Place, partOf } from './grammar.js';
import { CITY, CITY_LABEL, COORDINATES, COUNTY, ZIP } from './rules.js';
import { readSite } from './site.js';
import { readBox } from './street.js';
import { townAsValue, townOfClause } from './town-value.js';
import { isProper, isTown } from './words.js';

/** Words between a label or phrase and the town it speaks of: "city for patient transport is Orvelwick". */
const VALUE_WORDS_MAX = 8;
const HEADING_TOKENS_MAX = 12;
const RULE_UNITS_MAX = 80;
const DASH = 0x2d;
const NEIGHBORHOOD = words('neighborhood neighbourhood suburb');
const VERBS = words('is was are contains reads as equals remains in near within');

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
  const gap = doc.gap[value];
  if (gap === Gap.Pipe && isHeading(doc, value)) return;
  if (kind === 'address') readAddress(doc, at, value, field, emit);
  else if (kind === 'facility') readSite(doc, at, value, emit);
  else readCity(doc, at, value, kind, field, emit);
}

/** Whether a token stands in the heading of a Markdown table: the next line is one of dashes. */
function isHeading(doc: Doc, at: number): boolean {
  for (let t = at + 1; t <= doc.count && t - at <= HEADING_TOKENS_MAX; t++) {
    if (doc.gap[t] !== Gap.Line && doc.gap[t] !== Gap.Leaf) continue;
    const to = Math.min(doc.start[t], doc.end[t - 1] + RULE_UNITS_MAX);
    for (let i = doc.end[t - 1]; i + 2 < to; i++)
      if (doc.text[i] === DASH && doc.text[i + 1] === DASH && doc.text[i + 2] === DASH) return true;
    return false;
  }
  return false;
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
    // The 4 of "ZIP+4" is no value.
    if (gap === Gap.Plus && doc.shape[t] === Shape.Digits1) continue;
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
  return VERBS.has(doc.hash[at - 1] | 0);
}
