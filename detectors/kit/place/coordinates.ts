/**
 * Reads geographic coordinates (WGS 84, as ISO 6709 and RFC 5870 write them): pairs of decimal degrees, and degrees with
 * minutes, seconds and a letter.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { isDigits, lengthOf, numberAt } from '../read.js';

const LATITUDE_MAX = 90;
const LONGITUDE_MAX = 180;
/** Decimals that a bare pair must have: three already tell a house from its neighbours. */
const DECIMALS_MIN = 3;
const BACK_MAX = 14;
const DEGREE = 0xb0;
const MINUS = 0x2d;

/** Whether a decimal with enough places begins at a token and is within limits. */
function isAngle(doc: Doc, at: number, max: number, decimals: number): boolean {
  if (at + 1 >= doc.count || !isDigits(doc, at) || lengthOf(doc, at) > 3 || numberAt(doc, at) > max) return false;
  return doc.gap[at + 1] === Gap.Dot && isDigits(doc, at + 1) && lengthOf(doc, at + 1) >= decimals;
}

/**
 * The last token of the pair whose first number has its decimals at a token, or -1. The start is `signedStart` of the
 * token before.
 */
export function pairEnd(doc: Doc, fraction: number, decimals = DECIMALS_MIN): number {
  const first = fraction - 1;
  if (first < 0 || !isAngle(doc, first, LONGITUDE_MAX, decimals)) return -1;
  if (first > 0 && isDigits(doc, first - 1) && (doc.gap[first] === Gap.Dot || doc.gap[first] === Gap.Slash)) return -1;
  let t = fraction + 1;
  if (isLetter(doc, t)) t++;
  // GeoJSON writes the longitude first.
  if (!isAngle(doc, t, numberAt(doc, first) > LATITUDE_MAX ? LATITUDE_MAX : LONGITUDE_MAX, decimals)) return -1;
  const gap = doc.gap[t];
  const negative = signedStart(doc, t) < doc.start[t];
  if (
    !(gap === Gap.Comma || gap === Gap.Slash || negative || (gap === Gap.Other && doc.start[t] - doc.end[t - 1] <= 4))
  )
    return -1;
  if (doc.gap[t + 2] === Gap.Dot && isDigits(doc, t + 2)) return -1;
  // Two numbers of few digits and without sign are a range or a list as often as a place.
  if (!negative && signedStart(doc, first) === doc.start[first] && lengthOf(doc, fraction) < 4) return -1;
  return isLetter(doc, t + 2) ? t + 2 : t + 1;
}

/** The N, S, E or W behind an angle. */
function isLetter(doc: Doc, at: number): boolean {
  if (at >= doc.count || doc.shape[at] !== Shape.UpperOne || doc.gap[at] === Gap.Leaf || doc.gap[at] === Gap.Line)
    return false;
  const letter = doc.text[doc.start[at]];
  return letter === 0x4e || letter === 0x53 || letter === 0x45 || letter === 0x57;
}

/** The unit at which a number begins, its minus included. */
export function signedStart(doc: Doc, at: number): number {
  const start = doc.start[at];
  return start > 0 &&
    doc.text[start - 1] === MINUS &&
    (at === 0 || doc.end[at - 1] < start - 1 || doc.gap[at] !== Gap.Hyphen)
    ? start - 1
    : start;
}

/**
 * The first token of the angles that end with a compass letter at a token ("42°21'36\"N 71°03'W"), or -1. There has to be a
 * sign of degree, so that a unit or a vertebra is not taken for one.
 */
export function anglesStart(doc: Doc, letter: number): number {
  if (!isLetter(doc, letter)) return -1;
  let first = -1;
  let degrees = 0;
  for (let t = letter - 1; t >= 0 && letter - t <= BACK_MAX; t--) {
    const gap = doc.gap[t + 1];
    if (gap === Gap.Leaf || gap === Gap.Line || gap === Gap.Open || gap === Gap.Colon || gap === Gap.Stop) break;
    if (isDigits(doc, t) && lengthOf(doc, t) <= 8) {
      if (doc.text[doc.end[t]] === DEGREE || (doc.text[doc.end[t]] === 0x20 && doc.text[doc.end[t] + 1] === DEGREE)) {
        degrees++;
        first = t > 0 && doc.gap[t] === Gap.Dot && isDigits(doc, t - 1) ? t - 1 : t;
      }
    } else if (!isLetter(doc, t) || t === letter) break;
  }
  return degrees > 0 ? first : -1;
}

/** The last token of the angle that a compass letter begins ("N 40° 26.767 W 79° 58.933"), or the letter itself. */
export function anglesEnd(doc: Doc, letter: number): number {
  const degrees = letter + 1;
  if (doc.gap[degrees] !== Gap.Blank || !isDigits(doc, degrees) || doc.text[doc.end[degrees]] !== DEGREE) return letter;
  let last = degrees;
  while (
    last - letter < ANGLE_TOKENS_MAX &&
    isDigits(doc, last + 1) &&
    (doc.gap[last + 1] === Gap.Other || doc.gap[last + 1] === Gap.Dot || doc.gap[last + 1] === Gap.Apostrophe)
  )
    last++;
  return last;
}

const ANGLE_TOKENS_MAX = 5;
