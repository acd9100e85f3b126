/**
 * (A) Names of patients, relatives, household members and clinicians. A label, a title or a greeting announces a name;
 * elsewhere runs of name-like words are scored by what the words are and what surrounds them.
 */
import { CAPITALISED, type Detector, type Doc, type Emit, Flag, Gap, type Rule, Shape } from './contract.js';
import { hashOf } from './kit/hash.js';
import { NAME_FIELDS, NAME_LABELS } from './kit/name-labels.js';
import { ACCEPT, GREETINGS, SPOKEN, score, who } from './kit/name-score.js';
import { canFollow, canName, continues, gather, isContracted, isDegree, isInitial, isParticle, likeness, NAMED, run } from './kit/person.js';
import { wordSet } from './kit/word-table.js';
import { Lex } from './lexicon/classes.js';

const KINDS = ['unknown', 'patient', 'clinician', 'relative'] as const;
type Kind = (typeof KINDS)[number];

const ways = (way: string, confidence: number, about: string): Readonly<Record<Kind, Rule>> =>
  Object.fromEntries(KINDS.map((kind) => [kind, { name: `name.${way}`, kind, confidence, about }])) as Record<Kind, Rule>;

const LABELLED = ways('label', 0.95, 'A name after its label: patient name, attending, emergency contact, a JSON key');
const TITLED = ways('title', 0.95, 'A name after Dr, Mr, Ms, Prof');
const SCORED = ways('context', 0.6, 'Words that are names, or that stand where a name stands');
const RULES = [LABELLED, TITLED, SCORED].flatMap((rules) => KINDS.map((kind) => rules[kind]));

/** Titles that nothing else is. */
const TITLES = wordSet('dr drs mr mrs ms mx prof professor mister missus messrs mme mlle sra srta dra doctor miss');
const ABBREVIATED = wordSet('dr drs mr mrs ms mx prof messrs mme mlle sra srta dra');
const AMBIGUOUS = wordSet('mr ms dr');
const MISS = hashOf('miss');
const CLINICAL_TITLES = wordSet('dr drs doctor dra nurse surgeon');
const DOCTOR = hashOf('doctor');
const CALLED = wordSet('named called name');
const ARTICLES = wordSet('a i');
/** What a form says where there is no name. */
const NOBODY = wordSet('unknown none na n a nil not null undefined unavailable withheld redacted same self see deferred yes no male female various other tbd pending anonymous test name names');
const STOPS = Lex.Function | Lex.Title | Lex.Credential | Lex.Role | Lex.Relation | Lex.Weekday | Lex.Facility | Lex.Org | Lex.PersonCue;
const THING_BEFORE = Lex.Medical | Lex.Drug | Lex.Facility | Lex.Org | Lex.Street;
const THING_WORDS = wordSet(
  'file test brand drug generic product device module table column tool function model event plan payer insurance carrier location department site street city ' +
    'county state country group host server domain class method field variable package service project app queue topic bucket role organization company employer ' +
    'program study trial vaccine allergen procedure order lab specimen panel component medication medications code coding codings unit form template section label key value ' +
    'submodule type category study pet school bank branch team channel repo user username login screen attribute state states transition condition symptom vital observation',
);
const NAME = hashOf('name');
const NAMES_MAX = 7;
/** Words of a key that may stand between a label and its value in a JSON leaf. */
const KEY_WORDS_MAX = 5;

export const name: Detector<'name'> = {
  category: 'name',
  citation: '164.514(b)(2)(i)(A)',
  rules: RULES,
  anchors: {
    shapes: (1 << Shape.Title) | (1 << Shape.Upper) | (1 << Shape.Mixed) | (1 << Shape.Alnum),
    classes: Lex.Given | Lex.Surname | Lex.Title,
    labels: NAME_LABELS,
    fields: NAME_FIELDS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const lex = doc.lex[at];
    if (doc.label[at] !== 0 && doc.labels[doc.label[at]].category === 'name') readLabelled(doc, at, emit);
    if (lex & Lex.Title) readTitled(doc, at, emit);
    if (doc.shape[at] === Shape.Alnum) readNumbered(doc, at, emit);
    if (doc.flags[at] & Flag.InLabel && (lex & NAMED) === 0) return;
    const points = likeness(doc, at) || cued(doc, at) || rare(doc, at);
    if (points === 0 || continues(doc, at)) return;
    gather(doc, at, points);
    const total = score(doc, run);
    if (total >= ACCEPT) emit(doc.start[run.first], doc.end[run.last], SCORED[KINDS[who]], Math.min(0.9, 0.55 + (total - ACCEPT) / 120));
  },
};

