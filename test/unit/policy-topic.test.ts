/** The policy from a topic, without the topic: what counts at the start, what changes it, and what only raises the alarm. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FollowPolicy, openPolicyTopic, type PolicyFollower } from '../../src/in-force/policy-topic.js';
import { BASE_KEY } from '../../src/policy/topic.js';
import { settingsSchema } from '../../src/settings.js';
import { events } from '../../src/telemetry/events.js';
import { CANARY, KEY } from '../kit/tasks.js';

const rule = (action: string, name = 'chart-numbers'): string =>
  `  - {name: ${name}, scanner: pii, action: ${action}, config: {phi_categories: [mrn]}}\n`;
const policy = (action: string): string => `version: "1.0"\nrules:\n${rule(action)}`;
const overlay = (tenant: string, action: string): string =>
  `version: "1.0"\ntenant: ${tenant}\nrules:\n${rule(action, 'own')}`;
const FAILING = `${policy('alert')}tests:\n  - {name: a, scope: output, content: "MRN: ${CANARY}", expect: block}\n`;

interface Topic {
  readonly follow: FollowPolicy;
  /** As the broker would deliver them, together. */
  put(...records: (readonly [key: string, value: string | null])[]): void;
  broken(): void;
  anew(): void;
  readonly closed: () => boolean;
}

function topicOf(...first: (readonly [key: string, value: string | null])[]): Topic {
  let follower: PolicyFollower | undefined;
  let reading: ReturnType<PolicyFollower['begin']> | undefined;
  let closed = false;
  const all = [...first];
  const bytes = ([key, value]: readonly [string, string | null]) => ({
    key: Buffer.from(key),
    value: value === null ? null : Buffer.from(value),
  });
  const anew = (): void => {
    reading = follower!.begin();
    reading.apply(all.map(bytes));
    reading.settle();
  };
  return {
    follow(to) {
      follower = to;
      anew();
      return {
        begun: Promise.resolve(),
        close: async () => {
          closed = true;
        },
      };
    },
    put(...records) {
      all.push(...records);
      reading!.apply(records.map(bytes));
      reading!.settle();
    },
    broken: () => follower!.unreadable(),
    anew,
    closed: () => closed,
  };
}

async function opened(topic: Topic) {
  const told: string[] = [];
  const heard = events({
    policyAdopted: ({ rules }) => void told.push(`adopted ${rules}`),
    policyRefused: ({ code, problems }) => void told.push([code, ...problems].join(' ')),
  });
  const options = { messageBytesMax: 1 << 20, tenant: 'default', without: [] };
  const held = await openPolicyTopic({ options, referenceKey: KEY, events: heard, shadow: false }, topic.follow);
  const since = (): string[] => told.splice(0);
  return { held, since };
}

test('without a policy that passes its own tests nothing starts, and nothing stays open', async () => {
  for (const [records, why] of [
    [[], /nothing under base/],
    [[['north', overlay('north', 'block')]], /nothing under base/],
    [
      [
        [BASE_KEY, policy('redact')],
        [BASE_KEY, null],
      ],
      /nothing under base/,
    ],
    [[[BASE_KEY, 'rules: [']], /yaml-invalid/],
    [[[BASE_KEY, FAILING]], /test-failed/],
    [
      [
        [BASE_KEY, policy('redact')],
        ['south', overlay('north', 'block')],
      ],
      /its tenant's key/,
    ],
    [[[BASE_KEY, `${policy('redact')}# ${'x'.repeat(300 * 1024)}`]], /too-large/],
  ] as const) {
    const topic = topicOf(...records);
    await assert.rejects(opened(topic), (error: Error) => {
      assert.match(error.message, why);
      assert.ok(!error.message.includes(CANARY));
      return true;
    });
    assert.ok(topic.closed());
  }
});

