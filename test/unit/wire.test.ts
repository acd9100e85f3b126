/** The frame between threads: what goes in comes out, and a frame with anything changed is refused as a whole. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Headers, SURFACES, type Task } from '../../src/message.js';
import type { Terms } from '../../src/pool/frame.js';
import { packTasks, packVerdicts, unpackTasks, unpackVerdicts } from '../../src/pool/wire.js';
import { WireError } from '../../src/pool/wire-error.js';
import type { Reason, Verdict } from '../../src/verdict.js';

const terms: Terms = { batch: 7, plan: '00112233445566ff', engine: 'ffeeddccbbaa9988', directory: '0f1e2d3c4b5a6978' };
const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const headers: fc.Arbitrary<Headers> = fc.array(fc.tuple(text, fc.option<Buffer>(bytes)), { maxLength: 4 });

const task: fc.Arbitrary<Task> = fc
  .tuple(fc.constantFrom(...SURFACES), fc.option(bytes), fc.option(bytes), headers)
  .map(([surface, key, value, headers]) => ({ surface, key, value, headers }));

const count = fc.integer({ min: 1, max: 999 });
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** A task with a verdict that a judge could give on it. */
const judged: fc.Arbitrary<readonly [Task, Verdict]> = fc
  .record({
    one: task,
    failed: fc.option(fc.constantFrom<Reason>('not-utf8', 'too-large', 'engine-failed'), { nil: undefined }),
    said: fc.record({ id: some(text), agent: some(text), session: some(text) }),
    findings: fc.dictionary(fc.constantFrom('mrn', 'ssn', 'name'), count, { minKeys: 1 }),
    value: some(bytes),
    key: bytes,
    headers: some(headers),
  })
  .map(({ one, failed, said, findings, value, key, headers }) => {
    const { surface } = one;
    const outcome =
      failed !== undefined ? 'could-not-scan' : one.value === null ? 'tombstone' : value ? 'redacted' : 'clean';
    const found = outcome === 'redacted' ? { findings, rules: ['strong-identifier'], headersDropped: 2 } : {};
    const facts = JSON.stringify({ tenant: 'north', surface, ...said, ...found });
    const touched = outcome === 'redacted' && { value, key };
    const verdict = { outcome, reason: failed ?? 'none', facts, ...touched } as const;
    return [one, { ...verdict, ...(headers !== undefined && outcome !== 'could-not-scan' && { headers }) } as Verdict];
  });

test('tasks come out as they went in, with their hashes and the clock', () => {
  fc.assert(
    fc.property(fc.array(task, { maxLength: 8 }), fc.double({ noNaN: true }), (tasks, now) => {
      const { frame, hashes } = packTasks(terms, now, tasks);
      const out = unpackTasks(frame);
      assert.deepEqual(out.tasks, tasks);
      assert.deepEqual(out.hashes, hashes);
      const { batch, plan, engine, directory } = out;
      assert.deepEqual({ batch, plan, engine, directory }, terms);
      assert.ok(Object.is(out.now, now));
    }),
  );
});

test('verdicts come out as they went in', () => {
  fc.assert(
    fc.property(fc.array(judged, { maxLength: 8 }), (pairs) => {
      const tasks = pairs.map(([one]) => one);
      const { hashes } = packTasks(terms, 0, tasks);
      const verdicts = pairs.map(([, one]) => one);
      assert.deepEqual(unpackVerdicts(packVerdicts(terms, hashes, verdicts), terms, hashes, tasks), verdicts);
    }),
  );
});

test('one bit changed anywhere, one word cut off, a record left out or moved: no verdict at all', () => {
  fc.assert(
    fc.property(fc.array(judged, { minLength: 1, maxLength: 5 }), fc.nat(), (pairs, at) => {
      const tasks = pairs.map(([one]) => one);
      const verdicts = pairs.map(([, one]) => one);
      const { hashes } = packTasks(terms, 0, tasks);
      const frame = packVerdicts(terms, hashes, verdicts);
      const flipped = frame.slice(0);
      new Uint8Array(flipped)[at % flipped.byteLength] ^= 1 << (at % 8);
      const refused = (buffer: ArrayBuffer, asked = terms, of = hashes): void => {
        assert.throws(() => unpackVerdicts(buffer, asked, of, tasks), WireError);
      };
      refused(flipped);
      refused(frame.slice(0, -4));
      refused(frame.slice(0, at % frame.byteLength));
      refused(packVerdicts(terms, hashes.subarray(2), verdicts.slice(1)));
      refused(frame, { ...terms, batch: 8 });
      refused(frame, { ...terms, plan: terms.engine });
      refused(frame, { ...terms, engine: terms.plan });
      refused(frame, { ...terms, directory: terms.plan });
      refused(
        frame,
        terms,
        hashes.map((word, i) => (i === at % hashes.length ? word ^ 1 : word)),
      );
    }),
    { numRuns: 300 },
  );
});

