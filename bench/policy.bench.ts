/**
 * What rules cost beyond detection: the same messages judged by a plan without rules and by one with fifty, in turn, with a
 * directory of a hundred thousand care relationships; CPU time, the least of many rounds of each.
 */
import { randomBytes } from 'node:crypto';
import type { Directory } from '../src/directory/directory.js';
import { memoryDirectory } from '../src/directory/memory.js';
import { createJudge, type Judge } from '../src/judge.js';
import type { Surface, Task } from '../src/message.js';
import { builtInPlan, type Plan, sealed } from '../src/policy/plan.js';
import type { Rule, Verb } from '../src/policy/rule.js';
import { cedarUs } from './cedar.js';
import { type Bench, print } from './harness.js';

const RULES = 50;
const CARE = 100_000;
const PATIENTS = 25_000;
const ROUNDS = 15;
/** Repeated for so much CPU time before any of it counts. */
const WARM_CPU_US = 2_000_000;
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
    const plain = createJudge(sealed({ ...parts, incidents: [] }, SETTINGS));
    const ruled = createJudge(
      sealed({ ...parts, incidents: [], rules: rules() } satisfies Omit<Plan, 'digest'>, SETTINGS),
    );
    const figures: Record<string, number> = {};
    for (const [name, tasks] of Object.entries(messages())) {
      const [without, withRules] = costs([plain, ruled], tasks, directory);
      print(`${name}, without rules`, without, 'us/message');
      print(`${name}, ${RULES} rules`, withRules - without, 'us/message', 'more');
      figures[`policy_${name.replaceAll(' ', '_')}_us`] = withRules - without;
    }
    figures.policy_cedar_us = cedarUs(RULES, CEDAR_CALLS, CEDAR_ROUNDS);
    print(`Cedar in WebAssembly, ${RULES} policies`, figures.policy_cedar_us, 'us/decision', 'for a tool call');
    return figures;
  },
};

/** Microseconds of CPU a message, by judge. */
function costs(judges: readonly Judge[], tasks: readonly Task[], directory: Directory): number[] {
  const warm = process.cpuUsage();
  for (let used = 0; used < WARM_CPU_US; ) {
    for (const judge of judges) for (const task of tasks) judge.judge(task, NOW, directory);
    const { user, system } = process.cpuUsage(warm);
    used = user + system;
  }
  const least = judges.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    judges.forEach((judge, i) => {
      const before = process.cpuUsage();
      for (const task of tasks) judge.judge(task, NOW, directory);
      const { user, system } = process.cpuUsage(before);
      least[i] = Math.min(least[i], (user + system) / tasks.length);
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
