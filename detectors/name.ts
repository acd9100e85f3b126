/**
 * (A) Names of patients, relatives, household members and clinicians. A label, a title or a greeting announces a name;
 * elsewhere runs of name-like words are scored by what the words are and what surrounds them.
 */
import { type Detector, type Doc, type Emit, Flag, Gap, type Rule, Shape, Tag } from './contract.js';
import { hashOf } from './kit/hash.js';
import { Announced, announced, readAnnounced } from './kit/name-announced.js';
import { endsClause } from './kit/name-joint.js';
import { NAME_FIELDS, NAME_LABELS } from './kit/name-labels.js';
import { isNumbered } from './kit/name-part.js';
import { DOUBTFUL_MAX, prospect } from './kit/name-prospect.js';
import { continues, gather, run } from './kit/name-run.js';
import { ACCEPT, score } from './kit/name-score.js';
import { readTitle } from './kit/name-title.js';
import { readValue } from './kit/name-value.js';
import { Says, says } from './kit/name-words.js';
import { canFollow, GIVEN, isInitial, likeness, NAMED, QUIET } from './kit/person.js';
import { tagEnd, tagSure } from './kit/tagged.js';
import { Lex } from './lexicon/classes.js';

const KINDS = ['unknown', 'patient', 'clinician', 'relative'] as const;
type Kind = (typeof KINDS)[number];

const ways = (way: string, confidence: number, about: string): Readonly<Record<Kind, Rule>> =>
  Object.fromEntries(KINDS.map((kind) => [kind, { name: `name.${way}`, kind, confidence, about }])) as Record<
    Kind,
    Rule
  >;

const LABELLED = ways('label', 0.95, 'A name after its label: patient name, attending, emergency contact, a JSON key');
const TITLED = ways('title', 0.95, 'A name after Dr, Mr, Ms, Prof');
const SCORED = ways('context', 0.6, 'Words that are names, or that stand where a name stands');
const RULES = [LABELLED, TITLED, SCORED].flatMap((rules) => KINDS.map((kind) => rules[kind]));

const SOMEBODY = Lex.Relation | Lex.Role | Lex.Title | Lex.Function | Lex.PersonCue;
const CUES = Lex.Title | Lex.Role | Lex.Relation | Lex.PersonCue;
/** What makes a word known for something else than a name. */
const KNOWN = ~(NAMED | QUIET | Lex.Eponym);
const IS = hashOf('is');
/** Words that say what somebody is: "Patient is a 36-year-old". */
const PERSONS =
  Lex.Function | Lex.Role | Lex.Relation | Lex.Title | Lex.PersonCue | Lex.Demonym | Lex.Facility | Lex.NumberWord;

export const name: Detector<'name'> = {
  category: 'name',
  citation: '164.514(b)(2)(i)(A)',
  rules: RULES,
  anchors: {
    shapes: (1 << Shape.Title) | (1 << Shape.Upper) | (1 << Shape.Mixed) | (1 << Shape.Alnum),
    classes: Lex.Given | Lex.Surname | CUES,
    tags: 1 << Tag.Name,
    labels: NAME_LABELS,
    fields: NAME_FIELDS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    const lex = doc.lex[at];
    if (doc.label[at] !== 0 && doc.labels[doc.label[at]].category === 'name') readLabelled(doc, at, emit);
    if (doc.tags[at] === Tag.Name && process.env.NOTAG===undefined) { const last = tagEnd(doc, at, Tag.Name); emit(doc.start[at], doc.end[last], SCORED.unknown, tagSure(doc, at, last)); }
    if (process.env.NORULE && !(lex & Lex.Title)) return;
    if (lex & CUES) readCue(doc, at, emit);
    const points = lex & NAMED ? listed(doc, at, emit) : lex & KNOWN ? rare(doc, at) : unknown(doc, at, emit);
    if (points === 0 || (points <= DOUBTFUL_MAX && prospect(doc, at, points) < ACCEPT) || continues(doc, at)) return;
    gather(doc, at, points);
    const total = score(doc, run);
    if (total >= ACCEPT) emit(doc.start[run.first], doc.end[run.last], SCORED[KINDS[run.who]], confidenceOf(total));
  },
};

/** A name that is just accepted may be something else; many points make it sure. */
function confidenceOf(points: number): number {
  return Math.min(0.9, 0.55 + (points - ACCEPT) / 120);
}

/** The last line of a message in small letters: "quinolia jones". */
function readSigned(doc: Doc, at: number, emit: Emit): void {
  const t = at - 1;
  if (t < 1 || doc.gap[at] !== Gap.Blank || doc.gap[t] !== Gap.Line || doc.lex[t] !== 0) return;
  if (doc.shape[t] === Shape.Lower) emit(doc.start[t], doc.end[at], SCORED.unknown);
}

