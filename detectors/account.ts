/**
 * (J) Account numbers: patient, billing and bank accounts, invoices and claims behind a label; payment cards (ISO/IEC
 * 7812) by form and Luhn's check, IBANs (ISO 13616) by form and remainder, wallets by form, with or without a label.
 */
import { ALNUM, Cue, type Detector, DIGITS, type Doc, type Emit, Gap, type Rule, Shape } from './contract.js';
import { ACCOUNT_LABELS } from './kit/code/account-labels.js';
import { aba, iban, luhn } from './kit/code/checksum.js';
import { emitClaims } from './kit/code/claim.js';
import { cueConfidence, isCued } from './kit/code/cued.js';
import { groupRunEnd } from './kit/code/group-run.js';
import { claimed, codeFrom, Trust } from './kit/code/id-code.js';
import { groupsEnd, isIssued, isMaskedEnd, isWallet } from './kit/code/payment.js';
import { isGrown, prefixed } from './kit/code/prefix.js';
import { hasDigit, isDigits, lengthOf, ownerOf } from './kit/read.js';
import { isDigitUnit } from './kit/units.js';
import { words } from './kit/word-set.js';

const CARD: Rule = {
  name: 'account.card',
  kind: 'card',
  confidence: 0.92,
  about: 'A payment card by its form and Luhn check',
};
const CARD_FORM: Rule = {
  name: 'account.card-form',
  kind: 'card',
  confidence: 0.6,
  about: 'Four groups of digits like those of a card, which fail the check',
};
const IBAN: Rule = {
  name: 'account.iban',
  kind: 'iban',
  confidence: 0.95,
  about: 'An international bank account number by its form and remainder',
};
const IBAN_FORM: Rule = {
  name: 'account.iban-form',
  kind: 'iban',
  confidence: 0.7,
  about: 'Groups of an international bank account number whose remainder is wrong',
};
const WALLET: Rule = {
  name: 'account.wallet',
  kind: 'wallet',
  confidence: 0.8,
  about: 'The address of a crypto wallet by its form',
};
const PREFIXED: Rule = {
  name: 'account.prefix',
  kind: 'billing',
  confidence: 0.75,
  about: 'A code that begins with ACCT, INV, CLM or their like',
};
const MASKED: Rule = {
  name: 'account.masked',
  kind: 'ending',
  confidence: 0.75,
  about: 'The last four digits of a masked card or account',
};
const rule = (kind: string, about: string, confidence = 0.95): Rule => ({
  name: `account.${kind}`,
  kind,
  confidence,
  about,
});

const RULES: Readonly<Record<string, Rule>> = {
  account: rule('account', 'A code after an account label'),
  billing: rule('billing', 'A code after an invoice, claim, statement or billing label', 0.94),
  bank: rule('bank', 'A code after a routing, card or IBAN label'),
  ending: rule('ending', 'The last digits of an account or card, said to be such', 0.92),
  word: rule('word', 'An id-like code right behind "account", "invoice" or "card"', 0.87),
};
const CUED: Rule = {
  name: 'account.near-word',
  kind: 'account',
  confidence: 0.8,
  about: 'A code in the same clause as a word of this category',
};

const PREFIXES = words('acct ac acc acnt inv bill clm claim har stmt txn pmt rcpt');
/** Words that a card number may follow without being any label: "my card 5018…", "Visa 4111…". */
const CARD_WORDS = words('card cards visa mastercard amex maestro discover diners jcb cc debit credit');
const ROUTING_WORDS = words('routing aba rtn transit bank payee wire ach');
const PAIRED_DIGITS_MIN = 6;
const LONG =
  (1 << Shape.Digits12) |
  (1 << Shape.Digits13) |
  (1 << Shape.Digits14) |
  (1 << Shape.Digits15) |
  (1 << Shape.Digits16) |
  (1 << Shape.DigitsLong);
/** Between the groups of a card; signs other than blanks and hyphens only if the check holds, or a word says what it is. */
const CARD_SIGNS = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Dot) | (1 << Gap.Slash) | (1 << Gap.Underscore);
const CARD_GROUPS = (1 << Shape.Digits4) | (1 << Shape.Digits6);

