/**
 * The learned roster: what sources that policy trusts bind to a patient is known in every session and instance of the tenant, from
 * a compacted topic without anything of a patient in it; it weighs less than what was built, and wears off.
 */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { auditEntry, incident, learned as learnedRecord } from '../../src/commands/schemas/contracts.js';
import { LearnedInForce } from '../../src/in-force/learned.js';
import { Learning, type Lesson, lessonRecords } from '../../src/pipeline/learning.js';
import type { OutRecord } from '../../src/pipeline/port.js';
import { TOPICS } from '../../src/pipeline/topics.js';
import type { Plan } from '../../src/policy/plan.js';
import type { CrossCheck } from '../../src/policy/rule.js';
import { inlinePool } from '../../src/pool/inline.js';
import {
  learnedKey,
  learnedMs,
  learnedOf,
  type Owners,
  owned,
  readOwners,
  together,
} from '../../src/roster/learned.js';
import { LearnedTable } from '../../src/roster/learned-table.js';
import { withLearned } from '../../src/roster/rosters.js';
import { Journal } from '../../src/transports/journal.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { partitionFile } from '../../src/transports/journal-writer.js';
import { testPipeline } from '../kit/pipeline.js';
import { piiRule, planOf } from '../kit/rules.js';
import { envelope, KEY } from '../kit/tasks.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-learned-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const NOW = Date.UTC(2026, 5, 1);
const SSN = '219-09-9999';

function planFrom(rest: Partial<CrossCheck> = {}): Plan {
  const crossCheck: CrossCheck = {
    roster: 'optional',
    from: 'strong',
    patientsMax: 20,
    learnFrom: { surfaces: ['tool_result'], agents: ['ehr'] },
    ...rest,
  };
  return planOf([piiRule({ name: 'apart', select: [], crossPatient: true, crossCheck })]);
}

/** One gate after another over one journal: each begins with what those before it have learned. */
class Gates {
  private readonly journal = mkdtempSync(join(folder, 'journal-'));
  now = NOW;
  /** Whether what is learned in a run is known in it already. */
  hears = true;

  async run(plan: Plan, lines: readonly (readonly [topic: string, line: string, partition?: number])[]): Promise<void> {
    const { journal: at } = this;
    this.now += 1_000;
    for (const [topic, line, partition = 0] of lines) {
      mkdirSync(join(at, topic), { recursive: true });
      const time = new Date(this.now).toISOString();
      appendFileSync(partitionFile(at, topic, partition), `${JSON.stringify({ time, text: line })}\n`);
    }
    const clock = (): number => this.now;
    const known = new LearnedInForce(KEY, () => {}, clock);
    const rosters = () => known.image && withLearned(undefined, known.image);
    const pipeline = testPipeline({
      plan,
      clock,
      pool: inlinePool(plan, () => ({ rosters: rosters() })),
      learned: (partition, lesson) => {
        if (!this.hears) return;
        for (const [key, owners] of lesson) known.learn(partition, key, owners);
        known.settle();
      },
    });
    const transport = new Journal({ folder: at, topics: TOPICS, partitions: 2, clock, once: true });
    await transport.run({ own: pipeline.own, stop: new AbortController().signal });
  }

  async read(topic: string): Promise<OutRecord[]> {
    const records: OutRecord[] = [];
    for await (const { record } of followTopic(this.journal, topic, { follow: false })) records.push(record);
    return records;
  }

  /** Of the last messages: `passes`, or by what it was withheld. */
  async told(count: number): Promise<string[]> {
    const audit = (await this.read(TOPICS.audit)).map(({ value }) => auditEntry.parse(JSON.parse(String(value))));
    audit.sort((a, b) => a.time - b.time);
    return audit.slice(-count).map(({ outcome, facts }) => {
      const [first] = (facts as { decisions?: { code: string; facts: { by?: string } }[] }).decisions ?? [];
      return outcome === 'blocked' ? `${first?.code} by ${first?.facts.by}` : 'passes';
    });
  }
}

const from = (content: string, patient_id: string, rest: object = {}): [string, string] => [
  'agent.tool-results',
  envelope(content, { patient_id, session: 'sess-1', agent: 'ehr', ...rest }),
];
const said = (content: string, patient_id: string, rest: object = {}): [string, string] => [
  'agent.outputs',
  envelope(content, { patient_id, session: 'sess-2', agent: 'chat', ...rest }),
];

