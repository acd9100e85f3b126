/**
 * Lays tables out for scanning: comma, tab or semicolon separated text with a header line, and Markdown tables within
 * text. Each cell stands behind the words of its column (and, in a table of two columns, of its row), as in JSON.
 */
import type { Arena } from './arena.js';
import { Layout, splitWords } from './layout.js';

const COMMA = 0x2c;
const TAB = 0x09;
const SEMICOLON = 0x3b;
const PIPE = 0x7c;
const QUOTE = 0x22;
const NEWLINE = 0x0a;
const RETURN = 0x0d;

const COLUMNS_MIN = 3;
const COLUMNS_MAX = 256;
const HEADER_CELL_UNITS_MAX = 40;
const HEADER_UNITS_MAX = 4096;
/** How a Markdown table's second line can begin a cell; without one of these in the text there is no such table. */
const MARKDOWN = ['|-', '| -', '|:', '| :'];

interface Cell {
  readonly from: number;
  readonly to: number;
}

/** Lays the arena's text out anew if there is a table in it; null (and the arena as it was) if there is none. */
export function layoutTable(arena: Arena, raw: string): Layout | null {
  const separator = headerSeparator(arena.text, arena.length);
  if (separator === 0 && !(raw.includes('|') && MARKDOWN.some((sign) => raw.includes(sign)))) return null;
  const units = arena.text.slice(0, arena.length);
  const layout = new Layout(arena);
  let header: string[] | null = null;
  let sign = separator;
  let block = 0;
  const flush = (to: number): void => {
    if (to <= block) return;
    layout.mark();
    copy(layout, units, block, to);
  };
  for (let at = 0; at < units.length; ) {
    const end = lineEnd(units, at);
    const next = end + 1;
    if (header !== null) {
      const cells = cellsOf(units, at, end, sign);
      if (cells.length === header.length) {
        row(layout, units, cells, header);
        block = next;
      } else {
        header = null;
        block = at;
      }
    }
    if (header === null) {
      const following = next < units.length ? lineEnd(units, next) : next;
      if (at === 0 && separator !== 0) sign = separator;
      else if (next < units.length && isRule(units, next, following)) sign = PIPE;
      else sign = 0;
      if (sign !== 0) {
        header = cellsOf(units, at, end, sign).map(({ from, to }) =>
          splitWords(textOf(units, from, Math.min(to, from + HEADER_CELL_UNITS_MAX))),
        );
        const rule = sign === PIPE && isRule(units, next, following);
        at = rule ? following + 1 : next;
        flush(Math.min(at, units.length));
        block = at;
        continue;
      }
    }
    at = next;
  }
  flush(units.length);
  layout.finish();
  return layout;
}

function row(layout: Layout, units: Uint16Array, cells: readonly Cell[], header: readonly string[]): void {
  cells.forEach(({ from, to }, column) => {
    if (to <= from) return;
    layout.mark();
    if (column === 1 && cells.length === 2) layout.context(splitWords(textOf(units, cells[0].from, cells[0].to)));
    layout.context(header[column]);
    layout.key();
    copy(layout, units, from, to);
  });
}

function copy(layout: Layout, units: Uint16Array, from: number, to: number): void {
  layout.reserve(to - from);
  for (let i = from; i < to; i++) layout.copy(units[i], i, i + 1);
}

function textOf(units: Uint16Array, from: number, to: number): string {
  return String.fromCharCode(...units.subarray(from, Math.min(to, from + HEADER_CELL_UNITS_MAX)));
}

/** The separator of a header in the first line: names only, and a second line with as many cells. Else 0. */
function headerSeparator(text: Uint16Array, length: number): number {
  let tabs = 0;
  let commas = 0;
  let semicolons = 0;
  let pipes = 0;
  let end = 0;
  for (; end < length && text[end] !== NEWLINE; end++) {
    const c = text[end];
    if (end >= HEADER_UNITS_MAX) return 0;
    if (c === COMMA) commas++;
    else if (c === TAB) tabs++;
    else if (c === PIPE) pipes++;
    else if (c === SEMICOLON) semicolons++;
  }
  if (end >= length || Math.max(tabs, commas, semicolons, pipes) < COLUMNS_MIN - 1) return 0;
  for (const [sign, count] of [
    [TAB, tabs],
    [COMMA, commas],
    [SEMICOLON, semicolons],
    [PIPE, pipes],
  ]) {
    if (count < COLUMNS_MIN - 1) continue;
    const cells = cellsOf(text, 0, end, sign);
    if (cells.length < COLUMNS_MIN || cells.length > COLUMNS_MAX || !cells.every((cell) => isHeading(text, cell)))
      continue;
    if (cellsOf(text, end + 1, Math.min(lineEnd(text, end + 1), length), sign).length === cells.length) return sign;
  }
  return 0;
}

/** Short, begins with a letter (or is `#`), and is no part of a sentence. */
function isHeading(text: Uint16Array, { from, to }: Cell): boolean {
  // Most first lines are sentences, and end here.
  if (to - from > HEADER_CELL_UNITS_MAX || to === from) return false;
  const cell = textOf(text, from, to);
  return /^(#|[A-Za-z][\w #/()-]*(?: [Nn]o\.)?)$/.test(cell) && cell.split(' ').length <= 4;
}

/** `|---|:--:|`: the line under a Markdown table's header. */
function isRule(units: Uint16Array, from: number, to: number): boolean {
  let pipes = 0;
  let dashes = 0;
  for (let i = from; i < to; i++) {
    const c = units[i];
    if (c === PIPE) pipes++;
    else if (c === 0x2d) dashes++;
    else if (c !== 0x20 && c !== 0x3a && c !== RETURN) return false;
  }
  return pipes > 0 && dashes > 1;
}

function lineEnd(units: Uint16Array, at: number): number {
  let i = at;
  while (i < units.length && units[i] !== NEWLINE && units[i] !== 0) i++;
  return i;
}

/** The cells of a line, without their quotes and outer blanks. Empty for a line without the separator. */
function cellsOf(units: Uint16Array, from: number, to: number, sign: number): Cell[] {
  const cells: Cell[] = [];
  let start = from;
  let quoted = false;
  const last = to > from && units[to - 1] === RETURN ? to - 1 : to;
  for (let i = from; i <= last; i++) {
    if (i < last && units[i] === QUOTE) quoted = !quoted;
    if (i < last && (quoted || units[i] !== sign)) continue;
    if (cells.length > COLUMNS_MAX) return [];
    cells.push(trimmed(units, start, i));
    start = i + 1;
  }
  if (sign !== PIPE) return cells.length > 1 ? cells : [];
  // A Markdown row may begin and end with the sign.
  if (cells.length > 0 && cells[0].from === cells[0].to) cells.shift();
  if (cells.length > 0 && cells[cells.length - 1].from === cells[cells.length - 1].to) cells.pop();
  return cells.length > 1 ? cells : [];
}

function trimmed(units: Uint16Array, from: number, to: number): Cell {
  let start = from;
  let end = to;
  while (start < end && (units[start] === 0x20 || units[start] === QUOTE)) start++;
  while (end > start && (units[end - 1] === 0x20 || units[end - 1] === QUOTE)) end--;
  return { from: start, to: end };
}
