/**
 * (R) Any other unique identifying number, characteristic or code: accessions, encounters, orders, employees, users,
 * national ids of other countries, UUIDs and tokens. A label says so, or a form that nothing else has.
 */
import { ALNUM, Cue, type Detector, DIGITS, type Doc, type Emit, Gap, Shape } from './contract.js';
import { emitClaims, valueAt } from './kit/code/claim.js';
import { cellsBelow } from './kit/code/column.js';
import { cueConfidence, isCued, isGuess } from './kit/code/cued.js';
import { type Claim, claimed, codeAtToken, Trust } from './kit/code/id-code.js';
import { isDirect, isShortNumber, opaqueEnd } from './kit/code/opaque.js';
import { OTHER_LABELS } from './kit/code/other-labels.js';
import { ACCESSION, CUED, JWT, PREFIXED, REFERENCE, RULES, UNEXPLAINED, UUID } from './kit/code/other-rules.js';
import { isGrown, prefixed } from './kit/code/prefix.js';
import {
  givenNameStart,
  handleEnd,
  isActor,
  isLoggedInAs,
  isUserNamed,
  runEnd,
  USER_SIGNS,
  userNameEnd,
  userRunStart,
} from './kit/code/user-name.js';
import { uuidStart } from './kit/code/uuid.js';
import { donationEnd, longNumberEnd } from './kit/device/forms.js';
import { hasDigit, isDigits, isWord, lengthOf, numberAt, ownerOf } from './kit/read.js';
import { words } from './kit/word-set.js';

const PREFIXES = words(
  'emp enc ord ref req rx case csn vis visit usr user pat subj auth tkt ticket spec acc acsn staff badge cf rf appt doc stu sess tok mil ' +
    'inc smp spc scr wb bdg conv job trk study trial visitno accn lab part kit',
);
/** FHIR resources whose logical id leads to a person. */
const RESOURCES = words(
  'patient practitioner person relatedperson encounter observation condition procedure medicationrequest careplan coverage claim documentreference diagnosticreport appointment immunization episodeofcare practitionerrole device specimen servicerequest',
);
const SUBJECTS = words('subject participant volunteer proband');
/** Words whose number may be short. */
const NUMBERED = words('subject volunteer proband ticket docket citation wristband');
/** The same as parts of a path: /patients/4820193. */
const PATHS = words(
  'patient patients encounter encounters member members claim claims user users chart charts visit visits appointment appointments order orders person persons record records',
);
const PATH_UNITS_MIN = 5;
const RESOURCE_UNITS_MIN = 3;
const RESOURCE_SIGNS = (1 << Gap.Hyphen) | (1 << Gap.Dot);
/** Length of the last group of a UUID. */
const UUID_TAIL = 12;
const TOKEN_UNITS_MIN = 10;
const SUBJECT_DIGITS_MIN = 5;
/** Digits of a number that no more than "filed under" stands before. */
const FILED_DIGITS_MIN = 7;

const NAMED = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Other);

export const otherId: Detector<'other-id'> = {
  category: 'other-id',
  citation: '164.514(b)(2)(i)(R)',
  rules: [UUID, REFERENCE, ACCESSION, PREFIXED, JWT, CUED, UNEXPLAINED, ...Object.values(RULES)],
  anchors: {
    shapes: ALNUM,
    cues: 1 << Cue.OtherId,
    gaps: NAMED | (1 << Gap.Hyphen) | (1 << Gap.Slash),
    forms: [{ shapes: DIGITS, gaps: (1 << Gap.Close) | (1 << Gap.Underscore) }],
    ...OTHER_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    const gap = doc.gap[at];
    if (gap === Gap.Hyphen) readHyphenated(doc, at, emit);
    else if ((1 << gap) & NAMED && isUserNamed(doc, at)) readUser(doc, at, false, emit);
    if (gap === Gap.Slash) readResource(doc, at, emit);
    if (isCued(doc, at, Cue.OtherId)) emit(claimed.start, claimed.end, isGuess() ? UNEXPLAINED : CUED, cueConfidence());
    if (gap === Gap.Underscore || gap === Gap.Dot) readUserRun(doc, at, emit);
    if (!hasDigit(doc, at)) return;
    if (gap === Gap.Blank || gap === Gap.Close || gap === Gap.Quote) {
      if (isUserNamed(doc, at)) readUser(doc, at, false, emit);
    }
    const given = givenNameStart(doc, at);
    if (given >= 0) emit(doc.start[given], doc.end[runEnd(doc, at, USER_SIGNS)], RULES.user, 0.75);
    const shape = doc.shape[at];
    if (shape === Shape.AlnumShort) {
      if (at > 0 && SUBJECTS.has(doc.hash[at - 1]) && isShortNumber(doc, at - 1, at))
        emit(doc.start[at], doc.end[at], RULES.word);
    } else if (shape === Shape.Alnum || shape === Shape.AlnumLong) {
      if (doc.text[doc.start[at]] === 0x65) readJwt(doc, at, emit);
      else if (isActor(doc, at)) emit(doc.start[at], doc.end[at], RULES.user, 0.75);
      else if (isGrown(doc, at, PREFIXES)) emit(doc.start[at], doc.end[at], PREFIXED);
    }
  },
};

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const { category, kind } = doc.labels[doc.label[at]];
  if (category !== 'other-id') return;
  if (kind === 'login') readUser(doc, valueAt(doc, at), true, emit);
  else if (kind === 'user') {
    const value = valueAt(doc, at);
    if (value >= 0 && isDigits(doc, value)) emitClaims(doc, at, Trust.Label, RULES.user, emit);
    else readUser(doc, value, true, emit);
    cellsBelow(doc, at, (first) => readUser(doc, first, true, emit));
  } else if (kind === 'handle') readHandle(doc, doc.value[at], emit);
  else if (kind === 'token') readToken(doc, at, emit);
  else if (kind === 'filed' || kind === 'many') readFiled(doc, at, kind, emit);
  else readCode(doc, at, kind, emit);
}

