/**
 * A part of the directory that a compacted topic keeps: each record is all rows about one thing, under a key that names it, and
 * a record without a value ends them. Only facts are remembered, no records: what a record said before is told by its key.
 */
import { createHash } from 'node:crypto';
import { directoryFaultsMax, directoryLineBytesMax } from '../limits.js';
import { ADDRESS_CHANNELS, normalAddress } from './address.js';
import { FactChanges, FactLayer } from './facts.js';
import type { Fault, FaultCode, Place } from './fault.js';
import { Fingerprints, isNamed, type Named, noCounts, type Part } from './part.js';
import { readJson, rowIn } from './read-json.js';
import { aboutOf, countedOf, entriesOf, type FactKind, MARKS, namesOf } from './row-facts.js';
import { KINDS, type Kind, type Row } from './rows.js';

export interface TopicRecord {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly offset: number;
}

/** Facts that change lie in so many leaves: a change of one costs a copy of one. */
const LEAVES = 64;
const KEY_NAMES_MAX = 5;

interface Key {
  readonly kind: Kind;
  readonly tenant: string;
  readonly names: readonly string[];
}

export class TopicPart {
  private readonly named = new Map<string, Named>();
  private readonly counts = noCounts();
  private readonly fingerprints: Fingerprints;
  private readonly faulty = new Map<string, readonly Fault[]>();
  private facts = FactLayer.spread(LEAVES);

  constructor(
    private readonly topic: string,
    key: Uint8Array,
    private readonly tenant: string,
  ) {
    this.fingerprints = new Fingerprints(key);
  }

  /** What is wrong with the last record of a key, as long as it is the last: of so many keys. */
  get faults(): readonly Fault[] {
    return [...this.faulty.values()].flat();
  }

  /** Takes records in; of one that is not as it should be, what was good before stays. */
  apply(records: Iterable<TopicRecord>): void {
    // The last of each key counts, and what is known of it before is asked once.
    const last = new Map<string, TopicRecord>();
    for (const record of records) {
      if (record.key === null) this.fault('', [{ ...this.place(record), code: 'key-differs' }]);
      else last.set(record.key.toString(), record);
    }
    const changes = new FactChanges();
    for (const [text, record] of last) {
      const place = this.place(record);
      const key = keyIn(text);
      const read =
        key === undefined ? { faults: [{ ...place, code: 'key-differs' as const }] } : this.rows(key, record, place);
      this.faulty.delete(text);
      if ('faults' in read) this.fault(text, read.faults);
      else if (key !== undefined) this.take(key, text, read.rows, changes, place);
    }
    this.facts = this.facts.changed(changes);
  }

  private fault(key: string, faults: readonly Fault[]): void {
    if (this.faulty.size < directoryFaultsMax) this.faulty.set(key, faults);
  }

  part(): Part {
    const named = [...this.named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
    const rows = named.map(({ kind, tenant, row }) => ({ kind, tenant, row }));
    const digest = createHash('sha256').update(JSON.stringify(rows)).update(this.facts.digest()).digest('hex');
    return { named, facts: this.facts, counts: { ...this.counts }, digest };
  }

  private place({ offset }: TopicRecord): Place {
    return { topic: this.topic, line: offset };
  }

  /** The rows of a record: one, or a list of them, all of them about what the key names. */
  private rows(key: Key, { value }: TopicRecord, place: Place) {
    const refuse = (code: FaultCode) => ({ faults: [{ ...place, member: key.kind, code }] });
    if (value === null) return { rows: [] };
    if (value.length > directoryLineBytesMax) return refuse('too-large');
    const said = readJson(value);
    if ('code' in said) return refuse(said.code);
    const rows: Row[] = [];
    for (const one of Array.isArray(said.value) ? said.value : [said.value]) {
      const read = rowIn(one, place);
      if ('faults' in read) return read;
      if (read.kind !== key.kind || !this.isAbout(key, read.row)) return refuse('key-differs');
      rows.push(read.row);
    }
    if (rows.length === 0) return refuse('missing');
    return isNamed(key.kind) && rows.length > 1 ? refuse('repeated') : { rows };
  }

  private isAbout({ kind, tenant, names }: Key, row: Row): boolean {
    if ((row.tenant ?? this.tenant) !== tenant) return false;
    const own = isNamed(kind) ? namedNames(row) : namesOf(row as Row<FactKind>);
    return own.length === names.length && own.every((name, i) => name === names[i]);
  }

  private take(
    { kind, tenant, names }: Key,
    text: string,
    rows: readonly Row[],
    changes: FactChanges,
    place: Place,
  ): void {
    if (isNamed(kind)) {
      const had = this.named.delete(text);
      for (const row of rows) this.named.set(text, { kind, tenant, row, place } as unknown as Named);
      this.counts[kind] += rows.length - (had ? 1 : 0);
      return;
    }
    const { fingerprints } = this;
    fingerprints.ofNames(aboutOf(kind, names), tenant);
    const { high, low } = fingerprints;
    const marks: readonly number[] = MARKS[kind];
    const before: number[] = [];
    this.facts.read(high, low, before);
    const had = before.some((mark, i) => i % 3 === 0 && marks.includes(mark));
    for (const mark of MARKS[kind]) changes.clear(high, low, mark);
    for (const row of rows) for (const entry of entriesOf(kind, row as Row<FactKind>)) changes.add(high, low, ...entry);
    const by = (rows.length > 0 ? 1 : 0) - (had ? 1 : 0);
    this.counts[kind] += by;
    if (by === 0) return;
    for (const about of countedOf(kind, names)) {
      fingerprints.ofNames(about, tenant);
      changes.count(fingerprints.high, fingerprints.low, by);
    }
  }
}

/** The key of the record that a row belongs in, as a producer has to write it. */
export function topicKey(kind: Kind, tenant: string, row: Row): string {
  return JSON.stringify([kind, tenant, ...(isNamed(kind) ? namedNames(row) : namesOf(row as Row<FactKind>))]);
}

function namedNames(row: Row): readonly string[] {
  const { id, name, channel } = row as Readonly<Record<string, unknown>>;
  return [String(id ?? name ?? channel)];
}

/** A key in the one way in which it may be written, so that no thing has two. */
function keyIn(text: string): Key | undefined {
  let parts: unknown;
  try {
    parts = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parts) || parts.length > KEY_NAMES_MAX || !parts.every((part) => typeof part === 'string'))
    return undefined;
  const [kind, tenant, ...names] = parts as string[];
  if (!KINDS.includes(kind as Kind) || tenant === undefined || JSON.stringify(parts) !== text) return undefined;
  return fits(kind as Kind, names) ? { kind: kind as Kind, tenant, names } : undefined;
}

/** A record without a value has only its key: an address that is not in its normal form there would end nothing. */
function fits(kind: Kind, names: readonly string[]): boolean {
  const placed = kind === 'address' || kind === 'contact' ? names.slice(1) : kind === 'recipient' ? names : undefined;
  if (names.length !== (NAMES[kind] ?? 1)) return false;
  if (placed === undefined || (kind === 'recipient' && placed[0] === 'id')) return true;
  const channel = ADDRESS_CHANNELS.find((one) => one === placed[0]);
  return channel !== undefined && normalAddress(channel, placed[1]) === placed[1];
}

const NAMES: Readonly<Partial<Record<Kind, number>>> = { care: 2, consent: 2, recipient: 2, address: 3, contact: 3 };
