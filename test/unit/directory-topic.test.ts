/** The directory as a compacted topic keeps it: what each record changes, what is refused, and that history leaves no trace. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { attachDirectory, compose } from '../../src/directory/image.js';
import { LiveDirectory } from '../../src/directory/live.js';
import { PartBuilder } from '../../src/directory/part.js';
import { readRow } from '../../src/directory/read-row.js';
import type { Kind } from '../../src/directory/rows.js';
import { TopicPart, topicKey } from '../../src/directory/topic.js';
import type { DirectoryTold } from '../../src/telemetry/events.js';

const KEY = new Uint8Array(16).fill(9);
const T = 'north';
const NOW = Date.parse('2026-06-15T12:00:00Z');

type Said = readonly [key: readonly string[] | string, value: unknown];

function records(list: readonly Said[], from = 0) {
  return list.map(([key, value], i) => ({
    key: Buffer.from(typeof key === 'string' ? key : JSON.stringify(key)),
    value: value === null ? null : Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
    offset: from + i,
  }));
}

const directoryOf = (part: TopicPart) => attachDirectory(compose([part.part()], KEY, T).image);

test('a record replaces what its key said before, and one without a value ends it', () => {
  const part = new TopicPart('directory', KEY, T);
  const care = ['care', T, 'dr-rao', 'p-1'];
  const row = { kind: 'care', provider: 'dr-rao', patient: 'p-1' };
  const says = () => directoryOf(part).care(T, 'dr-rao', 'p-1', NOW);
  part.apply(records([[['provider', T, 'dr-rao'], { kind: 'provider', id: 'dr-rao' }]]));
  assert.deepEqual(part.faults, []);
  assert.equal(says(), 'unknown');
  part.apply(records([[care, row]]));
  assert.equal(says(), 'active');
  part.apply(records([[care, { ...row, until: '2026-06-01' }]]));
  assert.equal(says(), 'ended');
  part.apply(
    records([
      [
        care,
        [
          { ...row, until: '2026-06-01' },
          { ...row, from: '2026-06-10' },
        ],
      ],
    ]),
  );
  assert.equal(says(), 'active');
  part.apply(
    records([
      [['patient', T, 'p-1'], { kind: 'patient', id: 'p-1' }],
      [care, null],
    ]),
  );
  assert.equal(says(), 'none');
  part.apply(records([[['patient', T, 'p-1'], null]]));
  assert.equal(says(), 'unknown');
  assert.equal(part.part().facts.entries, 1);
});

test('what several records make known is known until the last of them ends', () => {
  const part = new TopicPart('directory', KEY, T);
  const contact = (patient: string): Said => [
    ['contact', T, patient, 'phone', '+14155550142'],
    { kind: 'contact', patient, channel: 'phone', address: '415-555-0142' },
  ];
  part.apply(records([contact('p-1'), contact('p-2')]));
  const standing = () => directoryOf(part).standing(T, 'p-3', 'phone', '4155550142', NOW);
  assert.equal(standing(), 'other');
  part.apply(records([[contact('p-1')[0], null]]));
  assert.equal(standing(), 'other');
  part.apply(records([[contact('p-1')[0], null]]));
  assert.equal(standing(), 'other');
  part.apply(records([[contact('p-2')[0], null]]));
  assert.equal(standing(), 'unknown');
  assert.equal(part.part().facts.entries, 0);
});

test('a record that is not as it should be is told by its offset, and what was good before stays', () => {
  const secret = 'Maya-Ostrow';
  const part = new TopicPart('directory', KEY, T);
  const key = ['contact', T, 'p-1', 'phone', '+14155550142'];
  const row = { kind: 'contact', patient: 'p-1', channel: 'phone', address: '415-555-0142' };
  part.apply(records([[key, row]]));
  const bad: readonly (readonly [...Said, string])[] = [
    [key, { ...row, [secret]: 1 }, 'unknown-member'],
    [key, { ...row, until: secret }, 'not-a-date'],
    [key, { ...row, patient: secret }, 'key-differs'],
    [key, { ...row, tenant: secret }, 'key-differs'],
    [key, { kind: 'address', patient: 'p-1', channel: 'phone', address: '415-555-0142' }, 'key-differs'],
    [key, '{', 'not-json'],
    [key, '{"kind":"contact","kind":"contact"}', 'repeated-member'],
    [key, [], 'missing'],
    [key, 'x'.repeat(70_000), 'too-large'],
    [['contact', T, 'p-1', 'phone', '415-555-0142'], null, 'key-differs'],
    [['contact', T, 'p-1', 'sms', '+14155550142'], null, 'key-differs'],
    [['contact', T, 'p-1'], null, 'key-differs'],
    [[secret, T, 'p-1'], null, 'key-differs'],
    [secret, null, 'key-differs'],
    ['["patient", "north", "p-1"]', null, 'key-differs'],
  ];
  bad.forEach(([of, value, code], i) => {
    part.apply(records([[of, value]], i));
    const { faults } = part;
    assert.deepEqual(
      faults.slice(-1).map((fault) => [fault.topic, fault.line, fault.code]),
      [['directory', i, code]],
    );
    assert.ok(!JSON.stringify(faults).includes(secret));
  });
  part.apply([{ key: null, value: null, offset: 99 }]);
  assert.equal(part.faults.at(-1)?.line, 99);
  assert.equal(directoryOf(part).standing(T, 'p-1', 'phone', '4155550142', NOW), 'authorized');
  const wrong = part.faults.length;
  part.apply(records([[key, row]]));
  assert.equal(part.faults.length, wrong - 1);
});

test('an agent that does not fit is left out and told, and holds up nothing behind it', () => {
  const told: DirectoryTold[] = [];
  const live = new LiveDirectory({ key: KEY, tenant: T, told: (event) => told.push(event) });
  const part = new TopicPart('directory', KEY, T);
  const agent = {
    kind: 'agent',
    id: 'bot',
    owner: 'IT',
    environment: 'test',
    purposes: ['operations'],
    tasks: [],
    tools: ['ehr'],
  };
  part.apply(
    records([
      [['agent', T, 'bot'], agent],
      [['patient', T, 'p-1'], { kind: 'patient', id: 'p-1' }],
    ]),
  );
  live.parts('topic', [part.part()]);
  assert.equal(attachDirectory(live.image!).agent(T, 'bot', NOW), 'unknown');
  assert.equal(attachDirectory(live.image!).consent(T, 'p-1', 'research', NOW), 'none');
  assert.ok(told.some((event) => event.outcome === 'refused' && event.first?.startsWith('directory:0')));
  part.apply(records([[['tool', T, 'ehr'], { kind: 'tool', name: 'ehr', verbs: ['read'] }]], 2));
  live.parts('topic', [part.part()]);
  assert.equal(typeof attachDirectory(live.image!).agent(T, 'bot', NOW), 'object');
  assert.equal(live.status().stale, false);
});

test('however records came, what is left is what the last of each key says', () => {
  const rows: readonly (readonly [Kind, object])[] = [
    ...['a', 'b', 'c'].map((id) => ['patient', { id }] as const),
    ...['a', 'b'].map((id) => ['provider', { id }] as const),
    ...['a', 'b'].flatMap((provider) => ['a', 'b'].map((patient) => ['care', { provider, patient }] as const)),
    ...['a', 'b'].map((patient) => ['address', { patient, channel: 'email', address: 'x@example.org' }] as const),
    ...['a', 'b'].map((patient) => ['contact', { patient, channel: 'email', address: 'x@example.org' }] as const),
    ['consent', { patient: 'a', purpose: 'research', ai: true }],
    ['recipient', { channel: 'email', address: 'x@example.org', verified: '2026-01-01' }],
    ['recipient', { id: 'lab', verified: '2026-01-01' }],
    ['tool', { name: 'ehr', verbs: ['read'] }],
  ];
  const keyed = rows.map(([kind, row]) => {
    const read = readRow(kind, row, {});
    assert.ok('row' in read);
    return { key: topicKey(kind, T, read.row), kind, row };
  });
  const step = fc.record({
    which: fc.nat(keyed.length - 1),
    until: fc.constantFrom('2026-01-02', '2026-01-03', undefined),
    gone: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 8 }), (batches) => {
      const part = new TopicPart('directory', KEY, T);
      const last = new Map<string, Said>();
      for (const batch of batches) {
        const list = batch.map(({ which, until, gone }): Said => {
          const { key, kind, row } = keyed[which];
          const dated = until !== undefined && !['patient', 'tool'].includes(kind);
          return [key, gone ? null : { kind, ...row, ...(dated && { until }) }];
        });
        for (const one of list) last.set(String(one[0]), one);
        part.apply(records(list));
        assert.deepEqual(part.faults, []);
      }
      const fresh = new TopicPart('directory', KEY, T);
      const kept = [...last.values()].filter(([, value]) => value !== null);
      fresh.apply(records(kept));
      assert.equal(part.part().digest, fresh.part().digest);
      assert.deepEqual(part.part().counts, fresh.part().counts);
      const builder = new PartBuilder(KEY, T);
      for (const [, value] of kept) {
        const { kind, ...row } = value as { readonly kind: Kind };
        const read = readRow(kind, row, {});
        if ('row' in read) builder.enter(read.kind, read.row, {});
      }
      assert.equal(builder.part('').facts.entries, part.part().facts.entries);
    }),
    { numRuns: 300 },
  );
});