function readCode(doc: Doc, at: number, kind: string, emit: Emit): void {
  const value = doc.value[at];
  if (value >= 0 && isPublicTrial(doc, value)) return;
  const weak = kind === 'word' || kind === 'generic';
  const last = value < 0 ? -1 : weak ? longNumberEnd(doc, value) : donationEnd(doc, value);
  if (last >= 0) emit(doc.start[value], doc.end[last], RULES[kind]);
  else if (emitClaims(doc, at, weak ? Trust.Word : Trust.Label, RULES[kind], emit) || value < 0) return;
  const opaque = kind !== 'generic' && isDirect(doc, at, value) ? opaqueEnd(doc, value) : -1;
  if (opaque >= 0) emit(doc.start[value], doc.end[opaque], RULES[kind], 0.75);
  else if (NUMBERED.has(doc.hash[at]) && isShortNumber(doc, at, value))
    emit(doc.start[value], doc.end[value], RULES.word, 0.75);
}

/** NCT04480202: a trial of a public register, not a person in it. */
function isPublicTrial(doc: Doc, at: number): boolean {
  const from = doc.start[at];
  const { text } = doc;
  return lengthOf(doc, at) === 11 && text[from] === 0x4e && text[from + 1] === 0x43 && text[from + 2] === 0x54;
}

/** "enrolled as HOPE-2-0331", "tubes 0098123345 and 0098123346": a code with letters, or a long number. */
function readFiled(doc: Doc, at: number, kind: string, emit: Emit): void {
  const value = valueAt(doc, at);
  if (value < 0 || (isDigits(doc, value) && lengthOf(doc, value) < FILED_DIGITS_MIN)) return;
  if (doc.gap[value + 1] !== Gap.Dot || kind === 'many') emitClaims(doc, at, Trust.Word, RULES[kind], emit);
}

function readHyphenated(doc: Doc, at: number, emit: Emit): void {
  if (!hasDigit(doc, at)) {
    if (lengthOf(doc, at) === UUID_TAIL) readUuid(doc, at, emit);
    return;
  }
  // A range, a date or a phone number, unless a subject is spoken of.
  if (isDigits(doc, at - 1) && doc.shape[at - 1] !== Shape.Digits3 && lengthOf(doc, at) !== UUID_TAIL) return;
  const code = prefixed(doc, at, PREFIXES) ?? subjectCode(doc, at - 1);
  if (code !== null) emit(code.start, code.end, PREFIXED);
  else if (lengthOf(doc, at) === UUID_TAIL) readUuid(doc, at, emit);
  else readAccession(doc, at, emit);
}

function readUuid(doc: Doc, at: number, emit: Emit): void {
  const from = uuidStart(doc, at);
  if (from >= 0) emit(from, doc.end[at], UUID);
}