export const account: Detector<'account'> = {
  category: 'account',
  citation: '164.514(b)(2)(i)(J)',
  rules: [CARD, CARD_FORM, IBAN, IBAN_FORM, WALLET, PREFIXED, MASKED, CUED, ...Object.values(RULES)],
  anchors: {
    forms: [{ shapes: DIGITS | ALNUM, gaps: 1 << Gap.Hyphen }],
    shapes: LONG | ALNUM | (1 << Shape.Digits4) | (1 << Shape.Digits9),
    cues: 1 << Cue.Account,
    ...ACCOUNT_LABELS,
  },
  read(doc: Doc, at: number, emit: Emit): void {
    if (doc.label[at] !== 0) readLabelled(doc, at, emit);
    if (isCued(doc, at, Cue.Account)) emit(claimed.start, claimed.end, CUED, cueConfidence());
    const shape = doc.shape[at];
    if (((1 << shape) & (DIGITS | ALNUM)) === 0) return;
    if (doc.gap[at] === Gap.Hyphen) {
      const code = prefixed(doc, at, PREFIXES);
      if (code !== null) emit(code.start, code.end, PREFIXED);
    }
    if (shape === Shape.Digits4) {
      const next = 1 << doc.shape[at + 1];
      if (next & CARD_GROUPS) readGroupedCard(doc, at, emit);
      if (isMaskedEnd(doc, at)) emit(doc.start[at], doc.end[at], MASKED);
    } else if (shape === Shape.AlnumShort) readGroupedIban(doc, at, emit);
    else if (shape === Shape.Alnum || shape === Shape.AlnumLong) {
      if (isGrown(doc, at, PREFIXES)) emit(doc.start[at], doc.end[at], PREFIXED);
      readLong(doc, at, emit);
    } else if (shape === Shape.Digits9) readRouting(doc, at, emit);
    else if ((1 << shape) & LONG) readCard(doc, at, emit);
  },
};

function readLabelled(doc: Doc, at: number, emit: Emit): void {
  const { category, kind } = doc.labels[doc.label[at]];
  if (category !== 'account') return;
  if ((kind === 'word' || kind === 'bank') && readLoose(doc, at, emit)) return;
  emitClaims(doc, at, kind === 'word' ? Trust.Word : Trust.Label, RULES[kind], emit);
}

/** A labelled IBAN or card in groups of letters and digits, whatever its check says: the groups are one number. */
function readLoose(doc: Doc, at: number, emit: Emit): boolean {
  const first = doc.value[at];
  if (first < 0 || first >= doc.count || !hasDigit(doc, first) || lengthOf(doc, first) !== 4) return false;
  const last = groupsEnd(doc, first);
  if (last - first < 2) return false;
  emit(doc.start[first], doc.end[last], RULES.bank);
  return true;
}

/** 4111 1111 1111 1111, 3782-822463-10005. */
function readGroupedCard(doc: Doc, at: number, emit: Emit): void {
  const sign = doc.gap[at + 1];
  if (((1 << sign) & CARD_SIGNS) === 0 || at + 2 >= doc.count || doc.gap[at + 2] !== sign) return;
  const lead = doc.text[doc.start[at]];
  if (lead < 0x32 || lead > 0x36) return;
  const before = doc.gap[at];
  if (
    before === Gap.Hyphen ||
    before === Gap.Dot ||
    (before === Gap.Blank && at > 0 && isDigits(doc, at - 1) && lengthOf(doc, at - 1) === 4)
  )
    return;
  if (doc.shape[at + 1] === Shape.Digits6 && doc.shape[at + 2] === Shape.Digits5) {
    if (luhn(doc.text, doc.start[at], doc.end[at + 2])) emit(doc.start[at], doc.end[at + 2], CARD);
    return;
  }
  if (doc.shape[at + 1] !== Shape.Digits4 || doc.shape[at + 2] !== Shape.Digits4) return;
  const last = at + 3;
  if (last >= doc.count || doc.gap[last] !== sign || !isDigits(doc, last)) return;
  const length = lengthOf(doc, last);
  if (length > 4 || length < 2 || (length === 2 && lead !== 0x33)) return;
  // A nineteenth digit at most: 4-4-4-4-3.
  const more =
    last + 1 < doc.count && doc.gap[last + 1] === sign && doc.shape[last + 1] === Shape.Digits3 && length === 4
      ? last + 1
      : last;
  if (more > last && luhn(doc.text, doc.start[at], doc.end[more])) emit(doc.start[at], doc.end[more], CARD);
  else if (luhn(doc.text, doc.start[at], doc.end[last])) emit(doc.start[at], doc.end[last], CARD);
  else if (length >= 3 && (sign === Gap.Hyphen || (sign !== Gap.Blank && at > 0 && CARD_WORDS.has(doc.hash[at - 1]))))
    emit(doc.start[at], doc.end[last], CARD_FORM);
}

