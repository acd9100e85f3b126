/** A lane that has records and does not move is found, however busy the others are; who waits for good reason is left alone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Outcome } from '../../src/pipeline/port.js';
import { silenceMsMax, waitMsMax } from '../../src/transports/kafka-bounds.js';
import type { KafkaMessage } from '../../src/transports/kafka-client.js';
import { type Committer, KafkaLane } from '../../src/transports/kafka-lane.js';
import { Watch } from '../../src/transports/kafka-watch.js';

const STEP_MS = 1_000;

test('records in hand and no commit', async () => {
  const { lane, passes } = scene();
  lane.offer(0, 1, [message(0)]);
  await lane.next();
  assert.equal(await passes(silenceMsMax), undefined);
  assert.equal(await passes(2 * STEP_MS), 'KAFKA_SILENT t/0');
});

test('a commit is a sign of life, and nothing to do is none of death', async () => {
  const { lane, passes } = scene();
  lane.offer(0, 1, [message(0)]);
  assert.equal(await passes(silenceMsMax), undefined);
  assert.equal(await lane.commit({ sends: [], first: 0, next: 1 }), 'committed');
  assert.equal(await passes(10 * silenceMsMax), undefined);
});

test('records that the broker has and the client does not fetch', async () => {
  const { passes } = scene({ end: 5 });
  assert.equal(await passes(silenceMsMax + 20 * STEP_MS), 'KAFKA_SILENT t/0');
});

test('a broker that does not answer says nothing of its records', async () => {
  const world = scene({ end: 5 });
  await world.passes(10 * STEP_MS);
  world.end = undefined;
  assert.equal(await world.passes(10 * silenceMsMax), undefined);
});

test('a sibling that commits holds the turn, and an owner may have its reasons, but not for ever', async () => {
  const busy = scene({ commit: () => new Promise(() => {}) });
  busy.lane.offer(0, 1, [message(0)]);
  void busy.lane.commit({ sends: [], first: 0, next: 1 });
  assert.equal(await busy.passes(2 * silenceMsMax), undefined);
  const waiting = scene({ waits: true });
  waiting.lane.offer(0, 1, [message(0)]);
  assert.equal(await waiting.passes(waitMsMax), undefined);
  assert.equal(await waiting.passes(2 * STEP_MS), 'KAFKA_SILENT t/0');
});

test('a client without a sign of life', async () => {
  const { watch, passes } = scene({ signs: false });
  watch.sign();
  assert.equal(await passes(silenceMsMax), undefined);
  assert.equal(await passes(2 * STEP_MS), 'KAFKA_SILENT');
});

test('the lag is what is now, commits or not', async () => {
  const world = scene({ end: 7 });
  await world.passes(10 * STEP_MS);
  assert.deepEqual(world.watch.lags(), [{ topic: 't', partition: 0, records: 7, stillMs: STEP_MS }]);
  await world.passes(5 * STEP_MS);
  assert.deepEqual(world.watch.lags(), [{ topic: 't', partition: 0, records: 7, stillMs: 6 * STEP_MS }]);
  world.lane.skip(0, 6);
  assert.equal(world.watch.lags()[0]?.records, 0, 'what nobody may see is not missing');
});

interface SceneOptions {
  readonly end?: number;
  readonly waits?: boolean;
  readonly signs?: boolean;
  readonly commit?: () => Promise<Outcome>;
}

interface Scene {
  readonly lane: KafkaLane;
  readonly watch: Watch;
  end: number | undefined;
  passes(ms: number): Promise<string | undefined>;
}

/** A lane that begins at 0, and time that passes as told. */
function scene({
  end,
  waits = false,
  signs = true,
  commit = () => Promise.resolve('committed'),
}: SceneOptions = {}): Scene {
  const committer: Committer = { commit, own: async () => 0, begin: async () => {}, close: async () => {} };
  const lane = new KafkaLane('t', 0, committer, { pause: () => {}, resume: () => {}, seek: () => {} });
  lane.start(0, 0);
  let now = 1_000_000;
  const world: Scene = {
    lane,
    end,
    watch: new Watch({
      clock: () => now,
      slots: () => [[lane]],
      endsOf: async (): Promise<ReadonlyMap<number, number>> => {
        if (world.end === undefined) throw new Error('away');
        return new Map([[0, world.end]]);
      },
      waits: () => waits,
    }),
    /** What is found on the way, looking every second and asking every ten. */
    async passes(ms: number): Promise<string | undefined> {
      for (let at = 0; at < ms; at += STEP_MS) {
        now += STEP_MS;
        if (signs) world.watch.sign();
        if ((now / STEP_MS) % 10 === 0) await world.watch.ask();
        const silence = world.watch.look();
        if (silence !== undefined) return `${silence.code} ${silence.subject ?? ''}`.trim();
      }
      return undefined;
    },
  };
  return world;
}

function message(offset: number): KafkaMessage {
  return { key: null, value: Buffer.from('v'), timestamp: '0', attributes: 0, offset: String(offset), headers: {} };
}
