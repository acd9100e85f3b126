/**
 * Whether a date is nobody's: of a guideline, law, version or publication, of the make or expiry of a thing, of a closure or a
 * system, of a study, of a line of a log. Looks at a fixed number of tokens of the same sentence. Redacted tokens are looked
 * through, since their words could only have spoken against a date.
 */
import { type Doc, Gap, Shape, Tag } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { hasDigit, isDigits, isMixed, lengthOf, numberAt } from '../read.js';
import { words } from '../word-set.js';
import { isDayEitherWay } from './calendar.js';
import { isGeneralPair } from './general-pair.js';
import { endsBefore, Say, says } from './words.js';
import { written } from './written.js';

const GENERAL_BACK = 7;
const PRODUCT_BACK = 9;
/** Words between the make or expiry and its date. */
const PRODUCT_NEAR = 3;
const OCCASION_BACK = 10;
const GENERAL_AHEAD = 3;
const OCCASION_AHEAD = 7;
const OCCASION_NEAR = 5;
const LEVEL_AHEAD = 8;
const INSURED_BACK = 4;
/** Of who lived before, nothing is protected. */
const LIVING_YEAR_MIN = 1900;
const CARE = hashOf('care');
const OF = hashOf('of');
const DOI = hashOf('doi');
const DATE_WORD = hashOf('date');
/** Who runs a place says it too: "we will be closed". */
const OURSELVES = words('we our us');
/** "Doctors' Day": nobody's doctor. */
const OBSERVED = words('day week month');
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const FULL_STOP = 0x2e;
const ABBREVIATION_MAX = 4;
const V = 0x76;
const PLURAL = 0x73;
/** Hundredths at which the tagger's word for a name is enough. */
const NAMED_MIN = 80;

/** Whether nobody alive is concerned by the date from `first` to `last`, which no label claims. */
export function isImpersonal(doc: Doc, first: number, last: number): boolean {
  if (written.year !== 0 && written.year < LIVING_YEAR_MIN) return true;
  let person = false;
  let shielded = false;
  let product = false;
  let kept = false;
  let occasion = false;
  let seen = 0;
  for (let t = first; t > 0 && first - t < OCCASION_BACK; t--) {
    if (endsBefore(doc, t) && !isVolume(doc, t) && !(t === first && isAbbreviated(doc, t))) break;
    const w = t - 1;
    const away = first - t;
    // Nothing further back could speak against the date any more.
    if (!product && (shielded ? away >= PRODUCT_NEAR : person && away >= GENERAL_BACK))
      return isImpersonalAhead(doc, last, false, true, 0);
    if (((1 << doc.shape[w]) & DIGIT_SHAPES) !== 0) {
      if (away === 0 && isVersionNumber(doc, w)) return true;
      continue;
    }
    // A record, check or claim has an owner.
    if ((1 << doc.shape[w]) & RECORD_SHAPES) person = true;
    const said = says(doc, w);
    // "DOI 3/10/26" is a date of injury: the other DOI has no day behind it.
    if (said !== 0 && !(away === 0 && doc.hash[w] === DOI)) {
      if (said & Say.Version && away < 3 && hasDigit(doc, t) && lengthOf(doc, t) < 4) return true;
      if (away < PRODUCT_BACK) {
        if (said & Say.Keeps) kept = true;
        if ((said & Say.Product && away < PRODUCT_NEAR) || (said & Say.Expiry && isExpiryOf(doc, w, away)))
          product = true;
      }
      if (!shielded && away < GENERAL_BACK) {
        // A policy or rule of an insured person is that person's: "policy effective" alone says nothing.
        if (said & Say.General) {
          if (!isInsured(doc, w)) return true;
          shielded = true;
        }
        if (said & Say.Tail && isGeneralPair(doc, w)) return true;
        seen |= said;
        if (isIssue(seen)) return true;
      }
      if (said & Say.Occasion && !isPersonal(said)) occasion = true;
      // "Standards of Care December 2023"
      const plain = doc.hash[w] === CARE && w > 0 && doc.hash[w - 1] === OF;
      if (said & Say.Person && !plain) shielded = true;
      if (isPersonal(said) && !plain && !OURSELVES.has(doc.hash[w])) person = true;
    }
    if (isSomebody(doc, w)) person = true;
  }
  if (product && !kept) return true;
  return isImpersonalAhead(doc, last, occasion, person, shielded || kept ? 0 : seen);
}

