/**
 * Laws of the directory: shared facts answer as a plain list would; the fast reader of rows and the strict one say the same;
 * a withdrawal never widens; an address is its own normal form; hostile addresses cost time in proportion.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ADDRESS_CHANNELS, addressUnitsMax, normalAddress } from '../../src/directory/address.js';
import type { Channel } from '../../src/directory/directory.js';
import { FactsBuilder, Mark } from '../../src/directory/facts.js';
import { memoryDirectory } from '../../src/directory/memory.js';
import { beginningOf, dayNumber, endOf, secondsOfDay } from '../../src/directory/moment.js';
import { PartBuilder } from '../../src/directory/part.js';
import { PlainCare } from '../../src/directory/plain-care.js';
import { readJsonRow } from '../../src/directory/read-json.js';

const KEY = new Uint8Array(16).fill(3);
const T = 'north';
const RUNS = 300;

test('facts in leaves answer as a list of them does, in whatever order they came, in equal bytes', () => {
  const fact = fc.record({
    high: fc.oneof(fc.integer(), fc.integer({ min: 0, max: 3 })),
    low: fc.integer({ min: 0, max: 8 }).map((low) => low << 4),
    mark: fc.constantFrom(Mark.Given, Mark.Withdrawn, Mark.Own),
    from: fc.nat(5),
    until: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(fact, { maxLength: 200 }), fc.integer({ min: 1, max: 200 }), (facts, copies) => {
      const many = facts.flatMap((one, i) => (i === 0 ? Array.from({ length: copies }, () => one) : [one]));
      const build = (list: typeof facts) => {
        const builder = new FactsBuilder();
        for (const { high, low, mark, from, until } of list) builder.add(high, low, mark, from, until);
        return builder.seal();
      };
      const layer = build(many);
      assert.deepEqual(build([...many].reverse()).digest(), layer.digest());
      for (const { high, low } of [...facts, { high: 7, low: 0 }]) {
        const found: number[] = [];
        layer.read(high, low, found);
        const seen = new Set(Array.from({ length: found.length / 3 }, (_, i) => found.slice(3 * i, 3 * i + 3).join()));
        const wanted = facts.filter((one) => one.high === high && one.low === low);
        assert.deepEqual(seen, new Set(wanted.map(({ mark, from, until }) => [mark, from, until].join())));
        assert.equal(found.length / 3, seen.size);
      }
    }),
    { numRuns: RUNS },
  );
});

test('many facts are found again, and none besides', () => {
  const builder = new FactsBuilder();
  const spread = (i: number): readonly [number, number] => [Math.imul(i, 0x9e3779b1), Math.imul(i, 0x85ebca6b) & ~15];
  const COUNT = 100_000;
  for (let i = 0; i < COUNT; i++) builder.add(...spread(i), Mark.Given, i, i + 1);
  const layer = builder.seal();
  assert.ok(layer.leaves.length > 1);
  for (let i = 0; i < 2 * COUNT; i++) {
    const found: number[] = [];
    layer.read(...spread(i), found);
    assert.deepEqual(found, i < COUNT ? [Mark.Given, i, i + 1] : []);
  }
});

test('the fast reader takes only what the strict one takes, and enters the same', () => {
  const plain = fc.constantFrom('dr-rao', 'p-1', 'a b', 'x'.repeat(200));
  const odd = fc.oneof(fc.constantFrom(' p', 'p ', '', 'ü', 'a"b', 'a\\b', 'x'.repeat(201)), fc.string());
  const id = fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: odd });
  const days = fc.constantFrom('2026-01-31', '2024-02-29', '9999-12-31', '1955-01-01');
  const none = fc.constantFrom('2026-02-29', '1900-02-29', '2026-1-1', '2026-01-01T00:00:00Z', 'x', '2026-13-01');
  const date = fc.oneof({ weight: 6, arbitrary: days }, { weight: 1, arbitrary: none });
  const kind = fc.constantFrom('care', 'care', 'care', 'care', 'patient');
  const row = fc.record(
    { kind, tenant: id, provider: id, patient: id, from: date, until: date },
    { requiredKeys: ['kind', 'provider', 'patient'] },
  );
  const spaced = fc.tuple(row, fc.constantFrom('', ' '), fc.constantFrom('', ' ', '\r'));
  let taken = 0;
  fc.assert(
    fc.property(spaced, ([value, gap, end]) => {
      const members = Object.entries(value).map(
        ([name, one]) => `${JSON.stringify(name)}:${gap}${JSON.stringify(one)}`,
      );
      const line = Buffer.from(`{${members.join(`,${gap}`)}}${end}`);
      const fast = new PartBuilder(KEY, T);
      if (!new PlainCare(fast, T).take(line, 0, line.length)) return;
      taken++;
      const strict = new PartBuilder(KEY, T);
      const read = readJsonRow(line, {});
      assert.ok('row' in read, line.toString());
      strict.enter(read.kind, read.row, {});
      assert.deepEqual(fast.part('').facts.digest(), strict.part('').facts.digest(), line.toString());
    }),
    { numRuns: 1_000 },
  );
  assert.ok(taken > 100, `only ${taken} rows were plain`);
});

test('a plain row is taken by the fast reader', () => {
  const line = Buffer.from(
    '{"kind":"care","provider":"dr-1","patient":"p-1","from":"2026-01-31","until":"2026-12-31"}',
  );
  assert.equal(new PlainCare(new PartBuilder(KEY, T), T).take(line, 0, line.length), true);
});

test('days are those of the calendar, and a day ends where the next begins', () => {
  fc.assert(
    fc.property(fc.integer({ min: -800_000, max: 3_000_000 }), (days) => {
      const date = new Date(days * 86_400_000);
      const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
      if (year < 0) return;
      assert.equal(dayNumber(year, month, day), days);
      assert.equal(dayNumber(year, month, 32), undefined);
      if (year > 9999) return;
      const text = date.toISOString().slice(0, 10);
      assert.equal(beginningOf(text), secondsOfDay(days));
      assert.equal(endOf(text), secondsOfDay(days + 1));
      assert.equal(beginningOf(`${text}T00:00:00Z`), secondsOfDay(days));
    }),
    { numRuns: RUNS },
  );
});

test('an address is its own normal form, and writing it otherwise changes nothing', () => {
  const digits = fc.stringMatching(/^[2-9]\d{2}555\d{4}$/);
  fc.assert(
    fc.property(digits, fc.constantFrom(' ', '-', '.', '', '\u00a0', '\u2011'), (number, gap) => {
      const [area, exchange, line] = [number.slice(0, 3), number.slice(3, 6), number.slice(6)];
      const wanted = `+1${number}`;
      for (const written of [
        `${area}${gap}${exchange}${gap}${line}`,
        `+1${gap}(${area})${gap}${exchange}${gap}${line}`,
        `tel:1${number}`,
      ]) {
        for (const channel of ['phone', 'fax'] as const) assert.equal(normalAddress(channel, written), wanted, written);
      }
    }),
    { numRuns: RUNS },
  );
  fc.assert(
    fc.property(fc.constantFrom(...ADDRESS_CHANNELS), fc.oneof(fc.string(), fc.emailAddress()), (channel, text) => {
      const normal = normalAddress(channel, text);
      if (normal !== undefined) assert.equal(normalAddress(channel, normal), normal);
    }),
    { numRuns: 2_000 },
  );
});

test('whatever is asked about, an answer comes, and what is hostile takes no longer', () => {
  const directory = memoryDirectory({ patients: [{ id: 'p' }] }, { tenant: T });
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.constantFrom<Channel>('phone', 'sms', 'fax', 'email', 'portal'),
      (a, b, channel) => {
        assert.equal(directory.agent(T, a, 0), 'unknown');
        assert.equal(directory.tool(a, b), undefined);
        assert.notEqual(directory.care(T, a, b, 0), 'active');
        assert.equal(directory.standing(T, a, channel, b, 0), 'unknown');
        assert.equal(directory.verified(T, channel, b, 0), false);
        assert.ok(['none', 'unknown'].includes(directory.consent(T, a, b, 0)));
      },
    ),
    { numRuns: RUNS },
  );
  const begun = process.cpuUsage();
  for (const unit of ['(', '+', '1', ' ', 'x1', '<', 'a@', '-', '.', '\u200b', '((()'])
    for (const channel of ADDRESS_CHANNELS)
      for (let i = 0; i < 20; i++) normalAddress(channel, unit.repeat(addressUnitsMax).slice(0, addressUnitsMax));
  assert.ok(process.cpuUsage(begun).user < 1_000_000);
  assert.equal(normalAddress('phone', '1'.repeat(addressUnitsMax + 1)), undefined);
});

test('a withdrawal never gives what was not given, at any moment', () => {
  const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-02-${String(n).padStart(2, '0')}`);
  const grant = fc.record({ from: day, until: day }, { requiredKeys: [] });
  const rank = { self: 3, authorized: 3, given: 3, 'not-for-ai': 2 } as Readonly<Record<string, number>>;
  fc.assert(
    fc.property(fc.array(grant, { maxLength: 4 }), day, fc.integer({ min: 1, max: 28 }), (grants, withdrawn, n) => {
      const fits = grants.filter(({ from, until }) => !from || !until || from < until);
      const contact = { patient: 'p', channel: 'email', address: 'a@example.org' } as const;
      const consent = { patient: 'p', purpose: 'research', ai: true } as const;
      const build = (more: { readonly withdrawn?: string }[]) =>
        memoryDirectory(
          {
            contacts: [...fits, ...more].map((one) => ({ ...contact, ...one })),
            consents: [...fits, ...more].map((one) => ({ ...consent, ...one })),
          },
          { tenant: T },
        );
      const now = Date.UTC(2026, 1, n, 12);
      // The row of the withdrawal gives nothing by itself: it ends before all days here.
      const [before, behind] = [build([]), build([{ withdrawn, until: '2026-01-01' } as { withdrawn: string }])];
      const standing = (one: typeof before) => rank[one.standing(T, 'p', 'email', contact.address, now)] ?? 0;
      const given = (one: typeof before) => rank[one.consent(T, 'p', 'research', now)] ?? 0;
      assert.ok(standing(behind) <= standing(before));
      assert.ok(given(behind) <= given(before));
      const anew = fits.some(({ from }) => from !== undefined && from > withdrawn);
      if (Date.parse(`${withdrawn}T00:00:00Z`) <= now && !anew)
        assert.deepEqual([standing(behind), given(behind)], [0, 0]);
    }),
    { numRuns: RUNS },
  );
});
