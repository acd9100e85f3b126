/** Names in capitals in which a scanner has read an I as a small l: GUTlERREZ, ELVlA. Only beside the other half of the name. */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { NAMED } from './person.js';

const UNITS_MIN = 4;
const L = 0x6c;
const ORDINARY = Lex.Medical | Lex.Drug | Lex.Common | Lex.Function;
const NOBODY: readonly [number, number] = [-1, -1];

/** First and last token of the name of which the token is a part, or -1. */
export function misreadSpan(doc: Doc, at: number): readonly [number, number] {
  if (!isMisread(doc, at)) return NOBODY;
  if (isHalf(doc, at + 1, at + 1, at)) return [at, at + 1];
  return at > 0 && isHalf(doc, at - 1, at, at) ? [at - 1, at] : NOBODY;
}

/** Whether the token is the other half; `joint` is the later one of the two. */
function isHalf(doc: Doc, t: number, joint: number, at: number): boolean {
  const gap = doc.gap[joint];
  if (t >= doc.count || (gap !== Gap.Comma && gap !== Gap.Blank)) return false;
  if (isMisread(doc, t)) return true;
  if (doc.shape[t] !== Shape.Upper || doc.end[t] - doc.start[t] < UNITS_MIN || doc.lex[t] & ORDINARY) return false;
  return (doc.lex[t] & NAMED) !== 0 || (gap === Gap.Comma && (doc.lex[at] & NAMED) !== 0);
}

/** Capitals, and among them an l or two. */
function isMisread({ text, start, end, shape }: Doc, t: number): boolean {
  if (shape[t] !== Shape.Mixed || end[t] - start[t] < UNITS_MIN) return false;
  let small = 0;
  for (let i = start[t]; i < end[t]; i++) {
    if (text[i] === L) small++;
    else if (text[i] < 0x41 || text[i] > 0x5a) return false;
  }
  return small > 0 && small * 2 < end[t] - start[t];
}