test('what a trusted source has bound is known in other sessions, also after a restart, and holds nothing of a patient', async () => {
  const gates = new Gates();
  await gates.run(planFrom(), [from(`Dorian Pell, DOB: 06/19/1971, SSN: ${SSN}, dorian@example.org`, 'p-1')]);
  await gates.run(planFrom(), [
    said(`SSN ${SSN} is on file`, 'p-2'),
    said(`SSN ${SSN} is on file`, 'p-1'),
    said('SSN 219-09-9998 is on file', 'p-2'),
    said(`SSN ${SSN} is on file`, 'p-2', { tenant: 'other-house' }),
  ]);
  assert.deepEqual(await gates.told(4), [
    'other-patient by learned',
    'passes',
    'passes',
    // Of a tenant's own sessions: what another tenant has learned is critical, whoever asks.
    'other-tenant by learned',
  ]);
  const incidents = (await gates.read(TOPICS.incidents)).map(({ value }) => incident.parse(JSON.parse(String(value))));
  assert.deepEqual(
    incidents.map(({ severity, is_suspected_breach }) => [severity, is_suspected_breach]),
    [
      ['high', true],
      ['critical', true],
    ],
  );
  const records = await gates.read(TOPICS.learned);
  assert.ok(records.length >= 4);
  for (const { key, value } of records) {
    learnedRecord.parse(JSON.parse(String(value)));
    assert.equal(learnedOf(String(key))?.tenant, 'north');
    assert.doesNotMatch(`${key} ${value}`, /219|Pell|dorian|p-1/);
  }
});

test('who is not trusted, or does not say, teaches nothing; nor does a message that holds what is another patient’s', async () => {
  const gates = new Gates();
  await gates.run(planFrom(), [
    from(`SSN: ${SSN}`, 'p-1', { agent: 'scraper' }),
    from(`SSN: ${SSN}`, 'p-1', { agent: undefined }),
    ['agent.context', envelope(`SSN: ${SSN}`, { patient_id: 'p-1', session: 'sess-1', agent: 'ehr' })],
  ]);
  assert.deepEqual(await gates.read(TOPICS.learned), []);
  await gates.run(planFrom(), [from(`SSN: ${SSN}`, 'p-1', { session: 'sess-9' })]);
  const before = (await gates.read(TOPICS.learned)).length;
  assert.ok(before > 0);
  await gates.run(planFrom(), [from(`SSN: ${SSN}`, 'p-2', { session: 'sess-8' })]);
  assert.deepEqual(await gates.told(1), ['other-patient by learned']);
  assert.equal((await gates.read(TOPICS.learned)).length, before);
});

test('a value of several patients is a group that says less, and of many nothing; partitions are put together', async () => {
  const gates = new Gates();
  const bind = (patient: string, partition: number): [string, string, number] => [
    ...from('reach them at (212) 555-0142', patient, { session: `of-${patient}` }),
    partition,
  ];
  const medium = planFrom({ from: 'medium' });
  const asks = [said(`SSN ${SSN}, or (212) 555-0142`, 'p-9')] as const;
  const alone = planOf([
    piiRule({
      name: 'teaches',
      select: [],
      crossPatient: true,
      crossCheck: { roster: 'optional', from: 'strong', patientsMax: 20, learnFrom: { surfaces: ['tool_result'] } },
    }),
  ]);
  await gates.run(alone, [from(`SSN: ${SSN}`, 'p-1'), bind('p-1', 0)]);
  await gates.run(alone, asks);
  assert.deepEqual(await gates.told(1), ['other-patient by learned']);
  // Learned at once and apart, so that neither has heard of the other.
  const both = new Gates();
  both.hears = false;
  await both.run(alone, [
    [...from(`SSN: ${SSN}`, 'p-1'), 0],
    [...from(`SSN: ${SSN}`, 'p-2', { session: 'sess-5' }), 1],
  ]);
  both.hears = true;
  await both.run(alone, [said(`SSN ${SSN}`, 'p-9')]);
  assert.deepEqual(await both.told(1), ['passes']);
  await both.run(medium, [said(`SSN ${SSN}`, 'p-9'), said(`SSN ${SSN}`, 'p-2')]);
  assert.deepEqual(await both.told(2), ['other-patient by learned', 'passes']);
});

