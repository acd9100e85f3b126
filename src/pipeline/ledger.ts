/**
 * Which messages of a slot wait for an approval, and which record has used one: kept with the sessions' state, in the
 * transaction of the outcome, until the approval would have ended anyway. What is not in here was never asked, or not here.
 */
import { approvalMs, approvalsMax } from '../limits.js';
import type { Surface } from '../message.js';
import type { OutRecord } from './port.js';

const PREFIX = 'approval/';
const VERSION = 1;

export interface Awaited {
  readonly v: typeof VERSION;
  readonly id: string;
  /** The source of the message that was held. */
  readonly from: string;
  readonly expires: number;
  /** The record that has used it, or told that nobody has in time. */
  readonly by?: string;
  /** What is to be said of it when its time is over; an older Sluice did not keep it, and left that to a person. */
  readonly about?: Asked;
}

/** Names and codes. */
export interface Asked {
  readonly tenant: string;
  readonly surface: Surface;
  /** Digest of the policy that asked. */
  readonly plan: string;
  readonly asked: readonly string[];
}

/** One whose time is over. */
export type Lapsed = Awaited & { readonly about: Asked };

type Entries = ReadonlyMap<string, Awaited>;

export interface LedgerDelta {
  readonly entries: Entries;
  readonly ended: ReadonlySet<string>;
}

export class Ledger {
  private readonly entries = new Map<string, Awaited>();

  constructor(stored: ReadonlyMap<string, Buffer> = new Map()) {
    const kept = [...stored].flatMap(([key, value]) => (key.startsWith(PREFIX) ? (read(value) ?? []) : []));
    for (const one of kept.sort((a, b) => a.expires - b.expires)) this.entries.set(one.id, one);
  }

  get size(): number {
    return this.entries.size;
  }

  /** What nobody has decided about in time, and nobody has told so. */
  lapsed(now: number): readonly Lapsed[] {
    return [...this.entries.values()].filter((one) => one.expires < now && one.by === undefined).filter(isTellable);
  }

  /** When the next one's time is over. */
  next(): number {
    return [...this.entries.values()].reduce(
      (next, { by, about, expires }) => (by === undefined && about !== undefined ? Math.min(next, expires) : next),
      Number.POSITIVE_INFINITY,
    );
  }

  begin(): LedgerChange {
    return new LedgerChange(this.entries);
  }

  apply({ entries, ended }: LedgerDelta): void {
    for (const id of ended) this.entries.delete(id);
    for (const [id, one] of entries) this.entries.set(id, one);
  }
}

export class LedgerChange {
  private readonly changed = new Map<string, Awaited>();
  private readonly ended = new Set<string>();

  constructor(private readonly before: Entries) {}

  get delta(): LedgerDelta {
    return { entries: this.changed, ended: this.ended };
  }

  /** False if so many wait or were used already that one more could not be remembered. */
  wait({ id, expires, ...held }: Asked & Pick<Awaited, 'id' | 'expires'>, from: string, now: number): boolean {
    // Those that begin first end first. One of which nobody has told that it has ended stays until somebody could have.
    for (const one of this.before.values()) {
      if (one.expires >= now) break;
      const told = one.by !== undefined || one.about === undefined || one.expires + approvalMs < now;
      if (told && !this.changed.has(one.id)) this.ended.add(one.id);
    }
    if (this.before.size - this.ended.size + this.changed.size >= approvalsMax) return false;
    const { tenant, surface, plan, asked } = held;
    this.changed.set(id, { v: VERSION, id, from, expires, about: { tenant, surface, plan, asked } });
    return true;
  }

  /** It could not be kept: there is nothing to wait for. */
  forget(id: string): void {
    this.changed.delete(id);
  }

  /** Whether the approval is good for this record: for one, and the same one again. */
  use(id: string, from: string, by: string): 'good' | 'used' | 'unknown' {
    const one = this.changed.get(id) ?? this.before.get(id);
    if (one === undefined || one.from !== from) return 'unknown';
    if (one.by !== undefined && one.by !== by) return 'used';
    this.changed.set(id, { ...one, by });
    this.ended.delete(id);
    return 'good';
  }

  records(): OutRecord[] {
    const kept = [...this.changed.values()].map((one) => record(one.id, Buffer.from(JSON.stringify(one))));
    return [...[...this.ended].map((id) => record(id, null)), ...kept];
  }
}

function isTellable(one: Awaited): one is Lapsed {
  return one.about !== undefined;
}

function record(id: string, value: Buffer | null): OutRecord {
  return { key: Buffer.from(PREFIX + id), value, headers: [] };
}

/** One of another version is left alone: a newer Sluice may have written it. */
function read(value: Buffer): Awaited | undefined {
  try {
    const one = JSON.parse(value.toString()) as Awaited;
    return one.v === VERSION ? one : undefined;
  } catch {
    return undefined;
  }
}
