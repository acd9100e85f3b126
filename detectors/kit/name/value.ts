/**
 * The name behind a label: "Patient name: LARKIN, HOPE A", "DOE^JOHN^A", a JSON key. Behind a label in so many words
 * any word in capitals is taken; behind one that is only the name of a field ("name", "patient"), a likely name.
 */
import { type Doc, Flag, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hashOf } from '../hash.js';
import { WordSet } from '../word-set.js';
import { isDay, isNobody, isPart } from './part.js';
import { GIVEN, isContracted, isDotted, isInitial, isParticle, isPronoun, likeness, NAMED, QUIET } from './person.js';

/** First and last token of a value. */
export interface Value {
  readonly first: number;
  readonly last: number;
  /** A single word that may be something else. */
  readonly weak: boolean;
}

const THING_BEFORE = Lex.Medical | Lex.Drug | Lex.Facility | Lex.Org | Lex.Street;
const THING_WORDS = new WordSet(
  'file test brand drug generic product device module table column tool function model event plan payer insurance carrier location department site street city ' +
    'county state country group host server domain class method field variable package service project app queue topic bucket role organization company employer ' +
    'program study trial vaccine allergen procedure order lab specimen panel component medication medications code coding codings unit form template section label key value ' +
    'submodule type category study pet school bank branch team channel repo user username login screen attribute state states transition condition symptom vital observation',
);
/** What begins a turn of a dialogue, and what stands before somebody who is addressed. */
const SPOKEN = new WordSet(
  'um uh uhm umm uhh uhhuh uhuh oh ohh ooh ah ahh aha hm hmm mm mmm mhm huh eh ow ouch yep yeah yup nope nah ' +
    'okay ok okey well right lemme gimme gonna wanna gotta dunno thanks thank sure hello hi hey bye good fine ' +
    'great pardon dang hah ha haha hum wow gosh yessir righty alrighty cool nice true meds',
);
const DISCOURSE = new WordSet('so okay ok well alright right yeah now and');
/** Last words of the labels of a middle initial. */
const INITIALS = new WordSet('mi initial');
const NAME = hashOf('name');
/** Tokens of a name behind a label. */
const TOKENS_MAX = 7;
/** Points of a value that is a name whatever follows. */
const STRONG_MIN = 15;
/** Words of a key that may stand between a label and its value in a JSON leaf. */
const KEY_WORDS_MAX = 5;
/** Titles and ids before the name. */
const SKIPPED_MAX = 3;
const CARET = 0x5e;
const LESS_THAN = 0x3c;

const bits = (...gaps: Gap[]): number => gaps.reduce((mask, gap) => mask | (1 << gap), 0);
/** Gaps behind which a field's value stands. */
const MARKS = bits(Gap.Colon, Gap.Equals, Gap.Pipe, Gap.Other, Gap.Dash, Gap.Line);
/** Gaps that end a value. */
const ENDS = bits(
  Gap.Leaf,
  Gap.Line,
  Gap.Colon,
  Gap.Pipe,
  Gap.Equals,
  Gap.Dash,
  Gap.At,
  Gap.Underscore,
  Gap.Slash,
  Gap.Hash,
);
/** Gaps behind a value that is all there is. */
const WHOLE = bits(Gap.Leaf, Gap.Line, Gap.Pipe, Gap.Open, Gap.Comma);

function isMark(gap: number): boolean {
  return ((1 << gap) & MARKS) !== 0;
}

/** The name behind the label that ends at a token, or null. */
export function readValue(doc: Doc, at: number): Value | null {
  const { field, kind } = doc.labels[doc.label[at]];
  const start = valueAt(doc, at);
  if (start < 0 || doc.shape[start] === Shape.Redacted) return null;
  if (field === true && kind === 'unknown' && !personal(doc, at)) return null;
  const marked = isMark(doc.gap[start]);
  if (INITIALS.has(doc.hash[at])) return isInitial(doc, start) ? { first: start, last: start, weak: true } : null;
  const first = pastPrefix(doc, start);
  // "So, Denise, tell me"
  if (doc.gap[first + 1] === Gap.Comma && (SPOKEN.has(doc.hash[first]) || DISCOURSE.has(doc.hash[first]))) return null;
  let last = lastOf(doc, first, marked);
  if (last < first || isContracted(doc, last)) return null;
  let strong = 0;
  for (let t = first; t <= last; t++) strong = Math.max(strong, likeness(doc, t));
  // "F. Sun"
  if (last > first && isInitial(doc, first) && isDotted(doc, first)) strong = Math.max(strong, STRONG_MIN);
  if (strong === 0 && (!marked ? last === first || isInitial(doc, last) : isInitial(doc, last))) return null;
  if (field === true && !plausible(doc, first, last, strong, kind)) return null;
  // "Larkin, Hope A 10 mg dose": an article, not an initial.
  if (last > first && isInitial(doc, last) && isPronoun(doc, last) && isArticle(doc, last)) last--;
  if (last === first && isNobody(doc, first)) return null;
  return { first, last, weak: field === true && last === first && strong < 20 };
}

/** Whether the sentence goes on behind a lone capital. */
function isArticle(doc: Doc, at: number): boolean {
  return doc.gap[at + 1] === Gap.Blank && (doc.flags[at + 1] & Flag.InLabel) === 0 && doc.gap[at + 2] !== Gap.Colon;
}

