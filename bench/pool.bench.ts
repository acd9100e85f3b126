/** What batches are worth: the pool with packs and with one message a task, with an echo and with the real judge; and piscina's settings. */
import { randomBytes } from 'node:crypto';
import type { Task } from '../src/message.js';
import { builtInPlan } from '../src/policy/plan.js';
import type { Shape } from '../src/pool/packs.js';
import { ThreadPool } from '../src/pool/threads.js';
import { type Bench, median, print } from './harness.js';
import { cleanNotes } from './workload.js';

const SEED = 21;
const MESSAGE_BYTES = 2048;
const MESSAGES = 1_000;
const ROUNDS = 5;
const ECHO_MESSAGES = 4_000;
const DEADLINE_MS = 30_000;

const BATCHED: Shape = { recordsPerPack: 512, packsPerThread: 2, atomics: 'disabled' };
const SINGLE: Shape = { ...BATCHED, recordsPerPack: 1 };
const SHAPES: Readonly<Record<string, Shape>> = {
  'two packs, no atomics': BATCHED,
  'two packs, atomics sync': { ...BATCHED, atomics: 'sync' },
  'one pack, no atomics': { ...BATCHED, packsPerThread: 1 },
  'one pack, atomics sync': { ...BATCHED, packsPerThread: 1, atomics: 'sync' },
  'four packs, no atomics': { ...BATCHED, packsPerThread: 4 },
};

export const pool: Bench = {
  name: 'pool',
  about: `records/s of 2 KiB through one worker thread, median of ${ROUNDS} interleaved rounds`,
  async run() {
    const tasks = messages(MESSAGES);
    const echo = new URL('./echo-worker.js', import.meta.url);
    const many = Array.from({ length: ECHO_MESSAGES }, (_, i) => tasks[i % tasks.length]);
    const [echoBatched, echoSingle] = await rates([BATCHED, SINGLE], many, echo);
    const [batched, single] = await rates([BATCHED, SINGLE], tasks);
    print('echo, batches', echoBatched, 'records/s');
    print('echo, one a task', echoSingle, 'records/s', `${(echoBatched / echoSingle).toFixed(1)}x`);
    print('judge, batches', batched, 'records/s');
    print('judge, one a task', single, 'records/s', `${(batched / single).toFixed(2)}x`);
    const shaped = await rates(Object.values(SHAPES), many, echo);
    Object.keys(SHAPES).forEach((name, i) => {
      print(name, shaped[i], 'records/s');
    });
    const death = await workerDeath(tasks);
    print('worker death to next verdict', death, 'ms');
    return {
      pool_worker_death_ms: death,
      pool_echo_batched_over_single: echoBatched / echoSingle,
      pool_judge_batched_over_single: batched / single,
      pool_echo_records_per_s: echoBatched,
      pool_judge_records_per_s: batched,
    };
  },
};

function messages(count: number): Task[] {
  const notes = cleanNotes(SEED, 2 * count * MESSAGE_BYTES).map((note) => note.slice(0, MESSAGE_BYTES));
  return Array.from({ length: count }, (_, i) => {
    const content = notes[i % notes.length];
    const value = JSON.stringify({
      id: `m-${i}`,
      tenant: 'north',
      agent: 'scribe',
      session: `chat-${i % 50}`,
      content,
    });
    return { surface: 'prompt', key: Buffer.from(`chat-${i % 50}`), value: Buffer.from(value), headers: [] };
  });
}

/** All pools stand ready; each round asks each of them once. */
async function rates(shapes: readonly Shape[], tasks: readonly Task[], entry?: URL): Promise<number[]> {
  const plan = builtInPlan({ messageBytesMax: 1 << 20, tenant: 'default', referenceKey: randomBytes(32) });
  const pools = shapes.map(
    (shape) => new ThreadPool({ plan, threads: 1, deadlineMs: DEADLINE_MS, shape, ...(entry && { entry }) }),
  );
  try {
    for (const one of pools) await one.judge(tasks, Date.now());
    const rounds: number[][] = pools.map(() => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, one] of pools.entries()) {
        const begun = performance.now();
        const verdicts = await one.judge(tasks, Date.now());
        if (verdicts.some(({ outcome }) => outcome === 'could-not-scan')) throw new Error('a message was not judged');
        rounds[i].push((tasks.length / (performance.now() - begun)) * 1000);
      }
    }
    return rounds.map(median);
  } finally {
    for (const one of pools) await one.close();
  }
}

/** From the death of the only thread to the verdict on the message behind, which another thread has to give. */
async function workerDeath(tasks: readonly Task[]): Promise<number> {
  const plan = builtInPlan({ messageBytesMax: 1 << 20, tenant: 'default', referenceKey: randomBytes(32) });
  const entry = new URL('../test/kit/bad-worker.js', import.meta.url);
  const one = new ThreadPool({ plan, threads: 1, deadlineMs: DEADLINE_MS, entry });
  try {
    await one.judge(tasks.slice(0, 10), Date.now());
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const restarts = one.status().restarts;
      const poison: Task = { ...tasks[0], value: Buffer.from('fault:exit;') };
      const poisoned = one.judge([poison], Date.now());
      while (one.status().restarts === restarts) await new Promise((resolve) => setTimeout(resolve, 1));
      const begun = performance.now();
      await one.judge(tasks.slice(0, 1), Date.now());
      times.push(performance.now() - begun);
      await poisoned;
    }
    return median(times);
  } finally {
    await one.close();
  }
}
