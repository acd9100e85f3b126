/**
 * A worker that misbehaves where a message tells it to, for tests of the pool: it dies, hangs, runs out of memory, answers
 * for another message, another plan, only in part or what cannot be an answer. Everything else it judges as the real one does.
 */
import { workerData } from 'node:worker_threads';
import { move } from 'piscina';
import { engineDigest } from '../../src/engine/digest.js';
import { createJudge, type Judge } from '../../src/judge.js';
import type { Task } from '../../src/message.js';
import type { Plan } from '../../src/policy/plan.js';
import { termsOf } from '../../src/pool/pool.js';
import { packVerdicts, unpackTasks } from '../../src/pool/wire.js';
import { type Job, type WorkerSetting, workerOf } from '../../src/pool/worker.js';
import { FAULTS, type Fault, faultIn } from './faults.js';

/** Outside of any heap: until the process is over its memory, and not until the machine is. */
const EXTERNAL_BYTES = 32 * 1024 * 1024;
const EXTERNAL_MAX = 40;

const setting = workerData as WorkerSetting;
const misjudge = (plan: Plan): Judge => {
  const real = createJudge(plan);
  const judge = (task: Task, now: number) => {
    const fault = faultIn(task);
    if (fault === 'exit') process.exit(3);
    if (fault === 'throw') throw new Error(`threw over ${task.value}`);
    if (fault === 'loop') for (;;);
    if (fault === 'heap')
      for (const list: unknown[] = []; ; ) list.push(Array.from({ length: 1e4 }, (_, i) => ({ i })));
    if (fault === 'external')
      for (const list: Buffer[] = []; ; ) if (list.length < EXTERNAL_MAX) list.push(Buffer.alloc(EXTERNAL_BYTES, 1));
    if (fault === 'floating') void Promise.reject(new Error(`floating over ${task.value}`));
    return real.judge(task, now);
  };
  return { judge };
};
const work = workerOf(setting, misjudge, engineDigest);

function lie(job: Job, fault: Fault): unknown {
  const { batch, tasks, hashes } = unpackTasks(job.frame);
  const judge = createJudge(setting.plan);
  const verdicts = tasks.map((task) => judge.judge(task, Date.now()));
  const other = '0123456789abcdef';
  const terms = termsOf(batch, setting.plan.digest, engineDigest(), undefined);
  switch (fault) {
    case 'wrong-batch':
      return packVerdicts({ ...terms, batch: batch + 1 }, hashes, verdicts);
    case 'wrong-plan':
      return packVerdicts({ ...terms, plan: other }, hashes, verdicts);
    case 'wrong-engine':
      return packVerdicts({ ...terms, engine: other }, hashes, verdicts);
    case 'wrong-directory':
      return packVerdicts({ ...terms, directory: other }, hashes, verdicts);
    case 'wrong-hash':
      return packVerdicts(
        terms,
        hashes.map((hash) => hash ^ 1),
        verdicts,
      );
    case 'short':
      return packVerdicts(terms, hashes.subarray(2), verdicts.slice(1));
    case 'cut':
      return packVerdicts(terms, hashes, verdicts).slice(0, -4);
    case 'flipped': {
      const frame = packVerdicts(terms, hashes, verdicts);
      const words = new Uint32Array(frame);
      words[words.length - 1] ^= 0x100;
      return frame;
    }
    case 'bad-facts':
      return packVerdicts(
        terms,
        hashes,
        verdicts.map((verdict, i) => ({ ...verdict, facts: `"}} ${tasks[i].value}` })),
      );
    case 'wrong-outcome':
      return packVerdicts(
        terms,
        hashes,
        tasks.map(({ surface }) => {
          const facts = JSON.stringify({ tenant: setting.plan.tenant, surface });
          return { outcome: 'tombstone', reason: 'none', facts };
        }),
      );
    default:
      return undefined;
  }
}

export default (job: Job): unknown => {
  const { tasks } = unpackTasks(job.frame);
  const fault = tasks
    .map(faultIn)
    .find((one) => one !== undefined && FAULTS.indexOf(one) >= FAULTS.indexOf('wrong-batch'));
  if (fault === undefined) return move(work(job));
  return lie(job, fault);
};
