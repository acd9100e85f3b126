/**
 * Reads what a record is: an envelope of ours (JSON with `content`), a structured CloudEvent (`data`), or raw content whose
 * facts stand in `ce_*` headers. An envelope is strict if every member is known; then each is judged for itself, and the
 * routing handles stay. Anything else is scanned as the one text that it is.
 */
import { type Member, membersOf } from './members.js';
import type { KnownHeaders } from './record-headers.js';

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
  stream: 'stream',
  time: 'time',
  content: 'content',
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
  traceparent: 'trace',
  data: 'content',
} as const satisfies Record<string, Treatment>;

export type Treatment = 'handle' | 'person' | 'text' | 'stream' | 'time' | 'trace' | 'content';

export interface Part extends Member {
  readonly treatment: Treatment;
}

/** What the sender says about the message; none of it has been scanned yet. */
export interface Stated {
  readonly id?: string | undefined;
  readonly tenant?: string | undefined;
  readonly agent?: string | undefined;
  readonly session?: string | undefined;
  readonly patient?: string | undefined;
  readonly recipient?: string | undefined;
}

export interface Opened {
  readonly stated: Stated;
  /** The members of a strict envelope in their order; `null`: the whole text is the content. */
  readonly parts: readonly Part[] | null;
}

export type EnvelopeFault = 'envelope-invalid' | 'envelope-ambiguous' | 'content-binary';

const STRUCTURED = 'application/cloudevents+json';

export function openEnvelope(text: string, headers: KnownHeaders): Opened | EnvelopeFault {
  const structured = headers.contentType?.toLowerCase().startsWith(STRUCTURED) === true;
  if (headers.binary && !structured) return { stated: headers.stated, parts: null };
  const members = membersOf(text);
  if (members === null) return structured ? 'envelope-invalid' : { stated: headers.stated, parts: null };
  const table: Readonly<Record<string, Treatment>> = structured ? EVENT_MEMBERS : MEMBERS;
  if (structured && members.some(({ name }) => name === 'data_base64')) return 'content-binary';
  const content = structured ? 'data' : 'content';
  if (!members.some(({ name }) => name === content)) {
    return structured ? 'envelope-invalid' : { stated: headers.stated, parts: null };
  }
  const seen = new Set<string>();
  const parts: Part[] = [];
  for (const member of members) {
    const treatment = Object.hasOwn(table, member.name) ? table[member.name] : undefined;
    if (treatment === undefined) continue;
    // Which of two a reader takes is anybody's guess.
    if (seen.has(member.name)) return 'envelope-ambiguous';
    seen.add(member.name);
    parts.push({ ...member, treatment });
  }
  const read = (...names: readonly string[]): string | undefined => {
    const part = parts.find(({ name }) => names.includes(name));
    return part === undefined ? undefined : handleIn(text, part);
  };
  const stated = {
    id: read('id') ?? headers.stated.id,
    tenant: read('tenant') ?? headers.stated.tenant,
    agent: read('agent') ?? headers.stated.agent,
    session: read('session') ?? headers.stated.session,
    patient: read('patient_id', 'patientid') ?? headers.stated.patient,
    recipient: read('recipient') ?? headers.stated.recipient,
  };
  return { stated, parts: parts.length === members.length && wellFormed(text, parts) ? parts : null };
}

/** Between the members nothing but structure was passed over; within, a handle has to be a plain string or number. */
function wellFormed(text: string, parts: readonly Part[]): boolean {
  return parts.every(
    (part) => (part.treatment !== 'handle' && part.treatment !== 'person') || handleIn(text, part) !== undefined,
  );
}

/** A string or a number as a string; anything else is not a handle. */
function handleIn(text: string, { start, end }: Member): string | undefined {
  const raw = text.slice(start, end);
  if (/^-?\d[\d.eE+-]*$/.test(raw)) return raw;
  return raw.startsWith('"') ? readString(raw) : undefined;
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
