/**
 * `sluice policy publish`: a policy and what tenants add to it, checked and tested as a gate would, and then written to the
 * compacted topic that gates follow. What they would refuse is not published.
 */
import { testedPolicy } from '../../in-force/tested-policy.js';
import type { OutRecord } from '../../pipeline/port.js';
import { type PolicyTexts, readPolicyFiles } from '../../policy/files.js';
import type { Plan } from '../../policy/plan.js';
import { PolicyError } from '../../policy/problem.js';
import { BASE_KEY, PolicyRecords, tenantOf } from '../../policy/topic.js';
import type { Settings } from '../../settings.js';
import type { TopicReader } from '../../transports/topic-reader.js';
import { EXIT, type Exit } from '../exit.js';
import { usage } from '../failure.js';
import { printable } from '../printable.js';
import { openReader, readerSettings } from '../run/open-reader.js';
import { lineOf } from './check.js';
import { only, type PolicyValues, placeOf } from './options.js';

/** All of it in one, so that it is read in the order in which it was written. */
const PARTITION = 0;

export async function publish(files: readonly string[], values: PolicyValues): Promise<Exit> {
  only(files, 1, 'publish takes one file');
  const { place, settings } = placeOf(files[0], values);
  const cluster = readerSettings(values);
  const topic = values.topic ?? settings.policyTopic;
  if (topic === undefined) throw usage('publish needs a topic: --topic NAME, or "policyTopic" in the settings');
  if (cluster.brokers.length === 0) throw usage('publish needs a cluster: --brokers HOST:PORT');
  const texts = readPolicyFiles(place);
  if ((await tested(texts, texts.names, settings)) === undefined) return EXIT.findings;
  const reader = await openReader(cluster);
  try {
    const standing = await recordsOf(reader, topic);
    const records = changesOf(texts, place.tenants === undefined ? [] : standing.tenants);
    // As gates will see it: with what stands there of tenants and is not written anew.
    standing.records.apply(records);
    const together = standing.records.texts();
    const plan = await tested(together, [texts.names[0], ...together.names.slice(1)], settings);
    if (plan === undefined) return EXIT.findings;
    await reader.append(topic, PARTITION, records);
    const ended = records.filter(({ value }) => value === null).length;
    const told = [`${together.overlays.length} tenants`, ...(ended === 0 ? [] : [`${ended} ended`])].join(', ');
    process.stdout.write(printable(`published on ${topic}, with ${told}: ${plan.digest}`).concat('\n'));
    return EXIT.clean;
  } finally {
    await reader.close();
  }
}

/** None where it is not as it should be, and then every problem is told. */
async function tested(texts: PolicyTexts, names: readonly string[], settings: Settings): Promise<Plan | undefined> {
  try {
    return testedPolicy(texts, settings).plan;
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error;
    for (const problem of error.problems) process.stdout.write(`${await lineOf(problem, names)}\n`);
    return undefined;
  }
}

export async function recordsOf(reader: TopicReader, topic: string) {
  const records = new PolicyRecords();
  const keys = new Set<string>();
  for await (const { record } of reader.follow(topic, { follow: false })) {
    const key = record.key?.toString() ?? '';
    records.apply([record]);
    if (record.value === null) keys.delete(key);
    else keys.add(key);
  }
  keys.delete(BASE_KEY);
  return { records, tenants: [...keys] };
}

/** The policy, what each tenant adds, and the end of what tenants added before and do not any more. */
function changesOf({ text, overlays }: PolicyTexts, before: readonly string[]): readonly OutRecord[] {
  const record = (key: string, value: Buffer | null): OutRecord => ({ key: Buffer.from(key), value, headers: [] });
  const tenants = overlays.map((overlay) => [tenantOf(overlay), overlay] as const);
  if (tenants.some(([tenant]) => tenant === BASE_KEY)) throw usage(`no tenant on a topic is called ${BASE_KEY}`);
  const named = new Set(tenants.map(([tenant]) => tenant));
  return [
    ...before.filter((tenant) => !named.has(tenant)).map((tenant) => record(tenant, null)),
    ...tenants.map(([tenant, overlay]) => record(tenant, overlay)),
    record(BASE_KEY, text),
  ];
}
