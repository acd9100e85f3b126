/**
 * Numbers of devices that speak for themselves: hardware addresses, UDI strings (21 CFR 830) and donation numbers (ISBT
 * 128). Each reader is called at one telling token, says where the string ends, or -1, and leaves its beginning in `begin`.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { hasDigit, isDigits, lengthOf, saidBefore } from '../read.js';
import { isPlainUnit } from '../units.js';
import { words } from '../word-set.js';
import { isTelling, macEnd } from './hardware.js';
import { gs1End, hibccEnd, iccbbaEnd, isSureHibcc } from './udi.js';

const HARDWARE = words('mac macs hardware ethernet physical bluetooth wifi bssid ble lan wlan');
const SIMS = words('sim esim iccid usim card chip cellular modem');
const ICCID_MIN = 18;
const TOKEN_MAX = 256;
const TOKEN_MIN = 16;
const GROUPS_MAX = 8;
/** Digits of IMEI (with version, 16) and ICCID. */
const LONG_MIN = 14;
const LONG_MAX = 20;
const GROUP_GAPS = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Slash) | (1 << Gap.Dot);
const UDI_TOKENS_MAX = 12;
const UDI_GAPS = (1 << Gap.Blank) | (1 << Gap.Open) | (1 << Gap.Close) | (1 << Gap.Other);
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
  if (!(blanks || hyphens) || !groups) return -1;
  // W0447 22 118827 K: the check character, in a box of its own.
  const check = at + 3;
  const boxed =
    check < doc.count && doc.gap[check] === doc.gap[at + 2] && doc.shape[check] === Shape.UpperOne && blanks;
  return boxed ? check : at + 2;
}

/** The number of a SIM card (ITU-T E.118) beside a word for one. */
export function isIccid(doc: Doc, at: number): boolean {
  const length = lengthOf(doc, at);
  const from = doc.start[at];
  if (length < ICCID_MIN || length > LONG_MAX || doc.text[from] !== 0x38 || doc.text[from + 1] !== 0x39) return false;
  return isDigits(doc, at) && saidBefore(doc, at, 4, SIMS);
}

/** Last token of a long number in groups with blanks or signs, as IMEI and ICCID are printed: 35 209900 176148 1; else -1. */
export function longNumberEnd(doc: Doc, at: number): number {
  // 0.6699999999999999 is a decimal.
  if (lengthOf(doc, at) === 1 && doc.gap[at + 1] === Gap.Dot) return -1;
  let digits = 0;
  let last = -1;
  for (let t = at; t < doc.count && t - at < GROUPS_MAX && isDigits(doc, t); t++) {
    const gap = doc.gap[t];
    if (t > at && (((1 << gap) & GROUP_GAPS) === 0 || doc.start[t] - doc.end[t - 1] !== 1)) break;
    digits += lengthOf(doc, t);
    if (digits > LONG_MAX) return -1;
    last = t;
  }
  return digits >= LONG_MIN && last > at ? last : -1;
}

/**
 * End of a UDI behind its label that is written without the round brackets of GS1, "01 00844588003288 17 260131" or
 * "[01]00844588003288[17]260131", or -1; `begin` is its first bracket or digit.
 */
export function spacedUdiEnd(doc: Doc, at: number): number {
  let gtins = 0;
  let last = -1;
  for (let t = at; t < doc.count && t - at < UDI_TOKENS_MAX && doc.shape[t] !== Shape.Redacted; t++) {
    const gap = doc.gap[t];
    if (t > at && (((1 << gap) & UDI_GAPS) === 0 || doc.start[t] - doc.end[t - 1] > 2)) break;
    if (!hasDigit(doc, t)) break;
    if (doc.shape[t] === Shape.Digits14) gtins++;
    last = t;
  }
  if (gtins === 0 || last === at) return -1;
  const before = doc.text[doc.start[at] - 1];
  begin = doc.start[at] > 0 && (before === 0x5b || before === 0x28) ? doc.start[at] - 1 : doc.start[at];
  return doc.end[last];
}

/** End of a token of a service that reaches a device, everything up to a blank or quote; -1 if it is none. */
export function pushTokenEnd(doc: Doc, value: number): number {
  const { text, start, length } = doc;
  const edge = Math.min(length, start[value] + TOKEN_MAX);
  let to = start[value];
  let digits = 0;
  for (
    ;
    to < edge && text[to] > 0x20 && text[to] < 0x7f && text[to] !== 0x22 && text[to] !== 0x2c && text[to] !== 0x3b;
    to++
  )
    if (text[to] >= 0x30 && text[to] <= 0x39) digits++;
  return to - start[value] >= TOKEN_MIN && digits > 1 && text[start[value]] !== 0x5b ? to : -1;
}

/** `(10)` and `(21)`: application identifiers of a lot and a serial number (GS1 General Specifications 3). */
const LOT_AI = 0x3130;
const SERIAL_AI = 0x3231;
const FRAGMENT_MIN = 3;

/** Whether a token is the value of a part of a UDI that stands without the rest: (21)448KD, (10)A4482. */
export function isUdiPart(doc: Doc, at: number): boolean {
  const { text, start, end, shape } = doc;
  if (at === 0 || shape[at - 1] !== Shape.Digits2) return false;
  const from = start[at - 1];
  if (start[at] !== from + 3 || text[from + 2] !== 0x29 || from === 0 || text[from - 1] !== 0x28) return false;
  const ai = (text[from] << 8) | text[from + 1];
  if ((ai !== LOT_AI && ai !== SERIAL_AI) || !hasDigit(doc, at) || end[at] - start[at] < FRAGMENT_MIN) return false;
  for (let i = start[at]; i < end[at]; i++) if (text[i] >= 0x61) return false;
  return true;
}
