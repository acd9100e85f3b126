/**
 * (K) Certificate and license numbers: National Provider Identifiers (45 CFR 162.406, Luhn with 80840), DEA registrations
 * (21 CFR 1301, checked), CLIA numbers, and behind a label the licences of professions and drivers, passports and permits.
 */
import { ALNUM, Cue, type Detector, DIGITS, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { dea, npi } from './kit/code/checksum.js';
import { emitClaims } from './kit/code/claim.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { claimed, isYear, Trust } from './kit/code/id-code.js';
import { prefixed } from './kit/code/prefix.js';
import { lazy, NO, phrases, without } from './kit/phrases.js';
import { hasDigit, isDigits, lengthOf, ownerOf, saidBefore } from './kit/read.js';
import { plateEnd } from './kit/vehicle/plate.js';
import { isPlateForm } from './kit/vehicle/plate-form.js';
import { words } from './kit/word-set.js';

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

const LICENSE = '(license|licence|lic|licensure|licenses)';
const PROFESSION =
  '(medical|nursing|nurse|rn|lpn|np|aprn|pa|md|do|physician|pharmacy|pharmacist|dental|dentist|state|professional|provider|practitioner|prescriber|clinician|doctor|doctor s|physician s|therapist|lcsw|psychologist|facility|board|controlled substance|cds|practice|emt|paramedic|pilot|marriage|teaching|teacher|hunting|fishing|boating|gun|firearm|firearms|concealed carry|concealed weapons|real estate|business|liquor|cosmetology|contractor|social work|foster|day care|cpa|cna)';
const NPI = lazy(() =>
  phrases(
    'npi [number|no|num|id|identifier|field]',
    'npis',
    'national provider (identifier|id|number|identification)',
    'national provider (identifier|identification) number',
    '(provider|prescriber|physician|rendering|billing|attending|referring|ordering|ordering provider|individual|group|organization|facility|clinician) npi [number]',
    'us npi',
  ),
);
const DEA = lazy(() =>
  phrases(
    'dea [registration|reg|license|certificate] [number|no|num|id|identifier]',
    'dea',
    '(provider|prescriber|physician) dea [number]',
    'drug enforcement administration (number|registration)',
  ),
);
const DRIVER = lazy(() =>
  phrases(
    `(driver s|drivers|driver|driving|operator|operator s|operators|chauffeur s) ${LICENSE} [number|no|num|id|identifier|identification|key]`,
    '(dl|dln|d l|cdl|odl) (number|no|num|id)',
    '(dln|oln)',
    'real id [number|no]',
    'non driver id [number|no]',
    'dmv id',
    'consular id [card] [number|no]',
    'matricula consular [number|no]',
    '(driver s|drivers|driver|driving) license [number|no] (ending|ends) [in|with]',
    'cdl',
    '(driver s|drivers|driver|driving) (permit|licence card|license card) [number|no]',
    '(state|state issued|government|government issued|photo) id (number|no|card number)',
    '(state|state issued|government issued) id',
    '(state|state issued|government|government issued|photo) (id|identification) card [number|no|num]',
    '(state|photo) identification (number|card number)',
  ),
);
const PASSPORT = lazy(() =>
  phrases(
    '[us|travel|foreign] passport (number|no|num|nbr|id|identifier|key|card number|book number|reference|ref|card|book)',
    'travel passport',
    'known traveler (number|no)',
    'ktn',
    'global entry [number|id]',
    'i 94 (number|no|record|admission number)',
    'sevis [id|number|no]',
    'uscis [number|no|receipt number]',
    '(travel document) [number|no|id]',
    '(green card|permanent resident card|alien registration|alien registration number|uscis) (number|no)',
    'visa (number|no)',
  ),
);
const PROFESSIONAL = lazy(() =>
  without(
    phrases(
      `${LICENSE} ${NO}`,
      `${PROFESSION} ${LICENSE} [number|no|num|id|identifier]`,
      `${PROFESSION} (certificate|certification|cert|registration) [number|no|num|id]`,
      '(certificate|certification|cert) (number|no|num|nbr|id)',
      'qualification identifier [value]',
      '(state bar|bar|arrt|nremt|nabp|ncpdp|ascp|ptan|ccn|medicare provider|medicaid provider|state provider|license board|waiver) (number|no|num|id)',
      '(ptan|ncpdp|nabp|nremt|arrt)',
      '(bls|acls|pals|foid|twic|dot medical|medical examiner s|food handler|guard) card [number|no|id]',
      '(birth|death|marriage|naturalization|citizenship) (certificate|cert) [number|no]',
      'certificate of (live birth|birth|death|marriage|naturalization|citizenship) [number|no]',
      `${LICENSE} (certificate|registration|or certificate) [number|no|id]`,
      '(certificate|certification|certification id) [or] (license|licence) [number|no|identifier]',
      '(board certification|board certificate|professional certificate|professional certification|medical registration|nursing registration|nurse registration|gmc|nmc|ahpra|cds|cpso|upin|clia|clia certificate|state controlled substance|permit|fcc|faa) (number|no|num|id|identifier|pin|certificate)',
      'clia',
      '(nmls|sbn|nrcme) [id|number|no]',
      '(cosmetology|barber|esthetician|notary|massage|electrician|plumber) (number|no|id)',
      'upin',
      '(provider|prescriber|physician|clinician|practitioner) (identifier|id|identification|number|id number|identification number|no)',
      '(birth certificate|death certificate|marriage certificate|vaccination certificate) (number|no)',
      `${NO} (of|for|on) [the|his|her|their] (license|licence|certificate)`,
      '(license|licence|dl) [number|no] (ending|ends) [in|with]',
    ),
    DRIVER(),
    PASSPORT(),
  ),
);
const WORDS = lazy(() =>
  without(phrases('license', 'licence', 'lic', 'passport', 'd l'), PROFESSIONAL(), DRIVER(), PASSPORT()),
);

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
    forms: [{ shapes: DIGITS | ALNUM, gaps: 1 << Gap.Hyphen }],
    cues: 1 << Cue.License,
    labels: {
      npi: NPI,
      dea: DEA,
      driver: DRIVER,
      passport: PASSPORT,
      professional: lazy(() => without(PROFESSIONAL(), NPI(), DEA())),
      word: WORDS,
    },
    fields: { word: () => phrases('dl', 'certificate', 'certification', 'cert', 'permit') },
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
    if (shape === Shape.Digits10) readNpi(doc, at, emit);
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
