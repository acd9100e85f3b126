/**
 * The pool of worker threads. Packs wait in a queue of our own and go to piscina only when a thread can take them. A
 * pack that comes back without verdicts (its thread died, hung, or answered something else) is cut into smaller ones, down to
 * the one message, which is judged alone twice and then given up; its neighbours do not notice, and the order is kept.
 */
import { Piscina } from 'piscina';
import { detectors } from '../../detectors/index.js';
import { engineDigest } from '../engine/digest.js';
import { vocabularyOf } from '../engine/vocabulary.js';
import type { Task } from '../message.js';
import { packageFile } from '../package-file.js';
import { hasRules, type Plan } from '../policy/plan.js';
import { couldNotScan, type Reason, type Verdict } from '../verdict.js';
import { newCounters, readCounters } from './counters.js';
import { packsOf, type Range, SHAPE, type Shape, split } from './packs.js';
import { type DirectorySource, factsUnread, type Pool, type PoolEvents, type PoolStatus, termsOf } from './pool.js';
import { newProgress, ProgressReader } from './progress.js';
import { sharedPlan } from './shared-plan.js';
import { packTasks, unpackVerdicts } from './wire.js';
import { WireError } from './wire-error.js';
import type { Job, WorkerSetting } from './worker.js';

const WORKER = packageFile(new URL('./worker-entry.js', import.meta.url), 'dist/src/pool/worker-entry.js');

export interface ThreadsOptions {
  readonly plan: Plan;
  readonly threads: number;
  /** For one pack, from the moment that a thread begins it. */
  readonly deadlineMs: number;
  readonly events?: PoolEvents;
  readonly directory?: DirectorySource;
  /** Largest heap of a thread; it dies beyond. */
  readonly heapMbMax?: number;
  /** Another worker, for tests. */
  readonly entry?: URL;
  /** How packs travel, for the bench that this was chosen by. */
  readonly shape?: Shape;
}

const HEAP_MB_MAX = 512;
const WATCH_MS = 25;
/** How long a new thread may take before it begins: it compiles the program. */
const START_MS_MAX = 30_000;
const ALONE_ATTEMPTS = 2;
/**
 * A thread that is ended while it loads a module by `require` takes the whole process with it (a fatal error of Node's own);
 * one that imports does not.
 */
const NO_REQUIRE = '--no-experimental-require-module';
const IMPORTING = process.allowedNodeEnvironmentFlags.has(NO_REQUIRE) ? [NO_REQUIRE] : [];

/** How often a pack is handed in that no thread begins: more than a few, and no thread comes up at all. */
const HANDED_IN_MAX = 5;

class Closed extends Error {}

type Result = { readonly verdicts: readonly Verdict[] } | { readonly failed: Reason; readonly at: number | undefined };

export class ThreadPool implements Pool {
  readonly engine = engineDigest();
  private readonly piscina: Piscina<Job, ArrayBuffer>;
  private readonly progress: ProgressReader;
  private readonly counters = newCounters();
  private readonly shape: Shape;
  private readonly waiting: (() => void)[] = [];
  /** Packs that a thread has begun or will; calling one gives it up. */
  private readonly atWork = new Set<() => void>();
  private running = 0;
  private batches = 0;
  private restarts = 0;
  private retries = 0;
  private closed = false;

  constructor(private readonly options: ThreadsOptions) {
    const { plan, threads, entry = WORKER, shape = SHAPE } = options;
    this.shape = shape;
    const progress = newProgress(threads * shape.packsPerThread);
    this.progress = new ProgressReader(progress);
    const workerData: WorkerSetting = {
      plan,
      lexicon: vocabularyOf(detectors).lexicon.buffer,
      progress,
      counters: this.counters,
    };
    this.piscina = new Piscina({
      filename: entry.href,
      minThreads: threads,
      maxThreads: threads,
      concurrentTasksPerWorker: shape.packsPerThread,
      // The queue is ours: piscina's never holds more than a thread can take.
      maxQueue: threads * shape.packsPerThread,
      atomics: shape.atomics,
      recordTiming: false,
      resourceLimits: { maxOldGenerationSizeMb: options.heapMbMax ?? HEAP_MB_MAX },
      workerData,
      execArgv: IMPORTING,
    });
    // Failures reach us by the promise of the pack; what a thread says beside may quote a message.
    this.piscina.on('error', () => {});
  }

  status(): PoolStatus {
    const { threads } = this.options;
    return {
      threads,
      queued: this.waiting.length,
      running: this.running,
      restarts: this.restarts,
      retries: this.retries,
    };
  }

  recycle(): number {
    const count = this.atWork.size;
    for (const giveUp of this.atWork) giveUp();
    return count;
  }

  counts() {
    return readCounters(this.counters);
  }

