/**
 * What one slot teaches the learned rosters of its tenants: which keyed fingerprint came with which keyed reference, a record for
 * each in the slot's partition of a compacted topic, in the transaction of the messages that said so. It has one owner, who reads
 * it back on assignment. Bounded: what is too old, or learned longest ago, is forgotten with a tombstone.
 */
import { learnedOfSlotMax } from '../limits.js';
import type { Facts } from '../message.js';
import { learnedKey, learnedMs, type Owners, owned, readOwners, writeOwners } from '../roster/learned.js';
import type { OutRecord } from './port.js';

/** Codes of decisions that say that a message held what belongs elsewhere: nothing is learned of such a one. */
const CONTAMINATED: ReadonlySet<string> = new Set(['other-patient', 'other-tenant']);
/** Tombstones for what is too old, in one transaction. */
const FORGOTTEN_MAX = 1_000;

/** What one transaction has learned and forgets; no owners: a tombstone. */
export type Lesson = ReadonlyMap<string, Owners>;

export class Learning {
  /** In the order of their last change: the first is the one to forget. */
  private readonly known = new Map<string, Owners>();

  constructor(
    stored: ReadonlyMap<string, Buffer> = new Map(),
    /** Told all that is known, and then what is new. */
    private readonly told: (lesson: Lesson) => void = () => {},
    private readonly max = learnedOfSlotMax,
  ) {
    const read = [...stored].flatMap(([key, value]) => {
      const owners = readOwners(value);
      return owners === undefined ? [] : ([[key, owners]] as const);
    });
    read.sort(([, a], [, b]) => latest(a) - latest(b));
    for (const [key, owners] of read) this.known.set(key, owners);
    told(this.known);
  }

  begin(): Pupil {
    return new Pupil(this.known, this.max);
  }

  /** Once it is committed. */
  apply(lesson: Lesson): void {
    if (lesson.size > 0) this.told(lesson);
    for (const [key, owners] of lesson) {
      this.known.delete(key);
      if (owners.length > 0) this.known.set(key, owners);
    }
  }
}

/** What the messages of one transaction teach. */
export class Pupil {
  private readonly changed = new Map<string, Owners>();

  constructor(
    private readonly known: ReadonlyMap<string, Owners>,
    private readonly max: number,
  ) {}

  /** `facts` are those that the judge wrote; `held` says what the session's memory added. */
  hear({ tenant, sighted, decisions = [] }: Facts, held: readonly { readonly code: string }[], time: number): void {
    if (sighted?.learn !== true || [...decisions, ...held].some(({ code }) => CONTAMINATED.has(code))) return;
    for (const [patient, id, values] of sighted.binds) {
      for (const print of new Set([id, ...values])) {
        const key = learnedKey({ tenant, print });
        const before = this.changed.get(key) ?? this.known.get(key) ?? [];
        const owners = owned(before, patient, time);
        if (owners !== before) this.changed.set(key, owners);
      }
    }
  }

  /** With what has to go, now that there is more. */
  lesson(now: number): Lesson {
    const { changed, known, max } = this;
    if (changed.size === 0) return changed;
    let over = known.size + [...changed.keys()].filter((key) => !known.has(key)).length - max;
    let left = FORGOTTEN_MAX;
    for (const [key, owners] of known) {
      if ((over <= 0 && now - latest(owners) <= learnedMs) || left-- === 0) break;
      if (changed.has(key)) continue;
      changed.set(key, []);
      over--;
    }
    return changed;
  }
}

export function lessonRecords(lesson: Lesson): OutRecord[] {
  return [...lesson].map(([key, owners]) => ({
    key: Buffer.from(key),
    value: owners.length === 0 ? null : writeOwners(owners),
    headers: [],
  }));
}

function latest(owners: Owners): number {
  return owners.reduce((last, [, at]) => Math.max(last, at), 0);
}
