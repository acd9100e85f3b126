/**
 * What the sender says about a message, in members of an envelope or in headers; none of it has been scanned yet. What is
 * said twice and differently is noted: whoever decides by it cannot know which one holds.
 */
import { IDENTITIES, type Identity, type Recipient } from '../scanners/scanner.js';

export interface Stated {
  readonly id?: string | undefined;
  readonly tenant?: string | undefined;
  readonly agent?: string | undefined;
  readonly session?: string | undefined;
  readonly patient?: string | undefined;
  readonly task?: string | undefined;
  readonly purpose?: string | undefined;
  readonly provider?: string | undefined;
  readonly breakGlass?: string | undefined;
  readonly recipient?: Recipient | undefined;
  readonly identity?: Identity | undefined;
  /** Something is said twice, and differently. */
  readonly conflict?: true | undefined;
}

export type Stating = { -readonly [K in keyof Stated]: Stated[K] };

/** With every member, though none is said yet: all messages' are of one form then, whatever is said in which order. */
export function nothingStated(): Stating {
  return {
    id: undefined,
    tenant: undefined,
    agent: undefined,
    session: undefined,
    patient: undefined,
    task: undefined,
    purpose: undefined,
    provider: undefined,
    breakGlass: undefined,
    recipient: undefined,
    identity: undefined,
    conflict: undefined,
  } satisfies Record<keyof Stated, undefined>;
}

/** Facts that are one string each. */
type Plain = Exclude<keyof Stated, 'recipient' | 'identity' | 'conflict'>;

/** What members and headers state. */
const FACTS = new Map<string, Plain | 'recipient' | 'channel' | 'identity'>([
  ['id', 'id'],
  ['tenant', 'tenant'],
  ['agent', 'agent'],
  ['session', 'session'],
  ['patient_id', 'patient'],
  ['patientid', 'patient'],
  ['task_scope', 'task'],
  ['taskscope', 'task'],
  ['purpose', 'purpose'],
  ['requesting_provider', 'provider'],
  ['requestingprovider', 'provider'],
  ['break_glass', 'breakGlass'],
  ['breakglass', 'breakGlass'],
  ['identity', 'identity'],
  ['recipient', 'recipient'],
  ['recipientchannel', 'channel'],
]);
/** An attribute of a CloudEvent has no underscore in its name. */
const HEADERS = new Map([...FACTS].filter(([name]) => !name.includes('_')).map(([name, fact]) => [`ce_${name}`, fact]));
const HANDLE_HEADERS: ReadonlySet<string> = new Set(['ce_id', 'ce_tenant', 'ce_agent', 'ce_session']);

/** How a header that states something is passed on; undefined if it states nothing that is not text. */
export function statedAs(header: string): 'handle' | 'patient' | undefined {
  if (header === 'ce_patientid') return 'patient';
  return HANDLE_HEADERS.has(header) ? 'handle' : undefined;
}

/** Reads what a header states. */
export function stateHeader(stated: Stating, header: string, text: string): void {
  const fact = HEADERS.get(header);
  if (fact !== undefined) state(stated, fact, text);
}

/** Reads what a member states: its value as a string, if it is one or a number, else its JSON text. */
export function stateMember(stated: Stating, name: string, plain: string | undefined, raw: () => string): void {
  const fact = FACTS.get(name);
  if (fact === undefined) return;
  if (plain !== undefined) state(stated, fact, plain);
  else if (fact === 'recipient') setRecipient(stated, recipientIn(raw()));
}

function state(stated: Stating, fact: Plain | 'recipient' | 'channel' | 'identity', text: string): void {
  switch (fact) {
    case 'identity': {
      const said = text.trim().toLowerCase();
      const identity = IDENTITIES.find((one) => one === said);
      // Of two the worse one holds.
      if (identity !== undefined && stated.identity !== 'unverified') stated.identity = identity;
      return;
    }
    case 'recipient':
      setRecipient(stated, { id: text });
      return;
    case 'channel':
      setRecipient(stated, { channel: text });
      return;
    default:
      // A blank says nothing: it is no patient, and no reason.
      if (text.trim() === '') return;
      if (stated[fact] !== undefined && stated[fact] !== text) stated.conflict = true;
      stated[fact] = text;
  }
}

function setRecipient(stated: Stating, recipient: Recipient): void {
  const before = stated.recipient;
  for (const part of ['id', 'address', 'channel'] as const)
    if (before?.[part] !== undefined && recipient[part] !== undefined && before[part] !== recipient[part])
      stated.conflict = true;
  stated.recipient = { ...before, ...recipient };
}

/** `{id, channel, address}`; of any other shape there is a recipient, but nobody knows who. */
function recipientIn(raw: string): Recipient {
  let value: unknown;
  try {
    value = JSON.parse(raw);
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  const { id, channel, address } = value as Record<string, unknown>;
  return {
    ...(typeof id === 'string' && { id }),
    ...(typeof channel === 'string' && { channel }),
    ...(typeof address === 'string' && { address }),
  };
}