/** Last token of the value that begins at `first`, or one before it. */
function lastOf(doc: Doc, first: number, marked: boolean): number {
  let last = first - 1;
  let comma = false;
  for (let t = first; t < doc.count && t - first < TOKENS_MAX; t++) {
    const gap = doc.gap[t];
    if (doc.shape[t] === Shape.Redacted) break;
    if (t > first) {
      if (!goesOn(doc, t, first) || (gap === Gap.Comma && comma)) break;
      comma ||= gap === Gap.Comma;
      // The next field's name: "Patient Name Hope Larkin Sex: F".
      if (doc.gap[t + 1] === Gap.Colon || (doc.flags[t] & Flag.InLabel && isMark(doc.gap[t + 1]))) break;
    }
    if (!isPart(doc, t, marked, first)) break;
    if (
      isInitial(doc, t) ||
      !isParticle(doc, t) ||
      (t === first && (doc.gap[t + 1] === Gap.Leaf || doc.gap[t + 1] === Gap.Line))
    )
      last = t;
  }
  return last;
}

/** Whether what stands before a token can stand within a name. */
function goesOn(doc: Doc, t: number, first: number): boolean {
  const gap = doc.gap[t];
  if ((1 << gap) & ENDS) return false;
  // HL7 sets components apart by one caret; further on stand prefixes and codes.
  if (gap === Gap.Other) return doc.text[doc.end[t - 1]] === CARET && doc.start[t] - doc.end[t - 1] <= 2;
  if (gap === Gap.Stop) return isInitial(doc, t - 1) || isParticle(doc, t - 1);
  if (gap === Gap.Apostrophe) return doc.end[t] - doc.start[t] > 1;
  if (gap === Gap.Comma) return isInverted(doc, t, first);
  if (gap === Gap.Open) return likeness(doc, t) >= 8 && doc.gap[t + 1] === Gap.Close;
  return true;
}

/** `Lorordan Sun <l.sun@example.org>` */
function isMailbox(doc: Doc, last: number): boolean {
  return doc.gap[last + 1] === Gap.Other && doc.text[doc.start[last + 1] - 1] === LESS_THAN;
}

/** What may stand behind the comma of "Last, First": not a state, a degree, a day or somebody's department. */
function isInverted(doc: Doc, t: number, first: number): boolean {
  const lex = doc.lex[t];
  if (lex & GIVEN) return !isDay(doc, t);
  if (lex & (Lex.StateCode | Lex.Credential | Lex.Month | Lex.Weekday)) return false;
  // "Yolanda Sprague, Utilization Review"
  const whole = t - first > 1 && (doc.lex[first] & Lex.GivenTop) !== 0;
  return !whole || (lex & ~(QUIET | Lex.Surname | Lex.SurnameTop)) === 0;
}

/** Behind the name of a field that other things have too, or that begins the turn of a dialogue ("Patient: Um, I don't"). */
function plausible(doc: Doc, first: number, last: number, strong: number, kind: string): boolean {
  const after = doc.gap[last + 1];
  const single = last === first;
  const whole =
    ((1 << after) & WHOLE) !== 0 ||
    (after === Gap.Blank && (doc.flags[last + 1] & Flag.InLabel) !== 0) ||
    (after === Gap.Blank && doc.gap[last + 2] === Gap.Equals) ||
    isMailbox(doc, last);
  if (strong < STRONG_MIN && (!whole || (single && after === Gap.Comma))) return false;
  if (kind !== 'unknown') return strong >= 8 && !SPOKEN.has(doc.hash[first]) && !SPOKEN.has(doc.hash[last]);
  return strong >= 10 && !(single && (doc.lex[first] & NAMED) === 0);
}

/** Past titles, and past the id that an HL7 provider begins with. */
function pastPrefix(doc: Doc, start: number): number {
  let t = start;
  for (let steps = 0; steps < SKIPPED_MAX; steps++) {
    const gap = doc.gap[t + 1];
    const id = doc.shape[t] >= Shape.Digits1 && doc.text[doc.end[t]] === CARET;
    const title = (doc.lex[t] & Lex.Title) !== 0 && (gap === Gap.Stop || gap === Gap.Blank || gap === Gap.Dot);
    if (!id && !title) break;
    t++;
  }
  return t;
}

/** Where the value of the label at `at` begins: past the rest of the key in a JSON leaf. */
function valueAt(doc: Doc, at: number): number {
  const t = doc.value[at];
  if (t < 0) return -1;
  if (isMark(doc.gap[t]) || doc.gap[at + 1] === Gap.Colon) return t;
  for (let n = t + 1; n < doc.count && n - t < KEY_WORDS_MAX; n++) {
    if (doc.gap[n] === Gap.Colon) return n;
    if (doc.gap[n] !== Gap.Blank) break;
  }
  return t;
}

/** Whether a bare "name" is a person's: not that of a drug, a file, a plan. */
function personal(doc: Doc, at: number): boolean {
  // {"deviceName": [{"name": …}]} is laid out as "device name name".
  const name = at > 0 && doc.hash[at] === NAME && doc.hash[at - 1] === NAME && doc.gap[at] === Gap.Blank ? at - 1 : at;
  if (doc.hash[name] !== NAME || doc.gap[name] !== Gap.Blank) return true;
  return (doc.lex[name - 1] & THING_BEFORE) === 0 && !THING_WORDS.has(doc.hash[name - 1]);
}
