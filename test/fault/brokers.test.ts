/** Brokers that die, restart and forget to answer: nothing lost, nothing twice, order kept, nothing in clear. */
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { catchFrame, faultCluster } from '../kit/fault.js';
import { API, type Direction } from '../kit/kafka-proxy.js';

const fault = faultCluster();

const STEPS = [
  ['sends records', API.produce],
  ['adds offsets to the transaction', API.addOffsetsToTxn],
  ['sends offsets', API.txnOffsetCommit],
  ['commits', API.endTxn],
] as const;

for (const [step, api] of STEPS) {
  for (const direction of ['request', 'response'] satisfies Direction[]) {
    test(`a broker is killed while the gate ${step}: its ${direction} is lost`, () =>
      fault({}, async ({ cluster }) => {
        let killed = -1;
        await catchFrame(
          cluster.proxies,
          (frame) => frame.api === api && frame.direction === direction,
          async ({ node }) => {
            killed = node;
            await cluster.nodes[node]?.kill();
            return 'cut' as const;
          },
          3,
        );
        await pause(3000);
        await cluster.nodes[killed]?.start();
      }));
  }
}

for (const [step, api] of STEPS) {
  test(`the connection breaks when the gate ${step}, before the response`, () =>
    fault({}, async ({ cluster }) => {
      for (let i = 0; i < 3; i++) {
        await catchFrame(
          cluster.proxies,
          (frame) => frame.api === api && frame.direction === 'response',
          () => 'cut',
        );
      }
    }));
}

test('the response to a commit is dropped, and the connection stays', () =>
  fault({}, async ({ cluster }) => {
    await catchFrame(
      cluster.proxies,
      (frame) => frame.api === API.endTxn && frame.direction === 'response',
      () => 'drop',
      2,
    );
  }));

test('brokers restart one after the other', () =>
  fault({ records: 2 * 2000 }, async ({ cluster, world }) => {
    for (const node of cluster.nodes) {
      await node.stop();
      await node.start();
      await world.produce(200);
    }
  }));
