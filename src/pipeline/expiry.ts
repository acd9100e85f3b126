/**
 * What nobody has decided about in time ends by itself: the gate that held it hands the end in on the releases' topic, as
 * `sluice approvals expire` would, and it gets its outcome and its audit entry there like any record.
 */
import { approvalLookMs } from '../limits.js';
import { APPROVAL_HEADER, type Grant, tokenOf } from './approval.js';
import type { Lapsed } from './ledger.js';
import type { OutRecord } from './port.js';
import type { Sessions } from './state.js';

/** Hands records in on the releases' topic, in this partition. */
export type Release = (partition: number, records: readonly OutRecord[]) => Promise<void>;

export interface ExpiryContext {
  readonly partition: number;
  readonly sessions: Sessions;
  readonly release: Release;
  readonly approvalKey: Uint8Array;
  readonly clock: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** What was due could not be handed in, and will be tried again; told once until it could. */
  readonly failed: () => void;
}

/** That its time is over: there was no message to look at, and nobody who decided. */
export function expiryOf({ id, from, expires, about }: Lapsed): Omit<Grant, 'v'> {
  const { surface, plan, asked } = about;
  return { id, from, expires, surface, plan, asked: [...asked], decision: 'expired', input: '' };
}

export class Expiry {
  /** Handed in, and not read back yet. */
  private handed: ReadonlySet<string> = new Set();
  private failing = false;

  constructor(private readonly context: ExpiryContext) {}

  /** The first look comes after a while, when what stood on the topic before has been read. */
  async run(ending: AbortSignal): Promise<void> {
    const { sleep } = this.context;
    for (;;) {
      await sleep(approvalLookMs, ending);
      if (ending.aborted) return;
      await this.look();
    }
  }

  /** It may be handed in twice, if nobody knows whether it was: both say the same, and release nothing. */
  async look(): Promise<void> {
    const { partition, sessions, release, approvalKey, clock, failed } = this.context;
    const lapsed = sessions.lapsed(clock());
    const due = lapsed.filter(({ id }) => !this.handed.has(id));
    const handed = lapsed.filter(({ id }) => this.handed.has(id)).map(({ id }) => id);
    try {
      if (due.length > 0)
        await release(
          partition,
          due.map((one) => expiryRecord(one, approvalKey)),
        );
      this.handed = new Set([...handed, ...due.map(({ id }) => id)]);
      this.failing = false;
    } catch {
      if (!this.failing) failed();
      this.failing = true;
    }
  }
}

function expiryRecord(one: Lapsed, key: Uint8Array): OutRecord {
  return {
    key: Buffer.from(one.id),
    value: null,
    headers: [[APPROVAL_HEADER, Buffer.from(tokenOf(expiryOf(one), key))]],
  };
}
