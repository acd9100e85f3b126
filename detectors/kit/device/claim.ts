/**
 * Which code belongs to a device: behind a word for one of its parts ("R 48213A", "atrial lead 48213A"), some words away
 * from its label, beside the device itself, or next in a list.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { isUnitBehind } from '../amount.js';
import { type Claim, claimed, codeAtToken, codeFrom, isUpper, isYear } from '../code/id-code.js';
import { isPublication } from '../code/weight.js';
import { hashOf } from '../hash.js';
import { codeAhead, codeBehind, headOfCode, headOfLabel, isAnswered } from '../nearby.js';
import { isWord, lengthOf, saidBefore } from '../read.js';
import { words } from '../word-set.js';

/** Words that may stand between a serial label and its code: which side, which part. */
const PARTS = words(
  `r l right left rt lt od os ra rv lv atrial ventricular lead leads generator pump device cup stem head liner battery main primary
  secondary aid ear controller backup spare charger sn seq`,
);
/** Their code is that of a type of device, which many people carry. */
const MODELS = words(
  `model models mod type ref reference catalog catalogue cat part version firmware fw sw software rev revision size mode product sku
  gtin cpt hcpcs snomed code fda recall k per cfr gauge rate basal settings setting pressure ext`,
);
/** What has lots, too, but is given to many. */
const SUBSTANCES = words(
  `vaccine vaccines vax immunization immunisation flu influenza covid covid19 tdap mmr shingrix prevnar pfizer moderna hepatitis reagent
  reagents strip strips calibrator controls media kit pack qc saline heparin contrast`,
);
const AND = hashOf('and');
/** Words that lead from a device to its number. */
const LEADS = words(
  'is was number no num nr id reads read marked labeled labelled says engraved stamped called numbered as sn s n in ending ends',
);
/** Words that lead from a number to what it is. */
const BEING = words('is was are as');
/** Characters of a code behind a bare word, and digits where it has no letters. */
const LOOSE_MIN = 7;
const SHORT_UNITS = 4;
const SECOND_REACH = 4;
const LOOSE_DIGITS_MIN = 8;
const UNLIKELY = Lex.Month | Lex.Common | Lex.Function | Lex.Medical | Lex.Drug;
const REACH_LABEL = 8;
const REACH_WORD = 6;
const BACK = 5;
const PHONE_DIGITS_MIN = 10;
const PHONE_DIGITS_MAX = 11;

/** The code behind a word for the part that it belongs to. */
export function claimOfPart(doc: Doc, value: number): Claim | null {
  if (value < 0 || value + 1 >= doc.count || !PARTS.has(doc.hash[value])) return null;
  const gap = doc.gap[value + 1];
  if (gap !== Gap.Blank && gap !== Gap.Colon && gap !== Gap.Hash && gap !== Gap.Dash) return null;
  const claim = codeAtToken(doc, value + 1);
  // "R: 18N0492X L: …": the next side looks like litres.
  return claim ?? (codeFrom(doc, value + 1, false) && claimed.letters > 0 && claimed.digits > 4 ? claimed : null);
}

/** "flu vaccine lot UT4820K": the lot of a drug, which is no device's. */
export function isOfSubstance(doc: Doc, at: number): boolean {
  const head = headOfLabel(doc, at);
  return saidBefore(doc, head, 3, SUBSTANCES);
}

/** Right behind "serial" or "S/N": groups with blanks (DFC 248244), and capitals with few digits (J0GKU3EE). */
export function claimLoose(doc: Doc, value: number, at: number): Claim | null {
  if (value !== at + 1 || doc.gap[value] === Gap.Line || !codeFrom(doc, value, true)) return null;
  const { digits, letters, first, last } = claimed;
  if (claimed.end - claimed.start < LOOSE_MIN || isModel(doc, value)) return null;
  for (let t = first; t <= last; t++)
    if (isWord(doc, t) && (!isUpper(doc, t) || (doc.lex[t] & UNLIKELY) !== 0)) return null;
  // 2w4 1w5: so many visits in so many weeks.
  if (doc.text[doc.end[last] - 1] >= 0x61 || isMixedLow(doc, last)) return null;
  return (letters > 0 && digits > 0) || (last > first && digits >= LOOSE_DIGITS_MIN) ? claimed : null;
}

