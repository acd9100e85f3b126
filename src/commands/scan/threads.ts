/**
 * Where jobs are worked on: in this thread, or in several of their own. A thread that dies takes the whole run with it:
 * nothing that it held is taken for scanned.
 */
import { Worker } from 'node:worker_threads';
import { Failed } from '../failure.js';
import type { Job, PieceResult } from './job.js';
import type { Plan } from './options.js';

export interface Workshop {
  /** How many jobs to hand in before waiting for the first. */
  readonly jobsMax: number;
  submit(job: Job): Promise<readonly PieceResult[]>;
  close(): Promise<void>;
}

/** Jobs in a thread at a time: one that is worked on, one that waits, so that no thread waits for the reader. */
const JOBS_PER_THREAD = 2;

export async function openWorkshop(plan: Plan, threads: number): Promise<Workshop> {
  if (threads > 1) return new Threads(plan, threads);
  const { createWork } = await import('./work.js');
  const work = createWork(plan);
  return { jobsMax: 1, submit: async (job) => work(job), close: async () => {} };
}

interface Waiting {
  resolve(results: readonly PieceResult[]): void;
  reject(error: Failed): void;
}

interface Thread {
  readonly worker: Worker;
  /** In the order of their jobs, which is the order of the answers. */
  readonly waiting: Waiting[];
}

export class Threads implements Workshop {
  readonly jobsMax: number;
  private readonly threads: readonly Thread[];
  private dead = false;

  constructor(plan: Plan, count: number, entry: URL = new URL('./worker.js', import.meta.url)) {
    this.jobsMax = count * JOBS_PER_THREAD;
    this.threads = Array.from({ length: count }, () => this.start(plan, entry));
  }

  submit(job: Job): Promise<readonly PieceResult[]> {
    if (this.dead) return Promise.reject(new Failed({ code: 'THREAD_DIED' }));
    const least = this.threads.reduce((a, b) => (b.waiting.length < a.waiting.length ? b : a));
    return new Promise((resolve, reject) => {
      least.waiting.push({ resolve, reject });
      least.worker.postMessage(job, [job.bytes.buffer]);
    });
  }

  async close(): Promise<void> {
    this.dead = true;
    await Promise.all(this.threads.map(({ worker }) => worker.terminate()));
  }

  private start(plan: Plan, entry: URL): Thread {
    // What a thread would print (a stack, out of memory) may quote the input.
    const worker = new Worker(entry, { workerData: plan, stdout: true, stderr: true });
    const thread: Thread = { worker, waiting: [] };
    worker.on('message', (results: readonly PieceResult[]) => thread.waiting.shift()?.resolve(results));
    for (const event of ['error', 'messageerror', 'exit']) worker.on(event, () => this.die());
    return thread;
  }

  private die(): void {
    if (this.dead) return;
    this.dead = true;
    for (const { waiting } of this.threads) {
      for (const { reject } of waiting.splice(0)) reject(new Failed({ code: 'THREAD_DIED' }));
    }
  }
}
