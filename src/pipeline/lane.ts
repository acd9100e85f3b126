/**
 * One lane: fetches ahead, has batches judged ahead, and commits them in order. What is lost to another owner is forgotten;
 * what was refused is sent again as it was, from the verdicts in hand.
 */
import { setMaxListeners } from 'node:events';
import { SluiceError } from '../errors.js';
import { batchesAheadMax } from '../limits.js';
import type { Plan } from '../policy/plan.js';
import type { Pool } from '../pool/pool.js';
import type { Events } from '../telemetry/events.js';
import type { Verdict } from '../verdict.js';
import { type Admitted, admit, judgeAdmitted } from './admission.js';
import type { Breaker } from './breaker.js';
import type { Budget } from './budget.js';
import { Bell, type Lock } from './lock.js';
import { bytesOfRecord } from './outcome.js';
import type { Batch, Lane, Slot } from './port.js';
import type { Sessions } from './state.js';
import { tallied } from './tally.js';
import { applyWindow, buildWindow, type Judged, type WindowContext, windowLength } from './window.js';

const ATTEMPTS_MAX = 8;
const BACKOFF_MS = 50;

export interface LaneContext {
  readonly slot: Slot;
  readonly lane: Lane;
  readonly pool: Pool;
  readonly budget: Budget;
  readonly breaker: Breaker;
  readonly events: Events;
  readonly clock: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  readonly sessions: Sessions;
  /** One transaction at a time in a slot: they share the sessions' state. */
  readonly turn: Lock;
  /** Set by the first lane of the slot whose commit answers that it is lost: the others hold nothing either, then. */
  readonly lost: AbortController;
  /** Whether a lane waits for verdicts or memory, for as long as it runs. */
  readonly waiting: Map<Lane, () => boolean>;
  /** Revoked, or lost. */
  readonly ending: AbortSignal;
  readonly window: WindowContext;
  /** In force now. */
  readonly plan: () => Plan;
}

/** A batch on its way through the pool. */
interface Ahead {
  readonly batch: Batch;
  readonly admitted: readonly Admitted[];
  readonly bytes: number;
  readonly fetchedAt: number;
  /** In force when it was fetched: all of it is judged by this one. */
  readonly plan: Plan;
  verdicts: readonly Verdict[] | undefined;
  judgedAt: number;
}

/** Resolves when `next` has answered null and all that was fetched is committed, lost or, when revoked, left to the next owner. */
export async function runLane(context: LaneContext): Promise<void> {
  const ahead: Ahead[] = [];
  const stopping = new AbortController();
  let ended = false;
  let short = false;
  let failure: unknown;
  const wake = new Bell();
  const settle = (error?: unknown): void => {
    failure ??= error;
    wake.notify();
  };
  const read = async (): Promise<void> => {
    const { lane, budget } = context;
    const signal = AbortSignal.any([context.ending, stopping.signal]);
    setMaxListeners(0, signal);
    let next = lane.position;
    for (;;) {
      short = true;
      await budget.room(signal);
      short = false;
      while (ahead.length >= batchesAheadMax && !signal.aborted) await wake.wait(signal);
      if (signal.aborted) return;
      const batch = await lane.next();
      if (batch === null || stopping.signal.aborted) return;
      if (batch.records.length === 0) continue;
      next = checked(batch, next);
      const bytes = batch.records.reduce((sum, record) => sum + bytesOfRecord(record), 0);
      budget.take(bytes);
      ahead.push(judgeAhead(context, batch, bytes, settle));
    }
  };
  read()
    .catch(settle)
    .finally(() => {
      ended = true;
      settle();
    });
  const committer = new Committer(context);
  context.waiting.set(context.lane, () => (ahead.length === 0 ? short : ahead[0].verdicts === undefined));
  try {
    for (;;) {
      if (failure !== undefined) throw failure;
      const ready = ahead.findIndex((one) => one.verdicts === undefined);
      const count = ready < 0 ? ahead.length : ready;
      if (count === 0) {
        if (ahead.length === 0 && ended) break;
        // Taken away: the next owner judges what is not judged yet.
        if (context.ending.aborted) break;
        await wake.wait(context.ending);
        continue;
      }
      const taken = ahead.splice(0, count);
      wake.notify();
      const lost = await committer.commit(taken);
      for (const { bytes } of taken) context.budget.give(bytes);
      if (lost) break;
    }
  } finally {
    stopping.abort();
    context.waiting.delete(context.lane);
    for (const { bytes } of ahead.splice(0)) context.budget.give(bytes);
  }
}

