/**
 * Toll-free numbers written in letters: 1-800-FLOWERS, 888-GET-HELP.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { isDigits, isWord, lengthOf } from '../read.js';
import { isTollFree } from './nanp.js';
import { Line, lineOf } from './telephone-line.js';
import { countryCode, DIGITS_MIN, isJoined, report } from './telephone-parts.js';

const TOKENS_MAX = 4;
/** Letters beyond the seventh are dialled for nothing. */
const SPARE_MAX = 3;

/** Letters behind a toll-free code, where a label or a word about calling says that they are dialled. */
export function vanity(doc: Doc, at: number): boolean {
  if (!isTollFree(doc.text, doc.start[at])) return false;
  let last = at;
  let signs = 0;
  for (let t = at + 1; t < doc.count && t - at <= TOKENS_MAX && signs < DIGITS_MIN; t++) {
    if (!isJoined(doc, t) || doc.gap[t] === Gap.Stop || doc.shape[t] === Shape.Lower || doc.shape[t] === Shape.Redacted)
      break;
    if (!isWord(doc, t) && !isDigits(doc, t)) break;
    signs += lengthOf(doc, t);
    last = t;
  }
  if (signs < DIGITS_MIN || signs > DIGITS_MIN + SPARE_MAX) return false;
  const first = countryCode(doc, at);
  const line = lineOf(doc, first, last);
  return line !== Line.Unknown && report(doc, first, last, line, 0.8);
}
