/**
 * A policy where it lies: one file, and a folder with what tenants add to it. Read whole each time, so that what counts
 * is the content and nothing that a clock or a copy may get wrong.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '../errors.js';
import { policyBytesMax, policyTenantsMax } from '../limits.js';

export interface PolicyPlace {
  readonly file: string;
  /** Of files `*.yaml`, one for each tenant. */
  readonly tenants?: string | undefined;
}

export interface PolicyTexts {
  readonly text: Buffer;
  readonly overlays: readonly Buffer[];
  /** The files' names, for what is said about them: the policy's, then the overlays'. */
  readonly names: readonly string[];
  /** Of all the contents; equal for equal ones. */
  readonly fingerprint: string;
}

const OVERLAY = /\.ya?ml$/;

export function readPolicyFiles({ file, tenants }: PolicyPlace): PolicyTexts {
  const folder = tenants === undefined ? [] : overlaysIn(tenants);
  const texts = [file, ...folder].map((path) => readBounded(path));
  const fingerprint = fingerprintOf(texts);
  return { text: texts[0], overlays: texts.slice(1), names: [file, ...folder], fingerprint };
}

export function fingerprintOf(texts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(createHash('sha256').update(text).digest());
  return hash.digest('hex');
}

function overlaysIn(folder: string): readonly string[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder)
      .filter((name) => OVERLAY.test(name) && !name.startsWith('.'))
      .sort();
  } catch {
    throw new SluiceError('FILE_UNREADABLE', { subject: "the folder of tenants' policies" });
  }
  if (names.length > policyTenantsMax)
    throw new SluiceError('POLICY_INVALID', { subject: `more than ${policyTenantsMax} tenants` });
  return names.map((name) => join(folder, name));
}

/** One byte more than a policy may have is enough to know that it has too many. */
function readBounded(path: string): Buffer {
  const buffer = Buffer.allocUnsafe(policyBytesMax + 1);
  let handle: number | undefined;
  try {
    handle = openSync(path, 'r');
    let length = 0;
    for (let read = 1; read > 0 && length < buffer.length; length += read) {
      read = readSync(handle, buffer, length, buffer.length - length, null);
    }
    return Buffer.from(buffer.subarray(0, length));
  } catch {
    throw new SluiceError('FILE_UNREADABLE', { subject: 'the policy' });
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}
