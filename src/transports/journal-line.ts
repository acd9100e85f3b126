/**
 * A record as one line of a journal, for programs and for people with `tail` and `jq`. A value that is JSON stands there as
 * it is, text as a string, anything else in base64. An input line may also be the bare value: an envelope, or any text.
 */
import { isUtf8 } from 'node:buffer';
import { membersOf } from '../envelope/members.js';
import { messageBytesMaxMax } from '../limits.js';
import type { Headers, InRecord, OutRecord } from '../pipeline/port.js';

const MEMBERS = new Set(['offset', 'time', 'key', 'headers', 'value', 'text', 'base64']);
const VALUES = new Set(['value', 'text', 'base64']);

type Bytes = string | null | { readonly base64: string };

export function writeLine(record: OutRecord, offset: number, now: number): string {
  const time = timeShown(record.timestamp ?? now, now);
  const key = record.key === null ? '' : `,"key":${JSON.stringify(shown(record.key))}`;
  const headers = record.headers.length === 0 ? '' : `,"headers":${JSON.stringify(headersShown(record.headers))}`;
  return `{"offset":${offset},"time":"${time}"${key}${headers},${valueShown(record.value)}}\n`;
}

/** A producer may write any number as a time; past what a date can be, it is our own. */
function timeShown(ms: number, now: number): string {
  const date = new Date(ms);
  return (Number.isNaN(date.getTime()) ? new Date(now) : date).toISOString();
}

/** Never throws: a line that is not a record of ours is a value. */
export function readLine(line: Buffer, offset: number, now: number): InRecord {
  const bare: InRecord = { offset, timestamp: now, key: null, value: line, headers: [] };
  if (line[0] !== 0x7b || !isUtf8(line)) return bare;
  const text = line.toString();
  const members = membersOf(text);
  if (members === null || !members.some(({ name }) => VALUES.has(name))) return bare;
  if (
    !members.every(({ name }) => MEMBERS.has(name)) ||
    new Set(members.map(({ name }) => name)).size < members.length
  ) {
    return bare;
  }
  try {
    const raw = Object.fromEntries(members.map(({ name, start, end }) => [name, text.slice(start, end)]));
    const time = raw.time === undefined ? Number.NaN : Date.parse(JSON.parse(raw.time) as string);
    return {
      offset,
      timestamp: Number.isNaN(time) ? now : time,
      key: raw.key === undefined ? null : bytesOf(JSON.parse(raw.key) as Bytes),
      value: valueIn(raw),
      headers: raw.headers === undefined ? [] : headersOf(JSON.parse(raw.headers) as Record<string, Bytes | Bytes[]>),
    };
  } catch {
    return bare;
  }
}

/**
 * In place of a line past the bound, of which nothing was kept: longer than any message that may be scanned, so that it gets
 * the outcome of one that is too large; the sealed record of it says what it stands for.
 */
export function overLong(lineBytes: number, offset: number, now: number): InRecord {
  const value = Buffer.alloc(messageBytesMaxMax + 1, ' ');
  value.write(`A line of ${lineBytes} bytes stood here, more than a line may have. It was not kept.`);
  return { offset, timestamp: now, key: null, value, headers: [] };
}

function valueShown(value: Buffer | null): string {
  if (value === null) return '"value":null';
  if (!isUtf8(value)) return `"base64":"${value.toString('base64')}"`;
  const text = value.toString();
  return isJson(text) ? `"value":${text}` : `"text":${JSON.stringify(text)}`;
}

/** On one line, and an object or an array: then it can stand for itself. */
function isJson(text: string): boolean {
  if (!/^[{[]/.test(text) || /[\r\n]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function valueIn(raw: Readonly<Record<string, string>>): Buffer | null {
  if (raw.value !== undefined) return raw.value === 'null' ? null : Buffer.from(raw.value);
  if (raw.text !== undefined) return bytesOf(JSON.parse(raw.text) as string);
  return Buffer.from(JSON.parse(raw.base64) as string, 'base64');
}

function shown(bytes: Buffer): Bytes {
  return isUtf8(bytes) ? bytes.toString() : { base64: bytes.toString('base64') };
}

function headersShown(headers: Headers): Record<string, Bytes | Bytes[]> {
  const lists = new Map<string, Bytes[]>();
  for (const [name, value] of headers) {
    const list = lists.get(name) ?? [];
    list.push(value === null ? null : shown(value));
    lists.set(name, list);
  }
  return Object.fromEntries([...lists].map(([name, list]) => [name, list.length === 1 ? list[0] : list]));
}

function headersOf(headers: Readonly<Record<string, Bytes | Bytes[]>>): Headers {
  return Object.entries(headers).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one) => [name, bytesOf(one)] as const),
  );
}

function bytesOf(value: Bytes): Buffer | null {
  if (value === null) return null;
  if (typeof value === 'string') return Buffer.from(value);
  if (typeof value.base64 === 'string') return Buffer.from(value.base64, 'base64');
  throw new TypeError('neither text nor bytes');
}
