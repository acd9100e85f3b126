/**
 * The policy of a gate from a compacted topic: what stands there at the start has to be a policy that passes its own tests,
 * or there is none and nothing starts; what comes later is put in force at once, record by record, or told while the last good
 * record of its key stays.
 */
import { SluiceError } from '../errors.js';
import { fingerprintOf } from '../policy/files.js';
import type { Plan } from '../policy/plan.js';
import { BASE_KEY, type PolicyRecord, PolicyRecords, type Standing } from '../policy/topic.js';
import { Adoption, type HeldPolicy, type PolicyTerms } from './adoption.js';
import { recordByRecord } from './record-by-record.js';

/** What reads the topic talks to. */
export interface PolicyFollower {
  /** From the first record on. */
  begin(): { apply(records: Iterable<PolicyRecord>): void; settle(): void };
  unreadable(): void;
}

/** What follows a topic for us, until it is closed. */
export type FollowPolicy = (to: PolicyFollower) => {
  /** All that was there at the beginning has been settled. */
  readonly begun: Promise<void>;
  close(): Promise<void>;
};

export interface PolicyOfTopic extends HeldPolicy {
  close(): Promise<void>;
}

export async function openPolicyTopic(terms: PolicyTerms, follow: FollowPolicy): Promise<PolicyOfTopic> {
  const topic = new Topic(terms);
  const following = follow(topic);
  try {
    await following.begun;
    const adoption = topic.standing();
    return {
      get plan() {
        return adoption.plan;
      },
      watch: (adopt) => topic.watch(adopt),
      close: () => following.close(),
    };
  } catch (error) {
    await following.close();
    throw error;
  }
}

class Topic implements PolicyFollower {
  private adoption: Adoption | undefined;
  private failure: unknown;
  /** In force, record by record. */
  private good: Standing = new Map();
  /** Of what was settled last, good or bad. */
  private settled: string | undefined;
  private readonly listeners = new Set<(plan: Plan) => void>();

  constructor(private readonly terms: PolicyTerms) {}

  /** Throws where there is none in force. */
  standing(): Adoption {
    if (this.adoption === undefined) throw this.failure;
    return this.adoption;
  }

  watch(adopt: (plan: Plan) => void): { close(): void } {
    this.listeners.add(adopt);
    // It may have changed since it was read.
    adopt(this.standing().plan);
    return { close: () => void this.listeners.delete(adopt) };
  }

  begin(): ReturnType<PolicyFollower['begin']> {
    const records = new PolicyRecords();
    return { apply: (more) => records.apply(more), settle: () => this.settle(records) };
  }

  unreadable(): void {
    // What is read next counts as new, so that the alarm ends.
    this.settled = undefined;
    this.adoption?.refuse(new SluiceError('KAFKA_FAILED'));
  }

  private settle(records: PolicyRecords): void {
    const { standing } = records;
    const found = fingerprint(standing);
    // Told once, and again when something else stands there.
    if (found === this.settled) return;
    this.settled = found;
    const { adoption } = this;
    try {
      if (adoption === undefined) {
        this.adoption = new Adoption(this.terms, records.texts());
        this.good = standing;
      } else this.change(adoption, standing);
    } catch (error) {
      this.failure = error;
      adoption?.refuse(error);
    }
  }

  private change(adoption: Adoption, wanted: Standing): void {
    const { plan, standing, refused } = recordByRecord(wanted, this.good, (texts) => adoption.load(texts));
    const known = new Set([...this.good.keys(), ...standing.keys()]);
    if (refused.size === 0 || fingerprint(standing) !== fingerprint(this.good)) {
      this.good = standing;
      const adopted = adoption.adopt(plan);
      for (const adopt of this.listeners) adopt(adopted);
    }
    // After what was put in force, so that the alarm stands. A key is repeated only where it is known to be a tenant.
    for (const [key, error] of refused)
      adoption.refuse(error, key === BASE_KEY ? undefined : known.has(key) ? `tenant ${key}` : 'a new tenant');
  }
}

/** Of all that stands there, good or bad. */
function fingerprint(standing: Standing): string {
  const records = [...standing].sort(([a], [b]) => (a < b ? -1 : 1));
  return fingerprintOf(records.flatMap(([key, text]) => [Buffer.from(key), text]));
}
