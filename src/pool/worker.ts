/** A worker thread: one pack in, its verdicts out. Everything it needs came with its start; it answers for exactly what it was asked. */
import type { DirectoryImage } from '../directory/image.js';
import { adoptLexicon } from '../engine/vocabulary.js';
import type { Judge } from '../judge.js';
import type { Plan } from '../policy/plan.js';
import { Attached } from './attached.js';
import { count, observe } from './counters.js';
import { Judges } from './judges.js';
import { termsOf } from './pool.js';
import { ProgressWriter } from './progress.js';
import { readPlan } from './shared-plan.js';
import { packVerdicts, unpackTasks } from './wire.js';

export interface WorkerSetting {
  readonly plan: Plan;
  readonly lexicon: SharedArrayBuffer;
  readonly progress: SharedArrayBuffer;
  readonly counters: SharedArrayBuffer;
}

export interface Job {
  readonly frame: ArrayBuffer;
  readonly slot: number;
  /** Of shared-plan.ts. */
  readonly plan: SharedArrayBuffer;
  /** Handles of shared memory: it costs little to send them with every pack, and a thread that is new has them too. */
  readonly directory?: DirectoryImage;
  /** Nobody waits for the answer. */
  readonly uncounted: boolean;
}

/** A worker around judges; they are made when the lexicon is there, the first one before there is anything to judge. */
export function workerOf(
  { plan: first, lexicon, progress, counters }: WorkerSetting,
  makeJudge: (plan: Plan) => Judge,
  engineOf: () => string,
): (job: Job) => ArrayBuffer {
  adoptLexicon(lexicon);
  const judges = new Judges(makeJudge);
  judges.of(first.digest.slice(0, 16), () => first);
  const engine = engineOf();
  const shared = new BigInt64Array(counters);
  const directories = new Attached();
  return ({ frame, slot, plan, directory: image, uncounted }) => {
    const begun = performance.now();
    const { batch, now, tasks, hashes, plan: asked } = unpackTasks(frame);
    const writer = new ProgressWriter(progress, slot);
    writer.begin(batch);
    const { judge, digest } = judges.of(asked, () => readPlan(plan));
    const unpacked = performance.now();
    const directory = directories.of(image);
    const verdicts = tasks.map((task, i) => {
      writer.at(i);
      return judge.judge(task, now, directory);
    });
    const judged = performance.now();
    // What this thread judges by, not what it was asked for: the difference is what the other side looks for.
    const answer = packVerdicts(termsOf(batch, digest, engine, image), hashes, verdicts);
    if (uncounted) return answer;
    count(shared, 'records', tasks.length);
    count(shared, 'bytes', frame.byteLength || answer.byteLength);
    observe(shared, 'unpack', unpacked - begun);
    observe(shared, 'judge', judged - unpacked);
    observe(shared, 'pack', performance.now() - judged);
    return answer;
  };
}
