/**
 * Looks at the files of rosters for as long as it is told to, hears what topics say of patients since, and hands over what has
 * changed, read and checked; in a thread of its own, since gigabytes take seconds, and nothing waits for them.
 */
import { Worker } from 'node:worker_threads';
import { type ErrorCode, SluiceError } from '../errors.js';
import { rosterWatchMs } from '../limits.js';
import { packageFile } from '../package-file.js';
import { readRosters, standingOf } from './files.js';
import { rosterKeys } from './keys.js';
import { type Change, Overlay } from './overlay.js';
import type { RostersImage } from './rosters.js';

export interface Watching {
  readonly path: string;
  readonly secret: Uint8Array;
  readonly everyMs?: number;
  /** Of those with topics of changes. */
  readonly tenants?: readonly string[];
}

/** `faults`: records of topics that are left out. */
export type Found = { readonly image: RostersImage; readonly faults: number } | { readonly code: ErrorCode };

export interface Watch {
  close(): Promise<void>;
}

/** What follows a tenant's topic for us. */
export type FollowChanges = (
  tenant: string,
  to: {
    begin(): { apply(records: readonly { key: Buffer | null; value: Buffer | null }[]): void; settle(): void };
    unreadable(): void;
  },
) => Watch & { readonly begun: Promise<void> };

const ENTRY = packageFile(new URL('./watch-entry.js', import.meta.url), 'dist/src/roster/watch-entry.js');
const HEAP_MB_MAX = 512;
/** How long a thread that died is left alone: what killed it is still there. */
const RESTART_MS = 5_000;
/** How much longer than a look it rests. */
const REST = 4;

/** One look after the other; the same fault again is no news. */
export async function look(watching: Watching, found: (found: Found) => void, overlay = new Overlay([])) {
  const looks = new Looks(watching, overlay);
  for (;;) {
    const begun = performance.now();
    const news = looks.once();
    if (news !== undefined) found(news);
    const restMs = Math.max(watching.everyMs ?? rosterWatchMs, (performance.now() - begun) * REST);
    await new Promise((resolve) => setTimeout(resolve, restMs).unref());
  }
}

class Looks {
  private standing: string | undefined;
  private files: RostersImage | undefined;
  /** What was found out last: of these files with these changes. */
  private told = '';

  constructor(
    private readonly watching: Watching,
    private readonly overlay: Overlay,
  ) {}

  once(): Found | undefined {
    const { watching, overlay } = this;
    const { path, secret } = watching;
    let about = '';
    try {
      const standing = standingOf(path);
      about = `${overlay.version} ${standing}`;
      if (about === this.told || (!overlay.isReady && standing === this.standing)) return undefined;
      if (standing !== this.standing) this.files = undefined;
      this.standing = standing;
      this.files ??= readRosters(path, secret);
      if (!overlay.isReady) return undefined;
      const image = overlay.over(this.files, (tenant) => rosterKeys(secret, tenant));
      this.told = about;
      return { image, faults: overlay.faults };
    } catch (error) {
      const code: ErrorCode = error instanceof SluiceError ? error.code : 'ROSTER_INVALID';
      // A file that cannot be stated has no standing of its own: its code stands for it.
      about ||= code;
      if (about === this.told) return undefined;
      this.told = about;
      return { code };
    }
  }
}

export function watchRosters(watching: Watching, hand: (found: Found) => void, follow?: FollowChanges): Watch {
  let closed = false;
  let worker: Worker | undefined;
  let timer: NodeJS.Timeout | undefined;
  let following: readonly Watch[] = [];
  const begin = (): void => {
    const thread = new Worker(ENTRY, { workerData: watching, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX } });
    worker = thread;
    worker.unref();
    worker.on('message', (found: Found) => {
      if (!closed) hand(found);
    });
    // What it says may quote a path.
    worker.on('error', () => {});
    worker.once('exit', () => {
      const before = following;
      following = [];
      for (const one of before) void one.close();
      if (closed) return;
      hand({ code: 'ROSTER_INVALID' });
      timer = setTimeout(begin, RESTART_MS);
      timer.unref();
    });
    if (follow === undefined) return;
    const tell = (change: Change): void => thread.postMessage(change);
    following = (watching.tenants ?? []).map((tenant) => {
      const one = follow(tenant, sinkOf(tenant, tell, hand));
      one.begun.catch((error) => hand({ code: error instanceof SluiceError ? error.code : 'KAFKA_FAILED' }));
      return one;
    });
  };
  begin();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      await Promise.all(following.map((one) => one.close()));
      await worker?.terminate();
    },
  };
}

function sinkOf(tenant: string, tell: (change: Change) => void, hand: (found: Found) => void) {
  const text = (bytes: Buffer | null): string | null => (bytes === null ? null : bytes.toString());
  const sink: Parameters<FollowChanges>[1] = {
    begin() {
      tell({ tenant, kind: 'begin' });
      return {
        apply(records) {
          if (records.length === 0) return;
          tell({
            tenant,
            kind: 'records',
            records: records.map(({ key, value }) => ({ key: text(key), value: text(value) })),
          });
        },
        settle: () => tell({ tenant, kind: 'settle' }),
      };
    },
    unreadable: () => hand({ code: 'KAFKA_FAILED' }),
  };
  return sink;
}
