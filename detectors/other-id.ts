/**
 * (R) Any other unique identifying number, characteristic or code: accessions, encounters, orders, studies, employees,
 * users, national ids of other countries, UUIDs and tokens. A label says so, or a form that nothing else has.
 */
import { ALNUM, Cue, type Detector, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { emitClaims, valueAt } from './kit/claim.js';
import { cueConfidence, isCued } from './kit/cue.js';
import { type Claim, claimed, codeAtToken, Trust } from './kit/id-code.js';
import { OTHER_LABELS } from './kit/other-labels.js';
import { isGrown, prefixed } from './kit/prefix.js';
import { hasDigit, isDigits, isWord, lengthOf, numberAt, ownerOf } from './kit/read.js';
import { isUserNamed, runEnd, USER_SIGNS, userNameEnd } from './kit/user-name.js';
import { uuidStart } from './kit/uuid.js';
import { words } from './kit/word-set.js';

const UUID: Rule = {
  name: 'other-id.uuid',
  kind: 'uuid',
  confidence: 0.86,
  about: 'A universally unique identifier (RFC 9562), with its urn:uuid: if there is one',
};
const REFERENCE: Rule = {
  name: 'other-id.resource',
  kind: 'resource',
  confidence: 0.88,
  about: 'The id in a reference to a FHIR resource that concerns a person: Patient/4820',
};
const ACCESSION: Rule = {
  name: 'other-id.accession-form',
  kind: 'accession',
  confidence: 0.75,
  about: 'A pathology accession: letters, two digits of the year, a hyphen and a number',
};
const PREFIXED: Rule = {
  name: 'other-id.prefix',
  kind: 'prefix',
  confidence: 0.8,
  about: 'A code that begins with EMP, ENC, REF or their like',
};
const JWT: Rule = { name: 'other-id.jwt', kind: 'token', confidence: 0.9, about: 'A JSON web token' };
const CUED: Rule = {
  name: 'other-id.near-word',
  kind: 'case',
  confidence: 0.8,
  about: 'A code in the same clause as a word of this category',
};
const rule = (kind: string, about: string, confidence = 0.94): Rule => ({
  name: `other-id.${kind}`,
  kind,
  confidence,
  about,
});

const RULES: Readonly<Record<string, Rule>> = {
  accession: rule('accession', 'A code after an accession, specimen or laboratory label'),
  encounter: rule('encounter', 'A code after an encounter, visit or appointment label'),
  order: rule('order', 'A code after an order, requisition, prescription or document label'),
  study: rule('study', 'A code after a study, subject or registry label'),
  case: rule('case', 'A code after a case, referral, authorization or reference label'),
  employee: rule('employee', 'A code after an employee, student or military label'),
  national: rule('national', "A code after the label of a tax number or another country's national id"),
  user: rule('user', 'A user name after its label', 0.9),
  token: rule('token', 'A session or access token after its label', 0.93),
  word: rule('word', 'An id-like code right behind "specimen", "subject" or "participant"', 0.86),
  generic: rule('generic', 'An id-like code behind "ID" or "reference"', 0.84),
};

const PREFIXES = words(
  'emp enc ord ref req rx case csn vis visit usr user pat subj auth tkt ticket spec acc acsn staff badge cf rf appt doc stu sess tok mil',
);
/** FHIR resources whose logical id leads to a person. */
const RESOURCES = words(
  'patient practitioner person relatedperson encounter observation condition procedure medicationrequest careplan coverage claim documentreference diagnosticreport appointment immunization episodeofcare practitionerrole device specimen servicerequest',
);
const SUBJECTS = words('subject participant volunteer proband');
/** The same as parts of a path: /patients/4820193. */
const PATHS = words(
  'patient patients encounter encounters member members claim claims user users chart charts visit visits appointment appointments order orders person persons record records',
);
const PATH_UNITS_MIN = 5;
/** Length of the last group of a UUID. */
const UUID_TAIL = 12;
const TOKEN_UNITS_MIN = 10;
const SUBJECT_DIGITS_MIN = 5;

const NAMED = (1 << Gap.Colon) | (1 << Gap.Equals) | (1 << Gap.Other);
const GAPS = NAMED | (1 << Gap.Hyphen) | (1 << Gap.Slash) | (1 << Gap.Close) | (1 << Gap.Underscore);

export const otherId: Detector<'other-id'> = {
  category: 'other-id',
  citation: '164.514(b)(2)(i)(R)',
  rules: [UUID, REFERENCE, ACCESSION, PREFIXED, JWT, CUED, ...Object.values(RULES)],
  anchors: {
    shapes: ALNUM,
    cues: 1 << Cue.OtherId,
    gaps: GAPS,
    ...OTHER_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    const gap = doc.gap[at];
    if (gap === Gap.Hyphen) readHyphenated(doc, at, emit);
    else if ((1 << gap) & NAMED && isUserNamed(doc, at)) readUser(doc, at, emit);
    if (!hasDigit(doc, at)) return;
    if (gap === Gap.Slash) readResource(doc, at, emit);
    else if (gap === Gap.Blank || gap === Gap.Close) {
      if (isUserNamed(doc, at)) readUser(doc, at, emit);
    } else if ((gap === Gap.Underscore || gap === Gap.Dot) && isUserNamed(doc, at - 1)) readUser(doc, at - 1, emit);
    if (isCued(doc, at, Cue.OtherId)) emit(claimed.start, claimed.end, CUED, cueConfidence());
    const shape = doc.shape[at];
    if (shape === Shape.AlnumShort) readSubject(doc, at, emit);
    else if (shape === Shape.Alnum || shape === Shape.AlnumLong) {
      if (doc.text[doc.start[at]] === 0x65) readJwt(doc, at, emit);
      else if (isGrown(doc, at, PREFIXES)) emit(doc.start[at], doc.end[at], PREFIXED);
    }
  },
};

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const { category, kind } = doc.labels[doc.label[at]];
  if (category !== 'other-id') return;
  if (kind === 'user') readUser(doc, valueAt(doc, at), emit);
  else if (kind === 'token') readToken(doc, at, emit);
  else emitClaims(doc, at, kind === 'word' || kind === 'generic' ? Trust.Word : Trust.Label, RULES[kind], emit);
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
    if (!path || lengthOf(doc, at) < PATH_UNITS_MIN || !PATHS.has(doc.hash[at - 1])) return;
  }
  let last = at;
  while (
    last + 1 < doc.count &&
    last - at < 8 &&
    (doc.gap[last + 1] === Gap.Hyphen || doc.gap[last + 1] === Gap.Dot) &&
    doc.shape[last + 1] !== Shape.Redacted
  )
    last++;
  if (doc.end[last] - doc.start[at] >= 3) emit(doc.start[at], doc.end[last], REFERENCE);
}

