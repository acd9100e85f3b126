/**
 * (I) Health plan beneficiary numbers: Medicare's MBI by its form alone (CMS: eleven places, fixed letters and digits, no
 * S, L, O, I, B, Z), all other plans' ids behind a label or the payer's name, since no form or checksum is common to them.
 */
import { ALNUM, Cue, type Detector, DIGITS, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { claimOf, emitClaims } from './kit/code/claim.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { claimed, Trust } from './kit/code/id-code.js';
import { PLAN_LABELS } from './kit/code/plan-labels.js';
import { prefixed } from './kit/code/prefix.js';
import { hasDigit, isDigits, lengthOf, ownerOf } from './kit/read.js';
import { words } from './kit/word-set.js';

const MBI: Rule = {
  name: 'health-plan.mbi',
  kind: 'mbi',
  confidence: 0.93,
  about: 'A Medicare beneficiary identifier by its form',
};
const HICN: Rule = {
  name: 'health-plan.hicn',
  kind: 'hicn',
  confidence: 0.9,
  about: 'The Medicare claim number used until 2019: a social security number and a letter',
};
const PREFIXED: Rule = {
  name: 'health-plan.prefix',
  kind: 'policy',
  confidence: 0.75,
  about: 'A code that begins with POL, MBR, GRP or their like and a hyphen',
};
const rule = (kind: string, about: string, confidence = 0.95): Rule => ({
  name: `health-plan.${kind}`,
  kind,
  confidence,
  about,
});

const RULES: Readonly<Record<string, Rule>> = {
  medicare: rule('medicare', 'A code after a Medicare label'),
  medicaid: rule('medicaid', 'A code after a Medicaid label'),
  member: rule('member', 'A code after a member, subscriber or beneficiary label'),
  group: rule('group', 'A code after a group label, or a pharmacy BIN, PCN or group'),
  policy: rule('policy', 'A code after a policy, plan or insurance label'),
  authorization: rule('authorization', 'A prior authorization number of a plan', 0.94),
  word: rule('word', 'An id-like code right behind "policy", "insurance" or "member"', 0.85),
  payer: rule('payer', "An id-like code right behind a payer's name", 0.86),
};
const CUED: Rule = {
  name: 'health-plan.near-word',
  kind: 'member',
  confidence: 0.8,
  about: 'A code in the same clause as a word of this category',
};

const PREFIXES = words('pol mbr mem sub grp hin hpb hpx ins bcbs plan group policy member');

export const healthPlan: Detector<'health-plan'> = {
  category: 'health-plan',
  citation: '164.514(b)(2)(i)(I)',
  rules: [MBI, HICN, PREFIXED, CUED, ...Object.values(RULES)],
  anchors: {
    shapes: (1 << Shape.AlnumShort) | (1 << Shape.Alnum),
    forms: [{ shapes: DIGITS | ALNUM | (1 << Shape.UpperOne), gaps: 1 << Gap.Hyphen }],
    cues: 1 << Cue.HealthPlan,
    ...PLAN_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    if (doc.shape[at] === Shape.UpperOne) readLetter(doc, at, emit);
    if (isCued(doc, at, Cue.HealthPlan) && !isPlanOffered(doc, at))
      emit(claimed.start, claimed.end, CUED, cueConfidence());
    if (!hasDigit(doc, at)) return;
    if (doc.gap[at] === Gap.Hyphen) {
      const code = prefixed(doc, at, PREFIXES);
      if (code !== null) emit(code.start, code.end, PREFIXED);
    }
    const shape = doc.shape[at];
    if (shape === Shape.AlnumShort) readParts(doc, at, emit);
    else if (shape === Shape.Alnum) {
      if (lengthOf(doc, at) !== 11) readParts(doc, at, emit);
      else if (isMbi(doc.text, doc.start[at], 0, 11)) emitMbi(doc, at, at, emit);
    }
  },
};

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const { category, kind } = doc.labels[doc.label[at]];
  if (category !== 'health-plan') return;
  if (readGroups(doc, doc.value[at], emit)) return;
  if (kind === 'word') emitClaims(doc, at, Trust.Word, RULES.word, emit);
  else if (kind === 'payer') readPayer(doc, at, emit);
  else emitClaims(doc, at, Trust.Label, RULES[kind], emit);
}

/** A labelled number in the groups of an MBI, whatever a scanner made of its letters: 1EG4 TES MK7B. */
function readGroups(doc: Doc, first: number, emit: Emit): boolean {
  if (first < 0 || first + 2 >= doc.count || !hasDigit(doc, first) || !hasDigit(doc, first + 2)) return false;
  const sign = doc.gap[first + 1];
  if ((sign !== Gap.Blank && sign !== Gap.Hyphen) || doc.gap[first + 2] !== sign) return false;
  if (lengthOf(doc, first) !== 4 || lengthOf(doc, first + 1) !== 3 || lengthOf(doc, first + 2) !== 4) return false;
  if (isDigits(doc, first) || isDigits(doc, first + 1)) return false;
  emit(doc.start[first], doc.end[first + 2], MBI);
  return true;
}

