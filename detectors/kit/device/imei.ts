/** IMEI (3GPP TS 23.003): fifteen digits, the last a Luhn check digit, whole or as makers print them (35-209900-176148-1). */
import { type Doc, Gap } from '../../contract.js';
import { luhn } from '../code/checksum.js';
import { lengthOf } from '../read.js';
import { isPlainUnit } from '../units.js';

/** First two digits, as one number of two code units: the bodies that give out most of today's type codes (35 86 01 99). */
const PREFIXES = new Set([0x3335, 0x3836, 0x3031, 0x3939]);

/** Whether the fifteen digits of a token are an IMEI, and not part of a longer number or code. */
export function isImei(doc: Doc, at: number): boolean {
  const { text, start, end } = doc;
  const from = start[at];
  if (!PREFIXES.has((text[from] << 8) | text[from + 1]) || !luhn(text, from, end[at])) return false;
  return !(from > 0 && isJoint(text[from - 1])) && !(isJoint(text[end[at]]) && isPlainUnit(text[end[at] + 1]));
}

/** Whether the token is the second group of an IMEI with hyphens: two, six, six digits and one. */
export function isHyphenedImei(doc: Doc, at: number): boolean {
  if (
    at === 0 ||
    at + 2 >= doc.count ||
    doc.gap[at] !== Gap.Hyphen ||
    lengthOf(doc, at) !== 6 ||
    lengthOf(doc, at - 1) !== 2
  )
    return false;
  if (doc.gap[at + 1] !== Gap.Hyphen || doc.gap[at + 2] !== Gap.Hyphen) return false;
  if (lengthOf(doc, at + 1) !== 6 || lengthOf(doc, at + 2) !== 1) return false;
  return luhn(doc.text, doc.start[at - 1], doc.end[at + 2]);
}

/** Signs that tie a number to something. */
function isJoint(unit: number): boolean {
  return unit === 0x2d || unit === 0x2e || unit === 0x5f || unit === 0x24;
}
