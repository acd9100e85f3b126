/**
 * (A) Names of patients, relatives, household members and clinicians. What a label claims is a name in any form; elsewhere the
 * trained tagger tells names from words by what they are and what stands around them.
 */
import { type Detector, type Doc, type Emit, Gap, type Rule, Shape, Tag } from './contract.js';
import { isDoubtful } from './kit/name/doubt.js';
import { begun, isListed, prolonged, shortened, titleWithin, trimmed } from './kit/name/edge.js';
import { NAME_FIELDS, NAME_LABELS } from './kit/name/labels.js';
import { misreadSpan } from './kit/name/misread.js';
import { isNumbered } from './kit/name/part.js';
import { roleOf } from './kit/name/role.js';
import { spelledEnd } from './kit/name/spelled-name.js';
import { readValue } from './kit/name/value.js';
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
const TAGGED = ways('context', 0.8, 'Words that are names, or that stand where a name stands');
const MISREAD = ways('misread', 0.7, 'A name in capitals of which a scanner has taken some for small letters');
const SPELLED = ways('spelled', 0.85, 'A name spelled letter by letter');
/** In the order of the roles. */
const TAGGED_ROLES = KINDS.map((kind) => TAGGED[kind]);
const RULES = [LABELLED, TAGGED, SPELLED, MISREAD].flatMap((rules) => KINDS.map((kind) => rules[kind]));

const STYLED = Lex.Title | Lex.Relation;
/** Words for places, offices and companies: alone they are seldom somebody's name. */
const THINGS = Lex.Facility | Lex.Street | Lex.Org | Lex.Role;
const THING_SURE_MIN = 0.8;
const SMALL_SURE_MIN = 0.72;
const UNDERSCORE = 0x5f;
const ONE = (1 << Shape.LowerOne) | (1 << Shape.UpperOne);
const SHORT_UNITS_MAX = 4;
/** The longest surnames that anybody bears have some 35 letters. */
const LONG_UNITS_MAX = 40;
const SHORT_SURE_MIN = 0.72;
const LISTED = Lex.GivenTop | Lex.Given | Lex.SurnameTop | Lex.Surname | Lex.NameRare;
/** Names as generators of test patients write them come in twos and more. */
const NUMBERED_MAX = 4;

export const name: Detector<'name'> = {
  category: 'name',
  citation: '164.514(b)(2)(i)(A)',
  rules: RULES,
  anchors: {
    shapes: (1 << Shape.Alnum) | (1 << Shape.Mixed) | ONE,
    tags: 1 << Tag.Name,
    labels: NAME_LABELS,
    fields: NAME_FIELDS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.tags[at] === Tag.Name) readTagged(doc, at, emit);
    if ((1 << doc.shape[at]) & ONE) readSpelled(doc, at, emit);
    if (doc.shape[at] === Shape.Mixed) readMisread(doc, at, emit);
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    else if (doc.shape[at] === Shape.Alnum) readNumbered(doc, at, emit);
  },
};

function readTagged(doc: Doc, at: number, emit: Emit): void {
  const end = tagEnd(doc, at, Tag.Name);
  let first = at;
  let last = end;
  // Titles are no part of a name.
  while (first < last && doc.lex[first] & STYLED && !isInvertedChild(doc, first, last)) first++;
  while (last > first && doc.lex[last] & Lex.Title) last--;
  const sure = tagSure(doc, at, end);
  // __proto__
  if (doc.text[doc.end[last]] === UNDERSCORE) return;
  // "rhett and dale doctor iyer"
  const title = titleWithin(doc, first, last);
  if (title >= 0) {
    emitTagged(doc, title + 1, last, sure, emit);
    last = title - 1;
  }
  emitTagged(doc, first, last, sure, emit);
}

/** "Child, Everett NP" */
function isInvertedChild({ gap, lex }: Doc, first: number, last: number): boolean {
  return gap[first + 1] === Gap.Comma && (lex[first] & Lex.Surname) !== 0 && (lex[last + 1] & Lex.Credential) !== 0;
}

function emitTagged(doc: Doc, from: number, to: number, sure: number, emit: Emit): void {
  let last = shortened(doc, from, to);
  let first = trimmed(doc, from, last);
  if (isBarred(doc, first, last, sure) || isDoubtful(doc, first, last, sure)) return;
  if (last === to) last = prolonged(doc, first, last);
  first = begun(doc, first);
  emit(doc.start[first], doc.end[last], TAGGED_ROLES[roleOf(doc, first, last)], sure);
}

function isBarred(doc: Doc, first: number, last: number, sure: number): boolean {
  if (first < last) return isAllLetters(doc, first, last);
  return (
    doc.end[first] - doc.start[first] > LONG_UNITS_MAX ||
    // Pgp, Hdh, LF: what biology shortens looks like a short name, of which most are listed.
    (sure < SHORT_SURE_MIN && isShortUnlisted(doc, first)) ||
    // "Ward" at the head of a column.
    ((doc.lex[first] & THINGS) !== 0 && sure < THING_SURE_MIN && !isListed(doc, first)) ||
    // {"fields": […]}: programs name their members in small letters.
    (sure < SMALL_SURE_MIN && isLastSmall(doc, first)) ||
    // mac=[DEVICE-1]
    (doc.shape[first] === Shape.Lower && doc.gap[first + 1] === Gap.Equals)
  );
}

/** A word in small letters that is a member or value, or the end of one. */
function isLastSmall({ shape, gap, count }: Doc, at: number): boolean {
  return shape[at] === Shape.Lower && at + 1 < count && gap[at + 1] === Gap.Leaf;
}

/** "c o p d": what is spelled is told by its letters. */
function isAllLetters(doc: Doc, first: number, last: number): boolean {
  for (let t = first; t <= last; t++) if (doc.shape[t] !== Shape.LowerOne) return false;
  return true;
}

function isShortUnlisted(doc: Doc, at: number): boolean {
  return doc.end[at] - doc.start[at] <= SHORT_UNITS_MAX && (doc.lex[at] & LISTED) === 0;
}

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const { category, kind } = doc.labels[doc.label[at]];
  const value = category === 'name' ? readValue(doc, at) : null;
  if (value === null) return;
  const last = shortened(doc, value.first, value.last);
  emit(doc.start[value.first], doc.end[last], LABELLED[kind as Kind], value.weak ? 0.7 : undefined);
}

function readSpelled(doc: Doc, at: number, emit: Emit): void {
  const last = spelledEnd(doc, at);
  if (last >= 0) emit(doc.start[at], doc.end[last], SPELLED.unknown);
}

function readMisread(doc: Doc, at: number, emit: Emit): void {
  const [first, last] = misreadSpan(doc, at);
  if (first >= 0) emit(doc.start[first], doc.end[last], MISREAD.unknown);
}

/** "Abe604 Frami345" */
function readNumbered(doc: Doc, at: number, emit: Emit): void {
  let last = at;
  while (
    last - at < NUMBERED_MAX &&
    doc.shape[last] === Shape.Alnum &&
    isNumbered(doc, last) &&
    (last === at || doc.gap[last] === Gap.Blank)
  )
    last++;
  if (last - at > 1) emit(doc.start[at], doc.end[last - 1], TAGGED.unknown, 0.8);
}
