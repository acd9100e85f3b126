/**
 * Looks at the directory's files for as long as it is told to, and hands over what has changed; in a thread of its own, so that
 * neither a long file nor a hostile one holds up anything else, or here.
 */
import { Worker } from 'node:worker_threads';
import { directoryWatchMs } from '../limits.js';
import { packageFile } from '../package-file.js';
import { FactLayer } from './facts.js';
import { DirectoryRefused, type Fault } from './fault.js';
import { DirectoryFiles } from './files.js';
import type { Sink } from './live.js';
import type { Part } from './part.js';

export interface Watching {
  readonly path: string;
  readonly key: Uint8Array;
  readonly tenant: string;
  readonly everyMs?: number;
}

export interface Watch {
  /** When the first look was handed over; rejects if it was refused. */
  readonly begun: Promise<void>;
  close(): Promise<void>;
}

/** What was found, as it crosses threads. */
export type Found =
  | { readonly parts: readonly (Omit<Part, 'facts'> & { readonly leaves: readonly SharedArrayBuffer[] })[] }
  | { readonly faults: readonly Fault[] };

const ENTRY = packageFile(new URL('./watch-entry.js', import.meta.url), 'dist/src/directory/watch-entry.js');
const HEAP_MB_MAX = 256;
/** How long a thread that died is left alone: what killed it is still there. */
const RESTART_MS = 5_000;

/** One look after the other. */
export async function look(watching: Watching, found: (found: Found) => void, stop: AbortSignal): Promise<void> {
  const { path, key, tenant, everyMs = directoryWatchMs } = watching;
  const files = new DirectoryFiles(path, key, tenant);
  while (!stop.aborted) {
    try {
      const parts = await files.changed();
      if (parts !== undefined) found({ parts: parts.map(({ facts, ...part }) => ({ ...part, leaves: facts.leaves })) });
    } catch (error) {
      found({ faults: error instanceof DirectoryRefused ? error.faults : [{ code: 'unreadable' }] });
    }
    await pause(everyMs, stop);
  }
}

export function watchFiles(watching: Watching, sink: Sink, { thread = true } = {}): Watch {
  const stop = new AbortController();
  let settle: { resolve(): void; reject(error: unknown): void } | undefined;
  const begun = new Promise<void>((resolve, reject) => {
    settle = { resolve, reject };
  });
  begun.catch(() => {});
  const hand = (found: Found): void => {
    try {
      if ('faults' in found) sink.refuse('files', found.faults);
      else
        sink.parts(
          'files',
          found.parts.map(({ leaves, ...part }) => ({ ...part, facts: new FactLayer(leaves) })),
        );
      settle?.resolve();
    } catch (error) {
      settle?.reject(error);
    }
  };
  const done = thread ? lookInThread(watching, hand, stop.signal) : look(watching, hand, stop.signal);
  return {
    begun,
    async close() {
      stop.abort();
      await done;
    },
  };
}

/** A thread that dies is told like a file that cannot be read, and another one begins. */
async function lookInThread(watching: Watching, hand: (found: Found) => void, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const worker = new Worker(ENTRY, {
      workerData: watching,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
    });
    worker.unref();
    worker.on('message', hand);
    // What it says may quote a file.
    worker.on('error', () => {});
    const end = (): void => void worker.terminate();
    stop.addEventListener('abort', end, { once: true });
    await new Promise((resolve) => worker.once('exit', resolve));
    stop.removeEventListener('abort', end);
    if (stop.aborted) return;
    hand({ faults: [{ code: 'unreadable', member: 'the directory' }] });
    await pause(RESTART_MS, stop);
  }
}

function pause(ms: number, stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      stop.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    timer.unref?.();
    stop.addEventListener('abort', end, { once: true });
    if (stop.aborted) end();
  });
}
