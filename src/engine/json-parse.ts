/**
 * Reads JSON text into a flat table of nodes with their positions: no recursion, no values built, numbers and strings
 * left in their raw form, duplicate keys kept. Strict RFC 8259; anything else is not JSON and is scanned as text.
 */
import { SluiceError } from '../errors.js';
import { jsonDepthMax } from '../limits.js';

export const enum Node {
  Object = 1,
  Array = 2,
  String = 3,
  Number = 4,
  Literal = 5,
  Key = 6,
}

export interface NodeTable {
  count: number;
  kind: Uint8Array;
  start: Uint32Array;
  end: Uint32Array;
  /** The container of a node (its own index for the root). */
  parent: Uint32Array;
  /** The key node of a member's value; 0 for elements and the root. */
  key: Uint32Array;
}

/** Room of a new table. */
export const NODES_MIN = 256;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** What may come next. */
const enum Want {
  Value = 0,
  ValueOrClose = 1,
  Key = 2,
  KeyOrClose = 3,
  CommaOrClose = 4,
  End = 5,
}

/** Fills the node table with `units[0..length)`, or gives null if that is not one whole JSON object or array. */
export function parseJson(units: Uint16Array, length: number, table: NodeTable): NodeTable | null {
  table.count = 0;
  let i = 0;
  let want: Want = Want.Value;
  let open = 0;
  let depth = 0;
  let key = 0;
  for (;;) {
    while (i < length && isBlank(units[i])) i++;
    if (i >= length) return want === Want.End ? table : null;
    const c = units[i];
    if (want === Want.End) return null;
    if (want === Want.CommaOrClose) {
      const inObject = table.kind[open] === Node.Object;
      if (c === COMMA) {
        want = inObject ? Want.Key : Want.Value;
        i++;
        continue;
      }
      if (c !== (inObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return null;
    }
    if (c === CLOSE_OBJECT || c === CLOSE_ARRAY) {
      if (want === Want.Value || want === Want.Key) return null;
      if (depth === 0 || c !== (table.kind[open] === Node.Object ? CLOSE_OBJECT : CLOSE_ARRAY)) return null;
      table.end[open] = ++i;
      open = table.parent[open];
      want = --depth === 0 ? Want.End : Want.CommaOrClose;
      continue;
    }
    if (want === Want.Key || want === Want.KeyOrClose) {
      if (c !== QUOTE) return null;
      const end = stringEnd(units, i, length);
      if (end < 0) return null;
      key = push(table, Node.Key, i, end, open, 0);
      i = end;
      while (i < length && isBlank(units[i])) i++;
      if (units[i] !== COLON || i >= length) return null;
      i++;
      want = Want.Value;
      continue;
    }
    if (c === OPEN_OBJECT || c === OPEN_ARRAY) {
      if (++depth > jsonDepthMax) throw new SluiceError('JSON_TOO_DEEP', { position: i });
      open = push(table, c === OPEN_OBJECT ? Node.Object : Node.Array, i, i, open, key);
      key = 0;
      i++;
      want = c === OPEN_OBJECT ? Want.KeyOrClose : Want.ValueOrClose;
      continue;
    }
    if (depth === 0) return null;
    const kind = c === QUOTE ? Node.String : c === 0x2d || isDigit(c) ? Node.Number : Node.Literal;
    const end =
      kind === Node.String
        ? stringEnd(units, i, length)
        : kind === Node.Number
          ? numberEnd(units, i, length)
          : literalEnd(units, i, length);
    if (end < 0) return null;
    push(table, kind, i, end, open, key);
    key = 0;
    i = end;
    want = Want.CommaOrClose;
  }
}

function stringEnd(units: Uint16Array, at: number, length: number): number {
  for (let i = at + 1; i < length; i++) {
    const c = units[i];
    if (c === QUOTE) return i + 1;
    if (c < 0x20) return -1;
    if (c !== BACKSLASH) continue;
    const escaped = units[++i];
    if (escaped === 0x75) {
      for (let k = 0; k < 4; k++) if (!isHex(units[++i]) || i >= length) return -1;
    } else if (!ESCAPES.has(escaped)) return -1;
  }
  return -1;
}

const ESCAPES = new Set([...'"\\/bfnrt'].map((sign) => sign.charCodeAt(0)));

function numberEnd(units: Uint16Array, at: number, length: number): number {
  let i = at;
  if (units[i] === 0x2d) i++;
  const digits = (): boolean => {
    const from = i;
    while (i < length && isDigit(units[i])) i++;
    return i > from;
  };
  if (units[i] === 0x30) i++;
  else if (!digits()) return -1;
  if (i < length && units[i] === 0x2e) {
    i++;
    if (!digits()) return -1;
  }
  if (i < length && (units[i] | 0x20) === 0x65) {
    i++;
    if (units[i] === 0x2b || units[i] === 0x2d) i++;
    if (!digits()) return -1;
  }
  return i;
}

const LITERALS = ['true', 'false', 'null'];

function literalEnd(units: Uint16Array, at: number, length: number): number {
  for (const literal of LITERALS) {
    const end = at + literal.length;
    if (end <= length && String.fromCharCode(...units.subarray(at, end)) === literal) return end;
  }
  return -1;
}

function isBlank(c: number): boolean {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}

function isDigit(c: number): boolean {
  return c >= 0x30 && c <= 0x39;
}

function isHex(c: number): boolean {
  return isDigit(c) || ((c | 0x20) >= 0x61 && (c | 0x20) <= 0x66);
}

export function emptyTable(room = NODES_MIN): NodeTable {
  return {
    count: 0,
    kind: new Uint8Array(room),
    start: new Uint32Array(room),
    end: new Uint32Array(room),
    parent: new Uint32Array(room),
    key: new Uint32Array(room),
  };
}

function push(table: NodeTable, kind: Node, start: number, end: number, parent: number, key: number): number {
  const n = table.count;
  if (n === table.kind.length) {
    const larger = emptyTable(n * 2);
    for (const field of ['kind', 'start', 'end', 'parent', 'key'] as const) larger[field].set(table[field]);
    Object.assign(table, larger, { count: n });
  }
  table.kind[n] = kind;
  table.start[n] = start;
  table.end[n] = end;
  table.parent[n] = parent;
  table.key[n] = key;
  table.count = n + 1;
  return n;
}
