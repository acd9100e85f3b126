/**
 * What holds of every policy: one more rule never lets more pass, a tenant's rules never let more pass, a comparison that
 * calls a change harmless is right; and hostile text is read in linear time or refused, never anything else.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parse } from 'yaml';
import { memoryDirectory } from '../../src/directory/memory.js';
import { createJudge } from '../../src/judge.js';
import { policyBytesMax } from '../../src/limits.js';
import type { Surface, Task } from '../../src/message.js';
import { compare } from '../../src/policy/compare.js';
import { loadPolicy, type PolicySettings } from '../../src/policy/load.js';
import type { Plan } from '../../src/policy/plan.js';
import { PolicyError } from '../../src/policy/problem.js';
import type { Verdict } from '../../src/verdict.js';

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../../${name}`, import.meta.url)), 'utf8');
const SHIPPED = fixture('policy.yaml');
const SETTINGS: PolicySettings = { messageBytesMax: 1 << 20, tenant: 'north', referenceKey: new Uint8Array(32) };
const NOW = Date.UTC(2026, 0, 15);
const DIRECTORY = memoryDirectory(parse(SHIPPED).facts, { tenant: 'north' });

const some = <T>(...values: T[]) => fc.constantFrom(...values);
const either = (...values: (string | string[])[]) => fc.constantFrom(...values);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const withhold = some('alert', 'step_up', 'require_approval', 'block');
const when = maybe(
  fc.record(
    {
      tasks: either('scheduling', 'billing', ['scheduling', 'clinical']),
      purposes: either('research', ['treatment']),
      agents: some('bot'),
      tools: some('ehr_query'),
      verbs: either('read', ['send', 'trigger']),
      unstated: some('holds', 'passes'),
    },
    { requiredKeys: [] },
  ),
);
const flag = fc.boolean();
const categories = some('demographics', 'insurance', 'medications', 'meds', 'chart_colour', 'shoe_size');
const rule = fc.oneof(
  fc.record({
    scanner: fc.constant('pii'),
    action: fc.oneof(withhold, some('allow', 'redact')),
    scope: maybe(either('input', 'output', 'tool_call', ['prompt', 'tool_result'])),
    when,
    config: fc.record({
      phi_categories: maybe(fc.uniqueArray(some('mrn', 'patient_name', 'ssn', 'date', 'email'), { minLength: 1 })),
      cross_patient_detection: flag,
      applies: maybe(some('any', 'unauthorized')),
    }),
  }),
  fc.record({
    scanner: fc.constant('tool_call'),
    action: fc.oneof(withhold, fc.constant('redact')),
    when,
    config: fc.record({
      tool_name: maybe(either('ehr_query', ['ehr_query', 'send_email'])),
      scope_by_task: fc.record({ scheduling: fc.array(categories, { maxLength: 2 }), clinical: fc.array(categories) }),
      records_max: maybe(some(1, 10)),
      check_care_relationship: maybe(flag),
      check_same_patient: maybe(flag),
      check_wildcards: maybe(flag),
      allowed_verbs: maybe(either('read', ['read', 'send'])),
    }),
  }),
  fc.record({
    scanner: fc.constant('authorization'),
    action: withhold,
    when,
    config: fc.record({
      require_identity_verification: flag,
      check_authorized_contacts: flag,
      block_unverified_recipients: flag,
      require_secure_channel: flag,
      check_consent: fc.constant(true),
    }),
  }),
);
type RuleInput = typeof rule extends fc.Arbitrary<infer R> ? R : never;

/** JSON is YAML. */
const policyOf = (rules: readonly RuleInput[], more: object = {}, prefix = 'rule'): string =>
  JSON.stringify({ version: '1.0', ...more, rules: rules.map((one, i) => ({ name: `${prefix}-${i}`, ...one })) });

const CANARIES = [
  '00482913',
  '00991204',
  '219-09-9999',
  'jane.sample@example.org',
  '1931-05-17',
  'edication',
  'insurance',
  'chartColour',
  'shoe_size',
];
const text = fc
  .uniqueArray(
    some(
      'MRN: 00482913.',
      'The other chart is MRN: 00991204.',
      'SSN: 219-09-9999.',
      'Write to jane.sample@example.org.',
      'Date of birth: 1931-05-17.',
      'Take the tablets with food.',
    ),
  )
  .map((parts) => parts.join(' '));
