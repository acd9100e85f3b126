/**
 * Whether a code can be an identifier, seen how it was reached: not a date, an amount, a pressure, a version or a number of
 * a program. Asks about the code that `claimed` holds.
 */
import { type Doc, Gap } from '../../contract.js';
import { isUnitBehind } from '../amount.js';
import { isDigits, lengthOf, numberAt } from '../read.js';
import { claimed, Trust } from './claimed.js';

const DOLLAR = 0x24;
const PERCENT = 0x25;
const AT = 0x40;
const ZERO = 0x30;
/** 35.048291, right behind a word for it, is a licence of Ohio and no amount. */
const DECIMALS_MAX = 6;

/** Whether what `claimed` holds can be an identifier, seen how it was reached. */
export function isAcceptable(doc: Doc, trust: Trust): boolean {
  const { first, last, digits, letters, direct, start, end } = claimed;
  const before = start > 0 ? doc.text[start - 1] : 0;
  const after = doc.text[end];
  if (before === DOLLAR || after === PERCENT || after === AT) return false;
  const certain = trust === Trust.Label && direct;
  if (isDecimal(doc)) {
    // 0.6699999999999999 is a share of something, behind whatever word.
    if (lengthOf(doc, first) === 1 && doc.text[start] === ZERO) return false;
    if (!(certain && digits >= 7) && !(direct && lengthOf(doc, last) >= DECIMALS_MAX)) return false;
  }
  if (letters === 0 && isDate(doc, !certain)) return false;
  if (digits < 7 && isUnitBehind(doc, last)) return false;
  if (doc.gap[last + 1] === Gap.Colon && after === 0x3a && isDigits(doc, last + 1) && digits <= 2) return false;
  if (certain) return digits >= 3 || (letters > 0 && digits >= 2 && letters + digits >= 5);
  if (letters === 0) return digits >= 5 && !(trust === Trust.Word && (isDotted(doc) || isPressure(doc)));
  if (trust === Trust.Word && (isOrdinary(doc, first) || isHex(doc, first) || isEstimate(doc))) return false;
  return digits >= 3 && letters + digits >= 5;
}

/** 0x80000: a number of a program. */
function isHex(doc: Doc, t: number): boolean {
  return doc.text[doc.start[t]] === 0x30 && (doc.text[doc.start[t] + 1] | 0x20) === 0x78;
}

/** 120/80: two short numbers around a slash. */
function isPressure(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && doc.gap[last] === Gap.Slash && lengthOf(doc, first) <= 3 && lengthOf(doc, last) <= 3;
}

/** 118/70ish: two short numbers around a slash, and what is said of them. */
function isEstimate(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && doc.gap[last] === Gap.Slash && isDigits(doc, first) && isOrdinary(doc, last);
}

/** 2.16.840.1.113883: four numbers and more with dots between are an object identifier, an address or a version. */
function isDotted(doc: Doc): boolean {
  const { first, last } = claimed;
  if (last - first < 3) return false;
  for (let t = first + 1; t <= last; t++) if (doc.gap[t] !== Gap.Dot) return false;
  return true;
}

/** 12th, 2024a, 100mg: digits with letters that spell no code. */
function isOrdinary(doc: Doc, t: number): boolean {
  const from = doc.start[t];
  const to = doc.end[t];
  if (doc.text[from] > 0x39) return false;
  let i = from;
  while (i < to && doc.text[i] <= 0x39) i++;
  // Digits, then lower-case letters to the end: an ordinal or an amount.
  for (let k = i; k < to; k++) if (doc.text[k] < 0x61) return false;
  return i < to && to - i <= 3;
}

/** 3.5, 12.75: two groups of digits around one dot. */
function isDecimal(doc: Doc): boolean {
  const { first, last } = claimed;
  return last === first + 1 && doc.gap[last] === Gap.Dot && isDigits(doc, first) && isDigits(doc, last);
}

/** 01/02/2024, 2024-01-02; with `short` also 1/2/24 and a span of years such as 2019-2021. */
function isDate(doc: Doc, short: boolean): boolean {
  const { first, last } = claimed;
  if (last - first === 1 && short) return doc.gap[last] === Gap.Hyphen && isYear(doc, first) && isYear(doc, last);
  if (last - first !== 2 || doc.gap[first + 1] !== doc.gap[last] || doc.gap[last] === Gap.Blank) return false;
  if (!isDigits(doc, first) || !isDigits(doc, first + 1) || !isDigits(doc, last)) return false;
  const middle = lengthOf(doc, first + 1) <= 2 ? numberAt(doc, first + 1) : 99;
  if (middle === 0 || middle > 31) return false;
  if (isYear(doc, first)) return lengthOf(doc, last) <= 2 && numberAt(doc, last) <= 31;
  const head = lengthOf(doc, first) <= 2 ? numberAt(doc, first) : 99;
  if (head === 0 || head > 31 || (head > 12 && middle > 12)) return false;
  return isYear(doc, last) || (short && lengthOf(doc, last) === 2);
}

export function isYear(doc: Doc, t: number): boolean {
  if (lengthOf(doc, t) !== 4) return false;
  const year = numberAt(doc, t);
  return year >= 1900 && year < 2100;
}
