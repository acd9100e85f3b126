/**
 * Telephone numbers abroad: behind a plus or the prefix that is dialled for it (00, 011), which libphonenumber judges, and as they
 * are written within a country (020 7946 0123), where only words about calling tell what they are. The library is loaded
 * with the first candidate, since most processes never see one and loading it takes longer than everything else together.
 */
import { createRequire } from 'node:module';
import { type Doc, Gap, Shape } from '../../contract.js';
import { digitsIn, lengthOf, numberAt } from '../read.js';
import { Line, lineOf, refused, weakOnly } from './telephone-line.js';
import { DIGITS_MAX, DIGITS_MIN, digitsBetween, groupsEnd, isBounded, report } from './telephone-parts.js';
import { Say, says } from './telephone-words.js';

type Library = typeof import('libphonenumber-js');

const TRIES_MAX = 4;
const NATIONAL_MIN = 9;
const NATIONAL_MAX = 12;
const ZERO = 0x30;
const ONE = 0x31;

let library: Library | undefined;

function loaded(): Library {
  library ??= createRequire(import.meta.url)('libphonenumber-js/min') as Library;
  return library;
}

const enum Judged {
  No,
  Possible,
  Valid,
}

function judge(digits: string): Judged {
  const { parsePhoneNumberFromString: parse } = loaded();
  // (0) is dialled at home only: +44 (0)20 7946 0123.
  const number = parse(`+${digits}`) ?? parse(`+${digits.replace(/^(\d\d)0/, '$1')}`);
  if (number === undefined || !number.isPossible()) return Judged.No;
  return number.isValid() ? Judged.Valid : Judged.Possible;
}

/** The digits of tokens `first` to `last` without the first `skip` of them. */
function digitsOf(doc: Doc, first: number, last: number, skip: number): string {
  let said = '';
  for (let i = doc.start[first]; i < doc.end[last]; i++)
    if (doc.text[i] >= ZERO && doc.text[i] <= 0x39) said += String.fromCharCode(doc.text[i]);
  return said.slice(skip);
}

/** Behind a plus: groups are given up from the end until it is a number. */
export function abroad(doc: Doc, at: number): boolean {
  if (numberAt(doc, at) === 1 || refused(doc, at, at)) return false;
  let last = groupsEnd(doc, at);
  // +35236450.6 is a decimal.
  if (last === at + 1 && doc.gap[last] === Gap.Dot) return false;
  for (let tries = 0; tries < TRIES_MAX && last >= at; tries++, last--) {
    const digits = digitsBetween(doc, at, last);
    if (digits < DIGITS_MIN + 1) return false;
    if (digits > DIGITS_MAX) continue;
    const judged = judge(digitsOf(doc, at, last, 0));
    if (judged !== Judged.No) return report(doc, at, last, lineOf(doc, at, last), judged === Judged.Valid ? 0.9 : 0.7);
  }
  return false;
}

/** 0044 20 7946 0123, 011 44 20 7946 0123: dialled abroad from another country; valid, or with a word about calling. */
export function dialledOut(doc: Doc, at: number): boolean {
  const { text, start } = doc;
  const from = start[at];
  if (text[from] !== ZERO || lengthOf(doc, at) < 2) return false;
  const skip = text[from + 1] === ZERO ? 2 : text[from + 1] === ONE && text[from + 2] === ONE ? 3 : 0;
  if (skip === 0 || skip > lengthOf(doc, at) || refused(doc, at, at)) return false;
  const last = groupsEnd(doc, at);
  const digits = digitsBetween(doc, at, last) - skip;
  if (digits < NATIONAL_MIN || digits > DIGITS_MAX || !isBounded(doc, at, last)) return false;
  const line = lineOf(doc, at, last);
  if (line === Line.Unknown && last === at) return false;
  const judged = judge(digitsOf(doc, at, last, skip));
  if (judged === Judged.No || (line === Line.Unknown && judged !== Judged.Valid)) return false;
  return report(doc, at, last, line, line === Line.Unknown ? 0.7 : 0.85);
}

/** 020 7946 0123, 07700 900123: within a country abroad, behind a word about calling. */
export function national(doc: Doc, at: number): boolean {
  if (doc.text[doc.start[at]] !== ZERO || doc.text[doc.start[at] + 1] === ZERO) return false;
  const last = groupsEnd(doc, at);
  const digits = digitsBetween(doc, at, last);
  if (last === at ? digits < NATIONAL_MIN + 1 : digits < NATIONAL_MIN) return false;
  if (digits > NATIONAL_MAX || refused(doc, at, at) || !isBounded(doc, at, last)) return false;
  const shortest = doc.shape[last] === Shape.Digits1 || digitsIn(doc, at) < 2;
  if (shortest || doc.gap[at + 1] === Gap.Dot || says(doc, last + 1) & Say.Unit) return false;
  const line = lineOf(doc, at, last);
  return line !== Line.Unknown && !weakOnly && report(doc, at, last, line, 0.75);
}