const call = fc.record({
  name: some('ehr_query', 'send_email', 'place_order', 'nobody_knows'),
  parameters: fc.record(
    {
      patient_id: some('00482913', '00991204', '*'),
      fields: fc.uniqueArray(
        some('demographics', 'insurance', 'medications', 'Medication', 'meds', 'chartColour', 'shoe_size'),
      ),
      limit: some(1, 20, 5000),
      to: some('jane.sample@example.org', 'nobody@example.org'),
    },
    { requiredKeys: [] },
  ),
});
const context = fc.record(
  {
    tenant: some('north'),
    agent: some('bot'),
    patient_id: some('00482913'),
    task_scope: some('scheduling', 'clinical', 'billing'),
    purpose: some('treatment', 'research', 'marketing'),
    requesting_provider: some('dr-hale', 'dr-former', 'dr-nobody'),
    identity: some('verified', 'unverified'),
    break_glass: some('Unconscious, allergies are not known'),
  },
  { requiredKeys: [] },
);
const message = fc.oneof(
  fc.record({ surface: some<Surface>('prompt', 'context', 'tool_result', 'output'), content: text, context }),
  fc.record({ surface: fc.constant<Surface>('tool_call'), content: call, context }),
);
type Message = typeof message extends fc.Arbitrary<infer M> ? M : never;

const taskOf = ({ surface, content, context }: Message): Task => ({
  surface,
  key: null,
  value: Buffer.from(JSON.stringify({ ...context, content })),
  headers: [],
});

function judged(
  plan: Plan,
  messages: readonly Message[],
): readonly { readonly rank: number; readonly shows: string[] }[] {
  const judge = createJudge(plan);
  return messages.map((one) => {
    const task = taskOf(one);
    const verdict = judge.judge(task, NOW, DIRECTORY);
    return { rank: rankOf(verdict), shows: shown(verdict, task) };
  });
}

const RANKS: readonly (readonly [Verdict['outcome'], Verdict['reason']])[] = [
  ['pending', 'step-up-required'],
  ['pending', 'approval-required'],
  ['blocked', 'policy'],
  ['could-not-scan', 'engine-failed'],
];

/** What passes is told apart by what it shows. */
function rankOf({ outcome, reason }: Verdict): number {
  return 1 + RANKS.findIndex(([name, why]) => name === outcome && (why === reason || name === 'could-not-scan'));
}

function shown(verdict: Verdict, { value }: Task): string[] {
  if (rankOf(verdict) > 0) return [];
  const { content } = JSON.parse((verdict.value ?? value)!.toString()) as { content: unknown };
  const passed = JSON.stringify(content);
  return CANARIES.filter((canary) => passed.includes(canary));
}

function neverMore(before: Plan, after: Plan, messages: readonly Message[]): void {
  const [was, is] = [judged(before, messages), judged(after, messages)];
  was.forEach((one, i) => {
    assert.ok(is[i].rank >= one.rank, `${JSON.stringify(messages[i])}: ${one.rank}, then ${is[i].rank}`);
    const more = is[i].shows.filter((canary) => !one.shows.includes(canary));
    assert.deepEqual(more, [], JSON.stringify(messages[i]));
  });
}

const rules = fc.array(rule, { minLength: 1, maxLength: 4 });
const messages = fc.array(message, { minLength: 1, maxLength: 8 });
const RUNS = { numRuns: 100 };

test('one more rule never lets more pass', () => {
  fc.assert(
    fc.property(rules, rule, fc.nat(4), messages, (some, more, at, list) => {
      const place = Math.min(at, some.length);
      // By name, so that the others stay who they are.
      const named = some.map((one, i) => ({ ...one, name: `rule-${i}` }));
      const longer = [...named.slice(0, place), { ...more, name: 'one-more' }, ...named.slice(place)];
      neverMore(loadPolicy(policyOf(named), SETTINGS), loadPolicy(policyOf(longer), SETTINGS), list);
    }),
    RUNS,
  );
});

test('a word for data that only another rule knows stays unknown to this one, also behind broken glass', () => {
  const scoped = (scheduling: string[]) =>
    ({ scanner: 'tool_call', action: 'block', when: undefined, config: { scope_by_task: { scheduling } } }) as never;
  const asks: Message = {
    surface: 'tool_call',
    content: { name: 'ehr_query', parameters: { fields: ['chartColour'] } },
    context: {
      patient_id: '00482913',
      task_scope: 'scheduling',
      requesting_provider: 'dr-hale',
      break_glass: 'Unconscious, allergies are not known',
    },
  };
  const own = [scoped(['demographics'])];
  neverMore(
    loadPolicy(policyOf(own), SETTINGS),
    loadPolicy(policyOf([...own, { ...(scoped(['chart_colour']) as object), action: 'alert' } as never]), SETTINGS),
    [asks],
  );
});

test('what a tenant adds never lets more pass, and is nothing to others', () => {
  fc.assert(
    fc.property(rules, rules, some('allow', 'redact'), messages, (own, added, otherwise, list) => {
      const text = policyOf(own, { otherwise });
      const overlay = policyOf(added, { tenant: 'north' });
      const before = loadPolicy(text, SETTINGS);
      const after = loadPolicy(text, { ...SETTINGS, overlays: [overlay] });
      const here = list.map((one) => ({ ...one, context: { ...one.context, tenant: 'north' } }));
      neverMore(before, after, here);
      const elsewhere = list.map((one) => ({ ...one, context: { ...one.context, tenant: 'south' } }));
      assert.deepEqual(judged(after, elsewhere), judged(before, elsewhere));
    }),
    RUNS,
  );
});

