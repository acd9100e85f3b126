/**
 * A cluster in memory that goes wrong by seed: partitions with offsets and gaps, owners that are fenced, transactions that
 * are refused, members that join, leave, die and come back as zombies. It implements the pipeline's port by the letter, and
 * runs everything in an order that the seed decides: the same seed, the same run.
 */
import type { Batch, InRecord, Lane, Outcome, OutRecord, Run, Slot, Transport, Work } from '../../src/pipeline/port.js';
import type { Random, Scheduler } from './schedule.js';

/** How likely each thing is, at each step, commit or rebalance. */
export interface Chances {
  /** A member that comes back to a slot which it never knew it had lost goes on with it, until a commit says so. */
  readonly keep: number;
  readonly refuse: number;
  readonly crashBefore: number;
  readonly crashAfter: number;
  readonly steal: number;
  readonly churn: number;
}

interface Partition {
  readonly records: readonly InRecord[];
  committed: number;
  epoch: number;
}

const BATCH_MAX = 7;
/** Fewer than the pipeline puts up with. */
const REFUSALS_MAX = 6;

export class SimulatedCluster {
  readonly inputs = new Map<string, Partition>();
  readonly outputs = new Map<string, OutRecord[]>();
  readonly members: SimulatedMember[] = [];
  private readonly owners = new Map<number, SimulatedMember>();

  constructor(
    readonly scheduler: Scheduler,
    readonly random: Random,
    readonly chances: Chances,
    readonly topics: readonly string[],
    readonly partitions: number,
    recordsOf: (topic: string, partition: number) => readonly InRecord[],
  ) {
    for (const topic of topics) {
      for (let p = 0; p < partitions; p++) {
        this.inputs.set(`${topic}/${p}`, { records: recordsOf(topic, p), committed: 0, epoch: 0 });
      }
    }
  }

  get done(): boolean {
    return [...this.inputs.values()].every(({ records, committed }) => committed === endOf(records));
  }

  join(): SimulatedMember {
    const member = new SimulatedMember(this);
    this.members.push(member);
    return member;
  }

  happens(chance: number): boolean {
    return this.random() < chance;
  }

  /** Deals the slots out anew. A member that loses one learns it at once, or (a zombie) only by its next commit. */
  rebalance(): void {
    const live = this.members.filter(({ live }) => live);
    for (let p = 0; p < this.partitions; p++) {
      const owner = live.length === 0 ? undefined : live[Math.floor(this.random() * live.length)];
      const before = this.owners.get(p);
      if (owner === before || owner === undefined) continue;
      if (before !== undefined && !this.happens(this.chances.steal)) before.revoke(p);
      this.owners.set(p, owner);
      owner.assign(p);
    }
  }

  /** Whether a slot belongs to nobody who lives. */
  get orphaned(): boolean {
    return Array.from({ length: this.partitions }, (_, p) => this.owners.get(p)).some((owner) => owner?.live !== true);
  }

  ownerOf(partition: number): SimulatedMember | undefined {
    return this.owners.get(partition);
  }

  /** Takes ownership: fences, then reads where the lane stands. */
  fence(name: string): { epoch: number; position: number } {
    const partition = this.inputs.get(name)!;
    partition.epoch++;
    return { epoch: partition.epoch, position: partition.committed };
  }

  /** One step, all or nothing: what makes it atomic on a real broker is the broker's business. */
  transact(name: string, epoch: number, work: Work): Outcome {
    const partition = this.inputs.get(name)!;
    if (partition.epoch !== epoch) return 'lost';
    if (partition.committed !== work.first)
      throw new Error(`offset stands at ${partition.committed}, not ${work.first}`);
    if (work.next <= work.first) throw new Error('a transaction that does not move the offset');
    for (const { topic, partition: p, records } of work.sends) {
      const key = `${topic}/${p}`;
      this.outputs.set(key, [...(this.outputs.get(key) ?? []), ...records]);
    }
    partition.committed = work.next;
    return 'committed';
  }

  state(topic: string, partition: number): Map<string, Buffer> {
    const state = new Map<string, Buffer>();
    for (const { key, value } of this.outputs.get(`${topic}/${partition}`) ?? []) {
      if (value === null) state.delete(key!.toString());
      else state.set(key!.toString(), value);
    }
    return state;
  }
}