test('what nobody has seen again for long is forgotten', async () => {
  const gates = new Gates();
  await gates.run(planFrom(), [from(`SSN: ${SSN}`, 'p-1')]);
  gates.now += learnedMs + 1_000;
  await gates.run(planFrom(), [said(`SSN ${SSN} is on file`, 'p-2')]);
  assert.deepEqual(await gates.told(1), ['passes']);
  await gates.run(planFrom(), [from('SSN: 219-09-9998', 'p-3')]);
  const last = await gates.read(TOPICS.learned);
  assert.ok(last.some(({ value }) => value === null));
});

test('a slot is bounded: what was learned longest ago is forgotten first, with a tombstone', () => {
  const key = (n: number): string => learnedKey({ tenant: 'north', print: n.toString(16).padStart(16, '0') });
  const told: Lesson[] = [];
  const learning = new Learning(new Map(), (lesson) => void told.push(new Map(lesson)), 3);
  const teach = (n: number): OutRecord[] => {
    const pupil = learning.begin();
    const print = n.toString(16).padStart(16, '0');
    const sighted = { binds: [['A'.repeat(22), print, []]] as const, learn: true as const };
    pupil.hear({ tenant: 'north', surface: 'tool_result', sighted }, [], NOW + n);
    const lesson = pupil.lesson(NOW + n);
    learning.apply(lesson);
    return lessonRecords(lesson);
  };
  for (let n = 1; n <= 3; n++) assert.equal(teach(n).length, 1);
  const fourth = teach(4);
  assert.deepEqual(
    fourth.map(({ key, value }) => [String(key), value === null]),
    [
      [key(4), false],
      [key(1), true],
    ],
  );
  assert.deepEqual(
    told.map((lesson) => [...lesson.keys()]),
    [[], [key(1)], [key(2)], [key(3)], [key(4), key(1)]],
  );
  // The same again within a day is no news.
  assert.deepEqual(teach(4), []);
});

test('owners: read back as written, strange records refused, the latest of each patient kept', () => {
  const [a, b] = ['A'.repeat(22), 'B'.repeat(22)];
  const owners: Owners = owned(owned([], a, NOW), b, NOW + 5);
  assert.equal(owned(owners, a, NOW + 10), owners);
  assert.deepEqual(together(owners, [[a, NOW + 9]], NOW + 10), [
    [b, NOW + 5],
    [a, NOW + 9],
  ]);
  assert.deepEqual(together(owners, [], NOW + learnedMs + 2), [[b, NOW + 5]]);
  for (const strange of [
    '',
    '[]',
    '{"v":2,"by":[]}',
    '{"v":1,"by":[["short",1]]}',
    '{"v":1,"by":[1]}',
    '{"v":1,"by":{}}',
  ])
    assert.equal(readOwners(Buffer.from(strange)), undefined);
  for (const strange of ['', 'x', '["a"]', '["a","0g"]', '[1,"0000000000000000"]'])
    assert.equal(learnedOf(strange), undefined);
  const table = LearnedTable.of(new Map([['000000ff00000000', owners]]));
  assert.deepEqual(
    new LearnedTable(table).owners('000000ff00000000'),
    owners.map(([one, at]) => [one, Math.floor(at / 1000) * 1000]),
  );
  assert.deepEqual(new LearnedTable(table).owners('000000fe00000000'), []);
  assert.throws(() => new LearnedTable(table.slice(0, -1)), { code: 'TABLE_INVALID' });
});

test('a learned roster is none that a rule may demand', async () => {
  const gates = new Gates();
  await gates.run(planFrom(), [from(`SSN: ${SSN}`, 'p-1')]);
  await gates.run(planFrom({ roster: 'required' }), [said('hello', 'p-1')]);
  const [last] = (await gates.read(TOPICS.audit)).slice(-1);
  assert.equal(JSON.parse(String(last.value)).reason, 'roster-missing');
});

test('the topic read anew takes the place of what was known, and half of it is never in force', () => {
  const known = new LearnedInForce(KEY);
  const key = (n: number): Buffer => Buffer.from(learnedKey({ tenant: 'north', print: `${n}`.padEnd(16, '0') }));
  const value = lessonRecords(new Map([['', [['A'.repeat(22), Date.now()]]]]))[0].value;
  const first = known.begin();
  first.apply([1, 2].map((n) => ({ partition: 0, key: key(n), value })));
  const values = (): number | undefined => known.image?.values;
  assert.equal(values(), undefined);
  first.settle();
  assert.equal(values(), 2);
  const second = known.begin();
  second.apply([{ partition: 1, key: key(3), value }]);
  assert.equal(values(), 2);
  second.settle();
  assert.equal(values(), 1);
  known.close();
});
