/**
 * A part of the directory: the rows of one file or topic, the few that name agents and tools as they are, the many about
 * patients as facts under fingerprints.
 */
import { SipHash } from '../fingerprint/siphash.js';
import { type AddressChannel, keptBy } from './address.js';
import { type FactLayer, FactsBuilder, Mark } from './facts.js';
import type { Place } from './fault.js';
import { BEGINNING, FOREVER } from './moment.js';
import { KINDS, type Kind, type Row } from './rows.js';

/** What a fingerprint is about: equal words about two things have two fingerprints. */
export const enum Domain {
  Provider = 1,
  Patient,
  Care,
  Consent,
  /** A patient's way to be reached, or a contact's. */
  Address,
  /** An address, whosever it is. */
  Anybody,
  Verified,
}

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
    this.hash.text(`${tenant}\0${first}\0${second}\0${third}`, domain);
  }

  /** Of the same as bytes: the domain, then the names with a zero byte between them, three of them in all. */
  ofBytes(bytes: Uint8Array, start: number, end: number): void {
    this.hash.bytes(bytes, start, end);
  }
}

/** Rows that are kept as they are. */
export type NamedKind = 'agent' | 'connector' | 'tool' | 'channel';
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

  /** `place` is called for what may be refused later, when all parts are put together. */
  enter<K extends Kind>(kind: K, row: Row<K>, place: Place): void {
    this.counts[kind]++;
    this.take({ kind, row, tenant: row.tenant ?? this.tenant, place } as unknown as Entered);
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

  private take(entered: Entered): void {
    const { tenant } = entered;
    switch (entered.kind) {
      case 'agent':
      case 'connector':
      case 'tool':
      case 'channel':
        this.named.push(entered);
        return;
      case 'provider': {
        const { id, from, until } = entered.row;
        this.fact(Domain.Provider, tenant, id, '', '', Mark.Given, from, until);
        return;
      }
      case 'patient':
        this.patient(tenant, entered.row.id);
        return;
      case 'care': {
        const { provider, patient, from, until } = entered.row;
        this.fact(Domain.Care, tenant, provider, patient, '', Mark.Given, from, until);
        this.patient(tenant, patient);
        return;
      }
      case 'address':
      case 'contact': {
        const { patient, channel, address, from, until } = entered.row;
        const mark = entered.kind === 'address' ? Mark.Own : Mark.Given;
        const withdrawn = entered.kind === 'contact' ? entered.row.withdrawn : undefined;
        this.fact(Domain.Address, tenant, patient, channel, address, mark, from, until);
        if (withdrawn !== undefined)
          this.fact(Domain.Address, tenant, patient, channel, address, Mark.Withdrawn, withdrawn);
        this.patient(tenant, patient);
        this.anybody(tenant, channel, address);
        return;
      }
      case 'consent': {
        const { patient, purpose, ai, from, until, withdrawn } = entered.row;
        this.fact(Domain.Consent, tenant, patient, purpose, '', ai ? Mark.Given : Mark.NotForAi, from, until);
        if (withdrawn !== undefined) this.fact(Domain.Consent, tenant, patient, purpose, '', Mark.Withdrawn, withdrawn);
        this.patient(tenant, patient);
        return;
      }
      case 'recipient': {
        const { id, channel, address, verified, until } = entered.row;
        if (channel === undefined || address === undefined) {
          this.fact(Domain.Verified, tenant, 'id', id ?? '', '', Mark.Given, verified, until);
          return;
        }
        this.fact(Domain.Verified, tenant, channel, address, '', Mark.Given, verified, until);
        this.anybody(tenant, channel, address);
      }
    }
  }

  private patient(tenant: string, id: string): void {
    this.fact(Domain.Patient, tenant, id, '', '', Mark.Counted, 1);
  }

  private anybody(tenant: string, channel: AddressChannel, address: string): void {
    this.fact(Domain.Anybody, tenant, keptBy(channel), address, '', Mark.Counted, 1);
  }

  private fact(
    domain: Domain,
    tenant: string,
    first: string,
    second: string,
    third: string,
    mark: Mark,
    from = BEGINNING,
    until = FOREVER,
  ): void {
    const { fingerprints } = this;
    fingerprints.of(domain, tenant, first, second, third);
    this.facts.add(fingerprints.high, fingerprints.low, mark, from, until);
  }
}

type Entered = {
  readonly [K in Kind]: { readonly kind: K; readonly tenant: string; readonly row: Row<K>; readonly place: Place };
}[Kind];

export function noCounts(): Record<Kind, number> {
  return Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
}
