/**
 * (H) Medical record numbers. They have no checksum and no common form, so a label decides ("MRN", "chart no."), a chart's
 * way of writing ("Doe, Jane (4820193)"), or letters grown into the code ("MRN4820193").
 */
import { Cue, type Detector, type Doc, type Emit, Flag, Gap, type Rule, Shape, Tag } from './contract.js';
import { isUnitBehind } from './kit/amount.js';
import { isBeforeName } from './kit/code/chart-number.js';
import { emitClaims } from './kit/code/claim.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { claimed, codeAtToken, TIGHT, Trust } from './kit/code/id-code.js';
import { isCalendarDay } from './kit/code/weight.js';
import { hashOf } from './kit/hash.js';
import { lazy, NO, NUM, phrases, without } from './kit/phrases.js';
import { hasDigit, isCapitalised, isWord, lengthOf, ownerOf } from './kit/read.js';
import { Lex } from './lexicon/classes.js';

const LABELLED: Rule = {
  name: 'mrn.label',
  kind: 'mrn',
  confidence: 0.95,
  about: 'A code after a medical record label: MRN, chart number, hospital number',
};
const PATIENT: Rule = {
  name: 'mrn.patient-id',
  kind: 'patient-id',
  confidence: 0.94,
  about: 'A code after a label for a number of the patient: patient id, EMPI, Epic id',
};
const WORD: Rule = {
  name: 'mrn.word',
  kind: 'mrn',
  confidence: 0.88,
  about: 'An id-like code right behind "chart", "record" or "file"',
};
const GROWN: Rule = {
  name: 'mrn.grown',
  kind: 'mrn',
  confidence: 0.8,
  about: 'A code that begins with MRN or MR itself',
};
const BESIDE: Rule = {
  name: 'mrn.beside-name',
  kind: 'mrn',
  confidence: 0.75,
  about: 'A number in brackets (or between bars) right behind a name',
};
const CUED: Rule = {
  name: 'mrn.near-word',
  kind: 'mrn',
  confidence: 0.8,
  about: 'A code in the same clause as a word of this category',
};

const RECORD = '(record|records|rec|chart|file)';
const OF = '(of|for|to|on)';
const STRONG = lazy(() =>
  phrases(
    'mrn [number|no|id|value|code|field]',
    'mrns',
    '(mrn|chart|record|medical record) [number|no] (ending|ends) [in|with]',
    '[medical|patient|clinical] (record|records|chart|charts|file) [is|are] [filed|kept|stored|indexed] under',
    '(history|jacket|film jacket|x ray jacket|urn|patient index|master patient index) (number|no|num|nbr)',
    'master patient index',
    'm r n',
    '(patient|pt|hospital|epic|cerner|master|enterprise|facility|clinic|local|legacy|old|new|primary|external|internal|subject|member) mrn',
    '(mr|m r) (number|no|num|nbr|id|identifier|nos|numbers)',
    `(medical|clinical|health|hospital|patient|pt|med|clinic|care|treatment|permanent) ${RECORD} ${NUM}`,
    '(record|records|rec|chart|charts|folder|dossier|unit|ur|hospital|hosp|clinic|emr|ehr|patient index) (number|numbers|no|num|nbr|nr|id|identifier|key|reference|ref)',
    '(file) (number|no|num|nbr)',
    'hrn',
    'uhid [number|no]',
    '(op|opd) (number|no)',
    'mpi',
    'empi [number|id]',
    'eid number',
    'enterprise (patient|person|master patient) (id|identifier|number)',
    `(number|identifier|id|key) ${OF} [the|this|his|her|their] (medical record|medical chart|clinical record|patient record|health record|hospital chart|chart|record)`,
    'numero de dossier',
    'no de dossier',
    'numero de (expediente|historia clinica|registro medico)',
    'historia clinica',
    'patientennummer',
    'krankenaktennummer',
  ),
);
const PATIENT_ID = lazy(() =>
  phrases(
    `(patient|patients|pt|pts|patient s) ${NO}`,
    '(patient|pt) ident',
    '(nextgen|ecw|eclinicalworks|allscripts|centricity|greenway|med) id [number|no]',
    '(cmrn|euid)',
    'cr (number|no)',
    '(patient|va) icn',
    '(patient|pt) (key|reference|ref|code|identity number|unique id|unique identifier|registration number)',
    'patid',
    '(epic|cerner|meditech|athena|allscripts|emr|ehr|his|mychart) (patient|person|pat) (id|identifier|number)',
    '(epic|cerner|meditech|athena|allscripts|enterprise|master) (id|identifier)',
    '(unique|internal|external|hospital|clinic|alternate|medical|master|enterprise|global|local|source) patient (id|identifier|number|no)',
    '(person|person s) (number|id|identifier|no)',
  ),
);
const WEAK = lazy(() =>
  phrases(
    '(medical|clinical|health|hospital|patient|med|permanent|electronic medical|electronic health) (record|records|rec|chart|file|folder)',
    'record',
    'records',
    'rec',
    'chart',
    'charts',
    'dossier',
  ),
);
const FIELDS = lazy(() => phrases('re', 'file', 'expediente', 'folder', 'pid', 'mr', 'epi', 'patient record'));

