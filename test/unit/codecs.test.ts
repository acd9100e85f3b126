/** Batches of all codecs inflate within bounds; what cannot be inflated becomes marked records, one for each offset. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { compress as compressZstd, init } from '@bokuweb/zstd-wasm';
import fc from 'fast-check';
import snappy from 'snappyjs';
import { type CodecName, decompress, UNREADABLE_HEADER, unreadableReason } from '../../src/transports/codecs.js';
import { deflateLz4 } from '../../src/transports/deflate-lz4.js';
import { inflateLz4 } from '../../src/transports/inflate-lz4.js';
import { inflateSnappy } from '../../src/transports/inflate-snappy.js';
import {
  inflatedBytesMax,
  inflatedResponseBytesMax,
  recordCostBytes,
  unreadableRecordsMax,
} from '../../src/transports/kafka-bounds.js';
import { encodeRecords } from '../../src/transports/record-bytes.js';

await init();

const COMPRESS: Readonly<Record<CodecName, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gzipSync(bytes),
  snappy: (bytes) => snappy.compress(bytes),
  lz4: (bytes) => deflateLz4(bytes),
  zstd: (bytes) => Buffer.from(compressZstd(bytes)),
};

const NAMES = Object.keys(COMPRESS) as CodecName[];

const records = encodeRecords(
  Array.from({ length: 20 }, (_, delta) => ({
    delta,
    value: delta === 3 ? null : Buffer.from(`value ${delta} `.repeat(delta * 40)),
    headers: [['name', Buffer.from('content')]],
  })),
);

const bomb = encodeRecords([{ delta: 0, value: Buffer.alloc(inflatedBytesMax), headers: [] }]);

for (const name of NAMES) {
  test(`${name}: what was deflated comes back`, async () => {
    assert.deepEqual(await decompress(name, batch(COMPRESS[name](records), 20)), records);
  });

  test(`${name}: a bomb becomes a marked record that carries the batch`, async () => {
    const compressed = batch(COMPRESS[name](bomb), 1);
    const [record, ...rest] = decode(await decompress(name, compressed));
    assert.equal(rest.length, 0);
    assert.equal(record?.reason, 'BATCH_TOO_LARGE');
    assert.ok(record.value.subarray(1 + 61).equals(compressed));
  });

  test(`${name}: a damaged stream becomes as many marked records as it had`, async () => {
    const bytes = COMPRESS[name](records);
    bytes.fill(0xa5, bytes.length >> 1);
    const decoded = decode(await decompress(name, batch(bytes, 20)));
    assert.deepEqual(
      decoded.map(({ delta, reason }) => `${delta} ${reason}`),
      [...Array(20).keys()].map((i) => `${i} BATCH_DAMAGED`),
    );
  });

  test(`${name}: random bytes give the records promised, or marks, and never throw`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 300 }), async (bytes) => {
        const decoded = decode(await decompress(name, batch(Buffer.from(bytes), 2)));
        assert.equal(decoded.length, 2);
        assert.ok(decoded.every(({ reason }) => reason !== undefined));
      }),
    );
  });
}

test('lz4: any bytes come back, blocks of all lengths and stored ones too', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 500 }), (bytes, times) => {
      const whole = Buffer.concat(Array(times).fill(Buffer.from(bytes)));
      assert.ok(inflateLz4(deflateLz4(whole), whole.length).equals(whole));
    }),
  );
});

test('snappy: any bytes come back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 500 }), (bytes, times) => {
      const whole = Buffer.concat(Array(times).fill(Buffer.from(bytes)));
      assert.ok(inflateSnappy(snappy.compress(whole), whole.length).equals(whole));
    }),
  );
});

test('fewer records than the header promises: the whole batch is marked', async () => {
  const decoded = decode(await decompress('gzip', batch(gzipSync(records), 21)));
  assert.deepEqual([...new Set(decoded.map(({ reason }) => reason))], ['BATCH_DAMAGED']);
  assert.equal(decoded.length, 21);
});

test('an unknown codec gives marked records', async () => {
  assert.deepEqual(decode(await decompress(undefined, batch(records, 20)))[7]?.reason, 'CODEC_UNKNOWN');
});

test("Java's framing of snappy", async () => {
  const head = Buffer.from([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
  const blocks = [records.subarray(0, 1000), records.subarray(1000)].flatMap((part) => {
    const block = snappy.compress(part);
    const length = Buffer.alloc(4);
    length.writeInt32BE(block.length);
    return [length, block];
  });
  assert.deepEqual(await decompress('snappy', batch(Buffer.concat([head, ...blocks]), 20)), records);
});

test('many bombs below the bound in one response are stopped together', async () => {
  const one = gzipSync(encodeRecords([{ delta: 0, value: Buffer.alloc(inflatedBytesMax - 1000), headers: [] }]));
  const response = Buffer.concat(Array.from({ length: 9 }, () => Buffer.concat([header(1), one])));
  const reasons: unknown[] = [];
  for (let at = 61; at < response.length; at += 61 + one.length) {
    const inflated = await decompress('gzip', response.subarray(at, at + one.length));
    reasons.push(inflated.length < 1e6 ? decode(inflated)[0]?.reason : 'inflated');
  }
  assert.deepEqual(reasons, [...Array(8).fill('inflated'), 'BATCH_TOO_LARGE']);
});

test('batches of very many records in one response are stopped together, however small they are', async () => {
  const count = 100_000;
  const one = gzipSync(
    encodeRecords(Array.from({ length: count }, (_, delta) => ({ delta, value: null, headers: [] }))),
  );
  const times = Math.floor(inflatedResponseBytesMax / (count * recordCostBytes)) + 1;
  const response = Buffer.concat(Array.from({ length: times }, () => Buffer.concat([header(count), one])));
  const marked: boolean[] = [];
  for (let at = 61; at < response.length; at += 61 + one.length) {
    marked.push((await decompress('gzip', response.subarray(at, at + one.length))).includes(UNREADABLE_HEADER));
  }
  assert.deepEqual(marked, [...Array(times - 1).fill(false), true]);
});

test('a batch of more records than one response may hold is refused with a code, before it is inflated', async () => {
  const many = batch(Buffer.from('not looked at'), inflatedResponseBytesMax / recordCostBytes);
  await assert.rejects(decompress('gzip', many), (error: Error) => error.message === 'BATCH_TOO_LARGE');
});

test('a batch that would be marked without end is refused with a code', async () => {
  const many = batch(Buffer.from('not gzip'), unreadableRecordsMax + 1);
  await assert.rejects(decompress('gzip', many), (error: Error) => error.message === 'BATCH_DAMAGED');
});

test('a mark that a sender made up is none', () => {
  assert.equal(unreadableReason(Buffer.from('0123456789abcdef0123456789abcdef BATCH_DAMAGED')), undefined);
});

/** The view of a response that the client hands over: the compressed part, its header before it. */
function batch(compressed: Buffer, count: number): Buffer {
  return Buffer.concat([header(count), compressed]).subarray(61);
}

function header(count: number): Buffer {
  const bytes = Buffer.alloc(61);
  bytes[16] = 2;
  bytes.writeInt32BE(count - 1, 23);
  bytes.writeInt32BE(count, 57);
  return bytes;
}

interface Decoded {
  readonly delta: number;
  readonly value: Buffer;
  readonly reason: string | undefined;
}

/** An own reader of the format, so that the writer is not judged by itself. */
function decode(bytes: Buffer): Decoded[] {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++] as number;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return (value >>> 1) ^ -(value & 1);
    }
  };
  const take = (length: number): Buffer => bytes.subarray(at, (at += Math.max(0, length)));
  const decoded: Decoded[] = [];
  while (at < bytes.length) {
    const length = varint();
    const end = at + length;
    at += 2;
    const delta = varint();
    take(varint());
    const value = take(varint());
    let reason: string | undefined;
    for (let left = varint(); left > 0; left--) {
      const name = take(varint()).toString();
      const content = take(varint());
      if (name === UNREADABLE_HEADER) reason = unreadableReason(content);
    }
    assert.equal(at, end);
    decoded.push({ delta, value, reason });
  }
  return decoded;
}
