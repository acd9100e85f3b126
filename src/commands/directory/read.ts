/** A directory read once, for a command: its parts, or all that is wrong with it. */
import { randomBytes } from 'node:crypto';
import { DirectoryRefused, type Fault } from '../../directory/fault.js';
import { DirectoryFiles } from '../../directory/files.js';
import { composeAll, type DirectoryImage } from '../../directory/image.js';
import type { Part } from '../../directory/part.js';
import { siphashKeyBytes } from '../../fingerprint/siphash.js';
import { directoryWatchMs } from '../../limits.js';
import type { Asked } from './options.js';

export interface Read {
  readonly parts: readonly Part[];
  readonly image: DirectoryImage;
  readonly ms: number;
}

const TRIES_MAX = 20;

/** Throws `DirectoryRefused`. The fingerprints are of this run alone: the digest does not depend on their key. */
export async function readDirectory({ path, tenant }: Asked): Promise<Read> {
  const key = randomBytes(siphashKeyBytes);
  const files = new DirectoryFiles(path, key, tenant);
  const begun = performance.now();
  for (let tries = 0; tries < TRIES_MAX; tries++) {
    const parts = await files.changed();
    if (parts !== undefined) return { parts, image: composeAll(parts, key, tenant), ms: performance.now() - begun };
    // Somebody is writing.
    await new Promise((resolve) => setTimeout(resolve, directoryWatchMs));
  }
  throw new DirectoryRefused([{ code: 'unreadable', member: 'the directory' }]);
}

export async function faultsOf(asked: Asked): Promise<readonly Fault[] | Read> {
  try {
    return await readDirectory(asked);
  } catch (error) {
    if (error instanceof DirectoryRefused) return error.faults;
    throw error;
  }
}
