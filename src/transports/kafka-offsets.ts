/** Where a partition begins and ends, and what a group has committed there. */
import type { Admin } from './kafka-client.js';
import type { Edges } from './kafka-slot.js';

export async function edgesOf(admin: Admin, topic: string, partition: number): Promise<Edges> {
  const all = await admin.fetchTopicOffsets(topic);
  const edges = all.find((one) => one.partition === partition);
  if (edges === undefined) throw new Error('NO_SUCH_PARTITION');
  return { low: Number(edges.low), high: Number(edges.high) };
}

/** Where the partitions of a topic end for who reads committed records. */
export async function endsOf(admin: Admin, topic: string): Promise<ReadonlyMap<number, number>> {
  const all = await admin.fetchTopicOffsets(topic);
  return new Map(all.map(({ partition, high }) => [partition, Number(high)]));
}

export async function committedOf(
  admin: Admin,
  groupId: string,
  topic: string,
  partition: number,
): Promise<number | undefined> {
  const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
  // Who asks while the client is busy learning of another topic is answered with no partition at all: that says nothing.
  const found = offsets?.partitions.find((one) => one.partition === partition);
  if (found === undefined) throw new Error('NO_SUCH_PARTITION');
  const committed = Number(found.offset);
  return committed < 0 ? undefined : committed;
}
