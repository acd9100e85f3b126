/** The flags of `sluice run`, each the setting of the same name, and its help. */
import { SURFACES, type Surface } from '../../message.js';
import type { Settings } from '../../settings.js';
import { HELP, type Options, optionLines, type Values } from '../arguments.js';
import { EXIT_MEANING } from '../exit.js';
import { usage } from '../failure.js';
import { typed } from './read-settings.js';

const WAYS = {
  demo: { type: 'boolean', about: 'invented agent traffic flows through, and you watch (made-up data)' },
  stdio: { type: 'boolean', about: 'JSON lines in on stdin, JSON lines out on stdout' },
  surface: {
    type: 'string',
    value: 'NAME',
    about: 'what comes in on stdin: prompt, unless it is context, tool_call …',
  },
  once: { type: 'boolean', about: 'end at the end of the journal instead of waiting for more' },
  seconds: { type: 'string', value: 'N', about: 'of the demo; without it, until Ctrl-C' },
} as const satisfies Options;

const POLICY = {
  policy: { type: 'string', value: 'FILE', about: 'the policy; without it, all that is found is redacted' },
  'policy-tenants': { type: 'string', value: 'FOLDER', about: 'what tenants add to it, one file each' },
  'policy-topic': { type: 'string', value: 'TOPIC', about: 'the policy from a compacted topic instead of files' },
  directory: { type: 'string', value: 'PATH', about: 'who may do what: a file or a folder of YAML, JSON, JSON lines' },
  roster: { type: 'string', value: 'PATH', about: "other patients' identifiers: a snapshot, or a folder of them" },
  'shadow-policy': { type: 'string', value: 'FILE', about: 'count where this one would decide otherwise' },
  without: { type: 'string', value: 'SCANNER,…', about: 'leave out rules of scanners that are not built yet' },
} as const satisfies Options;

const KAFKA = {
  brokers: { type: 'string', value: 'HOST:PORT,…', about: 'Kafka; without it, the journal' },
  group: { type: 'string', value: 'NAME', about: 'the consumer group' },
  delivery: { type: 'string', value: 'HOW', about: 'exactly-once (default) or at-least-once' },
  'accept-gap': { type: 'string', value: 'T/P:A-B,…', about: 'go on although retention took these offsets unread' },
  production: { type: 'boolean', about: 'refuse topics that one lost broker could take with it' },
} as const satisfies Options;

const OTHERS = {
  journal: { type: 'string', value: 'FOLDER', about: 'the embedded journal; .sluice/journal' },
  partitions: { type: 'string', value: 'N', about: 'files for each input topic of the journal; 1' },
  threads: { type: 'string', value: 'N', about: 'worker threads; 0 judges in the main one' },
  'metrics-port': { type: 'string', value: 'N', about: '/metrics, /livez and /readyz; off unless given' },
  'metrics-host': { type: 'string', value: 'HOST', about: 'where that listens; 127.0.0.1' },
  'log-level': { type: 'string', value: 'LEVEL', about: 'silent, error, warn, info or debug' },
  config: { type: 'string', short: 'c', value: 'FILE', about: 'settings in YAML; sluice.yaml if it is there' },
  'print-config': { type: 'boolean', about: 'print the settings in force, secrets masked, and end' },
  ...HELP,
} as const satisfies Options;

export const OPTIONS = { ...WAYS, ...POLICY, ...KAFKA, ...OTHERS };
export type RunValues = Values<typeof OPTIONS>;

/** Flags that say what to do rather than what to set. */
const NOT_SETTINGS = new Set(['demo', 'stdio', 'surface', 'once', 'seconds', 'config', 'print-config', 'help']);

export function flagsOf(values: RunValues): Record<string, unknown> {
  const flags: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (NOT_SETTINGS.has(name)) continue;
    const path = name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    flags[path] = typeof value === 'string' ? typed(path, value) : value;
  }
  return flags;
}

const KAFKA_ONLY = ['group', 'delivery', 'accept-gap', 'policy-topic'] as const;
const JOURNAL_ONLY = ['once', 'journal', 'partitions'] as const;

/** A flag that would do nothing is refused: whoever gave it believes that it does. */
export function refuseConflicts(values: RunValues, { brokers }: Pick<Settings, 'brokers'>): void {
  const { demo, stdio } = values;
  const cluster = brokers.length > 0;
  if (demo && stdio) throw usage('--demo and --stdio: one of the two');
  if (demo && cluster) throw usage('--demo runs on the journal: leave out --brokers');
  if (stdio && cluster) throw usage('--stdio and --brokers: one of the two');
  if (demo && values.once) throw usage('--once and --demo: it ends after --seconds');
  if (values.surface !== undefined && !stdio) throw usage('--surface is for --stdio: a topic says it by its name');
  if (values.seconds !== undefined && !demo) throw usage('--seconds is for --demo');
  for (const flag of KAFKA_ONLY) {
    if (values[flag] !== undefined && !cluster) throw usage(`--${flag} is for a cluster: give --brokers`);
  }
  for (const flag of JOURNAL_ONLY) {
    if (values[flag] !== undefined && (cluster || stdio)) throw usage(`--${flag} is for the journal`);
  }
}

/** What a pipe's messages are. */
export function surfaceOf({ surface = 'prompt' }: Pick<RunValues, 'surface'>): Surface {
  const known = SURFACES.find((one) => one === surface);
  if (known === undefined) throw usage(`--surface is one of ${SURFACES.join(', ')}`);
  return known;
}

export function help(): string {
  const groups = { 'What to do': WAYS, Policy: POLICY, Kafka: KAFKA, Others: OTHERS };
  const options = Object.entries(groups).map(([group, table]) => `${group}\n${optionLines(table)}\n`);
  return `sluice run: the gate at work, between agents and what reads them

Usage: sluice run [options]

Reads agents' messages, takes out what identifies a patient, and writes one
outcome for each message, incidents for the SOC and audit entries, all in one
transaction. What cannot be scanned is not passed on: it is kept encrypted.

Examples
  Watch invented traffic flow through
    sluice run --demo
  The embedded journal: append lines to .sluice/journal/agent.prompts/0.ndjson
    sluice run
  A cluster
    SLUICE_KEY_FILE=secret.key sluice run --brokers kafka-1:9092,kafka-2:9092
  A pipe
    agent | sluice run --stdio

${options.join('\n')}
Every setting can also stand in sluice.yaml, or in the environment: tls.caFile
is SLUICE_TLS__CA_FILE, key is SLUICE_KEY or, from a file, SLUICE_KEY_FILE. A
flag wins over the environment, and that over the file.

Exit codes
${([0, 2, 3] as const).map((code) => `  ${String(code).padEnd(5)}${MEANING[code] ?? EXIT_MEANING[code]}\n`).join('')}`;
}

const MEANING: Readonly<Record<number, string>> = {
  0: 'told to stop, and all that was in hand is settled',
  3: 'it could not go on, and stderr says why: start it again, nothing is lost',
};
