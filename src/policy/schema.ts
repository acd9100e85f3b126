/**
 * The policy language, version 1.0: what a policy file may say. One schema that files are checked by and that is published
 * as JSON Schema; unknown keys are refused everywhere.
 */
import { z } from 'zod';
import { STYLES } from '../engine/styles.js';
import { policyRulesMax } from '../limits.js';
import { ACTIONS, SEVERITIES, VERBS } from './rule.js';
import { FACTS, TESTS } from './test-schema.js';
import { PHI_WORDS } from './vocabulary.js';

export const VERSION = '1.0';
/** `input` is what goes to the agent: prompt and context. */
export const SCOPES = ['input', 'prompt', 'context', 'output', 'tool_call', 'tool_result'] as const;
export type Scope = (typeof SCOPES)[number];

const LIST_MAX = 200;
const DESCRIPTION_UNITS_MAX = 500;
/** Where what is said comes from a source and not from a person. */
const SOURCES = ['context', 'tool_result'] as const satisfies readonly Scope[];
const RECORDS_MAX_MAX = 1_000_000;
const PATIENTS_MAX_MAX = 10_000;

/** A rule's name goes into verdicts, metrics and audit entries. */
export const RULE_NAME = /^[a-z0-9][a-z0-9-]{0,63}$/;
/** Names of tasks, tools, agents and data categories: the directory's words. */
const id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,99}$/);
const ids = z.union([id, z.array(id).min(1).max(LIST_MAX)]).describe('One, or a list');
const manyOf = <const W extends readonly string[]>(words: W) => {
  const word = z.enum(words as unknown as Record<string, W[number]>);
  return z.union([word, z.array(word).min(1).max(LIST_MAX)]);
};
const description = z.string().max(DESCRIPTION_UNITS_MAX).describe('What the rule is about, for a person');
const action = z.enum(ACTIONS);

const when = z
  .strictObject({
    agents: ids.optional().describe('Ids of agents'),
    tasks: ids.optional().describe('Tasks'),
    purposes: ids.optional().describe('Purposes of use'),
    environments: ids.optional().describe('Environments of agents, as the directory has them'),
    tools: ids.optional().describe('Names of tools; of tool calls only'),
    verbs: manyOf(VERBS).optional().describe('What the tool does, as the directory has it; of tool calls only'),
    unstated: z
      .enum(['holds', 'passes'])
      .default('holds')
      .describe('What a fact does that is not known; passes: the rule is only for those who say so themselves'),
  })
  .describe('All of these have to hold, one of each list; a fact that is not known is no way around a rule');

const head = {
  name: z.string().regex(RULE_NAME).describe('Unique: lower-case letters, digits and hyphens'),
  action: action.describe('The most severe action of all rules wins; alert only raises an incident'),
  severity: z.enum(SEVERITIES).default('medium').describe('Of the incidents that it raises'),
  scope: manyOf(SCOPES).optional().describe('Where the rule looks; without it, wherever its scanner can'),
  when: when.optional(),
  tests: TESTS.optional().describe('Messages, and what the policy has to do with them'),
};

const pii = z.strictObject({
  ...head,
  scanner: z.literal('pii'),
  config: z
    .strictObject({
      phi_categories: z
        .array(z.enum(PHI_WORDS))
        .min(1)
        .max(LIST_MAX)
        .optional()
        .describe('What is looked for; without it, all eighteen identifiers, or with check_cross_patient none'),
      cross_patient_detection: z.boolean().default(false).describe("Also another patient's data in this conversation"),
      check_cross_patient: z
        .strictObject({
          roster: z.enum(['optional', 'required']).default('optional').describe('required: nothing passes without one'),
          from: z.enum(['strong', 'medium']).default('strong').describe('99 in 100, or 10 to 1'),
          action: action.optional().describe('Instead of the action of the rule'),
          patients_max: z.int().min(1).max(PATIENTS_MAX_MAX).default(20).describe('More in one message is bulk'),
          learn_from: z
            .strictObject({
              scope: manyOf(SOURCES)
                .default([...SOURCES])
                .describe('Which messages are believed'),
              agents: ids.optional().describe('Of which agents; without it, of all'),
            })
            .optional()
            .describe('Sources that teach the learned roster of the tenant which value is whose'),
        })
        .optional()
        .describe('How it is looked for; implies cross_patient_detection'),
      applies: z
        .enum(['any', 'unauthorized'])
        .optional()
        .describe('To all that is found, or to what the recipient may not have: the default where scope is output'),
      actions: z.partialRecord(z.enum(SCOPES), action).optional().describe('Another action for a scope'),
      description: description.optional(),
    })
    .prefault({}),
});

