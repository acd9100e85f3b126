/**
 * A part of the directory: the rows of one file or topic, the few that name agents and tools as they are, the many about
 * patients as facts under fingerprints.
 */
import { SipHash } from '../fingerprint/siphash.js';
import { type FactLayer, FactsBuilder, Mark } from './facts.js';
import type { Place } from './fault.js';
import { FOREVER } from './moment.js';
import {
  type About,
  aboutOf,
  countedOf,
  type Domain,
  entriesOf,
  type FactKind,
  type NamedKind,
  namesOf,
} from './row-facts.js';
import { KINDS, type Kind, type Row } from './rows.js';

/** Fingerprints of several names; none of those that the directory holds has a control character in it. */
export class Fingerprints {
  private readonly hash: SipHash;

  constructor(key: Uint8Array) {
    this.hash = new SipHash(key);
  }

  get high(): number {
    return this.hash.high;
  }

  get low(): number {
    return this.hash.low;
  }

  of(domain: Domain, tenant: string, first: string, second = '', third = ''): void {
    this.hash.texts(domain, tenant, first, second, third);
  }

  ofNames({ domain, names: [first, second, third] }: About, tenant: string): void {
    this.of(domain, tenant, first, second, third);
  }

  /** Of the same as bytes: the domain, then the names with a zero byte between them, three of them in all. */
  ofBytes(bytes: Uint8Array, start: number, end: number): void {
    this.hash.bytes(bytes, start, end);
  }
}

/** A row that is kept as it is. */
export type Named = { readonly [K in NamedKind]: NamedRow<K> }[NamedKind];
interface NamedRow<K extends NamedKind> {
  readonly kind: K;
  readonly tenant: string;
  readonly row: Row<K>;
  readonly place: Place;
}

export type Counts = Readonly<Record<Kind, number>>;

export interface Part {
  readonly named: readonly Named[];
  readonly facts: FactLayer;
  readonly counts: Counts;
  /** SHA-256, in hex. */
  readonly digest: string;
}

export class PartBuilder {
  private readonly named: Named[] = [];
  private readonly facts = new FactsBuilder();
  private readonly fingerprints: Fingerprints;
  private readonly counts = noCounts();

  constructor(
    key: Uint8Array,
    private readonly tenant: string,
  ) {
    this.fingerprints = new Fingerprints(key);
  }

  enter<K extends Kind>(kind: K, row: Row<K>, place: Place): void {
    this.counts[kind]++;
    const tenant = row.tenant ?? this.tenant;
    if (isNamed(kind)) this.named.push({ kind, tenant, row, place } as unknown as Named);
    else this.enterFacts(kind as FactKind, row as Row<FactKind>, tenant);
  }

  /** A row about care that was read from bytes, where its two fingerprints are made from: see `ofBytes`. */
  enterCare(bytes: Uint8Array, middle: number, end: number, from: number, until: number): void {
    const { fingerprints, facts } = this;
    this.counts.care++;
    fingerprints.ofBytes(bytes, 0, middle);
    facts.add(fingerprints.high, fingerprints.low, Mark.Given, from, until);
    fingerprints.ofBytes(bytes, middle, end);
    facts.add(fingerprints.high, fingerprints.low, Mark.Counted, 1, FOREVER);
  }

  part(digest: string): Part {
    return { named: this.named, facts: this.facts.seal(), counts: this.counts, digest };
  }

  private enterFacts(kind: FactKind, row: Row<FactKind>, tenant: string): void {
    const { fingerprints, facts } = this;
    const names = namesOf(row);
    fingerprints.ofNames(aboutOf(kind, names), tenant);
    const { high, low } = fingerprints;
    for (const [mark, from, until] of entriesOf(kind, row)) facts.add(high, low, mark, from, until);
    for (const about of countedOf(kind, names)) {
      fingerprints.ofNames(about, tenant);
      facts.add(fingerprints.high, fingerprints.low, Mark.Counted, 1, FOREVER);
    }
  }
}

const NAMED = ['agent', 'connector', 'tool', 'channel'] as const satisfies readonly NamedKind[];

export function isNamed(kind: Kind): kind is NamedKind {
  return (NAMED as readonly Kind[]).includes(kind);
}

export function noCounts(): Record<Kind, number> {
  return Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
}
