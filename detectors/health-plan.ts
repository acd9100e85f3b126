/**
 * (I) Health plan beneficiary numbers: Medicare's MBI by its form alone (CMS: eleven places, fixed letters and digits, no
 * S, L, O, I, B, Z), all other plans' ids behind a label or the payer's name, since no form or checksum is common to them.
 */
import { type Detector, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { claimOf, emitClaims } from './kit/claim.js';
import { Cue, cueConfidence, cueOf } from './kit/cue.js';
import { claimed, Trust } from './kit/id-code.js';
import { NO, NUM, phrases, without } from './kit/phrases.js';
import { LONG_CODE_SHAPES, prefixed } from './kit/prefix.js';
import { hasDigit, lengthOf } from './kit/read.js';
import { words } from './kit/word-set.js';

const MBI: Rule = { name: 'health-plan.mbi', kind: 'mbi', confidence: 0.93, about: 'A Medicare beneficiary identifier by its form' };
const HICN: Rule = { name: 'health-plan.hicn', kind: 'hicn', confidence: 0.9, about: 'The Medicare claim number used until 2019: a social security number and a letter' };
const PREFIXED: Rule = { name: 'health-plan.prefix', kind: 'policy', confidence: 0.75, about: 'A code that begins with POL, MBR, GRP or their like and a hyphen' };
const rule = (kind: string, about: string, confidence = 0.95): Rule => ({ name: `health-plan.${kind}`, kind, confidence, about });

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
const CUED: Rule = { name: 'health-plan.near-word', kind: 'member', confidence: 0.8, about: 'A code in the same clause as a word of this category' };

const PERSON = '(member|subscriber|beneficiary|enrollee|cardholder|insured|insured s|subscriber s|member s|dependent|policyholder|policy holder|recipient)';
const PLAN = '(insurance|ins|health plan|plan|policy|coverage|carrier|hmo|ppo|medigap|health)';
const MEDICARE = phrases(
  '(medicare|mbi|hicn|hic|cms) [beneficiary|member|claim] (number|no|num|nbr|id|identifier|card)',
  'medicare beneficiary',
  'mbi',
  'hicn',
  'health insurance claim number',
  'railroad medicare [number|id]',
);
const MEDICAID = phrases('(medicaid|medi cal|medical assistance|masshealth|tenncare|badgercare|chip|title xix) [recipient|member|client] (number|no|num|nbr|id|identifier|card|cin)', 'medicaid recipient');
const GROUP = phrases(
  `(group|grp|employer group|insurance group|plan group|health plan group) (number|numbers|no|num|nbr|id|identifier|code)`,
  '(rx|pharmacy) (group|grp|bin|pcn) [number|no|id]',
  'rxgrp',
  'rxgroup',
  'rxbin',
  'rxpcn',
  'bin number',
  'pcn number',
);
const POLICY = without(
  phrases(
    `${PLAN} ${NUM}`,
    `${PLAN} [card] (number|no|id)`,
    `(insurance|plan|coverage|health|member) card (number|no|id|shows|reads)`,
    `(health plan|insurance|plan|policy) (beneficiary|policy|contract|certificate|coverage|account) ${NUM}`,
    '(contract|insurance contract|policy contract) (number|no|id)',
    '(certificate|cert|insurance certificate|policy certificate) (number|no|num|nbr)',
    'number on [the|his|her|their|my|your] [insurance|plan|health plan|member] card',
    'id on [the|his|her|their|my|your] [insurance|plan|member] card',
    `(number|id|identifier) (of|for|on) [the|his|her|their] (insurance|policy|health plan|plan|coverage)`,
  ),
  MEDICARE,
  MEDICAID,
  GROUP,
);
const MEMBER = without(
  phrases(
    `${PERSON} ${NUM}`,
    `(health plan|plan|insurance) (member|subscriber|beneficiary) ${NO}`,
    '(unique member|alternate member|family member|champus|tricare|dod benefits) (id|identifier|number)',
    'dbn',
    '(member|policy|subscriber|insurance|medicare|medicaid) [id|number|no] (ending|ends) [in|with]',
    '(aetna|cigna|humana|bcbs|anthem|blue cross|blue shield|uhc|united healthcare|unitedhealthcare|kaiser|tricare|molina|wellcare|ambetter) [member|subscriber|policy] (id|number|no|identifier)',
  ),
  POLICY,
  MEDICARE,
  MEDICAID,
  GROUP,
);
const AUTHORIZATION = phrases(
  '(prior|pre|pa) (authorization|auth|authorisation) [number|no|num|id|code|reference|ref]',
  '(precert|precertification|preauthorization|preauth) [number|no|num|id|code|reference]',
  'pa (number|no)',
);
const WORDS = phrases('policy', 'insurance', 'health insurance', 'medicaid', 'medicare', 'medi cal', '(primary|secondary|tertiary) insurance', 'health plan');
const PAYERS = phrases('aetna', 'cigna', 'humana', 'bcbs', 'anthem', 'uhc', 'unitedhealthcare', 'united healthcare', 'blue cross [blue shield]', 'blue shield', 'tricare', 'molina', 'wellcare', 'ambetter', '(aetna|cigna|humana|bcbs|anthem|uhc) (ppo|hmo|epo|pos)', 'kaiser permanente', 'bluecross blueshield', 'centene', 'oscar health', 'health net', 'upmc health plan', 'caresource', 'emblemhealth', 'highmark', 'premera', 'regence', 'carefirst', 'florida blue', 'optum', 'medicare advantage', 'harvard pilgrim', 'priority health', 'healthfirst', 'fidelis care', 'amerigroup', 'bright health', 'clover health', 'wellpoint', 'medica', 'geisinger health plan');

const PREFIXES = words('pol mbr mem sub grp hin hpb hpx ins bcbs plan group policy member');

export const healthPlan: Detector<'health-plan'> = {
  category: 'health-plan',
  citation: '164.514(b)(2)(i)(I)',
  rules: [MBI, HICN, PREFIXED, CUED, ...Object.values(RULES)],
  anchors: {
    shapes: LONG_CODE_SHAPES | (1 << Shape.AlnumShort),
    gaps: 1 << Gap.Hyphen,
    labels: {
      medicare: MEDICARE,
      medicaid: MEDICAID,
      member: MEMBER,
      group: GROUP,
      policy: POLICY,
      authorization: AUTHORIZATION,
      word: without(WORDS, POLICY, MEMBER),
      payer: without(PAYERS, MEMBER, POLICY),
    },
    fields: { word: phrases('group', 'grp', 'plan', 'bin', 'pcn', 'hic', 'cin', 'coverage', 'auth') },
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    if (!hasDigit(doc, at)) return;
    if (doc.gap[at] === Gap.Hyphen) {
      const code = prefixed(doc, at, PREFIXES);
      if (code !== null) emit(code.start, code.end, PREFIXED);
    }
    if (cueOf(doc, at) === Cue.HealthPlan) emit(claimed.start, claimed.end, CUED, cueConfidence());
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
  if (kind === 'word') emitClaims(doc, at, Trust.Word, RULES.word, emit);
  else if (kind === 'payer') readPayer(doc, at, emit);
  else emitClaims(doc, at, Trust.Label, RULES[kind], emit);
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
    const tied = lengthOf(doc, at + 1) === 3 && lengthOf(doc, at + 2) === 4 && doc.shape[at + 1] !== Shape.Redacted && doc.start[at + 1] - doc.end[at] === 1;
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

const isDigit = (unit: number): boolean => unit >= 0x30 && unit <= 0x39;

const isLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a && unit < 0x7b;

/** Letters that CMS does not use, since they look like digits. A number with one is misread or mistyped, but still one. */
const UNUSED = new Set([...'sloibz'].map((letter) => letter.charCodeAt(0)));

function emitMbi(doc: Doc, first: number, last: number, emit: Emit): void {
  let unused = false;
  for (let i = doc.start[first]; i < doc.end[last]; i++) if (isLetter(doc.text[i]) && UNUSED.has(doc.text[i] | 0x20)) unused = true;
  emit(doc.start[first], doc.end[last], MBI, unused ? 0.7 : undefined);
}

/** Kinds of the eleven places: C a digit but 0, A letter, N digit, X either. */
const PLACES = 'CAXNAXNAANN';

function isMbi(text: Uint16Array, from: number, place: number, to: number): boolean {
  for (let i = from; place < to; i++, place++) {
    const unit = text[i];
    const kind = PLACES[place];
    const fits =
      kind === 'A' ? isLetter(unit) : kind === 'X' ? isLetter(unit) || isDigit(unit) : isDigit(unit) && (kind === 'N' || unit !== 0x30);
    if (!fits) return false;
  }
  return true;
}
