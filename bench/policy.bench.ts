/**
 * What rules cost beyond detection, by surface: the same messages judged by a plan without rules, by one with fifty of which many
 * say the same, and by one with fifty of which no two do, in turn, with a directory of a hundred thousand care relationships;
 * beside them the bare engine on the content alone. CPU time, the least of many rounds of each.
 */
import { randomBytes } from 'node:crypto';
import type { Directory } from '../src/directory/directory.js';
import { memoryDirectory } from '../src/directory/memory.js';
import { createEngine } from '../src/engine/engine.js';
import { createJudge, type Judge } from '../src/judge.js';
import type { Surface, Task } from '../src/message.js';
import { builtInPlan, type Plan, sealed } from '../src/policy/plan.js';
import type { AuthorizationRule, Rule, Verb } from '../src/policy/rule.js';
import { cedarUs } from './cedar.js';
import { type Bench, print } from './harness.js';

const RULES = 50;
const CARE = 100_000;
const PATIENTS = 25_000;
const ROUNDS = 60;
/** Repeated for so much CPU time before any of it counts. */
const WARM_CPU_US = 3_000_000;
const MESSAGES = 200;
const MAX_US = 20;
const CEDAR_CALLS = 200;
const CEDAR_ROUNDS = 5;
const NOW = Date.parse('2026-06-15T12:00:00Z');
const TENANT = 'north';
const SETTINGS = { messageBytesMax: 1 << 20, tenant: TENANT, referenceKey: randomBytes(32) };

export const policy: Bench = {
  name: 'policy',
  about: `microseconds a message of ${RULES} rules beyond detection, ${CARE} care relationships; the bound is ${MAX_US}`,
  run() {
    const directory = hospital();
    const { digest: _, ...parts } = builtInPlan(SETTINGS);
    const judgeOf = (rules: readonly Rule[]): Judge =>
      createJudge(sealed({ ...parts, incidents: [], rules } satisfies Omit<Plan, 'digest'>, SETTINGS));
    const engine = createEngine({ key: SETTINGS.referenceKey });
    const judges = [judgeOf([]), judgeOf(rules()), judgeOf(rules().map(unlike))];
    const figures: Record<string, number> = {};
    for (const [name, tasks] of Object.entries(messages())) {
      const contents = tasks.map(contentOf);
      const bare = (i: number): void => void engine.redact(contents[i]);
      const judged = judges.map(
        (judge) =>
          (i: number): void =>
            void judge.judge(tasks[i], NOW, directory),
      );
      const [found, without, alike, different] = costs([bare, ...judged], tasks.length);
      const figure = `policy_${name.replaceAll(' ', '_')}`;
      figures[`${figure}_engine_us`] = found;
      figures[`${figure}_judge_us`] = without - found;
      figures[`${figure}_us`] = alike - without;
      figures[`${figure}_unlike_us`] = different - without;
      print(`${name}, engine on the content`, found, 'us/message');
      print(`${name}, judge without rules`, figures[`${figure}_judge_us`], 'us/message', 'more');
      print(`${name}, ${RULES} rules`, figures[`${figure}_us`], 'us/message', 'more');
      print(`${name}, ${RULES} unlike rules`, figures[`${figure}_unlike_us`], 'us/message', 'more');
    }
    figures.policy_cedar_us = cedarUs(RULES, CEDAR_CALLS, CEDAR_ROUNDS);
    print(`Cedar in WebAssembly, ${RULES} policies`, figures.policy_cedar_us, 'us/decision', 'for a tool call');
    return figures;
  },
};

function contentOf({ value }: Task): string {
  const { content } = JSON.parse(String(value)) as { content: unknown };
  return typeof content === 'string' ? content : JSON.stringify(content);
}

type Run = (i: number) => void;

/** Microseconds of CPU a message, by way to handle it. */
function costs(runs: readonly Run[], messages: number): number[] {
  const all = (run: Run): void => {
    for (let i = 0; i < messages; i++) run(i);
  };
  const warm = process.cpuUsage();
  for (let used = 0; used < WARM_CPU_US; ) {
    for (const run of runs) all(run);
    const { user, system } = process.cpuUsage(warm);
    used = user + system;
  }
  const least = runs.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    runs.forEach((run, i) => {
      const before = process.cpuUsage();
      all(run);
      const { user, system } = process.cpuUsage(before);
      least[i] = Math.min(least[i], (user + system) / messages);
    });
  }
  return least;
}

