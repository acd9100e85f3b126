/**
 * (K) Certificate and license numbers: National Provider Identifiers (45 CFR 162.406, Luhn with 80840), DEA registrations
 * (21 CFR 1301, checked), CLIA numbers, and behind a label the licences of professions and drivers, passports and permits.
 */
import { ALNUM, Cue, type Detector, DIGITS, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { dea, npi } from './kit/code/checksum.js';
import { emitClaims } from './kit/code/claim.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { claimed, isYear, Trust } from './kit/code/id-code.js';
import { LICENSE_LABELS } from './kit/code/license-labels.js';
import { prefixed } from './kit/code/prefix.js';
import { hasDigit, isDigits, lengthOf, ownerOf, saidAfter, saidBefore } from './kit/read.js';
import { plateEnd } from './kit/vehicle/plate.js';
import { isPlateForm } from './kit/vehicle/plate-form.js';
import { words } from './kit/word-set.js';
import { Lex } from './lexicon/classes.js';

const rule = (kind: string, about: string, confidence = 0.95): Rule => ({
  name: `license.${kind}`,
  kind,
  confidence,
  about,
});

const NPI_BARE = rule('npi-form', 'Ten digits with a valid NPI check, best near a word for a provider', 0.8);
const DEA_BARE = rule('dea-form', 'Two letters and seven digits with a valid DEA check', 0.7);
const CLIA_BARE = rule('clia-form', 'A laboratory certificate (CLIA) by its form', 0.85);
const RULES: Readonly<Record<string, Rule>> = {
  npi: rule('npi', 'A code after an NPI label, whatever its check says', 0.97),
  dea: rule('dea', 'A code after a DEA label, whatever its check says', 0.97),
  professional: rule('professional', 'A code after the label of a professional licence or certificate'),
  driver: rule('driver', "A code after a driver's license label"),
  passport: rule('passport', 'A code after a passport label'),
  word: rule('word', 'An id-like code right behind "license", "passport" or "DL"', 0.88),
};
const CUED: Rule = {
  name: 'license.near-word',
  kind: 'professional',
  confidence: 0.8,
  about: 'A code in the same clause as a word of this category',
};

const BOARDS = words('board boards license licence licensed lic npi dea cert cme prescriber physician');
const BOARD_REACH = 8;
const PROVIDERS = words('npi provider prescriber physician clinician npis practitioner md do np pa dr');
const PREFIXES = words('lic license licence dl cdl dea npi');
const SHORT_DIGITS_MIN = 5;
const LETTERS_MAX = 4;
const DIGITS_MAX = 8;
/** How far before ten digits a word for a provider may stand. */
const PROVIDER_REACH = 6;

export const license: Detector<'license'> = {
  category: 'license',
  citation: '164.514(b)(2)(i)(K)',
  rules: [CUED, NPI_BARE, DEA_BARE, CLIA_BARE, ...Object.values(RULES)],
  anchors: {
    shapes: (1 << Shape.Digits10) | (1 << Shape.Alnum),
    forms: [
      { shapes: DIGITS | ALNUM, gaps: 1 << Gap.Hyphen },
      { shapes: 1 << Shape.Digits6, gaps: 1 << Gap.Dot },
    ],
    cues: 1 << Cue.License,
    ...LICENSE_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    if (isCued(doc, at, Cue.License)) emit(claimed.start, claimed.end, CUED, cueConfidence());
    if (!hasDigit(doc, at)) return;
    if (doc.gap[at] === Gap.Hyphen) {
      const code = prefixed(doc, at, PREFIXES);
      if (code !== null) emit(code.start, code.end, RULES.word);
    }
    const shape = doc.shape[at];
    if (shape === Shape.Digits6) readDotted(doc, at, emit);
    else if (shape === Shape.Digits10) readNpi(doc, at, emit);
    else if (shape === Shape.Alnum) readForm(doc, at, emit);
  },
};

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const { category, kind } = doc.labels[doc.label[at]];
  if (category !== 'license') return;
  if (kind === 'word') {
    if (!emitClaims(doc, at, Trust.Word, RULES.word, emit)) readPlate(doc, doc.value[at], emit);
  } else if (isNumberOf(doc, at, kind) && !lettered(doc, doc.value[at], RULES[kind], emit))
    emitClaims(doc, at, Trust.Label, RULES[kind], emit);
}