/** S24-12345: one to three capitals, two digits, a hyphen, and a number that is no year. */
function readAccession(doc: Doc, at: number, emit: Emit): void {
  const length = lengthOf(doc, at);
  if (!isDigits(doc, at) || length < 4 || length > 7 || doc.shape[at - 1] !== Shape.AlnumShort) return;
  if (length === 4 && numberAt(doc, at) >= 1900 && numberAt(doc, at) < 2100) return;
  const from = doc.start[at - 1];
  const end = doc.end[at - 1];
  const before = doc.gap[at - 1];
  if (before === Gap.Hyphen || before === Gap.Slash || before === Gap.Dot || doc.gap[at + 1] === Gap.Hyphen) return;
  for (let i = from; i < end; i++) {
    const unit = doc.text[i];
    if (i >= end - 2 ? unit < 0x30 || unit > 0x39 : unit < 0x41 || unit > 0x5a) return;
  }
  const owner = ownerOf(doc, at - 1);
  if (owner !== null && owner.category === null && owner.kind !== 'none') return;
  emit(from, doc.end[at], ACCESSION);
}

/** Patient/4820-a with the type in title case, as FHIR writes it; /patients/48201 within a path. */
function readResource(doc: Doc, at: number, emit: Emit): void {
  if (at === 0 || !isWord(doc, at - 1)) return;
  if (doc.text[doc.start[at - 1]] <= 0x5a) {
    if (!RESOURCES.has(doc.hash[at - 1])) return;
  } else {
    const path = doc.gap[at - 1] === Gap.Slash || doc.gap[at - 1] === Gap.Other;
    if (!path || lengthOf(doc, at) < PATH_UNITS_MIN || !hasDigit(doc, at) || !PATHS.has(doc.hash[at - 1])) return;
  }
  const last = runEnd(doc, at, RESOURCE_SIGNS);
  if (doc.end[last] - doc.start[at] < RESOURCE_UNITS_MIN) return;
  for (let t = at; t <= last; t++) {
    if (!hasDigit(doc, t)) continue;
    emit(doc.start[at], doc.end[last], REFERENCE);
    return;
  }
}

/** "subject 052-1520", "participant SUBJ-084", from the first part of the code. */
function subjectCode(doc: Doc, first: number): Claim | null {
  if (first < 1 || doc.gap[first] !== Gap.Blank || !SUBJECTS.has(doc.hash[first - 1])) return null;
  const code = codeAtToken(doc, first);
  return code !== null && (code.letters > 0 || code.digits >= SUBJECT_DIGITS_MIN) ? code : null;
}

/** "Username marsh.k.1962", "login from 10.0.0.4 as svc_kell": a name in parts, from a part with a digit or the last one. */
function readUserRun(doc: Doc, at: number, emit: Emit): void {
  const first = userRunStart(doc, at);
  if (first < 0) return;
  if (isLoggedInAs(doc, first)) readUser(doc, first, true, emit);
  else if (isUserNamed(doc, first) && hasDigit(doc, at)) readUser(doc, first, false, emit);
}

const TOKEN_SIGNS = USER_SIGNS | (1 << Gap.Plus) | (1 << Gap.Slash);

function readUser(doc: Doc, first: number, sure: boolean, emit: Emit): void {
  const last = userNameEnd(doc, first, sure);
  if (last >= 0) emit(doc.start[first], doc.end[last], RULES.user);
}

function readHandle(doc: Doc, first: number, emit: Emit): void {
  const last = handleEnd(doc, first);
  if (last >= 0) emit(doc.start[first] - 1, doc.end[last], RULES.handle);
}

function readToken(doc: Doc, at: number, emit: Emit): void {
  const first = valueAt(doc, at);
  if (first < 0 || doc.shape[first] === Shape.Redacted) return;
  const last = runEnd(doc, first, TOKEN_SIGNS);
  if (doc.end[last] - doc.start[first] < TOKEN_UNITS_MIN) {
    emitClaims(doc, at, Trust.Word, RULES.token, emit);
    return;
  }
  for (let t = first; t <= last; t++) {
    if (!hasDigit(doc, t)) continue;
    emit(doc.start[first], doc.end[last], RULES.token);
    return;
  }
}

/** eyJ… in three parts: base64url of an object that begins with {" */
function readJwt(doc: Doc, at: number, emit: Emit): void {
  const from = doc.start[at];
  if (doc.text[from + 1] !== 0x79 || doc.text[from + 2] !== 0x4a || lengthOf(doc, at) < TOKEN_UNITS_MIN) return;
  const last = runEnd(doc, at, USER_SIGNS);
  let dots = 0;
  for (let t = at + 1; t <= last; t++) if (doc.gap[t] === Gap.Dot) dots++;
  if (dots >= 1) emit(from, doc.end[last], JWT);
}
