/**
 * Values that stand below their label: under a column head (CSV, tabs, Markdown tables), or as the answer to a question
 * on the line before. Looks at a bounded number of rows and code units.
 */
import { type Doc, Gap, Shape } from '../../contract.js';
import { Lex } from '../../lexicon/classes.js';
import { hasDigit } from '../read.js';
import { startsCode } from './id-code.js';

const ROWS_MAX = 16;
/** Code units read below a column head, whatever the length of the rows. */
const BELOW_UNITS_MAX = 1500;
const HEAD_UNITS_MAX = 240;
const ROW_UNITS_MAX = 600;
const TOKENS_MAX = 160;
const ANSWER_WORDS_MAX = 6;
const BREAK = 0x0a;
const RETURN = 0x0d;
const QUOTE = 0x22;
const HASH = 0x23;
const QUESTION = 0x3f;
/** Signs at the end of a line that close what it says. */
const ENDS = new Set([...'.,;!)]}'].map((sign) => sign.charCodeAt(0)));

/** Calls `visit` with the first token of each cell below the label that ends at `at`, if the label is a column head. */
export function cellsBelow(doc: Doc, at: number, visit: (first: number) => void): void {
  const { text, length, start, end } = doc;
  let i = end[at];
  while (i < length && (text[i] === 0x20 || text[i] === QUOTE || text[i] === HASH)) i++;
  const behind = text[i];
  const last = behind === BREAK || behind === RETURN;
  if (!isSeparator(behind) && !last) return;
  // Back to the beginning of the line; all separators on it must be of one kind.
  let separator = last ? 0 : behind;
  let column = 0;
  let from = start[at];
  const edge = Math.max(0, from - HEAD_UNITS_MAX);
  for (; from > edge && text[from - 1] !== BREAK; from--) {
    const unit = text[from - 1];
    if (separator === 0 && isSeparator(unit)) separator = unit;
    if (unit === separator) column++;
  }
  if (separator === 0) return;
  let line = lineEnd(text, i, length, HEAD_UNITS_MAX);
  let t = at + 1;
  for (let row = 0; row < ROWS_MAX && line >= 0 && line < length && line - i < BELOW_UNITS_MAX; row++) {
    const begin = line + 1;
    const cell = cellStart(text, begin, length, separator, column);
    line = lineEnd(text, begin, length, ROW_UNITS_MAX);
    if (cell < 0) {
      if (!isRule(text, begin, line)) return;
      continue;
    }
    while (t < doc.count && start[t] < cell && t - at < TOKENS_MAX) t++;
    if (t >= doc.count || t - at >= TOKENS_MAX) return;
    if (
      start[t] >= cell &&
      (line < 0 || start[t] < line) &&
      doc.shape[t] !== Shape.Redacted &&
      isFirst(text, cell, start[t], separator)
    )
      visit(t);
  }
}

/**
 * The first token of the next line, when the label ends its line or stands in a question: "Serial number", "What is the
 * serial number on the pump?". A sentence that ends, or holds a value itself, is not answered below.
 */
export function answerBelow(doc: Doc, at: number): number {
  const { gap, shape, label, text, start, end } = doc;
  for (let t = at + 1; t < doc.count && t - at <= ANSWER_WORDS_MAX; t++) {
    if (shape[t] === Shape.Redacted) return -1;
    if (gap[t] === Gap.Line) {
      let question = t === at + 1;
      for (let i = end[t - 1]; i < start[t]; i++) {
        if (text[i] === QUESTION) question = true;
        else if (ENDS.has(text[i])) return -1;
      }
      return question ? pastSpeaker(doc, t) : -1;
    }
    if (gap[t] !== Gap.Blank || hasDigit(doc, t)) return -1;
    // "… on the pump?": the name of a thing, whose number is asked for.
    if (label[t] !== 0 && doc.labels[label[t]].kind !== 'word') return -1;
  }
  return -1;
}

/** "A: KLM 2047", "Caller: it's KLM 2047": the code behind who answers and the small words of an answer. */
function pastSpeaker(doc: Doc, first: number): number {
  for (let t = first; t < doc.count && t - first <= ANSWER_WORDS_MAX; t++) {
    if (doc.shape[t] === Shape.Redacted || (t > first && (doc.gap[t] === Gap.Line || doc.gap[t] === Gap.Leaf))) break;
    if (startsCode(doc, t, true)) return t;
    const speaker = doc.gap[t + 1] === Gap.Colon;
    if (!speaker && (doc.lex[t] & (Lex.Function | Lex.Common)) === 0) break;
  }
  return first;
}

function isSeparator(unit: number): boolean {
  return unit === 0x2c || unit === 0x7c || unit === 0x09 || unit === 0x3b;
}

/** Position of the line break, or -1 when the line is too long for a table. */
function lineEnd(text: Uint16Array, from: number, length: number, max: number): number {
  const edge = Math.min(length, from + max);
  for (let i = from; i < edge; i++) if (text[i] === BREAK) return i;
  return edge === length ? length : -1;
}

function cellStart(text: Uint16Array, from: number, length: number, separator: number, column: number): number {
  const edge = Math.min(length, from + ROW_UNITS_MAX);
  let quoted = false;
  let at = 0;
  for (let i = from; i < edge && text[i] !== BREAK; i++) {
    if (at === column) return i;
    if (text[i] === QUOTE) quoted = !quoted;
    else if (text[i] === separator && !quoted) at++;
    if (at === column) return i + 1;
  }
  return -1;
}

/** `|---|---|`, whose dashes are no cells with a value. */
function isRule(text: Uint16Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++)
    if (text[i] !== 0x7c && text[i] !== 0x2d && text[i] !== 0x3a && text[i] !== 0x20 && text[i] !== RETURN)
      return false;
  return to > from;
}

/** Whether nothing but blanks and quotes stands between the beginning of a cell and a token. */
function isFirst(text: Uint16Array, from: number, to: number, separator: number): boolean {
  for (let i = from; i < to; i++) if (text[i] === separator || text[i] === BREAK) return false;
  return true;
}
