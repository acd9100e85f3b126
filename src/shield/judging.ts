/**
 * A policy at work: its plan, pool and quarantine, shared by all shields that are made of the same files, secret and threads,
 * so that a shield for each tenant costs next to nothing. A file that changes is read again; a call that has begun is
 * judged by what was in force then.
 */
import { createHash } from 'node:crypto';
import { type ErrorCode, SluiceError } from '../errors.js';
import { Quarantine } from '../pipeline/quarantine.js';
import { type PolicyPlace, type PolicyTexts, readPolicyFiles } from '../policy/files.js';
import { loadPolicy } from '../policy/load.js';
import { builtInPlan, type Plan } from '../policy/plan.js';
import { type Watch, watchPolicy } from '../policy/watch.js';
import { inlinePool } from '../pool/inline.js';
import type { Pool } from '../pool/pool.js';
import { ThreadPool } from '../pool/threads.js';
import type { Keys } from '../transports/keys.js';

/** What one call is judged by, from its beginning to its end. */
export interface Judging {
  readonly plan: Plan;
  readonly pool: Pool;
  readonly quarantine: Quarantine;
}

export interface JudgingOptions {
  /** None: the built-in plan. */
  readonly place?: PolicyPlace | undefined;
  readonly without: readonly string[];
  readonly keys: Keys;
  readonly messageBytesMax: number;
  /** None: judged where it is called. */
  readonly threads: number;
  readonly deadlineMs: number;
}

/** Whose message it is if the message does not say; a shield's always do. */
const TENANT = 'default';

type Fault = (code: ErrorCode) => void;

const shared = new Map<string, SharedJudging>();

export class SharedJudging {
  private readonly listeners = new Set<Fault>();
  private readonly watch: Watch | undefined;
  private inForce: Judging;
  private users = 0;

  private constructor(
    private readonly name: string,
    private readonly options: JudgingOptions,
  ) {
    const { place, keys, threads, deadlineMs } = options;
    const texts = place && readPolicyFiles(place);
    const plan = this.planOf(texts);
    const pool = threads === 0 ? inlinePool(plan) : new ThreadPool({ plan, threads, deadlineMs });
    this.inForce = { plan, pool, quarantine: new Quarantine(keys.quarantine) };
    if (place === undefined || texts === undefined) return;
    this.watch = watchPolicy(
      {
        place,
        load: (found) => this.planOf(found),
        adopt: (changed) => {
          this.inForce = { ...this.inForce, plan: changed };
        },
        refuse: (error) => {
          const code = error instanceof SluiceError ? error.code : 'POLICY_INVALID';
          for (const tell of this.listeners) tell(code);
        },
      },
      texts.fingerprint,
    );
  }

  /** Throws where there is no policy that may be put in force. */
  static of(options: JudgingOptions): SharedJudging {
    const { keys, ...rest } = options;
    const secret = createHash('sha256').update(keys.references).update(keys.quarantine).digest('hex');
    const name = JSON.stringify([rest, secret]);
    let judging = shared.get(name);
    if (judging === undefined) shared.set(name, (judging = new SharedJudging(name, options)));
    judging.users++;
    return judging;
  }

  /** In force now; a call that has begun stays with what it began with. */
  get current(): Judging {
    return this.inForce;
  }

  /** Of a changed policy that cannot be put in force: the last good one stays. */
  listen(tell: Fault): () => void {
    this.listeners.add(tell);
    return () => void this.listeners.delete(tell);
  }

  /** The last one ends it. */
  async release(): Promise<void> {
    if (--this.users > 0) return;
    shared.delete(this.name);
    this.watch?.close();
    await this.inForce.pool.close();
  }

  private planOf(texts: PolicyTexts | undefined): Plan {
    const { keys, messageBytesMax, without } = this.options;
    const settings = { messageBytesMax, tenant: TENANT, referenceKey: keys.references };
    if (texts === undefined) return builtInPlan(settings);
    return loadPolicy(texts.text, { ...settings, without, overlays: texts.overlays });
  }
}
