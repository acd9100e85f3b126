/**
 * Telephone numbers read out digit by digit: "six one seven five five five oh one four two", "double five", "eight hundred".
 * Ten digits that a number of North America can have are one by themselves; seven need a word about calling.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { isDigits, lengthOf } from '../read.js';
import { WordTable } from '../words.js';
import { isNanpNumber } from './nanp.js';
import { Line, lineOf, refused, weakOnly } from './telephone-line.js';
import { dialled } from './telephone-parts.js';

const TOKENS_MAX = 16;
const SPOKEN_MIN = 4;
/** Digits said as words in a whole number of which the rest is in figures. */
const MIXED_MIN = 2;
const LOCAL = 7;
const WHOLE = 10;

const enum Said {
  /** A digit, one more than its value. */
  Digit = 0x0f,
  Tens = 0x10,
  Repeat = 0x20,
  Hundred = 0x40,
  Filler = 0x80,
}

const WORDS = new WordTable([
  [1, 'zero oh o'],
  ...'one two three four five six seven eight nine'.split(' ').map((word, i) => [i + 2, word] as const),
  ...'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, i) => [Said.Tens | (i + 3), word] as const),
  [Said.Repeat | 2, 'double'],
  [Said.Repeat | 3, 'triple'],
  [Said.Hundred, 'hundred'],
  [Said.Filler, 'dash uh um and then'],
]);

const GAPS = (1 << Gap.Blank) | (1 << Gap.Hyphen) | (1 << Gap.Comma) | (1 << Gap.Dash) | (1 << Gap.Other);

const spoken = new Uint16Array(WHOLE + 2);

const said = (doc: Doc, t: number): number => WORDS.get(doc.hash[t] | 0);

/** The number whose first spoken digit is the token `at`; with `labelled`, a label says that there is one. */
export function spokenAt(doc: Doc, at: number, labelled = false): boolean {
  if ((said(doc, at + 1) & (Said.Digit | Said.Hundred | Said.Repeat)) === 0 && !isDigits(doc, at + 1)) return false;
  if (at > 0 && (1 << doc.gap[at]) & GAPS && said(doc, at - 1) & Said.Digit) return false;
  let digits = 0;
  let words = 0;
  let last = at;
  let repeat = 1;
  for (let t = at; t < doc.count && t - at < TOKENS_MAX; t++) {
    if (t > at && !((1 << doc.gap[t]) & GAPS)) break;
    if (doc.shape[t] === Shape.Redacted) return false;
    const figures = isDigits(doc, t) && lengthOf(doc, t) <= 4;
    const word = figures ? 0 : said(doc, t);
    if (word === Said.Filler) continue;
    if (!figures && word === 0) break;
    if (word & Said.Repeat) {
      repeat = word & Said.Digit;
      continue;
    }
    const length = figures
      ? lengthOf(doc, t)
      : word === Said.Hundred
        ? 2
        : word & Said.Tens
          ? tensLength(doc, t)
          : repeat;
    if (digits + length > spoken.length) return false;
    for (let k = 0; k < length; k++) {
      if (figures) spoken[digits++] = doc.text[doc.start[t] + k];
      else if (word === Said.Hundred) spoken[digits++] = 0x30;
      else spoken[digits++] = word & Said.Tens && k === 1 ? 0x30 : 0x2f + (word & Said.Digit);
    }
    if (!figures) words++;
    repeat = 1;
    last = t;
  }
  const one = digits === WHOLE + 1 && spoken[0] === 0x31 ? 1 : 0;
  const whole = digits === WHOLE + one && isNanpNumber(spoken, one);
  const mixed = whole ? MIXED_MIN : SPOKEN_MIN;
  if ((!labelled && words < mixed) || (!whole && digits !== LOCAL) || refused(doc, at, at)) return false;
  const line = lineOf(doc, at, last);
  if (!whole && (line === Line.Unknown || weakOnly)) return false;
  dialled.first = at;
  dialled.last = last;
  dialled.start = doc.start[at];
  dialled.end = doc.end[last];
  dialled.line = line;
  dialled.confidence = line === Line.Unknown ? 0.7 : 0.85;
  return true;
}

/** "twenty one" is two digits, of which the second word says the second; "twenty" alone has a zero. */
function tensLength(doc: Doc, t: number): number {
  const next = t + 1;
  const unit = next < doc.count && (1 << doc.gap[next]) & GAPS ? said(doc, next) : 0;
  return unit > 1 && unit <= Said.Digit ? 1 : 2;
}