/** A task with a value. */
const ONE: readonly Task[] = [{ surface: 'prompt', key: null, value: Buffer.from('MRN 00482913'), headers: [] }];

test('what cannot be an answer to the message is none, however well it is packed', () => {
  const facts = '{"tenant":"north","surface":"prompt"}';
  const found = '{"tenant":"north","surface":"prompt","findings":{"mrn":1},"rules":["strong-identifier"]}';
  const value = Buffer.from('[MRN-1]');
  const { hashes } = packTasks(terms, 0, ONE);
  const answer = (verdict: Verdict, tasks = ONE) =>
    unpackVerdicts(packVerdicts(terms, hashes, [verdict]), terms, hashes, tasks);
  const good: readonly Verdict[] = [
    { outcome: 'clean', reason: 'none', facts },
    { outcome: 'clean', reason: 'none', facts, headers: [] },
    { outcome: 'redacted', reason: 'none', facts: found, value },
    { outcome: 'redacted', reason: 'none', facts: found, key: value },
    { outcome: 'could-not-scan', reason: 'not-utf8', facts },
  ];
  for (const one of good) assert.deepEqual(answer(one), [one]);
  const lies: readonly Verdict[] = [
    { outcome: 'tombstone', reason: 'none', facts },
    { outcome: 'held', reason: 'none', facts },
    { outcome: 'blocked', reason: 'output-too-large', facts },
    { outcome: 'clean', reason: 'deadline', facts },
    { outcome: 'clean', reason: 'none', facts: found },
    { outcome: 'clean', reason: 'none', facts, key: value },
    { outcome: 'redacted', reason: 'none', facts },
    { outcome: 'redacted', reason: 'not-utf8', facts, value },
    { outcome: 'could-not-scan', reason: 'none', facts },
    { outcome: 'could-not-scan', reason: 'worker-died', facts },
    { outcome: 'could-not-scan', reason: 'not-utf8', facts, headers: [] },
    ...[
      '',
      'null',
      '{}',
      'MRN 00482913',
      `${facts} `,
      `${facts},"x":"MRN 00482913"}`,
      '{"tenant":"north","surface":"output"}',
      '{"tenant":"north","surface":"prompt","text":"MRN 00482913"}',
      '{"tenant":"north","surface":"prompt","patient":"00482913"}',
      '{"tenant":"north","surface":"prompt","findings":{"00482913":1}}',
      '{"tenant":"north","surface":"prompt","findings":{"mrn":-1}}',
      `{"tenant":"${'x'.repeat(20_000)}","surface":"prompt"}`,
    ].map((bad): Verdict => ({ outcome: 'redacted', reason: 'none', facts: bad, value })),
  ];
  for (const one of lies) assert.throws(() => answer(one), WireError, `${one.outcome} ${one.reason} ${one.facts}`);
  const gone = [{ ...ONE[0], value: null }];
  assert.deepEqual(answer({ outcome: 'tombstone', reason: 'none', facts }, gone).length, 1);
  assert.throws(() => answer({ outcome: 'clean', reason: 'none', facts }, gone), WireError);
});

test('arbitrary bytes are no frame, and cost no memory', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (array) => {
      const buffer = array.buffer.slice(0, array.length);
      assert.throws(() => unpackTasks(buffer), WireError);
      assert.throws(() => unpackVerdicts(buffer, terms, new Uint32Array(2), ONE), WireError);
    }),
  );
  assert.throws(() => unpackVerdicts(undefined as unknown as ArrayBuffer, terms, new Uint32Array(2), ONE), WireError);
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
