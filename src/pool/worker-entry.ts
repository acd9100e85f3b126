/** What piscina loads in each thread. */
import { workerData } from 'node:worker_threads';
import { move } from 'piscina';
import { engineDigest } from '../engine/digest.js';
import { createJudge } from '../judge.js';
import { type Job, type WorkerSetting, workerOf } from './worker.js';

const work = workerOf(workerData as WorkerSetting, createJudge, engineDigest);

export default (job: Job): ArrayBuffer => move(work(job)) as ArrayBuffer;
