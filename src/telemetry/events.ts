/**
 * What happens in the pipeline, one function for each event; whoever listens logs, counts or shows it. Nothing of a
 * message is in an event: codes, counts, handles that were scanned, places.
 */
import type { Category } from '../../detectors/contract.js';
import type { Facts } from '../message.js';
import type { OutcomeName, Reason } from '../verdict.js';

/** Where the last batch of a transaction, and the transaction, spent their time, in the order in which they went there. */
export const STAGES = ['pool', 'turn', 'build', 'commit'] as const;
export type Stage = (typeof STAGES)[number];

export interface Committed {
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
  readonly bytesIn: number;
  readonly bytesOut: number;
  readonly outcomes: Readonly<Partial<Record<OutcomeName, number>>>;
  readonly reasons: Readonly<Partial<Record<Reason, number>>>;
  readonly findings: Readonly<Partial<Record<Category, number>>>;
  readonly incidents: readonly { readonly rule: string; readonly facts: Facts; readonly source: string }[];
  /** From the record's timestamp to its commit, one for each record. */
  readonly latenciesMs: Float64Array;
  readonly stagesMs: Readonly<Record<Stage, number>>;
  /** Records behind the end of the partition, and how old the last one that was committed is. */
  readonly lagRecords: number;
  readonly lagMs: number;
}

/** How far a lane is behind the end of its partition, and how long nothing has moved there. */
export interface Lag {
  readonly topic: string;
  readonly partition: number;
  readonly records: number;
  readonly stillMs: number;
}

/** What became of something new that a source of the directory said; `digest` is of what is in force then. */
export type DirectoryTold = { readonly source: string; readonly digest: string } & (
  | { readonly outcome: 'in-force' }
  /** `first` names the first fault by file, line and code. */
  | { readonly outcome: 'refused'; readonly faults: number; readonly first: string }
);

/** What became of rosters whose files have changed; `digest` is of those in force then. */
export type RosterTold =
  | { readonly outcome: 'in-force'; readonly digest: string; readonly patients: number; readonly tenants: number }
  | { readonly outcome: 'refused'; readonly digest: string; readonly code: string };

/** Where a second policy would have decided otherwise, by the rule that makes the difference. */
export interface Difference {
  readonly rule: string;
  readonly was: OutcomeName;
  readonly would: OutcomeName;
  readonly count: number;
}

export interface Events {
  committed(event: Committed): void;
  /** A transaction was refused and will be tried again. */
  aborted(event: { readonly topic: string; readonly partition: number; readonly attempt: number }): void;
  /** A slot was given to us, or taken away. */
  assigned(event: { readonly partition: number; readonly topics: readonly string[] }): void;
  revoked(event: { readonly partition: number }): void;
  /** Too much could not be scanned: consumption pauses, or goes on. */
  breaker(event: { readonly tripped: boolean; readonly share: number }): void;
  /** What waited for somebody in vain could not be handed in as ended; it is tried again. */
  expiryFailed(event: { readonly partition: number }): void;
  /** A pack has waited for a worker thread. */
  packQueued(event: { readonly ms: number }): void;
  /** A worker thread died, hung or answered what it was not asked. */
  packFailed(event: { readonly reason: Reason; readonly records: number }): void;
  /** A policy is in force from now on; `shadow`: looks on from now on. */
  policyAdopted(event: {
    readonly shadow: boolean;
    readonly digest: string;
    readonly rules: number;
    readonly without: readonly string[];
    readonly undetected: readonly string[];
  }): void;
  /** The policy that is in the file or the topic cannot be put in force: the last good one stays. */
  policyRefused(event: { readonly shadow: boolean; readonly code: string; readonly problems: readonly string[] }): void;
  /** A second policy has looked at messages, or had no time to. */
  shadowed(event: {
    readonly messages: number;
    readonly skipped: number;
    readonly differences: readonly Difference[];
  }): void;
  /** Retention took offsets that nobody had read. */
  gap(event: { readonly topic: string; readonly partition: number; readonly from: number; readonly to: number }): void;
  /** The directory changed, or something new in it was refused and the last good one stays: an alarm. */
  directory(event: DirectoryTold): void;
  /** Rosters are in force from now on, or new ones were refused and the last good ones stay: an alarm. */
  roster(event: RosterTold): void;
  /** What gates have learned is in force, with so many values. */
  learned(event: { readonly values: number }): void;
}

const NAMES = [
  ...['committed', 'aborted', 'assigned', 'revoked', 'breaker', 'packQueued', 'packFailed', 'gap', 'expiryFailed'],
  ...['policyAdopted', 'policyRefused', 'shadowed', 'directory', 'roster', 'learned'],
] as readonly (keyof Events)[];

/** One to whom several listen; a listener hears only what it has a function for. */
export function events(...listeners: readonly Partial<Events>[]): Events {
  const all = Object.fromEntries(
    NAMES.map((name) => [
      name,
      (event: never) => {
        for (const listener of listeners) (listener[name] as ((event: never) => void) | undefined)?.(event);
      },
    ]),
  );
  return all as unknown as Events;
}