export function endOf(records: readonly InRecord[]): number {
  return records.length === 0 ? 0 : records[records.length - 1].offset + 1;
}

/** One process: dead ones do not answer any more, and what they still do goes nowhere. */
export class SimulatedMember implements Transport {
  live = true;
  private runs: Run | undefined;
  private readonly slots = new Map<number, AbortController>();
  private readonly owned = new Set<Promise<void>>();
  private fail: (error: unknown) => void = () => {};

  constructor(private readonly cluster: SimulatedCluster) {}

  status() {
    return { joined: this.live, lanes: this.slots.size };
  }

  async run(run: Run): Promise<void> {
    this.runs = run;
    const failed = new Promise<never>((_, reject) => {
      this.fail = reject;
    });
    failed.catch(() => {});
    const stopped = new Promise<void>((resolve) => run.stop.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([stopped, failed]);
    this.live = false;
    for (const slot of this.slots.values()) slot.abort();
    await Promise.race([Promise.all(this.owned), failed]);
  }

  crash(): void {
    this.live = false;
    this.slots.clear();
  }

  revoke(partition: number): void {
    this.slots.get(partition)?.abort();
    this.slots.delete(partition);
  }

  assign(partition: number): void {
    if (!this.live || this.runs === undefined) return;
    const { cluster, runs } = this;
    if (this.slots.has(partition) && cluster.happens(cluster.chances.keep)) return;
    this.slots.get(partition)?.abort();
    const revoked = new AbortController();
    this.slots.set(partition, revoked);
    const lanes = cluster.topics.map((topic) => this.lane(topic, partition, revoked.signal));
    const slot: Slot = {
      partition,
      lanes,
      revoked: revoked.signal,
      readState: async (topic) => {
        await this.pause();
        return cluster.state(topic, partition);
      },
    };
    const owned = runs.own(slot).then(
      () => this.ended(partition, revoked),
      (error: unknown) => this.fail(error),
    );
    this.owned.add(owned);
    void owned.finally(() => this.owned.delete(owned));
  }

  /** Lost, but not taken away: ours anew if the group says so. */
  private ended(partition: number, revoked: AbortController): void {
    if (revoked.signal.aborted || this.slots.get(partition) !== revoked) return;
    revoked.abort();
    this.slots.delete(partition);
    if (this.cluster.ownerOf(partition) === this) this.assign(partition);
  }

  /** A dead member waits for ever. */
  private async pause(signal?: AbortSignal): Promise<void> {
    await this.cluster.scheduler.pause(signal);
    if (!this.live && this.runs?.stop.aborted === false) await new Promise(() => {});
  }

  private lane(topic: string, partition: number, revoked: AbortSignal): Lane {
    const { cluster } = this;
    const name = `${topic}/${partition}`;
    const { epoch, position } = cluster.fence(name);
    const { records } = cluster.inputs.get(name)!;
    let next = position;
    const read = async (): Promise<Batch | null> => {
      for (;;) {
        await this.pause(revoked);
        if (revoked.aborted) return null;
        const from = records.findIndex(({ offset }) => offset >= next);
        if (from < 0) {
          await new Promise<void>((resolve) => revoked.addEventListener('abort', () => resolve(), { once: true }));
          return null;
        }
        const batch = records.slice(from, from + 1 + Math.floor(cluster.random() * BATCH_MAX));
        next = endOf(batch);
        return { records: batch, highWatermark: endOf(records) };
      }
    };
    const refused = { inARow: 0 };
    return { topic, partition, position, next: read, commit: (work) => this.commit(name, epoch, work, refused) };
  }

  private async commit(name: string, epoch: number, work: Work, refused: { inARow: number }): Promise<Outcome> {
    const { cluster } = this;
    const { chances } = cluster;
    await this.pause();
    if (refused.inARow < REFUSALS_MAX && cluster.happens(chances.refuse)) {
      refused.inARow++;
      return 'aborted';
    }
    refused.inARow = 0;
    if (cluster.happens(chances.crashBefore)) this.crash();
    if (!this.live && this.runs?.stop.aborted === false) await new Promise(() => {});
    const outcome = cluster.transact(name, epoch, work);
    if (cluster.happens(chances.crashAfter)) this.crash();
    await this.pause();
    return outcome;
  }
}
