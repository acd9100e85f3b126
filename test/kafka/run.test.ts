/** `sluice run` on a real broker: one outcome and one audit entry for each message, no identifier anywhere, a clean end. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflatedBytesMax } from '../../src/transports/kafka-bounds.js';
import { GateWorld, messageOf } from '../kit/gate-process.js';
import { CLEAN } from '../kit/history.js';
import { headerOf } from '../kit/kafka-io.js';
import { brokers } from '../kit/test-topics.js';

test('messages go through redacted, and SIGTERM ends it with nothing in hand', () =>
  GateWorld.with({ brokers, partitions: 3 }, async (world) => {
    await world.produce(1200);
    const gate = world.start();
    await world.settled();
    assert.deepEqual(await gate.stop(), { code: 0, signal: null }, gate.words);
    const outputs = await world.readOutputs();
    assert.deepEqual(world.judge(outputs), { outcomes: CLEAN, audits: CLEAN });
    assert.equal(world.leaksInFiles(), false);
    const redacted = outputs.filter((record) => headerOf(record, 'sluice-action') === 'redacted');
    assert.equal(redacted.length, 1200);
    assert.match(redacted[0]?.value?.toString() ?? '', /\[NAME-1\].*\[MRN-1\].*\[PHONE-1\].*\[EMAIL-1\]/);
  }));

test('what cannot be scanned has its outcome too, and is kept in quarantine, encrypted', () =>
  GateWorld.with({ brokers, partitions: 1 }, async (world) => {
    const [topic] = world.inputTopics as [string];
    const good = { partition: 0, value: messageOf(1) };
    await world.add(topic, [
      good,
      { partition: 0, value: null },
      { partition: 0, value: Buffer.from([0xff, 0xfe, 0x00]) },
      { partition: 0, value: '{"content": "MRN 77418829' },
      { partition: 0, value: messageOf(2), headers: { 'x-patient': 'MRN 77418829' } },
      { partition: 0, key: 'MRN 77418829', value: messageOf(3) },
      { partition: 0, value: `{"id":"big","content":"MRN 77418829 ${'word '.repeat(150_000)}"}` },
      good,
    ]);
    const gate = world.start();
    await world.settled();
    assert.equal((await gate.stop()).code, 0, gate.words);
    const outputs = await world.readOutputs();
    assert.deepEqual(world.judge(outputs), { outcomes: CLEAN, audits: CLEAN });
    assert.equal(world.leaksInFiles(), false);
    const outcomes = outputs.filter(({ topic }) => world.outcomeTopics.includes(topic));
    const actions = outcomes.map((record) => headerOf(record, 'sluice-action'));
    assert.deepEqual(
      [actions[0], actions[1], actions[2], actions.at(-1)],
      ['redacted', 'tombstone', 'could-not-scan', 'redacted'],
    );
    assert.equal(outcomes[1]?.value, null, 'a tombstone stays one');
    assert.equal(actions[6], 'could-not-scan', 'too large');
    const quarantined = outputs.filter(({ topic }) => topic === world.topics.quarantine);
    assert.equal(quarantined.length, actions.filter((action) => action === 'could-not-scan').length);
  }));

test('a gzip bomb is so many outcomes without content; those around it are redacted', () =>
  GateWorld.with({ brokers, partitions: 1 }, async (world) => {
    const [topic] = world.inputTopics as [string];
    const good = { partition: 0, value: messageOf(1) };
    await world.add(topic, [good]);
    const bomb = { partition: 0, value: Buffer.alloc(inflatedBytesMax + 1) };
    const offsets = await world.io.produce(topic, [bomb, good], { compression: 'gzip' });
    for (const offset of offsets) world.inputs.push({ topic, partition: 0, offset });
    await world.add(topic, [good]);
    const gate = world.start();
    await world.settled();
    assert.equal((await gate.stop()).code, 0, gate.words);
    const outputs = await world.readOutputs();
    assert.deepEqual(world.judge(outputs), { outcomes: CLEAN, audits: CLEAN });
    const actions = outputs
      .filter(({ topic }) => world.outcomeTopics.includes(topic))
      .map((record) => `${headerOf(record, 'sluice-action')} ${headerOf(record, 'sluice-reason') ?? ''}`.trim());
    assert.deepEqual(actions, [
      'redacted',
      'could-not-scan batch-too-large',
      'could-not-scan batch-too-large',
      'redacted',
    ]);
  }));

test('two gates share the work, and one takes over when the other is killed', () =>
  GateWorld.with({ brokers, partitions: 4 }, async (world) => {
    await world.produce(800);
    const first = world.start();
    await first.says(/"event":"committed"|"event":"assigned"/);
    const second = world.start();
    await second.says(/"event":"assigned"/);
    await world.produce(800);
    await first.stop();
    await world.produce(400);
    await world.settled();
    assert.equal((await second.stop()).code, 0, second.words);
    assert.deepEqual(world.judge(await world.readOutputs()), { outcomes: CLEAN, audits: CLEAN });
  }));

test('a topic that does not fit stops the gate before it reads anything', () =>
  GateWorld.with({ brokers, partitions: 1 }, async (world) => {
    const gate = world.start(['--production']);
    const { code } = await gate.exited;
    assert.equal(code, 3);
    assert.match(gate.words, /TOPIC_UNFIT.*fewer than 3 replicas/);
  }));
