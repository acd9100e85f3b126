/** Rules through the whole pipeline: outcome record, incident, audit entry and session state of what they decide. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { auditEntry, incident, session, withheld } from '../../src/commands/schemas/contracts.js';
import { memoryImage } from '../../src/directory/memory.js';
import { outcomeTopic, TOPICS } from '../../src/pipeline/topics.js';
import type { Plan } from '../../src/policy/plan.js';
import { inlinePool } from '../../src/pool/inline.js';
import { ThreadPool } from '../../src/pool/threads.js';
import { Journal } from '../../src/transports/journal.js';
import { followTopic } from '../../src/transports/journal-reader.js';
import { partitionFile } from '../../src/transports/journal-writer.js';
import { testPipeline } from '../kit/pipeline.js';
import { piiRule, planOf, toolCallRule } from '../kit/rules.js';
import { CANARY, envelope, task } from '../kit/tasks.js';

const folder = mkdtempSync(join(tmpdir(), 'sluice-ruled-'));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Read {
  readonly value: unknown;
  readonly headers: Readonly<{ [name: string]: string }>;
}

let runs = 0;

/** What comes out of a journal with these lines in it. */
async function run(
  plan: Plan,
  topic: string,
  lines: readonly string[],
  now = Date.now,
): Promise<(of: string) => Promise<Read[]>> {
  const journal = join(folder, String(++runs));
  mkdirSync(join(journal, topic), { recursive: true });
  writeFileSync(partitionFile(journal, topic, 0), `${lines.join('\n')}\n`);
  const pipeline = testPipeline({ plan, clock: now });
  const transport = new Journal({ folder: journal, topics: TOPICS, partitions: 1, clock: now, once: true });
  await transport.run({ own: pipeline.own, stop: new AbortController().signal });
  return async (of) => {
    const records: Read[] = [];
    for await (const { record } of followTopic(journal, of, { follow: false })) {
      const headers = Object.fromEntries(record.headers.map(([name, value]) => [name, String(value)]));
      records.push({ value: JSON.parse(String(record.value)), headers });
    }
    return records;
  };
}

test('blocked, pending and told: each has its outcome, its incident and its audit entry, as their schemas say', async () => {
  const rules = [
    piiRule({ name: 'no-ssn', select: [{ category: 'ssn' }], severity: 'critical' }),
    piiRule({ name: 'ask-for-mail', select: [{ category: 'email' }], action: 'require_approval' }),
    piiRule({ name: 'surer-for-phones', select: [{ category: 'phone' }], action: 'step_up' }),
    piiRule({ name: 'tell-of-mrn', select: [{ category: 'mrn' }], action: 'alert', severity: 'low' }),
  ];
  const lines = ['SSN 123-45-6789', 'a@example.org', 'call (212) 555-0142', `MRN ${CANARY}`, 'fine'].map((text) =>
    envelope(text),
  );
  const read = await run(planOf(rules), 'agent.outputs', lines);
  const outcomes = await read(outcomeTopic(TOPICS, 'agent.outputs'));
  assert.deepEqual(
    outcomes.map(({ headers }) => [headers['sluice-action'], headers['sluice-reason']]),
    [
      ['blocked', 'policy'],
      ['pending', 'approval-required'],
      ['pending', 'step-up-required'],
      ['clean', undefined],
      ['clean', undefined],
    ],
  );
  for (const { value } of outcomes.slice(0, 3)) withheld.parse(value);
  const incidents = (await read(TOPICS.incidents)).map(({ value }) => incident.parse(value));
  assert.deepEqual(
    incidents.map(({ unmapped: { sluice }, action, disposition, severity }) => [
      sluice.rule,
      action,
      disposition,
      severity,
      sluice.decisions?.map(({ code }) => code),
    ]),
    [
      ['no-ssn', 'Denied', 'Blocked', 'critical', ['identifier']],
      ['ask-for-mail', 'Denied', 'Delayed', 'high', ['identifier']],
      ['surer-for-phones', 'Denied', 'Challenge', 'high', ['identifier']],
      ['tell-of-mrn', 'Allowed', 'Alert', 'low', ['identifier']],
    ],
  );
  const audit = (await read(TOPICS.audit)).map(({ value }) => auditEntry.parse(value));
  assert.deepEqual(
    audit.map(({ outcome }) => outcome),
    ['blocked', 'pending', 'pending', 'clean', 'clean'],
  );
  assert.deepEqual((audit[0].facts as { decisions?: unknown }).decisions, [
    { rule: 'no-ssn', action: 'block', code: 'identifier', facts: { categories: ['ssn'], count: 1 } },
  ]);
});