function messages(): Record<string, Task[]> {
  const task = (surface: Surface, i: number, content: unknown, more: object = {}): Task => {
    const patient_id = `p-${i % PATIENTS}`;
    const said = { task_scope: 'scheduling', requesting_provider: `dr-${i % 4}`, patient_id, identity: 'verified' };
    const head = { id: `m-${i}`, tenant: TENANT, agent: 'portal-bot', session: `chat-${i % 50}` };
    const value = JSON.stringify({ ...head, ...said, purpose: 'operations', ...more, content });
    return { surface, key: null, value: Buffer.from(value), headers: [] };
  };
  const many = (one: (i: number) => Task): Task[] => Array.from({ length: MESSAGES }, (_, i) => one(i));
  const fields = ['demographics', 'insurance', 'appointment_history'];
  return {
    prompt: many((i) => task('prompt', i, 'I would like to move my appointment to next week, if that is possible.')),
    context: many((i) =>
      task('context', i, `Visits of chart ${1000 + i}: none is planned before the summer holidays.`),
    ),
    'tool result': many((i) =>
      task('tool_result', i, { mrn: `0048${1000 + i}`, visits: [{ date: '2026-03-03', phone: '(212) 555-0100' }] }),
    ),
    output: many((i) =>
      task(
        'output',
        i,
        `Your chart, MRN 0048${1000 + i}, has a visit on March 3. Call (212) 555-0100 with questions.`,
        {
          recipient: '(212) 555-0142',
        },
      ),
    ),
    'tool call': many((i) =>
      task('tool_call', i, { name: 'ehr_query', parameters: { patient_id: `p-${i % PATIENTS}`, fields, limit: 5 } }),
    ),
    'tool call refused': many((i) =>
      task('tool_call', i, { name: 'ehr_query', parameters: { patient_id: 'p-1', fields: ['medications'], limit: 5 } }),
    ),
  };
}

/** In equal parts about identifiers, tool calls and recipients, of which some are for other agents and tasks. */
function rules(): Rule[] {
  return Array.from({ length: RULES }, (_, i): Rule => {
    const head = {
      name: `rule-${i}`,
      title: 'A rule',
      action: 'block' as const,
      severity: 'high' as const,
      ...(i % 5 === 4 && { when: { tasks: ['clinical'], agents: ['scribe'] } }),
    };
    if (i % 3 === 0) {
      const select =
        i % 2 === 0 ? [{ category: 'ssn' as const }, { category: 'account' as const }] : [{ category: 'mrn' as const }];
      const applies = i % 2 === 0 ? 'any' : 'unauthorized';
      const surfaces: Surface[] = ['prompt', 'context', 'tool_result', 'output'];
      return { ...head, scanner: 'pii', surfaces, select, applies, crossPatient: i % 2 === 0, perSurface: {} };
    }
    if (i % 3 === 1) {
      const scopeByTask = { scheduling: ['demographics', 'insurance', 'appointment_history'], billing: ['insurance'] };
      const verbs: Verb[] = ['read'];
      const checks = { wildcards: true, samePatient: true, careRelationship: true, duplicates: i === 1, narrow: false };
      const surfaces: Surface[] = ['tool_call'];
      return {
        ...head,
        scanner: 'tool_call',
        surfaces,
        tools: ['ehr_query'],
        scopeByTask,
        recordsMax: 50,
        verbs,
        ...checks,
      };
    }
    const checks = { identityVerification: true, authorizedContacts: true, unverifiedRecipients: true };
    return {
      ...head,
      scanner: 'authorization',
      surfaces: ['tool_call', 'output'],
      ...checks,
      secureChannels: false,
      consent: i % 2 === 0,
    };
  });
}

/** Says what no other of the fifty says. */
function unlike(rule: Rule, i: number): Rule {
  switch (rule.scanner) {
    case 'pii':
      return { ...rule, crossCheck: { roster: 'optional', from: 'strong', patientsMax: 20 + i } };
    case 'tool_call':
      return { ...rule, recordsMax: 50 + i };
    case 'authorization':
      return { ...rule, ...checksOf(Math.floor(i / 3)) };
  }
}

/** Another choice of checks for each number below sixteen. */
function checksOf(
  n: number,
): Pick<AuthorizationRule, 'identityVerification' | 'authorizedContacts' | 'unverifiedRecipients' | 'consent'> {
  const has = (bit: number): boolean => (n >> bit) % 2 === 1;
  return { identityVerification: has(0), authorizedContacts: has(1), unverifiedRecipients: has(2), consent: has(3) };
}

function hospital(): Directory {
  const patients = Array.from({ length: PATIENTS }, (_, i) => ({ id: `p-${i}` }));
  const address = (patient: string) => ({ patient, channel: 'phone' as const, address: '212-555-0142' });
  return memoryDirectory(
    {
      agents: [
        {
          id: 'portal-bot',
          owner: 'Patient services',
          environment: 'production',
          purposes: ['operations'],
          tasks: ['scheduling'],
          tools: ['ehr_query'],
        },
      ],
      tools: [{ name: 'ehr_query', verbs: ['read'], fields: { complaint: 'medical_history' } }],
      recipients: [{ channel: 'phone', address: '212-555-0100', verified: '2026-01-01' }],
      providers: Array.from({ length: CARE / PATIENTS }, (_, i) => ({ id: `dr-${i}` })),
      patients,
      addresses: patients.map(({ id }) => address(id)),
      consents: patients.map(({ id }) => ({ patient: id, purpose: 'operations', ai: true })),
      care: Array.from({ length: CARE }, (_, i) => ({
        provider: `dr-${Math.floor(i / PATIENTS)}`,
        patient: `p-${i % PATIENTS}`,
      })),
    },
    { tenant: TENANT },
  );
}
