/** A roster that a topic keeps current: changes count from when all that was there is read, and are laid over the snapshot. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { SluiceError } from '../../src/errors.js';
import { openRosters, type RostersInForce } from '../../src/in-force/rosters.js';
import { writeSnapshot } from '../../src/roster/file.js';
import { Rosters } from '../../src/roster/rosters.js';
import type { FollowChanges } from '../../src/roster/watch.js';
import type { RosterTold } from '../../src/telemetry/events.js';
import { HEADER, PATIENTS, rosterFor, SECRET, told } from '../kit/roster.js';
import { untilWithin } from '../kit/until.js';

const until = untilWithin(20_000);
const folder = mkdtempSync(join(tmpdir(), 'sluice-changes-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const path = join(folder, 'north.roster');
writeSnapshot(path, rosterFor('north', [HEADER, ...PATIENTS]).image.base);

type Sink = Parameters<FollowChanges>[1];

/** A topic that the test writes. */
class Topic {
  sink: Sink | undefined;
  reader: ReturnType<Sink['begin']> | undefined;
  readonly heard: RosterTold[] = [];

  readonly follow: FollowChanges = (_, sink) => {
    this.sink = sink;
    this.reader = sink.begin();
    return { begun: Promise.resolve(), close: async () => {} };
  };

  say(key: string, value: object | string | null): void {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    this.reader?.apply([{ key: Buffer.from(key), value: value === null ? null : Buffer.from(text) }]);
  }

  open(tenants = ['north']): Promise<RostersInForce> {
    const events = { roster: (event: RosterTold) => void this.heard.push(event) };
    return openRosters(path, SECRET, events, 20, { tenants, follow: this.follow });
  }
}

const moved = { given: 'Robert', family: 'Whitfield', dob: '1962-11-30', ssn: '913-11-2235', mrn: '10000004' };

test('changes of a topic are in force before the first message, and whenever they come; who is gone is gone', async () => {
  const topic = new Topic();
  let isOpen = false;
  const opening = topic.open().then((rosters) => {
    isOpen = true;
    return rosters;
  });
  topic.say('10000004', moved);
  await new Promise((resolve) => setTimeout(resolve, 300));
  assert.equal(isOpen, false, 'half of a topic is in force never');
  topic.reader?.settle();
  const rosters = await opening;
  try {
    const asked = (text: string): string[] => told(new Rosters(rosters.image()!).of('north')!, '10000001', text);
    assert.deepEqual(asked('SSN 913-11-2235'), ['strong ssn']);
    assert.deepEqual(asked('SSN 903-11-2235'), []);
    assert.deepEqual(asked('SSN 904-11-2236'), ['strong ssn']);
    topic.say('10000005', null);
    topic.say('10000009', { given: 'New', family: 'Comer', dob: '1990-01-01', ssn: '919-11-2239' });
    topic.reader?.settle();
    await until(() => asked('SSN 919-11-2239').length > 0);
    assert.deepEqual(asked('SSN 904-11-2236'), []);
    const before = topic.heard.length;
    // A record that does not fit is told, and holds up nobody behind it.
    topic.say('10000009', '{');
    topic.say('10000010', { given: 'Other', family: 'Comer', dob: '1990-01-02', ssn: '920-11-2239' });
    topic.reader?.settle();
    await until(() => asked('SSN 920-11-2239').length > 0 && topic.heard.length >= before + 2);
    assert.deepEqual(asked('SSN 919-11-2239'), ['strong ssn']);
    assert.deepEqual(
      topic.heard.slice(before).map((one) => (one.outcome === 'refused' ? one.code : one.outcome)),
      ['in-force', 'ROSTER_ROWS'],
    );
    topic.sink?.unreadable();
    assert.deepEqual(topic.heard.at(-1)?.outcome, 'refused');
    assert.deepEqual(asked('SSN 919-11-2239'), ['strong ssn']);
  } finally {
    await rosters.close();
  }
});

test('a topic of a tenant without a snapshot, or one that cannot be read, and nothing starts', async () => {
  const topic = new Topic();
  const opening = topic.open(['south']);
  topic.sink?.begin().settle();
  await assert.rejects(
    async () => {
      // The thread hears of it once it is there.
      const timer = setInterval(() => topic.sink?.begin().settle(), 100);
      await opening.finally(() => clearInterval(timer));
    },
    { code: 'ROSTER_MISSING' },
  );
  const follow: FollowChanges = () => ({
    begun: Promise.reject(new SluiceError('TOPIC_UNFIT')),
    close: async () => {},
  });
  await assert.rejects(openRosters(path, SECRET, { roster: () => {} }, 20, { tenants: ['north'], follow }), {
    code: 'TOPIC_UNFIT',
  });
});