const toolCall = z.strictObject({
  ...head,
  scanner: z.literal('tool_call'),
  config: z.strictObject({
    tool_name: ids.optional().describe('The tools that the rule governs; without it, all'),
    scope_by_task: z
      .record(id, z.array(id).max(LIST_MAX))
      .refine((tasks) => Object.keys(tasks).length > 0 && Object.keys(tasks).length <= LIST_MAX)
      .optional()
      .describe('Data categories by task; a task that is not here may ask for none'),
    records_max: z.int().min(1).max(RECORDS_MAX_MAX).optional().describe('Most records that a call may ask for'),
    check_wildcards: z.boolean().optional().describe('Queries for everything. On where scope_by_task stands'),
    check_same_patient: z.boolean().optional().describe("Another patient than the session's. On as above"),
    check_care_relationship: z.boolean().optional().describe('Provider and patient. On as above'),
    check_duplicates: z.boolean().optional().describe('The same call again. On as above'),
    allowed_verbs: manyOf(VERBS).optional().describe('Tools with another verb take the action of the rule'),
    description: description.optional(),
  }),
});

const authorization = z.strictObject({
  ...head,
  scanner: z.literal('authorization'),
  config: z.strictObject({
    require_identity_verification: z.boolean().default(false).describe('Only to a person whose identity is verified'),
    check_authorized_contacts: z
      .boolean()
      .default(false)
      .describe('Only to the patient, or to contacts who may hear of the patient'),
    block_unverified_recipients: z.boolean().default(false).describe('Only to addresses that are known to be right'),
    require_secure_channel: z.boolean().default(false).describe('Only by channels that the directory calls secure'),
    check_consent: z.boolean().default(false).describe('Only for purposes that the patient has agreed to'),
    description: description.optional(),
  }),
});

/** Of scanners that are not built: read only to say so, and to go without where that was asked for. */
const unbuilt = <N extends string>(name: N) =>
  z.strictObject({
    ...head,
    scanner: z.literal(name),
    config: z.record(z.string(), z.json()).default({}).describe('Not read: this scanner is not built yet'),
  });

const rule = z.discriminatedUnion('scanner', [
  pii,
  toolCall,
  authorization,
  unbuilt('clinical_safety'),
  unbuilt('injection'),
  unbuilt('secrets'),
]);

const rules = z.array(rule).min(1).max(policyRulesMax);
const version = z.literal(VERSION).describe('In quotes: "1.0" is a text');

export const policySchema = z
  .strictObject({
    version,
    name: z.string().regex(RULE_NAME).default('policy').describe('What verdicts and incidents call it'),
    description: description.optional(),
    style: z.enum(STYLES).default('label').describe('What stands in place of what is redacted'),
    confidence_min: z.number().min(0).max(1).default(0.5).describe('Findings below are dropped'),
    otherwise: z
      .enum(['allow', 'redact'])
      .default('allow')
      .describe('What becomes of an identifier that no rule decides about'),
    rules,
    facts: FACTS.optional(),
    tests: TESTS.optional(),
  })
  .describe('A policy of Sluice');

export const overlaySchema = z
  .strictObject({
    version,
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/)
      .describe('Whose rules these are'),
    description: description.optional(),
    rules,
    facts: FACTS.optional(),
    tests: TESTS.optional(),
  })
  .describe('What a tenant adds to the policy: rules only, so that it can never allow more');

export type PolicyDocument = z.output<typeof policySchema>;
export type OverlayDocument = z.output<typeof overlaySchema>;
export type RuleDocument = z.output<typeof rule>;