test('the same call of a conversation within moments is one too many, until the moments are over', async () => {
  const plan = planOf([toolCallRule({ name: 'once', duplicates: true })]);
  const call = (parameters: object, rest: Readonly<Record<string, unknown>> = {}): string =>
    envelope({ name: 'refill', parameters }, rest);
  const line = (time: number, value: string): string =>
    JSON.stringify({ time: new Date(time).toISOString(), text: value });
  const from = Date.now() - 60_000;
  const read = await run(plan, 'agent.tool-calls', [
    line(from, call({ drug: 'a', days: 30 })),
    line(from + 1_000, call({ days: 30, drug: 'a' }, { id: 'm-2' })),
    line(from + 2_000, call({ drug: 'b', days: 30 })),
    line(from + 3_000, call({ drug: 'a', days: 30 }, { session: 'sess-2' })),
    line(from + 4_000, call({ drug: 'a', days: 30 }, { session: undefined })),
    line(from + 5_000, call({ drug: 'a', days: 30 }, { session: undefined })),
    line(from + 31_000, call({ drug: 'a', days: 30 })),
  ]);
  const audit = (await read(TOPICS.audit)).map(({ value }) => auditEntry.parse(value));
  assert.deepEqual(
    audit.map(({ outcome }) => outcome),
    ['clean', 'blocked', 'clean', 'clean', 'clean', 'blocked', 'clean'],
  );
  const { facts } = audit[1] as { facts: { decisions: unknown; rules: unknown } };
  assert.deepEqual(facts.decisions, [{ rule: 'once', action: 'block', code: 'call-repeated', facts: {} }]);
  assert.deepEqual(facts.rules, ['once']);
  assert.equal((await read(TOPICS.incidents)).length, 2);
  const state = (await read(TOPICS.state)).map(({ value }) => session.parse(value));
  assert.ok(state.length >= 3 && state.every(({ calls }) => calls !== undefined));
});

test('what came with one patient of a session is known again in a message about another, and kept as fingerprints', async () => {
  const plan = planOf([piiRule({ name: 'apart', select: [], crossPatient: true, action: 'redact' })]);
  const said = (content: string, patient_id: string, session = 'sess-1'): string =>
    envelope(content, { patient_id, session });
  const read = await run(plan, 'agent.tool-results', [
    said('Dorian Pell, DOB: 06/19/1971, SSN: 219-09-9999', 'p-1'),
    said('SSN 219-09-9999 is on file', 'p-2'),
    said('SSN 219-09-9999 is on file', 'p-2', 'sess-2'),
    said('Dorian Pell, born June 19, 1971', 'p-3'),
    said('SSN 219-09-9999 is on file', 'p-1'),
    said('nothing of anybody', 'p-2'),
  ]);
  const audit = (await read(TOPICS.audit)).map(({ value }) => auditEntry.parse(value));
  assert.deepEqual(
    audit.map(({ outcome, reason }) => (outcome === 'blocked' ? reason : 'passes')),
    ['passes', 'policy', 'passes', 'policy', 'passes', 'passes'],
  );
  const { decisions } = audit[1].facts as { decisions: readonly { code: string; facts: object }[] };
  const patients = (decisions[0].facts as { patients: readonly string[] }).patients;
  assert.deepEqual(decisions, [
    { rule: 'apart', action: 'block', code: 'other-patient', facts: { by: 'session', evidence: ['ssn'], patients } },
  ]);
  const incidents = (await read(TOPICS.incidents)).map(({ value }) => incident.parse(value));
  assert.deepEqual(
    incidents.map((one) => [one.is_suspected_breach, one.finding_info.types]),
    Array(2).fill([true, ['apart', 'cross-patient-contamination']]),
  );
  const state = (await read(TOPICS.state)).map(({ value }) => session.parse(value));
  assert.ok(state.some(({ sightings }) => sightings?.some(({ patient }) => patients.includes(`p:${patient}`))));
  for (const secret of ['219-09', '1971', 'Pell'])
    assert.ok(!JSON.stringify([audit, state, incidents]).includes(secret));
});

test('threads give the verdicts that the main one gives, and a directory that changes is in force from the next pack on', async () => {
  const rules = [
    toolCallRule({ name: 'care', careRelationship: true, duplicates: true }),
    piiRule({ name: 'out', action: 'block', surfaces: ['output'], applies: 'unauthorized', crossPatient: true }),
  ];
  const plan = planOf(rules);
  const rows = { providers: [{ id: 'dr-rao' }], patients: [{ id: 'p-1' }] };
  const without = memoryImage(rows, { tenant: 'north' });
  const care = memoryImage({ ...rows, care: [{ provider: 'dr-rao', patient: 'p-1' }] }, { tenant: 'north' });
  let image = without;
  const said = { patient_id: 'p-1', requesting_provider: 'dr-rao' };
  const tasks = [
    task(envelope({ name: 'ehr_query', parameters: {} }, said), { surface: 'tool_call' }),
    task(envelope(`MRN ${CANARY}`, said), { surface: 'output' }),
    task(envelope('fine'), { surface: 'output' }),
  ];
  const threads = new ThreadPool({ plan, threads: 1, deadlineMs: 30_000, known: () => ({ directory: image }) });
  try {
    for (const [now, outcome] of [
      [without, 'blocked'],
      [care, 'redacted'],
    ] as const) {
      image = now;
      const verdicts = await threads.judge(tasks, Date.now());
      assert.deepEqual(verdicts, await inlinePool(plan, () => ({ directory: now })).judge(tasks, Date.now()));
      assert.deepEqual(
        verdicts.map((one) => one.outcome),
        [outcome, 'blocked', 'clean'],
      );
      assert.match(verdicts[0].facts, new RegExp(`"directory":"${now.digest.slice(0, 16)}"`));
    }
  } finally {
    await threads.close();
  }
});