/** Numbers that stand right behind a name, or before one at the head of a line. */
const NUMBERS = (1 << Shape.Digits6) | (1 << Shape.Digits7) | (1 << Shape.Digits8) | (1 << Shape.Digits9);
const BESIDE_GAPS =
  (1 << Gap.Blank) | (1 << Gap.Comma) | (1 << Gap.Slash) | (1 << Gap.Dash) | (1 << Gap.Equals) | (1 << Gap.Colon);
const GROWN_DIGITS_MIN = 4;
const BARE_CONFIDENCE = 0.6;
const ID = hashOf('id');
const FILE = hashOf('file');
const ON = hashOf('on');

export const mrn: Detector<'mrn'> = {
  category: 'mrn',
  citation: '164.514(b)(2)(i)(H)',
  rules: [LABELLED, PATIENT, WORD, GROWN, BESIDE, CUED],
  anchors: {
    shapes: NUMBERS | (1 << Shape.Alnum) | (1 << Shape.AlnumLong),
    gaps: (1 << Gap.Open) | (1 << Gap.Pipe),
    cues: 1 << Cue.Mrn,
    labels: {
      mrn: STRONG,
      'patient-id': lazy(() => without(PATIENT_ID(), STRONG())),
      word: lazy(() => without(WEAK(), STRONG(), PATIENT_ID())),
    },
    fields: { word: FIELDS },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    const gap = doc.gap[at];
    if (gap === Gap.Open || gap === Gap.Pipe) readBeside(doc, at, emit);
    if (isCued(doc, at, Cue.Mrn)) emit(claimed.start, claimed.end, CUED, cueConfidence());
    if (!hasDigit(doc, at)) return;
    if ((1 << doc.shape[at]) & NUMBERS) readBare(doc, at, emit);
    if (doc.shape[at] === Shape.Alnum || doc.shape[at] === Shape.AlnumLong) readGrown(doc, at, emit);
  },
};

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const { category, kind } = doc.labels[doc.label[at]];
  if (category !== 'mrn') return;
  if (kind === 'mrn') emitClaims(doc, at, Trust.Label, LABELLED, emit);
  else if (kind === 'patient-id') emitClaims(doc, at, Trust.Label, PATIENT, emit);
  else if (doc.hash[at] !== FILE || at === 0 || doc.hash[at - 1] !== ON) emitClaims(doc, at, Trust.Word, WORD, emit);
}

/** MRN4820193 and MR482019 whole; of chartMRN4820193 the digits. */
function readGrown(doc: Doc, at: number, emit: Emit): void {
  const { text } = doc;
  const from = doc.start[at];
  const end = doc.end[at];
  let digits = end;
  while (digits > from && text[digits - 1] <= 0x39) digits--;
  const count = end - digits;
  if (count < GROWN_DIGITS_MIN || digits - from < 2) return;
  if (digits - from === 2) {
    if (text[from] === 0x4d && text[from + 1] === 0x52 && count > GROWN_DIGITS_MIN) emit(from, end, GROWN);
  } else if (
    (text[digits - 3] | 0x20) === 0x6d &&
    (text[digits - 2] | 0x20) === 0x72 &&
    (text[digits - 1] | 0x20) === 0x6e
  ) {
    emit(digits - from === 3 ? from : digits, end, GROWN, 0.93);
  }
}