/** "participant P048": short, but a capital and digits behind such a word are no quantity. */
function readSubject(doc: Doc, at: number, emit: Emit): void {
  if (at === 0 || doc.gap[at] !== Gap.Blank || !SUBJECTS.has(doc.hash[at - 1])) return;
  const from = doc.start[at];
  if (doc.text[from] < 0x41 || doc.text[from] > 0x5a || lengthOf(doc, at) < 3) return;
  for (let i = from + 1; i < doc.end[at]; i++) if (doc.text[i] < 0x30 || doc.text[i] > 0x39) return;
  emit(from, doc.end[at], RULES.word);
}

/** "subject 052-1520", "participant SUBJ-084", from the first part of the code. */
function subjectCode(doc: Doc, first: number): Claim | null {
  if (first < 1 || doc.gap[first] !== Gap.Blank || !SUBJECTS.has(doc.hash[first - 1])) return null;
  const code = codeAtToken(doc, first);
  return code !== null && (code.letters > 0 || code.digits >= SUBJECT_DIGITS_MIN) ? code : null;
}

const TOKEN_SIGNS = USER_SIGNS | (1 << Gap.Plus) | (1 << Gap.Slash);

function readUser(doc: Doc, first: number, emit: Emit): void {
  const last = userNameEnd(doc, first);
  if (last >= 0) emit(doc.start[first], doc.end[last], RULES.user);
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
