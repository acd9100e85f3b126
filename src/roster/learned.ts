/**
 * What was learned of whose a value is, from sources that policy trusts: a record of a compacted topic for each keyed fingerprint
 * of a tenant, with the keyed references of those it came with and when. Several patients make a group, no error; a value that
 * came with too many says nothing. Each partition has records of its own, since one owner writes it; readers put them together.
 */

const VERSION = 1;
/** How long a binding holds that is not seen again, and how much later it has to be seen to be written anew. */
export const learnedMs = 90 * 24 * 60 * 60 * 1000;
export const learnedAgainMs = 24 * 60 * 60 * 1000;
/** A value that came with more patients than this belongs to the place: its front desk, its address. */
export const learnedOwnersMax = 3;

/** Who has the value, and when it was seen with them last, in milliseconds since 1970; the latest stand last. */
export type Owners = readonly (readonly [patient: string, at: number])[];

export interface Learned {
  readonly tenant: string;
  /** Sixteen hex digits, as sightings have them. */
  readonly print: string;
}

const PRINT = /^[0-9a-f]{16}$/;
const PATIENT = /^[\w-]{22}$/;
const TENANT_UNITS_MAX = 200;

export function learnedKey({ tenant, print }: Learned): string {
  return JSON.stringify([tenant, print]);
}

/** Undefined where it is no key of ours. */
export function learnedOf(key: string): Learned | undefined {
  const parts = parsed(key);
  if (!Array.isArray(parts) || parts.length !== 2) return undefined;
  const [tenant, print] = parts as unknown[];
  if (typeof tenant !== 'string' || tenant.length > TENANT_UNITS_MAX || typeof print !== 'string') return undefined;
  return PRINT.test(print) ? { tenant, print } : undefined;
}

export function writeOwners(owners: Owners): Buffer {
  return Buffer.from(JSON.stringify({ v: VERSION, by: owners }));
}

/** Undefined where it is of another version, or anybody's. */
export function readOwners(value: Buffer): Owners | undefined {
  const record = parsed(value.toString());
  if (typeof record !== 'object' || record === null) return undefined;
  const { v, by } = record as { readonly v?: unknown; readonly by?: unknown };
  if (v !== VERSION || !Array.isArray(by) || by.length > learnedOwnersMax + 1) return undefined;
  return by.every(isOwner) ? by : undefined;
}

/** The owners after a value came with a patient; the same ones if that is nothing new. */
export function owned(before: Owners, patient: string, at: number): Owners {
  const known = before.find(([one]) => one === patient);
  if (known !== undefined && at - known[1] < learnedAgainMs) return before;
  return together(before, [[patient, at]], at);
}

/** What two partitions have learned of one value, as it stands at a moment. */
export function together(one: Owners, other: Owners, now: number): Owners {
  const latest = new Map<string, number>();
  for (const [patient, at] of [...one, ...other])
    if (now - at <= learnedMs) latest.set(patient, Math.max(at, latest.get(patient) ?? 0));
  return [...latest].sort(([, a], [, b]) => a - b).slice(-learnedOwnersMax - 1);
}

function isOwner(one: unknown): one is Owners[number] {
  if (!Array.isArray(one) || one.length !== 2) return false;
  const [patient, at] = one as unknown[];
  return typeof patient === 'string' && PATIENT.test(patient) && Number.isSafeInteger(at);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
