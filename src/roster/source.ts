/**
 * Rosters as they are exported: CSV, JSON lines, FHIR as a bundle or as lines. Rows are handed on one by one, a file is never
 * held whole (but a bundle, which is bounded); what cannot be read is a code with the number of its row.
 */
import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readSync } from 'node:fs';
import { SluiceError } from '../errors.js';
import { columnOf, enter } from './columns.js';
import { CsvReader, rowUnitsMax, type Take, type TakePlain } from './csv.js';
import { fhirRow, resourcesOf } from './fhir.js';
import type { RawRow, RowCode } from './row.js';

export const ROSTER_FORMATS = ['csv', 'jsonl', 'fhir'] as const;
export type RosterFormat = (typeof ROSTER_FORMATS)[number];

/** Largest bundle that is parsed as one; more patients come as lines (FHIR bulk data). */
export const bundleBytesMax = 256 * 1024 * 1024;
const PIECE_BYTES = 1 << 20;

/** What the name of a file says of its format. */
export function formatOf(path: string): RosterFormat | undefined {
  if (/\.csv$/i.test(path)) return 'csv';
  if (/\.(jsonl|ndjson)$/i.test(path)) return 'jsonl';
  return /\.json$/i.test(path) ? 'fhir' : undefined;
}

/** Every row of a text that comes in pieces; the number of columns that mean nothing. */
export function readRows(pieces: Iterable<string>, format: RosterFormat, take: Take, plain?: TakePlain): number {
  if (format === 'csv') {
    const reader = new CsvReader(take, plain);
    for (const piece of pieces) reader.push(piece);
    reader.end();
    return reader.ignored;
  }
  if (format === 'jsonl') readLines(pieces, (line, number) => take(jsonRow(line), number));
  else readFhir(pieces, take);
  return 0;
}

/** The text of a file in pieces. */
export function* piecesOf(path: string): Generator<string> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    throw new SluiceError('FILE_UNREADABLE', { subject: 'a roster to be read' });
  }
  try {
    const bytes = Buffer.alloc(PIECE_BYTES);
    let held = 0;
    let isFirst = true;
    for (;;) {
      const got = readSync(file, bytes, held, PIECE_BYTES - held, null);
      const whole = got === 0 ? held : wholeSigns(bytes, held + got);
      const piece = bytes.subarray(0, whole);
      if (!isUtf8(piece)) throw new SluiceError('INPUT_NOT_UTF8');
      const text = piece.toString('utf8');
      yield isFirst ? text.replace(/^\ufeff/, '') : text;
      isFirst = false;
      if (got === 0) return;
      held += got - whole;
      bytes.copyWithin(0, whole, whole + held);
    }
  } catch (error) {
    throw error instanceof SluiceError ? error : new SluiceError('FILE_UNREADABLE', { subject: 'a roster to be read' });
  } finally {
    closeSync(file);
  }
}

/** Where the last sign that is whole ends: one has four bytes at most. */
function wholeSigns(bytes: Uint8Array, length: number): number {
  for (let at = length - 1; at >= 0 && at > length - SIGN_BYTES_MAX; at--) {
    if ((bytes[at] & 0xc0) === 0x80) continue;
    const width = bytes[at] < 0x80 ? 1 : bytes[at] < 0xe0 ? 2 : bytes[at] < 0xf0 ? 3 : 4;
    return at + width > length ? at : length;
  }
  return length;
}

const SIGN_BYTES_MAX = 4;

/** Lines that hold something, each with its number; one that is too long comes as `undefined`. */
function readLines(pieces: Iterable<string>, see: (line: string | undefined, number: number) => void): void {
  let rest = '';
  let number = 0;
  let tooLong = false;
  const line = (text: string): void => {
    number++;
    if (tooLong || text.length > rowUnitsMax) see(undefined, number);
    else if (text.trim() !== '') see(text, number);
    tooLong = false;
  };
  for (const piece of pieces) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const one of lines) line(one);
    if (rest.length <= rowUnitsMax) continue;
    tooLong = true;
    rest = '';
  }
  if (rest !== '' || tooLong) line(rest);
}

/** A row of JSON, or a FHIR Patient. */
export function jsonRow(line: string | undefined): RawRow | RowCode {
  if (line === undefined) return 'row-too-long';
  const parsed = parse(line);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'row-json';
  if ('resourceType' in parsed) return fhirRow(parsed);
  const row: RawRow = {};
  for (const [name, value] of Object.entries(parsed)) {
    const column = columnOf(name);
    if (column !== undefined && !enter(row, column, value)) return 'row-type';
  }
  return row;
}

/** A file of one resource, which may stand on many lines. */
function readFhir(pieces: Iterable<string>, take: Take): void {
  const held: string[] = [];
  let units = 0;
  for (const piece of pieces) {
    held.push(piece);
    units += piece.length;
    if (units > bundleBytesMax) throw new SluiceError('INPUT_TOO_LARGE', { subject: 'a bundle: hand it in as lines' });
  }
  const parsed = parse(held.join(''));
  if (parsed === undefined) take('row-json', 1);
  else for (const [i, resource] of resourcesOf(parsed).entries()) take(fhirRow(resource), i + 1);
}

/** What a parser says of a mistake quotes it. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
