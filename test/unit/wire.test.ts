/** The frame between threads: what goes in comes out, and a frame with anything changed is refused as a whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Headers, SURFACES, type Task } from '../../src/message.js';
import type { Terms } from '../../src/pool/frame.js';
import { packTasks, packVerdicts, unpackTasks, unpackVerdicts } from '../../src/pool/wire.js';
import { WireError } from '../../src/pool/wire-error.js';
import { OUTCOMES, REASON_NAMES, type Verdict } from '../../src/verdict.js';

const terms: Terms = { batch: 7, plan: '00112233445566ff', engine: 'ffeeddccbbaa9988' };
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const headers: fc.Arbitrary<Headers> = fc.array(fc.tuple(text, fc.option<Buffer>(bytes)), { maxLength: 4 });

const task: fc.Arbitrary<Task> = fc
  .tuple(fc.constantFrom(...SURFACES), fc.option(bytes), fc.option(bytes), headers)
  .map(([surface, key, value, headers]) => ({ surface, key, value, headers }));

const verdict: fc.Arbitrary<Verdict> = fc
  .record({
    outcome: fc.constantFrom(...OUTCOMES),
    reason: fc.constantFrom(...REASON_NAMES),
    facts: text,
    value: bytes,
    key: fc.option(bytes, { nil: undefined }),
    headers: fc.option(headers, { nil: undefined }),
  })
  .map(({ outcome, reason, facts, value, key, headers }) => ({
    outcome,
    reason,
    facts,
    ...(outcome === 'redacted' && { value }),
    ...(key && { key }),
    ...(headers && { headers }),
  }));

test('tasks come out as they went in, with their hashes and the clock', () => {
  fc.assert(
    fc.property(fc.array(task, { maxLength: 8 }), fc.double({ noNaN: true }), (tasks, now) => {
      const { frame, hashes } = packTasks(terms, now, tasks);
      const out = unpackTasks(frame);
      assert.deepEqual(out.tasks, tasks);
      assert.deepEqual(out.hashes, hashes);
      assert.deepEqual([out.batch, out.plan, out.engine], [terms.batch, terms.plan, terms.engine]);
      assert.ok(Object.is(out.now, now));
    }),
  );
});

test('verdicts come out as they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(task, verdict), { maxLength: 8 }), (pairs) => {
      const { hashes } = packTasks(
        terms,
        0,
        pairs.map(([one]) => one),
      );
      const verdicts = pairs.map(([, one]) => one);
      assert.deepEqual(unpackVerdicts(packVerdicts(terms, hashes, verdicts), terms, hashes), verdicts);
    }),
  );
});

test('one bit changed anywhere, one word cut off, a record left out or moved: no verdict at all', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(task, verdict), { minLength: 1, maxLength: 5 }), fc.nat(), (pairs, at) => {
      const tasks = pairs.map(([one]) => one);
      const verdicts = pairs.map(([, one]) => one);
      const { hashes } = packTasks(terms, 0, tasks);
      const frame = packVerdicts(terms, hashes, verdicts);
      const flipped = frame.slice(0);
      new Uint8Array(flipped)[at % flipped.byteLength] ^= 1 << (at % 8);
      const refused = (buffer: ArrayBuffer, asked = terms, of = hashes): void => {
        assert.throws(() => unpackVerdicts(buffer, asked, of), WireError);
      };
      refused(flipped);
      refused(frame.slice(0, -4));
      refused(frame.slice(0, at % frame.byteLength));
      refused(packVerdicts(terms, hashes.subarray(2), verdicts.slice(1)));
      refused(frame, { ...terms, batch: 8 });
      refused(frame, { ...terms, plan: terms.engine });
      refused(frame, { ...terms, engine: terms.plan });
      refused(
        frame,
        terms,
        hashes.map((word, i) => (i === at % hashes.length ? word ^ 1 : word)),
      );
    }),
    { numRuns: 300 },
  );
});

test('arbitrary bytes are no frame, and cost no memory', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (array) => {
      const buffer = array.buffer.slice(0, array.length);
      assert.throws(() => unpackTasks(buffer), WireError);
      assert.throws(() => unpackVerdicts(buffer, terms, new Uint32Array(2)), WireError);
    }),
  );
  assert.throws(() => unpackVerdicts(undefined as unknown as ArrayBuffer, terms, new Uint32Array(2)), WireError);
});

test('two inputs of the same length have different hashes', () => {
  const seen = new Set<string>();
  const tasks = Array.from(
    { length: 20_000 },
    (_, i): Task => ({ surface: 'prompt', key: null, value: Buffer.from(String(100_000 + i)), headers: [] }),
  );
  const { hashes } = packTasks(terms, 0, tasks);
  for (let i = 0; i < hashes.length; i += 2) seen.add(`${hashes[i]},${hashes[i + 1]}`);
  assert.equal(seen.size, tasks.length);
});
