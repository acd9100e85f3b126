/**
 * One seed of a cluster that goes wrong, through the real pipeline, and the check of what came of it. Run as a program,
 * `node simulate.js FROM TO`, it takes all seeds between, without the test runner, whose hooks would take half of the time.
 */
import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { AuditEntry } from '../../src/audit/entry.js';
import type { Incident } from '../../src/pipeline/incident.js';
import { Pipeline } from '../../src/pipeline/pipeline.js';
import type { InRecord } from '../../src/pipeline/port.js';
import { Quarantine } from '../../src/pipeline/quarantine.js';
import type { SessionState } from '../../src/pipeline/state.js';
import { outcomeTopic, TOPICS, type Topics } from '../../src/pipeline/topics.js';
import type { Pool } from '../../src/pool/pool.js';
import { events } from '../../src/telemetry/events.js';
import { couldNotScan, type Verdict } from '../../src/verdict.js';
import { type Random, randomOf, Scheduler } from './schedule.js';
import { type Chances, endOf, SimulatedCluster } from './simulation.js';
import { CANARY, KEY, PLAN } from './tasks.js';

const STEPS_MAX = 20_000;
const SESSIONS = 4;
const RECORDS_MAX = 30;
/** On a topic that nobody writes to, a lane waits for ever beside one that is busy. */
const IDLE = ['agent.outputs', undefined];
const topics: Topics = { ...TOPICS, inputs: { 'agent.prompts': 'prompt', 'agent.outputs': 'output' } };

export async function simulate(seed: number, spoil?: (cluster: SimulatedCluster) => void): Promise<void> {
  const random = randomOf(seed);
  const scheduler = new Scheduler(random);
  const chances = chancesOf(random);
  const partitions = 1 + Math.floor(random() * 3);
  const idle = IDLE[Math.floor(random() * IDLE.length)];
  const cluster = new SimulatedCluster(scheduler, random, chances, Object.keys(topics.inputs), partitions, (topic) =>
    topic === idle ? [] : records(random),
  );
  const stops: AbortController[] = [];
  const failures: unknown[] = [];
  const join = (): void => {
    const pipeline = new Pipeline({
      plan: PLAN,
      topics,
      pool: pretendPool(scheduler, random),
      quarantine: new Quarantine(KEY),
      events: events(),
      clock: () => scheduler.now,
      sleep: (_, signal) => scheduler.pause(signal),
      recordBytesMax: 100_000,
      quarantineShareMax: 0.9,
    });
    const stop = new AbortController();
    stops.push(stop);
    cluster
      .join()
      .run({ own: pipeline.own, stop: stop.signal })
      .catch((error: unknown) => failures.push(error));
  };
  join();
  cluster.rebalance();
  while (!cluster.done) {
    assert.ok(scheduler.steps < STEPS_MAX, 'no end');
    if (failures.length > 0) throw failures[0];
    if (cluster.happens(chances.churn)) churn(cluster, join, stops);
    if (!cluster.members.some(({ live }) => live)) {
      join();
      cluster.rebalance();
    }
    if (!(await scheduler.step())) {
      // Everyone waits for a slot that a dead member holds: the group notices. Nobody saves a living member that stalls.
      assert.ok(cluster.orphaned, 'a slot stands still');
      cluster.rebalance();
      assert.ok(await scheduler.step(), 'everyone waits');
    }
  }
  for (const stop of stops) stop.abort();
  for (let i = 0; i < 100 && (await scheduler.step()); i++);
  if (failures.length > 0) throw failures[0];
  spoil?.(cluster);
  check(cluster, partitions);
}

function churn(cluster: SimulatedCluster, join: () => void, stops: readonly AbortController[]): void {
  const what = Math.floor(cluster.random() * 4);
  const live = cluster.members.filter((member) => member.live);
  const one = live[Math.floor(cluster.random() * live.length)];
  if (what === 0 && live.length < 4) join();
  if (what === 1) one?.crash();
  if (what === 2 && one !== undefined) stops[cluster.members.indexOf(one)].abort();
  cluster.rebalance();
}

/** Some seeds are calm, some are not; a member that always dies would never get anywhere. */
function chancesOf(random: Random): Chances {
  const up = (most: number): number => (random() < 0.3 ? 0 : random() * most);
  return { refuse: up(0.3), crashBefore: up(0.1), crashAfter: up(0.1), steal: up(1), churn: up(0.05), keep: up(1) };
}

/** Offsets have gaps, as aborted transactions leave them. */
function records(random: Random): InRecord[] {
  const list: InRecord[] = [];
  let offset = 0;
  for (let i = Math.floor(random() * RECORDS_MAX); i > 0; i--) {
    if (random() < 0.1) offset += 1 + Math.floor(random() * 3);
    const kind = ['clean', 'clean', 'redact', 'fail', 'tombstone'][Math.floor(random() * 5)];
    const session = `chat-${Math.floor(random() * SESSIONS)}`;
    const value = kind === 'tombstone' ? null : Buffer.from(`${kind} ${session} ${CANARY}`);
    list.push({ offset, timestamp: 0, key: Buffer.from(session), value, headers: [] });
    offset++;
  }
  return list;
}

