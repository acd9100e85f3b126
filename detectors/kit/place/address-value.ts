/**
 * The value of an address's label: from its house number, or whatever else it is, to its end. In a form even a name alone
 * is taken; behind a phrase ("lives at") it takes a house or a street.
 */
import { type Doc, type Emit, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { hasDigit, isCapitalised, isWord } from '../read.js';
import { readTail, streetEnd, unitBefore, unitEnd } from './address.js';
import { Place, partOf } from './grammar.js';
import { houseStart } from './house.js';
import { LABELLED } from './rules.js';
import { isTown } from './words.js';

/** Words between a label or phrase and the town it speaks of: "city for patient transport is Orvelwick". */
const VALUE_WORDS_MAX = 8;

const ON = hashOf('on');

const AT = hashOf('at');

/** The value of an address label: from its house number, or whatever else it is, to its end. */
export function readAddress(doc: Doc, at: number, value: number, field: boolean, emit: Emit): void {
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
      emit(doc.start[unitBefore(doc, house)], doc.end[last], LABELLED, t === value ? 0.9 : 0.7);
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
