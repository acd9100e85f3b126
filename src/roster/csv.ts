/**
 * Reads CSV (RFC 4180) as it comes in pieces: a record is handed on when it is whole, and one that cannot be read is a code.
 * A quote that is never closed ends at the bound of a row, and not with the file.
 */
import { SluiceError } from '../errors.js';
import { columnOf, enter } from './columns.js';
import type { RawRow, RowCode } from './row.js';

/** Longest record, in UTF-16 code units. */
export const rowUnitsMax = 64 * 1024;

/** `row` counts from 1, as spreadsheets do: the header is row 1. */
export type Take = (row: RawRow | RowCode, number: number) => void;

type Columns = readonly ReturnType<typeof columnOf>[];

/** Whoever takes plain records as they stand in the text, and says which are not for it. */
export interface TakePlain {
  begin(columns: Columns): void;
  /** Fields end where it is said; the first of `ends` is where the record begins, less one. */
  take(text: string, ends: Int32Array): boolean;
}

export class CsvReader {
  /** Columns that mean nothing here. */
  ignored = 0;
  #rest = '';
  #row = 0;
  #columns: Columns | undefined;
  #ends: Int32Array = new Int32Array(0);
  /** In a line that is too long: what follows up to its end is passed over. */
  #tooLong = false;

  constructor(
    private readonly take: Take,
    private readonly plain?: TakePlain,
  ) {}

  push(text: string): void {
    this.#rest += text;
    let at = 0;
    for (;;) {
      at = this.#plainFrom(at);
      let end = endOfRecord(this.#rest, at);
      const length = (end < 0 ? this.#rest.length : end) - at;
      // A quote that nobody closes swallows all that follows: the record is given up, the next begins at the next line.
      const lost = length > rowUnitsMax;
      if (lost) end = this.#rest.indexOf('\n', at);
      if (end < 0) break;
      if (lost) this.#lose(this.#rest.slice(at, end).includes('"') ? 'row-quote' : 'row-too-long');
      else this.#record(this.#rest.slice(at, this.#rest.charCodeAt(end - 1) === CARRIAGE && end > at ? end - 1 : end));
      at = end + 1;
    }
    this.#rest = this.#rest.slice(at);
    if (this.#rest.length <= rowUnitsMax) return;
    // One line, however long: nothing of it is kept but that it has begun.
    this.#rest = '';
    this.#tooLong = true;
  }

  /** Hands on plain records as long as they come; where the first begins that is none. */
  #plainFrom(from: number): number {
    const { plain } = this;
    if (plain === undefined || this.#columns === undefined || this.#tooLong) return from;
    for (let at = from; ; ) {
      const end = plainFields(this.#rest, at, this.#ends);
      if (end < 0 || !plain.take(this.#rest, this.#ends)) return at;
      this.#row++;
      at = end + 1;
    }
  }

  end(): void {
    if (this.#rest !== '' || this.#tooLong) this.push('\n');
    if (this.#rest !== '') this.#lose('row-quote');
    this.#rest = '';
  }

  #lose(code: RowCode): void {
    this.#row++;
    this.take(code, this.#row);
  }

  #record(record: string): void {
    if (this.#tooLong) {
      this.#tooLong = false;
      this.#lose('row-too-long');
      return;
    }
    this.#row++;
    if (record === '') return;
    const fields = record.includes('"') ? quotedFields(record) : record.split(',');
    if (this.#columns === undefined) this.#header(fields);
    else this.take(rowOf(fields, this.#columns), this.#row);
  }

  #header(fields: readonly string[] | undefined): void {
    const columns = (fields ?? []).map((name) => columnOf(name.replace(/^\ufeff/, '')));
    this.ignored = columns.filter((column) => column === undefined).length;
    const names = new Set(columns);
    if (!(names.has('id') || names.has('mrn') || names.has('staff')) || !(names.has('family') || names.has('deleted')))
      throw new SluiceError('ROSTER_ROWS', { subject: 'the header names no id or MRN, or no family name' });
    this.#columns = columns;
    this.#ends = new Int32Array(columns.length + 1);
    this.plain?.begin(columns);
  }
}

/**
 * Finds where the fields of the record at `from` end, and returns where its line does; -1 if it is not plain: longer than may be,
 * not whole, of another number of fields, with a sign that is no ASCII or that separates or quotes values.
 */
function plainFields(text: string, from: number, ends: Int32Array): number {
  const limit = Math.min(text.length, from + rowUnitsMax);
  let field = 0;
  ends[0] = from - 1;
  for (let at = from; at < limit; at++) {
    const unit = text.charCodeAt(at);
    if (unit > COMMA && unit <= LAST_PLAIN && unit !== SEMICOLON && unit !== BAR) continue;
    if (unit === COMMA) {
      if (++field === ends.length - 1) return -1;
      ends[field] = at;
    } else if (unit === LINE_FEED) {
      ends[field + 1] = at > from && text.charCodeAt(at - 1) === CARRIAGE ? at - 1 : at;
      return field === ends.length - 2 && ends[field + 1] > from ? at : -1;
    } else if (unit === QUOTE || unit === SEMICOLON || unit === BAR || unit > LAST_PLAIN) return -1;
    else if (unit < SPACE && !(unit === CARRIAGE && text.charCodeAt(at + 1) === LINE_FEED)) return -1;
  }
  return -1;
}

const LINE_FEED = 0x0a;
const CARRIAGE = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const SEMICOLON = 0x3b;
const BAR = 0x7c;
const LAST_PLAIN = 0x7e;

function rowOf(fields: readonly string[] | undefined, columns: Columns): RawRow | RowCode {
  if (fields === undefined) return 'row-quote';
  if (fields.length !== columns.length) return 'row-columns';
  const row: RawRow = {};
  for (let i = 0; i < fields.length; i++) {
    const column = columns[i];
    if (column !== undefined && fields[i] !== '') enter(row, column, fields[i]);
  }
  return row;
}

/** The line break that ends the record at `from`, or -1. A line break within quotes ends nothing. */
function endOfRecord(text: string, from: number): number {
  const line = text.indexOf('\n', from);
  // Most records have no quote, and to look for one in all that follows would take for ever.
  if (line >= 0 && !text.slice(from, line).includes('"')) return line;
  for (let at = from; ; ) {
    const end = text.indexOf('\n', at);
    const quote = text.indexOf('"', at);
    if (end < 0 || quote < 0 || quote > end) return end;
    const close = text.indexOf('"', quote + 1);
    if (close < 0) return -1;
    at = close + 1;
  }
}

/** Fields of a record with quotes; `undefined` if one stands where none may. */
function quotedFields(record: string): string[] | undefined {
  const fields: string[] = [];
  for (let at = 0; ; ) {
    if (record[at] === '"') {
      const close = closing(record, at);
      if (close < 0) return undefined;
      fields.push(record.slice(at + 1, close).replaceAll('""', '"'));
      at = close + 1;
    } else {
      const comma = record.indexOf(',', at);
      const field = record.slice(at, comma < 0 ? record.length : comma);
      if (field.includes('"')) return undefined;
      fields.push(field);
      at = comma < 0 ? record.length : comma;
    }
    if (at === record.length) return fields;
    if (record[at] !== ',') return undefined;
    at++;
  }
}

/** The quote that closes the one at `open`; two in a row are one that is meant. */
function closing(record: string, open: number): number {
  let close = record.indexOf('"', open + 1);
  while (close >= 0 && record[close + 1] === '"') close = record.indexOf('"', close + 2);
  return close;
}
