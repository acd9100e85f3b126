/** The pool of threads: whatever a worker does, every message gets one verdict, in order, and neighbours get their own. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createJudge } from '../../src/judge.js';
import type { Task } from '../../src/message.js';
import { ThreadPool } from '../../src/pool/threads.js';
import type { Reason } from '../../src/verdict.js';
import { FAULTS, type Fault } from '../kit/faults.js';
import { envelope, PLAN, task } from '../kit/tasks.js';

const DEADLINE_MS = 1000;
const NOW = Date.UTC(2026, 0, 15);
const entry = new URL('../kit/bad-worker.js', import.meta.url);

/** Of a thread that fills its heap, memory or time runs out first: that depends on the machine. */
const REASON: { readonly [F in Fault]: Reason | undefined } = {
  exit: 'worker-died',
  throw: 'worker-died',
  loop: 'deadline',
  heap: undefined,
  external: 'deadline',
  floating: 'worker-died',
  'wrong-batch': 'worker-refused',
  'wrong-plan': 'worker-refused',
  'wrong-engine': 'worker-refused',
  'wrong-directory': 'worker-refused',
  'wrong-hash': 'worker-refused',
  short: 'worker-refused',
  cut: 'worker-refused',
  flipped: 'worker-refused',
  nothing: 'worker-refused',
  'bad-facts': 'worker-refused',
  'wrong-outcome': 'worker-refused',
};

const failures: { reason: Reason; records: number }[] = [];
const pool = new ThreadPool({
  plan: PLAN,
  threads: 2,
  deadlineMs: DEADLINE_MS,
  heapMbMax: 64,
  entry,
  events: { packQueued: () => {}, packFailed: (reason, records) => void failures.push({ reason, records }) },
});
after(() => pool.close());

function batch(count: number, fault?: Fault, at = 0): Task[] {
  return Array.from({ length: count }, (_, i) =>
    task(envelope(fault !== undefined && i === at ? `fault:${fault};` : `note ${i}: MRN 0048${2900 + i}, seen today`)),
  );
}

test('warming up judges, counts nothing, and ends when it is told to', async () => {
  const before = pool.counts().counters;
  const begun = performance.now();
  await pool.warm(batch(10), 200, new AbortController().signal);
  assert.ok(performance.now() - begun >= 200);
  assert.deepEqual(pool.counts().counters, before);
  assert.equal(pool.status().running, 0);
  await pool.warm(batch(10), 60_000, AbortSignal.abort());
  const verdicts = await pool.judge(batch(3), NOW);
  assert.deepEqual(
    verdicts.map(({ outcome }) => outcome),
    ['redacted', 'redacted', 'redacted'],
  );
  assert.equal(pool.counts().counters.records, before.records + 3);
});

test('threads give the verdicts that the judge gives here', async () => {
  const judge = createJudge(PLAN);
  const tasks = [...batch(700), task(null), task('{"content":1,"content":2}'), task(Buffer.from([0xff, 0xfe]))];
  const verdicts = await pool.judge(tasks, NOW);
  assert.deepEqual(
    verdicts.map((verdict) => ({ ...verdict, value: verdict.value?.toString() })),
    tasks.map((one) => {
      const verdict = judge.judge(one, NOW);
      return { ...verdict, value: verdict.value?.toString() };
    }),
  );
});

test('threads count what they do, and how long each stage of a pack takes', async () => {
  const before = pool.counts();
  await pool.judge(batch(700), NOW);
  const { counters, stages } = pool.counts();
  assert.equal(counters.records - before.counters.records, 700);
  for (const [stage, { count, sum }] of stages) {
    assert.equal(count - (before.stages.get(stage)?.count ?? 0), 2, `${stage} of two packs`);
    assert.ok(stage !== 'judge' || sum > (before.stages.get(stage)?.sum ?? 0));
  }
});

for (const fault of FAULTS) {
  test(`a worker that goes wrong (${fault}): one message is given up, its neighbours are not`, async () => {
    failures.length = 0;
    const judge = createJudge(PLAN);
    const count = 40;
    const at = 23;
    const tasks = batch(count, fault, at);
    const verdicts = await pool.judge(tasks, NOW);
    assert.equal(verdicts.length, count);
    const given = verdicts.map(({ outcome }, i) => (outcome === 'could-not-scan' ? i : -1)).filter((i) => i >= 0);
    // A rejection that floats is noticed after the thread has answered: whether it is too late depends on the moment.
    assert.deepEqual(fault === 'floating' ? given.filter((i) => i !== at) : given, fault === 'floating' ? [] : [at]);
    if (fault !== 'floating' && fault !== 'heap') assert.equal(verdicts[at].reason, REASON[fault]);
    verdicts.forEach((verdict, i) => {
      if (i !== at) assert.equal(verdict.value?.toString(), judge.judge(tasks[i], NOW).value?.toString());
    });
    if (fault !== 'floating') {
      assert.equal(failures.filter(({ records }) => records === 1).length, 2, 'alone, once more, and no oftener');
    }
  });
}

test('after all that the pool works as before, and within a second', async () => {
  const begun = performance.now();
  const verdicts = await pool.judge(batch(10), NOW);
  assert.ok(verdicts.every(({ outcome }) => outcome === 'redacted'));
  assert.ok(performance.now() - begun < 1000);
});
