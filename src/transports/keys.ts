/**
 * The keys of a running gate, all made from one secret: for references, for quarantine, for the directory. A journal makes itself a secret
 * where none is set, since all that it protects lies in the same folder.
 */
import { hkdfSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '../errors.js';
import { siphashKeyBytes } from '../fingerprint/siphash.js';
import { keyBytesMin } from '../limits.js';

const KEY_BYTES = 32;
const FILE = 'key';

export interface Keys {
  readonly references: Uint8Array;
  readonly quarantine: Uint8Array;
  /** Of the fingerprints that the directory knows patients by. */
  readonly directory: Uint8Array;
}

export function deriveKeys(secret: Uint8Array): Keys {
  if (secret.length < keyBytesMin) throw new SluiceError('KEY_TOO_SHORT', { subject: `${keyBytesMin} bytes at least` });
  const derive = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', secret, 'sluice', purpose, KEY_BYTES));
  const directory = derive('directory').subarray(0, siphashKeyBytes);
  return { references: derive('references'), quarantine: derive('quarantine'), directory };
}

/** The secret of a journal's folder, made when it is first asked for. */
export function folderSecret(folder: string): Buffer {
  const path = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Two processes at once: one makes the file, both read it.
    writeFileSync(path, randomBytes(KEY_BYTES).toString('base64'), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new SluiceError('FILE_UNWRITABLE', { subject: 'the journal' });
  }
  try {
    return readFileSync(path);
  } catch {
    throw new SluiceError('FILE_UNREADABLE', { subject: "the journal's key" });
  }
}
