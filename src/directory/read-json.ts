/** Rows as JSON: strict where JSON.parse is not, which takes the last of two members of one name and never says so. */
import { isUtf8 } from 'node:buffer';
import type { FaultCode, Place } from './fault.js';
import { type ReadRow, readRow } from './read-row.js';
import { KINDS, type Kind, ROWS } from './rows.js';

/** `{"kind": "care", …}`: the row of one line. */
export function readJsonRow(bytes: Buffer, place: Place): ReadRow {
  const read = readJson(bytes);
  return 'code' in read ? { faults: [{ ...place, code: read.code }] } : rowIn(read.value, place);
}

/** The value itself, where no member hides another. */
export function readJson(bytes: Buffer): { readonly value: unknown } | { readonly code: FaultCode } {
  if (!isUtf8(bytes)) return { code: 'not-utf8' };
  const text = bytes.toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { code: 'not-json' };
  }
  return typeof value === 'object' && value !== null && colons(text) !== members(value)
    ? { code: 'repeated-member' }
    : { value };
}

export function rowIn(value: unknown, place: Place): ReadRow {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { faults: [{ ...place, code: 'not-json' }] };
  }
  const { kind, ...row } = value as Record<string, unknown>;
  if (typeof kind !== 'string' || !Object.hasOwn(ROWS, kind)) {
    const code = kind === undefined ? 'missing' : 'unknown-kind';
    return { faults: [{ ...place, code, member: 'kind', known: KINDS }] };
  }
  return readRow(kind as Kind, row, { ...place, member: kind });
}

/** Colons outside of strings: as many as there are members, however deep. */
function colons(text: string): number {
  let count = 0;
  let inside = false;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0x22) inside = !inside;
    else if (inside && unit === 0x5c) i++;
    else if (!inside && unit === 0x3a) count++;
  }
  return count;
}

/** Members of all objects within; the stack is our own, since the depth is the writer's. */
function members(value: object): number {
  let count = 0;
  const left: object[] = [value];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    const values: unknown[] = Array.isArray(next) ? next : Object.values(next);
    if (!Array.isArray(next)) count += values.length;
    for (const one of values) if (typeof one === 'object' && one !== null) left.push(one);
  }
  return count;
}
