/**
 * The keys of one tenant's roster, derived from one secret (HKDF, RFC 5869) by the tenant's name: the table of a tenant says
 * nothing about the patients of another, and its key opens no other's. The secret never stands beside a snapshot.
 */
import { hkdfSync } from 'node:crypto';
import { SluiceError } from '../errors.js';
import { siphashKeyBytes } from '../fingerprint/siphash.js';
import { keyBytesMin } from '../limits.js';

export interface RosterKeys {
  readonly tenant: string;
  /** Makes fingerprints. */
  readonly fingerprint: Uint8Array;
  /** Makes the references that stand for a patient outside. */
  readonly reference: Uint8Array;
  /** Seals a snapshot. */
  readonly seal: Uint8Array;
  /** Stands in the snapshot, so that a wrong key is known for one before anything is looked up. */
  readonly check: Uint8Array;
}

export function rosterKeys(secret: Uint8Array, tenant: string): RosterKeys {
  if (secret.length < keyBytesMin) throw new SluiceError('KEY_TOO_SHORT', { subject: `${keyBytesMin} bytes at least` });
  const derive = (purpose: string, bytes: number): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, 'sluice roster 1', `${purpose}\u0000${tenant}`, bytes));
  return {
    tenant,
    fingerprint: derive('fingerprint', siphashKeyBytes),
    reference: derive('reference', 32),
    seal: derive('seal', 32),
    check: derive('check', 16),
  };
}
