/**
 * Many tenants at once through one gate with threads: same sessions, same patients' numbers, same message ids, each with values of
 * its own. What comes of one tenant never shows another's, and another tenant's patient is told only by the rule that says so.
 */
import assert from 'node:assert/strict';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { AuditEntry } from '../../src/audit/entry.js';
import { LearnedInForce } from '../../src/in-force/learned.js';
import type { Incident } from '../../src/pipeline/incident.js';
import type { OutRecord } from '../../src/pipeline/port.js';
import { TOPICS } from '../../src/pipeline/topics.js';
import { ThreadPool } from '../../src/pool/threads.js';
import { withLearned } from '../../src/roster/rosters.js';
import { events } from '../../src/telemetry/events.js';
import { Metrics } from '../../src/telemetry/metrics.js';
import { Journal } from '../../src/transports/journal.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { partitionFile } from '../../src/transports/journal-writer.js';
import { testPipeline } from '../kit/pipeline.js';
import { rosterFor } from '../kit/roster.js';
import { piiRule, planOf, toolCallRule } from '../kit/rules.js';
import { envelope, KEY } from '../kit/tasks.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-isolation-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const TENANTS = 16;
const ROUNDS = 6;
const PARTITIONS = 4;
/** The same in every tenant: its own patient's number, and another one's. */
const [SUBJECT, OTHER] = ['10000001', '10000002'];

interface House {
  readonly name: string;
  readonly ssn: string;
  readonly email: string;
  /** Of the roster's other patient. */
  readonly otherSsn: string;
}

const houses: readonly House[] = Array.from({ length: TENANTS }, (_, i) => {
  const n = String(10 + i);
  return {
    name: `house-${n}`,
    ssn: `2${n}-31-4${n}7`,
    email: `canary${n}@example.org`,
    otherSsn: `3${n}-42-5${n}8`,
  };
});
const values = ({ ssn, email, otherSsn }: House): readonly string[] => [ssn, email, otherSsn];

const crossCheck = {
  roster: 'required',
  from: 'strong',
  patientsMax: 20,
  learnFrom: { surfaces: ['tool_result'] },
} as const;
const PLAN = planOf([
  piiRule({ name: 'apart', surfaces: ['output'], select: [], crossPatient: true, crossCheck }),
  piiRule({ name: 'masks', surfaces: ['tool_result', 'output'], action: 'redact' }),
  toolCallRule({ name: 'once', duplicates: true }),
]);

/** What each tenant's agents say in a round; all of it is judged among the others'. */
function said(
  house: House,
  round: number,
  next: House,
): readonly (readonly [topic: string, value: string, want: string])[] {
  const about = { tenant: house.name, session: `sess-${round}`, patient_id: SUBJECT, id: `m-${round}` };
  const call = { name: 'refill', parameters: { patient: SUBJECT, round } };
  return [
    ['agent.tool-results', envelope(`SSN: ${house.ssn}, ${house.email}`, about), 'redacted'],
    ['agent.outputs', envelope(`Your SSN ${house.ssn} is on file`, about), 'redacted'],
    ['agent.outputs', envelope(`The SSN is ${house.otherSsn}`, about), 'other-patient'],
    ['agent.outputs', envelope(`The SSN is ${next.otherSsn}`, about), 'other-tenant'],
    // No rule about other patients looks there.
    [
      'agent.tool-results',
      envelope(`The SSN is ${next.otherSsn}`, { ...about, session: `apart-${round}` }),
      'redacted',
    ],
    ['agent.tool-calls', envelope(call, about), 'redacted'],
    ['agent.outputs', `{"tenant":"${house.name}","tenant":"x","content":"${house.ssn}"}`, 'envelope-ambiguous'],
  ];
}

