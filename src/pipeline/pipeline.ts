/**
 * The pipeline: owns slots as the transport hands them over, and runs their lanes. It only puts the parts together; how a
 * lane goes is in lane.ts, what a transaction holds in window.ts, what a transport promises in port.ts.
 */
import { setMaxListeners } from 'node:events';
import { setTimeout as timer } from 'node:timers/promises';
import { inFlightBytesMax } from '../limits.js';
import type { Plan } from '../policy/plan.js';
import type { Pool } from '../pool/pool.js';
import type { Events } from '../telemetry/events.js';
import { Breaker } from './breaker.js';
import { Budget } from './budget.js';
import { Expiry, type Release } from './expiry.js';
import { type LaneContext, runLane } from './lane.js';
import { Learning, type Lesson } from './learning.js';
import { Lock } from './lock.js';
import type { Lane, Slot } from './port.js';
import type { Quarantine } from './quarantine.js';
import { Sessions } from './state.js';
import type { Topics } from './topics.js';

export interface PipelineOptions {
  /** In force at the beginning. */
  readonly plan: Plan;
  readonly topics: Topics;
  readonly pool: Pool;
  readonly quarantine: Quarantine;
  readonly events: Events;
  readonly clock: () => number;
  /** Resolves after so long, or as soon as the signal is set; the real one unless said. */
  readonly sleep?: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Largest record that the transport takes. */
  readonly recordBytesMax: number;
  /** Share of the last records that may go to quarantine before consumption pauses; 1 never pauses. */
  readonly quarantineShareMax: number;
  /** Told what the slots have learned: all of it when one becomes ours, and then what is new. */
  readonly learned?: (partition: number, lesson: Lesson) => void;
  /** None where nothing is handed in: then what waits for somebody ends when a person says so. */
  readonly release?: Release | undefined;
}

export interface PipelineStatus {
  readonly slots: number;
  readonly inFlightBytes: number;
  readonly paused: boolean;
}

/** What the lanes of one slot have in common. */
type Shared = Pick<LaneContext, 'slot' | 'sessions' | 'turn' | 'lost' | 'ending'> & { readonly learning: Learning };

export class Pipeline {
  private readonly budget = new Budget(inFlightBytesMax);
  private readonly breaker: Breaker;
  private readonly owned = new Set<Slot>();
  private readonly waiting = new Map<Lane, () => boolean>();
  private inForce: Plan;

  constructor(private readonly options: PipelineOptions) {
    this.breaker = new Breaker(options.quarantineShareMax);
    this.inForce = options.plan;
  }

  status(): PipelineStatus {
    return { slots: this.owned.size, inFlightBytes: this.budget.spent, paused: this.breaker.tripped };
  }

  get plan(): Plan {
    return this.inForce;
  }

  /** What is fetched from now on is judged by this one; what is in hand stays with its own. */
  adopt(plan: Plan): void {
    this.inForce = plan;
  }

  /** For `Transport.run`, both. */
  readonly waits = (lane: Lane): boolean => this.breaker.tripped || this.waiting.get(lane)?.() === true;

  readonly own = async (slot: Slot): Promise<void> => {
    const { events, topics } = this.options;
    const lost = new AbortController();
    const ended = new AbortController();
    this.owned.add(slot);
    // Every lane listens, in several places, and no longer than it runs.
    setMaxListeners(0, slot.revoked, lost.signal);
    events.assigned({ partition: slot.partition, topics: slot.lanes.map(({ topic }) => topic) });
    try {
      const sessions = new Sessions(await slot.readState(topics.state));
      const { learned = () => {} } = this.options;
      const learning = new Learning(await slot.readState(topics.learned), (lesson) => learned(slot.partition, lesson));
      const shared = {
        slot,
        sessions,
        learning,
        turn: new Lock(),
        lost,
        ending: AbortSignal.any([slot.revoked, lost.signal]),
      };
      setMaxListeners(0, shared.ending);
      const expiry = this.expiry(slot.partition, sessions);
      const expiring = expiry?.run(AbortSignal.any([shared.ending, ended.signal]));
      await Promise.all(slot.lanes.map((lane) => runLane(this.context(lane, shared))));
      ended.abort();
      if (shared.ending.aborted) return;
      await expiring;
      // At the end of an input that has one: the next run reads it.
      await expiry?.look();
    } finally {
      ended.abort();
      this.owned.delete(slot);
      events.revoked({ partition: slot.partition });
    }
  };

  private expiry(partition: number, sessions: Sessions): Expiry | undefined {
    const { release, quarantine, clock, events, sleep = sleepFor } = this.options;
    const { approvalKey } = quarantine;
    const failed = (): void => events.expiryFailed({ partition });
    return release && new Expiry({ partition, sessions, release, approvalKey, clock, sleep, failed });
  }

  private context(lane: Lane, { learning, ...shared }: Shared): LaneContext {
    const { topics, pool, quarantine, events, clock, recordBytesMax, sleep = sleepFor } = this.options;
    const { topic, partition } = lane;
    const window = { engine: pool.engine.slice(0, 16), topics, quarantine, recordBytesMax, topic, partition, learning };
    return {
      ...shared,
      lane,
      waiting: this.waiting,
      pool,
      budget: this.budget,
      breaker: this.breaker,
      events,
      clock,
      sleep,
      window,
      plan: () => this.inForce,
    };
  }
}

async function sleepFor(ms: number, signal?: AbortSignal): Promise<void> {
  await timer(ms, undefined, signal && { signal }).catch(() => {});
}
