/**
 * Looks at the files of rosters for as long as it is told to, and hands over what has changed, read and checked; in a thread of
 * its own, since gigabytes take seconds, and nothing waits for them.
 */
import { Worker } from 'node:worker_threads';
import { type ErrorCode, SluiceError } from '../errors.js';
import { rosterWatchMs } from '../limits.js';
import { packageFile } from '../package-file.js';
import { readRosters, standingOf } from './files.js';
import type { RostersImage } from './rosters.js';

export interface Watching {
  readonly path: string;
  readonly secret: Uint8Array;
  readonly everyMs?: number;
}

export type Found = { readonly image: RostersImage } | { readonly code: ErrorCode };

export interface Watch {
  close(): Promise<void>;
}

const ENTRY = packageFile(new URL('./watch-entry.js', import.meta.url), 'dist/src/roster/watch-entry.js');
const HEAP_MB_MAX = 256;
/** How long a thread that died is left alone: what killed it is still there. */
const RESTART_MS = 5_000;

/** One look after the other; the same fault again is no news. */
export async function look({ path, secret, everyMs = rosterWatchMs }: Watching, found: (found: Found) => void) {
  for (let before: string | undefined; ; ) {
    const now = lookOnce(path, secret, before);
    if (now.found !== undefined) found(now.found);
    before = now.standing;
    await new Promise((resolve) => setTimeout(resolve, everyMs).unref());
  }
}

function lookOnce(path: string, secret: Uint8Array, before: string | undefined) {
  let standing = '';
  try {
    standing = standingOf(path);
    if (standing === before) return { standing };
    return { standing, found: { image: readRosters(path, secret) } };
  } catch (error) {
    const code: ErrorCode = error instanceof SluiceError ? error.code : 'ROSTER_INVALID';
    // A file that cannot be stated has no standing of its own: its code stands for it.
    standing ||= code;
    return standing === before ? { standing } : { standing, found: { code } };
  }
}

export function watchRosters(watching: Watching, hand: (found: Found) => void): Watch {
  let closed = false;
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  const begin = (): void => {
    worker = new Worker(ENTRY, { workerData: watching, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX } });
    worker.unref();
    worker.on('message', (found: Found) => {
      if (!closed) hand(found);
    });
    // What it says may quote a path.
    worker.on('error', () => {});
    worker.once('exit', () => {
      if (closed) return;
      hand({ code: 'ROSTER_INVALID' });
      timer = setTimeout(begin, RESTART_MS);
      timer.unref();
    });
  };
  begin();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await worker?.terminate();
    },
  };
}
