/**
 * The pool: tasks in, a verdict for each, in the same order. Whatever happens to a worker, the promise resolves; what
 * could not be judged comes back as `could-not-scan`. Two implementations: inline, and threads.
 */
import type { DirectoryImage } from '../directory/image.js';
import type { Facts, Task } from '../message.js';
import type { Plan } from '../policy/plan.js';
import type { Reason, Verdict } from '../verdict.js';
import type { Terms } from './frame.js';

export interface Pool {
  /** The engine's digest, which every audit entry names. */
  readonly engine: string;
  /**
   * `now` is the clock for ages. All of these tasks are judged by one plan, however long it takes and whatever comes
   * meanwhile: the one that the pool was made with, unless another is given. Rejects only after `close`.
   */
  judge(tasks: readonly Task[], now: number, plan?: Plan): Promise<readonly Verdict[]>;
  /**
   * Judges these over and over for so long, or until it is told to stop, and counts none of it: what is compiled before the first
   * message comes is not compiled while it waits.
   */
  warm(tasks: readonly Task[], forMs: number, stop: AbortSignal): Promise<void>;
  status(): PoolStatus;
  /** Replaces the threads that are at work, whose packs then have failed; answers how many packs that were. */
  recycle(): number;
  close(): Promise<void>;
}

export interface PoolStatus {
  readonly threads: number;
  /** Packs that wait for a thread. */
  readonly queued: number;
  readonly running: number;
  /** Threads that died, hung or lied and were replaced. */
  readonly restarts: number;
  /** Messages that were judged alone because their pack failed. */
  readonly retries: number;
}

export interface PoolEvents {
  /** A pack has waited so long for a thread. */
  packQueued(ms: number): void;
  /** A pack came back without verdicts. */
  packFailed(reason: Reason, records: number): void;
}

/** The directory in force, asked once for each pack: what is judged together is judged by one. */
export type DirectorySource = () => DirectoryImage | undefined;

/** First 64 bits of each digest; zeros where there is no directory. */
export function termsOf(batch: number, plan: string, engine: string, directory: DirectoryImage | undefined): Terms {
  const short = (digest: string): string => digest.slice(0, 16);
  return { batch, plan: short(plan), engine: short(engine), directory: short(directory?.digest ?? '0'.repeat(16)) };
}

/** What can be said of a message that no worker has answered for. */
export function factsUnread(plan: Plan, task: Task): Facts {
  return { tenant: plan.tenant, surface: task.surface };
}
