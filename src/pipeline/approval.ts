/**
 * Approvals: what a held message is kept with, and the token that releases it. A token is bound to one message, to the rules
 * and reasons that held it and to the policy that they are of, and is made with the gate's key; who has not, makes none.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { base32 } from '../engine/base32.js';
import { approvalTokenUnitsMax } from '../limits.js';
import { type Approval, type Decided, type Facts, SURFACES, type Surface, type Task } from '../message.js';
import type { IncidentRule } from '../policy/plan.js';
import { asks } from '../scanners/decide.js';
import type { Reason } from '../verdict.js';
import { packed, type Sealed } from './quarantine.js';

/** Of a record on the releases' topic: its token; of an outcome: the approval's id. */
export const APPROVAL_HEADER = 'sluice-approval';
/** Beside a token: who decided and why, sealed. */
export const NOTE_HEADER = 'sluice-approval-note';
/** Behind the headers of a held message, within the seal. */
const HELD_HEADER = 'sluice-held';
const VERSION = 1;
const REFERENCE_BYTES = 10;

/** The rule behind an incident about a token that does not hold: it belongs to no plan. */
export const APPROVAL_MISUSED_RULE: IncidentRule = {
  name: 'approval-misused',
  title: 'An approval was presented that was not given for this message, or a second time',
  categories: [],
  severity: 'high',
};

/** Somebody has tried. */
export function isMisuse(reason: Reason): boolean {
  return reason === 'approval-used' || reason === 'approval-invalid';
}

const held = z.strictObject({
  v: z.literal(VERSION),
  id: z.string(),
  surface: z.enum(SURFACES),
  /** Digest of the plan that held it. */
  plan: z.string(),
  expires: z.int(),
  /** `rule code`, of each decision that somebody has to approve. */
  asked: z.array(z.string()),
  tenant: z.string(),
  agent: z.string().optional(),
  session: z.string().optional(),
});
/** What is known of a held message besides itself: codes and handles. */
export type Held = z.output<typeof held>;

const grant = z.strictObject({
  ...held.omit({ tenant: true, agent: true, session: true }).shape,
  decision: z.enum(['approved', 'denied', 'expired']),
  /** The source's name. */
  from: z.string(),
  /** SHA-256 of the message as it came, and its surface. */
  input: z.string(),
  /** A keyed reference; nobody's, where it has only expired. */
  approver: z.string().optional(),
});
/** What somebody has decided about a held message. */
export type Grant = z.output<typeof grant>;

export function inputDigest(surface: Surface, message: Pick<Task, 'key' | 'value' | 'headers'>): string {
  return createHash('sha256').update(`${surface}\0`).update(packed(message)).digest('hex');
}

export function askedOf(decisions: readonly Decided[] = []): readonly string[] {
  return [...new Set(decisions.filter(asks).map(({ rule, code }) => `${rule} ${code}`))];
}

/** The message with what is known of it, to be sealed together. */
export function withHeld(message: Sealed, about: Omit<Held, 'v'>): Sealed {
  const { key, value, headers } = message;
  const last = [HELD_HEADER, Buffer.from(JSON.stringify({ v: VERSION, ...about }))] as const;
  return { key, value, headers: [...headers, last] };
}

/** Both again; undefined if it was not held. A producer's own header of that name does not come last. */
export function heldIn({ key, value, headers }: Sealed): { readonly held: Held; readonly message: Sealed } | undefined {
  const [name, text] = headers[headers.length - 1] ?? [];
  if (name !== HELD_HEADER || !text) return undefined;
  const about = parsed(held, text.toString());
  return about && { held: about, message: { key, value, headers: headers.slice(0, -1) } };
}

/** Of names that people write in more than one way: `Dr.Rao@Example.org ` is `dr.rao@example.org`. */
export function folded(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/\p{Cf}+/gu, '')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .toLowerCase();
}

export function approverReference(name: string, key: Uint8Array): string {
  const digest = createHmac('sha256', key)
    .update(`approver\0${folded(name)}`)
    .digest();
  return `[OTHER-ID:${base32(digest.subarray(0, REFERENCE_BYTES))}]`;
}

export function tokenOf(about: Omit<Grant, 'v'>, key: Uint8Array): string {
  const text = Buffer.from(JSON.stringify({ v: VERSION, ...about })).toString('base64url');
  return `${text}.${macOf(text, key).toString('base64url')}`;
}

/** What the token says, if it was made with this key and not changed since. */
export function grantIn(token: string, key: Uint8Array): Grant | undefined {
  const parts = token.length > approvalTokenUnitsMax ? [] : token.split('.');
  if (parts.length !== 2) return undefined;
  const [text, mac] = parts;
  const said = Buffer.from(mac, 'base64url');
  const right = macOf(text, key);
  if (said.length !== right.length || !timingSafeEqual(said, right)) return undefined;
  return parsed(grant, Buffer.from(text, 'base64url').toString());
}

/** What an audit entry and an incident say of it. */
export function noteOf({ id, decision, from, approver, asked, plan, expires }: Grant): Approval {
  return { id, decision, from, ...(approver !== undefined && { approver }), asked, plan, expires };
}

/** What is approved of a message, where the policy is the one that held it. */
export function approvedBy(given: Grant | undefined, plan: string): Pick<Task, 'approved'> {
  return given?.decision === 'approved' && given.plan === plan ? { approved: given.asked } : {};
}

/** Handles and codes of a held message, from its facts. */
export function aboutHeld(facts: Facts, plan: string, id: string, expires: number): Omit<Held, 'v'> {
  const { surface, tenant, agent, session, decisions } = facts;
  const asked = [...askedOf(decisions)];
  return { id, surface, plan, expires, asked, tenant, ...(agent && { agent }), ...(session && { session }) };
}

function macOf(text: string, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update('token\0').update(text).digest();
}

function parsed<S extends z.ZodType>(schema: S, text: string): z.output<S> | undefined {
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