/** "ME 44821", "LCS 44821": the letters of a board before the number, which could be a state and its ZIP code elsewhere. */
function lettered(doc: Doc, first: number, rule: Rule, emit: Emit): boolean {
  const next = first + 1;
  if (first < 0 || doc.gap[next] !== Gap.Blank || doc.gap[first] === Gap.Line || doc.label[first] !== 0) return false;
  if ((doc.shape[first] !== Shape.Upper && doc.shape[first] !== Shape.UpperOne) || lengthOf(doc, first) > LETTERS_MAX)
    return false;
  const digits = lengthOf(doc, next);
  if (!isDigits(doc, next) || digits < SHORT_DIGITS_MIN || digits > DIGITS_MAX) return false;
  if (doc.gap[next + 1] === Gap.Hyphen || doc.gap[next + 1] === Gap.Dot) return false;
  emit(doc.start[first], doc.end[next], rule);
  return true;
}

/** "Lic: A12-BCD": a car's licence, whose digits are too few for a person's. */
function readPlate(doc: Doc, first: number, emit: Emit): void {
  const signed =
    first > 0 && (doc.gap[first] === Gap.Colon || doc.gap[first] === Gap.Equals || doc.gap[first] === Gap.Hash);
  const last = signed ? plateEnd(doc, first, false) : -1;
  if (last >= first && isPlateForm(doc, first, last)) emit(doc.start[first], doc.end[last], RULES.word);
}

/** 35.093326, 036.114482: as some boards number their licences, where a board, a provider or a state is spoken of. */
function readDotted(doc: Doc, at: number, emit: Emit): void {
  const head = at - 1;
  if (head < 1 || doc.gap[at] !== Gap.Dot || isTied(doc, head) || isTied(doc, at + 1) || doc.owner[head] !== 0) return;
  if (doc.shape[head] !== Shape.Digits2 && doc.shape[head] !== Shape.Digits3) return;
  const state = doc.gap[head] === Gap.Blank && (doc.lex[head - 1] & (Lex.State | Lex.StateCode)) !== 0;
  if (!state && !saidBefore(doc, head, BOARD_REACH, BOARDS) && !saidAfter(doc, at, BOARD_REACH, BOARDS)) return;
  emit(doc.start[head], doc.end[at], CUED);
}

/** NPI and DEA numbers are long: "DEA 106" is a form, and "NPI in 2007" and "CLIA 1988" are years. */
function isNumberOf(doc: Doc, at: number, kind: string): boolean {
  const first = doc.value[at];
  if (kind === 'professional')
    return (
      first < 0 ||
      doc.gap[first] !== Gap.Blank ||
      doc.gap[first + 1] === Gap.Hyphen ||
      !isDigits(doc, first) ||
      !isYear(doc, first)
    );
  if (kind !== 'npi' && kind !== 'dea') return true;
  return (
    first < 0 ||
    !isDigits(doc, first) ||
    lengthOf(doc, first) >= SHORT_DIGITS_MIN ||
    doc.gap[first + 1] === Gap.Hyphen ||
    (doc.gap[first + 1] === Gap.Blank && isDigits(doc, first + 1))
  );
}

/** Ten digits that begin with 1 or 2 may be anything, so the check counts only where a provider is spoken of. */
function readNpi(doc: Doc, at: number, emit: Emit): void {
  const from = doc.start[at];
  if (doc.text[from] !== 0x31 && doc.text[from] !== 0x32) return;
  const said = saidBefore(doc, at, PROVIDER_REACH, PROVIDERS);
  // No phone number begins with 1, but the seconds since 1970 begin with 15 to 19.
  if (!said && (doc.text[from] !== 0x31 || doc.text[from + 1] > 0x34 || isTied(doc, at) || isTied(doc, at + 1))) return;
  const owner = ownerOf(doc, at);
  if (owner !== null && owner.category === null && owner.kind !== 'none') return;
  if (npi(doc.text, from, doc.end[at])) emit(from, doc.end[at], NPI_BARE, said ? undefined : 0.55);
}

function isTied(doc: Doc, at: number): boolean {
  const gap = doc.gap[at];
  return gap === Gap.Hyphen || gap === Gap.Dot || gap === Gap.Slash || gap === Gap.Underscore || gap === Gap.None;
}

/** AB1234563 by its check, 05D1234567 by its D. */
function readForm(doc: Doc, at: number, emit: Emit): void {
  const { text } = doc;
  const from = doc.start[at];
  const length = lengthOf(doc, at);
  if (length === 9) {
    if (text[from] < 0x41 || text[from] > 0x5a || (text[from + 1] > 0x39 && text[from + 1] < 0x41)) return;
    if (dea(text, from, doc.end[at])) emit(from, doc.end[at], DEA_BARE);
  } else if (length === 10 && text[from + 2] === 0x44) {
    for (let i = from; i < doc.end[at]; i++) if (i !== from + 2 && (text[i] < 0x30 || text[i] > 0x39)) return;
    emit(from, doc.end[at], CLIA_BARE);
  }
}
