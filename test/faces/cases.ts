/**
 * One table of messages that every face has to judge alike: the SDK, the journal, the pipe and Kafka. A case says what
 * comes in and what has to become of it; every person, number and address is invented.
 */
import { readFileSync } from 'node:fs';
import type { Json } from '../../src/engine/object.js';
import type { Surface } from '../../src/message.js';

export interface FaceCase {
  readonly name: string;
  readonly surface: Surface;
  readonly content: Json;
  /** In the envelope's words. */
  readonly context?: Readonly<Record<string, Json>>;
  readonly answer: Answer;
}

/** What any face can tell of a message. */
export interface Answer {
  readonly action: 'allow' | 'redact' | 'block' | 'require_approval' | 'step_up' | 'could-not-scan';
  /** Of what may pass. */
  readonly content?: Json;
  /** Rules that raised an incident, sorted. */
  readonly incidents: readonly string[];
  /** Codes of all that was decided, sorted; not every face shows them. */
  readonly codes: readonly string[];
}

const PATIENT = '00482913';
const OTHER = '00517740';
const VERIFIED = { patient_id: PATIENT, identity: 'verified' } as const;
const SCHEDULING = { patient_id: PATIENT, task_scope: 'scheduling', requesting_provider: 'prov-4' } as const;

function passes(content: Json): Answer {
  return { action: 'allow', content, incidents: [], codes: [] };
}

function blocked(rules: readonly string[], codes: readonly string[]): Answer {
  return { action: 'block', incidents: rules, codes };
}

/** With nothing but the engine: all that is found is taken out. */
export const ENGINE_CASES: readonly FaceCase[] = [
  {
    name: 'nothing to take out',
    surface: 'prompt',
    content: 'When are you open on weekends?',
    answer: passes('When are you open on weekends?'),
  },
  {
    name: 'identifiers in a prompt, with an incident',
    surface: 'prompt',
    content: `Ms. Larkin, MRN ${PATIENT}, call 617-555-0142`,
    context: { session: 'chat-7', id: 'm-1' },
    answer: {
      action: 'redact',
      content: 'Ms. [NAME-1], MRN [MRN-1], call [PHONE-1]',
      incidents: ['strong-identifier'],
      codes: [],
    },
  },
  {
    name: 'a patient who is named beside the content is no reason to change it',
    surface: 'context',
    content: 'HbA1c 6.8 %, LDL 92 mg/dL',
    context: { patient_id: PATIENT },
    answer: passes('HbA1c 6.8 %, LDL 92 mg/dL'),
  },
  {
    name: 'a tool call with a number as a number',
    surface: 'tool_call',
    content: { tool_name: 'ehr_query', parameters: { mrn: 482913, fields: ['insurance'] } },
    answer: {
      action: 'redact',
      content: { tool_name: 'ehr_query', parameters: { mrn: '[MRN-1]', fields: ['insurance'] } },
      incidents: ['strong-identifier'],
      codes: [],
    },
  },
  {
    name: 'rows of a tool result',
    surface: 'tool_result',
    content: { rows: [{ patientName: 'Hope Larkin', hba1c: 6.8 }], next: null },
    answer: {
      action: 'redact',
      content: { rows: [{ patientName: '[NAME-1]', hba1c: 6.8 }], next: null },
      incidents: [],
      codes: [],
    },
  },
  {
    name: 'line breaks, quotes and what is not plain ASCII',
    surface: 'output',
    content: `“naïve” "quoted"\n\tMRN: ${PATIENT} \u{1f3e5}`,
    answer: {
      action: 'redact',
      content: '“naïve” "quoted"\n\tMRN: [MRN-1] \u{1f3e5}',
      incidents: ['strong-identifier'],
      codes: [],
    },
  },
  {
    name: 'a patient’s number as a session',
    surface: 'prompt',
    content: 'hello',
    context: { session: `MRN ${PATIENT}` },
    answer: { action: 'allow', content: 'hello', incidents: ['strong-identifier'], codes: [] },
  },
  {
    name: 'more than may be scanned',
    surface: 'output',
    content: `MRN ${PATIENT} ${'word '.repeat(120_000)}`,
    answer: { action: 'could-not-scan', incidents: ['could-not-scan'], codes: [] },
  },
];

