/**
 * Which messages of a slot wait for an approval, and which record has used one: kept with the sessions' state, in the
 * transaction of the outcome, until the approval would have ended anyway. What is not in here was never asked, or not here.
 */
import { approvalsMax } from '../limits.js';
import type { OutRecord } from './port.js';

const PREFIX = 'approval/';
const VERSION = 1;

export interface Awaited {
  readonly v: typeof VERSION;
  readonly id: string;
  /** The source of the message that was held. */
  readonly from: string;
  readonly expires: number;
  /** The record that has used it. */
  readonly by?: string;
}

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
  wait(id: string, from: string, expires: number, now: number): boolean {
    // Those that begin first end first.
    for (const one of this.before.values()) {
      if (one.expires >= now) break;
      if (!this.changed.has(one.id)) this.ended.add(one.id);
    }
    if (this.before.size - this.ended.size + this.changed.size >= approvalsMax) return false;
    this.changed.set(id, { v: VERSION, id, from, expires });
    return true;
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
