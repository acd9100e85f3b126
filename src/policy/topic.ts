/**
 * A policy as a compacted topic keeps it: the record under `base` is the policy, one under a tenant's name what that tenant
 * adds. Together they are what the files are elsewhere: texts, and one fingerprint over all of them.
 */
import { createHash } from 'node:crypto';
import { SluiceError } from '../errors.js';
import { policyBytesMax, policyTenantsMax } from '../limits.js';
import { checkText } from './check.js';
import type { PolicyTexts } from './files.js';
import { overlaySchema } from './schema.js';

/** The key of the policy itself: no tenant of that name can have a record. */
export const BASE_KEY = 'base';

export interface PolicyRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
}

interface Kept {
  readonly text: Buffer;
  /** Of a tenant's, whether it stands under the tenant's own key; worked out when somebody asks. */
  checked?: boolean;
}

export class PolicyRecords {
  private readonly kept = new Map<string, Kept>();

  /** The last record of each key counts; one without a value ends what its key said. */
  apply(records: Iterable<PolicyRecord>): void {
    for (const { key, value } of records) {
      // On a compacted topic brokers take no record without a key.
      if (key === null) continue;
      if (value === null) this.kept.delete(key.toString());
      // One byte more than a policy may have is enough to know that it has too many.
      else this.kept.set(key.toString(), { text: Buffer.from(value.subarray(0, policyBytesMax + 1)) });
    }
  }

  /** Throws where the records cannot be a policy, whatever they say. */
  texts(): PolicyTexts {
    const first = this.kept.get(BASE_KEY);
    if (first === undefined) throw refused(`the policy topic has nothing under ${BASE_KEY}`);
    const tenants = [...this.kept].filter(([key]) => key !== BASE_KEY).sort(([a], [b]) => (a < b ? -1 : 1));
    if (tenants.length > policyTenantsMax) throw refused(`more than ${policyTenantsMax} tenants`);
    for (const [i, [tenant, one]] of tenants.entries()) {
      one.checked ??= tenantOf(one.text, i) === tenant;
      if (!one.checked) throw refused("a record of the policy topic is not under its tenant's key");
    }
    const all = [first, ...tenants.map(([, one]) => one)].map(({ text }) => text);
    const hash = createHash('sha256');
    for (const text of all) hash.update(createHash('sha256').update(text).digest());
    return {
      text: first.text,
      overlays: all.slice(1),
      names: [BASE_KEY, ...tenants.map(([tenant]) => tenant)],
      fingerprint: hash.digest('hex'),
    };
  }
}

/** Whose rules a tenant's text has; throws where it is none. */
export function tenantOf(text: Buffer, overlay?: number): string {
  return checkText(text, overlaySchema, overlay).document.tenant;
}

function refused(subject: string): SluiceError {
  return new SluiceError('POLICY_INVALID', { subject });
}