/** "Doe, Jane (4820193)", "Jane Doe [ID: 482-0193]", "Jane Doe | 4820193 |". */
function readBeside(doc: Doc, at: number, emit: Emit): void {
  if (at === 0 || !isPerson(doc, at - 1)) return;
  let t = at;
  if (doc.hash[t] === ID) t++;
  if (t >= doc.count || (t > at && doc.gap[t] === Gap.Leaf)) return;
  const owner = ownerOf(doc, t);
  if (owner !== null && owner.category !== 'mrn' && owner.category !== 'other-id') return;
  const code = codeAtToken(doc, t);
  if (code === null || code.digits < 5 || code.digits > 12) return;
  const close = doc.text[code.end];
  const closed = doc.gap[at] === Gap.Pipe ? doc.gap[code.last + 1] === Gap.Pipe : close === 0x29 || close === 0x5d;
  if (closed) emit(code.start, code.end, BESIDE, t > at ? 0.96 : undefined);
}

/** "Jane Doe 4820193 needs a ride", "4820193 - Doe, Jane": a long number that no label claims. */
function readBare(doc: Doc, at: number, emit: Emit): void {
  if (doc.owner[at] !== 0 && doc.labels[doc.owner[at]].category !== 'name') return;
  const gap = doc.gap[at];
  const next = at + 1;
  if (isUnitBehind(doc, at) || (doc.shape[at] === Shape.Digits8 && isCalendarDay(doc, at))) return;
  if ((1 << doc.gap[next]) & TIGHT && hasDigit(doc, next) && doc.start[next] - doc.end[at] === 1) return;
  const behind = at > 0 && ((1 << gap) & BESIDE_GAPS) !== 0 && isNamed(doc, at - 1);
  const head = (doc.flags[at] & Flag.LineStart) !== 0;
  if (
    behind ||
    isBeforeName(doc, at) ||
    (head && next < doc.count && ((1 << doc.gap[next]) & BESIDE_GAPS) !== 0 && doc.tags[next] === Tag.Name)
  )
    emit(doc.start[at], doc.end[at], BESIDE, BARE_CONFIDENCE);
}

const isNamed = (doc: Doc, t: number): boolean => doc.tags[t] === Tag.Name || doc.tags[t] === Tag.NameOn;

/** "Dominguez, Yasmin": a given name that is also a drug's. */
function isSurnameBefore(doc: Doc, at: number): boolean {
  return at > 0 && doc.gap[at] === Gap.Comma && (doc.lex[at - 1] & (Lex.Surname | Lex.SurnameTop)) !== 0;
}

/** The word before a bracket is part of a name: capitalised, and a name by the lexicon or no word at all. */
function isPerson(doc: Doc, at: number): boolean {
  // The second half of Ji-woo is as good as the first.
  if (!isCapitalised(doc, at)) return doc.gap[at] === Gap.Hyphen && isWord(doc, at) && isCapitalised(doc, at - 1);
  const classes = doc.lex[at];
  if (classes & (Lex.Given | Lex.Surname | Lex.GivenTop | Lex.SurnameTop))
    return (classes & (Lex.Function | Lex.Month)) === 0 && ((classes & Lex.Drug) === 0 || isSurnameBefore(doc, at));
  if (classes & (Lex.Word | Lex.Common | Lex.Medical | Lex.Drug | Lex.Org | Lex.Facility)) return false;
  return (
    (doc.shape[at] === Shape.Title || (doc.shape[at] === Shape.Upper && lengthOf(doc, at) > 3)) &&
    at > 0 &&
    isCapitalised(doc, at - 1)
  );
}