/** A word in lower case that is a name only because somebody is greeted by it: "hi rose ,". */
function cued(doc: Doc, at: number): number {
  if (doc.shape[at] !== Shape.Lower || (doc.lex[at] & NAMED) === 0 || at === 0) return 0;
  const before = doc.lex[at - 1];
  if (doc.lex[at] & (Lex.Relation | Lex.Role | Lex.Title)) return 0;
  if ((before & Lex.PersonCue) === 0 || !(GREETINGS.has(doc.hash[at - 1]) || CALLED.has(doc.hash[at - 1])) || doc.lex[at] & (Lex.Function | Lex.PersonCue)) return 0;
  const gap = doc.gap[at];
  if (gap !== Gap.Blank && gap !== Gap.Comma) return 0;
  const after = doc.gap[at + 1];
  if ((doc.lex[at] & Lex.GivenTop) === 0 && doc.lex[at] & Lex.NameRare) return 0;
  const ends = after === Gap.Comma || after === Gap.Stop || after === Gap.Line || after === Gap.Leaf;
  return ends && (doc.lex[at] & Lex.Common) === 0 ? 12 : 0;
}

const IS = hashOf('is');
const PERSONS = Lex.Function | Lex.Role | Lex.Relation | Lex.Title | Lex.PersonCue | Lex.Demonym | Lex.Facility | Lex.NumberWord;

/** A word of the dictionary that can only be a surname where it stands: "by B. Driftwood", "Turnstone, Arvid". */
function rare(doc: Doc, at: number): number {
  if (doc.shape[at] !== Shape.Title || (doc.lex[at] & Lex.Word) === 0) return 0;
  const gap = doc.gap[at];
  // "Brain is a 36-year-old": whatever begins a line so is a name, unless it says what the person is.
  if (doc.flags[at] & Flag.LineStart && doc.hash[at + 1] === IS && (doc.lex[at] & PERSONS) === 0) return 10;
  if (gap === Gap.Stop) return at > 0 && isInitial(doc, at - 1) && doc.gap[at - 1] !== Gap.Leaf && canFollow(doc, at) ? 1 : 0;
  if (doc.gap[at + 1] !== Gap.Comma || !canFollow(doc, at) || likeness(doc, at + 1) < 20 || (doc.lex[at + 1] & GIVENS) === 0) return 0;
  const after = doc.gap[at + 2];
  return (doc.flags[at] & Flag.SentenceStart) === 0 || after === Gap.Comma || after === Gap.Line || after === Gap.Open ? 5 : 0;
}