/** With the healthcare policy as it is printed, and the directory of `DIRECTORY`. */
export const POLICY_CASES: readonly FaceCase[] = [
  {
    name: 'the verified patient’s own data passes',
    surface: 'output',
    content: `Your chart is MRN ${PATIENT}.`,
    context: VERIFIED,
    answer: passes(`Your chart is MRN ${PATIENT}.`),
  },
  {
    name: 'nobody knows who asks',
    surface: 'output',
    content: `Your chart is MRN ${PATIENT}.`,
    context: { patient_id: PATIENT },
    answer: blocked(
      ['block-phi-in-unauthorized-output', 'verify-patient-authorization'],
      ['identity-unknown', 'identity-unknown'],
    ),
  },
  {
    name: 'another patient’s number in the answer',
    surface: 'output',
    content: `Your chart is MRN ${OTHER}.`,
    context: VERIFIED,
    answer: blocked(['block-phi-in-unauthorized-output'], ['other-patient']),
  },
  {
    name: 'another patient’s name and birth date, whom only the roster knows',
    surface: 'output',
    content: 'Dorian Pell (DOB 06/19/1971): antibody reactive.',
    context: VERIFIED,
    answer: blocked(['block-phi-in-unauthorized-output'], ['other-patient']),
  },
  {
    name: 'an answer without identifiers goes to anybody',
    surface: 'output',
    content: 'We are open from eight to six.',
    answer: passes('We are open from eight to six.'),
  },
  {
    name: 'a scheduler asks for what scheduling takes',
    surface: 'tool_call',
    content: { tool_name: 'ehr_query', parameters: { patient_id: PATIENT, fields: ['demographics', 'insurance'] } },
    context: SCHEDULING,
    answer: passes({
      tool_name: 'ehr_query',
      parameters: { patient_id: PATIENT, fields: ['demographics', 'insurance'] },
    }),
  },
  {
    name: 'a scheduler asks for the psychiatric history',
    surface: 'tool_call',
    content: {
      tool_name: 'ehr_query',
      parameters: { patient_id: PATIENT, fields: ['demographics', 'psychiatric_history'] },
    },
    context: SCHEDULING,
    answer: blocked(['enforce-minimum-necessary'], ['scope-exceeded']),
  },
  {
    name: 'a task that the policy does not know may ask for nothing',
    surface: 'tool_call',
    content: { tool_name: 'ehr_query', parameters: { patient_id: PATIENT, fields: ['demographics'] } },
    context: { ...SCHEDULING, task_scope: 'marketing' },
    answer: blocked(['enforce-minimum-necessary'], ['task-unknown']),
  },
  {
    name: 'another patient than the session’s',
    surface: 'tool_call',
    content: { tool_name: 'ehr_query', parameters: { patient_id: OTHER, fields: ['demographics'] } },
    context: SCHEDULING,
    answer: blocked(['enforce-minimum-necessary'], ['care-relationship-none', 'patient-mismatch']),
  },
  {
    name: 'a provider whom nobody knows',
    surface: 'tool_call',
    content: { tool_name: 'ehr_query', parameters: { patient_id: PATIENT, fields: ['demographics'] } },
    context: { ...SCHEDULING, requesting_provider: 'prov-99' },
    answer: blocked(['enforce-minimum-necessary'], ['care-relationship-unknown']),
  },
  {
    name: 'a call that cannot be read as one',
    surface: 'tool_call',
    content: { tool_name: 'ehr query', parameters: {} },
    context: SCHEDULING,
    answer: blocked(
      ['enforce-minimum-necessary', 'verify-patient-authorization'],
      ['call-malformed', 'call-malformed'],
    ),
  },
];

/** The patient of the cases, and one who is somebody else. */
const ROSTER = [`${PATIENT},,,,,Maya,Ostrow,,1984-02-11,,,,,,`, 'K-771-20,,,,,Dorian,Pell,,1971-06-19,,,,,,'];

/** What the policy's cases take for the directory, as a file. */
export const DIRECTORY = {
  providers: [{ id: 'prov-4' }],
  patients: [{ id: PATIENT }, { id: OTHER }],
  care: [{ provider: 'prov-4', patient: PATIENT, from: '2020-01-01' }],
  tools: [
    {
      name: 'ehr_query',
      verbs: ['read'],
      categories: ['demographics', 'insurance', 'appointment_history', 'medical_history', 'psychiatric_history'],
    },
  ],
} as const;

const root = new URL('../../../', import.meta.url);

/** The healthcare policy, of which one scanner is not built yet. */
export const DECIDING = {
  policy: readFileSync(new URL('fixtures/policies/valid/healthcare.yaml', root), 'utf8'),
  without: ['clinical_safety'],
  directory: DIRECTORY,
  roster: ROSTER,
} as const;