/** Letters and digits in one short token with a small letter: 2w4. */
function isMixedLow(doc: Doc, t: number): boolean {
  if (doc.shape[t] !== Shape.AlnumShort) return false;
  for (let i = doc.start[t]; i < doc.end[t]; i++) if (doc.text[i] >= 0x61) return true;
  return false;
}

/** A slash before figures: of a date, not before "exp". */
const isDated = (doc: Doc, t: number): boolean => doc.gap[t] === Gap.Slash && !isWord(doc, t);

/** "lot 4821", "serial A482": four characters right behind the word that are no year and no amount. */
export function claimShort(doc: Doc, value: number, at: number): Claim | null {
  if (value !== at + 1 || lengthOf(doc, value) !== SHORT_UNITS || doc.gap[value] === Gap.Line) return null;
  const alone = doc.gap[value + 1] !== Gap.Hyphen && !isDated(doc, value + 1) && doc.gap[value + 1] !== Gap.Dot;
  if (!alone || isUnitBehind(doc, value) || !codeFrom(doc, value, false) || claimed.last !== value) return null;
  if (claimed.letters === 0) return isYear(doc, value) ? null : claimed;
  return claimed.digits > 1 && doc.text[claimed.end - 1] < 0x61 ? claimed : null;
}

/** Four characters alone in a cell or below their head: 4482, A448. */
export function shortCell(doc: Doc, t: number): Claim | null {
  const after = doc.gap[t + 1];
  const alone = after === Gap.Comma || after === Gap.Pipe || after === Gap.Line || after === Gap.Leaf;
  if (!alone || lengthOf(doc, t) !== SHORT_UNITS || !codeFrom(doc, t, false) || claimed.last !== t) return null;
  if (claimed.letters === 0) return isYear(doc, t) ? null : claimed;
  return claimed.digits > 1 && doc.text[claimed.end - 1] < 0x61 ? claimed : null;
}

/** "REF/LOT: 71421308 / 18KD04482": what stands behind the slash. */
export function claimSecond(doc: Doc, value: number): Claim | null {
  for (let t = value + 1; value > 0 && t < doc.count && t - value <= SECOND_REACH; t++) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) return null;
    if (doc.gap[t] === Gap.Slash) return codeAtToken(doc, t);
  }
  return null;
}

/** End of a code in code units, with short capitals that a hyphen ties to it: 5NJA-AJKZ. */
export function endOfClaim(doc: Doc, claim: Claim): number {
  const next = claim.last + 1;
  if (isCardSuffix(doc, claim)) return doc.end[next];
  const tied = next < doc.count && doc.gap[next] === Gap.Hyphen && isUpper(doc, next) && lengthOf(doc, next) <= 4;
  return tied && claim.letters + claim.digits > 3 ? doc.end[next] : claim.end;
}

/** PJN 482913 H: how cards of implants set their numbers apart. */
function isCardSuffix(doc: Doc, claim: Claim): boolean {
  const { first, last } = claim;
  const next = last + 1;
  // 21104829 117, of a lens.
  if (last === first && doc.shape[first] === Shape.Digits8 && next < doc.count && doc.shape[next] === Shape.Digits3)
    return doc.gap[next] === Gap.Blank && doc.start[next] - doc.end[last] === 1 && doc.gap[next + 1] !== Gap.Blank;
  return (
    last === first + 1 &&
    doc.gap[last] === Gap.Blank &&
    doc.shape[first] === Shape.Upper &&
    lengthOf(doc, first) === 3 &&
    doc.shape[last] === Shape.Digits6 &&
    next < doc.count &&
    doc.shape[next] === Shape.UpperOne &&
    doc.gap[next] === Gap.Blank &&
    doc.gap[next + 1] !== Gap.Apostrophe
  );
}