test('what comes is in force at once; what cannot be is told once, and the last good policy stays until there is another', async () => {
  const topic = topicOf([BASE_KEY, policy('redact')]);
  const { held, since } = await opened(topic);
  const adopted: string[] = [];
  const first = held.plan.digest;
  topic.put([BASE_KEY, policy('alert')]);
  const watch = held.watch(({ rules, tenants }) => adopted.push(`${rules[0].action} ${Object.keys(tenants)}`));
  assert.deepEqual(adopted.splice(0), ['alert '], 'also what came before anybody listened');
  assert.notEqual(held.plan.digest, first);
  assert.deepEqual(since(), ['adopted 1', 'adopted 1']);

  topic.put(['north', overlay('north', 'block')], [BASE_KEY, policy('block')]);
  assert.deepEqual([adopted.splice(0), since()], [['block north'], ['adopted 2']]);

  for (const bad of ['rules: [', FAILING, null]) topic.put([BASE_KEY, bad], [BASE_KEY, bad]);
  topic.put(['north', overlay('north', 'block')]);
  const refusals = since();
  assert.deepEqual(
    refusals.map((line) => line.replace(/\d+:\d+ /, '')),
    ['POLICY_INVALID yaml-invalid', 'POLICY_INVALID test-failed', 'POLICY_INVALID'],
  );
  assert.equal(held.plan.rules[0].action, 'block');
  assert.deepEqual(adopted, []);

  topic.put([BASE_KEY, policy('block')], ['north', null]);
  assert.deepEqual([adopted.splice(0), since()], [['block '], ['adopted 1']]);

  topic.broken();
  assert.deepEqual(since(), ['KAFKA_FAILED']);
  topic.anew();
  assert.deepEqual(since(), ['adopted 1'], 'the alarm ends');
  topic.anew();
  assert.deepEqual(since(), [], 'the same again is no news');
  watch.close();
  topic.put([BASE_KEY, policy('redact')]);
  assert.deepEqual(adopted, ['block '], 'nobody listens any more');
});

test('a bad record is refused alone: its key keeps what was good, the others come into force, and the alarm stays', async () => {
  const topic = topicOf([BASE_KEY, policy('redact')], ['north', overlay('north', 'redact')]);
  const { held, since } = await opened(topic);
  const stands = (): string =>
    [
      held.plan.rules[0].action,
      ...Object.entries(held.plan.tenants).map(([key, [one]]) => `${key} ${one.action}`),
    ].join();
  since();
  const failing = (tenant: string): string => `${overlay(tenant, 'alert')}${FAILING.slice(FAILING.indexOf('tests:'))}`;
  for (const [bad, why] of [
    ['rules: [', 'yaml-invalid'],
    [failing('north'), 'test-failed'],
    [overlay('south', 'block'), ''],
  ] as const) {
    topic.put(['north', bad], [CANARY, overlay('south', 'alert')], ['south', overlay('south', 'block')]);
    topic.put([BASE_KEY, policy('alert')], ['south', overlay('south', 'redact')], [CANARY, 'no: policy']);
    assert.equal(stands(), 'alert,north redact,south redact', why);
    const told = since().map((line) => line.replaceAll(/\d+:\d+ /g, ''));
    assert.match(told.at(-1)!, /^POLICY_INVALID/, 'the alarm stands after what was put in force');
    assert.ok(told.includes(`POLICY_INVALID tenant north ${why}`.trim()), told.join());
    assert.ok(told.some((line) => /a new tenant/.test(line)) && !told.join().includes(CANARY), told.join());
    topic.put([BASE_KEY, policy('redact')], ['north', overlay('north', 'redact')], ['south', null], [CANARY, null]);
    assert.equal(stands(), 'redact,north redact');
    assert.deepEqual(since(), ['adopted 2']);
  }

  // Bad and then gone, it takes nothing from what is in force but what its key said.
  topic.put(['north', 'rules: ['], ['south', failing('south')]);
  topic.put(['north', null]);
  assert.equal(stands(), 'redact');
});

test('a policy that what a tenant has in force does not fit is refused, and tenants go on changing', async () => {
  const proof = `tests:\n  - {name: a, scope: output, content: "MRN: ${CANARY}", expect: redact}\n`;
  const north = `version: "1.0"\ntenant: north\nrules:\n${rule('alert', 'own')}${proof}`;
  const topic = topicOf([BASE_KEY, policy('redact')], ['north', north]);
  const { held, since } = await opened(topic);
  since();
  topic.put([BASE_KEY, policy('alert')], ['south', overlay('south', 'block')]);
  assert.deepEqual([held.plan.rules[0].action, Object.keys(held.plan.tenants)], ['redact', ['north', 'south']]);
  assert.match(since().join(), /^adopted 3,POLICY_INVALID \d+:\d+ test-failed$/);
  topic.put(['north', overlay('north', 'alert')]);
  assert.equal(held.plan.rules[0].action, 'alert', 'once it fits, it is in force');
  assert.deepEqual(since(), ['adopted 3']);
});

test('a policy comes from one place, and a topic needs a cluster', () => {
  const refused = (settings: object): string | undefined =>
    settingsSchema.safeParse(settings).error?.issues[0].path.join('.');
  const brokers = ['127.0.0.1:9092'];
  assert.equal(refused({ brokers, policyTopic: 'phi.policy', directory: 'd' }), undefined);
  assert.equal(refused({ policyTopic: 'phi.policy' }), 'policyTopic');
  assert.equal(refused({ brokers, policyTopic: 'phi.policy', policy: 'policy.yaml' }), 'policy');
  assert.equal(refused({ brokers, policyTopic: 'phi.policy', policyTenants: 'tenants' }), 'policyTenants');
});
