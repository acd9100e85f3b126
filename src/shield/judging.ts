/**
 * A policy and a directory at work: plan, pool and quarantine, shared by all shields that are made of the same files, secret
 * and threads, so that a shield for each tenant costs next to nothing. Files that change are read again; a call that has
 * begun is judged by the policy that was in force then.
 */
import { createHash } from 'node:crypto';
import { type ErrorCode, SluiceError } from '../errors.js';
import { type DirectoryInForce, type FollowTopic, openDirectory } from '../in-force/directory.js';
import { PolicyInForce } from '../in-force/policy.js';
import { openRosters, type RostersInForce } from '../in-force/rosters.js';
import { Quarantine } from '../pipeline/quarantine.js';
import type { PolicyPlace } from '../policy/files.js';
import { builtInPlan, type Plan } from '../policy/plan.js';
import type { Watch } from '../policy/watch.js';
import { inlinePool } from '../pool/inline.js';
import type { Pool } from '../pool/pool.js';
import { ThreadPool } from '../pool/threads.js';
import { events } from '../telemetry/events.js';
import type { CompactedTopic } from '../transports/compacted-topic.js';
import type { Keys } from '../transports/keys.js';

/** What one call is judged by, from its beginning to its end. */
export interface Judging {
  readonly plan: Plan;
  readonly pool: Pool;
  readonly quarantine: Quarantine;
}

export interface JudgingOptions {
  /** None: the built-in plan. */
  readonly policy: PolicyPlace | undefined;
  /** A file or a folder; none: nobody is known. */
  readonly directory: string | undefined;
  /** A compacted topic, beside the files or alone. */
  readonly directoryTopic: CompactedTopic | undefined;
  /** A snapshot or a folder of them; none: nobody's identifiers are known. */
  readonly rosters: string | undefined;
  readonly without: readonly string[];
  readonly keys: Keys;
  readonly messageBytesMax: number;
  /** None: judged where it is called. */
  readonly threads: number;
  readonly deadlineMs: number;
}

/** Whose rows and messages those are that do not say; a shield's messages always do. */
const TENANT = 'default';

type Fault = (code: ErrorCode) => void;

const shared = new Map<string, SharedJudging>();

export class SharedJudging {
  /** When there is a directory, if there has to be one; rejects if it cannot be put in force. */
  readonly begun: Promise<void>;
  private readonly listeners = new Set<Fault>();
  private readonly watch: Watch | undefined;
  private directory: DirectoryInForce | undefined;
  private rosters: RostersInForce | undefined;
  private inForce: Judging;
  private users = 0;

  private constructor(
    private readonly name: string,
    {
      policy: place,
      directory,
      directoryTopic,
      rosters,
      without,
      keys,
      messageBytesMax,
      threads,
      deadlineMs,
    }: JudgingOptions,
  ) {
    const heard = events({
      policyRefused: ({ code }) => this.tell(code as ErrorCode),
      directory: ({ outcome }) => {
        if (outcome === 'refused') this.tell('DIRECTORY_INVALID');
      },
      roster: (told) => {
        if (told.outcome === 'refused') this.tell(told.code as ErrorCode);
      },
    });
    const options = { messageBytesMax, tenant: TENANT, without };
    const { references: referenceKey } = keys;
    const policy = place && new PolicyInForce({ place, options, referenceKey, events: heard, shadow: false });
    const plan = policy?.plan ?? builtInPlan({ messageBytesMax, tenant: TENANT, referenceKey });
    const known = () => ({ directory: this.directory?.image(), rosters: this.rosters?.image() });
    const pool = threads === 0 ? inlinePool(plan, known) : new ThreadPool({ plan, threads, deadlineMs, known });
    this.inForce = { plan, pool, quarantine: new Quarantine(keys.quarantine) };
    this.watch = policy?.watch((changed) => {
      this.inForce = { ...this.inForce, plan: changed };
    });
    this.begun = this.open({ directory, directoryTopic, rosters }, keys, heard);
    // Whoever waits for it hears of it.
    this.begun.catch((error) => this.tell(error instanceof SluiceError ? error.code : 'DIRECTORY_INVALID'));
  }

  /** Throws where there is no policy that may be put in force. */
  static of(options: JudgingOptions): SharedJudging {
    const { keys, ...rest } = options;
    const secret = createHash('sha256').update(keys.references).update(keys.rosters).digest('hex');
    // A password of the cluster is in there: nobody has to remember that.
    const name = createHash('sha256')
      .update(JSON.stringify([rest, secret]))
      .digest('hex');
    let judging = shared.get(name);
    if (judging === undefined) shared.set(name, (judging = new SharedJudging(name, options)));
    judging.users++;
    return judging;
  }

  /** In force now; a call that has begun stays with what it began with. */
  get current(): Judging {
    return this.inForce;
  }

  /** Of what has changed and cannot be put in force: the last good one stays. */
  listen(tell: Fault): () => void {
    this.listeners.add(tell);
    return () => void this.listeners.delete(tell);
  }

  /** The last one ends it. */
  async release(): Promise<void> {
    if (--this.users > 0) return;
    shared.delete(this.name);
    this.watch?.close();
    await this.begun.catch(() => {});
    await this.directory?.close();
    await this.rosters?.close();
    await this.inForce.pool.close();
  }

  private async open(
    { directory, directoryTopic, rosters }: Pick<JudgingOptions, 'directory' | 'directoryTopic' | 'rosters'>,
    keys: Keys,
    heard: ReturnType<typeof events>,
  ): Promise<void> {
    const follow: FollowTopic | undefined =
      directoryTopic &&
      (async (sink) => {
        // The client is large, and most shields do without it.
        const { watchTopic } = await import('../transports/directory-topic.js');
        return watchTopic({ ...directoryTopic, key: keys.directory, tenant: TENANT }, sink);
      });
    if (directory !== undefined || directoryTopic !== undefined)
      this.directory = await openDirectory({ directory, tenant: TENANT }, keys.directory, heard, follow);
    if (rosters !== undefined) this.rosters = await openRosters(rosters, keys.rosters, heard);
  }

  private tell(code: ErrorCode): void {
    for (const tell of this.listeners) tell(code);
  }
}