/** 12 to 19 digits in a row. */
function readCard(doc: Doc, at: number, emit: Emit): void {
  const length = lengthOf(doc, at);
  if (length > 19) return;
  const gap = doc.gap[at];
  if (gap === Gap.Dot || gap === Gap.Hyphen || gap === Gap.Underscore || doc.gap[at + 1] === Gap.Underscore) return;
  const owner = ownerOf(doc, at);
  if (owner !== null && owner.category === null && owner.kind !== 'none') return;
  const said = at > 0 && gap === Gap.Blank && CARD_WORDS.has(doc.hash[at - 1]);
  if (said) emit(doc.start[at], doc.end[at], CARD);
  else if (isIssued(doc.text, doc.start[at], length) && luhn(doc.text, doc.start[at], doc.end[at]))
    emit(doc.start[at], doc.end[at], CARD, owner?.category === 'other-id' ? 0.96 : 0.85);
}

function readRouting(doc: Doc, at: number, emit: Emit): void {
  for (let t = at; t > 0 && at - t < 3 && doc.gap[t] !== Gap.Leaf && doc.gap[t] !== Gap.Line; t--) {
    if (!ROUTING_WORDS.has(doc.hash[t - 1])) continue;
    if (!aba(doc.text, doc.start[at], doc.end[at])) return;
    emit(doc.start[at], doc.end[at], RULES.bank);
    readPaired(doc, at + 1, emit);
    return;
  }
}

/** "021000089 / 44 1207 8832": the account behind the number of its bank. */
function readPaired(doc: Doc, at: number, emit: Emit): void {
  if (at >= doc.count || (doc.gap[at] !== Gap.Slash && doc.gap[at] !== Gap.Comma) || doc.owner[at] !== 0) return;
  if (!isDigits(doc, at) || !codeFrom(doc, at, true, groupRunEnd(doc, at)) || claimed.digits < PAIRED_DIGITS_MIN)
    return;
  emit(claimed.start, claimed.end, RULES.bank, 0.85);
}

/** GB82 WEST 1234 5698 7654 32. */
function readGroupedIban(doc: Doc, at: number, emit: Emit): void {
  if (lengthOf(doc, at) !== 4 || !opensIban(doc, at)) return;
  const last = groupsEnd(doc, at);
  if (last - at < 3) return;
  if (iban(doc.text, doc.start[at], doc.end[last])) emit(doc.start[at], doc.end[last], IBAN);
  else if (last - at >= 4) emit(doc.start[at], doc.end[last], IBAN_FORM);
}

function opensIban(doc: Doc, at: number): boolean {
  const { text } = doc;
  const i = doc.start[at];
  return isLetterUnit(text[i]) && isLetterUnit(text[i + 1]) && isDigitUnit(text[i + 2]) && isDigitUnit(text[i + 3]);
}

/** An IBAN without blanks, or a wallet. */
function readLong(doc: Doc, at: number, emit: Emit): void {
  const length = lengthOf(doc, at);
  if (length < 15 || length > 62) return;
  const start = doc.start[at];
  const end = doc.end[at];
  if (length <= 34 && opensIban(doc, at) && iban(doc.text, start, end)) emit(start, end, IBAN);
  else if (length >= 26 && isWallet(doc.text, start, end)) emit(start, end, WALLET);
}

const isLetterUnit = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a && unit < 0x7b;
