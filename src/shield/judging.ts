/**
 * A plan at work: its pool and its quarantine, shared by all shields that have the same plan, secret and threads. So a shield
 * for each tenant costs next to nothing.
 */
import { createHash } from 'node:crypto';
import { Quarantine } from '../pipeline/quarantine.js';
import type { Plan } from '../policy/plan.js';
import { inlinePool } from '../pool/inline.js';
import type { Pool } from '../pool/pool.js';
import { ThreadPool } from '../pool/threads.js';
import type { Keys } from '../transports/keys.js';

export interface Judging {
  readonly plan: Plan;
  readonly pool: Pool;
  readonly quarantine: Quarantine;
  release(): Promise<void>;
}

export interface JudgingOptions {
  readonly plan: Plan;
  readonly keys: Keys;
  /** None: judged where it is called. */
  readonly threads: number;
  readonly deadlineMs: number;
}

interface Shared extends Judging {
  users: number;
}

const shared = new Map<string, Shared>();

export function judgingOf({ plan, keys, threads, deadlineMs }: JudgingOptions): Judging {
  const secret = createHash('sha256').update(keys.references).update(keys.quarantine).digest('hex');
  const name = [plan.digest, secret, threads, deadlineMs].join(' ');
  let judging = shared.get(name);
  if (judging === undefined) {
    const pool = threads === 0 ? inlinePool(plan) : new ThreadPool({ plan, threads, deadlineMs });
    const made: Shared = {
      plan,
      pool,
      quarantine: new Quarantine(keys.quarantine),
      users: 0,
      async release() {
        if (--made.users > 0) return;
        shared.delete(name);
        await pool.close();
      },
    };
    shared.set(name, (judging = made));
  }
  judging.users++;
  return judging;
}
