/** Brokers that die, restart and forget to answer: nothing lost, nothing twice, order kept, nothing in clear. */
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import { catchFrame, faultCluster, withRecords } from '../kit/fault.js';
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
      fault({ staysUp: true }, async ({ cluster }) => {
        let killed = -1;
        await catchFrame(
          cluster.proxies,
          withRecords(api, direction),
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
    fault({ staysUp: true }, async ({ cluster }) => {
      for (let i = 0; i < 3; i++) {
        await catchFrame(cluster.proxies, withRecords(api, 'response'), () => 'cut');
      }
    }));
}

test('the response to a commit is dropped, and the connection stays', () =>
  fault({ staysUp: true }, async ({ cluster }) => {
    await catchFrame(cluster.proxies, withRecords(API.endTxn, 'response'), () => 'drop', 2);
  }));

test('brokers restart one after the other', () =>
  fault({ records: 4_000, staysUp: true, knows: true }, async ({ cluster, world }) => {
    for (const node of cluster.nodes) {
      await node.stop();
      await node.start();
      await world.produce(200);
    }
  }));
