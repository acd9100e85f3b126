/**
 * What can be set about `sluice run`: one schema for the file, the environment and the flags, with its defaults. Unknown
 * keys are refused, and what is secret is marked, so that it is never printed.
 */
import { availableParallelism } from 'node:os';
import { z } from 'zod';
import { deadlineMs, keyBytesMin, messageBytesMax, messageBytesMaxMax, rostersMax, warmUpMs } from './limits.js';
import { SURFACES } from './message.js';

const THREADS_MAX = 64;
const MINUTE_MS = 60_000;

const PORT_MAX = 65535;

const port = z.int().min(0).max(PORT_MAX);
const broker = z
  .string()
  .regex(/^[\w.:[\]-]+:\d{1,5}$/)
  .refine((text) => {
    const number = Number(text.slice(text.lastIndexOf(':') + 1));
    return number >= 1 && number <= PORT_MAX;
  });
/** A name that goes into protocols and logs: nothing in it that cannot be seen. */
const name = (unitsMax: number) =>
  z
    .string()
    .min(1)
    .max(unitsMax)
    .refine((text) => text.trim() !== '' && !/\p{Cc}/u.test(text));
/** Blanks keep nothing secret, and are what an empty variable or file leaves. */
const secret = (bytesMin: number) =>
  z
    .string()
    .min(1)
    .refine((text) => Buffer.byteLength(text.trim()) >= bytesMin);
const topic = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,200}$/)
  .refine((name) => name !== '.' && name !== '..');

/** `topic/partition:from-to`: offsets that retention took, accepted by exactly these numbers. */
const gap = z
  .string()
  .regex(/^[A-Za-z0-9._-]+\/\d+:\d+-\d+$/)
  .transform((text) => {
    const [, topic, partition, from, to] = /^(.+)\/(\d+):(\d+)-(\d+)$/.exec(text)!;
    return { topic, partition: Number(partition), from: Number(from), to: Number(to) };
  })
  .refine(({ from, to }) => from < to && Number.isSafeInteger(to));

const shape = z.strictObject({
  /** None: the embedded journal. */
  brokers: z.array(broker).default([]),
  clientId: name(100).default('sluice'),
  group: name(200).default('sluice'),
  /** How long a member of the group may be silent before the others go on without it. */
  sessionMs: z
    .int()
    .min(6_000)
    .max(5 * MINUTE_MS)
    .default(20_000),
  delivery: z.enum(['exactly-once', 'at-least-once']).default('exactly-once'),
  compression: z.enum(['none', 'gzip', 'snappy', 'lz4']).default('none'),
  acceptGap: z.array(gap).default([]),
  tls: z
    .union([
      z.boolean(),
      z.strictObject({
        caFile: z.string().optional(),
        certFile: z.string().optional(),
        keyFile: z.string().optional(),
      }),
    ])
    .default(false),
  sasl: z
    .strictObject({
      mechanism: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']),
      username: z.string().min(1),
      password: secret(1),
    })
    .optional(),
  journal: z.string().min(1).default('.sluice/journal'),
  partitions: z.int().min(1).max(256).default(1),
  topics: z
    .strictObject({
      inputs: z
        .record(topic, z.enum(SURFACES))
        .refine((inputs) => Object.keys(inputs).length > 0)
        .optional(),
      suffix: z
        .string()
        .regex(/^[A-Za-z0-9._-]{1,40}$/)
        .optional(),
      incidents: topic.optional(),
      audit: topic.optional(),
      quarantine: topic.optional(),
      state: topic.optional(),
      learned: topic.optional(),
    })
    .default({}),
  /** None: the built-in one, which redacts all that is found. */
  policy: z.string().min(1).optional(),
  policyTenants: z.string().min(1).optional(),
  /** On the cluster, compacted, instead of the files: the policy under `base`, what a tenant adds under its name. */
  policyTopic: topic.optional(),
  shadowPolicy: z.string().min(1).optional(),
  without: z.array(z.string().regex(/^[a-z_]{1,40}$/)).default([]),
  /** A file or a folder of files. None: nobody and nothing is known. */
  directory: z.string().min(1).optional(),
  /** On the cluster, compacted; beside the files, or alone. */
  directoryTopic: topic.optional(),
  /** A snapshot, or a folder of them. None: nobody's identifiers are known. */
  roster: z.string().min(1).optional(),
  /** By tenant, on the cluster, compacted: what has changed since its snapshot was built. */
  rosterTopics: z
    .record(name(100), topic)
    .refine((topics) => Object.keys(topics).length > 0 && Object.keys(topics).length <= rostersMax)
    .optional(),
  /** What its keys are made of. None: what all keys are made of. */
  rosterKey: secret(keyBytesMin).optional(),
  tenant: name(100).default('default'),
  /** The secret that references and quarantine are keyed with. */
  key: secret(keyBytesMin).optional(),
  threads: z
    .int()
    .min(0)
    .max(THREADS_MAX)
    .default(() => Math.max(1, Math.min(8, availableParallelism()))),
  /** Before it joins, so that the first messages do not wait for the compiler. */
  warmUpMs: z.int().min(0).max(MINUTE_MS).default(warmUpMs),
  deadlineMs: z
    .int()
    .min(100)
    .max(10 * MINUTE_MS)
    .default(deadlineMs),
  messageBytesMax: z.int().min(1024).max(messageBytesMaxMax).default(messageBytesMax),
  /** What the broker takes: `max.message.bytes` of the output topics. */
  recordBytesMax: z
    .int()
    .min(4096)
    .max(2 * messageBytesMaxMax)
    .default(1_000_000),
  quarantineShareMax: z.number().min(0).max(1).default(0.5),
  /** The process ends, to be started again, when it takes more memory than this. */
  rssMbMax: z.int().min(128).max(65536).default(1536),
  metricsHost: z.string().min(1).default('127.0.0.1'),
  /** For /metrics, /livez and /readyz; 0 switches them off. */
  metricsPort: port.default(0),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  production: z.boolean().default(false),
});

