/** `sluice topics`: creates the topics that the gate needs on a cluster, or says what is wrong with those that are there. */
import { administer, compactedShape, createTopics, faultsOf, shapesOf } from '../transports/kafka-topics.js';
import { HELP, type Options, optionLines, readArguments } from './arguments.js';
import type { Command } from './command.js';
import { EXIT, type Exit } from './exit.js';
import { usage } from './failure.js';
import { clientOf } from './run/client.js';
import { topicsOf } from './run/gate.js';
import { readSettings, typed } from './run/read-settings.js';

const PARTITIONS_MAX = 1024;
const REPLICAS_MAX = 16;

const OPTIONS = {
  brokers: { type: 'string', value: 'HOST:PORT,…', about: 'the cluster' },
  partitions: { type: 'string', value: 'N', about: 'for every topic; 6. Choose well: it decides where sessions live' },
  replicas: { type: 'string', value: 'N', about: 'copies of each; 3' },
  config: { type: 'string', short: 'c', value: 'FILE', about: 'settings in YAML; sluice.yaml if it is there' },
  production: { type: 'boolean', about: 'check that one lost broker loses nothing' },
  ...HELP,
} as const satisfies Options;

export const command: Command = { help, run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = readArguments(args, OPTIONS);
  const [what, ...rest] = positionals;
  if ((what !== 'create' && what !== 'check') || rest.length > 0) throw usage('topics takes one word: create or check');
  const { brokers, production } = values;
  const flags = { ...(brokers && { brokers: typed('brokers', brokers) }), ...(production && { production }) };
  const settings = readSettings({ flags, env: process.env, file: values.config });
  if (settings.brokers.length === 0) throw usage('topics needs a cluster: --brokers HOST:PORT');
  const topics = topicsOf(settings);
  const { recordBytesMax } = settings;
  const client = clientOf(settings);
  if (what === 'create') {
    const partitions = whole('partitions', values.partitions ?? '6', PARTITIONS_MAX);
    const replicas = whole('replicas', values.replicas ?? '3', REPLICAS_MAX);
    const followed = [settings.policyTopic, settings.directoryTopic].flatMap((topic) => topic ?? []);
    const shapes = [...shapesOf(topics, partitions, recordBytesMax), ...followed.map(compactedShape)];
    const created = await createTopics(client, shapes, replicas);
    for (const topic of created) process.stdout.write(`created ${topic}\n`);
  }
  const requirements = { topics, recordBytesMax, production: settings.production };
  const faults = await administer(client, (admin) => faultsOf(admin, requirements));
  for (const fault of faults) process.stdout.write(`unfit ${fault}\n`);
  if (faults.length === 0) process.stdout.write('all topics are as the gate needs them\n');
  return faults.length === 0 ? EXIT.clean : EXIT.failed;
}

function whole(name: string, text: string, max: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value < 1 || value > max) throw usage(`--${name} is a whole number from 1 to ${max}`);
  return value;
}

function help(): string {
  return `sluice topics: the topics that the gate needs on a Kafka cluster

Usage: sluice topics create|check [options]

create   creates what is missing, then checks. What exists is never changed.
check    says what is wrong, one line for each, and ends with 3 if anything is.

All topics get the same number of partitions, since an outcome keeps the
partition of its message. Audit entries and incidents are kept for six years
and a month, quarantine for a month, the rest for a week, the sessions' state
and what was learned for good (compacted). policyTopic and directoryTopic are
created too where they are set: compacted, one partition each.

Options
${optionLines(OPTIONS)}
Example
  sluice topics create --brokers kafka-1:9092 --partitions 12 --replicas 3
`;
}
