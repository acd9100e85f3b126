/** The pool without threads: judges here and now, in slices, so that the event loop breathes in between. For tests and small loads. */
import { engineDigest } from '../engine/digest.js';
import type { Plan } from '../policy/plan.js';
import type { Verdict } from '../verdict.js';
import { Attached } from './attached.js';
import { Judges } from './judges.js';
import type { DirectorySource, Pool } from './pool.js';

const SLICE_MS = 10;

export function inlinePool(plan: Plan, source: DirectorySource = () => undefined): Pool {
  const judges = new Judges();
  judges.of(plan.digest, () => plan);
  const directories = new Attached();
  let running = 0;
  return {
    engine: engineDigest(),
    async judge(tasks, now, by = plan) {
      const { judge } = judges.of(by.digest, () => by);
      running++;
      const verdicts: Verdict[] = [];
      const directory = directories.of(source());
      let since = performance.now();
      for (const task of tasks) {
        verdicts.push(judge.judge(task, now, directory));
        if (performance.now() - since < SLICE_MS) continue;
        await new Promise(setImmediate);
        since = performance.now();
      }
      running--;
      return verdicts;
    },
    warm: async () => {},
    status: () => ({ threads: 0, queued: 0, running, restarts: 0, retries: 0 }),
    recycle: () => 0,
    close: async () => {},
  };
}
