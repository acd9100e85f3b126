/** A worker that judges nothing, so that what is left is the way there and back. */
import { workerData } from 'node:worker_threads';
import { move } from 'piscina';
import { engineDigest } from '../src/engine/digest.js';
import { type Job, type WorkerSetting, workerOf } from '../src/pool/worker.js';
import type { Verdict } from '../src/verdict.js';

const CLEAN: Verdict = { outcome: 'clean', reason: 'none', facts: '{"tenant":"default","surface":"prompt"}' };

const work = workerOf(workerData as WorkerSetting, () => ({ judge: () => CLEAN }), engineDigest);

export default (job: Job): ArrayBuffer => move(work(job)) as ArrayBuffer;
