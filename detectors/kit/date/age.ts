/**
 * Ages over 89, which 45 CFR 164.514(b)(2)(i)(C) counts among dates. Reads the number and what makes it an age; ages that
 * describe a group ("adults aged 90 and older") are nobody's.
 */
import { ALNUM, type Doc, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { isCapitalised, isDigits, lengthOf } from '../read.js';
import { isBehindName, isInYears, isTold } from './age-told.js';
import { Say, says } from './age-words.js';
import { figures } from './calendar.js';

const AGE_MIN = 90;
/** Nobody grew older. */
export const AGE_MAX = 125;
/** Words between an age label and the number. */
const AGE_WORDS = 6;

const PLUS = 0x2b;
const GREATER = 0x3e;
const LESS = 0x3c;
const EQUALS = 0x3d;
const HYPHEN = 0x2d;

/** The first units of a token read as an age over 89, or 0. `digits` says how many belong to the number. */
function numberHead(doc: Doc, t: number): number {
  const first = doc.text[doc.start[t]];
  const digits = first === 0x39 ? 2 : first === 0x31 ? 3 : 0;
  const start = doc.start[t];
  if (digits === 0 || start + digits > doc.end[t]) return 0;
  for (let i = 1; i < digits; i++) if (doc.text[start + i] < 0x30 || doc.text[start + i] > 0x39) return 0;
  const next = doc.text[start + digits];
  if (start + digits < doc.end[t] && next >= 0x30 && next <= 0x39) return 0;
  const age = figures(doc.text, start, start + digits);
  return age >= AGE_MIN && age <= AGE_MAX ? digits : 0;
}

/** Digits of an age over 89 that begins at token `at` and is made one by what follows or stands before; 0 if there is none. */
export function ageAt(doc: Doc, at: number): number {
  const digits = numberHead(doc, at);
  if (digits === 0) return 0;
  const before = doc.gap[at];
  if ((before === Gap.Dot || before === Gap.Slash || before === Gap.Colon) && at > 0 && isDigits(doc, at - 1)) return 0;
  const made =
    digits < lengthOf(doc, at)
      ? gluedUnit(doc, at, digits)
      : isFollowed(doc, at) || isTold(doc, at) || isBehindName(doc, at) || isInYears(doc, at, at);
  return made && !isOfGroup(doc, at) ? digits : 0;
}

/** 94-year-old, 92 y/o, 93 yo, 95 F with: what follows makes the number an age. */
function isFollowed(doc: Doc, at: number): boolean {
  const next = at + 1;
  const gap = doc.gap[next];
  // "a ninety-three (93) year old"
  const bracketed = gap === Gap.Close && doc.gap[at] === Gap.Open;
  if (gap !== Gap.Blank && gap !== Gap.Hyphen && gap !== Gap.Dash && !bracketed) return false;
  const said = says(doc, next);
  if (said & Say.Old) return true;
  if (said & Say.Year) {
    const old = says(doc, next + 1);
    const joint = doc.gap[next + 1];
    const near = joint === Gap.Blank || joint === Gap.Hyphen || joint === Gap.Slash || joint === Gap.Dot;
    if (near && old & (Say.OldWord | Say.Sex)) return true;
    // "98 y, F, from home"
    if (joint === Gap.Comma && old & Say.Sex && lengthOf(doc, next + 1) === 1) return true;
    return said === Say.Year && (says(doc, at - 1) & Say.Before) !== 0 && gap === Gap.Blank;
  }
  return (said & Say.Sex) !== 0 && gap === Gap.Blank && introduces(doc, at, next);
}

/** 93yo, 94F, 101y: what is glued to the digits. */
function gluedUnit(doc: Doc, at: number, digits: number): boolean {
  const { text } = doc;
  const from = doc.start[at] + digits;
  const length = doc.end[at] - from;
  const a = text[from] | 0x20;
  const b = text[from + 1] | 0x20;
  if (a === 0x79) {
    if (length === 1)
      return (
        doc.gap[at + 1] === Gap.Slash || (says(doc, at + 1) & (Say.OldWord | Say.Sex)) !== 0 || introduces(doc, at, at)
      );
    return b === 0x6f || b === 0x72 || b === 0x65;
  }
  return length === 1 && (a === 0x66 || a === 0x6d) && introduces(doc, at, at);
}

/** Whether `94F` stands where a patient is introduced, and not where a temperature is told. */
function introduces(doc: Doc, at: number, sex: number): boolean {
  for (let t = at - 1; t >= 0 && at - t <= 3; t--) {
    if (says(doc, t) & Say.Heat) return false;
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line) break;
  }
  const word = doc.shape[sex];
  if (sex > at && (word === Shape.Lower || word === Shape.Title || word === Shape.Upper)) return true;
  const gap = doc.gap[sex + 1];
  const opens =
    doc.gap[at] === Gap.Leaf ||
    doc.gap[at] === Gap.Line ||
    doc.gap[at] === Gap.Open ||
    (says(doc, at - 1) & Say.Patient) !== 0;
  if ((gap === Gap.Blank || gap === Gap.Comma) && says(doc, sex + 1) & Say.After) return true;
  const lineEnds = gap === Gap.Line || gap === Gap.Leaf;
  // Behind a name: "Ann Lee 90M" at the end of a line, "Ann Lee, 103F, driver".
  if (
    at > 0 &&
    isCapitalised(doc, at - 1) &&
    ((lineEnds && doc.gap[at] === Gap.Blank) || (gap === Gap.Comma && doc.gap[at] === Gap.Comma))
  )
    return true;
  return opens && (lineEnds || gap === Gap.Blank || gap === Gap.Comma || gap === Gap.Close || gap === Gap.Stop);
}

