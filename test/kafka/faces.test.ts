/** Kafka, and the SDK with Kafka as its sink, judge the table of test/faces as the other faces do. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { type AuditEntry, type Incident, kafkaSink, Shield } from '../../src/index.js';
import { SURFACES } from '../../src/message.js';
import { DECIDING, ENGINE_CASES, type FaceCase, POLICY_CASES } from '../faces/cases.js';
import { answerOf, type Deciding, envelopeOf, settingsOf, withSetting } from '../faces/faces.js';
import { GateWorld } from '../kit/gate-process.js';
import { headerOf, type ReadRecord } from '../kit/kafka-io.js';
import { CANARY, KEY } from '../kit/tasks.js';
import { brokers } from '../kit/test-topics.js';

const TABLES: Readonly<Record<string, readonly [Deciding, readonly FaceCase[]]>> = {
  'without a policy': [{}, ENGINE_CASES],
  'by the healthcare policy': [DECIDING, POLICY_CASES],
};

for (const [table, [deciding, cases]] of Object.entries(TABLES)) {
  test(`Kafka judges ${table} as the table says`, () =>
    withSetting(deciding, (setting) => {
      const name = `f${randomBytes(4).toString('hex')}`;
      const inputs = Object.fromEntries(SURFACES.map((surface) => [`${name}.${surface}`, surface]));
      return GateWorld.with({ brokers, partitions: 1, inputs, settings: settingsOf(setting) }, async (world) => {
        for (const surface of SURFACES) {
          const mine = cases.filter((one) => one.surface === surface);
          if (mine.length === 0) continue;
          await world.add(
            `${name}.${surface}`,
            mine.map((one) => ({ partition: 0, value: envelopeOf(one) })),
          );
        }
        const gate = world.start();
        await world.settled();
        assert.equal((await gate.stop()).code, 0, gate.words);
        const outputs = await world.readOutputs();
        const audit = jsonOn<AuditEntry>(outputs, world.topics.audit);
        const incidents = jsonOn<Incident>(outputs, world.topics.incidents);
        for (const surface of SURFACES) {
          cases
            .filter((one) => one.surface === surface)
            .forEach((one, i) => {
              const id = `${name}.${surface}/0/${i}`;
              const outcome = outputs.find((record) => headerOf(record, 'sluice-source') === id)!;
              const answer = answerOf(one, {
                value: outcome.value?.toString() ?? '',
                headers: outcome.headers,
                audit: audit.find((entry) => entry.id === id)!,
                incidents: incidents.filter(({ unmapped }) => unmapped.sluice.audit === id),
              });
              assert.deepEqual(answer, one.answer, `${surface}: ${one.name}`);
            });
        }
      });
    }));
}

test('a shield keeps its records on a cluster, in one transaction, before it answers', () =>
  GateWorld.with({ brokers, partitions: 2 }, async (world) => {
    const { incidents, audit, quarantine } = world.topics;
    const sink = kafkaSink({ brokers, topics: { incidents, audit, quarantine } });
    const shields = ['north', 'south'].map((tenant) => new Shield({ agentId: 'portal-bot', tenant, key: KEY, sink }));
    await shields[0]!.ready();
    const content = `MRN ${CANARY}`;
    const calls = Array.from({ length: 40 }, (_, i) => shields[i % 2]!.scanOutput({ content }));
    const tooLarge = shields[0]!.scanOutput({ content: content.repeat(100_000) });
    const results = await Promise.all(calls);
    assert.equal((await tooLarge).action, 'could-not-scan');
    const outputs = await world.readOutputs();
    const entries = jsonOn<AuditEntry>(outputs, audit);
    assert.deepEqual(
      new Set(entries.map(({ id }) => id)),
      new Set([...results, await tooLarge].map(({ auditId }) => auditId)),
    );
    assert.deepEqual(
      entries.map(({ previous }) => previous),
      entries.map((_, i) => i - 1),
    );
    const raised = jsonOn<Incident>(outputs, incidents).map(({ metadata }) => metadata.uid);
    assert.deepEqual(new Set(raised), new Set([...results, await tooLarge].flatMap(({ incidentIds }) => incidentIds)));
    // Larger than the topic takes: its place is kept, and the audit says that it is not.
    assert.deepEqual(
      outputs.filter(({ topic }) => topic === quarantine).map(({ value }) => value),
      [null],
    );
    assert.equal(entries.filter(({ kept }) => kept === false).length, 1);
    assert.doesNotMatch(outputs.map(({ value }) => value?.toString('latin1')).join('\n'), new RegExp(CANARY));
    await Promise.all(shields.map((shield) => shield.close()));
  }));

test('without brokers, or without the topics, a shield withholds and says why', async () => {
  for (const sink of [
    kafkaSink({ brokers, topics: { audit: 'nobody.made.this' } }),
    kafkaSink({ brokers: ['127.0.0.1:1'] }),
  ]) {
    const faults: string[] = [];
    const shield = new Shield({ agentId: 'bot', key: KEY, sink, sinkMs: 4_000, onFault: (code) => faults.push(code) });
    const result = await shield.scanInput({ content: 'hello' });
    assert.deepEqual([result.action, result.reason], ['could-not-scan', 'not-recorded']);
    assert.match(faults.join(), /^(TOPIC_UNFIT|KAFKA_FAILED|SINK_FAILED)$/);
    await shield.close();
  }
});

function jsonOn<T>(outputs: readonly ReadRecord[], topic: string): T[] {
  return outputs.filter((record) => record.topic === topic).map(({ value }) => JSON.parse(value!.toString()) as T);
}
