/** The parts of the pipeline alone: the breaker, the budget, the sessions, the events, a gap on the way. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AuditEntry } from '../../src/audit/entry.js';
import { approvalMs } from '../../src/limits.js';
import type { Facts } from '../../src/message.js';
import { Breaker } from '../../src/pipeline/breaker.js';
import { Budget } from '../../src/pipeline/budget.js';
import { Quarantine } from '../../src/pipeline/quarantine.js';
import { Sessions } from '../../src/pipeline/state.js';
import { TOPICS } from '../../src/pipeline/topics.js';
import { applyWindow, buildWindow, type Judged, type WindowContext, windowLength } from '../../src/pipeline/window.js';
import { packsOf, split } from '../../src/pool/packs.js';
import type { Verdict } from '../../src/verdict.js';
import { KEY, PLAN, task } from '../kit/tasks.js';

const CONTEXT: WindowContext = {
  engine: '0123456789abcdef',
  topics: TOPICS,
  quarantine: new Quarantine(KEY),
  recordBytesMax: 1_000_000,
  topic: 'agent.prompts',
  partition: 3,
};
const FACTS: Facts = {
  tenant: 'north',
  session: 'chat-1',
  surface: 'prompt',
  findings: { mrn: 1 },
  rules: ['strong-identifier'],
};
const REDACTED: Verdict = {
  outcome: 'redacted',
  reason: 'none',
  value: Buffer.from('[MRN-1]'),
  facts: JSON.stringify(FACTS),
};

function judged(offset: number, verdict: Verdict = REDACTED, bytes = 10): Judged {
  return {
    record: { offset, timestamp: 0, key: null, value: Buffer.alloc(bytes, 'x'), headers: [] },
    plan: PLAN,
    verdict,
  };
}

test('the breaker trips over its share, lets a few through after a pause, and mends', () => {
  const breaker = new Breaker(0.5);
  assert.equal(breaker.record(0, 99), false, 'too few to say');
  assert.equal(breaker.record(0, 1), true);
  assert.ok(breaker.tripped);
  const { pauseMs, recordsMax } = breaker.limit;
  assert.ok(pauseMs >= 1000 && recordsMax <= 100);
  breaker.record(0, recordsMax);
  assert.ok(breaker.limit.pauseMs > pauseMs, 'longer each time');
  let steps = 0;
  while (!breaker.record(recordsMax, 0)) assert.ok(steps++ < 100);
  assert.ok(!breaker.tripped && breaker.limit.recordsMax === Number.POSITIVE_INFINITY);
  const never = new Breaker(1);
  never.record(0, 5000);
  assert.ok(!never.tripped);
});

test('the breaker counts the whole of a large transaction, and few are gone before it looks', () => {
  for (const [scanned, failed, tripped] of [
    [999, 1001, true],
    [680, 1320, true],
    [1900, 100, false],
    [1100, 900, false],
  ] as const) {
    const breaker = new Breaker(0.5);
    breaker.record(scanned, failed);
    assert.equal(breaker.tripped, tripped, `${scanned} and ${failed}`);
    assert.ok(Math.abs(breaker.share - failed / (scanned + failed)) < 0.002, `${breaker.share}`);
  }
  const failed: Verdict = { outcome: 'could-not-scan', reason: 'worker-died', facts: REDACTED.facts };
  // One in four is scanned: the breaker that may see half of them quarantined pauses after one window.
  const stream = Array.from({ length: 2000 }, (_, i) => judged(i, i % 4 === 0 ? REDACTED : failed));
  const length = windowLength(stream, Number.POSITIVE_INFINITY);
  const bad = stream.slice(0, length).filter(({ verdict }) => verdict === failed).length;
  assert.ok(bad <= 100 && length < 150, `${bad} of ${length}`);
  const breaker = new Breaker(0.5);
  assert.ok(breaker.record(length - bad, bad) && breaker.tripped);
});

test('who finds the budget spent waits until something is given back, or until it is over', async () => {
  const budget = new Budget(100);
  const over = new AbortController();
  const order: string[] = [];
  budget.take(150);
  const first = budget.room(over.signal).then(() => order.push('room'));
  budget.give(10);
  await new Promise(setImmediate);
  assert.deepEqual(order, []);
  budget.give(50);
  await first;
  assert.deepEqual(order, ['room']);
  budget.take(100);
  const second = budget.room(over.signal);
  over.abort();
  await second;
});

test('the session that was silent longest is forgotten, with a tombstone', () => {
  const sessions = new Sessions(new Map(), 2);
  for (const [i, session] of ['a', 'b', 'c'].entries()) {
    const change = sessions.begin();
    change.add(REDACTED, { ...FACTS, session }, 1, i);
    sessions.apply(change.delta);
  }
  assert.equal(sessions.size, 3);
  const gone = sessions.overflow();
  const records = sessions.begin().records(gone);
  assert.deepEqual(
    records.map(({ key, value }) => [key?.toString(), value]),
    [['["north","a"]', null]],
  );
  sessions.forget(gone);
  assert.equal(sessions.get('north', 'a'), undefined);
  const again = new Sessions(
    new Map([
      ...['b', 'c'].map(
        (one) => [`["north","${one}"]`, Buffer.from(JSON.stringify(sessions.get('north', one)))] as const,
      ),
      ['x', Buffer.from('no state')],
    ]),
  );
  assert.equal(again.size, 2);
  assert.deepEqual(again.get('north', 'c'), sessions.get('north', 'c'));
});

test('a transaction holds at least one record, and a large one travels alone', () => {
  const small = Array.from({ length: 5000 }, (_, i) => judged(i));
  assert.equal(windowLength(small, Number.POSITIVE_INFINITY), 2000);
  assert.equal(windowLength(small, 50), 50);
  const large = judged(0, REDACTED, 950_000);
  assert.equal(windowLength([large, ...small], 100), 1);
  assert.equal(windowLength([judged(0), large], 100), 1);
  const heavy = Array.from({ length: 10 }, (_, i) => judged(i, REDACTED, 800_000));
  assert.equal(windowLength(heavy, 100), 5);
});

test('a gap that was accepted is in the audit, and the chain goes on behind it', () => {
  const list = [{ ...judged(20), gap: { from: 5, to: 20 } }, judged(21)];
  const { work, tally } = buildWindow(list, 5, 4, new Sessions(), CONTEXT, 1000);
  assert.deepEqual([work.first, work.next, tally.incidents.length], [5, 22, 2]);
  const audit = work.sends.find(({ topic }) => topic === TOPICS.audit)!.records;
  const entries = audit.map(({ value }) => JSON.parse(value!.toString()) as AuditEntry);
  assert.deepEqual(
    entries.map(({ id, outcome, previous }) => [id, outcome, previous]),
    [
      ['agent.prompts/3/5/gap', 'gap', 4],
      ['agent.prompts/3/20', 'redacted', 19],
      ['agent.prompts/3/21', 'redacted', 20],
    ],
  );
  assert.deepEqual(
    audit.map(({ key }) => key?.toString()),
    entries.map(({ id }) => id),
  );
  assert.ok(work.sends.every(({ partition }) => partition === 3));
});

test('what was found beside the content raises its incident, whatever became of the message', () => {
  const beside: Verdict = { outcome: 'redacted', reason: 'none', headers: [], facts: REDACTED.facts };
  const gone = judged(8, { ...beside, outcome: 'tombstone' });
  const list = [judged(7, beside), { ...gone, record: { ...gone.record, value: null } }];
  const { work, tally } = buildWindow(list, 7, 6, new Sessions(), CONTEXT, 1000);
  assert.equal(tally.incidents.length, 2);
  const events = work.sends.find(({ topic }) => topic === TOPICS.incidents)!.records;
  assert.deepEqual(
    events.map(({ value }) => (JSON.parse(value!.toString()) as { disposition: string }).disposition),
    ['Corrected', 'Corrected'],
  );
  const [outcome] = work.sends.find(({ topic }) => topic === 'agent.prompts.redacted')!.records;
  assert.deepEqual(outcome.value, list[0].record.value);
});

test('quarantine keeps what its topic takes, and nobody says so of what it does not keep', () => {
  const failed: Verdict = {
    outcome: 'could-not-scan',
    reason: 'too-large',
    facts: '{"tenant":"north","surface":"prompt"}',
  };
  const quarantine = new Quarantine(KEY);
  const said = (context: WindowContext) => {
    const { work } = buildWindow([judged(1, failed, 3_000_000)], 1, 0, new Sessions(), context, 1000);
    const first = (topic: string) => work.sends.find((send) => send.topic === topic)?.records[0];
    const json = (topic: string) => JSON.parse(first(topic)!.value!.toString()) as unknown;
    const { quarantined, kept } = json(TOPICS.audit) as AuditEntry;
    const { unmapped } = json(TOPICS.incidents) as { unmapped: { sluice: { quarantine?: string } } };
    return { bytes: first(TOPICS.quarantine)?.value?.length ?? 0, quarantined, kept, at: unmapped.sluice.quarantine };
  };
  const gone = { bytes: 0, quarantined: undefined, kept: false, at: undefined };
  assert.deepEqual(said({ ...CONTEXT, quarantine }), gone);
  assert.deepEqual(said({ ...CONTEXT, quarantine, topics: { ...TOPICS, quarantine: '' } }), gone);
  quarantine.bytesMax = 4_000_000;
  const { bytes, ...rest } = said({ ...CONTEXT, quarantine });
  assert.ok(bytes > 3_000_000);
  assert.deepEqual(rest, { quarantined: true, kept: undefined, at: 'phi.quarantine/3' });
});

test('what waits for somebody and could not be kept waits for nobody, and has no end to be told', () => {
  const asked = [{ rule: 'ask', action: 'require_approval', code: 'identifier', facts: {} }];
  const facts: Facts = { tenant: 'north', surface: 'prompt', decisions: asked };
  const pending: Verdict = { outcome: 'pending', reason: 'approval-required', facts: JSON.stringify(facts) };
  const quarantine = new Quarantine(KEY);
  const [taken, refused] = [4_000_000, undefined].map((bytesMax) => {
    quarantine.bytesMax = bytesMax;
    const sessions = new Sessions();
    const window = buildWindow([judged(1, pending, 3_000_000)], 1, 0, sessions, { ...CONTEXT, quarantine }, 1000);
    applyWindow(window, sessions);
    return sessions.lapsed(1001 + approvalMs).length;
  });
  assert.deepEqual([taken, refused], [1, 0]);
});

test('an outcome has the time of its record, unless brokers would refuse it for that, or retention take it', () => {
  const now = Date.UTC(2026, 0, 15);
  const minute = 60_000;
  const times = (timestamp: number): unknown => {
    const one = judged(1);
    const { work } = buildWindow(
      [{ ...one, record: { ...one.record, timestamp } }],
      1,
      0,
      new Sessions(),
      CONTEXT,
      now,
    );
    const [outcome] = work.sends.find(({ topic }) => topic === 'agent.prompts.redacted')!.records;
    return [outcome.timestamp, outcome.headers.find(([name]) => name === 'sluice-timestamp')?.[1]?.toString()];
  };
  for (const near of [now - 59 * minute, now, now + 9 * minute]) assert.deepEqual(times(near), [near, undefined]);
  for (const far of [-1, 0, now - 61 * minute, now + 11 * minute, 8e15])
    assert.deepEqual(times(far), [now, String(far)]);
});

test('a window is the same each time it is built from the same verdicts', () => {
  const build = () => buildWindow([judged(0), judged(1)], 0, -1, new Sessions(), CONTEXT, 1000).work;
  assert.deepEqual(build(), build());
});

test('packs are cut by bytes and by count, and a failed one around its suspect or in halves', () => {
  const sizes = (bytes: readonly number[]) =>
    packsOf(bytes.map((size) => task(Buffer.alloc(size)))).map(([a, b]) => b - a);
  assert.deepEqual(sizes([]), []);
  assert.deepEqual(sizes(Array.from({ length: 1100 }, () => 10)), [512, 512, 76]);
  assert.deepEqual(sizes([100_000, 100_000, 100_000, 500_000, 10]), [2, 1, 1, 1]);
  assert.deepEqual(split([10, 20], 13), [
    [10, 13],
    [13, 14],
    [14, 20],
  ]);
  assert.deepEqual(split([10, 12], 10), [
    [10, 11],
    [11, 12],
  ]);
  assert.deepEqual(split([10, 13], undefined), [
    [10, 12],
    [12, 13],
  ]);
});
