/**
 * What one slot remembers about its sessions: how often something was taken out or withheld, and when. It has one owner,
 * travels to the compacted state topic in the transaction of the messages that changed it, and is read back on assignment.
 * Bounded: the session that was silent longest is forgotten, with a tombstone.
 */
import { sessionsMax } from '../limits.js';
import type { Decided, Facts } from '../message.js';
import type { Sightings } from '../roster/sightings.js';
import { hasContent, type Verdict } from '../verdict.js';
import { type Lapsed, Ledger, type LedgerChange, type LedgerDelta } from './ledger.js';
import type { OutRecord } from './port.js';
import { type Calls, remember } from './repeats.js';
import { contaminated, seenIn } from './sightings.js';

const STATE_VERSION = 1;

export interface SessionState {
  readonly v: typeof STATE_VERSION;
  readonly tenant: string;
  readonly session: string;
  /** Messages with something taken out, and without content. */
  readonly redacted: number;
  readonly withheld: number;
  readonly incidents: number;
  readonly since: number;
  readonly last: number;
  /** Tool calls of the last moments, as keyed references, where a rule asks for them. */
  readonly calls?: Calls;
  /** Which values came with which patient, keyed, where a rule asks for it. */
  readonly sightings?: Sightings;
}

/** Changes of one transaction, applied once it is committed. */
export interface Delta {
  readonly states: ReadonlyMap<string, SessionState>;
  readonly approvals: LedgerDelta;
}

export class Sessions {
  /** In the order of their last change: the first is the one to forget. */
  private readonly states = new Map<string, SessionState>();
  /** They are no sessions, but in the same hands. */
  private readonly approvals: Ledger;

  constructor(
    stored: ReadonlyMap<string, Buffer> = new Map(),
    private readonly max = sessionsMax,
  ) {
    const read = [...stored].flatMap(([key, value]) => {
      const state = key.startsWith('[') ? readState(value) : undefined;
      return state === undefined ? [] : ([[key, state]] as const);
    });
    this.approvals = new Ledger(stored);
    read.sort(([, a], [, b]) => a.last - b.last);
    for (const [key, state] of read) this.states.set(key, state);
  }

  get size(): number {
    return this.states.size;
  }

  get(tenant: string, session: string): SessionState | undefined {
    return this.states.get(keyOf(tenant, session));
  }

  /** Approvals whose time is over, and when that of the next one will be. */
  lapsed(now: number): readonly Lapsed[] {
    return this.approvals.lapsed(now);
  }

  lapses(): number {
    return this.approvals.next();
  }

  begin(): Change {
    return new Change(this.states, this.approvals.begin());
  }

  apply({ states, approvals }: Delta): void {
    this.approvals.apply(approvals);
    for (const [key, state] of states) {
      this.states.delete(key);
      this.states.set(key, state);
    }
  }

  /** Sessions over the bound, to be forgotten in the next transaction. */
  overflow(): readonly string[] {
    const over = this.states.size - this.max;
    if (over <= 0) return [];
    const keys: string[] = [];
    for (const key of this.states.keys()) {
      if (keys.length === over) break;
      keys.push(key);
    }
    return keys;
  }

  forget(keys: readonly string[]): void {
    for (const key of keys) this.states.delete(key);
  }
}

/** What the messages of one transaction change. */
export class Change {
  private readonly changed = new Map<string, SessionState>();

  constructor(
    private readonly states: ReadonlyMap<string, SessionState>,
    readonly approvals: LedgerChange,
  ) {}

  /** Messages that pass untouched change nothing: most do, and each change costs a record. */
  add(verdict: Verdict, facts: Facts, incidents: number, now: number): void {
    if (facts.session === undefined || verdict.outcome === 'clean' || verdict.outcome === 'tombstone') return;
    const key = keyOf(facts.tenant, facts.session);
    const before = this.changed.get(key) ?? this.states.get(key);
    this.changed.set(key, {
      v: STATE_VERSION,
      tenant: facts.tenant,
      session: facts.session,
      redacted: (before?.redacted ?? 0) + (verdict.outcome === 'redacted' ? 1 : 0),
      withheld: (before?.withheld ?? 0) + (hasContent(verdict) ? 0 : 1),
      incidents: (before?.incidents ?? 0) + incidents,
      since: before?.since ?? now,
      last: now,
      ...(before?.calls && { calls: before.calls }),
      ...(before?.sightings && { sightings: before.sightings }),
    });
  }

  /** Whether a tool call of this conversation has come before; from here on it has. */
  repeats({ tenant, session, call, once }: Facts, time: number, now: number): boolean {
    const conversation = session ?? once?.conversation;
    if (call === undefined || conversation === undefined) return false;
    const key = keyOf(tenant, conversation);
    const before = this.changed.get(key) ?? this.states.get(key);
    const { repeated, calls } = remember(before?.calls ?? [], call, time);
    const fresh = { redacted: 0, withheld: 0, incidents: 0, since: now };
    const about = { v: STATE_VERSION, tenant, session: conversation } as const;
    this.changed.set(key, { ...about, ...(before ?? fresh), last: now, calls });
    return repeated;
  }

  /** What the session has seen before decides; what it sees now is remembered. */
  sights({ tenant, session, sighted }: Facts, time: number, now: number): readonly Decided[] {
    if (session === undefined || sighted === undefined) return [];
    const key = keyOf(tenant, session);
    const before = this.changed.get(key) ?? this.states.get(key);
    const known = before?.sightings ?? [];
    const sightings = seenIn(known, sighted, time);
    if (sightings !== known) {
      const fresh = { redacted: 0, withheld: 0, incidents: 0, since: now };
      const about = { v: STATE_VERSION, tenant, session } as const;
      this.changed.set(key, { ...about, ...(before ?? fresh), last: now, sightings });
    }
    return contaminated(known, sighted, time);
  }

  get delta(): Delta {
    return { states: this.changed, approvals: this.approvals.delta };
  }

  records(forgotten: readonly string[]): OutRecord[] {
    const records = this.approvals.records();
    for (const [key, state] of this.changed) {
      records.push({ key: Buffer.from(key), value: Buffer.from(JSON.stringify(state)), headers: [] });
    }
    for (const key of forgotten) {
      if (!this.changed.has(key)) records.push({ key: Buffer.from(key), value: null, headers: [] });
    }
    return records;
  }
}

function keyOf(tenant: string, session: string): string {
  return JSON.stringify([tenant, session]);
}

/** A record of another version is left alone: a newer Sluice may have written it. */
function readState(value: Buffer): SessionState | undefined {
  try {
    const state = JSON.parse(value.toString()) as SessionState;
    return state.v === STATE_VERSION ? state : undefined;
  } catch {
    return undefined;
  }
}