  async judge(tasks: readonly Task[], now: number, plan = this.options.plan): Promise<readonly Verdict[]> {
    const parts = await Promise.all(
      packsOf(tasks, this.shape.recordsPerPack).map((range) => this.settle(tasks, range, now, plan)),
    );
    return parts.flat();
  }

  async warm(tasks: readonly Task[], forMs: number, stop: AbortSignal): Promise<void> {
    const until = performance.now() + forMs;
    const keepBusy = async (): Promise<void> => {
      while (performance.now() < until && !stop.aborted && !this.closed) {
        await this.turn();
        await this.attempt(tasks, Date.now(), this.options.plan, true).finally(() => this.release());
      }
    };
    await Promise.all(Array.from({ length: this.options.threads * this.shape.packsPerThread }, keepBusy));
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const go of this.waiting.splice(0)) go();
    await this.piscina.destroy();
  }

  private async settle(tasks: readonly Task[], range: Range, now: number, plan: Plan): Promise<readonly Verdict[]> {
    const [from, to] = range;
    const alone = to - from === 1;
    let reason: Reason = 'worker-died';
    for (let attempt = 1; attempt <= (alone ? ALONE_ATTEMPTS : 1); attempt++) {
      const result = await this.run(tasks.slice(from, to), now, plan);
      if ('verdicts' in result) return result.verdicts;
      reason = result.failed;
      this.options.events?.packFailed(reason, to - from);
      if (alone) {
        this.retries++;
        continue;
      }
      const suspect = result.at === undefined ? undefined : from + result.at;
      const parts = split(range, suspect).map((part) => this.settle(tasks, part, now, plan));
      return (await Promise.all(parts)).flat();
    }
    return [couldNotScan(reason, factsUnread(plan, tasks[from]))];
  }

  /** One pack, once. A pack that no thread has begun is handed in again: it is not to blame for its thread. */
  private async run(tasks: readonly Task[], now: number, plan: Plan): Promise<Result> {
    for (let i = 0; i < HANDED_IN_MAX; i++) {
      const asked = performance.now();
      await this.turn();
      this.options.events?.packQueued(performance.now() - asked);
      const result = await this.attempt(tasks, now, plan).finally(() => this.release());
      if (result !== 'not-begun') return result;
    }
    return { failed: 'worker-died', at: undefined };
  }

  private async attempt(
    tasks: readonly Task[],
    now: number,
    plan: Plan,
    uncounted = false,
  ): Promise<Result | 'not-begun'> {
    const { deadlineMs } = this.options;
    this.batches = (this.batches % 0x7fffffff) + 1;
    const batch = this.batches;
    const directory = this.options.directory?.();
    const terms = termsOf(batch, plan.digest, this.engine, directory);
    const { frame, hashes } = packTasks(terms, now, tasks);
    const slot = this.progress.take();
    const abort = new AbortController();
    let late = false;
    const watch = this.watch(slot, batch, deadlineMs, () => {
      late = true;
      abort.abort();
    });
    const giveUp = (): void => abort.abort();
    this.atWork.add(giveUp);
    try {
      const answer = await this.piscina.run(
        { frame, slot, plan: sharedPlan(plan), uncounted, ...(directory && { directory }) },
        { transferList: [frame], signal: abort.signal },
      );
      return { verdicts: unpackVerdicts(answer, terms, hashes, tasks, hasRules(plan)) };
    } catch (error) {
      if (this.closed) throw new Closed();
      const lied = error instanceof WireError;
      const begun = this.progress.begun(slot, batch);
      if (!lied && !begun && !late) return 'not-begun';
      if (!lied) this.restarts++;
      const at = lied ? undefined : this.progress.ordinal(slot, batch, tasks.length);
      return { failed: lied ? 'worker-refused' : late ? 'deadline' : 'worker-died', at };
    } finally {
      clearInterval(watch);
      this.atWork.delete(giveUp);
      this.progress.give(slot);
    }
  }

  /** The deadline counts from when a thread begins; a thread that never does is given up as well. */
  private watch(slot: number, batch: number, deadlineMs: number, expire: () => void): NodeJS.Timeout {
    const asked = performance.now();
    let begun: number | undefined;
    return setInterval(() => {
      const now = performance.now();
      if (begun === undefined && this.progress.begun(slot, batch)) begun = now;
      if (begun === undefined ? now - asked > START_MS_MAX + deadlineMs : now - begun > deadlineMs) expire();
    }, WATCH_MS);
  }

  private async turn(): Promise<void> {
    if (this.closed) throw new Closed();
    if (this.running < this.options.threads * this.shape.packsPerThread) {
      this.running++;
      return;
    }
    // Whoever gives its turn back passes it on: the count stays.
    await new Promise<void>((resolve) => this.waiting.push(resolve));
    if (this.closed) throw new Closed();
  }

  private release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.running--;
    else next();
  }
}