function readTitled(doc: Doc, at: number, emit: Emit): void {
  if (!TITLES.has(doc.hash[at])) return;
  let t = at + 1;
  let gap = doc.gap[t];
  if (gap !== Gap.Blank && !((gap === Gap.Stop || gap === Gap.Dot) && ABBREVIATED.has(doc.hash[at]))) return;
  // "Dr. Dr.", "Prof. Dr.": the last title reads.
  if (doc.lex[t] & Lex.Title && TITLES.has(doc.hash[t])) return;
  while (isParticle(doc, t) && t - at < 4 && (doc.gap[t + 1] === Gap.Blank || doc.gap[t + 1] === Gap.Hyphen || doc.gap[t + 1] === Gap.Apostrophe)) t++;
  gap = doc.gap[t];
  const shape = doc.shape[t];
  const lex = doc.lex[t];
  const first = at + 1;
  const clinical = CLINICAL_TITLES.has(doc.hash[at]);
  let kind: Kind = clinical ? 'clinician' : 'unknown';
  if ((1 << shape) & CAPITALISED) {
    if (lex & (Lex.Function | Lex.Role | Lex.Facility) && (lex & NAMED) === 0) return;
    if (lex & Lex.Function && doc.gap[t + 1] !== Gap.Blank) return;
    if (lex & (Lex.Medical | Lex.Drug) && (lex & NAMED) === 0) return;
    if (lex & (Lex.Country | Lex.State) && (lex & TOPS) === 0) return;
    if (lex & (Lex.Common | Lex.PersonCue) && (lex & NAMED) === 0) return;
    // MR and MS are also imaging and a disease.
    if (doc.shape[at] === Shape.Upper && AMBIGUOUS.has(doc.hash[at]) && likeness(doc, t) < 8) return;
    if ((lex & (Lex.Common | Lex.Word)) !== 0 && (lex & NAMED) === 0 && (doc.hash[at] === DOCTOR || doc.hash[at] === MISS)) return;
  } else if (shape === Shape.Lower) {
    if (doc.shape[at] === Shape.Upper) return;
    if (lex & (Lex.Function | Lex.Common | Lex.Role | Lex.PersonCue) || (lex & (Lex.Drug | Lex.Medical) && (lex & Lex.SurnameTop) === 0)) return;
    if (lex & Lex.Word && (lex & NAMED) === 0) return;
    const word = doc.hash[at] === DOCTOR || doc.hash[at] === MISS;
    if (word && ((lex & TOPS) === 0 || lex & Lex.NameRare)) return;
  } else return;
  if (isInitial(doc, t)) {
    let last = t;
    let n = t + 1;
    for (; n - t < 4 && (doc.gap[n] === Gap.Stop || doc.gap[n] === Gap.Dot || doc.gap[n] === Gap.Blank || doc.gap[n] === Gap.Apostrophe); n++) {
      if (canName(doc, n) && doc.shape[n] !== Shape.Lower) {
        gather(doc, n, 20);
        last = run.last;
        break;
      }
      if (!isInitial(doc, n) || ARTICLES.has(doc.hash[n])) break;
      last = n;
    }
    emit(doc.start[first], doc.end[last], TITLED[kind]);
    return;
  }
  gather(doc, t, 20);
  if (kind === 'unknown' && doc.lex[run.last + 1] & Lex.Credential && doc.shape[run.last + 1] === Shape.Upper) kind = 'clinician';
  emit(doc.start[first], doc.end[run.last], TITLED[kind]);
}

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const label = doc.labels[doc.label[at]];
  const kind = label.kind as Kind;
  let t = valueAt(doc, at);
  if (t < 0 || doc.shape[t] === Shape.Redacted) return;
  const colon = isMark(doc.gap[t]);
  if (label.field === true && label.kind === 'unknown' && !personal(doc, at)) return;
  // An HL7 provider begins with an id.
  for (let steps = 0; steps < 2 && doc.text[doc.end[t]] === 0x5e && doc.shape[t] >= Shape.Digits1; steps++) t++;
  while (doc.lex[t] & Lex.Title && t - at < 12 && (doc.gap[t + 1] === Gap.Stop || doc.gap[t + 1] === Gap.Blank || doc.gap[t + 1] === Gap.Dot)) t++;
  const first = t;
  let last = -1;
  let comma = false;
  let strong = 0;
  for (; t < doc.count && t - first < NAMES_MAX; t++) {
    const gap = doc.gap[t];
    if (doc.shape[t] === Shape.Redacted) break;
    if (t > first) {
      if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Colon || gap === Gap.Pipe || gap === Gap.Equals || gap === Gap.Dash || gap === Gap.At || gap === Gap.Underscore || gap === Gap.Slash || gap === Gap.Hash) break;
      if (gap === Gap.Other && doc.text[doc.end[t - 1]] !== 0x5e) break;
      if (gap === Gap.Other && doc.start[t] - doc.end[t - 1] > 2) break;
      if (gap === Gap.Stop && !isInitial(doc, t - 1) && !isParticle(doc, t - 1)) break;
      if (gap === Gap.Apostrophe && doc.end[t] - doc.start[t] === 1) break;
      if (gap === Gap.Comma) {
        if (comma) break;
        comma = true;
      }
      if (gap === Gap.Open && !(likeness(doc, t) >= 8 && doc.gap[t + 1] === Gap.Close)) break;
    }
    if (doc.flags[t] & Flag.InLabel && t > first && isMark(doc.gap[t + 1])) break;
    if (!partOfValue(doc, t, colon, first)) break;
    if (gap === Gap.Comma && t > first && (doc.lex[t] & (Lex.StateCode | Lex.Credential)) !== 0 && (doc.lex[t] & GIVENS) === 0) break;
    if (!isParticle(doc, t) || (t === first && (doc.gap[t + 1] === Gap.Leaf || doc.gap[t + 1] === Gap.Line))) last = t;
    strong = Math.max(strong, likeness(doc, t));
  }
  if (last >= first && !colon && doc.end[last] - doc.start[last] === 1 && strong === 0) return;
  if (last < first || (last === first && !colon && strong === 0)) return;
  // "Patient: Um, I don't know": a turn of a dialogue, not a field.
  if (isContracted(doc, last) || (colon && strong === 0 && isInitial(doc, last))) return;
  const after = doc.gap[last + 1];
  const ends = after === Gap.Leaf || after === Gap.Line || after === Gap.Pipe || after === Gap.Open || after === Gap.Comma;
  if (label.field === true && strong < 15 && !ends) return;
  if (label.field === true && ((label.kind !== 'unknown' && SPOKEN.has(doc.hash[first])) || (strong < 15 && after === Gap.Comma && last === first))) return;
  if (label.field === true && strong < (label.kind === 'unknown' ? 10 : 8)) return;
  // A single word that is no listed name, under a key that anything may have.
  if (label.field === true && label.kind === 'unknown' && last === first && (doc.lex[first] & NAMED) === 0) return;
  if (last > first && isInitial(doc, last) && doc.gap[last + 1] === Gap.Blank && ARTICLES.has(doc.hash[last])) last--;
  if (last === first && NOBODY.has(doc.hash[first])) return;
  const weak = label.field === true && last === first && strong < 20;
  emit(doc.start[first], doc.end[last], LABELLED[kind], weak ? 0.7 : undefined);
}

