/**
 * Numbers of devices that speak for themselves: hardware addresses, UDI strings (21 CFR 830) and donation numbers (ISBT
 * 128). Each reader is called at one telling token, says where the string ends, or -1, and leaves its beginning in `begin`.
 */
import { type Doc, Gap, Shape } from '../contract.js';
import { isTelling, macEnd } from './hardware.js';
import { hashOf } from './hash.js';
import { isDigits, lengthOf, saidBefore } from './read.js';
import { gs1End, hibccEnd, iccbbaEnd, isSureHibcc } from './udi.js';
import { isPlainUnit } from './units.js';

const HARDWARE = new Set(
  ['mac', 'macs', 'hardware', 'ethernet', 'physical', 'bluetooth', 'wifi', 'bssid', 'ble', 'lan', 'wlan'].map(hashOf),
);
const COLON = 0x3a;
const PLUS = 0x2b;

let begin = 0;

/** Where the string that was read last begins. */
export function formStart(): number {
  return begin;
}

/** A hardware address whose second group, of two or four characters, is the token. */
export function macAt(doc: Doc, at: number): number {
  const { text, start, end, gap } = doc;
  if (at === 0 || start[at] - end[at - 1] !== 1 || lengthOf(doc, at - 1) !== lengthOf(doc, at)) return -1;
  const sign = text[start[at] - 1];
  const from = start[at - 1];
  if (from > 1 && gap[at - 1] === gap[at] && text[from - 1] === sign && isPlainUnit(text[from - 2])) return -1;
  const stop = macEnd(text, from, doc.length);
  if (stop < 0 || (sign !== COLON && !isTelling(text, from, stop) && !saidBefore(doc, at - 1, 4, HARDWARE))) return -1;
  begin = from;
  return stop;
}

/** (01) in front of the token, which is a GTIN of fourteen digits. */
export function bracketedEnd(doc: Doc, at: number): number {
  const { text } = doc;
  let i = doc.start[at] - 1;
  if (text[i] === 0x20) i--;
  if (i < 3 || text[i] !== 0x29 || text[i - 1] !== 0x31 || text[i - 2] !== 0x30 || text[i - 3] !== 0x28) return -1;
  begin = i - 3;
  return gs1End(text, begin, doc.length);
}

/** A HIBCC string behind its plus at `sign`, an ICCBBA string behind `=/`, whose slash is at `sign`. */
export function signedEnd(doc: Doc, sign: number): number {
  const { text } = doc;
  if (text[sign] === PLUS) {
    if (sign > 0 && (isPlainUnit(text[sign - 1]) || text[sign - 1] === 0x2f)) return -1;
    begin = sign;
    const end = hibccEnd(text, sign, doc.length);
    return end > 0 && isSureHibcc(text, sign, end) ? end : -1;
  }
  if (sign === 0) return -1;
  begin = sign - 1;
  return iccbbaEnd(text, begin, doc.length);
}

/** Last token of a donation identification number: W1234 24 882019, with or without blanks; else -1. */
export function donationEnd(doc: Doc, at: number): number {
  if (at < 0 || at >= doc.count || doc.text[doc.start[at]] < 0x41) return -1;
  if (doc.shape[at] === Shape.Alnum && lengthOf(doc, at) >= 13) return at;
  if (lengthOf(doc, at) !== 5 || at + 2 >= doc.count) return -1;
  const blanks = doc.gap[at + 1] === Gap.Blank && doc.gap[at + 2] === Gap.Blank;
  const hyphens = doc.gap[at + 1] === Gap.Hyphen && doc.gap[at + 2] === Gap.Hyphen;
  const groups =
    isDigits(doc, at + 1) && lengthOf(doc, at + 1) === 2 && isDigits(doc, at + 2) && lengthOf(doc, at + 2) === 6;
  return (blanks || hyphens) && groups ? at + 2 : -1;
}
