/** What payment cards and crypto wallets look like, as code units. Issuers' ranges are those of ISO/IEC 7812. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hashOf } from '../hash.js';
import { hasDigit, isDigits, lengthOf } from '../read.js';
import { isDigitUnit, isHexUnit } from '../units.js';
import { words } from '../word-set.js';

/** First digits and lengths that the card networks use. */
export function isIssued(text: Uint16Array, from: number, length: number): boolean {
  let head = 0;
  for (let i = from; i < from + 4; i++) head = head * 10 + text[i] - 0x30;
  const two = Math.floor(head / 100);
  const three = Math.floor(head / 10);
  if (two >= 40 && two <= 49) return length === 13 || length === 16 || length === 19;
  if ((two >= 51 && two <= 55) || (head >= 2221 && head <= 2720)) return length === 16;
  if (two === 34 || two === 37) return length === 15;
  if (head === 6011 || two === 65 || (three >= 644 && three <= 649) || two === 62) return length >= 16;
  if ((three >= 300 && three <= 305) || two === 36 || two === 38) return length === 14 || length === 16;
  return head >= 3528 && head <= 3589 && length === 16;
}

/** Bitcoin (Base58 from 1 or 3, Bech32 from bc1) and Ethereum (0x and forty hexadecimal digits). */
export function isWallet(text: Uint16Array, from: number, to: number): boolean {
  const length = to - from;
  const [a, b, c] = [text[from], text[from + 1], text[from + 2]];
  if (a === 0x30 && b === 0x78) return length === 42 && every(text, from + 2, to, isHexUnit);
  if (a === 0x62 && b === 0x63 && c === 0x31)
    return (length === 42 || length === 62) && every(text, from + 3, to, isBech32);
  if (a !== 0x31 && a !== 0x33) return false;
  return length <= 35 && every(text, from, to, isBase58) && hasAllCases(text, from, to);
}

function every(text: Uint16Array, from: number, to: number, test: (unit: number) => boolean): boolean {
  for (let i = from; i < to; i++) if (!test(text[i])) return false;
  return true;
}

const isLetterUnit = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a && unit < 0x7b;
const isBech32 = (unit: number): boolean =>
  isDigitUnit(unit) || (unit >= 0x61 && unit <= 0x7a && unit !== 0x62 && unit !== 0x69 && unit !== 0x6f);
const isBase58 = (unit: number): boolean =>
  (isDigitUnit(unit) && unit !== 0x30) || (isLetterUnit(unit) && unit !== 0x4f && unit !== 0x49 && unit !== 0x6c);

function hasAllCases(text: Uint16Array, from: number, to: number): boolean {
  let upper = 0;
  let lower = 0;
  for (let i = from; i < to; i++) {
    if (text[i] >= 0x61) lower++;
    else if (text[i] >= 0x41) upper++;
  }
  return upper > 2 && lower > 2;
}

/** Groups of an IBAN: two letters and two digits, then up to thirty. */
const IBAN_GROUPS_MAX = 9;

/** Last of the groups of up to four digits or capitals that follow a first one with the same single blank or hyphen. */
export function groupsEnd(doc: Doc, first: number): number {
  const sign = doc.gap[first + 1];
  let last = first;
  if (sign !== Gap.Blank && sign !== Gap.Hyphen) return last;
  for (let t = first + 1; t < doc.count && t - first < IBAN_GROUPS_MAX; t++) {
    const length = lengthOf(doc, t);
    if (doc.gap[t] !== sign || doc.start[t] - doc.end[t - 1] !== 1 || length > 4) break;
    const shape = doc.shape[t];
    if (
      shape === Shape.Redacted ||
      !(
        isDigits(doc, t) ||
        shape === Shape.Upper ||
        (hasDigit(doc, t) && doc.text[doc.end[t] - 1] < 0x61) ||
        isBank(doc, first, t)
      )
    )
      break;
    // Capitals of fewer than four letters are a word of the next field.
    if (shape === Shape.Upper && length !== 4) break;
    last = t;
    if (length < 4) break;
  }
  return last;
}

/** The bank of an IBAN in small letters: gb82 west 1234. */
function isBank(doc: Doc, first: number, t: number): boolean {
  return (
    t === first + 1 && doc.shape[t] === Shape.Lower && doc.shape[first] === Shape.AlnumShort && lengthOf(doc, t) === 4
  );
}

/** Signs that hide digits: * • ● */
const isMask = (unit: number): boolean => unit === 0x2a || unit === 0x2022 || unit === 0x25cf;

/** Words behind which one sign or dots hide digits: "Visa ...4242", "card *4242". */
const ENDED_WORDS = words('card visa mastercard amex discover acct account checking savings');
const XXXX = hashOf('xxxx');
const SPACE = 0x20;
const STAR = 0x2a;
const HYPHEN = 0x2d;
const DOT = 0x2e;

/** Whether four digits are what a mask leaves: **** **** **** 4421, xxxx-xxxx-xxxx-4421, Visa ...4421. */
export function isMaskedEnd(doc: Doc, at: number): boolean {
  const { text } = doc;
  const from = doc.start[at];
  if (doc.gap[at] === Gap.Blank && doc.hash[at - 1] !== XXXX) return false;
  if (at > 0 && doc.hash[at - 1] === XXXX && doc.end[at - 1] === from - 1) return true;
  if (from < 4) return false;
  const said = at > 0 && ENDED_WORDS.has(doc.hash[at - 1]);
  if (said && text[from - 1] === STAR) return true;
  const last = text[from - 1] === SPACE || text[from - 1] === HYPHEN ? from - 2 : from - 1;
  if (last < 2) return false;
  if (said && text[last] === DOT) return text[last - 1] === DOT && text[last - 2] === DOT;
  return isMask(text[last]) && isMask(text[last - 1]) && isMask(text[last - 2]);
}