/** The token of the age that an age label's value is, or -1: `Age (yrs): 93`, `Age/Sex: 91/F`, `at age 94`. */
export function labelledAge(doc: Doc, at: number, value: number): number {
  let t = value >= 0 ? value : at + 1;
  let words = 0;
  while (t < doc.count && words < AGE_WORDS && !isDigits(doc, t) && ((1 << doc.shape[t]) & ALNUM) === 0) {
    if (
      doc.shape[t] === Shape.Redacted ||
      (doc.gap[t] === Gap.Line && t > at + 1) ||
      doc.gap[t] === Gap.Leaf ||
      doc.gap[t] === Gap.Stop ||
      doc.gap[t] === Gap.Comma
    )
      return -1;
    if ((says(doc, t) & Say.Format) === 0) words++;
    t++;
  }
  if (t >= doc.count || doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Stop || (doc.gap[t] === Gap.Line && t > at + 1))
    return -1;
  // Behind other words a number is the age only if something points to it: "Age at exam: 98", "age … is 91 years".
  if (
    words > 0 &&
    doc.gap[t] === Gap.Blank &&
    !(says(doc, t - 1) & Say.Points) &&
    !(says(doc, t + 1) & (Say.Year | Say.Old))
  )
    return -1;
  const digits = numberHead(doc, t);
  if (digits === 0 || isOfGroup(doc, t) || isOfGroup(doc, at)) return -1;
  const length = lengthOf(doc, t);
  if (length > digits && (doc.text[doc.start[t] + digits] | 0x20) !== 0x79 && length > digits + 1) return -1;
  return says(doc, t + 1) & Say.OtherUnit && doc.gap[t + 1] !== Gap.Slash && lengthOf(doc, t + 1) > 1 ? -1 : t;
}

/** Digits at the head of the age's token; assumes that `labelledAge` found it. */
export function ageDigits(doc: Doc, t: number): number {
  return numberHead(doc, t);
}

/** Whether the number is of a group, or compared: adults aged 90 and older, > 90. */
export function isOfGroup(doc: Doc, at: number): boolean {
  const after = doc.text[doc.end[at]];
  const before = doc.start[at] > 0 ? doc.text[doc.start[at] - 1] : 0;
  const farther = doc.start[at] > 1 ? doc.text[doc.start[at] - 2] : 0;
  // `>> 98` and `=> 98` point to a value; `> 98` and `>98` compare.
  const points =
    before === GREATER ? farther : farther === GREATER && doc.start[at] > 2 ? doc.text[doc.start[at] - 3] : 0;
  if (points === GREATER || points === EQUALS || points === HYPHEN) return false;
  if (
    after === PLUS ||
    before === GREATER ||
    before === LESS ||
    farther === GREATER ||
    farther === LESS ||
    before === 0x2265 ||
    farther === 0x2265
  )
    return true;
  if (at > 0 && (doc.gap[at] === Gap.Hyphen || doc.gap[at] === Gap.Dash) && isDigits(doc, at - 1)) return true;
  for (let t = at - 1; t >= 0 && at - t <= 4; t--) {
    if (says(doc, t) & Say.Group) return true;
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line || doc.gap[t] === Gap.Stop) break;
  }
  for (let t = at + 1; t < doc.count && t - at <= 5; t++) {
    if (doc.gap[t] === Gap.Leaf || doc.gap[t] === Gap.Line || doc.gap[t] === Gap.Stop) break;
    if (says(doc, t) & Say.Beyond && (doc.hash[t - 1] === OR || doc.hash[t - 1] === AND)) return true;
  }
  return false;
}

const OR = hashOf('or');
const AND = hashOf('and');
