/** A slot is lost as a whole: one lane that is told so ends the others, however idle, and nothing more is committed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Batch, Lane, Outcome, Slot } from '../../src/pipeline/port.js';
import { testPipeline } from '../kit/pipeline.js';

const NEVER = new Promise<never>(() => {});

test('a lane that is lost ends the slot, though its sibling waits for a record that does not come', async () => {
  const idle = lane('agent.outputs', () => NEVER, 'committed');
  const busy = lane('agent.prompts', (asked) => (asked === 0 ? Promise.resolve(batchAt(0)) : NEVER), 'lost');
  await ownedBy(slotOf(busy, idle));
  assert.deepEqual([busy.commits, idle.commits], [1, 0]);
});

test('what the sibling has in hand is not committed once the slot is lost', async () => {
  const once = (asked: number): Promise<Batch> => (asked === 0 ? Promise.resolve(batchAt(0)) : NEVER);
  const lanes = [lane('agent.prompts', once, 'lost'), lane('agent.outputs', once, 'lost')];
  await ownedBy(slotOf(...lanes));
  assert.equal(
    lanes.reduce((sum, { commits }) => sum + commits, 0),
    1,
  );
});

async function ownedBy(slot: Slot): Promise<void> {
  const pipeline = testPipeline();
  const late = new Promise((resolve) => setTimeout(resolve, 2_000, 'late'));
  assert.notEqual(await Promise.race([pipeline.own(slot), late]), 'late', 'own has not resolved');
  assert.equal(pipeline.status().slots, 0);
}

function slotOf(...lanes: Lane[]): Slot {
  return { partition: 0, lanes, revoked: new AbortController().signal, readState: async () => new Map() };
}

function lane(topic: string, batches: (asked: number) => Promise<Batch>, outcome: Outcome): Lane & { commits: number } {
  let asked = 0;
  const made = {
    topic,
    partition: 0,
    position: 0,
    commits: 0,
    next: () => batches(asked++),
    commit: async () => {
      made.commits++;
      return outcome;
    },
  };
  return made;
}

function batchAt(offset: number): Batch {
  const record = { offset, timestamp: 0, key: null, value: Buffer.from('calm'), headers: [] };
  return { records: [record], highWatermark: offset + 1 };
}
