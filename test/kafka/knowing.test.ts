/** Gates on a real broker that know patients: from a topic of changes, from what others have learned, and after a restart. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import type { AuditEntry } from '../../src/audit/entry.js';
import { GateWorld } from '../kit/gate-process.js';
import { knowing } from '../kit/knowing.js';
import { brokers } from '../kit/test-topics.js';
import { untilWithin } from '../kit/until.js';

const TIMEOUT_MS = 180_000;
const until = untilWithin(60_000);
const PARTITIONS = 2;

test('changes come in force while it runs, what one gate has learned another knows, and a roster is built of the topic', {
  timeout: TIMEOUT_MS,
}, async () => {
  const known = knowing();
  const name = `k${randomBytes(4).toString('hex')}`;
  const [results, changes] = [`${name}.results`, `${name}.patients`];
  const settings = { ...known.settings, rosterTopics: { default: changes } };
  try {
    await GateWorld.with(
      { brokers, partitions: PARTITIONS, settings, inputs: { [results]: 'tool_result' } },
      async (world) => {
        await world.io.createTopics([changes], PARTITIONS, { 'cleanup.policy': 'compact' });
        const patient = (id: string, ssn: string) => ({
          partition: 0,
          key: id,
          value: JSON.stringify({ ssn, given: 'New', family: 'Comer', dob: '1990-01-01' }),
        });
        await world.io.produce(changes, [patient('10000004', '913-11-2235')]);
        const outputs = world.inputTopics.find((one) => one.endsWith('outputs')) as string;
        let number = 0;
        const say = async (topic: string, content: string, patient_id: string, partition: number): Promise<void> => {
          const value = JSON.stringify({ id: `m-${++number}`, session: `s-${number}`, patient_id, content });
          await world.add(topic, [{ partition, key: 'k', value }]);
          await world.settled();
        };
        /** Of the last message: by what another patient was seen. */
        const by = async (): Promise<string> => {
          const entries = (await world.io.readAll([world.topics.audit])).map(
            ({ value }) => JSON.parse(String(value)) as AuditEntry & { readonly facts: Facts },
          );
          const { decisions = [] } = entries.find(({ facts }) => facts.id === `m-${number}`)!.facts;
          return decisions.map(({ facts }) => String(facts.by ?? 'roster')).join();
        };
        const first = world.start();
        await say(outputs, 'SSN 913-11-2235', '10000001', 0);
        assert.equal(await by(), 'roster');
        // Who was known by it before is not any more.
        await say(outputs, 'SSN 903-11-2235', '10000001', 0);
        assert.equal(await by(), '');
        await say(results, 'SSN: 219-09-9999', '10000001', 0);
        await until(async () => {
          await say(outputs, 'SSN 219-09-9999', '10000005', 1);
          return (await by()) === 'learned';
        });
        await world.io.produce(changes, [
          patient('10000090', '919-11-2239'),
          { partition: 0, key: '10000004', value: null },
        ]);
        await until(async () => {
          await say(outputs, 'SSN 919-11-2239', '10000001', 1);
          return (await by()) === 'roster';
        });
        await first.stop();
        world.start();
        await say(outputs, 'SSN 219-09-9999', '10000005', 0);
        assert.equal(await by(), 'learned');
        await say(outputs, 'SSN 913-11-2235', '10000001', 0);
        assert.equal(await by(), '');

        const snapshot = `${known.settings.roster}.next`;
        const keyed = ['--tenant', 'default', '--key-file', known.keyFile];
        const built = await world.command('roster', 'build', '--topic', changes, '--out', snapshot, ...keyed, '--json');
        assert.match(built.words, /"patients":1,/);
        const stats = await world.command('roster', 'stats', snapshot, ...keyed);
        assert.match(stats.words, /patients +1\n/);
      },
    );
  } finally {
    known.remove();
  }
});

interface Facts {
  readonly id?: string;
  readonly decisions?: readonly { readonly facts: { readonly by?: string } }[];
}
