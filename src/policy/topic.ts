/**
 * A policy as a compacted topic keeps it: the record under `base` is the policy, one under a tenant's name what that tenant
 * adds. Together they are what the files are elsewhere: texts, and one fingerprint over all of them.
 */
import { SluiceError } from '../errors.js';
import { policyBytesMax, policyTenantsMax } from '../limits.js';
import { checkText } from './check.js';
import { fingerprintOf, type PolicyTexts } from './files.js';
import { overlaySchema } from './schema.js';

/** The key of the policy itself: no tenant of that name can have a record. */
export const BASE_KEY = 'base';

export interface PolicyRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

/** What stands there now, by key. */
export type Standing = ReadonlyMap<string, Buffer>;

/** These records cannot be part of a policy, whatever they say. */
export class RecordsRefused extends SluiceError {
  constructor(
    readonly keys: readonly string[],
    subject: string,
  ) {
    super('POLICY_INVALID', { subject });
  }
}

export class PolicyRecords {
  private readonly kept = new Map<string, Buffer>();

  /** The last record of each key counts; one without a value ends what its key said. */
  apply(records: Iterable<PolicyRecord>): void {
    for (const { key, value } of records) {
      // On a compacted topic brokers take no record without a key.
      if (key === null) continue;
      if (value === null) this.kept.delete(key.toString());
      // One byte more than a policy may have is enough to know that it has too many.
      else this.kept.set(key.toString(), Buffer.from(value.subarray(0, policyBytesMax + 1)));
    }
  }

  get standing(): Standing {
    return new Map(this.kept);
  }

  /** Throws where the records cannot be a policy, whatever they say. */
  texts(): PolicyTexts {
    return textsOf(this.kept);
  }
}

export function textsOf(standing: Standing): PolicyTexts {
  const first = standing.get(BASE_KEY);
  if (first === undefined) throw new RecordsRefused([BASE_KEY], `the policy topic has nothing under ${BASE_KEY}`);
  const tenants = [...standing].filter(([key]) => key !== BASE_KEY).sort(([a], [b]) => (a < b ? -1 : 1));
  const names = tenants.map(([key]) => key);
  if (names.length > policyTenantsMax) throw new RecordsRefused(names, `more than ${policyTenantsMax} tenants`);
  const strays = tenants.filter(([key, text]) => (ownerOf(text) ?? key) !== key).map(([key]) => key);
  if (strays.length > 0) throw new RecordsRefused(strays, "a record of the policy topic is not under its tenant's key");
  const overlays = tenants.map(([, text]) => text);
  const fingerprint = fingerprintOf([first, ...overlays]);
  return { text: first, overlays, names: [BASE_KEY, ...names], fingerprint };
}

/** Whose rules a tenant's text has; throws where it is none. */
export function tenantOf(text: Buffer): string {
  return checkText(text, overlaySchema).document.tenant;
}

/** A text is read once for this; of one that is none, whoever loads it tells. */
const owners = new WeakMap<Buffer, { readonly tenant: string | undefined }>();

function ownerOf(text: Buffer): string | undefined {
  let owner = owners.get(text);
  if (owner === undefined) {
    try {
      owner = { tenant: tenantOf(text) };
    } catch {
      owner = { tenant: undefined };
    }
    owners.set(text, owner);
  }
  return owner.tenant;
}