test('a change that is said to allow no more allows no more', () => {
  let harmless = 0;
  const changed = fc.record({ action: some('alert', 'step_up', 'block'), drop: fc.nat(7), when });
  fc.assert(
    fc.property(rules, changed, messages, (some, { action, drop, when }, list) => {
      const before = loadPolicy(policyOf(some), SETTINGS);
      const config = Object.fromEntries(Object.entries(some[0].config).filter((_, i) => i !== drop));
      const other = { ...some[0], action, when, config } as RuleInput;
      let after: Plan;
      try {
        after = loadPolicy(policyOf([other, ...some.slice(1)]), SETTINGS);
      } catch {
        return;
      }
      if (compare(before, after).some(({ allowsMore }) => allowsMore)) return;
      harmless++;
      neverMore(before, after, list);
    }),
    { numRuns: 250 },
  );
  assert.ok(harmless >= 10, `only ${harmless} changes were harmless`);
});

test('the largest text that is read at all takes no longer than a start may', () => {
  const text = HOSTILE['many keys'](policyBytesMax);
  assert.ok(cpuMs(text.slice(0, policyBytesMax)) < LARGEST_MS_MAX);
});

test('whatever a file holds, it is a policy or it is refused with a place', () => {
  const take = (text: string | Uint8Array): void => {
    try {
      loadPolicy(text, SETTINGS);
    } catch (error) {
      if (!(error instanceof PolicyError)) throw error;
      for (const { line, column } of error.problems) assert.ok(line >= 1 && column >= 1);
    }
  };
  const lines = SHIPPED.split('\n');
  const edit = fc.record({ at: fc.nat(lines.length - 1), insert: fc.string(), drop: fc.nat(3) });
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), take));
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), take));
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 3 }), (edits) => {
      const changed = [...lines];
      for (const { at, insert, drop } of edits) changed.splice(at, drop, insert);
      take(changed.join('\n'));
    }),
    { numRuns: 30 },
  );
});

const HOSTILE: Readonly<Record<string, (units: number) => string>> = {
  'open brackets': (n) => '['.repeat(n),
  'open braces': (n) => '{a: '.repeat(n / 4),
  'lists in lists': (n) => '- '.repeat(n / 2),
  'keys of keys': (n) => '? '.repeat(n / 2),
  'many keys': (n) => Array.from({ length: n / 8 }, (_, i) => `k${i}: 1`).join('\n'),
  'one key again': (n) => 'a: 1\n'.repeat(n / 5),
  'anchors and aliases': (n) => `a: &a [x]\n${Array.from({ length: n / 12 }, (_, i) => `b${i}: *a\n`).join('')}`,
  'comments only': (n) => '#\n'.repeat(n / 2),
  'open quotes': (n) => `"${'a\n'.repeat(n / 2)}`,
  'quotes in lists': (n) => '- "\n'.repeat(n / 4),
  'plain lines': (n) => 'a\n '.repeat(n / 3),
  'a block of blanks': (n) => `|\n${' \n'.repeat(n / 2)}`,
  documents: (n) => '---\n'.repeat(n / 4),
  errors: (n) => '}\n'.repeat(n / 2),
  directives: (n) => '%\n'.repeat(n / 2),
  tags: (n) => '- !x y\n'.repeat(n / 7),
  rules: (n) => `version: "1.0"\nrules:\n${'  - {name: a, scanner: pii, action: block}\n'.repeat(n / 44)}`,
};

/** Four times the text: linear takes four times as long, quadratic sixteen times. */
const RATIO_MAX = 9;
const TRIES_MAX = 4;
/** Of processor time, on a machine that has other things to do. */
const LARGEST_MS_MAX = 10_000;
const FEW_MS = 5;

for (const [name, make] of Object.entries(HOSTILE)) {
  test(`read in linear time, or refused: ${name}`, () => {
    const large = policyBytesMax / 4;
    const [small, full] = [large / 4, large].map((units) => make(Math.floor(units)));
    // What is quadratic is so each time; what others do to the machine is not.
    let ratio = Number.POSITIVE_INFINITY;
    for (let tries = 0; tries < TRIES_MAX && ratio >= RATIO_MAX; tries++)
      ratio = Math.min(ratio, cpuMs(full) / Math.max(FEW_MS, cpuMs(small)));
    assert.ok(ratio < RATIO_MAX, `${ratio.toFixed(1)} times as long`);
  });
}

function cpuMs(text: string): number {
  const once = (): number => {
    const begun = process.cpuUsage();
    assert.throws(() => loadPolicy(text, SETTINGS), PolicyError);
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  return Math.min(once(), once());
}
