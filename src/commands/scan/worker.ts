/** A thread of `sluice scan --threads N`: one job in, its results out. An error that gets this far ends the thread. */
import { parentPort, workerData } from 'node:worker_threads';
import type { Job } from './job.js';
import type { Plan } from './options.js';
import { createWork } from './work.js';

const work = createWork(workerData as Plan);
parentPort?.on('message', (job: Job) => parentPort?.postMessage(work(job)));
