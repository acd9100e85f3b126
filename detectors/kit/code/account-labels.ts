/** The labels of account numbers (45 CFR 164.514(b)(2)(i)(J)), by kind. */
import { lazy, NUM, phrases, without } from '../phrases.js';

const OWNER =
  '(bank|checking|savings|patient|pt|billing|guarantor|financial|finance|hospital|payment|customer|client|deposit|card|merchant|loan|facility|medical|hsa|fsa|statement|household|collection|collections)';
const ACCOUNT = '(account|accounts|acct|accts|acc|acnt|accnt)';
const BANK = lazy(() =>
  phrases(
    '[bank|aba|wire|ach] routing [transit] [number|no|num|code|nbr]',
    'rtn',
    '(aba|transit|sort|swift|bic|bsb) (number|no|code)',
    'iban [number|no|code]',
    'clabe',
    '(credit|debit|payment|bank|hsa|fsa|gift|atm|flex) card [number|no|num|nbr|id|on file]',
    'card (number|no|num|nbr|on file|pan)',
    'cardnumber',
    'primary account number',
    'cc (number|no|num)',
    '(visa|mastercard|amex|american express|discover) card [number|no]',
    '[crypto|bitcoin|btc|ethereum|eth] wallet [address|id|number]',
    '(bitcoin|btc|ethereum|eth|crypto) [wallet] address',
    '(cvv|cvc|cvv2) [code|number]',
  ),
);
const ENDING = lazy(() =>
  phrases(
    `${ACCOUNT} [number|no] (ending|ends) [in|with]`,
    '[credit|debit|payment|bank] (card|visa|mastercard|amex|discover) [number|no] (ending|ends) [in|with]',
    '(visa|mastercard|amex|discover) ending [in|with]',
    `last (4|four) [digits] of [the|his|her|their|my] (account|acct|card|credit card|debit card)`,
    '(card|account|acct) last (4|four) [digits]',
    '(card|account|acct) on file (ending|ends) [in|with]',
    '(card|account|acct) last4',
  ),
);
const ACCOUNTS = lazy(() =>
  without(
    phrases(
      `${ACCOUNT} (number|numbers|no|nos|num|nbr|nr|id|ids|identifier|key|code|ref|reference)`,
      `${OWNER} (account|acct) [${NUM.slice(1, -1)}]`,
      '(a c|a r) (no|number)',
      '(har|hospital account record|financial|fin class|guarantor|customer|client|payer account|billing customer) (number|no|num|nbr|id|identifier|reference)',
      'hospital account record',
      'har',
      'account used for [the] (billing|payment|charges|payments)',
      `(number|identifier|key|id) (of|for|on|to) [the|his|her|their|this] (account|bank account|billing account|patient account)`,
      'guarantor account',
      '[hcfa|cms|cms 1500] box 26',
      '(cust|pbn) (number|no|id)',
      'pbn',
      'kontonummer',
      'numero de (cuenta|compte)',
    ),
    ENDING(),
    BANK(),
  ),
);
const BILLING = lazy(() =>
  without(
    phrases(
      `(invoice|claim|claims|statement|bill|receipt|transaction|payment|remittance|eob|check|cheque|ledger|charge|billing|finance|insurance claim|superbill|estimate|refund|deposit|balance|folio) ${NUM}`,
      '(invoice|claim|statement|bill|check|transaction) (numbers|nos|ids|control number|control no)',
      'money order [number|no]',
      'payment confirmation [number|no|code]',
      'insurance claim',
      '(payer|patient|internal) control (number|no|num)',
      '(icn|dcn|tcn|pcn claim) (number|no)',
      '(trace|eft|check eft) (number|no)',
    ),
    ACCOUNTS(),
  ),
);
const WORDS = lazy(() =>
  without(
    phrases(
      'account',
      'accounts',
      'acct',
      'accts',
      'invoice',
      'claim',
      'iban',
      'a c',
      'routing',
      'billing account',
      'wallet',
      'credit card',
      '(refund|paper|insurance|patient) (ck|chk|check)',
      '(ck|chk|cheque) (number|no|num|nbr)',
      '(apply|applied|post|posted|credited|charged) to',
      '(bal|balance|payment) on',
      'statement',
    ),
    ACCOUNTS(),
    BANK(),
    BILLING(),
  ),
);
const FIELDS = lazy(() =>
  without(
    phrases(
      'acc',
      'a r',
      'card',
      'receipt',
      'transaction',
      'txn',
      'trn',
      'bill',
      'aba',
      'ledger',
      'payment',
      'billing',
    ),
    WORDS(),
    ACCOUNTS(),
    BANK(),
    BILLING(),
  ),
);

export const ACCOUNT_LABELS = {
  labels: { account: ACCOUNTS, bank: BANK, ending: ENDING, billing: BILLING, word: WORDS },
  fields: { word: FIELDS, ending: () => phrases('last4') },
};