/** The next code of a list: "R 48213A, L 48214A", "48213A and 48214A", "lot L48820 seq 29384". */
export function claimFurther(doc: Doc, claim: Claim): Claim | null {
  const { digits } = claim;
  const form = claim.letters > 0;
  let t = claim.last + 1;
  if (t >= doc.count || digits < 3) return null;
  const gap = doc.gap[t];
  const listed = gap === Gap.Comma || gap === Gap.Slash || gap === Gap.Ampersand || gap === Gap.Stop;
  if (gap === Gap.Blank && doc.hash[t] === AND) t++;
  else if (!listed && gap !== Gap.Blank) return null;
  const part = claimOfPart(doc, t);
  if (part !== null) return part.digits > 3 ? part : null;
  if (gap === Gap.Blank && t === claim.last + 1) return null;
  const next = doc.owner[t] === 0 ? codeAtToken(doc, t) : null;
  return next !== null && next.letters > 0 === form && Math.abs(next.digits - digits) <= 2 ? next : null;
}

/** The code of a label that stands some words before or behind it: "the serial on the back of the unit reads PVY229384". */
export function claimReached(doc: Doc, at: number, bare: boolean): Claim | null {
  const reach = bare ? REACH_WORD : REACH_LABEL;
  for (let t = codeAhead(doc, at, at + 1, reach, 'device'); t >= 0; t = codeAhead(doc, at, t + 1, reach, 'device')) {
    if (isModel(doc, t)) continue;
    const claim = codeAtToken(doc, t);
    if (claim === null || isAmong(doc, claim)) continue;
    if (
      isStrong(doc, claim) ||
      (!bare && claim.digits > 3) ||
      (isLed(doc, t) && claim.digits > 4 && claim.first === claim.last)
    )
      return claim;
  }
  if (isAnswered(doc, at, REACH_LABEL + 1)) return null;
  const head = headOfLabel(doc, at);
  const last = codeBehind(doc, head, BACK, 'device');
  if (
    last < 0 ||
    isModel(doc, headOfCode(doc, last)) ||
    !(BEING.has(doc.hash[last + 1]) || doc.gap[last + 1] === Gap.Equals || doc.gap[last + 1] === Gap.Open)
  )
    return null;
  const claim = codeAtToken(doc, headOfCode(doc, last));
  return claim !== null &&
    claim.last === last &&
    !isAmong(doc, claim) &&
    isStrong(doc, claim) &&
    doc.owner[claim.first] === 0
    ? claim
    : null;
}

/** Letters (none of them small) and as many digits as no model has, or more digits than a telephone. */
export function isStrong(doc: Doc, claim: Claim): boolean {
  const { digits, letters, first, last } = claim;
  // Eight digits may be a day, ten or eleven a telephone.
  if (letters === 0) return first === last && (digits > PHONE_DIGITS_MAX || digits === PHONE_DIGITS_MIN - 1);
  if (digits < 5) return false;
  for (let t = first; t <= last; t++)
    if (isWord(doc, t) && (!isUpper(doc, t) || lengthOf(doc, t) > 5 || (doc.lex[t] & Lex.Month) !== 0)) return false;
  return doc.text[doc.end[last] - 1] < 0x61 || letters > 1;
}

/** "model W1DR01", "REF 20-10330": a word of the type stands right before, or one word before that. */
export function isModel(doc: Doc, first: number): boolean {
  return saidBefore(doc, first, 2, MODELS) || isModelForm(doc, first) || isPublication(doc, first);
}

/** 5076-52, 6935M-62, 305-10: a type and a length, as leads and stems have them. */
function isModelForm(doc: Doc, first: number): boolean {
  const next = first + 1;
  const head = lengthOf(doc, first);
  return (
    next < doc.count &&
    doc.gap[next] === Gap.Hyphen &&
    doc.shape[next] === Shape.Digits2 &&
    (head === 3 || head === 4 || head === 5) &&
    doc.text[doc.start[first]] <= 0x39 &&
    doc.gap[next + 1] !== Gap.Hyphen
  );
}

export function isLed(doc: Doc, first: number): boolean {
  const gap = doc.gap[first];
  return gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Hash || LEADS.has(doc.hash[first - 1]);
}

/** Part of something longer that is no code: a path, an address, a decimal. */
export function isAmong(doc: Doc, claim: Claim): boolean {
  const gap = doc.gap[claim.last + 1];
  return gap === Gap.At || gap === Gap.Dot || doc.gap[claim.first] === Gap.At || doc.gap[claim.first] === Gap.Dot;
}
