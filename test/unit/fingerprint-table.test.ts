/** The table against a Map, at its bounds, across threads, and handed memory that is no table. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Worker } from 'node:worker_threads';
import fc from 'fast-check';
import { FingerprintTable } from '../../src/fingerprint/table.js';

const word = fc.oneof(fc.integer(), fc.integer({ min: -2, max: 2 }));
const value = fc.integer({ min: 1, max: 0xffffffff });

describe('fingerprint table', () => {
  it('holds what a map would', () => {
    const operation = fc.record({ set: fc.boolean(), high: word, low: word, value });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
        const table = FingerprintTable.create(60);
        const map = new Map<string, number>();
        // A fingerprint whose halves begin to look in the same run is the same one if `high` is: only `high` is stored.
        const lowOf = new Map<number, number>();
        for (const { set, high, low, value } of operations) {
          if (lowOf.has(high) && lowOf.get(high) !== low) continue;
          lowOf.set(high, low);
          const name = `${high} ${low}`;
          const before = map.get(name) ?? 0;
          assert.equal(table.get(high, low), before);
          assert.equal(set ? table.set(high, low, value) : table.add(high, low, value), before);
          if (set || before === 0) map.set(name, value);
        }
        assert.equal(table.count, map.size);
        for (const [name, expected] of map) {
          const [high, low] = name.split(' ').map(Number);
          assert.equal(table.get(high, low), expected);
        }
        table.replaceAll((one) => one ^ 1 || 1);
        for (const [name, expected] of map) {
          const [high, low] = name.split(' ').map(Number);
          assert.equal(table.get(high, low), expected ^ 1 ? (expected ^ 1) >>> 0 : 1);
        }
      }),
    );
  });

  it('wraps around at its end, and refuses one more than it has room for', () => {
    const table = FingerprintTable.create(40);
    for (let i = 1; i <= 40; i++) assert.equal(table.add(i, -1, i), 0);
    for (let i = 1; i <= 40; i++) assert.equal(table.get(i, -1), i);
    assert.equal(table.get(41, -1), 0);
    assert.throws(() => table.add(41, 5, 1), /TABLE_FULL/);
    assert.equal(table.set(40, -1, 7), 40);
  });

  it('is the same table in another thread', async () => {
    const table = FingerprintTable.create(1000);
    for (let i = 1; i <= 1000; i++) table.add(i * 7919, i << 22, i);
    const file = new URL('../../src/fingerprint/table.js', import.meta.url).href;
    const worker = new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       import(workerData.file).then(({ FingerprintTable }) => {
         const table = FingerprintTable.attach(workerData.buffer);
         let right = 0;
         for (let i = 1; i <= 1000; i++) if (table.get(i * 7919, i << 22) === i) right++;
         parentPort.postMessage(right);
       });`,
      { eval: true, workerData: { buffer: table.buffer, file } },
    );
    const right = await new Promise((resolve, reject) => worker.once('message', resolve).once('error', reject));
    await worker.terminate();
    assert.equal(right, 1000);
  });

  it('refuses memory that is no table of this version', () => {
    const good = FingerprintTable.create(10).buffer as SharedArrayBuffer;
    assert.equal(FingerprintTable.attach(good).entriesMax, 10);
    for (let at = 0; at < 20; at++) {
      const bytes = new Uint8Array(good.byteLength);
      bytes.set(new Uint8Array(good));
      bytes[at] ^= 0x80;
      assert.throws(() => FingerprintTable.attach(bytes.buffer), /TABLE_INVALID/, `byte ${at}`);
    }
    for (const length of [0, 4, 31, 32, good.byteLength - 1, good.byteLength + 1])
      assert.throws(() => FingerprintTable.attach(new ArrayBuffer(length)), /TABLE_INVALID/);
    assert.throws(() => FingerprintTable.create(2 ** 40), /TABLE_FULL/);
    assert.throws(() => FingerprintTable.create(-1), /TABLE_FULL/);
  });
});
