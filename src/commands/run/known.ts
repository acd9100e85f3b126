/**
 * What a gate knows beside the messages: directory, rosters, and what was learned. Read before the first message, kept current
 * from files and topics, and handed to the pool as one.
 */
import { type FollowTopic, openDirectory } from '../../in-force/directory.js';
import { LearnedInForce } from '../../in-force/learned.js';
import { openRosters, type RosterChanges } from '../../in-force/rosters.js';
import type { Lesson } from '../../pipeline/learning.js';
import type { Topics } from '../../pipeline/topics.js';
import { learns, type Plan } from '../../policy/plan.js';
import type { Known } from '../../pool/pool.js';
import { type RostersImage, withLearned } from '../../roster/rosters.js';
import type { Settings } from '../../settings.js';
import type { Events } from '../../telemetry/events.js';
import type { Keys } from '../../transports/keys.js';
import { clientOf } from './client.js';

export interface KnownTerms {
  readonly settings: Settings;
  readonly topics: Topics;
  readonly keys: Keys;
  readonly plan: Plan;
  readonly events: Pick<Events, 'directory' | 'roster' | 'learned'>;
}

export interface KnownInForce {
  /** Now. */
  image(): Known;
  /** What our own slots have learned. */
  learned(partition: number, lesson: Lesson): void;
  /** A policy that is in force from now on may want to learn. */
  adopt(plan: Plan): void;
  close(): Promise<void>;
}

interface Open {
  close(): Promise<void>;
}

/** Rejects where something cannot be put in force that has to be. */
export async function openKnown({ settings, topics, keys, plan, events }: KnownTerms): Promise<KnownInForce> {
  const opened: Open[] = [];
  const close = async (): Promise<void> => {
    for (const one of opened.splice(0)) await one.close();
  };
  const learned = new LearnedInForce(keys.references, (values) => events.learned({ values }));
  const onCluster = settings.brokers.length > 0;
  let following: Promise<void> | undefined;
  const learn = async (): Promise<void> => {
    const { followCompacted } = await import('../../transports/compacted-topic.js');
    const unreadable = (): void =>
      events.roster({ outcome: 'refused', code: 'KAFKA_FAILED', digest: learned.image?.digest ?? '' });
    const from = { client: clientOf(settings), topic: topics.learned };
    const follow = followCompacted(from, { begin: () => learned.begin(), unreadable });
    opened.push(follow);
    await follow.begun;
  };
  const adopt = async (now: Plan): Promise<void> => {
    if (onCluster && learns(now)) await (following ??= learn());
  };
  try {
    const directory = await openDirectory(settings, keys.directory, events, directoryOf(settings, keys.directory));
    opened.push(directory);
    const secret = settings.rosterKey === undefined ? keys.rosters : Buffer.from(settings.rosterKey);
    const rosters = await openRosters(settings.roster, secret, events, undefined, await changesOf(settings));
    opened.push(rosters, { close: async () => learned.close() });
    await adopt(plan);
    const both = paired();
    return {
      image: () => ({ directory: directory.image(), rosters: both(rosters.image(), learned) }),
      learned(partition, lesson) {
        // On a cluster the topic says it, and what the other instances have learned.
        if (!onCluster) for (const [key, owners] of lesson) learned.learn(partition, key, owners);
      },
      adopt: (now) => void adopt(now).catch(() => {}),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Built and learned rosters as one image, made anew only when one of them is another. */
function paired(): (built: RostersImage | undefined, learned: LearnedInForce) => RostersImage | undefined {
  let last: { built: RostersImage | undefined; digest: string; image: RostersImage } | undefined;
  return (built, { image: learned }) => {
    if (learned === undefined) return built;
    if (last === undefined || last.built !== built || last.digest !== learned.digest)
      last = { built, digest: learned.digest, image: withLearned(built, learned) };
    return last.image;
  };
}

async function changesOf(settings: Settings): Promise<RosterChanges | undefined> {
  const { rosterTopics } = settings;
  if (rosterTopics === undefined) return undefined;
  const { followCompacted } = await import('../../transports/compacted-topic.js');
  const client = clientOf(settings);
  return {
    tenants: Object.keys(rosterTopics),
    follow: (tenant, to) => followCompacted({ client, topic: rosterTopics[tenant] }, to),
  };
}

/** None where there is no topic. */
export function directoryOf(settings: Settings, key: Uint8Array): FollowTopic | undefined {
  const { directoryTopic: topic, tenant } = settings;
  if (topic === undefined) return undefined;
  return async (sink) => {
    const { watchTopic } = await import('../../transports/directory-topic.js');
    return watchTopic({ client: clientOf(settings), topic, key, tenant }, sink);
  };
}
