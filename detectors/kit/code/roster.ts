/**
 * Codes below a label that heads a column, in small tables within other text: columns set apart by commas, tabs, bars or
 * semicolons, or by blanks that line up. (A document that is one table is laid out by the engine.)
 */
import { type Doc, type Emit, Flag, Gap, type Rule } from '../../contract.js';
import { isWord } from '../read.js';
import { cellsBelow } from './column.js';
import { groupRunEnd } from './group-run.js';
import { claimed, codeFrom, isAcceptable, Trust } from './id-code.js';

const SPACE = 0x20;
const BREAK = 0x0a;
const QUOTE = 0x22;
const HASH = 0x23;
const BAR = 0x7c;
const ROWS_MAX = 16;
const TOKENS_MAX = 200;
const HEAD_UNITS_MAX = 200;
const PHRASE_TOKENS_MAX = 6;
/** How far a value may begin beside its head. */
const SHIFT_MAX = 2;

/** Whether the label that ends at a token can head a column; a cheap look at the signs around it. */
export function isColumnHead(doc: Doc, at: number): boolean {
  const { text, start, end } = doc;
  let i = end[at];
  if (text[i] === QUOTE) i++;
  if (text[i] === SPACE && text[i + 1] === HASH) i += 2;
  if (text[i] === SPACE && text[i + 1] === BAR) i++;
  const behind = text[i];
  if (isSeparator(behind)) return text[i + 1] !== SPACE || behind === BAR;
  const head = start[firstOf(doc, at)];
  if (behind === SPACE)
    return text[i + 1] === SPACE && doc.gap[at + 1] === Gap.Blank && isWord(doc, at + 1) && isSetApart(text, head);
  return (
    (behind === BREAK || behind === 0x0d) &&
    head > 1 &&
    (isSeparator(text[head - 1]) ||
      (text[head - 1] === SPACE && (text[head - 2] === SPACE || isSeparator(text[head - 2]))))
  );
}

/** Emits the codes below the label; says whether there were any. */
export function emitBelow(doc: Doc, at: number, rule: Rule, emit: Emit): boolean {
  let found = 0;
  const visit = (first: number): void => {
    const run = groupRunEnd(doc, first);
    if (!codeFrom(doc, first, false, run) || !isCell(doc.text, claimed.end)) return;
    claimed.direct = true;
    if (!isAcceptable(doc, Trust.Label)) return;
    emit(claimed.start, claimed.end, rule);
    found++;
  };
  cellsBelow(doc, at, visit);
  if (found === 0) alignedBelow(doc, at, visit);
  return found > 0;
}

/** Visits the tokens of the next lines that begin where the label does. */
function alignedBelow(doc: Doc, at: number, visit: (first: number) => void): void {
  const { text, start, gap } = doc;
  const first = firstOf(doc, at);
  let from = start[first];
  for (const edge = Math.max(0, from - HEAD_UNITS_MAX); from > edge && text[from - 1] !== BREAK; from--);
  const column = start[first] - from;
  if (!isSetApart(text, start[first])) return;
  let line = -1;
  let rows = 0;
  for (let t = at + 1; t < doc.count && t - at < TOKENS_MAX && gap[t] !== Gap.Leaf; t++) {
    if (gap[t] === Gap.Line) {
      if (++rows > ROWS_MAX) return;
      for (line = start[t]; line > 0 && text[line - 1] !== BREAK; line--);
    }
    if (line >= 0 && Math.abs(start[t] - line - column) <= SHIFT_MAX && isSetApart(text, start[t])) visit(t);
  }
}

/** First token of the label phrase that ends at a token. */
function firstOf(doc: Doc, at: number): number {
  let t = at;
  while (
    t > 0 &&
    at - t < PHRASE_TOKENS_MAX &&
    doc.gap[t] !== Gap.Line &&
    doc.flags[t - 1] & Flag.InLabel &&
    doc.label[t - 1] === 0
  )
    t--;
  return t;
}

function isSeparator(unit: number): boolean {
  return unit === 0x2c || unit === 0x7c || unit === 0x09 || unit === 0x3b;
}

/** At the beginning of a line, or behind two blanks. */
function isSetApart(text: Uint16Array, from: number): boolean {
  return from === 0 || text[from - 1] === BREAK || (from > 1 && text[from - 1] === SPACE && text[from - 2] === SPACE);
}

/** A cell ends behind its code. */
function isCell(text: Uint16Array, end: number): boolean {
  const unit = text[end];
  return (
    unit === 0 ||
    unit === BREAK ||
    unit === 0x0d ||
    unit === QUOTE ||
    isSeparator(unit) ||
    (unit === SPACE && (text[end + 1] === SPACE || isSeparator(text[end + 1])))
  );
}
