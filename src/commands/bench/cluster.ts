/** The topics of a bench on somebody's cluster: made for it, filled with invented records, and deleted after it. */
import { randomBytes } from 'node:crypto';
import { outputsOf, TOPICS, type Topics } from '../../pipeline/topics.js';
import { idempotentProducer, openKafka } from '../../transports/kafka-client.js';
import { administer, createTopics, shapesOf } from '../../transports/kafka-topics.js';
import { CONVERSATIONS } from '../demo/conversations.js';
import type { clientOf } from '../run/client.js';

const SEND_RECORDS = 80;
const SESSIONS = 97;
/** What an envelope takes around its content. */
const ENVELOPE_BYTES = 60;
const CLEAN =
  'The order was sent to the pharmacy; you will be told when it is ready. Start a beta blocker and titrate every two weeks. ';

export type Client = ReturnType<typeof clientOf>;

export interface Cluster {
  readonly client: Client;
  readonly topics: Topics;
  readonly input: string;
  readonly copy: string;
  readonly partitions: number;
}

export async function createCluster(client: Client, partitions: number, replicas: number): Promise<Cluster> {
  const name = `sluice-bench-${randomBytes(4).toString('hex')}`;
  const [input, copy] = [`${name}.prompts`, `${name}.copy`];
  const topics: Topics = {
    inputs: { [input]: 'prompt' },
    suffix: TOPICS.suffix,
    incidents: `${name}.incidents`,
    audit: `${name}.audit`,
    quarantine: `${name}.quarantine`,
    state: `${name}.state`,
    learned: `${name}.learned`,
  };
  const shapes = shapesOf(topics, partitions, 1_000_000);
  const like = shapesOf({ ...topics, inputs: { [copy]: 'prompt' } }, partitions, 1_000_000)[0];
  await createTopics(client, [...shapes, ...(like ? [like] : [])], replicas);
  return { client, topics, input, copy, partitions };
}

export async function deleteCluster({ client, topics, input, copy }: Cluster): Promise<void> {
  await administer(client, (admin) => admin.deleteTopics({ topics: [input, copy, ...outputsOf(topics)] }));
}

/** A group of its own that begins at the beginning. */
export async function newGroup({ client, input, partitions }: Cluster, offset: 'first' | 'next'): Promise<string> {
  const groupId = `sluice-bench-${randomBytes(4).toString('hex')}`;
  await administer(client, async (admin) => {
    const ends = await admin.fetchTopicOffsets(input);
    const at = (partition: number): string =>
      offset === 'first' ? '0' : (ends.find((one) => one.partition === partition)?.offset ?? '0');
    const offsets = Array.from({ length: partitions }, (_, partition) => ({ partition, offset: at(partition) }));
    await admin.setOffsets({ groupId, topic: input, partitions: offsets });
  });
  return groupId;
}

/** Invented messages of about the size, of which a share carries identifiers. */
export function* messages(bytes: number, share: number): Generator<string> {
  const fitted = (text: string): string =>
    text.repeat(Math.ceil(bytes / text.length)).slice(0, Math.max(1, bytes - ENVELOPE_BYTES));
  const dense = CONVERSATIONS.map(({ content }) =>
    fitted(`${typeof content === 'string' ? content : JSON.stringify(content)} `),
  );
  const clean = fitted(CLEAN);
  for (let n = 0; ; n++) {
    const content = (n * 61) % 100 < share ? dense[n % dense.length] : clean;
    yield JSON.stringify({ id: `m${n}`, agent: 'bench', session: `s${n % SESSIONS}`, content });
  }
}

/** As fast as it goes; or so many in a second, until told to stop. */
export async function fill(
  { client, input, partitions }: Cluster,
  source: Generator<string>,
  how: { readonly count: number; readonly perSecond?: number; readonly stop?: AbortSignal },
): Promise<void> {
  const producer = idempotentProducer(openKafka(client));
  await producer.connect();
  const { count, perSecond, stop } = how;
  const begun = performance.now();
  try {
    for (let sent = 0; sent < count && stop?.aborted !== true; ) {
      const due =
        perSecond === undefined ? sent + SEND_RECORDS : Math.floor(((performance.now() - begun) / 1000) * perSecond);
      const batch = Array.from({ length: Math.min(due, count) - sent }, (_, i) => ({
        value: source.next().value as string,
        // As fast as it goes, a send is for one partition; at a rate, they take turns.
        partition: (perSecond === undefined ? Math.floor(sent / SEND_RECORDS) : sent + i) % partitions,
      }));
      if (batch.length > 0) await producer.send({ topic: input, acks: -1, messages: batch });
      else await new Promise((resolve) => setTimeout(resolve, 5));
      sent += batch.length;
    }
  } finally {
    await producer.disconnect();
  }
}
