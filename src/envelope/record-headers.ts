/**
 * Headers of a record: which of them say what the message is, and which may be passed on. A header is scanned together
 * with its name, which is a label to it; what cannot be read is not passed on, and neither is what only Sluice may say.
 */
import { isUtf8 } from 'node:buffer';
import { headerBytesMax, headersMax } from '../limits.js';
import type { Headers } from '../message.js';
import { bothSaid, type Encoding, encodingSaid, namesEncoding } from './encoding.js';
import type { Found, Handles } from './handles.js';
import { nothingStated, type Stated, statedAs, stateHeader } from './stated.js';

/** Verdicts are ours to give: a producer that writes these headers would be believed. */
export const OWN_PREFIX = 'sluice-';

/** Forms that hold no identifier, whatever stands in them; they are different with every message, so scanning would cost. */
export const HARMLESS: Readonly<Record<string, RegExp>> = {
  traceparent: /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/,
  'content-type': /^[a-z]+\/[a-z.+-]+(; ?charset=[a-z0-9-]+)?$/i,
  ce_specversion: /^\d\.\d$/,
  ce_time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/,
};

const CONTENT_TYPES: ReadonlySet<string> = new Set(['content-type', 'ce_datacontenttype']);
const READABLE = /^(utf-?8|(us-)?ascii|iso-?8859-\d{1,2}|latin-?\d|windows-125\d)$/i;

export interface KnownHeaders {
  /** A CloudEvent in binary mode: the value is the content. */
  readonly binary: boolean;
  readonly contentType: string | undefined;
  /** It says nothing of a charset, or one whose plain letters are those of UTF-8. */
  readonly readable: boolean;
  /** How the whole value is wrapped. */
  readonly encoding: Encoding;
  readonly stated: Stated;
  /** Every patient that is named, also where the last one counts. */
  readonly patients: readonly string[];
}

export interface PassedHeaders {
  /** `undefined`: all may be passed on as they came. */
  readonly headers?: Headers;
  /** Not passed on, for whatever reason. */
  readonly dropped: number;
  /** Identifiers were in them: replaced, or dropped for their name. */
  readonly redacted: number;
}

export function tooMany(headers: Headers): boolean {
  if (headers.length > headersMax) return true;
  let bytes = 0;
  for (const [name, value] of headers) bytes += name.length + (value?.length ?? 0);
  return bytes > headerBytesMax;
}

export function readHeaders(headers: Headers): KnownHeaders {
  let binary = false;
  let contentType: string | undefined;
  let readable = true;
  let encoding: Encoding = 'none';
  const stated = nothingStated();
  const patients: string[] = [];
  for (const [name, value] of headers) {
    if (value === null) continue;
    if (!isUtf8(value)) {
      if (namesEncoding(name)) encoding = 'unread';
      continue;
    }
    if (name === 'ce_specversion') binary = true;
    else if (CONTENT_TYPES.has(name)) {
      const text = value.toString();
      if (name === 'content-type') contentType = text;
      readable &&= READABLE.test(/;\s*charset\s*=\s*["']?([^\s;"']*)/i.exec(text)?.[1] ?? 'utf-8');
    } else if (name.startsWith('ce_') && !namesEncoding(name)) {
      const text = value.toString();
      stateHeader(stated, name, text);
      if (statedAs(name) === 'patient') patients.push(text);
    } else if (namesEncoding(name)) encoding = bothSaid(encoding, encodingSaid(name, value.toString()));
  }
  return { binary, contentType, readable, encoding, stated, patients };
}

export function passHeaders(
  headers: Headers,
  handles: Handles,
  redact: (text: string) => string,
  tenant: string,
  found: Found,
): PassedHeaders {
  let dropped = 0;
  let redacted = 0;
  let same = true;
  const kept: [string, Buffer | null][] = [];
  for (const header of headers) {
    const [name, value] = header;
    const named = handles.pass(name, tenant, found) !== name;
    if (named || name.startsWith(OWN_PREFIX)) {
      dropped++;
      if (named) redacted++;
      same = false;
      continue;
    }
    if (value === null || value.length === 0) {
      kept.push([name, value]);
      continue;
    }
    if (!isUtf8(value)) {
      dropped++;
      same = false;
      continue;
    }
    const text = value.toString();
    const passed = passHeader(name, text, handles, redact, tenant, found);
    if (passed === text) kept.push([name, value]);
    else {
      redacted++;
      same = false;
      kept.push([name, Buffer.from(passed)]);
    }
  }
  return same ? { dropped, redacted } : { headers: kept, dropped, redacted };
}

function passHeader(
  name: string,
  text: string,
  handles: Handles,
  redact: (text: string) => string,
  tenant: string,
  found: Found,
): string {
  if (Object.hasOwn(HARMLESS, name) && HARMLESS[name].test(text)) return text;
  const stated = statedAs(name);
  if (stated === 'patient') return handles.reference(text, tenant);
  if (stated === 'handle') return handles.pass(text, tenant, found);
  const labelled = `${name}: ${text}`;
  if (!handles.finds(labelled)) {
    if (!handles.known.standsIn(text)) return text;
    found('other-id');
    return handles.reference(text, tenant);
  }
  const out = redact(labelled);
  const rest = out.startsWith(`${name}: `) ? out.slice(name.length + 2) : undefined;
  return rest === undefined || handles.known.standsIn(rest) ? handles.reference(text, tenant) : rest;
}
