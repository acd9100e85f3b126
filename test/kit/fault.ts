/**
 * What every fault test is: two thousand records on three nodes through a gate, something that goes wrong on the way,
 * and one judge over what went in and what readers of committed records see.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before } from 'node:test';
import { inspect, isDeepStrictEqual } from 'node:util';
import { type GateProcess, GateWorld, type GateWorldOptions } from './gate-process.js';
import { CLEAN } from './history.js';
import { KafkaCluster } from './kafka-cluster.js';
import type { ReadRecord } from './kafka-io.js';
import { findJavaKafka } from './kafka-jars.js';
import { API, type Direction, type Frame, type KafkaProxy, type Rule } from './kafka-proxy.js';
import { knowing } from './knowing.js';

export const RECORDS = Number(process.env['SLUICE_TEST_RECORDS'] ?? 2000);

export interface Scene {
  readonly cluster: KafkaCluster;
  readonly world: GateWorld;
  readonly gate: GateProcess;
}

/** Three nodes for the tests of one file. */
export function faultCluster(): (options: FaultOptions, work: (scene: Scene) => Promise<void>) => Promise<void> {
  let cluster: KafkaCluster;
  before(async () => {
    const kafka = findJavaKafka();
    // Faults are done to nodes of our own: no broker from elsewhere will do.
    if ('missing' in kafka) throw new Error(`The fault tests need ${kafka.missing}.`);
    cluster = await KafkaCluster.start({ kafka, nodes: 3 });
  });
  after(() => cluster?.stop());
  return (options, work) => runFault(cluster, options, work);
}

export interface FaultOptions {
  readonly records?: number;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The gate has to live through it, without anybody starting it again. */
  readonly staysUp?: boolean;
  /** It has a policy that demands a roster, and learns from a third input; `SLUICE_TEST_ROSTER=1`: in every fault. */
  readonly knows?: boolean;
}

/** A coordinator marks a partition whose leader was killed when it has another one: on a busy machine that takes long. */
const MARKED_MS_MAX = 60_000;
const WHOLE = { outcomes: CLEAN, audits: CLEAN };
const ALWAYS_KNOWS = process.env['SLUICE_TEST_ROSTER'] === '1';

async function runFault(
  cluster: KafkaCluster,
  { records = RECORDS, settings: said, staysUp = false, knows = ALWAYS_KNOWS }: FaultOptions,
  work: (scene: Scene) => Promise<void>,
): Promise<void> {
  const known = knows ? knowing() : undefined;
  const settings = { ...said, ...known?.settings };
  const inputs: GateWorldOptions['inputs'] = knows
    ? { [`k${randomBytes(4).toString('hex')}.results`]: 'tool_result' }
    : {};
  const at = { brokers: cluster.brokers, gateBrokers: cluster.proxied, partitions: 3, replicas: 3, settings, inputs };
  await GateWorld.with(at, async (world) => {
    try {
      await world.produce(records);
      const gate = world.start();
      const ended = gate.exited.then(() => Promise.reject(new Error(`the gate ended:\n${gate.words.slice(-3000)}`)));
      ended.catch(() => {});
      const settled = work({ cluster, world, gate }).then(() => world.settled());
      await (staysUp ? Promise.race([settled, ended]) : settled);
      const outputs = await readAll(world);
      if (!isDeepStrictEqual(world.judge(outputs), WHOLE)) assert.fail(await accountOf(world, outputs, gate));
      assert.equal(world.leaksInFiles(), false, 'a canary stands in a file');
      const learned = outputs.filter(({ topic }) => topic === world.topics.learned);
      if (records >= world.inputTopics.length) assert.equal(learned.length > 0, knows, 'what was learned');
    } finally {
      known?.remove();
      for (const proxy of cluster.proxies) proxy.rule = undefined;
      await Promise.all(cluster.nodes.filter(({ running }) => !running).map((node) => node.start()));
    }
  });
}

/**
 * What has to be known of a fault that comes once in a hundred runs: where the copies of a record stand, whether who reads once
 * more sees the same, and what the gate said.
 */
async function accountOf(world: GateWorld, outputs: readonly ReadRecord[], gate: GateProcess): Promise<string> {
  const verdict = world.judge(outputs);
  const again = isDeepStrictEqual(world.judge(await world.readOutputs()), verdict);
  const [copied] = [...verdict.outcomes.duplicated, ...verdict.audits.duplicated];
  const copies = outputs
    .filter((record) => copied !== undefined && world.inputOf(record) === copied)
    .map(({ topic, partition, offset }) => `${topic}/${partition} at ${offset}`);
  return `${inspect(verdict, { depth: 3, maxArrayLength: 5 })}\n${copied}: ${copies.join(', ')}; read again: ${again ? 'the same' : 'something else'}\n${gate.words.slice(-6000)}`;
}

/** The offset of a transaction may be seen before its records: the broker marks each partition for itself. */
async function readAll(world: GateWorld): Promise<ReadRecord[]> {
  for (const deadline = Date.now() + MARKED_MS_MAX; ; ) {
    const outputs = await world.readOutputs();
    const { outcomes, audits } = world.judge(outputs);
    if (outcomes.lost.length + audits.lost.length === 0 || Date.now() > deadline) return outputs;
  }
}

/**
 * Frames of one kind within a transaction that holds records. Without this a fault would hit the first commits of a
 * group, which hold an offset and nothing else.
 */
export function withRecords(api: number, direction: Direction): (frame: Frame) => boolean {
  const holding = new Set<string | undefined>();
  return (frame) => {
    const { transactionalId } = frame;
    if (frame.api === API.addPartitionsToTxn && frame.direction === 'request') holding.add(transactionalId);
    const fits = frame.api === api && frame.direction === direction && holding.has(transactionalId);
    if (frame.api === API.endTxn && frame.direction === 'response') holding.delete(transactionalId);
    return fits;
  };
}

export interface Caught {
  readonly node: number;
  readonly frame: Frame;
}

/**
 * Waits for the n-th frame that fits, and holds it until `act` has settled; what `act` answers is the frame's fate.
 * One frame of all proxies, once.
 */
export function catchFrame(
  proxies: readonly KafkaProxy[],
  fits: (frame: Frame) => boolean,
  act: (caught: Caught) => ReturnType<Rule>,
  times = 1,
): Promise<void> {
  let left = times;
  return new Promise((resolve, reject) => {
    for (const [node, proxy] of proxies.entries()) {
      proxy.rule = async (frame) => {
        if (!fits(frame) || left === 0) return 'pass';
        left -= 1;
        if (left > 0) return 'pass';
        try {
          const fate = await act({ node, frame });
          resolve();
          return fate;
        } catch (error) {
          reject(error);
          return 'cut';
        }
      };
    }
  });
}