function listed(doc: Doc, at: number, emit: Emit): number {
  const points = likeness(doc, at);
  if (doc.gap[at + 1] === Gap.Leaf && doc.shape[at] === Shape.Lower && points > 0) readSigned(doc, at, emit);
  if (points > 0) return points;
  return doc.shape[at] === Shape.Lower ? cued(doc, at) : rare(doc, at);
}

function unknown(doc: Doc, at: number, emit: Emit): number {
  if (doc.shape[at] === Shape.Alnum) readNumbered(doc, at, emit);
  return doc.flags[at] & Flag.InLabel ? 0 : likeness(doc, at);
}

/** A word in lower case that is a name only because somebody is greeted by it: "hi rose ,". */
function cued(doc: Doc, at: number): number {
  const lex = doc.lex[at];
  if (at === 0 || lex & (SOMEBODY | Lex.Common)) return 0;
  const before = doc.lex[at - 1];
  if ((before & (Lex.Relation | Lex.PersonCue)) === 0) return 0;
  const gap = doc.gap[at];
  const ends = endsClause(doc, at);
  // "my aunt ebony says"
  if (before & Lex.Relation && gap === Gap.Blank && lex & Lex.GivenTop)
    return ends || doc.lex[at + 1] & Lex.PersonCue ? 18 : 0;
  if ((before & Lex.PersonCue) === 0 || (gap !== Gap.Blank && gap !== Gap.Comma) || !ends) return 0;
  if ((lex & Lex.GivenTop) === 0 && lex & Lex.NameRare) return 0;
  return says(doc, at - 1) & (Says.Greeting | Says.Called) ? 12 : 0;
}

/** A word of the dictionary that can only be a surname where it stands: "by B. Driftwood", "Turnstone, Arvid". */
function rare(doc: Doc, at: number): number {
  if (doc.shape[at] !== Shape.Title) return 0;
  if (doc.gap[at] === Gap.Stop && isInitial(doc, at - 1) && doc.gap[at - 1] !== Gap.Leaf)
    return canFollow(doc, at) ? 1 : 0;
  if (doc.gap[at + 1] === Gap.Comma) return isInvertedWord(doc, at) ? 5 : 0;
  // "AKA Skip Dunleavy"
  if (doc.gap[at] === Gap.Blank && doc.shape[at + 1] === Shape.Title && says(doc, at - 1) & Says.Called)
    return doc.lex[at] & Lex.Word && doc.lex[at + 1] & NAMED ? 5 : 0;
  // "Brain is a 36-year-old": whatever begins a line so is a name, unless it says what the person is.
  if (doc.hash[at + 1] !== IS || (doc.flags[at] & Flag.LineStart) === 0) return 0;
  return (doc.lex[at] & (PERSONS | Lex.Word)) === Lex.Word ? 10 : 0;
}

/** "Turnstone, Arvid reconciled" */
function isInvertedWord(doc: Doc, at: number): boolean {
  if (!canFollow(doc, at) || (doc.lex[at + 1] & GIVEN) === 0 || likeness(doc, at + 1) < 20) return false;
  const after = doc.gap[at + 2];
  if ((doc.flags[at] & Flag.SentenceStart) === 0) return true;
  return after === Gap.Comma || after === Gap.Line || after === Gap.Open;
}

function readCue(doc: Doc, at: number, emit: Emit): void {
  if (doc.lex[at] & Lex.Title) {
    const named = readTitle(doc, at);
    if (named !== null)
      emit(doc.start[named.first], doc.end[named.last], TITLED[named.clinical ? 'clinician' : 'unknown']);
  }
  const way = readAnnounced(doc, at);
  if (way === Announced.Nobody) return;
  const rule = SCORED[way === Announced.Related ? 'relative' : way === Announced.Patient ? 'patient' : 'unknown'];
  emit(doc.start[announced.first], doc.end[announced.last], rule, way === Announced.Told ? 0.7 : 0.55);
}

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const value = readValue(doc, at);
  if (value === null) return;
  const kind = doc.labels[doc.label[at]].kind as Kind;
  emit(doc.start[value.first], doc.end[value.last], LABELLED[kind], value.weak ? 0.7 : undefined);
}

/** "Abe604 Frami345": two in a row. */
function readNumbered(doc: Doc, at: number, emit: Emit): void {
  let last = at;
  while (
    last - at < 4 &&
    doc.shape[last] === Shape.Alnum &&
    isNumbered(doc, last) &&
    (last === at || doc.gap[last] === Gap.Blank)
  )
    last++;
  if (last - at > 1) emit(doc.start[at], doc.end[last - 1], SCORED.unknown, 0.8);
}
