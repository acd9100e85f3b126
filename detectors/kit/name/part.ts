/** Which tokens can be part of the value of a name's label, where any word in capitals may be somebody's name. */
import { CAPITALISED, type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { numberAt } from '../read.js';
import { WordSet } from '../word-set.js';
import { canName, GIVEN, isDegree, isInitial, isParticle, NAMED } from './person.js';

/** What a form says where there is no name. */
const NOBODY = new WordSet(
  'unknown none na n a nil not null undefined unavailable withheld redacted same self see deferred yes no male female various other tbd pending anonymous test name names',
);
const STOPS =
  Lex.Function |
  Lex.Title |
  Lex.Credential |
  Lex.Role |
  Lex.Relation |
  Lex.Weekday |
  Lex.Facility |
  Lex.Org |
  Lex.PersonCue;

/** Whether a token says that there is no name. */
export function isNobody(doc: Doc, at: number): boolean {
  return NOBODY.has(doc.hash[at] | 0);
}

/** Whether a token can be part of the value of a name's label; `marked` where a sign sets the value off. */
export function isPart(doc: Doc, t: number, marked: boolean, first: number): boolean {
  const lex = doc.lex[t];
  const shape = doc.shape[t];
  if (isInitial(doc, t)) return !isDegree(doc, t);
  // "Larkin HB": two initials.
  if (t > first && shape === Shape.Upper && doc.end[t] - doc.start[t] === 2)
    return (lex & (Lex.Credential | Lex.StateCode | Lex.Medical)) === 0;
  if (isParticle(doc, t) && (canName(doc, t + 1) || isParticle(doc, t + 1) || t > first)) return true;
  if ((1 << shape) & CAPITALISED) return isCapitalPart(doc, t, marked, first);
  if (shape === Shape.Lower)
    return canName(doc, t) || (marked && (lex & NAMED) !== 0 && (lex & (STOPS | Lex.Common)) === 0);
  return shape === Shape.Uncased || (shape === Shape.Alnum && (isNumbered(doc, t) || (marked && isMisread(doc, t))));
}

function isCapitalPart(doc: Doc, t: number, marked: boolean, first: number): boolean {
  const lex = doc.lex[t];
  const after = doc.gap[t + 1];
  const whole = t === first && marked && (after === Gap.Leaf || after === Gap.Line || after === Gap.Comma);
  if (whole && !isNobody(doc, t)) {
    if ((lex & (Lex.Function | Lex.Role | Lex.Relation | Lex.Facility | Lex.Org)) === 0) return true;
    // "CHURCH, RUKHSANA"
    if (after === Gap.Comma && lex & NAMED && doc.lex[t + 1] & GIVEN && !isDay(doc, t + 1)) return true;
  }
  // "Norana G. Down", "Dale K. So"
  if (t > first && isInitial(doc, t - 1) && lex & (NAMED | Lex.Eponym))
    if (endsClause(doc, t) || doc.flags[t + 1] & Flag.InLabel) return true;
  if (canName(doc, t)) return (lex & STOPS) === 0 || (lex & GIVEN) !== 0;
  if (!marked || lex & STOPS) return false;
  // Behind the name the sentence goes on, or the next line of capitals begins.
  const next = doc.shape[t + 1];
  if (
    t > first &&
    after === Gap.Blank &&
    (next === Shape.Lower || (doc.shape[t] === Shape.Upper && next === Shape.Upper))
  )
    return false;
  if (lex & (Lex.Medical | Lex.Drug | Lex.Common)) return doc.shape[t] === Shape.Upper && (lex & NAMED) !== 0;
  return !isNobody(doc, t);
}

/** Names as generators of test patients write them: Frami345. */
export function isNumbered(doc: Doc, t: number): boolean {
  const c = doc.text[doc.start[t]];
  const last = doc.text[doc.end[t] - 1];
  const third = doc.text[doc.start[t] + 2];
  return c >= 0x41 && c <= 0x5a && last >= 0x30 && last <= 0x39 && doc.text[doc.start[t] + 1] >= 0x61 && third >= 0x61;
}

/** 5IMRAN, MARI0, 8rown: capitals of which a scanner has read one or two as digits. */
function isMisread(doc: Doc, t: number): boolean {
  let digits = 0;
  let small = 0;
  for (let i = doc.start[t]; i < doc.end[t]; i++) {
    const c = doc.text[i];
    if (c === 0x30 || c === 0x31 || c === 0x35 || c === 0x38) digits++;
    else if (c >= 0x61 && c <= 0x7a) small++;
    else if (c < 0x41 || c > 0x5a) return false;
  }
  const letters = doc.end[t] - doc.start[t] - digits;
  // 5trong: its capital
  if (small > 0) return digits === 1 && small === letters && letters >= 4 && doc.text[doc.start[t]] < 0x3a;
  return digits > 0 && digits < 3 && letters >= 4;
}

/** Whether a comma, the end of the sentence, of the line or of the leaf follows. */
function endsClause(doc: Doc, at: number): boolean {
  const after = doc.gap[at + 1];
  return after === Gap.Comma || after === Gap.Stop || after === Gap.Line || after === Gap.Leaf;
}

/** "May 3", "Mar. 2021" */
export function isDay(doc: Doc, at: number): boolean {
  if ((doc.lex[at] & Lex.Month) === 0 || (doc.gap[at + 1] !== Gap.Blank && doc.gap[at + 1] !== Gap.Stop)) return false;
  const shape = doc.shape[at + 1];
  return shape === Shape.Digits1 || shape === Shape.Digits4 || (shape === Shape.Digits2 && numberAt(doc, at + 1) <= 31);
}