function judgeAhead(context: LaneContext, batch: Batch, bytes: number, settle: (error?: unknown) => void): Ahead {
  const plan = context.plan();
  const now = context.clock();
  const admitted = admit(batch.records, plan, now, context.window);
  const one: Ahead = { batch, admitted, bytes, fetchedAt: now, plan, verdicts: undefined, judgedAt: 0 };
  judgeAdmitted(admitted, context.pool, now, plan).then((verdicts) => {
    one.verdicts = verdicts;
    one.judgedAt = context.clock();
    settle();
  }, settle);
  return one;
}

/** Where the next batch has to begin. Offsets may be skipped, never go back. */
function checked({ records, gap }: Batch, next: number): number {
  let at = gap?.to ?? next;
  for (const { offset } of records) {
    if (!Number.isSafeInteger(offset) || offset < at) throw new SluiceError('LANE_OUT_OF_ORDER');
    at = offset + 1;
  }
  return at;
}

/** Commits what is judged, window by window. */
class Committer {
  private first: number;
  private previous: number;

  constructor(private readonly context: LaneContext) {
    this.first = context.lane.position;
    this.previous = context.lane.position - 1;
  }

  /** True if the lane is lost. */
  async commit(taken: readonly Ahead[]): Promise<boolean> {
    const { breaker, ending, turn, sleep } = this.context;
    const judged = taken.flatMap(({ batch, admitted, verdicts, plan }) =>
      admitted.map(({ record, grant, from }, i): Judged => {
        const gap = i === 0 ? batch.gap : undefined;
        return {
          record,
          plan,
          verdict: verdicts![i],
          ...(grant && { grant }),
          ...(from && { from }),
          ...(gap && { gap }),
        };
      }),
    );
    const last = taken[taken.length - 1];
    for (let at = 0; at < judged.length; ) {
      const { pauseMs, recordsMax } = breaker.limit;
      if (pauseMs > 0) await sleep(pauseMs, ending);
      if (pauseMs > 0 && ending.aborted) return true;
      const window = judged.slice(at, at + windowLength(at === 0 ? judged : judged.slice(at), recordsMax));
      const lost = await turn.run(() => this.commitWindow(window, last));
      if (lost) return true;
      at += window.length;
    }
    return false;
  }

  private async commitWindow(judged: readonly Judged[], last: Ahead): Promise<boolean> {
    const { lane, lost, sessions, events, clock, sleep, breaker, window: context } = this.context;
    const { topic, partition } = lane;
    if (lost.signal.aborted) return true;
    const taken = clock();
    const building = performance.now();
    const window = buildWindow(judged, this.first, this.previous, sessions, context, taken);
    const build = performance.now() - building;
    const begun = clock();
    for (let attempt = 1; ; attempt++) {
      const outcome = await lane.commit(window.work);
      if (outcome === 'lost') {
        lost.abort();
        return true;
      }
      if (outcome === 'committed') break;
      events.aborted({ topic, partition, attempt });
      if (attempt === ATTEMPTS_MAX) throw new SluiceError('COMMIT_REFUSED', { subject: `${topic}/${partition}` });
      await sleep(BACKOFF_MS * 2 ** attempt);
    }
    applyWindow(window, sessions, context.learning);
    this.first = window.work.next;
    this.previous = window.previous;
    const end = clock();
    const committed = tallied(window, {
      topic,
      partition,
      end,
      highWatermark: last.batch.highWatermark,
      stagesMs: {
        pool: last.judgedAt - last.fetchedAt,
        turn: taken - last.judgedAt,
        build,
        commit: end - begun,
      },
    });
    for (const { gap } of judged) if (gap !== undefined) events.gap({ topic, partition, ...gap });
    events.committed(committed);
    const failed = committed.outcomes['could-not-scan'] ?? 0;
    if (breaker.record(judged.length - failed, failed))
      events.breaker({ tripped: breaker.tripped, share: breaker.share });
    return false;
  }
}