const RECORD_SHAPES = (1 << Shape.Digits7) | (1 << Shape.Digits9) | (1 << Shape.Digits10) | (1 << Shape.Digits11);
const DIGIT_SHAPES = (1 << Shape.Digits1) | (1 << Shape.Digits2) | (1 << Shape.Digits3) | (1 << Shape.Digits4);

/** "exp 05/27", "exp date 05/27" */
const isExpiryOf = (doc: Doc, t: number, away: number): boolean =>
  away === 0 || (away === 1 && doc.hash[t + 1] === DATE_WORD);

/** Somebody by name, a relative or somebody with a title. */
function isSomebody(doc: Doc, t: number): boolean {
  if (doc.tags[t] === Tag.Name && (doc.sure[t] >= NAMED_MIN || doc.lex[t] & Lex.GivenTop)) return true;
  if ((doc.lex[t] & (Lex.Relation | Lex.Title)) === 0) return false;
  if (doc.text[doc.end[t] - 1] !== PLURAL || lengthOf(doc, t) <= ABBREVIATION_MAX) return true;
  return !OBSERVED.has(doc.hash[t + 1]) && !(doc.gap[t + 1] === Gap.Apostrophe && OBSERVED.has(doc.hash[t + 2]));
}

/** "ICD-11 was released", "codes effective". */
const isIssue = (said: number): boolean => (said & Say.Rule) !== 0 && (said & Say.Issued) !== 0;

/** "exp. 10/31/2024": the stop ends no sentence. */
const isAbbreviated = (doc: Doc, t: number): boolean =>
  doc.gap[t] === Gap.Stop && doc.text[doc.end[t - 1]] === FULL_STOP && lengthOf(doc, t - 1) <= ABBREVIATION_MAX;

/** 2021;325(4): a semicolon between the year and the volume of a journal. */
const isVolume = (doc: Doc, t: number): boolean =>
  doc.text[doc.end[t - 1]] === SEMICOLON &&
  doc.start[t] === doc.end[t - 1] + 1 &&
  isDigits(doc, t) &&
  isDigits(doc, t - 1);

const isPersonal = (said: number): boolean =>
  (said & (Say.Person | Say.Birth | Say.Death)) !== 0 ||
  ((said & Say.Event) !== 0 && (said & (Say.Occasion | Say.Neutral)) === 0);

function isImpersonalAhead(
  doc: Doc,
  last: number,
  occasionBefore: boolean,
  personBefore: boolean,
  saidBefore: number,
): boolean {
  if (isCitation(doc, last)) return true;
  let seen = saidBefore;
  let occasion = occasionBefore;
  let person = personBefore;
  let general = true;
  for (let t = last + 1; t < doc.count && t - last <= OCCASION_AHEAD && !endsBefore(doc, t); t++) {
    if (doc.gap[t] === Gap.Comma || doc.gap[t] === Gap.Colon || t - last > GENERAL_AHEAD) general = false;
    if (!general && !occasion && t - last > OCCASION_NEAR) break;
    const said = says(doc, t);
    if (general && said & Say.GeneralAfter) return true;
    if (!person && said & Say.Tail && isGeneralPair(doc, t)) return true;
    seen |= said;
    if (isPersonal(said) && !OURSELVES.has(doc.hash[t])) {
      person = true;
      general = false;
    }
    if (said & Say.Occasion && !(said & Say.Event)) occasion = true;
    if (isSomebody(doc, t)) person = true;
  }
  return !person && (occasion || isIssue(seen));
}

/** `2019 Mar 14;380:1011`: volume and page of a journal. */
function isCitation(doc: Doc, last: number): boolean {
  const t = last + 1;
  if (doc.text[doc.end[last]] !== SEMICOLON || t + 1 >= doc.count || doc.start[t] !== doc.end[last] + 1) return false;
  const gap = doc.gap[t + 1];
  return isDigits(doc, t) && (gap === Gap.Colon || gap === Gap.Open);
}

