/** The tests that a policy carries: a message with what is known about it, and what has to become of it. */
import { z } from 'zod';
import { SURFACES } from '../message.js';
import { ACTIONS } from './rule.js';

const TESTS_MAX = 200;
const TEXT_UNITS_MAX = 4000;
const CODES_MAX = 20;

const word = z.string().min(1).max(200);

/** The same words as in an envelope. */
const context = z.strictObject({
  tenant: word.optional(),
  agent: word.optional(),
  session: word.optional(),
  patient_id: word.optional(),
  task_scope: word.optional(),
  purpose: word.optional(),
  requesting_provider: word.optional(),
  recipient: z
    .union([word, z.strictObject({ id: word.optional(), channel: word.optional(), address: word.optional() })])
    .optional(),
  identity: z.enum(['verified', 'unverified']).optional(),
  break_glass: word.optional(),
});

const test = z.strictObject({
  name: z.string().min(1).max(200).describe('What it shows, for a person'),
  scope: z.enum(SURFACES).describe('Where the message is caught'),
  content: z.union([z.string().max(TEXT_UNITS_MAX), z.json()]).describe('Text, or any JSON; made-up data only'),
  context: context.default({}),
  at: z.iso.datetime().optional().describe('The clock of the test'),
  expect: z.enum(ACTIONS).describe('The most severe action; alert: it passes, and an incident is raised'),
  codes: z.array(word).max(CODES_MAX).optional().describe('Reasons that have to be among those of the decision'),
});

export const TESTS = z.array(test).min(1).max(TESTS_MAX);
export type TestDocument = z.output<typeof test>;

/** What the tests take for the directory: lists of rows, as in a directory's file. */
export const FACTS = z
  .record(z.string().regex(/^[a-z_]{1,40}$/), z.array(z.json()))
  .describe('What the tests take for the directory: lists of rows, as in its files');
export type FactsDocument = z.output<typeof FACTS>;
