/**
 * Reads what a record is: an envelope of ours (JSON with `content`), a structured CloudEvent (`data`), or raw content whose
 * facts stand in `ce_*` headers. An envelope is strict if every member is known; then each is judged for itself, and the
 * routing handles stay. Anything else is scanned as the one text that it is.
 */
import { bothSaid, type Encoding, encodingSaid, namesEncoding } from './encoding.js';
import { type Member, membersOf } from './members.js';
import type { KnownHeaders } from './record-headers.js';
import { type Stated, type Stating, stateMember } from './stated.js';

/** What may stand in a strict envelope, and how it is treated. */
const MEMBERS = {
  id: 'handle',
  tenant: 'handle',
  agent: 'handle',
  session: 'handle',
  surface: 'handle',
  patient_id: 'person',
  recipient: 'text',
  requesting_provider: 'text',
  task_scope: 'text',
  purpose: 'text',
  identity: 'text',
  break_glass: 'text',
  stream: 'stream',
  time: 'time',
  content: 'content',
  content_encoding: 'text',
} as const satisfies Record<string, Treatment>;

/** Attributes of a CloudEvent besides ours, which stand beside them as extensions. */
const EVENT_MEMBERS = {
  ...MEMBERS,
  specversion: 'handle',
  type: 'text',
  source: 'text',
  subject: 'text',
  datacontenttype: 'text',
  dataschema: 'text',
  patientid: 'person',
  taskscope: 'text',
  requestingprovider: 'text',
  breakglass: 'text',
  traceparent: 'trace',
  data: 'content',
  data_base64: 'base64',
  datacontentencoding: 'text',
} as const satisfies Record<string, Treatment>;

export type Treatment = 'handle' | 'person' | 'text' | 'stream' | 'time' | 'trace' | 'content' | 'base64';

export interface Part extends Member {
  readonly treatment: Treatment;
}

export interface Opened {
  readonly stated: Stated;
  /** The members of a strict envelope in their order; `null`: the whole text is the content. */
  readonly parts: readonly Part[] | null;
  /** An envelope with members besides ours, by where its content stands: its handles are not kept out of sight by scanning it as one text. */
  readonly loose?: Member;
}

export type EnvelopeFault = 'envelope-invalid' | 'envelope-ambiguous' | 'content-binary';

const STRUCTURED = 'application/cloudevents+json';

const TABLE = new Map<string, Treatment>(Object.entries(MEMBERS));
const EVENT_TABLE = new Map<string, Treatment>(Object.entries(EVENT_MEMBERS));

export function openEnvelope(text: string, headers: KnownHeaders): Opened | EnvelopeFault {
  const structured = headers.contentType?.toLowerCase().startsWith(STRUCTURED) === true;
  if (headers.binary && !structured) return { stated: headers.stated, parts: null };
  const members = membersOf(text);
  if (members === null) return structured ? 'envelope-invalid' : { stated: headers.stated, parts: null };
  const table = structured ? EVENT_TABLE : TABLE;
  const parts: Part[] = [];
  const stated: Stating = { ...headers.stated };
  let content = false;
  let encoding: Encoding = 'none';
  let strict = true;
  for (const { name, start, end } of members) {
    const treatment = table.get(name);
    if (namesEncoding(name)) encoding = bothSaid(encoding, encodingSaid(name, handleIn(text, start, end)));
    if (treatment === undefined) {
      strict = false;
      continue;
    }
    // Which of two a reader takes is anybody's guess.
    if (parts.some((part) => part.name === name)) return 'envelope-ambiguous';
    parts.push({ name, start, end, treatment });
    const holds = treatment === 'content' || treatment === 'base64';
    if (content && holds && structured) return 'envelope-ambiguous';
    content ||= holds;
    if (holds) continue;
    const value = handleIn(text, start, end);
    stateMember(stated, name, value, () => text.slice(start, end));
    // A handle has to be a plain string or number; anything else is content of a kind.
    if (value === undefined && (treatment === 'person' || treatment === 'handle')) strict = false;
  }
  if (!content) return structured ? 'envelope-invalid' : { stated: headers.stated, parts: null };
  // Within an object that is scanned as one text, nothing can be opened.
  if (encoding === 'unread' || (encoding === 'base64' && !strict)) return 'content-binary';
  if (!strict) {
    const loose = parts.find(({ treatment }) => treatment === 'content' || treatment === 'base64');
    return { stated, parts: null, ...(loose && { loose }) };
  }
  if (encoding === 'none') return { stated, parts };
  return {
    stated,
    parts: parts.map((part) => (part.treatment === 'content' ? { ...part, treatment: 'base64' } : part)),
  };
}

/** The envelope with what may not stand replaced; all else byte for byte. */
export function passParts(text: string, parts: readonly Part[], pass: (part: Part, raw: string) => string): string {
  const passed: string[] = new Array(parts.length);
  // What is found in the content must not stand in the handles either, so they are looked at last.
  for (const last of [false, true])
    parts.forEach((part, i) => {
      if (isHandle(part) === last) passed[i] = pass(part, text.slice(part.start, part.end));
    });
  let out = '';
  let at = 0;
  parts.forEach(({ start, end }, i) => {
    if (passed[i] === text.slice(start, end)) return;
    out += text.slice(at, start) + passed[i];
    at = end;
  });
  return at === 0 ? text : out + text.slice(at);
}

function isHandle({ treatment }: Part): boolean {
  return treatment === 'handle' || treatment === 'stream';
}

/** The handles of a loose envelope, which has been opened before and may have been redacted since. */
export function handlesOf(text: string): readonly Part[] {
  return (membersOf(text) ?? []).flatMap((member): Part[] => {
    const handle = MEMBERS[member.name as keyof typeof MEMBERS] === 'handle' && member.name !== 'surface';
    return handle && handleIn(text, member.start, member.end) !== undefined ? [{ ...member, treatment: 'handle' }] : [];
  });
}

/** A string or a number as a string; anything else is not a handle. */
function handleIn(text: string, start: number, end: number): string | undefined {
  const raw = text.slice(start, end);
  if (raw.startsWith('"')) return readString(raw);
  return /^-?\d[\d.eE+-]*$/.test(raw) ? raw : undefined;
}

/** A JSON string, or undefined if it is none. */
export function readString(raw: string): string | undefined {
  if (!raw.includes('\\') && !hasControl(raw)) return raw.slice(1, -1);
  try {
    const value: unknown = JSON.parse(raw);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

function hasControl(raw: string): boolean {
  for (let i = 0; i < raw.length; i++) if (raw.charCodeAt(i) < 0x20) return true;
  return false;
}

const SEQUENCE_MAX = 2 ** 31;

/** `{id, seq, final}` and nothing else, or undefined. */
export function readStream(raw: string): { id: string; seq?: number; final?: boolean } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || membersOf(raw)?.length !== Object.keys(value).length) return;
  const { id, seq, final, ...rest } = value as Record<string, unknown>;
  if (typeof id !== 'string' || Object.keys(rest).length > 0) return undefined;
  if (seq !== undefined && !(Number.isInteger(seq) && (seq as number) >= 0 && (seq as number) < SEQUENCE_MAX)) return;
  if (final !== undefined && typeof final !== 'boolean') return undefined;
  return value as { id: string };
}
