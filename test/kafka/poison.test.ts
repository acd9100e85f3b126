/**
 * Messages that kill threads, grow past every bound or cannot be read, on a real broker: one outcome for each, neighbours
 * that do not notice, and no identifier on any topic, page, log or crash report.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freePorts } from '../kit/free-ports.js';
import { CANARIES, GateWorld, messageOf } from '../kit/gate-process.js';
import { CLEAN, holdsAny } from '../kit/history.js';
import { headerOf, type ReadRecord } from '../kit/kafka-io.js';
import { brokers } from '../kit/test-topics.js';

const CRASH = new URL('../kit/crash-on-signal.js', import.meta.url).href;

for (const [count, at] of [
  [1, 0],
  [500, 321],
] as const) {
  test(`a message that kills its thread, ${count === 1 ? 'alone' : `among ${count}`}`, async () => {
    const [metricsPort] = (await freePorts(1)) as [number];
    await GateWorld.with({ brokers, partitions: 1, settings: { metricsPort, logLevel: 'debug' } }, async (world) => {
      const [topic] = world.inputTopics as [string];
      const records = Array.from({ length: count }, (_, i) => ({
        partition: 0,
        value: i === at ? messageOf(i).replace('Pt Maya', 'fault:exit; Pt Maya') : messageOf(i),
      }));
      await world.add(topic, records);
      const gate = world.startFaulty();
      await world.settled();
      const page = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      assert.match(page, new RegExp(`^sluice_messages_total\\{topic="${topic}",outcome="could-not-scan"\\} 1$`, 'm'));
      assert.match(page, /^sluice_withheld_total\{reason="worker-died"\} 1$/m);
      assert.ok(!holdsAny(Buffer.from(page), CANARIES), 'an identifier on the page of metrics');
      assert.equal((await gate.stop()).code, 0, gate.words);
      const outcomes = await outcomesOf(world);
      assert.deepEqual(
        outcomes.flatMap((one, i) => (headerOf(one, 'sluice-action') === 'redacted' ? [] : [[i, reasonOf(one)]])),
        [[at, 'worker-died']],
      );
    });
  });
}

test('a redacted record that grew past the bound is withheld, and kept', () =>
  GateWorld.with({ brokers, partitions: 1, settings: { recordBytesMax: 20_000 } }, async (world) => {
    const [topic] = world.inputTopics as [string];
    const born = 'DOB 1/2/90. ';
    const grown = JSON.stringify({ id: 'm', content: `MRN 77418829 ${born.repeat(1_600)}` });
    assert.ok(grown.length < 20_000);
    await world.add(topic, [
      { partition: 0, value: messageOf(0) },
      { partition: 0, value: grown },
      { partition: 0, value: messageOf(1) },
    ]);
    const gate = world.start();
    await world.settled();
    assert.equal((await gate.stop()).code, 0, gate.words);
    const outcomes = await outcomesOf(world);
    assert.deepEqual(outcomes.map(reasonOf), [undefined, 'output-too-large', undefined]);
    assert.deepEqual(
      outcomes.map((one) => headerOf(one, 'sluice-action')),
      ['redacted', 'blocked', 'redacted'],
    );
    const kept = (await world.readOutputs()).filter((one) => one.topic === world.topics.quarantine);
    assert.equal(kept.length, 1);
    const shown = await world.command('quarantine', 'show', `${topic}/0/1`, '--reveal');
    assert.match(shown.words, /output-too-large.*MRN 77418829 DOB/s, 'as it came, to who has the key');
  }));

test('a gate that breaks where nobody catches it says a code, not what it was at', () =>
  GateWorld.with({ brokers, partitions: 1, settings: { logLevel: 'debug' } }, async (world) => {
    await world.produce(600);
    const gate = world.start([], [CRASH], { CRASH_SAYS: messageOf(7) });
    await gate.says(/"event":"committed"|"event":"assigned"/);
    gate.signal('SIGUSR2');
    assert.equal((await gate.exited).code, 3);
    assert.match(gate.words, /^sluice: INTERNAL/m);
    const again = world.start();
    await world.settled();
    assert.equal((await again.stop()).code, 0, again.words);
    await outcomesOf(world);
  }));

/** Judged first: one outcome for each, and nothing in clear on topics and in files. */
async function outcomesOf(world: GateWorld): Promise<ReadRecord[]> {
  const outputs = await world.readOutputs();
  assert.deepEqual(world.judge(outputs), { outcomes: CLEAN, audits: CLEAN });
  assert.equal(world.leaksInFiles(), false, 'an identifier in a file');
  return outputs.filter(({ topic }) => world.outcomeTopics.includes(topic));
}

function reasonOf(record: ReadRecord): string | undefined {
  return headerOf(record, 'sluice-reason');
}