/** A number behind a payer's name is a member's, unless it is written like a phone number. */
function readPayer(doc: Doc, at: number, emit: Emit): void {
  const claim = claimOf(doc, at, Trust.Word);
  if (claim === null || claim.digits < 6) return;
  const phone = claim.letters === 0 && claim.digits >= 10 && claim.last - claim.first >= 2;
  if (!phone) emit(claim.start, claim.end, RULES.payer);
}

/** 1EG4-TE5-MK73 from its first part, 123-45-6789A from its last. */
function readParts(doc: Doc, at: number, emit: Emit): void {
  const length = lengthOf(doc, at);
  const next = doc.gap[at + 1];
  if (length === 4 && (next === Gap.Hyphen || next === Gap.Blank) && at + 2 < doc.count && doc.gap[at + 2] === next) {
    const tied =
      lengthOf(doc, at + 1) === 3 &&
      lengthOf(doc, at + 2) === 4 &&
      doc.shape[at + 1] !== Shape.Redacted &&
      doc.start[at + 1] - doc.end[at] === 1;
    if (
      tied &&
      isMbi(doc.text, doc.start[at], 0, 4) &&
      isMbi(doc.text, doc.start[at + 1], 4, 7) &&
      isMbi(doc.text, doc.start[at + 2], 7, 11)
    )
      emitMbi(doc, at, at + 2, emit);
    return;
  }
  if ((length !== 5 && length !== 6) || at < 2 || doc.gap[at] !== Gap.Hyphen || doc.gap[at - 1] !== Gap.Hyphen) return;
  if (doc.shape[at - 1] !== Shape.Digits2 || doc.shape[at - 2] !== Shape.Digits3) return;
  for (let i = doc.start[at]; i < doc.start[at] + 4; i++) if (!isDigit(doc.text[i])) return;
  if (!isDigit(doc.text[doc.start[at] + 4])) emit(doc.start[at - 2], doc.end[at], HICN);
}

/** 123-45-6789-A, and behind a label 123-45-6789 A. */
function readLetter(doc: Doc, at: number, emit: Emit): void {
  const { gap, shape } = doc;
  if (at < 3 || gap[at - 1] !== Gap.Hyphen || gap[at - 2] !== Gap.Hyphen) return;
  const owned = gap[at] === Gap.Blank && ownerOf(doc, at - 3)?.category === 'health-plan';
  if (gap[at] !== Gap.Hyphen && !owned) return;
  if (shape[at - 1] === Shape.Digits4 && shape[at - 2] === Shape.Digits2 && shape[at - 3] === Shape.Digits3)
    emit(doc.start[at - 3], doc.end[at], HICN);
}

/** H1036-077: a contract of CMS and a plan under it, which thousands have. */
function isPlanOffered(doc: Doc, at: number): boolean {
  const last = at + 1;
  if (doc.shape[at] !== Shape.Alnum || lengthOf(doc, at) !== CONTRACT_UNITS || doc.shape[last] !== Shape.Digits3)
    return false;
  return doc.gap[last] === Gap.Hyphen && doc.gap[last + 1] !== Gap.Hyphen && CONTRACTS.has(doc.text[doc.start[at]]);
}

const CONTRACT_UNITS = 5;
/** First letters of the contracts of CMS: local plans, regional ones, drug plans, of employers. */
const CONTRACTS = new Set([...'HRSE'].map((letter) => letter.charCodeAt(0)));

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

const isLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a && unit < 0x7b;

/** Letters that CMS does not use, since they look like digits. A number with one is misread or mistyped, but still one. */
const UNUSED = new Set([...'sloibz'].map((letter) => letter.charCodeAt(0)));

function emitMbi(doc: Doc, first: number, last: number, emit: Emit): void {
  let unused = false;
  for (let i = doc.start[first]; i < doc.end[last]; i++)
    if (isLetter(doc.text[i]) && UNUSED.has(doc.text[i] | 0x20)) unused = true;
  emit(doc.start[first], doc.end[last], MBI, unused ? 0.7 : undefined);
}

/** Kinds of the eleven places: C a digit but 0, A letter, N digit, X either. */
const PLACES = 'CAXNAXNAANN';

function isMbi(text: Uint16Array, from: number, place: number, to: number): boolean {
  for (let i = from; place < to; i++, place++) {
    const unit = text[i];
    const kind = PLACES[place];
    const fits =
      kind === 'A'
        ? isLetter(unit)
        : kind === 'X'
          ? isLetter(unit) || isDigit(unit)
          : isDigit(unit) && (kind === 'N' || unit !== 0x30);
    if (!fits) return false;
  }
  return true;
}
