/** Gates that are killed, frozen, and come and go: nothing lost, nothing twice, order kept, nothing in clear. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { catchFrame, faultCluster, withRecords } from '../kit/fault.js';
import { messageOf } from '../kit/gate-process.js';
import { API, type Direction } from '../kit/kafka-proxy.js';

const fault = faultCluster();

/** The shortest that brokers allow. */
const SESSION_MS = 6_000;
const settings = { sessionMs: SESSION_MS };

/** In the order of a lane's life; the last four within a transaction. */
const STEPS = [
  ['takes a lane', API.initProducerId],
  ['reads its committed offset', API.offsetFetch],
  ['fetches', API.fetch],
  ['adds partitions to the transaction', API.addPartitionsToTxn],
  ['sends records', API.produce],
  ['adds offsets to the transaction', API.addOffsetsToTxn],
  ['sends offsets', API.txnOffsetCommit],
  ['commits', API.endTxn],
] as const;

const INSIDE = new Set<number>([API.produce, API.addOffsetsToTxn, API.txnOffsetCommit, API.endTxn]);

for (const [step, api] of STEPS) {
  for (const direction of ['request', 'response'] satisfies Direction[]) {
    test(`the gate is killed when it ${step}: ${direction === 'request' ? 'before' : 'after'}`, () =>
      fault({ settings, ...(api === API.endTxn && { knows: true }) }, async ({ cluster, world, gate }) => {
        await catchFrame(
          cluster.proxies,
          INSIDE.has(api) ? withRecords(api, direction) : (frame) => frame.api === api && frame.direction === direction,
          async () => {
            await gate.kill();
            return direction === 'request' ? 'cut' : ('pass' as const);
          },
          2,
        );
        world.start();
      }));
  }
}

test('a zombie: frozen past its session, thawed when others have its work', () =>
  fault({ settings }, async ({ cluster, world, gate }) => {
    await catchFrame(
      cluster.proxies,
      withRecords(API.endTxn, 'request'),
      () => {
        gate.signal('SIGSTOP');
        return 'pass' as const;
      },
      2,
    );
    const second = world.start();
    await pause(SESSION_MS + 2_000);
    await second.says(/"event":"assigned"/);
    await world.produce(500);
    gate.signal('SIGCONT');
    await pause(2_000);
    await world.produce(500);
    await world.settled();
    // Both live: the zombie has found out, and has taken its share again or been started anew by whoever watches it.
    assert.ok(second.running, second.words);
  }));

test('a zombie beside a topic that nobody writes to: what it held it serves again', () =>
  fault({ settings, records: 2, staysUp: true }, async ({ cluster, world, gate }) => {
    const add = (count: number): Promise<void> => {
      const records = Array.from({ length: count }, (_, i) => ({ partition: i % 3, key: 's', value: messageOf(i) }));
      return world.add(world.inputTopics[0] as string, records);
    };
    await gate.says(/"event":"assigned"/);
    const frozen = catchFrame(
      cluster.proxies,
      withRecords(API.endTxn, 'request'),
      () => {
        gate.signal('SIGSTOP');
        return 'cut' as const;
      },
      2,
    );
    for (let i = 0; i < 4; i++) await Promise.all([add(60), pause(200)]);
    await frozen;
    const second = world.start();
    await second.says(/"event":"assigned"/);
    await add(60);
    await world.settled();
    gate.signal('SIGCONT');
    await pause(SESSION_MS + 4_000);
    // Alone, the first has to do all of it, or nobody does.
    await second.stop();
    await add(60);
  }));

test('members join and leave every two seconds', () =>
  fault({ settings, knows: true }, async ({ world, gate }) => {
    let last = gate;
    for (let i = 0; i < 6; i++) {
      const next = world.start();
      await Promise.all([pause(2_000), world.produce(200)]);
      if (i % 3 === 2) await last.kill();
      else last.signal('SIGTERM');
      last = next;
    }
  }));

test('SIGTERM ends it with what is in hand settled; a second one ends it at once', () =>
  fault({ settings }, async ({ world, gate }) => {
    await gate.says(/"event":"assigned"/);
    const { code } = await gate.stop();
    assert.equal(code, 0, gate.words);
    const second = world.start();
    await second.says(/"event":"assigned"/);
    second.signal('SIGTERM');
    second.signal('SIGTERM');
    const begun = Date.now();
    await second.exited;
    assert.ok(Date.now() - begun < 3_000);
    world.start();
  }));