/** Whether a labelled date is the make or expiry of a thing: of a device, drug or lot, not of a license or referral. */
export function isProduct(doc: Doc, first: number): boolean {
  let product = false;
  for (let t = first; t > 0 && first - t < PRODUCT_BACK; t--) {
    if (endsBefore(doc, t)) break;
    const said = says(doc, t - 1);
    if (said & Say.Keeps) return false;
    if ((said & Say.Product && first - t < PRODUCT_NEAR) || (said & Say.Expiry && isExpiryOf(doc, t - 1, first - t)))
      product = true;
  }
  return product;
}

/** v3.1, or the three parts of `[1.4.0]`, right before a date; 7.7.44 could be a day itself. */
function isVersionNumber(doc: Doc, t: number): boolean {
  if (t > 0 && doc.gap[t] === Gap.Dot && (doc.text[doc.start[t - 1]] | 0x20) === V && isMixed(doc, t - 1)) return true;
  if (t < 2 || doc.gap[t] !== Gap.Dot || doc.gap[t - 1] !== Gap.Dot || doc.gap[t - 2] === Gap.Dot) return false;
  if (!isDigits(doc, t - 1) || !isDigits(doc, t - 2)) return false;
  return (
    lengthOf(doc, t) === 1 || (lengthOf(doc, t) < 4 && !isDayEitherWay(0, numberAt(doc, t - 2), numberAt(doc, t - 1)))
  );
}

function isInsured(doc: Doc, t: number): boolean {
  for (let k = Math.max(0, t - INSURED_BACK); k <= t + 1; k++) if (says(doc, k) & Say.Cover) return true;
  return false;
}

/** Whether the date stamps a line of a log: at its head, with a time and a level behind it, or as servers write it. */
export function isLogStamp(doc: Doc, first: number, last: number): boolean {
  const gap = doc.gap[first];
  if (gap === Gap.Slash || gap === Gap.Hyphen) return false;
  // 14/Mar/2024:08:15:02 +0000
  if (doc.text[doc.end[last]] === COLON && doc.gap[last] === Gap.Slash && isClock(doc, last + 1)) return true;
  if (gap !== Gap.Leaf && gap !== Gap.Line && !(gap === Gap.Open && first === 0)) return false;
  if (lengthOf(doc, first) !== 4) return isSystemLog(doc, last);
  const timed = !isDigits(doc, last);
  for (let t = last + 1; t < doc.count && t - last <= LEVEL_AHEAD; t++) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) return false;
    if (says(doc, t) & Say.Level) return doc.shape[t] === Shape.Upper || timed;
  }
  return false;
}

/** `Mar 14 08:15:02 host sshd[812]: …` */
function isSystemLog(doc: Doc, last: number): boolean {
  if (written.year !== 0 || !isClock(doc, last + 1)) return false;
  for (let t = last + 4; t < doc.count && t - last <= LEVEL_AHEAD; t++) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) return false;
    if (isDigits(doc, t) && doc.text[doc.end[t]] === 0x5d && doc.text[doc.start[t] - 1] === 0x5b) return true;
  }
  return false;
}

/** Hours, minutes and seconds. */
const isClock = (doc: Doc, t: number): boolean =>
  t + 2 < doc.count &&
  doc.shape[t] === Shape.Digits2 &&
  doc.gap[t + 1] === Gap.Colon &&
  doc.shape[t + 1] === Shape.Digits2 &&
  doc.gap[t + 2] === Gap.Colon;

const SPANS = words('between from and to through');

/** "Between January 1, 2015, and December 31, 2018, 812 patients": one of two days that a study took. */
export function isStudySpan(doc: Doc, first: number, last: number): boolean {
  if (first === 0 || !SPANS.has(doc.hash[first - 1])) return false;
  for (let t = last + 1; t < doc.count && t - last <= 14 && !endsBefore(doc, t); t++)
    if (says(doc, t) & Say.Cohort && isDigits(doc, t - 1)) return true;
  return false;
}

/** Whether groups of people in a study are what a month and year are about. */
export function isStudy(doc: Doc, first: number, last: number): boolean {
  for (let t = first - 1; t >= 0 && first - t <= 18; t--) {
    if (says(doc, t) & Say.Cohort) return true;
    if (endsBefore(doc, t)) break;
  }
  for (let t = last + 1; t < doc.count && t - last <= 14 && !endsBefore(doc, t); t++)
    if (says(doc, t) & Say.Cohort) return true;
  return false;
}