const TOPS = Lex.GivenTop | Lex.SurnameTop;
const GIVENS = Lex.Given | Lex.GivenTop;

function isMark(gap: number): boolean {
  return gap === Gap.Colon || gap === Gap.Equals || gap === Gap.Pipe || gap === Gap.Other || gap === Gap.Dash || gap === Gap.Line;
}

/** Where the value of the label at `at` begins: past the rest of the key in a JSON leaf. */
function valueAt(doc: Doc, at: number): number {
  const t = doc.value[at];
  if (t < 0) return -1;
  if (isMark(doc.gap[t]) || doc.gap[at + 1] === Gap.Colon) return t;
  for (let n = t + 1; n < doc.count && n - t < KEY_WORDS_MAX && doc.gap[n] !== Gap.Leaf; n++) {
    if (doc.gap[n] === Gap.Colon) return ((1 << doc.shape[n - 1]) & CAPITALISED) !== 0 && doc.gap[t] === Gap.Line ? t : n;
    if (doc.gap[n] !== Gap.Blank) break;
  }
  return t;
}

/** Whether a bare "name" is a person's: not that of a drug, a file, a plan. */
function personal(doc: Doc, at: number): boolean {
  while (at > 0 && doc.hash[at] === NAME && doc.hash[at - 1] === NAME && doc.gap[at] === Gap.Blank) at--;
  if (doc.hash[at] !== NAME || doc.gap[at] === Gap.Leaf || doc.gap[at] === Gap.Line || at === 0) return true;
  if (doc.gap[at] === Gap.Stop || doc.gap[at] === Gap.Comma || doc.gap[at] === Gap.Colon) return true;
  const lex = doc.lex[at - 1];
  return (lex & THING_BEFORE) === 0 && !THING_WORDS.has(doc.hash[at - 1]);
}

/** Whether a token can be part of the value of a name's label. */
function partOfValue(doc: Doc, t: number, colon: boolean, first: number): boolean {
  const lex = doc.lex[t];
  const shape = doc.shape[t];
  if (isInitial(doc, t)) return !isDegree(doc, t);
  // "Larkin HB": two initials.
  if (t > first && shape === Shape.Upper && doc.end[t] - doc.start[t] === 2) return (lex & (Lex.Credential | Lex.StateCode | Lex.Medical)) === 0;
  if (isParticle(doc, t) && (canName(doc, t + 1) || isParticle(doc, t + 1) || t > first)) return true;
  if ((1 << shape) & CAPITALISED) {
    const after = doc.gap[t + 1];
    const whole = t === first && colon && (after === Gap.Leaf || after === Gap.Line || after === Gap.Comma);
    if (whole && !NOBODY.has(doc.hash[t]) && (lex & (Lex.Function | Lex.Role | Lex.Relation | Lex.Facility | Lex.Org)) === 0) return true;
    if (likeness(doc, t) > 0) return (lex & STOPS) === 0 || (lex & GIVENS) !== 0;
    if (after === Gap.Blank && shape === Shape.Upper && doc.shape[t + 1] === Shape.Upper && t > first) return false;
    if (lex & STOPS || lex & (Lex.Medical | Lex.Drug | Lex.Common)) return shape === Shape.Upper && (lex & NAMED) !== 0 && (lex & STOPS) === 0 && colon;
    if (doc.gap[t + 1] === Gap.Blank && doc.shape[t + 1] === Shape.Lower && t > first) return false;
    return colon && !NOBODY.has(doc.hash[t]);
  }
  if (shape === Shape.Lower) return likeness(doc, t) > 0 || (colon && (lex & NAMED) !== 0 && (lex & (STOPS | Lex.Common)) === 0);
  return shape === Shape.Uncased || (shape === Shape.Alnum && isNumbered(doc, t));
}

/** "Abe604 Frami345": two in a row. */
function readNumbered(doc: Doc, at: number, emit: Emit): void {
  let last = at;
  while (last - at < 4 && doc.shape[last] === Shape.Alnum && isNumbered(doc, last) && (last === at || doc.gap[last] === Gap.Blank)) last++;
  if (last - at > 1) emit(doc.start[at], doc.end[last - 1], SCORED.unknown, 0.8);
}

/** Names as generators of test patients write them: Frami345. */
function isNumbered(doc: Doc, t: number): boolean {
  const c = doc.text[doc.start[t]];
  const last = doc.text[doc.end[t] - 1];
  const third = doc.text[doc.start[t] + 2];
  return c >= 0x41 && c <= 0x5a && last >= 0x30 && last <= 0x39 && doc.text[doc.start[t] + 1] >= 0x61 && third >= 0x61;
}
