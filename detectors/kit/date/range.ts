/** Two days without years that a dash or "to" joins: each tells that the other is one. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { lengthOf, numberAt } from '../read.js';
import { WordTable } from '../words.js';
import { isDay } from './calendar.js';
import { isUnit } from './words.js';
import { written } from './written.js';

/** Two days with a dash between: 3/14-3/17, 12/28 to 1/2/2024. The pair in `written` is one of them. */
export function isRange(doc: Doc, first: number, last: number): boolean {
  const { month, day } = written;
  const second = pairedWith(doc, last + 1);
  const ahead =
    second >= 0 &&
    isPair(doc, second) &&
    later(
      month,
      day,
      numberAt(doc, second),
      numberAt(doc, second + 1),
      doc.gap[second + 2] === Gap.Slash ||
        isPadded(doc, last) ||
        joins(doc, second - 1) ||
        doc.gap[second] === Gap.Other,
    );
  const lead =
    first >= 3 && isDashed(doc, first)
      ? first - 2
      : first >= 4 && TO.get(doc.hash[first - 1] | 0) !== 0
        ? first - 3
        : -1;
  const behind =
    lead >= 0 &&
    isPair(doc, lead) &&
    doc.gap[lead] !== Gap.Slash &&
    later(
      numberAt(doc, lead),
      numberAt(doc, lead + 1),
      month,
      day,
      isPadded(doc, last) || joins(doc, first - 1) || doc.gap[first] === Gap.Other,
    );
  return (ahead || behind) && !isUnit(doc, ahead ? second + 1 : last);
}

/** What joins days and hardly ever scores. */
const THROUGH = 2;
const TO = new WordTable([
  [1, 'to through thru until'],
  [THROUGH, 'through thru until'],
]);

const joins = (doc: Doc, t: number): boolean => (TO.get(doc.hash[t] | 0) & THROUGH) !== 0;

function pairedWith(doc: Doc, t: number): number {
  if (t >= doc.count) return -1;
  if (isDashed(doc, t)) return t;
  return doc.gap[t] === Gap.Blank && TO.get(doc.hash[t] | 0) !== 0 && doc.gap[t + 1] === Gap.Blank ? t + 1 : -1;
}

/** A hyphen, a dash or an arrow before a token. */
function isDashed(doc: Doc, t: number): boolean {
  const gap = doc.gap[t];
  if (gap !== Gap.Other) return gap === Gap.Hyphen || gap === Gap.Dash;
  for (let i = doc.end[t - 1]; i < doc.start[t]; i++) if (doc.text[i] === ARROW || doc.text[i] === GREATER) return true;
  return false;
}

/** The last days of months end what months last. */
const LATE_MIN = 28;
const ARROW = 0x2192;
const GREATER = 0x3e;

const isPair = (doc: Doc, t: number): boolean =>
  t + 1 < doc.count &&
  doc.gap[t + 1] === Gap.Slash &&
  doc.shape[t] <= Shape.Digits2 &&
  doc.shape[t] >= Shape.Digits1 &&
  doc.shape[t + 1] <= Shape.Digits2 &&
  doc.shape[t + 1] >= Shape.Digits1;

const isPadded = (doc: Doc, t: number): boolean => doc.text[doc.start[t]] === 0x30 && lengthOf(doc, t) === 2;

/** Scores also come in pairs ("3/5-4/5"): a year, a leading zero or a day beyond any score's scale tells days. */
function later(m: number, d: number, n: number, e: number, sure: boolean): boolean {
  if (!isDay(0, m, d) || !isDay(0, n, e)) return false;
  return (
    (sure || d > 10 || e > 10) &&
    d !== e &&
    (n === m ? e > d : n === m + 1 || (m === 12 && n === 1) || (n > m && e >= LATE_MIN))
  );
}
