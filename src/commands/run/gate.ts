/** A gate put together from settings: plan, pool, pipeline and transport. What runs it decides about signals, logs and views. */
import { SluiceError } from '../../errors.js';
import type { Release } from '../../pipeline/expiry.js';
import { Pipeline } from '../../pipeline/pipeline.js';
import type { Transport } from '../../pipeline/port.js';
import { Quarantine } from '../../pipeline/quarantine.js';
import { outcomeTopic, RELEASES, TOPICS, type Topics } from '../../pipeline/topics.js';
import type { Plan } from '../../policy/plan.js';
import { inlinePool } from '../../pool/inline.js';
import type { Pool } from '../../pool/pool.js';
import { shadowing } from '../../pool/shadow.js';
import { ThreadPool } from '../../pool/threads.js';
import type { Settings } from '../../settings.js';
import type { Events } from '../../telemetry/events.js';
import { Journal } from '../../transports/journal.js';
import type { KafkaTransportOptions } from '../../transports/kafka.js';
import { clientOf } from './client.js';
import { keysOf } from './keys.js';
import { openKnowledge } from './knowledge.js';
import { openReader } from './open-reader.js';
import { rehearsal } from './traffic.js';

export interface Gate {
  /** In force now. */
  readonly plan: Plan;
  readonly topics: Topics;
  readonly pool: Pool;
  readonly threads: ThreadPool | undefined;
  readonly pipeline: Pipeline;
  readonly transport: Transport;
  /** Resolves when stopped and settled; rejects when it cannot go on. */
  run(stop: AbortSignal): Promise<void>;
}

export interface GateOptions {
  /** End at the end of the input: for the journal. */
  readonly once?: boolean;
  /** Instead of those that the settings ask for. */
  readonly transport?: Transport;
  readonly topics?: Topics;
  readonly onFault?: (fault: string) => void;
  /** How often the policy's files are looked at, for tests. */
  readonly policyLookMs?: number;
  /** Another worker, for tests. */
  readonly worker?: URL;
}

export function topicsOf(settings: Settings): Topics {
  const { inputs, ...others } = settings.topics;
  const set = Object.fromEntries(Object.entries(others).filter(([, name]) => name !== undefined));
  const topics = { ...TOPICS, ...set, ...(inputs && { inputs }) };
  const outputs = [topics.incidents, topics.audit, topics.quarantine, topics.state, topics.learned];
  const all = [
    ...Object.keys(topics.inputs),
    ...Object.keys(topics.inputs).map((one) => outcomeTopic(topics, one)),
    ...outputs,
  ];
  if (new Set(all).size < all.length) throw new SluiceError('SETTING_INVALID', { subject: 'topics: one name twice' });
  return topics;
}

export async function openGate(settings: Settings, events: Events, options: GateOptions = {}): Promise<Gate> {
  const keys = keysOf(settings);
  const topics = options.topics ?? topicsOf(settings);
  const { threads, deadlineMs } = settings;
  const { policyLookMs } = options;
  const knowledge = await openKnowledge({ settings, topics, keys, events, policyLookMs });
  const { plan, policy, shadow, known } = knowledge;
  const judging =
    threads === 0
      ? inlinePool(plan, known.image)
      : new ThreadPool({
          plan,
          known: known.image,
          threads,
          deadlineMs,
          ...(options.worker && { entry: options.worker }),
          events: {
            packQueued: (ms) => events.packQueued({ ms }),
            packFailed: (reason, records) => events.packFailed({ reason, records }),
          },
        });
  const pool = shadow === undefined ? judging : shadowing(judging, () => shadow.plan, events.shadowed);
  const quarantine = new Quarantine(keys.quarantine);
  const pipeline = new Pipeline({
    plan,
    topics,
    pool,
    quarantine,
    events,
    clock: Date.now,
    recordBytesMax: settings.recordBytesMax,
    quarantineShareMax: settings.quarantineShareMax,
    learned: known.learned,
    release: options.transport === undefined ? releaseOf(settings, topics) : undefined,
  });
  const transport = options.transport ?? (await transportOf(settings, topics, quarantine, options));
  return {
    get plan() {
      return pipeline.plan;
    },
    topics,
    pool,
    threads: judging instanceof ThreadPool ? judging : undefined,
    pipeline,
    transport,
    async run(stop) {
      const adopt = (changed: Plan): void => {
        pipeline.adopt(changed);
        known.adopt(changed);
      };
      const watches = [policy?.watch(adopt), shadow?.watch(() => {})];
      try {
        // A pipe or a folder is read at once; members of a group take over from others, who can wait.
        if (settings.brokers.length > 0) await pool.warm(rehearsal(), settings.warmUpMs, stop);
        await transport.run({ own: pipeline.own, waits: pipeline.waits, stop });
      } finally {
        for (const watch of watches) watch?.close();
        await knowledge.close();
        await pool.close();
      }
    },
  };
}

/** As a person's decision comes in. Where the gate does not read it, nothing would come of it. */
function releaseOf(settings: Settings, { inputs }: Topics): Release | undefined {
  if (!Object.hasOwn(inputs, RELEASES)) return undefined;
  return async (partition, records) => (await openReader(settings)).append(RELEASES, partition, records);
}

async function transportOf(
  settings: Settings,
  topics: Topics,
  quarantine: Quarantine,
  { once, onFault }: GateOptions,
): Promise<Transport> {
  if (settings.brokers.length === 0) {
    const { journal: folder, partitions } = settings;
    return new Journal({ folder, topics, partitions, clock: Date.now, once: once === true });
  }
  const { KafkaTransport } = await import('../../transports/kafka.js');
  const kafka: KafkaTransportOptions = {
    client: clientOf(settings),
    groupId: settings.group,
    sessionMs: settings.sessionMs,
    inputs: Object.keys(topics.inputs),
    outputOf: (input) => outcomeTopic(topics, input),
    compression: settings.compression,
    delivery: settings.delivery,
    acceptGaps: settings.acceptGap,
    requirements: {
      topics,
      recordBytesMax: settings.recordBytesMax,
      production: settings.production,
      onQuarantineBytes: (bytesMax) => {
        quarantine.bytesMax = bytesMax;
      },
    },
    ...(onFault && { onFault }),
  };
  return new KafkaTransport(kafka);
}
