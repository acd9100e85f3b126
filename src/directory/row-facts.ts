/**
 * What a row about people says, as facts: those under its own fingerprint, which no other row of another kind or name shares,
 * and what it makes known besides, which other rows make known too and which is therefore counted.
 */
import { keptBy } from './address.js';
import { Mark } from './facts.js';
import { BEGINNING, FOREVER } from './moment.js';
import type { Kind, Row } from './rows.js';

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

/** Kinds of rows that are kept as they are; all others become facts. */
export type NamedKind = 'agent' | 'connector' | 'tool' | 'channel';
export type FactKind = Exclude<Kind, NamedKind>;

/** What it is about, as names. */
export interface About {
  readonly domain: Domain;
  readonly names: readonly string[];
}

/** A row names the same thing as another of its kind if these are equal. */
export function namesOf(one: Row<FactKind>): readonly string[] {
  if ('provider' in one) return [one.provider, one.patient];
  if ('purpose' in one) return [one.patient, one.purpose];
  if ('verified' in one) {
    return one.channel === undefined ? ['id', one.id ?? ''] : [keptBy(one.channel), one.address ?? ''];
  }
  return 'channel' in one ? [one.patient, one.channel, one.address] : [one.id];
}

const DOMAINS: { readonly [K in FactKind]: Domain } = {
  provider: Domain.Provider,
  patient: Domain.Patient,
  care: Domain.Care,
  address: Domain.Address,
  contact: Domain.Address,
  consent: Domain.Consent,
  recipient: Domain.Verified,
};

/** Where the facts of a row of this kind and these names stand. */
export function aboutOf(kind: FactKind, names: readonly string[]): About {
  return { domain: DOMAINS[kind], names };
}

/** By which marks its facts are told from those of another kind there. */
export const MARKS: { readonly [K in FactKind]: readonly Mark[] } = {
  provider: [Mark.Given],
  patient: [Mark.Given],
  care: [Mark.Given],
  address: [Mark.Own],
  contact: [Mark.Given, Mark.Withdrawn],
  consent: [Mark.Given, Mark.NotForAi, Mark.Withdrawn],
  recipient: [Mark.Given],
};

/** What is known besides, as long as any row says so. */
export function countedOf(kind: FactKind, names: readonly string[]): readonly About[] {
  const patient = (name: string): About => ({ domain: Domain.Patient, names: [name] });
  const anybody = (...of: readonly string[]): About => ({ domain: Domain.Anybody, names: of });
  switch (kind) {
    case 'provider':
    case 'patient':
      return [];
    case 'care':
      return [patient(names[1])];
    case 'consent':
      return [patient(names[0])];
    case 'address':
    case 'contact':
      return [patient(names[0]), anybody(names[1], names[2])];
    case 'recipient':
      return names[0] === 'id' ? [] : [anybody(names[0], names[1])];
  }
}

export type Entry = readonly [mark: Mark, from: number, until: number];

interface Dated {
  readonly from?: number | undefined;
  readonly until?: number | undefined;
  readonly withdrawn?: number | undefined;
}

/** The facts themselves. */
export function entriesOf(kind: FactKind, row: Row<FactKind>): readonly Entry[] {
  const one: typeof row & Dated = row;
  const from = 'verified' in one ? one.verified : (one.from ?? BEGINNING);
  const mark = kind === 'address' ? Mark.Own : 'ai' in one && !one.ai ? Mark.NotForAi : Mark.Given;
  const held: Entry = [mark, from, one.until ?? FOREVER];
  return one.withdrawn === undefined ? [held] : [held, [Mark.Withdrawn, one.withdrawn, FOREVER]];
}