test(`${TENANTS} tenants at once through threads: state, keys, metrics, errors, incidents and references stay apart`, async () => {
  const journal = join(folder, 'journal');
  const wanted = new Map<string, string>();
  const counts = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, house] of houses.entries()) {
      for (const [topic, value, want] of said(house, round, houses[(i + 1) % TENANTS])) {
        const partition = (i + round) % PARTITIONS;
        const file = `${topic}/${partition}`;
        const offset = counts.get(file) ?? 0;
        counts.set(file, offset + 1);
        wanted.set(`${file}/${offset}`, `${house.name} ${want}`);
        mkdirSync(join(journal, topic), { recursive: true });
        const line = JSON.stringify({
          time: new Date().toISOString(),
          key: `${SUBJECT} of ${house.email}`,
          text: value,
        });
        appendFileSync(partitionFile(journal, topic, partition), `${line}\n`);
      }
    }
  }
  const tenants = houses.map(({ name, ssn, email, otherSsn }) =>
    rosterFor(name, [
      'mrn,ssn,email,given,family,birth',
      `${SUBJECT},${ssn},${email},Ana,Garcia,1980-03-04`,
      `${OTHER},${otherSsn},,Luis,Romero,1979-07-08`,
    ]),
  );
  const built = { digest: 'ab'.repeat(32), patients: 2 * TENANTS, tenants };
  const learned = new LearnedInForce(KEY);
  const known = () => ({ rosters: learned.image ? withLearned(built, learned.image) : built });
  const pool = new ThreadPool({ plan: PLAN, threads: 2, deadlineMs: 60_000, known });
  const metrics = new Metrics(() => NO_GAUGES);
  const words: string[] = [];
  const pipeline = testPipeline({
    plan: PLAN,
    pool,
    events: events(metrics, { committed: (event) => void words.push(JSON.stringify({ ...event, incidents: [] })) }),
    learned: (partition, lesson) => {
      for (const [key, owners] of lesson) learned.learn(partition, key, owners);
      learned.settle();
    },
  });
  try {
    const transport = new Journal({
      folder: journal,
      topics: TOPICS,
      partitions: PARTITIONS,
      clock: Date.now,
      once: true,
    });
    await transport.run({ own: pipeline.own, stop: new AbortController().signal });
  } finally {
    await pool.close();
  }
  const read = async (topic: string): Promise<OutRecord[]> => {
    const records: OutRecord[] = [];
    for await (const { record } of followTopic(journal, topic, { follow: false })) records.push(record);
    return records;
  };
  const written = async <T>(topic: string): Promise<T[]> =>
    (await read(topic)).flatMap(({ value }) => (value === null ? [] : [JSON.parse(String(value)) as T]));

  // Each message came out as its own tenant's, by its own tenant's rosters and state.
  const audit = await written<AuditEntry & { readonly facts: Facts }>(TOPICS.audit);
  const told = audit.map(({ id, outcome, reason, facts }) => {
    const code = facts.decisions?.find((one) => one.code.startsWith('other-'))?.code;
    return [id, `${facts.tenant} ${code ?? (reason === 'envelope-ambiguous' ? reason : outcome)}`] as const;
  });
  // An envelope that names two tenants is nobody's.
  const expected = [...wanted].map(
    ([id, want]) => [id, want.replace(/^\S+ (envelope-ambiguous)$/, 'default $1')] as const,
  );
  assert.deepEqual(new Map(told), new Map(expected));

  // Only the rule that says so tells of another tenant, critically, and never of which or whom.
  const incidents = await written<Incident>(TOPICS.incidents);
  const foreign = incidents.filter(({ finding_info }) => finding_info.types.includes('cross-tenant-contamination'));
  assert.equal(foreign.length, TENANTS * ROUNDS);
  for (const { severity, finding_info, unmapped } of foreign) {
    assert.deepEqual([severity, finding_info.types[0], unmapped.sluice.surface], ['critical', 'apart', 'output']);
    assert.equal(JSON.stringify(unmapped.sluice.decisions).includes('p:'), false);
  }

  // Nothing of anybody, and of no other tenant, on any way out.
  const kept = [TOPICS.state, TOPICS.learned, TOPICS.quarantine];
  const outputs = [
    ...Object.keys(TOPICS.inputs).map((one) => one + TOPICS.suffix),
    TOPICS.audit,
    TOPICS.incidents,
    ...kept,
  ];
  const seen = new Map<string, Set<string>>();
  for (const topic of outputs) {
    for (const { key, value, headers } of await read(topic)) {
      const text = [key, value, ...headers.map(([, one]) => one)].map(String).join('\n');
      for (const house of houses) for (const one of values(house)) assert.ok(!text.includes(one), `${one} on ${topic}`);
      const owners = houses.filter(({ name }) => text.includes(name));
      assert.ok(owners.length <= 1, `two tenants in one record of ${topic}`);
      for (const [reference] of text.matchAll(
        /\[OTHER-ID:[A-Z2-7]{16}\]|p:[\w-]{22}|"[\w-]{22}"|\b[0-9a-f]{16}\b(?=\\?"\])/g,
      )) {
        const by = seen.get(reference) ?? new Set<string>();
        seen.set(reference, by);
        for (const { name } of owners) by.add(name);
      }
    }
  }
  // The same patient's number has a reference in each tenant, and none of them has two.
  assert.ok([...seen.values()].filter(({ size }) => size === 1).length >= 3 * TENANTS);
  assert.deepEqual(
    [...seen].filter(([, by]) => by.size > 1),
    [],
  );
  const page = (await metrics.registry.metrics()) + words.join('\n');
  for (const house of houses)
    for (const one of [house.name, ...values(house)]) assert.ok(!page.includes(one), `${one} in the metrics`);
});

interface Facts {
  readonly tenant: string;
  readonly decisions?: readonly { readonly code: string }[];
}

const NO_GAUGES: ConstructorParameters<typeof Metrics>[0] extends () => infer G ? G : never = {
  inFlightBytes: 0,
  queuedPacks: 0,
  runningPacks: 0,
  threads: 2,
  workerRestarts: 0,
  retries: 0,
  slots: 0,
  lanes: 0,
  paused: false,
  workers: {},
  workerStages: new Map(),
};