/** Judges by the first word, and now and then not at all. */
function pretendPool(scheduler: Scheduler, random: Random): Pool {
  return {
    engine: 'e'.repeat(64),
    async judge(tasks) {
      await scheduler.pause();
      const broken = random() < 0.05;
      return tasks.map(({ value, surface, key }): Verdict => {
        const session = key!.toString();
        const facts = { tenant: 'north', session, surface };
        if (value === null) return { outcome: 'tombstone', reason: 'none', facts: JSON.stringify(facts) };
        const kind = value.toString().split(' ')[0];
        if (broken || kind === 'fail') return couldNotScan('worker-died', facts);
        const text = JSON.stringify({ ...facts, findings: { mrn: 1 }, rules: ['strong-identifier'] });
        // What passes as clean must not hold the canary, or the checker's search for it would find that.
        return {
          outcome: 'redacted',
          reason: 'none',
          value: Buffer.from(`${kind} [MRN-1]`),
          facts: kind === 'clean' ? JSON.stringify(facts) : text,
        };
      });
    },
    warm: async () => {},
    status: () => ({ threads: 0, queued: 0, running: 0, restarts: 0, retries: 0 }),
    recycle: () => 0,
    close: async () => {},
  };
}

function check(cluster: SimulatedCluster, partitions: number): void {
  for (const [name, list] of cluster.outputs) {
    for (const { key, value, headers } of list) {
      const all = Buffer.concat([key, value, ...headers.map(([, one]) => one)].map((one) => one ?? Buffer.alloc(0)));
      assert.ok(!all.includes(CANARY), `an identifier in clear on ${name}`);
    }
  }
  for (let p = 0; p < partitions; p++) checkPartition(cluster, p);
}

function checkPartition(cluster: SimulatedCluster, p: number): void {
  const read = <T>(topic: string): T[] =>
    (cluster.outputs.get(`${topic}/${p}`) ?? []).map(({ value }) => JSON.parse(value!.toString()) as T);
  const audit = read<AuditEntry>(topics.audit);
  const incidents = read<Incident>(topics.incidents).map(({ metadata }) => metadata.uid);
  const sessions = new Map<string, { redacted: number; withheld: number; incidents: number }>();
  const raised: string[] = [];
  for (const topic of Object.keys(topics.inputs)) {
    const { records: expected } = cluster.inputs.get(`${topic}/${p}`)!;
    const outcomes = cluster.outputs.get(`${outcomeTopic(topics, topic)}/${p}`) ?? [];
    const sources = outcomes.map(({ headers }) => headers.find(([name]) => name === 'sluice-source')?.[1]?.toString());
    const names = expected.map(({ offset }) => `${topic}/${p}/${offset}`);
    assert.deepEqual(sources, names, `outcomes of ${topic}/${p}`);
    const entries = audit.filter(({ source }) => source.topic === topic);
    assert.deepEqual(
      entries.map(({ id }) => id),
      names,
      `audit of ${topic}/${p}`,
    );
    entries.forEach(({ previous, outcome, facts, incidents: ids = [] }, i) => {
      assert.equal(previous, i === 0 ? -1 : expected[i - 1].offset, 'the chain of offsets');
      const action = outcomes[i].headers.find(([name]) => name === 'sluice-action')?.[1]?.toString();
      assert.equal(action, outcome);
      raised.push(...ids);
      if (outcome === 'tombstone') {
        assert.equal(outcomes[i].value, null);
        return;
      }
      const { session } = facts as { session: string };
      const state = sessions.get(session) ?? { redacted: 0, withheld: 0, incidents: 0 };
      if (outcome === 'redacted') state.redacted++;
      else state.withheld++;
      state.incidents += ids.length;
      sessions.set(session, state);
    });
    assert.equal(cluster.inputs.get(`${topic}/${p}`)!.committed, endOf(expected));
  }
  assert.deepEqual(incidents.sort(), raised.sort(), 'incidents');
  const quarantined = (cluster.outputs.get(`${topics.quarantine}/${p}`) ?? []).length;
  assert.equal(quarantined, audit.filter(({ quarantined }) => quarantined === true).length, 'quarantine');
  const stored = [...cluster.state(topics.state, p).values()].map(
    (value) => JSON.parse(value.toString()) as SessionState,
  );
  assert.deepEqual(
    Object.fromEntries(
      stored.map(({ session, redacted, withheld, incidents }) => [session, { redacted, withheld, incidents }]),
    ),
    Object.fromEntries(sessions),
    'state',
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [from, to] = process.argv.slice(2).map(Number);
  for (let seed = from; seed <= to; seed++) {
    try {
      await simulate(seed);
    } catch (error) {
      console.error(`seed ${seed}: ${(error as Error).stack}`);
      process.exit(1);
    }
  }
  console.log(`${to - from + 1} seeds`);
}