export type Settings = z.infer<typeof shape>;

/** What each setting may be for itself, and what does not go together. */
export const settingsSchema = shape.superRefine((settings, context) => {
  const { production, threads, brokers, sasl, tls } = settings;
  const refuse = (setting: keyof Settings): void => context.addIssue({ code: 'custom', path: [setting] });
  // In the main thread there is no deadline, and a message that kills takes the gate with it.
  if (production && threads === 0) refuse('threads');
  // A password in clear on the wire.
  if (production && brokers.length > 0 && sasl !== undefined && tls === false) refuse('tls');
  // What would do nothing is refused: whoever set it believes that it does.
  if (settings.policy === undefined && settings.policyTopic === undefined) {
    for (const one of ['policyTenants', 'shadowPolicy', 'directory', 'directoryTopic', 'roster'] as const)
      if (settings[one] !== undefined) refuse(one);
    if (settings.without.length > 0) refuse('without');
  }
  // A policy comes from one place.
  if (settings.policyTopic !== undefined)
    for (const one of ['policy', 'policyTenants'] as const) if (settings[one] !== undefined) refuse(one);
  for (const one of ['rosterKey', 'rosterTopics'] as const)
    if (settings.roster === undefined && settings[one] !== undefined) refuse(one);
  for (const one of ['directoryTopic', 'policyTopic', 'rosterTopics'] as const)
    if (brokers.length === 0 && settings[one] !== undefined) refuse(one);
});

/** One line for each, for the reference page. */
export const SETTINGS_ABOUT: { readonly [S in keyof Settings]-?: string } = {
  brokers: 'brokers of the cluster, host:port; none: the embedded journal',
  clientId: 'what the brokers log us as',
  group: 'the consumer group; also part of the transactional ids',
  sessionMs: 'how long a member of the group may be silent before the group goes on without it',
  delivery: '`exactly-once`, or `at-least-once` for brokers without transactions',
  compression: 'of what is written: `none`, `gzip`, `snappy`, `lz4`',
  acceptGap: 'offsets that retention took unread and the gate may pass over: `topic/partition:from-to`, exactly',
  tls: '`true`, or files: `caFile`, `certFile`, `keyFile`',
  sasl: '`mechanism` (`plain`, `scram-sha-256`, `scram-sha-512`), `username`, `password` or `passwordFile`',
  journal: 'folder of the embedded journal',
  partitions: 'files for each input topic of the journal',
  topics: 'other names: `inputs` (topic: surface), `suffix`, `incidents`, `audit`, `quarantine`, `state`, `learned`',
  policy: 'the policy file; without one, all that is found is redacted',
  policyTenants: 'a folder of what tenants add to it, one file each',
  policyTopic:
    "the policy from a compacted topic of the cluster instead of files: under `base` the policy, under a tenant's name what that tenant adds",
  shadowPolicy: 'a second policy that only counts where it would have decided otherwise',
  without: 'scanners that are not built yet, whose rules in the policy are left out; every audit entry says so',
  directory: 'who may do what: a file or a folder, for the rules of the policy; read again when it changes',
  directoryTopic: 'the same from a compacted topic of the cluster, beside the files or alone',
  roster:
    'whose identifiers are whose: a snapshot of `sluice roster build`, or a folder of `.roster` files, one for each tenant and one delta over it',
  rosterTopics:
    'topics that keep rosters current, `tenant: topic`: compacted, a row in JSON or a FHIR Patient under the id of the patient, no value when the patient is gone',
  rosterKey: 'the secret that the rosters were built with, or `rosterKeyFile`; `key`, if it is the same',
  tenant: 'whose a message is that does not say',
  key: 'the secret for references and quarantine, or `keyFile`; a cluster has to be given one',
  threads: 'worker threads; 0 judges in the main one, without a deadline: not with `production`',
  warmUpMs: 'how long worker threads warm up on invented messages before the gate joins its group; 0: not at all',
  deadlineMs: 'how long a worker may take over one pack',
  messageBytesMax: 'largest message that is scanned; a larger one is quarantined',
  recordBytesMax: 'largest record that is written; below `max.message.bytes` of the topics',
  quarantineShareMax: 'share of the last thousand that may go to quarantine before consumption pauses; 1 never pauses',
  rssMbMax: 'memory of the process, past which it replaces busy threads and then ends',
  metricsHost: 'where /metrics, /livez and /readyz listen',
  metricsPort: 'and on which port; 0: not at all',
  logLevel: '`silent`, `error`, `warn`, `info`, `debug`',
  production: 'refuse topics that one lost broker could take with it, a password without TLS, and `threads: 0`',
};

/** By path: what `--print-config` shows as asterisks, and what may come from a file by `…File` or `SLUICE_…_FILE`. */
export const SECRETS: readonly string[] = ['key', 'rosterKey', 'sasl.password'];

/** Settings as they may be shown. */
export function masked(settings: Settings): unknown {
  const mask = (value: unknown, path: string): unknown => {
    if (SECRETS.includes(path)) return value === undefined ? undefined : '********';
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, mask(one, path === '' ? name : `${path}.${name}`)]),
    );
  };
  return mask(settings, '');
}
